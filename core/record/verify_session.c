// SPDX-License-Identifier: GPL-3.0-or-later
// One session folder against its manifest, its journals' own checks, and its keys.
#include "core/base/io.h"
#include "core/record/forget.h"
#include "core/record/journal.h"
#include "core/record/json_text.h"
#include "core/record/keys.h"
#include "core/record/manifest.h"
#include "core/record/names.h"
#include "core/record/slots.h"
#include "core/record/verify_parts.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_MOST = 65536 };

typedef struct look {
  verification *v;
  const char *path, *name; // of the session
  int dir, client;         // client: its folder, -1 if the session lies elsewhere
  manifest listed;
  bool has_manifest;
  bool *seen; // by manifest entry
  ring_slot *batch;
} look;

static void say(look *l, const char *file, const char *what) {
  verify_say(l->v, l->path, file, what);
}

// ---- Journals

static result check_batch(look *l, const journal_frame *frame) {
  uint32_t count = 0;
  if (frame->flags & ~FRAME_CRITICAL)
    return OK; // packed or encrypted: not to be read here
  if (frame->type == FRAME_SLOTS)
    return slots_decode(frame->payload, frame->size, l->batch, BATCH_MOST, &count);
  if (frame->type == FRAME_REPORTS)
    return reports_decode(
      frame->payload, frame->size, (page_report *)(void *)l->batch, BATCH_MOST, &count);
  return OK;
}

static void check_frames(look *l, const char *file, journal_reader *reader) {
  char what[128];
  journal_frame frame;
  for (;;) {
    const result r = journal_next(reader, &frame);
    if (r == ENDED) return;
    if (r == OK && check_batch(l, &frame) == OK) continue;
    snprintf(what, sizeof what, "is damaged at byte %llu", (unsigned long long)frame.at);
    say(l, file, what);
    uint64_t skipped = 0;
    if (r != OK && journal_skip_damage(reader, &skipped) != OK) return;
  }
}

static void check_journal(look *l, const char *file) {
  journal_reader *reader = NULL;
  const result r = journal_reader_open(&reader, l->dir, file);
  if (r == TOO_NEW) return; // of a later Gesto; its hash holds
  if (r != OK) {
    say(l, file, "has no head of a journal");
    return;
  }
  char session[33];
  for (size_t i = 0; i < 16; i++)
    snprintf(session + 2 * i, 3, "%02x", journal_reader_head(reader)->session[i]);
  if (l->has_manifest && strcmp(session, l->listed.session) != 0)
    say(l, file, "belongs to another session");
  check_frames(l, file, reader);
  journal_reader_close(reader);
}

// ---- Files

static bool ends_with(const char *text, const char *end) {
  const size_t size = strlen(text), tail = strlen(end);
  return size >= tail && strcmp(text + size - tail, end) == 0;
}

// True if the file is there and as the manifest says.
static bool check_hash(look *l, const char *file, result *fatal) {
  const manifest_entry *entry = manifest_find(&l->listed, file);
  char hash[65];
  uint64_t size = 0;
  if (l->has_manifest && !entry) {
    say(l, file, "is not in the manifest: it was added after the session was closed");
    return false;
  }
  const result r = manifest_hash(l->dir, file, hash, &size, false);
  if (entry) l->seen[entry - l->listed.entries] = true;
  if (r == NO_MEMORY) *fatal = r;
  if (r == BAD_DATA)
    say(l, file, "is not a plain file");
  else if (r != OK)
    say(l, file, result_text(r));
  if (r != OK || !entry) return r == OK;
  if (size != entry->size)
    say(l, file, "has another size than the manifest says: it was changed");
  else if (strcmp(hash, entry->sha256) != 0)
    say(l, file, "does not fit the manifest: it was changed");
  else
    return true;
  return false;
}

static result check_file(void *data, int dir, const char *path) {
  look *l = data;
  result fatal = OK;
  (void)dir;
  if (strcmp(path, "MANIFEST") == 0 || path[strlen(path) - 1] == '/') return OK;
  if (check_hash(l, path, &fatal) && ends_with(path, ".journal")) check_journal(l, path);
  return fatal;
}

// "creations/01-draw/artwork.png" of a creation that was let go later is rightly gone.
static bool is_forgotten(const look *l, const char *file) {
  char name[64];
  if (l->client < 0 || sscanf(file, "creations/%63[^/]", name) != 1) return false;
  return forget_is_known(l->client, l->name, name);
}

