// SPDX-License-Identifier: GPL-3.0-or-later
#include "routine.h"

#include "json.h"

#include <stdio.h>
#include <string.h>

static const char *const kinds[MOVE_KINDS] = {"rest", "arms", "reach-left", "reach-right",
  "shoulders", "head", "hands", "sway", "feet"};
static const char *const ways[WAYS] = {"seated", "standing", "hands"};

typedef struct source {
  const json *j;
  char *why;
  size_t room;
} source;

static bool mend(const source *s, const char *where, const char *what) {
  snprintf(s->why, s->room, "%s: %s", where, what);
  return false;
}

// Cuts nothing: words that do not fit are refused.
static bool copy(
  const source *s, const json_value *from, const char *name, char *to, size_t room) {
  const char *words = json_words(s->j, json_member(s->j, from, name));
  if (!words || !*words) return mend(s, name, "these words are missing");
  if (strlen(words) >= room) return mend(s, name, "these words are too long");
  memcpy(to, words, strlen(words) + 1);
  return true;
}

static bool number(const source *s, const json_value *from, const char *name, double low,
  double high, double *value) {
  const json_value *v = json_member(s->j, from, name);
  if (!v) return true;
  if (v->kind != VALUE_NUMBER || !(v->number >= low && v->number <= high))
    return mend(s, name, "this number is missing or out of range");
  *value = v->number;
  return true;
}

// "say" is one text for all, or one for each way; "seated" stands in for the others.
static bool read_say(const source *s, const json_value *from, step *to) {
  const json_value *say = json_member(s->j, from, "say");
  bool each = say && say->kind == VALUE_OBJECT;
  for (uint32_t way = 0; way < WAYS; way++) {
    bool own = each && json_member(s->j, say, ways[way]);
    const char *name = !each ? "say" : own ? ways[way] : ways[SEATED];
    if (!copy(s, each ? say : from, name, to->say[way], sizeof to->say[way]))
      return false;
  }
  return true;
}

static bool read_kind(const source *s, const json_value *from, step *to) {
  const char *name = json_words(s->j, json_member(s->j, from, "figure"));
  for (uint32_t kind = 0; kind < MOVE_KINDS; kind++)
    if (!name || strcmp(name, kinds[kind]) == 0) {
      to->moves = kind;
      return true;
    }
  return mend(s, to->id, "\"figure\" is not one that Move can draw");
}

static bool read_step(const source *s, const json_value *from, step *to) {
  double times = 1, seconds = 0;
  *to = (step){.times = 1};
  if (!copy(s, from, "id", to->id, sizeof to->id) || !read_say(s, from, to) ||
    !read_kind(s, from, to) || !number(s, from, "times", 1, 20, &times) ||
    !number(s, from, "seconds", 2, 600, &seconds))
    return false;
  if (seconds == 0) return mend(s, to->id, "\"seconds\" is missing");
  if (json_member(s->j, from, "more") &&
    !copy(s, from, "more", to->more, sizeof to->more))
    return false;
  to->times = (uint32_t)times;
  to->seconds = seconds;
  return true;
}

static bool read_all(const source *s, routine *r) {
  const json_value *root = &s->j->values[1];
  const char *format = json_words(s->j, json_member(s->j, root, "format"));
  if (!format || strcmp(format, "gesto-routine/1") != 0)
    return mend(s, "format", "it is not \"gesto-routine/1\"");
  if (!copy(s, root, "id", r->id, sizeof r->id) ||
    !copy(s, root, "title", r->title, sizeof r->title) ||
    !copy(s, root, "before", r->before, sizeof r->before) ||
    !copy(s, root, "after", r->after, sizeof r->after))
    return false;
  const json_value *v = json_first(s->j, json_member(s->j, root, "steps"));
  for (; v; v = json_next(s->j, v)) {
    if (r->count == ROUTINE_STEPS) return mend(s, "steps", "there are more than 40");
    if (!read_step(s, v, &r->steps[r->count++])) return false;
  }
  return r->count ? true : mend(s, "steps", "there are none");
}

bool routine_read(
  routine *r, const char *json_text, size_t size, char *why, size_t room) {
  json j;
  *r = (routine){.count = 0};
  bool good = json_read(&j, json_text, size);
  if (!good)
    snprintf(why, room, "line %u: %s", j.line, j.why);
  else
    good = read_all(&(source){&j, why, room}, r);
  json_finish(&j);
  return good;
}

void routine_built_in(routine *r) {
  *r = (routine){.id = "built-in",
    .title = N_("A short pause"),
    .count = 3,
    .before = N_("Move only as far as is comfortable. Stop if it hurts."),
    .after = N_("Look around the room. What is one thing you see?"),
    .steps = {{.id = "arms",
                .moves = MOVE_ARMS,
                .times = 2,
                .seconds = 16,
                .say = {N_("Raise both arms, as far as is comfortable"),
                  N_("Raise both arms, as far as is comfortable"),
                  N_("Raise both hands a little")}},
      {.id = "shoulders",
        .moves = MOVE_SHOULDERS,
        .times = 3,
        .seconds = 15,
        .say = {N_("Let the shoulders go up and sink"),
          N_("Let the shoulders go up and sink"),
          N_("Close the hands softly and open them")}},
      {.id = "rest",
        .moves = MOVE_REST,
        .times = 1,
        .seconds = 10,
        .say = {N_("Rest, and feel the chair"), N_("Rest, and feel the floor"),
          N_("Rest your hands")}}}};
}
