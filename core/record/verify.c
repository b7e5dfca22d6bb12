// SPDX-License-Identifier: GPL-3.0-or-later
// Archives and clients, file by file; verify_session.c has the sessions.
#include "core/record/verify.h"

#include "core/base/io.h"
#include "core/record/client.h"
#include "core/record/client_picture.h"
#include "core/record/facts.h"
#include "core/record/json_text.h"
#include "core/record/keys.h"
#include "core/record/names.h"
#include "core/record/verify_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void verify_say(verification *v, const char *folder, const char *file, const char *what) {
  char path[4096];
  snprintf(path, sizeof path, "%s%s%s", folder, file[0] ? "/" : "", file);
  v->bad = true;
  if (v->tell) v->tell(v->data, path, what);
}

typedef struct folder {
  verification *v;
  const char *path;
} folder;

static result check_fact(void *data, int dir, const char *name, bool is_dir) {
  const folder *f = data;
  char stamp[NAMES_STAMP] = "";
  json_t *fact = NULL;
  const size_t size = strlen(name);
  if (name[0] == '.') return OK; // of a save that was cut off
  if (size > 5 && size < sizeof stamp + 5) memcpy(stamp, name, size - 5);
  if (is_dir || !names_is_stamp(stamp) || strcmp(name + size - 5, ".json") != 0) {
    verify_say(
      f->v, f->path, name, "is not one of Gesto's files (a copy made by a sync engine?)");
    return OK;
  }
  const result r = facts_load(dir, name, &fact);
  json_decref(fact);
  if (r == BAD_DATA)
    verify_say(f->v, f->path, name, "does not fit its own check: it was changed");
  else if (r != OK)
    verify_say(f->v, f->path, name, result_text(r));
  return OK;
}

// The picture that was put for the client: named by what it holds.
static result check_picture(void *data, int dir, const char *name, bool is_dir) {
  const folder *f = data;
  char hash[PICTURE_HASH] = "", *bytes = NULL;
  size_t size = 0;
  if (name[0] == '.') return OK;
  const size_t length = strlen(name);
  if (length == PICTURE_HASH + 3) memcpy(hash, name, PICTURE_HASH - 1);
  if (is_dir || !hash[0] || strcmp(name + PICTURE_HASH - 1, ".png") != 0) {
    verify_say(f->v, f->path, name, "is not one of Gesto's pictures");
    return OK;
  }
  const result r = client_picture_read(dir, name, hash, &bytes, &size);
  free(bytes);
  if (r == BAD_DATA)
    verify_say(f->v, f->path, name, "is not what its name says: it was changed");
  else if (r != OK && r != NO_MEMORY)
    verify_say(f->v, f->path, name, result_text(r));
  return r == NO_MEMORY ? r : OK;
}

static void check_picture_is_there(verification *v, int dir, const char *path) {
  char file[PICTURE_HASH + 16];
  json_t *facts = NULL;
  int fd = -1;
  if (client_about(dir, &facts) != OK) return;
  const char *hash = client_picture_of(facts);
  snprintf(file, sizeof file, "pictures/%s.png", hash);
  const bool missing =
    *hash && io_open(dir, file, O_RDONLY | O_NONBLOCK, 0, &fd) == NOT_FOUND;
  if (missing) verify_say(v, path, file, "is missing");
  io_close(fd);
  json_decref(facts);
}

static result check_session(void *data, int dir, const char *name, bool is_dir) {
  const folder *f = data;
  char path[4096];
  (void)dir;
  if (name[0] == '.') return OK;
  if (!is_dir || !names_is_stamp(name)) {
    verify_say(f->v, f->path, name, "is not one of Gesto's sessions");
    return OK;
  }
  snprintf(path, sizeof path, "%s/%s", f->path, name);
  return verify_session(f->v, path);
}

static result check_folder(
  verification *v, int dir, const char *path, const char *name, io_each_fn *each) {
  char whole[4096];
  folder f = {v, whole};
  snprintf(whole, sizeof whole, "%s/%s", path, name);
  const result r = io_each(dir, name, each, &f);
  if (r == NOT_FOUND) return OK;
  if (r == OK || r == NO_MEMORY) return r;
  verify_say(v, path, name, result_text(r));
  return OK;
}

