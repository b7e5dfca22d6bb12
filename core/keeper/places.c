// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/places.h"

#include "core/base/io.h"
#include "core/record/archive.h"
#include "core/record/catalogue.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FACTS_MAX = 1 << 20 };

static bool holds(const char *folder, const char *name) {
  char path[PATH_MAX];
  int fd = -1;
  if ((size_t)snprintf(path, sizeof(path), "%s/%s", folder, name) >= sizeof(path) ||
    io_open(AT_FDCWD, path, O_RDONLY, 0, &fd))
    return false;
  io_close(fd);
  return true;
}

static bool is_kind(const char *path, place_kind kind) {
  switch (kind) {
  case PLACE_CREATION:
    return holds(path, "creation.json") || holds(path, "process.journal");
  case PLACE_SESSION: return holds(path, "session.json");
  case PLACE_CLIENT: return holds(path, "sessions") && !holds(path, "archive.json");
  default: return false;
  }
}

static bool find_path(const char *named, place_kind kind, char *path, size_t room) {
  char whole[PATH_MAX];
  if (!realpath(named, whole)) return false;
  char *slash = strrchr(whole, '/');
  if (!is_kind(whole, kind) && slash) *slash = 0; // a file of that folder was named
  return is_kind(whole, kind) && (size_t)snprintf(path, room, "%s", whole) < room;
}

typedef struct search {
  const char *session, *creation; // creation NULL: the session itself
  size_t session_size;
  char *path;
  size_t room;
} search;

static result look(
  void *data, const char *client, const char *name, const char *path, bool live) {
  search *s = data;
  (void)client;
  (void)live;
  if (strlen(name) != s->session_size || strncmp(name, s->session, s->session_size))
    return OK;
  const int n = s->creation
    ? snprintf(s->path, s->room, "%s/creations/%s", path, s->creation)
    : snprintf(s->path, s->room, "%s", path);
  return n > 0 && (size_t)n < s->room ? EXISTS : TOO_LARGE;
}

static result find_session(archive *a, const char *named, char *path, size_t room) {
  const char *slash = strchr(named, '/');
  search s = {.session = named,
    .path = path,
    .room = room,
    .session_size = slash ? (size_t)(slash - named) : strlen(named),
    .creation = slash ? slash + 1 : NULL};
  if (s.creation && (strchr(s.creation, '/') || s.creation[0] == '.')) return NOT_FOUND;
  result r = archive_each_session(a, false, look, &s);
  if (!r) r = archive_each_session(a, true, look, &s);
  return r == EXISTS ? OK : NOT_FOUND;
}

static result find_client(archive *a, const char *named, char *path, size_t room) {
  char *text = NULL;
  size_t i;
  json_t *one;
  result r = catalogue_list_json(a, NULL, false, &text);
  json_t *all = r ? NULL : json_loads(text, 0, NULL);
  free(text);
  r = NOT_FOUND;
  json_array_foreach(json_object_get(all, "clients"), i, one) {
    const char *id = json_string_value(json_object_get(one, "id"));
    const char *alias = json_string_value(json_object_get(one, "alias"));
    if (!id || (strcmp(id, named) && (!alias || strcmp(alias, named)))) continue;
    const int n = snprintf(path, room, "%s/clients/%s", archive_path(a), id);
    r = n > 0 && (size_t)n < room ? OK : TOO_LARGE;
  }
  json_decref(all);
  return r;
}

result place_find(
  const char *archive_at, const char *named, place_kind kind, char *path, size_t room) {
  char why[256];
  archive *a = NULL;
  if (find_path(named, kind, path, room)) return OK;
  if (archive_open(&a, archive_at, false, why, sizeof(why))) return NOT_FOUND;
  result r = kind == PLACE_CLIENT ? find_client(a, named, path, room)
                                  : find_session(a, named, path, room);
  archive_close(a);
  if (!r && !is_kind(path, kind)) r = NOT_FOUND;
  return r;
}

json_t *place_facts(const char *path, const char *file) {
  char whole[PATH_MAX];
  char *text = NULL;
  size_t size = 0;
  if ((size_t)snprintf(whole, sizeof(whole), "%s/%s", path, file) >= sizeof(whole) ||
    io_load(AT_FDCWD, whole, FACTS_MAX, &text, &size))
    return NULL;
  json_t *facts = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
  free(text);
  return facts;
}

// While a session is open nothing is said yet; afterwards only "keep" opens a creation.
bool place_is_private(const char *creation_path) {
  json_t *facts = place_facts(creation_path, "creation.json");
  const char *said = json_string_value(json_object_get(facts, "consent"));
  const bool open = !facts || !said || !strcmp(said, "keep");
  json_decref(facts);
  return !open;
}
