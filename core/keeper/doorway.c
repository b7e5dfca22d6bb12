// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/doorway.h"

#include "core/base/io.h"
#include "core/base/link.h"
#include "core/base/protocol.h"
#include "core/keeper/options.h"
#include "core/keeper/ring_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { ANSWER_MS = 5000 };

// By the folder itself: it may be called by several paths.
static bool name_of(const struct stat *folder, char name[64]) {
  const int size = snprintf(name, 64, "door-%llx-%llx",
    (unsigned long long)folder->st_dev, (unsigned long long)folder->st_ino);
  return size > 0 && size < 64;
}

// Names of sockets are short, paths of runtime folders need not be.
static bool address_of(int dir, const char *name, struct sockaddr_un *address) {
  *address = (struct sockaddr_un){.sun_family = AF_UNIX};
  const int size = snprintf(
    address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/%s", dir, name);
  return size > 0 && (size_t)size < sizeof address->sun_path;
}

static int new_socket(void) {
  return socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
}

static result listen_in(doorway *d, int dir) {
  struct sockaddr_un address;
  if (!address_of(dir, d->name, &address)) return TOO_LARGE;
  (void)!io_unlink(dir, d->name); // of one that was killed: we hold the lock
  d->listening = new_socket();
  if (d->listening < 0) return result_of_errno(errno);
  if (bind(d->listening, (struct sockaddr *)&address, sizeof address) != 0 ||
    listen(d->listening, DOORWAY_CALLERS) != 0)
    return result_of_errno(errno);
  return OK;
}

result doorway_open(doorway *d, const archive *a) {
  struct stat folder;
  int dir = -1;
  *d = (doorway){.listening = -1};
  for (int i = 0; i < DOORWAY_CALLERS; i++) d->callers[i] = -1;
  if (fstat(archive_dir(a), &folder) != 0) return result_of_errno(errno);
  if (!name_of(&folder, d->name)) return TOO_LARGE;
  result done = ring_file_folder(&dir);
  if (done == OK) done = listen_in(d, dir);
  io_close(dir);
  if (done != OK) doorway_close(d);
  return done;
}

void doorway_close(doorway *d) {
  int dir = -1;
  if (d->listening >= 0 && ring_file_folder(&dir) == OK) (void)!io_unlink(dir, d->name);
  io_close(dir);
  io_close(d->listening);
  d->listening = -1;
  for (int i = 0; i < DOORWAY_CALLERS; i++) {
    io_close(d->callers[i]);
    d->callers[i] = -1;
  }
}

void doorway_wake(const doorway *d, wake_set *w) {
  wake_on(w, d->listening);
  for (int i = 0; i < DOORWAY_CALLERS; i++) wake_on(w, d->callers[i]);
}

// ---- The first one -----------------------------------------------------------------------

static bool is_ours(int fd) {
  struct ucred who = {0};
  socklen_t size = sizeof who;
  return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 &&
    who.uid == geteuid();
}

static void let_in(doorway *d) {
  const int fd = accept4(d->listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (fd < 0) return;
  for (int i = 0; i < DOORWAY_CALLERS && is_ours(fd); i++) {
    if (d->callers[i] >= 0) continue;
    d->callers[i] = fd;
    return;
  }
  io_close(fd);
}

// False: that was all, one way or another.
static bool hear(int fd, link_message *m, doorway_call *call, void *data) {
  const result got = link_receive(fd, m, 0);
  if (got == NOT_NOW) return true;
  if (got != OK) return false;
  link_drop_fds(m);
  char said[1024] = "";
  const bool known = m->kind == ASK_DESK || m->kind == ASK_SESSION;
  const bool done = known && call(data, m->kind, m->text, said, sizeof said);
  const result sent = link_say(fd, SAID_ASKED, done, said);
  (void)sent; // who has gone need not know
  return false;
}

void doorway_turn(doorway *d, doorway_call *call, void *data) {
  if (d->listening < 0) return;
  let_in(d);
  link_message *m = NULL;
  for (int i = 0; i < DOORWAY_CALLERS; i++) {
    if (d->callers[i] < 0) continue;
    if (!m) m = calloc(1, sizeof *m);
    if (!m || hear(d->callers[i], m, call, data)) continue;
    io_close(d->callers[i]);
    d->callers[i] = -1;
  }
  free(m);
}

// ---- The second one ----------------------------------------------------------------------

static result connect_to(const char *archive_path, int *fd) {
  struct stat folder;
  struct sockaddr_un address;
  char name[64];
  int dir = -1;
  *fd = -1;
  if (stat(archive_path, &folder) != 0 || !name_of(&folder, name)) return NOT_FOUND;
  if (ring_file_folder(&dir) != OK) return NOT_FOUND;
  const bool named = address_of(dir, name, &address);
  *fd = named ? new_socket() : -1;
  const bool there =
    *fd >= 0 && connect(*fd, (struct sockaddr *)&address, sizeof address) == 0;
  io_close(dir);
  if (there && is_ours(*fd)) return OK;
  io_close(*fd);
  *fd = -1;
  return NOT_FOUND;
}

// `done`: whether it was done, and `said` the sentence.
static result ask(const char *archive_path, uint32_t kind, const char *text, bool *done,
  char *said, size_t room) {
  int fd = -1;
  link_message *m = calloc(1, sizeof *m);
  result got = m ? connect_to(archive_path, &fd) : NO_MEMORY;
  if (got == OK) got = link_say(fd, kind, 0, text);
  if (got == OK) got = link_receive(fd, m, ANSWER_MS);
  if (got == OK && m->kind != SAID_ASKED) got = BAD_DATA;
  if (got == OK) {
    *done = m->a == 1;
    snprintf(said, room, "%.*s", (int)room - 1, m->text);
    link_drop_fds(m);
  }
  io_close(fd);
  free(m);
  return got == OK || got == NO_MEMORY ? got : NOT_FOUND;
}

bool doorway_hand_over(
  const char *archive_path, uint32_t kind, const char *text, int *code) {
  char said[1024] = "";
  bool done = false;
  if (ask(archive_path, kind, text, &done, said, sizeof said) != OK) return false;
  if (said[0]) fprintf(stderr, "gesto: %s\n", said);
  *code = done ? EXIT_HELD : EXIT_NOT_SO;
  return true;
}
