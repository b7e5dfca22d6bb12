// SPDX-License-Identifier: GPL-3.0-or-later
// A box of buttons above everything, for one widget that a press alone does not serve: steps
// for a slider or the feeling field, keys for a text field. Scanning goes through it alone.
// Thread of the window.
#ifndef GESTO_UI_OVER_H
#define GESTO_UI_OVER_H

#include "core/ui/view.h"

// Takes over `keys`, which belongs to `target` and goes with it; a box that is centred stands
// at the end of the window, others beside the target.
void over_show(view *v, widget *keys, widget *target);
void over_away(view *v);
void over_place(view *v); // for view_place

#endif
