// SPDX-License-Identifier: GPL-3.0-or-later
// What stays of a creation after what the client said of it.
//
//   keep, and how I made it   everything
//   keep; private             creation.json, finished works, `state` saved anew without
//                             history; all else goes, then the folder is synced
//   let go                    nothing; session.json keeps exercise, minutes and "let go"
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/record/archive_parts.h"
#include "core/record/json_text.h"
#include "core/record/keys.h"
#include "core/record/manifest.h"

#include <stdio.h>
#include <string.h>

static double seconds_of(const creation *c, int64_t now_us) {
  const json_t *facts = json_object_get(c->about, "facts");
  const double said = json_text_number(facts, "seconds", -1);
  if (said >= 0) return said;
  const int64_t began = names_time_read(json_text_string(c->about, "began", ""));
  return began < 0 || began > now_us ? 0 : (double)(now_us - began) / 1e6;
}

result session_destroy_creation(session *s, uint32_t number) {
  creation *c = &s->list[number - 1];
  char name[sizeof c->name];
  snprintf(name, sizeof name, "%s", c->name);
  io_close(c->dir);
  json_decref(c->about);
  c->dir = -1;
  c->about = NULL;
  result r = keys_destroy(s->a->keys, s->name, number);
  if (r == NOT_FOUND) r = OK;
  if (r == OK && name[0]) r = io_remove_tree(s->creations, name);
  if (r == NOT_FOUND) r = OK;
  if (r == OK) c->name[0] = 0;
  return r;
}

// session.json says it first: from then on it will be gone, whatever happens to us.
static result let_go(session *s, uint32_t number) {
  creation *c = session_find(s, number);
  c->gone = true;
  c->minutes = (int64_t)(seconds_of(c, clock_wall_us()) / 60 + 0.5);
  const result r = session_save(s);
  if (r != OK) {
    c->gone = false;
    return r;
  }
  return session_destroy_creation(s, number);
}

typedef struct pruning {
  const creation *c;
  bool state;
} pruning;

static bool stays(const pruning *p, const char *name) {
  size_t i;
  json_t *entry;
  if (strcmp(name, "creation.json") == 0) return true;
  if (strcmp(name, "state") == 0) return p->state;
  json_array_foreach(json_object_get(p->c->about, "works"), i,
    entry) if (strcmp(json_text_string(entry, "file", ""), name) == 0) return true;
  return false;
}

static result prune_entry(void *data, int dir, const char *name, bool is_dir) {
  if (stays(data, name)) return OK;
  return is_dir ? io_remove_tree(dir, name) : io_unlink(dir, name);
}

// Removes what is not to stay of a creation, as its creation.json says.
static result prune(creation *c) {
  const bool keep = strcmp(json_text_string(c->about, "consent", ""), "keep") == 0;
  if (keep && json_is_true(json_object_get(c->about, "process"))) return OK;
  pruning p = {c, json_is_true(json_object_get(c->about, "state_anew"))};
  const result r = io_each(c->dir, ".", prune_entry, &p);
  return r == OK ? io_sync(c->dir) : r;
}

static result put_state(creation *c, bool whole, const void *state, size_t size) {
  if (state) return io_save(c->dir, "state", state, size);
  const result r =
    whole ? OK : io_unlink(c->dir, "state"); // it may hold what was taken back
  return r == NOT_FOUND ? OK : r;
}

static result set_answer(creation *c, const answer *said, bool state) {
  char now[NAMES_TIME];
  const int64_t now_us = clock_wall_us();
  names_time(now_us, now);
  const bool whole = said->keep == CONSENT_KEEP && said->process;
  json_t *news = json_pack("{s:s,s:b,s:b,s:s?,s:s,s:f,s:b}", "consent",
    said->keep == CONSENT_KEEP ? "keep" : "private", "process", whole, "chosen",
    !said->assumed, "title", said->title && said->title[0] ? said->title : NULL, "ended",
    now, "seconds", seconds_of(c, now_us), "state_anew", state && !whole);
  if (!news) return BAD_DATA; // a title that is not UTF-8, or no memory
  const int done = json_object_update(c->about, news);
  json_decref(news);
  return done == 0 ? OK : NO_MEMORY;
}

result session_apply(
  session *s, uint32_t number, const answer *said, const void *state, size_t state_size) {
  creation *c = session_find(s, number);
  if (!c) return NOT_FOUND;
  if (said->keep == CONSENT_LET_GO) return let_go(s, number);
  const bool whole = said->keep == CONSENT_KEEP && said->process;
  result r = set_answer(c, said, state != NULL);
  if (r == OK) r = put_state(c, whole, state, state_size);
  if (r == OK) r = session_save_creation(c);
  if (r == OK) r = prune(c);
  return r == OK ? session_save(s) : r;
}

// Answers that are there are carried out once more (we may have been cut off); what was
// left without one is as private.
static result settle(session *s) {
  const answer none = {.keep = CONSENT_PRIVATE, .assumed = true};
  result r = OK;
  for (uint32_t n = 1; n <= s->count && r == OK; n++) {
    creation *c = session_find(s, n);
    if (!c) continue;
    r = json_object_get(c->about, "consent") ? prune(c)
                                             : session_apply(s, n, &none, NULL, 0);
  }
  return r;
}

// Temporary files of saves that were cut off.
static result sweep(void *data, int dir, const char *name, bool is_dir) {
  if (is_dir) return io_each(dir, name, sweep, data);
  return name[0] == '.' ? io_unlink(dir, name) : OK;
}

static result mark_closed(session *s, bool interrupted) {
  char now[NAMES_TIME];
  names_time(clock_wall_us(), now);
  json_t *news = json_pack(
    "{s:s,s:s,s:b}", "state", "closed", "ended", now, "interrupted", interrupted);
  // A second attempt leaves the end where it was.
  const bool again = strcmp(json_text_string(s->about, "state", ""), "closed") == 0;
  const int done = !news ? -1 : again ? 0 : json_object_update(s->about, news);
  json_decref(news);
  return done == 0 ? OK : NO_MEMORY;
}

result session_finish(session *s, bool interrupted, char *path, size_t room) {
  const char *client = json_text_string(s->about, "client", "");
  result r = settle(s);
  if (r == OK) r = io_each(s->dir, ".", sweep, NULL);
  if (r == OK) r = mark_closed(s, interrupted);
  if (r == OK) r = session_save(s);
  if (r == OK) r = manifest_write(s->dir, s->id);
  if (r == OK) r = archive_move_in(s->a, client, s->name);
  if (r == OK)
    snprintf(path, room, "%s/clients/%s/sessions/%s", s->a->path, client, s->name);
  return r;
}
