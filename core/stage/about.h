// SPDX-License-Identifier: GPL-3.0-or-later
// The card of an exercise: what it is for, how it goes, what to take care of. Main thread.
#ifndef GESTO_STAGE_ABOUT_H
#define GESTO_STAGE_ABOUT_H

#include <stdint.h>

typedef struct stage stage;

// What a client decides.
void stage_about(stage *s, uint32_t place); // of the exercise at this place of the offers
void stage_leave_about(stage *s);

#endif
