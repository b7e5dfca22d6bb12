// SPDX-License-Identifier: GPL-3.0-or-later
// What the keeper notes when an exercise ended by itself, for the therapist's line.
#include "core/keeper/live_inner.h"

#include "core/base/clock.h"

#include <stdio.h>
#include <string.h>

void live_note_trouble(live *l) {
  trouble *t = &l->trouble;
  const performance *p = l->now;
  const bool same = strcmp(t->exercise, performance_exercise(p)) == 0;
  const char *how = performance_last_end(p);
  const uint32_t times = same ? t->times + 1 : 1;
  *t = (trouble){.times = times,
    .wall_us = clock_wall_us(),
    .into_us = performance_time_us(p),
    .inputs = performance_inputs(p)};
  snprintf(t->exercise, sizeof t->exercise, "%s", performance_exercise(p));
  snprintf(t->version, sizeof t->version, "%s", performance_version(p));
  snprintf(
    t->how, sizeof t->how, "%s", how[0] ? how : "It said itself that it cannot go on.");
}

void live_write_trouble(live *l) {
  char words[PATH_MAX] = "";
  const result done = trouble_write(&l->trouble, words, sizeof words);
  if (done != OK)
    snprintf(words, sizeof words,
      "The report could not be written (%s); is there room in the home folder?",
      result_text(done));
  *l->out = (link_message){.kind = TO_STAGE_TROUBLE, .a = done == OK};
  l->out->text_size = (uint32_t)snprintf(l->out->text, 1024, "%.1000s", words);
  result sent = link_send(l->stage.end, l->out);
  (void)sent; // whoever waited for it asks again
}
