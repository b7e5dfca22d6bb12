// SPDX-License-Identifier: GPL-3.0-or-later
// A keeper's hand for tests: starts the real gesto-player in a house of its own, speaks to it
// over a link, writes its ring, takes its pictures, blocks, reports and works.
#ifndef GESTO_TESTS_PLAYER_HAND_H
#define GESTO_TESTS_PLAYER_HAND_H

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/link.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/base/ring.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { HAND_SLOTS = 4096, HAND_WORKS = 8, HAND_REPORTS = 65536, HAND_WAIT_MS = 20000 };
enum { STAGE_W = 320, STAGE_H = 200 };

typedef struct hand_work {
  char about[512];
  uint8_t *bytes;
  size_t size;
} hand_work;

typedef struct hand {
  pid_t pid;
  int link, ring_fd, ring_read_fd, page_fd, frame_fd, wave_fd, tapes_fd;
  ring ring;
  memory_map page_map, frame_map, wave_map;
  player_page *page;
  wave_page *wave;
  hand_work works[HAND_WORKS];
  uint32_t work_count;
  struct {
    uint32_t request;
    int fd;
    size_t size;
  } lent[HAND_WORKS];
  uint32_t lent_count;
  ring_slot slots[HAND_SLOTS];
  uint32_t slot_count;
  page_report *reports;
  uint32_t report_count;
  char last_text[LINK_TEXT_MAX + 1];
  link_message in, out;
} hand;

typedef struct hand_order {
  const char *path, *mode, *version;
  const char *settings; // more of them: ",\"key\":\"value\""; or NULL
  uint64_t seed, first_seq;
  bool frame, wave;
  bool anew;   // the state is of another creation
  int feed_fd; // 0: none
  uint64_t feed_count;
  const void *state;
  size_t state_size;
  int tapes_fd; // of the one before; 0: a new room
} hand_order;

static char house[256];

static inline void copy_file(const char *from, const char *to, mode_t mode) {
  char *bytes = NULL;
  size_t size = 0;
  assert_int_equal(io_load(AT_FDCWD, from, 256 << 20, &bytes, &size), OK);
  int fd = -1;
  assert_int_equal(io_open(AT_FDCWD, to, O_CREAT | O_WRONLY | O_TRUNC, mode, &fd), OK);
  assert_int_equal(io_write_all(fd, bytes, size), OK);
  io_close(fd);
  free(bytes);
}

static inline const char *build_folder(void) {
  const char *build = getenv("BUILD");
  return build ? build : "build";
}

