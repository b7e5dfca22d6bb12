// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the page of a room that are about exercises: which, in what order, with what
// cautions, and which of their tools. Thread of the window.
#ifndef GESTO_DESK_ROOM_TOOLS_H
#define GESTO_DESK_ROOM_TOOLS_H

#include "core/ui/widgets.h"

struct desk;

void room_tools_exercises(struct desk *d, widget *card);
void room_tools_cautions(struct desk *d, widget *list); // a card, if there are any
void room_tools_panels(struct desk *d, widget *list);   // a card for each exercise

#endif
