// SPDX-License-Identifier: GPL-3.0-or-later
// What a client says on leaving: four questions about the hour, each on a slider that starts
// empty, more in their own words, and once more the feeling. Plain values, and their JSON as
// it goes into session.json (docs/session-format.md). Main thread.
#ifndef GESTO_STAGE_LEAVING_H
#define GESTO_STAGE_LEAVING_H

#include "core/stage/arriving.h"

enum { QUESTIONS = 4, MORE_BYTES = 2048 };

typedef struct question { // in the language of the screen
  const char *id;         // "listened"…, for readers of the record
  const char *asked, *low, *high;
} question;

typedef struct leaving {
  bool answered[QUESTIONS];
  double answers[QUESTIONS]; // 0 to 100
  char more[MORE_BYTES];
  felt feeling;
} leaving;

question leaving_question(uint32_t i); // i below QUESTIONS
// The fact check_out: what was answered; what was asked and not answered is named as skipped.
// `felt_asked`: the feeling was asked for, too. The caller owns it.
json_t *leaving_said(const leaving *l, bool felt_asked);
void leaving_read(leaving *l, const json_t *said);

#endif
