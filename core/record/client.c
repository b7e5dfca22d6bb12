// SPDX-License-Identifier: GPL-3.0-or-later
// Clients: random ids, and facts about them as files that are never changed.
#include "core/record/client.h"
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/record/archive_parts.h"
#include "core/record/bytes.h"
#include "core/record/facts.h"
#include "core/record/json_text.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALIAS_MOST = 100 };

result archive_put_fact(
  archive *a, const char *client, const char *folder, const char *form, json_t *facts) {
  char now[NAMES_TIME], name[NAMES_STAMP], file[NAMES_STAMP + 8];
  const int64_t wall = clock_wall_us();
  int clients = -1, home = -1, place = -1;
  names_time(wall, now);
  names_stamp(wall, a->room_hex, name);
  snprintf(file, sizeof file, "%s.json", name);
  json_t *whole = facts ? json_pack("{s:s,s:s,s:s,s:s}", "gesto", form, "client", client,
                            "written", now, "room", a->room_hex)
                        : NULL;
  result r = whole && json_object_update(whole, facts) == 0 ? OK : NO_MEMORY;
  if (r == OK) r = archive_open_folder(a->dir, "clients", &clients);
  if (r == OK) r = archive_open_folder(clients, client, &home);
  if (r == OK) r = archive_open_folder(home, folder, &place);
  if (r == OK) r = facts_save(place, file, whole);
  io_close(place);
  io_close(home);
  io_close(clients);
  json_decref(whole);
  json_decref(facts);
  return r;
}

// Newest per field wins: by the time that is written in the fact, then by its name.
typedef struct gathering {
  json_t *facts, *times;
} gathering;

static result gather(void *data, int dir, const char *name, bool is_dir) {
  gathering *g = data;
  json_t *fact = NULL;
  // One that is damaged is verify's to name; the others still count.
  if (is_dir || name[0] == '.' || facts_load(dir, name, &fact) != OK) return OK;
  const char *written = json_text_string(fact, "written", "");
  const char *key;
  json_t *value;
  result r = OK;
  json_object_foreach(json_object_get(fact, "facts"), key, value) {
    const char *before = json_text_string(g->times, key, "");
    if (strcmp(written, before) < 0) continue;
    if (json_object_set(g->facts, key, value) != 0 ||
      json_object_set_new(g->times, key, json_string(written)) != 0)
      r = NO_MEMORY;
  }
  json_decref(fact);
  return r;
}

result client_about(int client_dir, json_t **facts) {
  gathering g = {json_object(), json_object()};
  result r = g.facts && g.times ? io_each(client_dir, "about", gather, &g) : NO_MEMORY;
  if (r == NOT_FOUND) r = OK;
  json_decref(g.times);
  if (r == OK)
    *facts = g.facts;
  else
    json_decref(g.facts);
  return r;
}

typedef struct search {
  const char *alias;
  char *id;
} search;

static result compare(void *data, int dir, const char *name, bool is_dir) {
  search *s = data;
  int home = -1;
  json_t *facts = NULL;
  if (!is_dir || !names_is_client(name)) return OK;
  result r = io_open_dir(dir, name, &home);
  if (r == OK) r = client_about(home, &facts);
  const bool same =
    r == OK && strcmp(json_text_string(facts, "alias", ""), s->alias) == 0;
  if (same) snprintf(s->id, 24, "%s", name);
  json_decref(facts);
  io_close(home);
  return same ? ENDED : r;
}

// A name that people can read: UTF-8 without control characters, not too long.
static bool is_alias(const char *alias) {
  json_t *text = json_string(alias);
  const size_t size = strlen(alias);
  bool fine = text && size > 0 && size <= ALIAS_MOST;
  for (size_t i = 0; i < size; i++)
    if ((uint8_t)alias[i] < 32 || alias[i] == 127) fine = false;
  json_decref(text);
  return fine && alias[0] != ' ' && alias[size - 1] != ' ';
}

static result new_client(archive *a, const char *alias, char id[24]) {
  uint8_t random[10];
  randombytes_buf(random, sizeof random);
  snprintf(id, 24, "c-");
  bytes_to_hex(random, sizeof random, id + 2);
  json_t *facts = alias ? json_pack("{s:{s:s}}", "facts", "alias", alias)
                        : json_pack("{s:{s:b}}", "facts", "guest", 1);
  return archive_put_fact(a, id, "about", "about/1", facts);
}

result archive_client(archive *a, const char *alias, char id[24]) {
  if (!alias) return new_client(a, NULL, id);
  if (!is_alias(alias)) return BAD_DATA;
  search s = {alias, id};
  const result r = io_each(a->dir, "clients", compare, &s);
  if (r == ENDED) return OK;
  return r == OK || r == NOT_FOUND ? new_client(a, alias, id) : r;
}
