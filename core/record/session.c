// SPDX-License-Identifier: GPL-3.0-or-later
// A session in progress: begun, taken up again, its facts and its flow.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/record/archive_parts.h"
#include "core/record/bytes.h"
#include "core/record/json_text.h"
#include "core/record/keys.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static result new_session(session **s, archive *a, const char *name) {
  session *made = calloc(1, sizeof *made);
  *s = made;
  if (!made) return NO_MEMORY;
  made->a = a;
  made->dir = made->creations = -1;
  snprintf(made->name, sizeof made->name, "%s", name);
  if (asprintf(&made->path, "%s/.live/%s", a->path, name) < 0) made->path = NULL;
  return made->path ? OK : NO_MEMORY;
}

void session_close_handle(session *s) {
  if (!s) return;
  for (uint32_t i = 0; i < s->count; i++) {
    io_close(s->list[i].dir);
    json_decref(s->list[i].about);
  }
  journal_close(s->flow);
  io_close(s->creations);
  io_close(s->dir);
  json_decref(s->about);
  free(s->list);
  free(s->path);
  free(s);
}

static result describe_new(session *s, const char *client) {
  char hex[33], now[NAMES_TIME];
  randombytes_buf(s->id, sizeof s->id);
  bytes_to_hex(s->id, sizeof s->id, hex);
  names_time(clock_wall_us(), now);
  s->about = json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:{}}", "gesto", "session/1",
    "session", hex, "name", s->name, "client", client, "room", s->a->room_hex, "state",
    "open", "began", now, "facts");
  return s->about ? OK : NO_MEMORY;
}

// The folder is made under another name: what can be seen in .live can be taken up.
static result fill_folder(session *s, int live, const char *hidden) {
  result r = io_make_dir(live, hidden, 0700);
  if (r == OK) r = io_open_dir(live, hidden, &s->dir);
  if (r == OK) r = archive_open_folder(s->dir, "creations", &s->creations);
  if (r == OK) r = journal_create(&s->flow, s->dir, "session.journal", s->id, s->a->room);
  if (r == OK) r = session_save(s);
  if (r == OK) r = keys_begin(s->a->keys, s->name, s->id);
  if (r == OK) r = io_rename(live, hidden, live, s->name);
  return r == OK ? io_sync(live) : r;
}

// What stays behind is shown as a session in progress.
static void remove_session(const archive *a, int live, const char *name) {
  (void)!io_remove_tree(live, name);
  (void)!io_unlink(a->keys, name);
}

result session_begin(session **s, archive *a, const char *client_id) {
  char name[NAMES_STAMP], hidden[NAMES_STAMP + 8];
  int live = -1;
  *s = NULL;
  if (!names_is_client(client_id)) return BAD_DATA;
  names_stamp(clock_wall_us(), a->room_hex, name);
  snprintf(hidden, sizeof hidden, ".new-%s", name);
  result r = new_session(s, a, name);
  if (r == OK) r = describe_new(*s, client_id);
  if (r == OK) r = archive_open_folder(a->dir, ".live", &live);
  if (r == OK) r = fill_folder(*s, live, hidden);
  if (r != OK) {
    session_close_handle(*s);
    *s = NULL;
    if (live >= 0) (void)!io_remove_tree(live, hidden);
    if (live >= 0) remove_session(a, live, name);
  }
  io_close(live);
  return r;
}

void session_take_back(session *s) {
  archive *a = s->a;
  char name[NAMES_STAMP];
  int live = -1;
  memcpy(name, s->name, sizeof name);
  const bool empty = s->count == 0;
  session_close_handle(s);
  if (empty && io_open_dir(a->dir, ".live", &live) == OK) remove_session(a, live, name);
  io_close(live);
}

// ---- Taken up again

static result grow_list(session *s, uint32_t count) {
  if (count > KEYS_MOST) return TOO_LARGE;
  if (count <= s->count) return OK;
  creation *list = realloc(s->list, count * sizeof *list);
  if (!list) return NO_MEMORY;
  s->list = list;
  while (s->count < count) s->list[s->count++] = (creation){.dir = -1, .gone = true};
  return OK;
}

static result take_creation(void *data, int dir, const char *name, bool is_dir) {
  session *s = data;
  unsigned number = 0;
  creation found = {.dir = -1};
  if (!is_dir || sscanf(name, "%u-", &number) != 1 || number == 0) return OK;
  if (strlen(name) >= sizeof found.name) return OK;
  result r = io_open_dir(dir, name, &found.dir);
  if (r == OK) r = json_text_load(found.dir, "creation.json", &found.about);
  if (r == NOT_FOUND) { // ended before it was really made
    io_close(found.dir);
    (void)!io_remove_tree(dir, name);
    return OK;
  }
  if (r == OK && !json_is_object(found.about)) r = BAD_DATA;
  if (r == OK) r = grow_list(s, number);
  if (r != OK) {
    io_close(found.dir);
    json_decref(found.about);
    return r;
  }
  snprintf(found.name, sizeof found.name, "%s", name);
  snprintf(found.exercise, sizeof found.exercise, "%s",
    json_text_string(found.about, "exercise", ""));
  s->list[number - 1] = found;
  return OK;
}

