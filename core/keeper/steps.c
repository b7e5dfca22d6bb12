// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/steps.h"

#include "core/base/growing.h"

#include <stdlib.h>

bool steps_are(uint32_t kind) { return kind >= REPORT_MADE && kind <= REPORT_REDONE; }

static result put(steps *s, const page_report *report) {
  page_report *all = growing_list(s->all, s->count, &s->room, sizeof *all);
  if (!all) return NO_MEMORY;
  s->all = all;
  all[s->count++] = *report;
  return OK;
}

result steps_add(steps *s, const page_report *report) {
  if (report->count <= s->number) return OK;
  const page_report gap = {.before_seq = report->before_seq, .kind = STEPS_MISSING};
  const result r = report->count == s->number + 1 ? OK : put(s, &gap);
  if (r) return r;
  s->number = report->count;
  return put(s, report);
}

void steps_leave_out(steps *s, uint64_t first, uint64_t last) {
  size_t kept = 0;
  for (size_t i = 0; i < s->count; i++) {
    const uint64_t seq = s->all[i].before_seq;
    if (seq < first || seq > last) s->all[kept++] = s->all[i];
  }
  s->count = kept;
}

result steps_go_back(steps *s, uint64_t seq, bool known) {
  const page_report gap = {.before_seq = seq, .kind = STEPS_MISSING};
  while (s->count > 0 && s->all[s->count - 1].before_seq > seq) s->count--;
  s->number = 0;
  return known ? OK : put(s, &gap);
}

void steps_finish(steps *s) {
  free(s->all);
  *s = (steps){0};
}
