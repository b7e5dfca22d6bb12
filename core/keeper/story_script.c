// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/story_script.h"

#include "core/record/script.h"

#include <jansson.h>
#include <string.h>

typedef struct writing {
  FILE *to;
  script_names *names;
} writing;

static result write_slot(void *data, const ring_slot *slot) {
  const writing *w = data;
  const script_line line = {
    .kind = slot->kind == SLOT_EVENT ? SCRIPT_EVENT : SCRIPT_ADVANCE,
    .event = slot->as.event};
  return script_write_line(w->to, w->names, &line);
}

static result write_head(FILE *to, const beginning *begun) {
  script_head head = {.width = begun->width,
    .height = begun->height,
    .scale = begun->scale,
    .seed = begun->seed,
    .look_flags = begun->look_flags,
    .text_scale = begun->text_scale};
  snprintf(head.exercise, sizeof(head.exercise), "%s", begun->exercise);
  return script_write_head(to, &head);
}

// What was answered at closing; an open journal has none.
static result write_close(const writing *w, const story *s) {
  if (!s->close_json) return OK;
  json_t *facts = json_loads(s->close_json, 0, NULL);
  const char *keep = json_string_value(json_object_get(facts, "keep"));
  const char *title = json_string_value(json_object_get(facts, "title"));
  const json_int_t at = json_integer_value(json_object_get(facts, "t"));
  script_line line = {.kind = SCRIPT_CLOSE};
  line.event.time = at > (json_int_t)s->end_us ? (uint64_t)at : s->end_us;
  line.close.process = json_is_true(json_object_get(facts, "process"));
  snprintf(line.close.keep, sizeof(line.close.keep), "%s", keep ? keep : "private");
  snprintf(line.close.title, sizeof(line.close.title), "%s", title ? title : "");
  json_decref(facts);
  return script_write_line(w->to, w->names, &line);
}

result story_script_write(
  FILE *to, const story *s, const beginning *begun, const char *declared_json) {
  writing w = {.to = to};
  result r = script_names_create(&w.names, declared_json ? declared_json : "{}");
  if (r) return r;
  r = write_head(to, begun);
  if (!r) r = story_each(s, write_slot, &w);
  if (!r) r = write_close(&w, s);
  script_names_destroy(w.names);
  return r;
}
