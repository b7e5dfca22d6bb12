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

void snapshots_init(snapshots *s, int dir, piece_memory *pieces) {
  *s = (snapshots){.dir = dir, .pieces = pieces};
}

void snapshots_finish(snapshots *s) {
  uint64_t seq;
  snapshots_settle(s, &seq);
  snapshot_finish(&s->newest);
  if (s->bell > 0) io_close(s->bell);
  *s = (snapshots){0};
}

// ---- Which there are ---------------------------------------------------------------------

static void take_out(snapshots *s, uint32_t at) {
  s->count--;
  memmove(s->kept + at, s->kept + at + 1, (s->count - at) * sizeof s->kept[0]);
}

static void remember(snapshots *s, kept_snapshot one) {
  uint32_t at = 0;
  while (at < s->count && s->kept[at].seq > one.seq) at++;
  if (s->count == SNAPSHOTS_MOST) return;
  memmove(s->kept + at + 1, s->kept + at, (s->count - at) * sizeof s->kept[0]);
  s->kept[at] = one;
  s->count++;
}

static void forget(snapshots *s, uint64_t seq) {
  for (uint32_t i = 0; i < s->count; i++)
    if (s->kept[i].seq == seq) take_out(s, i--);
  if (s->newest.seq == seq) snapshot_finish(&s->newest);
}

// What would be to be done again from the one before it to the one after it.
static uint64_t gap_without(const snapshots *s, uint32_t at) {
  const uint64_t before = at + 1 < s->count ? s->kept[at + 1].cost_us : 0;
  const uint64_t after = s->kept[at - 1].cost_us;
  return after > before ? after - before : 0;
}

// With a new one the third newest goes, unless it is needed on the way from the one before it;
// where there are too many, the one that is missed least. One that is of tapes is of use as
// long as the sitting lasts, and keeps them from being written over.
static uint32_t place_to_drop(const snapshots *s, bool of_tapes) {
  if (s->count < 3) return 0;
  if (of_tapes || gap_without(s, 2) <= SNAPSHOTS_APART_US) return 2;
  if (s->count < SNAPSHOTS_MOST) return 0;
  uint32_t least = 2;
  for (uint32_t i = 3; i < s->count; i++)
    if (gap_without(s, i) < gap_without(s, least)) least = i;
  return least;
}

static result look_at(void *data, int dir, const char *name, bool is_dir) {
  uint64_t seq = 0;
  char again[SNAPSHOT_NAME] = "";
  snapshot head;
  if (!is_dir && sscanf(name, "snap-%" SCNu64, &seq) == 1) snapshot_file_name(seq, again);
  if (strcmp(again, name) != 0) return OK;
  const result looked = snapshot_file_look(dir, seq, &head); // else it is of no cost
  (void)looked;
  remember(data, (kept_snapshot){.seq = seq, .cost_us = head.cost_us});
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
  if (done == OK && w->pieces) done = piece_memory_file(w->pieces, w->what.pieces);
  if (done == OK) done = snapshot_file_save(folder, &w->what);
  if (done == OK && w->drop.seq) drop(folder, w->drop.seq);
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

static result begin_write(snapshots *s, const snapshot *made) {
  s->write = (snapshot_write){
    .dir = s->dir, .pieces = s->pieces, .seq = made->seq, .drop = s->write.drop};
  result done = open_bell(s);
  if (done == OK) done = snapshot_share(made, &s->write.what);
  if (done != OK) return done;
  s->write.bell = s->bell;
  s->writing = pthread_create(&s->write.thread, NULL, write_it, &s->write) == 0;
  if (s->writing) return OK;
  snapshot_finish(&s->write.what);
  return NO_MEMORY;
}

result snapshots_give(snapshots *s, snapshot *made) {
  forget(s, made->seq);
  remember(s, (kept_snapshot){.seq = made->seq, .cost_us = made->cost_us});
  const uint32_t goes = place_to_drop(s, made->tapes != 0);
  s->write.drop = goes ? s->kept[goes] : (kept_snapshot){0};
  if (goes) take_out(s, goes);
  s->unwanted = false;
  result done = begin_write(s, made);
  if (done != OK) {
    forget(s, made->seq);
    if (goes) remember(s, s->write.drop);
    snapshot_finish(made);
    return done;
  }
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
  if (w->done != OK && w->drop.seq) remember(s, w->drop);
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
  if (s->newest.fd > 0 && s->newest.seq == s->kept[back].seq)
    return snapshot_share(&s->newest, found);
  result done = io_open_dir(s->dir, FOLDER, &folder);
  if (done == OK) done = snapshot_file_load(folder, s->kept[back].seq, found);
  io_close(folder);
  return done;
}

void snapshots_forget_from(snapshots *s, uint64_t seq) {
  while (s->count > 0 && s->kept[0].seq >= seq) {
    const uint64_t gone = s->kept[0].seq;
    forget(s, gone);
    if (s->writing && s->write.seq == gone)
      s->unwanted = true;
    else
      drop_file(s, gone);
  }
}
