// SPDX-License-Identifier: GPL-3.0-or-later
// The archive as a whole: its folder, room, lock and reserve.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/record/archive_parts.h"
#include "core/record/bytes.h"
#include "core/record/facts.h"
#include "core/record/json_text.h"
#include "core/record/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { RESERVE = 8 << 20 };

PRINTF_LIKE(4, 5)
static result because(result r, char *why, size_t room, const char *format, ...) {
  va_list words;
  va_start(words, format);
  if (why && room) vsnprintf(why, room, format, words);
  va_end(words);
  return r;
}

result archive_open_folder(int dir, const char *name, int *fd) {
  result r = io_open_dir(dir, name, fd);
  if (r != NOT_FOUND) return r;
  r = io_make_dir(dir, name, 0700);
  if (r == OK) r = io_sync(dir);
  return r == OK || r == EXISTS ? io_open_dir(dir, name, fd) : r;
}

static result make_one(const char *path) {
  result r = io_make_dir(AT_FDCWD, path, 0700);
  if (r != OK) return r == EXISTS ? OK : r;
  char parent[PATH_MAX + 4];
  snprintf(parent, sizeof parent, "%s/..", path);
  int fd = -1;
  r = io_open_dir(AT_FDCWD, parent, &fd);
  if (r == OK) r = io_sync(fd);
  io_close(fd);
  return r;
}

// By its true name: links on the way to the archive are its owner's business.
static result open_real(const char *path, int *fd) {
  char *real = realpath(path, NULL);
  if (!real) return result_of_errno(errno);
  const result r = io_open_dir(AT_FDCWD, real, fd);
  free(real);
  return r;
}

// mkdir -p of an absolute or relative path, then opened.
static result make_path(const char *path, int *fd) {
  char part[PATH_MAX];
  const size_t size = strlen(path);
  *fd = -1;
  if (size == 0 || size >= sizeof part - 4) return size ? TOO_LARGE : NOT_FOUND;
  result r = OK;
  for (size_t i = 1; i <= size && r == OK; i++) {
    if (path[i] != '/' && path[i] != 0) continue;
    snprintf(part, sizeof part, "%.*s", (int)i, path);
    r = make_one(part);
  }
  return r == OK ? open_real(path, fd) : r;
}

// ---- The room

static result open_state(archive *a) {
  const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
  char path[4096];
  const bool given = state && state[0] == '/';
  const int size = snprintf(path, sizeof path, "%s/%s",
    given    ? state
      : home ? home
             : "",
    given ? "gesto" : ".local/state/gesto");
  if ((!given && !home) || (size_t)size >= sizeof path) return NOT_FOUND;
  return make_path(path, &a->state);
}

// Each machine has a random number of its own, so that no file ever has two writers.
static result know_room(archive *a) {
  char *bytes = NULL;
  size_t size = 0;
  result r = open_state(a);
  if (r == OK) r = io_load(a->state, "room", 64, &bytes, &size);
  if (r == OK && size > 16 && bytes[16] == '\n') bytes[16] = 0;
  if (r == OK && !bytes_from_hex(bytes, a->room, sizeof a->room)) r = NOT_FOUND;
  if (r == NOT_FOUND && a->state >= 0) {
    char line[18];
    randombytes_buf(a->room, sizeof a->room);
    bytes_to_hex(a->room, sizeof a->room, line);
    line[16] = '\n';
    r = io_save(a->state, "room", line, 17);
  }
  bytes_to_hex(a->room, sizeof a->room, a->room_hex);
  free(bytes);
  return r;
}

void archive_place(const archive *a, char name[ARCHIVE_PLACE]) {
  char *bytes = NULL;
  size_t size = 0;
  name[0] = 0;
  if (io_load(a->state, "place", ARCHIVE_PLACE - 1, &bytes, &size) != OK) return;
  size_t length = 0;
  while ((unsigned char)bytes[length] >= 0x20) length++;
  memcpy(name, bytes, length);
  name[length] = 0;
  free(bytes);
}

// ---- The folder

static result note_entry(void *data, int dir, const char *name, bool is_dir) {
  (void)dir;
  (void)is_dir;
  // A mount point's own folder, and what a sync engine may have laid there before us.
  if (name[0] != '.' && strcmp(name, "lost+found") != 0) *(bool *)data = true;
  return OK;
}

static result write_head(archive *a) {
  uint8_t id[16];
  char hex[33], now[NAMES_TIME];
  randombytes_buf(id, sizeof id);
  bytes_to_hex(id, sizeof id, hex);
  names_time(clock_wall_us(), now);
  json_t *head = json_pack(
    "{s:s,s:s,s:s,s:s}", "gesto", "archive/1", "id", hex, "kind", "plain", "made", now);
  const result r = head ? facts_save(a->dir, "archive.json", head) : NO_MEMORY;
  json_decref(head);
  return r;
}

