// SPDX-License-Identifier: GPL-3.0-or-later
// How the time of a course is to be shown.
#include "core/keeper/course.h"

// What is left of a silence between the cuts.
static result add_silence(
  timelapse *t, const course *c, timelapse_span s, size_t *next_cut) {
  const timelapse_span *last = t->count ? &t->spans[t->count - 1] : NULL;
  result r = OK;
  if (last && last->to_us > s.from_us) s.from_us = last->to_us;
  while (
    !r && *next_cut < c->taken_back_count && c->taken_back[*next_cut].from_us < s.to_us) {
    const course_span *cut = &c->taken_back[(*next_cut)++];
    r = timelapse_add(t, s.from_us, cut->from_us);
    if (!r) r = timelapse_cut(t, cut->from_us, cut->to_us);
    if (cut->to_us > s.from_us) s.from_us = cut->to_us;
  }
  return r ? r : timelapse_add(t, s.from_us, s.to_us);
}

result course_lapse(const course *c, bool pauses, bool taken_back, timelapse *t) {
  result r = OK;
  size_t next_cut = taken_back ? 0 : c->taken_back_count;
  *t = (timelapse){0};
  for (size_t i = 0; i < c->lapse.count && pauses && !r; i++)
    r = add_silence(t, c, c->lapse.spans[i], &next_cut);
  for (; next_cut < c->taken_back_count && !r; next_cut++)
    r = timelapse_cut(t, c->taken_back[next_cut].from_us, c->taken_back[next_cut].to_us);
  return r;
}
