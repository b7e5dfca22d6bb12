// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// The pieces of a creation between a player and the disk: what is put into the room comes into
// the file at its place, goes from the room, and is there for the next keeper; what a player
// says of the room is not believed; a file that is none begins anew, and one that cannot be
// written stays behind.
#include "core/keeper/piece_memory.h"

#include "core/base/io.h"
#include "core/base/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

typedef struct place {
  char path[256];
  int dir;
  piece_memory m;
} place;

static int set_up(void **state) {
  place *p = calloc(1, sizeof *p);
  const char *tmp = getenv("TMPDIR");
  snprintf(p->path, sizeof p->path, "%s/pieces-XXXXXX", tmp ? tmp : "/tmp");
  if (!mkdtemp(p->path) || io_open_dir(AT_FDCWD, p->path, &p->dir)) return -1;
  *state = p;
  return piece_memory_create(&p->m, p->dir) == OK ? 0 : -1;
}

static int tear_down(void **state) {
  place *p = *state;
  piece_memory_finish(&p->m);
  io_close(p->dir);
  const result r = io_remove_tree(AT_FDCWD, p->path);
  free(p);
  return r ? -1 : 0;
}

static uint8_t byte_at(uint64_t at) { return (uint8_t)(at * 2654435761u >> 13 | 1); }

// As a player does.
static void put(const piece_memory *m, uint64_t size) {
  piece_room_page *page = m->map.bytes;
  const uint64_t at = atomic_load(&page->written);
  for (uint64_t i = at; i < at + size; i++) ((uint8_t *)m->map.bytes)[i] = byte_at(i);
  atomic_store(&page->written, at + size);
}

static void expect_in_file(const piece_memory *m, uint64_t from, uint64_t to) {
  uint8_t *bytes = malloc(to - from);
  size_t got = 0;
  assert_int_equal(io_read_full_at(m->read_file, bytes, to - from, from, &got), OK);
  assert_int_equal(got, to - from);
  for (uint64_t i = from; i < to; i++) assert_int_equal(bytes[i - from], byte_at(i));
  free(bytes);
}

static uint64_t in_memory(const piece_memory *m) {
  struct stat info;
  assert_int_equal(fstat(m->fd, &info), 0);
  return (uint64_t)info.st_blocks * 512;
}

static void what_is_filed_is_gone_from_the_room(void **state) {
  place *p = *state;
  assert_int_equal(piece_memory_written(&p->m), PIECE_ROOM_FIRST);
  put(&p->m, 3000000);
  const uint64_t first = piece_memory_written(&p->m), full = in_memory(&p->m);
  assert_int_equal(first, PIECE_ROOM_FIRST + 3000000);
  put(&p->m, 80000);
  assert_int_equal(piece_memory_file(&p->m, first), OK);
  expect_in_file(&p->m, PIECE_ROOM_FIRST, first);
  assert_true(in_memory(&p->m) < full - 2900000);
  const uint8_t *room = p->m.map.bytes;
  for (uint64_t i = first; i < first + 80000; i++)
    assert_int_equal(room[i], byte_at(i)); // still on its way
  assert_int_equal(piece_memory_file(&p->m, first + 80000), OK);
  assert_int_equal(piece_memory_file(&p->m, first), OK); // nothing is left to be done
  expect_in_file(&p->m, PIECE_ROOM_FIRST, first + 80000);
}

static void the_next_keeper_goes_on_behind_it(void **state) {
  place *p = *state;
  put(&p->m, 40000);
  const uint64_t filed = piece_memory_written(&p->m);
  assert_int_equal(piece_memory_file(&p->m, filed), OK);
  put(&p->m, 8000); // lost with all programs
  piece_memory_finish(&p->m);
  assert_int_equal(piece_memory_create(&p->m, p->dir), OK);
  assert_int_equal(piece_memory_written(&p->m), filed);
  put(&p->m, 16);
  assert_int_equal(piece_memory_file(&p->m, filed + 16), OK);
  expect_in_file(&p->m, PIECE_ROOM_FIRST, filed + 16);
}

