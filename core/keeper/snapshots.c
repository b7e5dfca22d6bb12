// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/snapshots.h"

#include "core/base/io.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>

static const char FOLDER[] = "snapshots";

void snapshots_init(snapshots *s, int dir) { *s = (snapshots){.dir = dir}; }

void snapshots_finish(snapshots *s) {
  uint64_t seq;
  snapshots_settle(s, &seq);
  snapshot_finish(&s->newest);
  if (s->bell > 0) io_close(s->bell);
  *s = (snapshots){0};
}

// ---- Which there are ---------------------------------------------------------------------

static void remember(snapshots *s, uint64_t seq) {
  uint32_t at = 0;
  while (at < s->count && s->seqs[at] > seq) at++;
  if (at == SNAPSHOTS_KEPT) return;
  if (s->count < SNAPSHOTS_KEPT) s->count++;
  for (uint32_t i = s->count - 1; i > at; i--) s->seqs[i] = s->seqs[i - 1];
  s->seqs[at] = seq;
}

static void forget(snapshots *s, uint64_t seq) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < s->count; i++) {
    if (s->seqs[i] != seq) s->seqs[kept++] = s->seqs[i];
  }
  s->count = kept;
  if (s->newest.seq == seq) snapshot_finish(&s->newest);
}

static result look_at(void *data, int dir, const char *name, bool is_dir) {
  (void)dir;
  uint64_t seq = 0;
  char again[SNAPSHOT_NAME] = "";
  if (!is_dir && sscanf(name, "snap-%" SCNu64, &seq) == 1) snapshot_file_name(seq, again);
  if (strcmp(again, name) == 0) remember(data, seq);
  return OK;
}

void snapshots_find(snapshots *s) {
  s->count = 0;
  result done = io_each(s->dir, FOLDER, look_at, s);
  (void)done; // none there: none to be used
}

// ---- Files -------------------------------------------------------------------------------

static void drop(int folder, uint64_t seq) {
  char name[SNAPSHOT_NAME];
  snapshot_file_name(seq, name);
  result gone = io_unlink(folder, name);
  (void)gone; // one too many does no harm
}

static void drop_file(const snapshots *s, uint64_t seq) {
  int folder = -1;
  if (io_open_dir(s->dir, FOLDER, &folder) != OK) return;
  drop(folder, seq);
  io_close(folder);
}

static result save(const snapshot_write *w) {
  int folder = -1;
  result done = io_make_dir(w->dir, FOLDER, 0700);
  if (done == EXISTS) done = OK;
  if (done == OK) done = io_open_dir(w->dir, FOLDER, &folder);
  if (done == OK) done = snapshot_file_save(folder, &w->what);
  if (done == OK && w->drop) drop(folder, w->drop);
  io_close(folder);
  return done;
}

static void *write_it(void *data) {
  snapshot_write *w = data;
  w->done = save(w);
  snapshot_finish(&w->what);
  eventfd_write(w->bell, 1);
  return NULL;
}

// ---- Writing -----------------------------------------------------------------------------

static result open_bell(snapshots *s) {
  if (s->bell > 0) return OK;
  const int bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (bell < 0) return result_of_errno(errno);
  s->bell = bell;
  return OK;
}

result snapshots_give(snapshots *s, snapshot *made) {
  forget(s, made->seq);
  s->write = (snapshot_write){.dir = s->dir, .seq = made->seq};
  if (s->count == SNAPSHOTS_KEPT) s->write.drop = s->seqs[SNAPSHOTS_KEPT - 1];
  result done = open_bell(s);
  if (done == OK) done = snapshot_share(made, &s->write.what);
  s->write.bell = s->bell;
  if (done == OK && pthread_create(&s->write.thread, NULL, write_it, &s->write) != 0) {
    snapshot_finish(&s->write.what);
    done = NO_MEMORY;
  }
  if (done != OK) {
    snapshot_finish(made);
    return done;
  }
  s->writing = true;
  s->unwanted = false;
  remember(s, made->seq);
  snapshot_finish(&s->newest);
  s->newest = *made;
  *made = (snapshot){0};
  return OK;
}

bool snapshots_busy(const snapshots *s) { return s->writing; }

int snapshots_fd(const snapshots *s) { return s->writing ? s->bell : -1; }

// One that could not be written leaves the two before it as they were.
static bool take_end(snapshots *s) {
  const snapshot_write *w = &s->write;
  eventfd_t count = 0;
  pthread_join(w->thread, NULL);
  eventfd_read(s->bell, &count);
  s->writing = false;
  if (w->done == OK && !s->unwanted) return true;
  drop_file(s, w->seq); // it may be there, but nobody knows whether for good
  forget(s, w->seq);
  if (w->done != OK && w->drop) remember(s, w->drop);
  return false;
}

bool snapshots_settle(snapshots *s, uint64_t *seq) {
  *seq = s->write.seq;
  return s->writing && take_end(s);
}

bool snapshots_written(snapshots *s, uint64_t *seq) {
  struct pollfd over = {.fd = s->bell, .events = POLLIN};
  *seq = s->write.seq;
  return s->writing && poll(&over, 1, 0) > 0 && take_end(s);
}

// ---- Using -------------------------------------------------------------------------------

result snapshots_get(const snapshots *s, uint32_t back, snapshot *found) {
  int folder = -1;
  if (back >= s->count) return NOT_FOUND;
  if (s->newest.fd > 0 && s->newest.seq == s->seqs[back])
    return snapshot_share(&s->newest, found);
  result done = io_open_dir(s->dir, FOLDER, &folder);
  if (done == OK) done = snapshot_file_load(folder, s->seqs[back], found);
  io_close(folder);
  return done;
}

void snapshots_forget_from(snapshots *s, uint64_t seq) {
  while (s->count > 0 && s->seqs[0] >= seq) {
    const uint64_t gone = s->seqs[0];
    forget(s, gone);
    if (s->writing && s->write.seq == gone)
      s->unwanted = true;
    else
      drop_file(s, gone);
  }
}