static result check_client(verification *v, const char *path) {
  int dir = -1;
  result r = io_open_dir(AT_FDCWD, path, &dir);
  if (r != OK) {
    verify_say(v, path, "", result_text(r));
    return OK;
  }
  r = check_folder(v, dir, path, "about", check_fact);
  if (r == OK) r = check_folder(v, dir, path, "later", check_fact);
  if (r == OK) r = check_folder(v, dir, path, "pictures", check_picture);
  if (r == OK) check_picture_is_there(v, dir, path);
  if (r == OK) r = check_folder(v, dir, path, "sessions", check_session);
  io_close(dir);
  return r;
}

static result check_client_entry(void *data, int dir, const char *name, bool is_dir) {
  const folder *f = data;
  char path[4096];
  (void)dir;
  if (name[0] == '.') return OK;
  if (!is_dir || !names_is_client(name)) {
    verify_say(f->v, f->path, name, "is not one of Gesto's clients");
    return OK;
  }
  snprintf(path, sizeof path, "%s/%s", f->path, name);
  return check_client(f->v, path);
}

static result check_keys(void *data, int dir, const char *name, bool is_dir) {
  const folder *f = data;
  keys k = {0};
  if (name[0] == '.') return OK;
  if (is_dir || !names_is_stamp(name)) {
    verify_say(f->v, f->path, name, "is not one of Gesto's key files");
    return OK;
  }
  const result r = keys_load(&k, dir, name);
  keys_finish(&k);
  if (r == NO_MEMORY) return r;
  if (r != OK)
    verify_say(f->v, f->path, name, "does not fit its own check: it was changed");
  return OK;
}

static result check_archive(verification *v, const char *path) {
  int dir = -1;
  json_t *head = NULL;
  result r = io_open_dir(AT_FDCWD, path, &dir);
  if (r != OK) return r;
  r = facts_load(dir, "archive.json", &head);
  json_decref(head);
  if (r != OK && r != NO_MEMORY)
    verify_say(v, path, "archive.json",
      r == BAD_DATA ? "does not fit its own check: it was changed" : result_text(r));
  if (r != NO_MEMORY) r = check_folder(v, dir, path, "keys", check_keys);
  if (r == OK) r = check_folder(v, dir, path, "clients", check_client_entry);
  io_close(dir);
  return r;
}

static bool has(const char *path, const char *name) {
  char whole[4096];
  int fd = -1;
  snprintf(whole, sizeof whole, "%s/%s", path, name);
  const result r = io_open(AT_FDCWD, whole, O_RDONLY | O_NONBLOCK, 0, &fd);
  io_close(fd);
  return r == OK;
}

// ".../creations/01-draw" stands for the session that it lies in.
static void lift_to_session(char *path) {
  char *last = strrchr(path, '/');
  if (!last) return;
  static const char folder_name[] = "/creations";
  const size_t size = (size_t)(last - path), tail = sizeof folder_name - 1;
  if (size > tail && memcmp(last - tail, folder_name, tail) == 0)
    last[-(ptrdiff_t)tail] = 0;
}

static result check_any(verification *v, char *path) {
  lift_to_session(path);
  const char *name = strrchr(path, '/');
  name = name ? name + 1 : path;
  if (has(path, "archive.json")) return check_archive(v, path);
  if (names_is_client(name)) return check_client(v, path);
  if (names_is_stamp(name) || has(path, "MANIFEST")) return verify_session(v, path);
  verify_say(v, path, "", "is no archive, client or session of Gesto's");
  return OK;
}

result verify_path(const char *path, verify_fn *tell, void *data) {
  verification v = {.tell = tell, .data = data};
  char *real = realpath(path, NULL);
  if (!real) {
    verify_say(&v, path, "", result_text(result_of_errno(errno)));
    return BAD_DATA;
  }
  const result r = check_any(&v, real);
  free(real);
  if (r != OK) return r;
  return v.bad ? BAD_DATA : OK;
}
