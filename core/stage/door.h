// SPDX-License-Identifier: GPL-3.0-or-later
// The door through which tests push input into SDL's queue (decision 33): touch and pen
// cannot be injected under a virtual display. The product has none.
#ifndef GESTO_STAGE_DOOR_H
#define GESTO_STAGE_DOOR_H

#include "core/stage/stage.h"

#include <stdbool.h>

// Looks for the door's option among the program's arguments and opens it. False: there is
// an argument that this build does not know.
bool door_open(stage *s, int argc, char **argv);
void door_close(void);

#endif
