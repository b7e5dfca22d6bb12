// SPDX-License-Identifier: GPL-3.0-or-later
// The pad on which a colour is mixed: hue across, lightness up, 320 by 320. A press or a
// drag, arrows and Page Up and Down move the dot; `changed` is called at the end of each move.
// Thread of the window.
#ifndef GESTO_STAGE_MIX_PAD_H
#define GESTO_STAGE_MIX_PAD_H

#include "core/stage/colour.h"
#include "core/ui/view.h"

enum { MIX_PAD_SIZE = 320 };

// The parent's; mix_pad_set() puts the dot.
widget *mix_pad_create(widget *parent, const char *id, const char *label);
bool mix_pad_is(const widget *w); // made by mix_pad_create()
colour mix_pad_colour(const widget *w);
// Puts the dot there; does not call `changed`. The strength is that of the whole pad.
void mix_pad_set(view *v, widget *w, colour c);
// While it is dragged: called for every move, before `changed`; NULL: nobody.
void mix_pad_on_move(widget *w, widget_call *moved);

#endif
