// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// The input ring: order, room, what a reader that is too late sees, and heads that lie.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/ring.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const uint8_t session[16] = "sixteen letters";

typedef struct pair {
  int fd;
  ring writer, reader;
} pair;

static void open_pair(pair *p, uint32_t slots) {
  size_t bytes = sizeof(ring_head) + slots * sizeof(ring_slot);
  assert_int_equal(memory_create("ring", bytes, &p->fd), OK);
  assert_int_equal(ring_init(&p->writer, p->fd, bytes, session), OK);
  assert_int_equal(ring_open(&p->reader, p->fd, false), OK);
  assert_int_equal(p->reader.slot_count, slots);
}

static void close_pair(pair *p) {
  ring_finish(&p->reader);
  ring_finish(&p->writer);
  ring_finish(&p->writer);
  io_close(p->fd);
}

static result put_time(ring *r, uint64_t time) {
  ring_slot slot = {.kind = SLOT_EVENT, .creation = 1, .as.event.time = time};
  return ring_put(r, &slot);
}

static void release(pair *p, uint64_t seq) {
  atomic_store(&p->writer.head->released, seq);
}

static void slots_come_out_as_they_went_in(void **state) {
  (void)state;
  pair p;
  open_pair(&p, 8);
  ring_slot slot = {.seq = 99, .kind = SLOT_ADVANCE, .creation = 7, .as.event.time = 5};
  assert_int_equal(ring_put(&p.writer, &slot), OK);
  assert_int_equal(slot.seq, 1);
  ring_slot got = {0};
  assert_int_equal(ring_get(&p.reader, 1, &got), OK);
  assert_memory_equal(&got, &slot, sizeof got);
  assert_int_equal(ring_get(&p.reader, 2, &got), ENDED);
  assert_int_equal(ring_get(&p.reader, 0, &got), BAD_DATA);
  assert_int_equal(ring_written(&p.reader), 1);
  assert_memory_equal(p.reader.head->session, session, sizeof session);
  close_pair(&p);
}

static void a_full_ring_takes_nothing_and_loses_nothing(void **state) {
  (void)state;
  pair p;
  open_pair(&p, 4);
  for (uint64_t i = 1; i <= 4; i++) assert_int_equal(put_time(&p.writer, i), OK);
  ring_slot slot = {.seq = 77, .kind = SLOT_EVENT};
  assert_int_equal(ring_put(&p.writer, &slot), NO_SPACE);
  assert_int_equal(slot.seq, 77);
  for (uint64_t i = 1; i <= 4; i++) {
    assert_int_equal(ring_get(&p.reader, i, &slot), OK);
    assert_int_equal(slot.as.event.time, i);
  }
  release(&p, 2);
  assert_int_equal(put_time(&p.writer, 5), OK);
  assert_int_equal(put_time(&p.writer, 6), OK);
  assert_int_equal(put_time(&p.writer, 7), NO_SPACE);
  close_pair(&p);
}

static void an_overwritten_slot_is_named_so(void **state) {
  (void)state;
  pair p;
  open_pair(&p, 4);
  for (uint64_t i = 1; i <= 4; i++) assert_int_equal(put_time(&p.writer, i), OK);
  ring_slot slot;
  release(&p, 3); // from now on slot 1 may be written at any moment
  assert_int_equal(ring_get(&p.reader, 1, &slot), BAD_DATA);
  assert_int_equal(ring_get(&p.reader, 2, &slot), OK);
  assert_int_equal(put_time(&p.writer, 5), OK);
  assert_int_equal(ring_get(&p.reader, 2, &slot), BAD_DATA);
  assert_int_equal(ring_get(&p.reader, 5, &slot), OK);
  assert_int_equal(slot.as.event.time, 5);
  close_pair(&p);
}

