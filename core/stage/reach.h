// SPDX-License-Identifier: GPL-3.0-or-later
// How a client reaches the screen, put into practice: access_settings on view, exercise and
// sound. stage_set_access() and stage_want_access() are declared in stage.h. Main thread.
#ifndef GESTO_STAGE_REACH_H
#define GESTO_STAGE_REACH_H

#include "core/stage/stage.h"

// A change of stage_want_access() that waits for the end of the turn is made now.
void reach_turn(stage *s);

#endif
