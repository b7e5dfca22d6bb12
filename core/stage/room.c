// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/room.h"

#include "core/base/protocol.h"
#include "core/stage/access_json.h"
#include "core/stage/stage.h"
#include "core/ui/say.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOGETHER_US = 1000 * 1000 }; // one file for what is changed in one go

static const char *text_at(const json_t *object, const char *name) {
  const char *text = json_string_value(json_object_get(object, name));
  return text ? text : "";
}

void room_take(stage *s, const json_t *room) {
  stage_room *r = &s->room;
  if (!json_is_object(room)) return;
  snprintf(r->called, sizeof r->called, "%s", text_at(room, "called"));
  const json_int_t loudness = json_integer_value(json_object_get(room, "loudness"));
  r->loudness = loudness > 0 && loudness < 100 ? (uint32_t)loudness : 100;
  r->told = access_read(json_object_get(room, "access"));
  snprintf(r->told_language, sizeof r->told_language, "%s", text_at(room, "language"));
  if (r->known) return;
  r->known = true;
  room_set_language(s, r->told_language);
  stage_want_access(s, &r->told);
}

// What exercises declare is translated when it is read.
static void read_offers_anew(stage *s) {
  for (uint32_t i = 0; i < s->offer_count; i++) {
    json_t *json = json_incref(s->offers[i].json);
    offer_finish(&s->offers[i]);
    const result r = offer_read(&s->offers[i], json);
    (void)r; // it was read before
    json_decref(json);
  }
}

void room_set_language(stage *s, const char *language) {
  snprintf(s->room.language, sizeof s->room.language, "%s", language);
  say_language(language);
  read_offers_anew(s);
  for (uint32_t i = 0; i < s->offer_count; i++) offer_translate(&s->offers[i]);
  // The direction may be another one.
  const access_settings as_it_is = s->access_waits ? s->next_access : s->access;
  stage_want_access(s, &as_it_is);
}

bool room_speaks(const stage *s, const char *language) {
  const char *now = s->room.language[0] ? s->room.language : getenv("LANGUAGE");
  const size_t n = strlen(language);
  const bool other =
    !now || strncmp(now, language, n) != 0 || isalpha((unsigned char)now[n]);
  return strcmp(language, "en") == 0 && (!now || !now[0]) ? true : !other;
}

static bool owes(const stage *s) {
  return s->room.known &&
    (!access_same(&s->access, &s->room.told) ||
      strcmp(s->room.language, s->room.told_language) != 0);
}

static json_t *changes(const stage *s) {
  const stage_room *r = &s->room;
  json_t *all = json_object();
  json_t *access = access_changes(&r->told, &s->access);
  if (json_object_size(access))
    json_object_set_new(all, "access", access);
  else
    json_decref(access);
  if (strcmp(r->language, r->told_language) != 0)
    json_object_set_new(
      all, "language", r->language[0] ? json_string(r->language) : json_null());
  return all;
}

static void tell(stage *s) {
  stage_room *r = &s->room;
  json_t *all = changes(s);
  char *text = json_dumps(all, JSON_COMPACT);
  json_decref(all);
  if (text) stage_say(s, FROM_STAGE_ROOM, 0, text);
  free(text);
  r->told = s->access;
  snprintf(r->told_language, sizeof r->told_language, "%s", r->language);
}

void room_turn(stage *s, bool now) {
  stage_room *r = &s->room;
  if (s->access_waits || !owes(s)) {
    r->changed_us = 0;
    return;
  }
  if (!r->changed_us) r->changed_us = s->now_us;
  if (!now && s->now_us - r->changed_us < TOGETHER_US) return;
  r->changed_us = 0;
  tell(s);
}

int room_wait_ms(const stage *s) {
  if (!s->room.changed_us) return -1;
  const uint64_t due = s->room.changed_us + TOGETHER_US;
  return due > s->now_us ? (int)((due - s->now_us) / 1000 + 1) : 0;
}
