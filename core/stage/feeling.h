// SPDX-License-Identifier: GPL-3.0-or-later
// The feeling field: one dot on a square, across from unpleasant to pleasant, up for more
// energy. A press places the dot, a drag moves it, a second press on it takes it away; arrow
// keys move it by a tenth. It starts without a dot. Thread of the window.
#ifndef GESTO_STAGE_FEELING_H
#define GESTO_STAGE_FEELING_H

#include "core/ui/view.h"

enum { FEELING_SIDE = 480, FEELING_SMALL_SIDE = 280 };

// The square of `side`, with the names of its four ends around it and ten hints on it
// where there is room (FEELING_SIDE and more). `changed` is called when the dot moved or went.
// Returns the square.
widget *feeling_create(widget *parent, const char *id, const char *label, double side);
// False: there is no dot. Both are -1 to 1.
bool feeling_get(const widget *w, double *pleasant, double *energy);
void feeling_set(view *v, widget *w, double pleasant, double energy); // no `changed`

#endif
