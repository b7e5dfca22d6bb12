// SPDX-License-Identifier: GPL-3.0-or-later
// A course as JSON, for the desk and for `gesto replay --strokes`.
#include "core/keeper/course.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_ROOM = 32 };

static const char *colour_text(int32_t rgb, char text[8]) {
  if (rgb < 0)
    text[0] = 0;
  else
    snprintf(text, 8, "#%06x", (unsigned)rgb & 0xFFFFFF);
  return text;
}

static const char *tool_text(const course_stroke *s) {
  const char *tool = json_string_value(s->tool);
  return tool ? tool : "";
}

static json_t *stroke_row(const course_stroke *s) {
  char colour[8];
  return json_pack("[I, I, s, s, b]", (json_int_t)s->from_us, (json_int_t)s->to_us,
    tool_text(s), colour_text(s->colour, colour), (int)s->taken_back);
}

static const char *kind_text(course_kind kind) {
  static const char *const words[] = {[COURSE_TOOL] = "tool",
    [COURSE_COLOUR] = "colour",
    [COURSE_SET] = "set",
    [COURSE_DID] = "did",
    [COURSE_UNDO] = "undo",
    [COURSE_REDO] = "redo",
    [COURSE_PAUSE] = "pause",
    [COURSE_SILENCE] = "silence"};
  return words[kind];
}

static const json_t *choice_of(const course_mark *m) {
  const json_t *choices = json_object_get(m->control, "choices");
  const bool fits = m->value >= 0 && m->value < (double)json_array_size(choices);
  return fits ? json_array_get(choices, (size_t)m->value) : NULL;
}

// As the client saw it: a choice by its name, a colour as a colour. A number goes into `room`.
static const char *value_text(const course_mark *m, char room[NUMBER_ROOM]) {
  const char *name = json_string_value(json_object_get(choice_of(m), "name"));
  const bool is_colour = m->value >= 0 && m->value <= 0xFFFFFF;
  const bool is_set = m->kind == COURSE_SET || m->kind == COURSE_TOOL;
  room[0] = 0;
  if (is_set && name) return name;
  if (m->kind == COURSE_COLOUR)
    colour_text(is_colour ? (int32_t)m->value : COURSE_UNKNOWN, room);
  else if (is_set || m->kind == COURSE_SILENCE)
    snprintf(room, NUMBER_ROOM, "%g", m->value);
  return room;
}

// What an icon of it may be called: the tool that was taken, or the control.
static const char *icon_text(const course_mark *m) {
  const json_t *of = m->kind == COURSE_TOOL ? choice_of(m) : m->control;
  const char *key = json_string_value(json_object_get(of, "key"));
  return key ? key : "";
}

static json_t *mark_object(const course_mark *m) {
  char number[NUMBER_ROOM];
  const char *name = json_string_value(json_object_get(m->control, "name"));
  return json_pack("{s:I, s:s, s:s, s:s, s:s, s:i}", "t", (json_int_t)m->at_us, "kind",
    kind_text(m->kind), "icon", icon_text(m), "name", name ? name : "", "value",
    value_text(m, number), "times", (int)m->times);
}

char *course_json(const course *c) {
  json_t *strokes = json_array(), *marks = json_array(), *silences = json_array();
  for (size_t i = 0; i < c->stroke_count; i++)
    json_array_append_new(strokes, stroke_row(&c->strokes[i]));
  for (size_t i = 0; i < c->mark_count; i++)
    json_array_append_new(marks, mark_object(&c->marks[i]));
  for (size_t i = 0; i < c->lapse.count; i++) {
    const timelapse_span *s = &c->lapse.spans[i];
    json_array_append_new(
      silences, json_pack("[I, I]", (json_int_t)s->from_us, (json_int_t)s->to_us));
  }
  json_t *all = json_pack("{s:I, s:o, s:o, s:o, s:b, s:b}", "end", (json_int_t)c->end_us,
    "strokes", strokes, "marks", marks, "silences", silences, "may_leave_out",
    (int)(c->taken_back_count > 0), "canvas", (int)c->on_canvas);
  char *text = all ? json_dumps(all, JSON_COMPACT) : NULL;
  json_decref(all);
  return text;
}

json_t *course_stroke_json(const course *c, size_t index) {
  const course_stroke *s = &c->strokes[index];
  char colour[8];
  return json_pack("{s:I, s:f, s:f, s:s, s:s, s:b}", "stroke", (json_int_t)index + 1,
    "from", (double)s->from_us / 1e6, "to", (double)s->to_us / 1e6, "tool", tool_text(s),
    "colour", colour_text(s->colour, colour), "taken_back", (int)s->taken_back);
}