// What session.json says was let go: what is left of it goes now.
static result take_gone(session *s) {
  size_t i;
  json_t *entry;
  result r = OK;
  json_array_foreach(json_object_get(s->about, "creations"), i, entry) {
    const double number = json_text_number(entry, "number", 0);
    if (strcmp(json_text_string(entry, "consent", ""), "let go") != 0) continue;
    if (number < 1 || number > KEYS_MOST) return BAD_DATA;
    const uint32_t n = (uint32_t)number;
    if (r == OK) r = grow_list(s, n);
    if (r != OK) return r;
    creation *c = &s->list[n - 1];
    c->gone = true;
    c->minutes = (int64_t)json_text_number(entry, "minutes", 0);
    snprintf(
      c->exercise, sizeof c->exercise, "%s", json_text_string(entry, "exercise", ""));
    r = session_destroy_creation(s, n);
  }
  return r;
}

// One that cannot be gone on with is kept beside the new one.
static result set_flow_aside(session *s) {
  char name[64];
  struct stat info;
  int n = 1;
  do snprintf(name, sizeof name, "session.journal.damaged-%d", n++);
  while (fstatat(s->dir, name, &info, AT_SYMLINK_NOFOLLOW) == 0);
  return io_rename(s->dir, "session.journal", s->dir, name);
}

static result take_flow(session *s) {
  result r = journal_open(&s->flow, s->dir, "session.journal");
  if (r == BAD_DATA)
    r = set_flow_aside(s);
  else if (r != NOT_FOUND)
    return r;
  if (r == OK || r == NOT_FOUND)
    r = journal_create(&s->flow, s->dir, "session.journal", s->id, s->a->room);
  return r;
}

static result take_about(session *s) {
  result r = json_text_load(s->dir, "session.json", &s->about);
  if (r == OK && !bytes_from_hex(json_text_string(s->about, "session", ""), s->id, 16))
    r = BAD_DATA;
  if (r == OK && !names_is_client(json_text_string(s->about, "client", ""))) r = BAD_DATA;
  if (r == OK && !json_is_object(json_object_get(s->about, "facts")))
    r = json_object_set_new(s->about, "facts", json_object()) == 0 ? OK : NO_MEMORY;
  return r;
}

result session_resume(session **s, archive *a, const char *live_name) {
  int live = -1;
  *s = NULL;
  if (!names_is_stamp(live_name)) return NOT_FOUND;
  result r = new_session(s, a, live_name);
  if (r == OK) r = io_open_dir(a->dir, ".live", &live);
  if (r == OK) r = io_open_dir(live, live_name, &(*s)->dir);
  io_close(live);
  if (r == OK) r = take_about(*s);
  if (r == OK) r = archive_open_folder((*s)->dir, "creations", &(*s)->creations);
  if (r == OK) r = io_each((*s)->dir, "creations", take_creation, *s);
  if (r == OK) r = take_gone(*s);
  if (r == OK) r = take_flow(*s);
  if (r != OK) {
    session_close_handle(*s);
    *s = NULL;
  }
  return r;
}

const char *session_name(const session *s) { return s->name; }

const uint8_t *session_id(const session *s) { return s->id; }

int session_dir(const session *s) { return s->dir; }

archive *session_archive(const session *s) { return s->a; }

const char *session_client(const session *s) {
  return json_text_string(s->about, "client", "");
}

const char *session_path(const session *s) { return s->path; }

// ---- Facts and flow

result session_set_fact(session *s, const char *key, const char *json) {
  json_t *value = NULL;
  const result r = json_text_read(json, strlen(json), &value, NULL, 0);
  if (r != OK) return r;
  // The other half is for the list of creations.
  json_t *facts = json_object_get(s->about, "facts");
  return json_text_set(s->about, JSON_TEXT_MOST / 2, facts, key, value);
}

void session_drop_fact(session *s, const char *key) {
  (void)json_object_del(json_object_get(s->about, "facts"), key);
}

char *session_facts(const session *s) {
  return json_dumps(json_object_get(s->about, "facts"), JSON_COMPACT);
}

