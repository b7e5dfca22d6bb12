// SPDX-License-Identifier: GPL-3.0-or-later
// What a switch needs where a press is not enough: steps for a slider or the feeling field,
// keys for a text field, crossing lines for an exercise's ground. Main thread.
#ifndef GESTO_STAGE_ADJUST_H
#define GESTO_STAGE_ADJUST_H

#include "core/stage/stage.h"

// view.enter. False: a press is enough.
bool adjust_enter(void *stage_of_it, widget *w);

#endif