// What a sync engine has to leave alone: sessions in progress, the index, keys.
static result write_ignore(archive *a) {
  static const char lines[] = "/.live\n/.lock\n/.reserve\n/keys\n/catalogue.sqlite*\n";
  int fd = -1;
  const result r = io_open(a->dir, ".stignore", O_RDONLY, 0, &fd);
  io_close(fd);
  return r == NOT_FOUND ? io_save(a->dir, ".stignore", lines, sizeof lines - 1) : r;
}

static result make_folders(archive *a) {
  static const char *const names[] = {"clients", ".live"};
  result r = archive_open_folder(a->dir, "keys", &a->keys);
  for (size_t i = 0; i < 2 && r == OK; i++) {
    int fd = -1;
    r = archive_open_folder(a->dir, names[i], &fd);
    io_close(fd);
  }
  return r == OK ? write_ignore(a) : r;
}

static result check_head(archive *a, bool create, char *why, size_t room) {
  json_t *head = NULL;
  bool full = false;
  result r = facts_load(a->dir, "archive.json", &head);
  if (r == NOT_FOUND && !create)
    return because(
      r, why, room, "There is no archive in %s; beginning a session makes one.", a->path);
  if (r == NOT_FOUND) {
    r = io_each(a->dir, ".", note_entry, &full);
    if (r == OK && full)
      return because(NOT_ALLOWED, why, room,
        "%s holds other files and no archive; name an empty "
        "or a new folder.",
        a->path);
    if (r == OK) r = write_head(a);
    return r == OK ? OK
                   : because(r, why, room, "No archive can be made in %s: %s.", a->path,
                       result_text(r));
  }
  if (r == BAD_DATA)
    return because(
      r, why, room, "%s/archive.json is damaged; bring it back from a backup.", a->path);
  const char *form = json_text_string(head, "gesto", "");
  const char *kind = json_text_string(head, "kind", "");
  if (r == OK && (strcmp(form, "archive/1") != 0 || strcmp(kind, "plain") != 0))
    r = TOO_NEW;
  json_decref(head);
  if (r == TOO_NEW)
    return because(r, why, room,
      "The archive in %s is from a later Gesto; open it with that one.", a->path);
  return r == OK ? OK
                 : because(r, why, room, "%s/archive.json cannot be read: %s.", a->path,
                     result_text(r));
}

static result open_dir(
  archive *a, const char *path, bool create, char *why, size_t room) {
  result r = create ? make_path(path, &a->dir) : open_real(path, &a->dir);
  a->path = r == OK ? realpath(path, NULL) : NULL;
  if (r == OK && !a->path) r = result_of_errno(errno);
  if (r == NOT_FOUND)
    return because(
      r, why, room, "There is no archive in %s; beginning a session makes one.", path);
  return r == OK ? OK
                 : because(r, why, room, "The archive folder %s cannot be used: %s.",
                     path, result_text(r));
}

result archive_open(archive **a, const char *path, bool create, char *why, size_t room) {
  *a = NULL;
  if (sodium_init() < 0) return because(FAILED, why, room, "libsodium does not start.");
  archive *made = calloc(1, sizeof *made);
  if (!made) return because(NO_MEMORY, why, room, "There is not enough memory.");
  made->dir = made->keys = made->lock = made->state = -1;
  result r = open_dir(made, path, create, why, room);
  if (r == OK) r = check_head(made, create, why, room);
  if (r == OK && create) {
    r = make_folders(made);
    if (r != OK)
      because(r, why, room, "The archive in %s cannot be written to: %s.", path,
        result_text(r));
  } else if (r == OK) {
    (void)!io_open_dir(made->dir, "keys", &made->keys); // readers need none
  }
  if (r == OK) {
    r = know_room(made);
    if (r != OK && !create) r = OK; // readers write nothing that carries a room
    if (r != OK)
      because(r, why, room,
        "This machine's number cannot be kept in "
        "$XDG_STATE_HOME/gesto/room: %s.",
        result_text(r));
  }
  if (r == OK)
    *a = made;
  else
    archive_close(made);
  return r;
}

void archive_close(archive *a) {
  if (!a) return;
  io_close(a->lock);
  io_close(a->keys);
  io_close(a->state);
  io_close(a->dir);
  free(a->path);
  free(a);
}

int archive_dir(const archive *a) { return a->dir; }

const char *archive_path(const archive *a) { return a->path; }

const uint8_t *archive_room(const archive *a) { return a->room; }

// ---- The one keeper

static result lay_reserve(archive *a) {
  int fd = -1;
  result r = io_open(a->dir, ".reserve", O_CREAT | O_WRONLY, 0600, &fd);
  if (r == OK) r = io_allocate(fd, RESERVE);
  io_close(fd);
  if (r == NO_SPACE) archive_spend_reserve(a);
  return r;
}