static json_t *describe_creation(const creation *c, uint32_t number) {
  if (c->gone)
    return json_pack("{s:i,s:s,s:I,s:s}", "number", (int)number, "exercise", c->exercise,
      "minutes", (json_int_t)c->minutes, "consent", "let go");
  json_t *entry = json_pack(
    "{s:i,s:s,s:s}", "number", (int)number, "name", c->name, "exercise", c->exercise);
  static const char *const same[] = {"began", "seconds", "consent", "process", "chosen"};
  for (size_t i = 0; entry && i < sizeof same / sizeof *same; i++) {
    json_t *value = json_object_get(c->about, same[i]);
    if (value && json_object_set(entry, same[i], value) != 0) {
      json_decref(entry);
      return NULL;
    }
  }
  return entry;
}

// session.json as it is to be written; NULL: no memory.
static json_t *describe(const session *s) {
  json_t *whole = json_copy(s->about), *list = json_array();
  bool fine = whole && list;
  for (uint32_t i = 0; i < s->count && fine; i++)
    if (s->list[i].exercise[0])
      fine = json_array_append_new(list, describe_creation(&s->list[i], i + 1)) == 0;
  if (fine) fine = json_object_set(whole, "creations", list) == 0;
  json_decref(list);
  if (fine) return whole;
  json_decref(whole);
  return NULL;
}

result session_save(session *s) {
  json_t *whole = describe(s);
  if (!whole) return NO_MEMORY;
  const result r = json_text_save(s->dir, "session.json", whole);
  json_decref(whole);
  return r;
}

result session_flow(session *s, const char *json) {
  json_t *value = NULL;
  const size_t size = strlen(json);
  result r = json_text_read(json, size, &value, NULL, 0);
  json_decref(value);
  if (r == OK) r = journal_append(s->flow, FRAME_FLOW, 0, json, (uint32_t)size);
  return r == OK ? io_sync_data(journal_fd(s->flow)) : r;
}

// ---- Creations

creation *session_find(const session *s, uint32_t number) {
  if (number == 0 || number > s->count) return NULL;
  creation *c = &s->list[number - 1];
  return c->gone ? NULL : c;
}

result session_save_creation(creation *c) {
  return json_text_save(c->dir, "creation.json", c->about);
}

static result fill_creation(session *s, creation *c, uint32_t number) {
  char now[NAMES_TIME];
  names_time(clock_wall_us(), now);
  c->about = json_pack("{s:s,s:i,s:s,s:s,s:s,s:{},s:[]}", "gesto", "creation/1", "number",
    (int)number, "name", c->name, "exercise", c->exercise, "began", now, "facts",
    "works");
  if (!c->about) return NO_MEMORY;
  // The key first: a creation that can be seen has one.
  result r = keys_add(s->a->keys, s->name, number);
  if (r == OK) r = io_make_dir(s->creations, c->name, 0700);
  if (r == OK) r = io_open_dir(s->creations, c->name, &c->dir);
  if (r == OK) r = session_save_creation(c);
  return r == OK ? io_sync(s->creations) : r;
}

result session_add_creation(session *s, const char *exercise_id, uint32_t *number) {
  char word[NAMES_SHORT];
  const uint32_t n = s->count + 1;
  creation c = {.dir = -1};
  names_short(exercise_id, word);
  snprintf(c.name, sizeof c.name, "%02u-%s", n, word);
  snprintf(c.exercise, sizeof c.exercise, "%s", exercise_id);
  result r = grow_list(s, n);
  if (r != OK) return r;
  r = fill_creation(s, &c, n);
  if (r == OK) {
    s->list[n - 1] = c;
    r = session_save(s);
    if (r == OK) {
      *number = n;
      return OK;
    }
  }
  io_close(c.dir);
  json_decref(c.about);
  (void)!io_remove_tree(s->creations, c.name);
  (void)!keys_destroy(s->a->keys, s->name, n);
  s->count = n - 1;
  return r;
}

int session_creation_dir(session *s, uint32_t number) {
  const creation *c = session_find(s, number);
  return c ? c->dir : -1;
}

const char *session_creation_name(session *s, uint32_t number) {
  const creation *c = session_find(s, number);
  return c ? c->name : "";
}

uint32_t session_creation_count(const session *s) { return s->count; }

bool session_creation_answered(const session *s, uint32_t number) {
  const creation *c = session_find(s, number);
  return !c || json_object_get(c->about, "consent") != NULL;
}

void session_creation_want(session *s, uint32_t number, bool wanting) {
  creation *c = session_find(s, number);
  if (c) c->wanting = wanting;
}

uint32_t session_wanting(const session *s) {
  for (uint32_t n = 1; n <= s->count; n++) {
    const creation *c = session_find(s, n);
    if (c && c->wanting) return n;
  }
  return 0;
}
