// SPDX-License-Identifier: GPL-3.0-or-later
// The door through which tests push input into SDL's queue: touch and pen
// cannot be injected under a virtual display. The product has none.
#ifndef GESTO_STAGE_DOOR_H
#define GESTO_STAGE_DOOR_H

#include "core/stage/stage.h"

#include <SDL.h>
#include <stdbool.h>

// Looks for the door's option among the program's arguments and opens it. False: there is
// an argument that this build does not know.
bool door_open(stage *s, int argc, char **argv);
// An SDL event that nobody else knows: is it the door's? The thread that opened it.
void door_event(stage *s, const SDL_Event *e);
void door_close(void);

#endif
