// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of one section of "Make it easier". Main thread.
#ifndef GESTO_STAGE_ACCESS_ROWS_H
#define GESTO_STAGE_ACCESS_ROWS_H

#include "core/stage/stage.h"
#include "core/ui/widgets.h"

// Those of s->access_page.section, below each other, and a way to put them back.
void access_rows(stage *s, widget *list);
// What will count at the end of this turn.
access_settings access_rows_now(const stage *s);
// The language of the screen, in its own words.
const char *access_rows_language(const stage *s);
// The page is built anew at the end of this turn, with the focus and what is in sight as they
// are.
void access_rows_again(stage *s);

#endif
