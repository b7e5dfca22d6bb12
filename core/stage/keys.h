// SPDX-License-Identifier: GPL-3.0-or-later
// Keys on the screen for a text field: letters of the language, space, signs, take back, done.
// They stand above the page, and never turn with it. Main thread.
#ifndef GESTO_STAGE_KEYS_H
#define GESTO_STAGE_KEYS_H

#include "core/stage/stage.h"

void keys_open(stage *s, widget *field);

#endif