// A player allows itself what lies beside it, so tests give it a house with their exercises.
static inline void house_make(void) {
  char from[600], to[600];
  snprintf(
    house, sizeof house, "%s/house-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
  assert_non_null(mkdtemp(house));
  snprintf(from, sizeof from, "%s/gesto-player", build_folder());
  snprintf(to, sizeof to, "%s/gesto-player", house);
  copy_file(from, to, 0700);
  snprintf(to, sizeof to, "%s/plugins", house);
  assert_int_equal(io_make_dir(AT_FDCWD, to, 0700), OK);
  snprintf(to, sizeof to, "%s/assets", house);
  assert_int_equal(io_make_dir(AT_FDCWD, to, 0700), OK);
}

// Copies a built exercise ("exercises/steady") into the house; its path there.
static inline const char *house_exercise(const char *name) {
  static char path[600];
  char from[600];
  const char *last = strrchr(name, '/') + 1;
  snprintf(from, sizeof from, "%s/%s.so", build_folder(), name);
  snprintf(path, sizeof path, "%s/plugins/%s.so", house, last);
  copy_file(from, path, 0700);
  return path;
}

static void house_remove(void) { assert_int_equal(io_remove_tree(AT_FDCWD, house), OK); }

// `variable` ("NAME=value", or NULL) is set for the player alone.
static inline void hand_start_with(hand *h, char *variable) {
  *h = (hand){.link = -1,
    .ring_fd = -1,
    .page_fd = -1,
    .frame_fd = -1,
    .wave_fd = -1,
    .tapes_fd = -1};
  h->reports = calloc(HAND_REPORTS, sizeof *h->reports);
  int ends[2];
  assert_int_equal(link_pair(ends), OK);
  char program[600];
  snprintf(program, sizeof program, "%s/gesto-player", house);
  h->pid = fork();
  assert_true(h->pid >= 0);
  if (h->pid == 0) {
    dup2(ends[1], 3);
    if (variable) putenv(variable);
    execl(program, "gesto-player", (char *)NULL);
    _exit(127);
  }
  io_close(ends[1]);
  h->link = ends[0];
  const uint8_t session[16] = {7};
  // A file opened twice, as in the product: the player's descriptor reads only.
  char file[600];
  snprintf(file, sizeof file, "%s/ring", house);
  assert_int_equal(
    io_open(AT_FDCWD, file, O_RDWR | O_CREAT | O_TRUNC, 0600, &h->ring_fd), OK);
  assert_int_equal(io_allocate(h->ring_fd, 1 << 20), OK);
  assert_int_equal(io_open(AT_FDCWD, file, O_RDONLY, 0, &h->ring_read_fd), OK);
  assert_int_equal(io_unlink(AT_FDCWD, file), OK);
  assert_int_equal(ring_init(&h->ring, h->ring_fd, 1 << 20, session), OK);
  assert_int_equal(memory_create("page", sizeof(player_page), &h->page_fd), OK);
  assert_int_equal(
    memory_map_open(&h->page_map, h->page_fd, true, sizeof(player_page)), OK);
  h->page = h->page_map.bytes;
}

static void hand_start(hand *h) { hand_start_with(h, NULL); }

static inline void hand_take_reports(hand *h) {
  uint64_t written = atomic_load(&h->page->reports_written);
  uint64_t taken = atomic_load(&h->page->reports_taken);
  for (; taken < written && h->report_count < HAND_REPORTS; taken++) {
    h->reports[h->report_count++] = h->page->reports[taken % PAGE_REPORTS];
  }
  atomic_store(&h->page->reports_taken, taken);
}

static inline void hand_say(hand *h) {
  assert_int_equal(link_send(h->link, &h->out), OK);
  ring_ring(&h->ring);
}

static inline link_message *hand_blank(hand *h, uint32_t kind, uint32_t a) {
  link_message *m = &h->out;
  m->kind = kind;
  m->a = a;
  m->b = m->text_size = m->fd_count = 0;
  m->big = 0;
  m->value = 0;
  m->text[0] = 0;
  return m;
}

static inline void hand_lend(hand *h) {
  int fd = -1;
  assert_int_equal(memory_create("work", h->in.big, &fd), OK);
  assert_true(h->lent_count < HAND_WORKS);
  h->lent[h->lent_count].request = h->in.a;
  h->lent[h->lent_count].fd = fd;
  h->lent[h->lent_count++].size = h->in.big;
  link_message *m = hand_blank(h, TO_PLAYER_MEMORY, h->in.a);
  m->big = h->in.big;
  m->fds[m->fd_count++] = fd;
  hand_say(h);
}

static inline void hand_take_work(hand *h) {
  for (uint32_t i = 0; i < h->lent_count; i++) {
    if (h->lent[i].request != h->in.a) continue;
    const char *bytes = strstr(h->in.text, "\"bytes\":");
    assert_non_null(bytes);
    hand_work *w = &h->works[h->work_count++];
    snprintf(w->about, sizeof w->about, "%.500s", h->in.text);
    w->size = strtoul(bytes + 8, NULL, 10);
    assert_true(w->size <= h->lent[i].size);
    assert_int_equal(memory_seal(h->lent[i].fd), OK);
    w->bytes = calloc(1, w->size + 1);
    size_t got = 0;
    assert_int_equal(io_read_full_at(h->lent[i].fd, w->bytes, w->size, 0, &got), OK);
    assert_int_equal(got, w->size);
    io_close(h->lent[i].fd);
    h->lent[i].request = 0;
    h->lent[i].fd = -1;
  }
}

// Waits for a message of this kind, dealing with the others on the way; ENDED when the player
// is gone.
static inline result hand_wait(hand *h, uint32_t kind) {
  uint64_t until = clock_now_us() + (uint64_t)HAND_WAIT_MS * 1000;
  while (clock_now_us() < until) {
    hand_take_reports(h);
    result r = link_receive(h->link, &h->in, 5);
    if (r == NOT_NOW) continue;
    if (r != OK) return r;
    memcpy(h->last_text, h->in.text, h->in.text_size + 1);
    if (h->in.kind == FROM_PLAYER_WANT) hand_lend(h);
    if (h->in.kind == FROM_PLAYER_WORK) hand_take_work(h);
    if (h->in.kind == kind) return OK;
  }
  return NOT_NOW;
}

static inline void hand_map_order(hand *h, const hand_order *o) {
  if (o->frame) {
    const frame_head head = {STAGE_W, STAGE_H};
    assert_int_equal(
      memory_create("frame", FRAME_BYTES(STAGE_W, STAGE_H), &h->frame_fd), OK);
    assert_int_equal(io_write_all_at(h->frame_fd, &head, sizeof head, 0), OK);
    assert_int_equal(memory_map_open(&h->frame_map, h->frame_fd, true, 64), OK);
  }
  if (o->wave) {
    assert_int_equal(memory_create("wave", sizeof(wave_page), &h->wave_fd), OK);
    assert_int_equal(memory_map_open(&h->wave_map, h->wave_fd, true, 64), OK);
    h->wave = h->wave_map.bytes;
  }
}

// As a keeper does for what sounds; `given` is that of a player before.
static inline void hand_make_tapes(hand *h, int given) {
  const uint32_t id = 7;
  if (given > 0) {
    h->tapes_fd = fcntl(given, F_DUPFD_CLOEXEC, 4);
    return;
  }
  assert_int_equal(memory_create("tapes", sizeof(tape_room_page), &h->tapes_fd), OK);
  assert_int_equal(io_write_all_at(h->tapes_fd, &id, sizeof id, 0), OK);
}

static inline void hand_order_exercise(hand *h, const hand_order *o) {
  hand_map_order(h, o);
  hand_make_tapes(h, o->tapes_fd);
  int state = -1;
  if (o->state) {
    assert_int_equal(memory_create("state", o->state_size, &state), OK);
    assert_int_equal(io_write_all_at(state, o->state, o->state_size, 0), OK);
  }
  link_message *m = hand_blank(h, TO_PLAYER_ORDER, o->frame);
  m->text_size = (uint32_t)snprintf(m->text, sizeof m->text,
    "{\"path\":\"%s\",\"creation\":1,\"seed\":%llu,\"stage\":[%d,%d,1.0],"
    "\"look\":{\"flags\":0,\"text_scale\":1.0},\"settings\":{\"pace\":\"5\"%s},"
    "\"assets\":\"%s/assets/\",\"mode\":\"%s\",\"first_seq\":%llu,\"feed_count\":%llu,"
    "\"id\":\"\",\"version\":\"%s\",\"anew\":%s}",
    o->path, (unsigned long long)o->seed, STAGE_W, STAGE_H,
    o->settings ? o->settings : "", house, o->mode, (unsigned long long)o->first_seq,
    (unsigned long long)o->feed_count, o->version ? o->version : "",
    o->anew ? "true" : "false");
  m->b = (o->feed_fd > 0 ? 1u : 0u) | (o->wave ? 2u : 0u) | (o->state ? 4u : 0u) | 8u;
  m->big = o->state_size;
  const int fds[] = {h->page_fd, h->ring_read_fd, h->frame_fd,
    o->feed_fd > 0 ? o->feed_fd : -2, o->wave ? h->wave_fd : -2, o->state ? state : -2,
    h->tapes_fd};
  for (size_t i = 0; i < sizeof fds / sizeof *fds; i++) {
    if (fds[i] != -2) m->fds[m->fd_count++] = fds[i];
  }
  hand_say(h);
  io_close(state);
}

static inline void hand_begin(hand *h, const hand_order *o) {
  hand_start(h);
  assert_int_equal(hand_wait(h, FROM_PLAYER_READY), OK);
  hand_order_exercise(h, o);
  assert_int_equal(hand_wait(h, FROM_PLAYER_LOADED), OK);
}

// Writes a slot into the ring and remembers it for a feed.
static inline uint64_t hand_put(hand *h, const gesto_event *e, uint64_t time_us) {
  ring_slot slot = {.kind = e ? SLOT_EVENT : SLOT_ADVANCE, .creation = 1};
  if (e) slot.as.event = *e;
  slot.as.event.time = time_us;
  assert_int_equal(ring_put(&h->ring, &slot), OK);
  assert_true(h->slot_count < HAND_SLOTS);
  h->slots[h->slot_count++] = slot;
  ring_ring(&h->ring);
  return slot.seq;
}

static inline void hand_press(hand *h, float x, float y, uint64_t time_us) {
  gesto_event e = {.type = GESTO_POINTER_DOWN,
    .source = 1,
    .as.pointer = {.x = x, .y = y, .pressure = 0.5f}};
  hand_put(h, &e, time_us);
}

static inline bool hand_delivered(hand *h, uint64_t seq) {
  uint64_t until = clock_now_us() + (uint64_t)HAND_WAIT_MS * 1000;
  while (atomic_load(&h->page->done_seq) < seq && clock_now_us() < until) {
    hand_take_reports(h);
    clock_sleep_us(200);
  }
  return atomic_load(&h->page->done_seq) >= seq;
}

static inline void hand_works(hand *h) {
  hand_blank(h, TO_PLAYER_WORKS, 77);
  hand_say(h);
  assert_int_equal(hand_wait(h, FROM_PLAYER_WORKS_DONE), OK);
  assert_int_equal(h->in.a, 77);
  assert_int_equal(h->in.b, 0);
}

static inline void hand_finish(hand *h) {
  io_close(h->link);
  io_close(h->ring_fd);
  io_close(h->ring_read_fd);
  io_close(h->page_fd);
  io_close(h->frame_fd);
  io_close(h->wave_fd);
  io_close(h->tapes_fd);
  ring_finish(&h->ring);
  memory_map_close(&h->page_map);
  memory_map_close(&h->frame_map);
  memory_map_close(&h->wave_map);
  for (uint32_t i = 0; i < h->work_count; i++) free(h->works[i].bytes);
  free(h->reports);
}

static inline void hand_quit(hand *h) {
  hand_blank(h, TO_PLAYER_QUIT, 0);
  hand_say(h);
  assert_int_equal(hand_wait(h, FROM_PLAYER_FAREWELL), OK);
  hand_take_reports(h);
  int status = 0;
  waitpid(h->pid, &status, 0);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
}

// How it ended when nobody asked it to: the status of waitpid.
static inline int hand_end(hand *h) {
  assert_int_equal(hand_wait(h, UINT32_MAX), ENDED);
  int status = 0;
  waitpid(h->pid, &status, 0);
  return status;
}

#endif