static void check_missing(look *l) {
  for (size_t i = 0; i < l->listed.count; i++) {
    const char *file = l->listed.entries[i].path;
    const bool gone = is_forgotten(l, file);
    if (!l->seen[i] && !gone) say(l, file, "is missing");
    if (l->seen[i] && gone)
      say(l, file, "was let go and is still there; let go of it again");
  }
}

// ---- session.json and keys

// Four folders up: sessions, client, clients, archive.
static void say_keys(look *l, const char *what) {
  char root[4096];
  snprintf(root, sizeof root, "%s", l->path);
  for (int i = 0; i < 4; i++) {
    char *slash = strrchr(root, '/');
    if (slash) *slash = 0;
  }
  const size_t size = strlen(root);
  snprintf(root + size, sizeof root - size, "/keys/%s", l->name);
  verify_say(l->v, root, "", what);
}

static void check_key(look *l, const keys *k, const json_t *entry) {
  char what[128], file[128];
  const double number = json_text_number(entry, "number", 0);
  const char *name = json_text_string(entry, "name", "");
  if (number < 1 || number > KEYS_MOST) return;
  const bool let_go = strcmp(json_text_string(entry, "consent", ""), "let go") == 0;
  snprintf(file, sizeof file, "creations/%s/", name);
  const bool gone = let_go || is_forgotten(l, file);
  if (keys_has(k, (uint32_t)number) != gone) return;
  snprintf(what, sizeof what,
    gone ? "still has the key of creation %.0f, which was let go"
         : "has no key for creation %.0f",
    number);
  say_keys(l, what);
}

static void check_keys(look *l, const json_t *about) {
  char path[256];
  keys k = {0};
  json_t *entry;
  size_t i;
  snprintf(path, sizeof path, "../../keys/%s", l->name);
  const result r = keys_load(&k, l->client, path);
  if (r != OK || strcmp(k.session, json_text_string(about, "session", "")) != 0) {
    say_keys(l,
      r == NOT_FOUND ? "is missing: the session's keys"
                     : "does not fit its own check: it was changed");
  } else {
    json_array_foreach(json_object_get(about, "creations"), i, entry)
      check_key(l, &k, entry);
  }
  keys_finish(&k);
}

static void check_about(look *l) {
  json_t *about = NULL;
  if (json_text_load(l->dir, "session.json", &about) != OK) return; // named already
  if (strcmp(json_text_string(about, "state", ""), "closed") != 0)
    say(l, "session.json", "says that the session is not closed");
  if (strcmp(json_text_string(about, "name", ""), l->name) != 0)
    say(l, "", "has another name than its session.json says: it was renamed");
  if (l->has_manifest &&
    strcmp(json_text_string(about, "session", ""), l->listed.session) != 0)
    say(l, "session.json", "belongs to another session");
  if (l->client >= 0) check_keys(l, about);
  json_decref(about);
}

// ---- The session

// The client's folder, if the session lies in one of an archive.
static int open_client(int dir) {
  int client = -1, head = -1;
  if (io_open(dir, "../../../../archive.json", O_RDONLY, 0, &head) != OK) return -1;
  io_close(head);
  return io_open_dir(dir, "../..", &client) == OK ? client : -1;
}

static result check_all(look *l) {
  result r = manifest_load(&l->listed, l->dir);
  l->has_manifest = r == OK;
  if (r == NO_MEMORY) return r;
  if (r == NOT_FOUND)
    say(l, "MANIFEST", "is missing: not closed, or not arrived as a whole");
  else if (r == TOO_NEW)
    say(l, "MANIFEST", "is from a later Gesto; check it with that one");
  else if (r != OK)
    say(l, "MANIFEST", "does not fit its own check: it was changed");
  l->seen = calloc(l->listed.count + 1, sizeof *l->seen);
  l->batch = malloc(BATCH_MOST * sizeof *l->batch);
  if (!l->seen || !l->batch) return NO_MEMORY;
  r = manifest_walk(l->dir, check_file, l);
  if (r == OK) check_missing(l);
  if (r == OK) check_about(l);
  if (r == OK || r == NO_MEMORY) return r;
  say(l, "", "cannot be looked through to the end");
  return OK;
}

result verify_session(verification *v, const char *path) {
  const char *slash = strrchr(path, '/');
  look l = {
    .v = v, .path = path, .name = slash ? slash + 1 : path, .dir = -1, .client = -1};
  result r = io_open_dir(AT_FDCWD, path, &l.dir);
  if (r != OK) {
    verify_say(v, path, "", result_text(r));
    return OK;
  }
  l.client = open_client(l.dir);
  r = check_all(&l);
  io_close(l.client);
  io_close(l.dir);
  manifest_finish(&l.listed);
  free(l.seen);
  free(l.batch);
  return r;
}
