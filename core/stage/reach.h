// SPDX-License-Identifier: GPL-3.0-or-later
// How a client reaches the screen, put into practice: access_settings on view, exercise and
// sound. stage_set_access() and stage_want_access() are declared in stage.h. Main thread.
#ifndef GESTO_STAGE_REACH_H
#define GESTO_STAGE_REACH_H

#include "core/stage/stage.h"

#include <SDL.h>

// A change of stage_want_access() that waits for the end of the turn is made now.
void reach_turn(stage *s);
// A key, a mouse button or a pad's button that is bound as a switch. True: it was that, nobody else shall have it.
bool reach_event(stage *s, const SDL_Event *e);
// Rings that move, presses that last. Once in each turn of the loop.
void reach_tick(stage *s);
int reach_wait_ms(const stage *s); // until reach_tick() is due; -1: it is not

#endif