static void a_feed_keeps_its_own_numbers_and_may_be_full(void **state) {
  (void)state;
  pair p;
  open_pair(&p, 3);
  const uint64_t own[3] = {41, 0, 42};
  for (int i = 0; i < 3; i++) {
    ring_slot slot = {.seq = own[i], .kind = SLOT_EVENT};
    assert_int_equal(ring_put_feed(&p.writer, &slot), OK);
  }
  ring_slot more = {.seq = 43};
  assert_int_equal(ring_put_feed(&p.writer, &more), NO_SPACE);
  for (uint64_t i = 1; i <= 3; i++) {
    ring_slot slot;
    assert_int_equal(ring_get(&p.reader, i, &slot), OK);
    assert_int_equal(slot.seq, own[i - 1]);
  }
  close_pair(&p);
}

static void a_second_writer_goes_on_where_the_first_ended(void **state) {
  (void)state;
  pair p;
  open_pair(&p, 8);
  assert_int_equal(put_time(&p.writer, 1), OK);
  ring_finish(&p.writer);
  assert_int_equal(ring_open(&p.writer, p.fd, true), OK);
  ring_slot slot = {.kind = SLOT_EVENT};
  assert_int_equal(ring_put(&p.writer, &slot), OK);
  assert_int_equal(slot.seq, 2);
  close_pair(&p);
}

// What a damaged or hostile file may say of itself.
static void lying_heads_are_refused(void **state) {
  (void)state;
  pair p;
  open_pair(&p, 8);
  ring other;
  ring_head *head = p.writer.head;
  const uint32_t counts[] = {0, 9, UINT32_MAX};
  for (size_t i = 0; i < 3; i++) {
    head->slot_count = counts[i];
    assert_int_equal(ring_open(&other, p.fd, false), BAD_DATA);
    assert_null(other.map.bytes);
  }
  head->slot_count = 8;
  head->slot_size = 64;
  assert_int_equal(ring_open(&other, p.fd, false), BAD_DATA);
  head->slot_size = sizeof(ring_slot);
  head->magic[3] ^= 1;
  assert_int_equal(ring_open(&other, p.fd, false), BAD_DATA);
  close_pair(&p);
}

static void files_too_small_for_a_ring_are_refused(void **state) {
  (void)state;
  ring r;
  int fd = -1;
  assert_int_equal(memory_create("small", sizeof(ring_head) - 1, &fd), OK);
  assert_int_equal(ring_open(&r, fd, false), BAD_DATA);
  assert_int_equal(ring_init(&r, fd, sizeof(ring_head) - 1, session), BAD_DATA);
  assert_int_equal(ring_init(&r, fd, RING_FILE_BYTES, session), BAD_DATA);
  io_close(fd);
}

// Numbers that change under a reader lead nowhere outside its map.
static void lying_counters_reach_no_foreign_memory(void **state) {
  (void)state;
  pair p;
  open_pair(&p, 4);
  const uint64_t lies[] = {0, 3, UINT64_MAX, UINT64_MAX - 3, UINT64_C(1) << 63};
  for (size_t w = 0; w < 5; w++) {
    for (size_t r = 0; r < 5; r++) {
      atomic_store(&p.writer.head->written, lies[w]);
      atomic_store(&p.writer.head->released, lies[r]);
      ring_slot slot;
      (void)!ring_get(&p.reader, lies[w], &slot);
      (void)!ring_get(&p.reader, lies[r], &slot);
    }
  }
  atomic_store(&p.writer.head->written, 3);
  atomic_store(&p.writer.head->released, 10);
  assert_int_equal(put_time(&p.writer, 1), NO_SPACE);
  close_pair(&p);
}

static void a_reader_cannot_write(void **state) {
  (void)state;
  pair p;
  open_pair(&p, 4);
  pid_t child = fork();
  if (child == 0) {
    signal(SIGSEGV, SIG_DFL); // cmocka would report it
    ((volatile ring_head *)p.reader.head)->slot_count = 1;
    _exit(0); // it got through
  }
  int status = 0;
  waitpid(child, &status, 0);
  assert_int_not_equal(status, 0);
  assert_int_equal(p.writer.head->slot_count, 4);
  close_pair(&p);
}

