// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/last_time.h"

#include "core/base/io.h"
#include "core/record/json_text.h"
#include "core/record/manifest.h"
#include "core/record/names.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct name_list {
  char (*names)[96];
  size_t count;
} name_list;

// In order of their names, which is that of time.
static result note_name(void *data, int dir, const char *name, bool is_dir) {
  name_list *l = data;
  (void)dir;
  if (!is_dir || strlen(name) >= sizeof l->names[0]) return OK;
  void *larger = realloc(l->names, (l->count + 1) * sizeof l->names[0]);
  if (!larger) return NO_MEMORY;
  l->names = larger;
  snprintf(l->names[l->count++], sizeof l->names[0], "%s", name);
  return OK;
}

static bool has_state(int session_dir, const char *creation) {
  char path[128];
  struct stat info;
  snprintf(path, sizeof path, "creations/%s/state", creation);
  return fstatat(session_dir, path, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
    S_ISREG(info.st_mode) && info.st_size > 0;
}

static void copy(char *to, size_t room, const json_t *object, const char *key) {
  snprintf(to, room, "%s", json_text_string(object, key, ""));
}

// What has stayed: nobody let it go, neither then nor later.
static bool read_creation(int session_dir, const char *name, last_time *found) {
  char path[128];
  json_t *about = NULL;
  int dir = -1;
  snprintf(path, sizeof path, "creations/%s", name);
  result r = io_open_dir(session_dir, path, &dir);
  if (r == OK) r = json_text_load(dir, "creation.json", &about);
  io_close(dir);
  const char *said = json_text_string(about, "consent", "");
  const bool stays = r == OK && (!strcmp(said, "keep") || !strcmp(said, "private"));
  if (stays) {
    const json_t *facts = json_object_get(about, "facts");
    snprintf(found->creation, sizeof found->creation, "%s", name);
    copy(found->exercise, sizeof found->exercise, about, "exercise");
    copy(found->version, sizeof found->version, facts, "state_version");
    found->seconds = json_text_number(about, "seconds", 0);
  }
  json_decref(about);
  return stays;
}

typedef struct looking {
  last_time_suits *suits;
  void *data;
  last_time *found;
} looking;

// It had a state once: with papers that were let go of that may go, too.
static bool has_lost_state(const looking *l, int session_dir, const char *name) {
  last_time one = {0};
  return read_creation(session_dir, name, &one) && one.version[0] &&
    l->suits(l->data, one.exercise);
}

// The last of them that can be carried on.
static bool look_into(const looking *l, int session_dir) {
  name_list all = {0};
  bool there = false;
  struct stat info;
  if (fstatat(session_dir, "MANIFEST", &info, AT_SYMLINK_NOFOLLOW) != 0) return false;
  const result r = io_each(session_dir, "creations", note_name, &all);
  for (size_t i = r == OK ? all.count : 0; i-- > 0 && !there;) {
    if (strlen(all.names[i]) >= sizeof l->found->creation) continue;
    if (has_state(session_dir, all.names[i]))
      there = read_creation(session_dir, all.names[i], l->found) &&
        l->found->exercise[0] && l->suits(l->data, l->found->exercise);
    else if (has_lost_state(l, session_dir, all.names[i]))
      l->found->newer_stays = true;
  }
  free(all.names);
  return there;
}

static result search(archive *a, const char *client_id, const looking *l) {
  char path[64];
  name_list all = {0};
  bool there = false;
  snprintf(path, sizeof path, "clients/%s/sessions", client_id);
  result r = io_each(archive_dir(a), path, note_name, &all);
  for (size_t i = r == OK ? all.count : 0; i-- > 0 && !there;) {
    last_time *f = l->found;
    int dir = -1;
    const int length =
      snprintf(f->path, sizeof f->path, "%s/%s/%s", archive_path(a), path, all.names[i]);
    if (length <= 0 || (size_t)length >= sizeof f->path) continue;
    if (!names_is_stamp(all.names[i]) || io_open_dir(AT_FDCWD, f->path, &dir) != OK)
      continue;
    snprintf(f->session, sizeof f->session, "%s", all.names[i]);
    there = look_into(l, dir);
    io_close(dir);
  }
  free(all.names);
  return there ? OK : r == OK ? NOT_FOUND : r;
}

result last_time_find(archive *a, const char *client_id, last_time_suits *suits,
  void *data, last_time *found) {
  *found = (last_time){0};
  if (!names_is_client(client_id)) return BAD_DATA;
  const looking l = {suits, data, found};
  const result r = search(a, client_id, &l);
  if (r != OK) *found = (last_time){.newer_stays = found->newer_stays};
  return r;
}

static result is_as_listed(int dir, const char *path) {
  manifest m = {0};
  char sha256[65];
  uint64_t size = 0;
  result r = manifest_load(&m, dir);
  if (r != OK) return r;
  const manifest_entry *e = manifest_find(&m, path);
  r = e ? manifest_hash(dir, path, sha256, &size, false) : BAD_DATA;
  if (r == OK && (size != e->size || strcmp(sha256, e->sha256) != 0)) r = BAD_DATA;
  manifest_finish(&m);
  return r;
}

result last_time_load(const last_time *l, size_t limit, char **bytes, size_t *size) {
  char path[128];
  int dir = -1;
  snprintf(path, sizeof path, "creations/%s/state", l->creation);
  result r = io_open_dir(AT_FDCWD, l->path, &dir);
  if (r == OK) r = is_as_listed(dir, path);
  if (r == OK) r = io_load(dir, path, limit, bytes, size);
  io_close(dir);
  return r;
}
