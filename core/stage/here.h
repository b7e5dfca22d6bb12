// SPDX-License-Identifier: GPL-3.0-or-later
// "Here and now": a still page to find one's feet, one key (F1) away from every page and
// sheet, and back exactly where one was. What runs stands still meanwhile. Main thread.
#ifndef GESTO_STAGE_HERE_H
#define GESTO_STAGE_HERE_H

#include <stddef.h>
#include <time.h>

typedef struct stage stage;

// "It is Monday, 23 November, in the morning."
void here_date_words(const struct tm *day, char *words, size_t room);

// What a client decides.
void stage_here(stage *s);
void stage_leave_here(stage *s);

#endif
