// SPDX-License-Identifier: GPL-3.0-or-later
// Clients: random ids, and facts about them as files that are never changed.
#include "core/record/client.h"
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/record/archive_parts.h"
#include "core/record/bytes.h"
#include "core/record/catalogue.h"
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

result client_facts(archive *a, const char *id, json_t **facts) {
  int clients = -1, home = -1;
  *facts = NULL;
  if (!names_is_client(id)) return NOT_FOUND;
  result r = io_open_dir(a->dir, "clients", &clients);
  if (r == OK) r = io_open_dir(clients, id, &home);
  if (r == OK) r = client_about(home, facts);
  io_close(home);
  io_close(clients);
  return r;
}

typedef struct walk {
  archive *a;
  client_each_fn *each;
  void *data;
} walk;

static result visit(void *data, int dir, const char *name, bool is_dir) {
  const walk *w = data;
  int home = -1;
  json_t *facts = NULL;
  if (!is_dir || !names_is_client(name)) return OK;
  result r = io_open_dir(dir, name, &home);
  if (r == OK) r = client_about(home, &facts);
  if (r == OK) r = w->each(w->data, name, facts);
  json_decref(facts);
  io_close(home);
  return r;
}

result client_each(archive *a, client_each_fn *each, void *data) {
  walk w = {a, each, data};
  const result r = io_each(a->dir, "clients", visit, &w);
  return r == NOT_FOUND ? OK : r;
}

typedef struct search {
  const char *who;
  char *id;
} search;

static result compare(void *data, const char *id, const json_t *facts) {
  const search *s = data;
  const char *alias = json_text_string(facts, "alias", "");
  if (strcmp(id, s->who) != 0 && (!alias[0] || strcmp(alias, s->who) != 0)) return OK;
  snprintf(s->id, 24, "%s", id);
  return ENDED;
}

// ---- What cannot be read

typedef struct unread {
  const char *client;
  char path[384]; // below the archive
} unread;

static result name_unread(unread *u, const char *file) {
  snprintf(
    u->path, sizeof u->path, "clients/%s/about%s%s", u->client, file[0] ? "/" : "", file);
  return ENDED;
}

static result try_fact(void *data, int dir, const char *name, bool is_dir) {
  const char *end = strrchr(name, '.');
  json_t *fact = NULL;
  if (name[0] == '.' || !end || strcmp(end, ".json") != 0) return OK;
  const result r = is_dir ? BAD_DATA : facts_load(dir, name, &fact);
  json_decref(fact);
  if (r == OK || r == NO_MEMORY) return r;
  return name_unread(data, name);
}

static result try_client(void *data, int dir, const char *name, bool is_dir) {
  unread *u = data;
  char about[64];
  if (!is_dir || !names_is_client(name)) return OK;
  u->client = name;
  snprintf(about, sizeof about, "%s/about", name);
  const result r = io_each(dir, about, try_fact, u);
  if (r == OK || r == ENDED || r == NO_MEMORY) return r;
  return r == NOT_FOUND ? OK : name_unread(u, "");
}

static result find_unread(archive *a, unread *u) {
  const result r = io_each(a->dir, "clients", try_client, u);
  if (r == ENDED) return OK;
  return r == OK ? NOT_FOUND : r;
}

bool client_say_unread(archive *a, const char *who, char *why, size_t room) {
  unread u = {0};
  if (find_unread(a, &u) != OK) return false;
  snprintf(why, room,
    "whether \"%.100s\" is known here cannot be said, as %s in the archive cannot be "
    "read: nobody is begun under that name. \"gesto verify\" says what is the matter "
    "with the file; bring it back from a backup.",
    who, u.path);
  return true;
}

// An id is the name of a folder: no file need be read for that.
static result nobody(archive *a, const char *who) {
  unread u = {0};
  if (names_is_client(who)) return NOT_FOUND;
  const result r = find_unread(a, &u);
  return r == OK ? FAILED : r;
}

result client_find(archive *a, const char *who, char id[24]) {
  search s = {who, id};
  const result r = client_each(a, compare, &s);
  return r == ENDED ? OK : r == OK ? nobody(a, who) : r;
}

result client_note(archive *a, const char *id, json_t *facts) {
  if (facts && json_object_size(facts) == 0) {
    json_decref(facts);
    return OK;
  }
  json_t *fact = facts ? json_pack("{s:o}", "facts", facts) : NULL;
  return archive_put_fact(a, id, "about", "about/1", fact);
}

// A name that people can read: UTF-8 without control characters, not too long.
static bool is_alias(const char *alias) {
  json_t *text = json_string(alias);
  const size_t size = strlen(alias);
  bool fine = text && size > 0 && size <= ALIAS_MOST;
  for (size_t i = 0; i < size; i++)
    if ((uint8_t)alias[i] < 32 || alias[i] == 127) fine = false;
  json_decref(text);
  return fine && alias[0] != ' ' && alias[size - 1] != ' ' && !names_is_client(alias);
}

static void new_id(char id[24]) {
  uint8_t random[10];
  randombytes_buf(random, sizeof random);
  snprintf(id, 24, "c-");
  bytes_to_hex(random, sizeof random, id + 2);
}

static result is_free(archive *a, const char *alias, const char *id) {
  char other[24];
  if (!is_alias(alias)) return BAD_DATA;
  const result r = client_find(a, alias, other);
  if (r == OK) return id && strcmp(other, id) == 0 ? OK : EXISTS;
  return r == NOT_FOUND ? OK : r;
}

result client_make(archive *a, const char *alias, const json_t *members, char id[24]) {
  result r = is_free(a, alias, NULL);
  if (r != OK) return r;
  new_id(id);
  json_t *facts = members ? json_pack("{s:s, s:s, s:O}", "alias", alias, "kind", "group",
                              "members", (json_t *)members)
                          : json_pack("{s:s}", "alias", alias);
  r = client_note(a, id, facts);
  return r == OK ? catalogue_note_client(a, id) : r;
}

result client_name(archive *a, const char *id, const char *alias) {
  result r = is_free(a, alias, id);
  if (r != OK) return r;
  r = client_note(a, id, json_pack("{s:s, s:n}", "alias", alias, "guest"));
  return r == OK ? catalogue_note_client(a, id) : r;
}

result archive_client(archive *a, const char *alias, char id[24]) {
  const result r = alias ? client_find(a, alias, id) : NOT_FOUND;
  if (r != NOT_FOUND) return r;
  if (alias && !is_alias(alias)) return BAD_DATA;
  new_id(id);
  return client_note(
    a, id, alias ? json_pack("{s:s}", "alias", alias) : json_pack("{s:b}", "guest", 1));
}
