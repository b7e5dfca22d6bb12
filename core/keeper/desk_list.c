// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/desk_list.h"

#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/keeper/client_room.h"
#include "core/keeper/desk_room.h"
#include "core/record/catalogue.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

typedef struct live_walk {
  json_t *list;
  const char *running;
} live_walk;

// "20261123T015935Z-…" as "2026-11-23T01:59:35Z".
static void began_of(const char *name, char out[24]) {
  out[0] = 0;
  if (strlen(name) < 16 || name[8] != 'T' || name[15] != 'Z') return;
  static const char shape[] = "yyyy-mm-ddThh:mm:ssZ";
  const char *from = name;
  for (size_t i = 0; i < sizeof shape; i++) {
    out[i] = shape[i] == '-' || shape[i] == ':' || shape[i] == 0 ? shape[i] : *from++;
  }
}

static result add_live(
  void *data, const char *client_id, const char *name, const char *path, bool live) {
  live_walk *w = data;
  char began[24];
  if (!live || strcmp(name, w->running) == 0) return OK;
  began_of(name, began);
  json_t *one = json_pack("{s:s, s:s, s:s, s:s}", "name", name, "path", path, "client",
    client_id ? client_id : "", "began", began);
  return json_array_append_new(w->list, one) == 0 ? OK : NO_MEMORY;
}

static json_t *live_sessions(house *h, const char *running) {
  live_walk w = {.list = json_array(), .running = running};
  result done = archive_each_session(h->archive, true, add_live, &w);
  (void)done; // those that can be read
  return w.list;
}

static json_t *exercises(const house *h) {
  json_t *all = json_array();
  for (uint32_t i = 0; i < h->exercises.count; i++) {
    const exercise_entry *entry = &h->exercises.entries[i];
    if (entry->refused || !entry->declared) continue;
    json_t *one = json_loads(entry->declared, 0, NULL);
    if (one) json_object_set_new(one, "cautions", client_room_cautions(entry));
    if (one && entry->title) json_object_set_new(one, "title", json_string(entry->title));
    if (one) json_array_append_new(all, one);
  }
  return all;
}

static result make_text(house *h, const char *running, char **text) {
  char *closed = NULL;
  result done = catalogue_list_json(h->archive, NULL, false, &closed);
  if (done != OK) return done;
  json_t *all = json_loads(closed, 0, NULL);
  free(closed);
  if (!json_is_object(all)) {
    json_decref(all);
    return BAD_DATA;
  }
  done = desk_room_list(h->archive, json_object_get(all, "clients"));
  if (done != OK) {
    json_decref(all);
    return done;
  }
  json_object_set_new(all, "live", live_sessions(h, running));
  json_object_set_new(all, "exercises", exercises(h));
  *text = json_dumps(all, JSON_COMPACT);
  json_decref(all);
  return *text ? OK : NO_MEMORY;
}

result desk_list_make(house *h, const char *running, int *fd, uint64_t *size) {
  char *text = NULL;
  *fd = -1;
  result done = make_text(h, running, &text);
  if (done != OK) return done;
  *size = strlen(text);
  done = memory_create("gesto-list", *size + 1, fd);
  if (done == OK) done = io_write_all_at(*fd, text, *size, 0);
  if (done == OK) done = memory_seal(*fd);
  free(text);
  if (done != OK) {
    io_close(*fd);
    *fd = -1;
  }
  return done;
}
