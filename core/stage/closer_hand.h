// SPDX-License-Identifier: GPL-3.0-or-later
// Closer to the paper with a mouse, a touchpad or keys: ctrl and the wheel where the pointer
// is, the wheel alone to move, the middle button or space to take hold of the paper; ctrl with
// plus, minus, 0 and the arrows. Main thread.
#ifndef GESTO_STAGE_CLOSER_HAND_H
#define GESTO_STAGE_CLOSER_HAND_H

#include <SDL.h>
#include <stdbool.h>

typedef struct stage stage;

// False: it is for somebody else.
bool closer_hand_event(stage *s, const SDL_Event *e);

#endif
