// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/timelapse.h"

#include "core/base/growing.h"

#include <stdbool.h>
#include <stdlib.h>

static result add(timelapse *t, timelapse_span span) {
  timelapse_span *spans = growing_list(t->spans, t->count, &t->room, sizeof *spans);
  if (!spans) return NO_MEMORY;
  t->spans = spans;
  span.at_us = timelapse_of(t, span.from_us);
  spans[t->count++] = span;
  return OK;
}

result timelapse_add(timelapse *t, uint64_t from_us, uint64_t to_us) {
  if (to_us <= from_us || to_us - from_us <= TIMELAPSE_SILENCE_US) return OK;
  return add(t,
    (timelapse_span){
      .from_us = from_us, .to_us = to_us, .lasts_us = TIMELAPSE_MOMENT_US});
}

result timelapse_cut(timelapse *t, uint64_t from_us, uint64_t to_us) {
  if (to_us <= from_us) return OK;
  return add(t, (timelapse_span){.from_us = from_us, .to_us = to_us});
}

// How many begin at or before that time, of the exercise or of the time-lapse.
static size_t begun_by(const timelapse *t, uint64_t time_us, bool lapse) {
  size_t low = 0, high = t->count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const timelapse_span *s = &t->spans[middle];
    if ((lapse ? s->at_us : s->from_us) <= time_us)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static uint64_t scaled(uint64_t part_us, uint64_t of_us, uint64_t to_us) {
  return (uint64_t)((double)part_us / (double)of_us * (double)to_us);
}

uint64_t timelapse_of(const timelapse *t, uint64_t exercise_us) {
  const size_t begun = begun_by(t, exercise_us, false);
  if (begun == 0) return exercise_us;
  const timelapse_span *s = &t->spans[begun - 1];
  if (exercise_us >= s->to_us) return s->at_us + s->lasts_us + exercise_us - s->to_us;
  return s->at_us + scaled(exercise_us - s->from_us, s->to_us - s->from_us, s->lasts_us);
}

uint64_t timelapse_shows(const timelapse *t, uint64_t lapse_us) {
  const size_t begun = begun_by(t, lapse_us, true);
  if (begun == 0) return lapse_us;
  const timelapse_span *s = &t->spans[begun - 1];
  const uint64_t into_us = lapse_us - s->at_us;
  if (into_us >= s->lasts_us) return s->to_us + into_us - s->lasts_us;
  return s->from_us + scaled(into_us, s->lasts_us, s->to_us - s->from_us);
}

uint64_t timelapse_past_cut(const timelapse *t, uint64_t exercise_us) {
  const size_t begun = begun_by(t, exercise_us, false);
  const timelapse_span *s = begun ? &t->spans[begun - 1] : NULL;
  const bool within = s && s->lasts_us == 0 && exercise_us < s->to_us;
  return within ? s->to_us : exercise_us;
}

void timelapse_finish(timelapse *t) {
  free(t->spans);
  *t = (timelapse){0};
}