enum { MANY = 200000, SMALL = 64 };

// Fills every word from one number, so that a torn slot is seen.
static void fill(ring_slot *slot, uint64_t number) {
  slot->kind = (uint32_t)number;
  slot->creation = ~(uint32_t)number;
  for (int i = 0; i < 8; i++) {
    uint64_t word = number * (uint64_t)(i + 3);
    memcpy(slot->as.bytes + i * 8, &word, 8);
  }
}

static void *produce(void *data) {
  pair *p = data;
  for (uint64_t i = 1; i <= MANY; i++) {
    ring_slot slot = {0};
    fill(&slot, i);
    while (ring_put(&p->writer, &slot) == NO_SPACE) {
      futex_wait(&p->writer.head->bell, atomic_load(&p->writer.head->bell), 1000);
    }
    if (i % 16 == 0 || i == MANY) ring_ring(&p->writer);
  }
  return NULL;
}

// Takes everything, and releases what it took.
static void *keep(void *data) {
  pair *p = data;
  uint64_t good = 0;
  for (uint64_t seq = 1; seq <= MANY;) {
    uint32_t bell = atomic_load(&p->writer.head->bell);
    ring_slot slot;
    result r = ring_get(&p->reader, seq, &slot);
    if (r == ENDED) {
      futex_wait(&p->writer.head->bell, bell, 100000);
      continue;
    }
    ring_slot expected = {.seq = seq};
    fill(&expected, seq);
    good += r == OK && memcmp(&slot, &expected, sizeof slot) == 0;
    release(p, seq);
    seq++;
    if (seq % 32 == 0) ring_ring(&p->writer);
  }
  return (void *)(uintptr_t)good;
}

// Holds nobody up: what it gets is whole, or it is told that it came too late.
static void *glance(void *data) {
  pair *p = data;
  uint64_t torn = 0;
  while (ring_written(&p->reader) < MANY) {
    uint64_t written = ring_written(&p->reader);
    uint64_t seq = written > SMALL ? written - SMALL + 1 : 1;
    ring_slot slot;
    if (ring_get(&p->reader, seq, &slot) != OK) continue;
    ring_slot expected = {.seq = seq};
    fill(&expected, seq);
    torn += memcmp(&slot, &expected, sizeof slot) != 0;
  }
  return (void *)(uintptr_t)torn;
}

static void threads_see_every_slot_whole(void **state) {
  (void)state;
  pair p;
  open_pair(&p, SMALL);
  pthread_t threads[3];
  void *(*const work[3])(void *) = {produce, keep, glance};
  for (int i = 0; i < 3; i++) {
    assert_int_equal(pthread_create(&threads[i], NULL, work[i], &p), 0);
  }
  void *answers[3] = {NULL};
  for (int i = 0; i < 3; i++) pthread_join(threads[i], &answers[i]);
  assert_int_equal((uintptr_t)answers[1], MANY);
  assert_int_equal((uintptr_t)answers[2], 0);
  close_pair(&p);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(slots_come_out_as_they_went_in),
    cmocka_unit_test(a_full_ring_takes_nothing_and_loses_nothing),
    cmocka_unit_test(an_overwritten_slot_is_named_so),
    cmocka_unit_test(a_feed_keeps_its_own_numbers_and_may_be_full),
    cmocka_unit_test(a_second_writer_goes_on_where_the_first_ended),
    cmocka_unit_test(lying_heads_are_refused),
    cmocka_unit_test(files_too_small_for_a_ring_are_refused),
    cmocka_unit_test(lying_counters_reach_no_foreign_memory),
    cmocka_unit_test(a_reader_cannot_write),
    cmocka_unit_test(threads_see_every_slot_whole),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