// What a keeper that was ended left in .live: folders that never became sessions go, closed
// sessions take their last step.
static result tidy_live(void *data, int dir, const char *name, bool is_dir) {
  archive *a = data;
  int live = -1;
  manifest m = {0};
  json_t *about = NULL;
  if (!is_dir) return OK;
  if (strncmp(name, ".new-", 5) == 0) return io_remove_tree(dir, name);
  if (io_open_dir(dir, name, &live) != OK) return OK;
  if (manifest_load(&m, live) == OK &&
    json_text_load(live, "session.json", &about) == OK &&
    strcmp(json_text_string(about, "state", ""), "closed") == 0) {
    // If not, it stays live, and can be finished by hand.
    (void)!archive_move_in(a, json_text_string(about, "client", ""), name);
  }
  io_close(live);
  manifest_finish(&m);
  json_decref(about);
  return OK;
}

static result lock_file(int fd) {
  const struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  if (fcntl(fd, F_OFD_SETLK, &whole) == 0) return OK;
  return errno == EAGAIN || errno == EACCES ? NOT_NOW : result_of_errno(errno);
}

static bool is_same_file(int a, int b) {
  struct stat one, other;
  return fstat(a, &one) == 0 && fstat(b, &other) == 0 && one.st_dev == other.st_dev &&
    one.st_ino == other.st_ino;
}

result archive_lock_again(archive *a, int held) {
  int fd = -1;
  result r = io_open(a->dir, ".lock", O_CREAT | O_RDWR, 0600, &fd);
  if (r == OK && held >= 0 && is_same_file(fd, held)) {
    io_close(fd);
    fd = held;
  } else {
    io_close(held);
  }
  if (r == OK) r = lock_file(fd);
  if (r != OK) {
    io_close(fd);
    return r;
  }
  a->lock = fd;
  r = io_each(a->dir, ".live", tidy_live, a);
  if (r == NOT_FOUND) r = OK;
  // A full disk must not keep anyone from reading, closing or letting go.
  const result reserve = lay_reserve(a);
  return r == OK && reserve != NO_SPACE ? reserve : r;
}

result archive_lock(archive *a) { return a->lock >= 0 ? OK : archive_lock_again(a, -1); }

int archive_lock_fd(const archive *a) { return a->lock; }

void archive_spend_reserve(archive *a) { (void)!io_unlink(a->dir, ".reserve"); }

result archive_move_in(archive *a, const char *client, const char *name) {
  int live = -1, clients = -1, home = -1, sessions = -1;
  result r = names_is_client(client) ? io_open_dir(a->dir, ".live", &live) : BAD_DATA;
  if (r == OK) r = io_open_dir(a->dir, "clients", &clients);
  if (r == OK) r = archive_open_folder(clients, client, &home);
  if (r == OK) r = archive_open_folder(home, "sessions", &sessions);
  if (r == OK) r = io_rename(live, name, sessions, name);
  // It is whole in both places: if the move does not last, the next keeper makes it again.
  if (r == OK) (void)!io_sync(sessions);
  if (r == OK) (void)!io_sync(live);
  io_close(sessions);
  io_close(home);
  io_close(clients);
  io_close(live);
  return r;
}

// ---- Going through it

typedef struct visit {
  const archive *a;
  const char *client;
  archive_each_fn *each;
  void *data;
} visit;

static result visit_live(void *data, int dir, const char *name, bool is_dir) {
  const visit *v = data;
  char path[4096], client[32] = "";
  int live = -1;
  json_t *about = NULL;
  if (!is_dir || !names_is_stamp(name)) return OK;
  if (io_open_dir(dir, name, &live) == OK &&
    json_text_load(live, "session.json", &about) == OK)
    snprintf(client, sizeof client, "%s", json_text_string(about, "client", ""));
  json_decref(about);
  io_close(live);
  snprintf(path, sizeof path, "%s/.live/%s", v->a->path, name);
  return v->each(v->data, client, name, path, true);
}

static result visit_session(void *data, int dir, const char *name, bool is_dir) {
  const visit *v = data;
  char path[4096];
  (void)dir;
  if (!is_dir || !names_is_stamp(name)) return OK;
  snprintf(path, sizeof path, "%s/clients/%s/sessions/%s", v->a->path, v->client, name);
  return v->each(v->data, v->client, name, path, false);
}

static result visit_client(void *data, int dir, const char *name, bool is_dir) {
  visit *v = data;
  char sessions[64];
  if (!is_dir || !names_is_client(name)) return OK;
  snprintf(sessions, sizeof sessions, "%s/sessions", name);
  v->client = name;
  const result r = io_each(dir, sessions, visit_session, v);
  return r == NOT_FOUND ? OK : r;
}

result archive_each_session(archive *a, bool live, archive_each_fn *each, void *data) {
  visit v = {.a = a, .each = each, .data = data};
  const result r =
    io_each(a->dir, live ? ".live" : "clients", live ? visit_live : visit_client, &v);
  return r == NOT_FOUND ? OK : r;
}