static void a_replay_reads_and_writes_nothing(void **state) {
  place *p = *state;
  put(&p->m, 40000);
  const uint64_t filed = piece_memory_written(&p->m);
  assert_int_equal(piece_memory_file(&p->m, filed), OK);
  assert_int_equal(piece_memory_filed(p->dir), filed);
  assert_int_equal(piece_memory_filed(-1), 0);
  piece_memory m;
  assert_int_equal(piece_memory_borrow(&m, p->dir), OK);
  expect_in_file(&m, PIECE_ROOM_FIRST, filed);
  assert_int_equal(piece_memory_written(&m), filed);
  put(&m, 800);
  assert_int_equal(piece_memory_file(&m, filed + 800), NOT_ALLOWED);
  piece_memory_finish(&m);
  assert_int_equal(piece_memory_borrow(&m, -1), OK);
  assert_int_equal(m.read_file, -1);
  assert_int_equal(piece_memory_written(&m), PIECE_ROOM_FIRST);
  piece_memory_finish(&m);
}

static void what_a_player_says_is_not_believed(void **state) {
  place *p = *state;
  piece_room_page *page = p->m.map.bytes;
  put(&p->m, 8000);
  const uint64_t filed = piece_memory_written(&p->m);
  assert_int_equal(piece_memory_file(&p->m, filed), OK);
  static const uint64_t lies[] = {
    0, 8, PIECE_ROOM_FIRST, PIECE_ROOM_BYTES + 8, UINT64_MAX};
  for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
    atomic_store(&page->written, lies[i]);
    atomic_store(&page->filed, lies[i]);
    assert_int_equal(piece_memory_written(&p->m), filed);
    piece_memory_mend(&p->m);
    assert_int_equal(atomic_load(&page->written), filed);
    assert_int_equal(atomic_load(&page->filed), filed);
  }
  atomic_store(&page->written, filed + 3); // no piece ends there
  assert_int_equal(piece_memory_written(&p->m), filed);
}

static void a_file_that_is_none_begins_anew(void **state) {
  place *p = *state;
  static const char *const others[] = {"", "GESTOP1\n", "something else altogether"};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    int folder = -1;
    piece_memory_finish(&p->m);
    assert_int_equal(io_open_dir(p->dir, "snapshots", &folder), OK);
    assert_int_equal(io_save(folder, "pieces", others[i], strlen(others[i])), OK);
    io_close(folder);
    piece_memory borrowed;
    assert_int_equal(piece_memory_borrow(&borrowed, p->dir), OK);
    assert_int_equal(piece_memory_written(&borrowed), PIECE_ROOM_FIRST);
    assert_int_equal(borrowed.read_file, -1);
    piece_memory_finish(&borrowed);
    assert_int_equal(piece_memory_create(&p->m, p->dir), OK);
    assert_int_equal(piece_memory_written(&p->m), PIECE_ROOM_FIRST);
  }
}

// What could not be written stays where it is, and is written the next time.
static void a_full_disk_loses_nothing(void **state) {
  place *p = *state;
  put(&p->m, 2500000);
  const uint64_t all = piece_memory_written(&p->m);
  uint64_t nth = 1;
  result r = FAILED;
  for (; r; nth++) {
    io_fail_at(nth, nth % 2 ? ENOSPC : EIO);
    r = piece_memory_file(&p->m, all);
    if (r) assert_int_equal(atomic_load(&p->m.filed), PIECE_ROOM_FIRST);
    io_fail_at(0, 0);
  }
  assert_true(nth > 5);
  expect_in_file(&p->m, PIECE_ROOM_FIRST, all);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    CASE(what_is_filed_is_gone_from_the_room),
    CASE(the_next_keeper_goes_on_behind_it),
    CASE(a_replay_reads_and_writes_nothing),
    CASE(what_a_player_says_is_not_believed),
    CASE(a_file_that_is_none_begins_anew),
    CASE(a_full_disk_loses_nothing),
  };
#undef CASE
  return cmocka_run_group_tests(tests, NULL, NULL);
}
