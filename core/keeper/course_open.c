// SPDX-License-Identifier: GPL-3.0-or-later
// The course of a creation from nothing but its folder.
#include "core/keeper/course.h"
#include "core/keeper/replay_begin.h"

#include <stdio.h>

static result read_all(
  course *c, const story *s, exercise_list *list, char *why, size_t room) {
  beginning b = {0};
  result r = beginning_read(&b, s->begin_json);
  const exercise_entry *entry = r ? NULL : replay_exercise(list, b.exercise, why, room);
  if (!r && !entry) r = NOT_FOUND;
  if (!r) r = course_read(c, s, &b, entry->declared);
  if (r && entry)
    snprintf(why, room, "The journal cannot be read (%s); its finished files stand.",
      result_text(r));
  beginning_finish(&b);
  return r;
}

result course_open(course *c, int dir, exercise_list *list, char *why, size_t room) {
  story s = {0};
  *c = (course){0};
  snprintf(why, room, "There is no journal that can be read; its finished files stand.");
  result r = story_open(&s, dir);
  if (r) return r;
  r = read_all(c, &s, list, why, room);
  story_finish(&s);
  if (r) course_finish(c);
  return r;
}
