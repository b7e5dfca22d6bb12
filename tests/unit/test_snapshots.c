// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// threads
// Snapshots: two are kept, and before them a series, written whole or not at all by a thread; a
// torn, flipped, foreign or missing one is refused, and those of no use any more are gone from
// the disk too.
#include "core/keeper/snapshots.h"

#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/record/crc32c.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { SIZE = 2500000, WAIT_MS = 20000 }; // more than one piece of a file

typedef struct place {
  char path[256];
  int dir;
  snapshots kept;
} place;

static int set_up(void **state) {
  place *p = calloc(1, sizeof *p);
  const char *tmp = getenv("TMPDIR");
  snprintf(p->path, sizeof p->path, "%s/snapshots-XXXXXX", tmp ? tmp : "/tmp");
  if (!mkdtemp(p->path) || io_open_dir(AT_FDCWD, p->path, &p->dir)) return -1;
  snapshots_init(&p->kept, p->dir, NULL);
  *state = p;
  return 0;
}

static int tear_down(void **state) {
  place *p = *state;
  snapshots_finish(&p->kept);
  io_close(p->dir);
  const result r = io_remove_tree(AT_FDCWD, p->path);
  free(p);
  return r ? -1 : 0;
}

static uint8_t byte_of(uint64_t seq, size_t at) {
  return (uint8_t)(at % 1000 < 100 ? seq : (at * (at + seq) * 2654435761u) >> 13);
}

static snapshot made_at(uint64_t seq) {
  snapshot s = {.seq = seq,
    .size = SIZE,
    .width = 640,
    .height = 480,
    .scale = 2,
    .text_scale = 1.5f,
    .look_flags = 5,
    .tapes = 9,
    .version = "1.2"};
  memory_map map;
  assert_int_equal(memory_create("state", SIZE + 4096, &s.fd), OK);
  assert_int_equal(memory_map_open(&map, s.fd, true, SIZE), OK);
  uint8_t *bytes = map.bytes;
  for (size_t i = 0; i < SIZE; i++) bytes[i] = byte_of(seq, i);
  memory_map_close(&map);
  assert_int_equal(memory_seal(s.fd), OK);
  return s;
}

// Until it is written; then whether it was taken down as one that there is.
static bool wait_for_it(place *p, uint64_t seq) {
  uint64_t told = 0;
  struct pollfd over = {.fd = snapshots_fd(&p->kept), .events = POLLIN};
  assert_true(snapshots_busy(&p->kept));
  assert_int_equal(poll(&over, 1, WAIT_MS), 1);
  const bool there = snapshots_written(&p->kept, &told);
  if (there) assert_int_equal(told, seq);
  assert_false(snapshots_busy(&p->kept));
  assert_int_equal(snapshots_fd(&p->kept), -1);
  assert_false(snapshots_written(&p->kept, &told));
  return there;
}

static void give(place *p, uint64_t seq) {
  snapshot s = made_at(seq);
  assert_int_equal(snapshots_give(&p->kept, &s), OK);
  assert_int_equal(s.fd, 0); // taken over
}

static void put(place *p, uint64_t seq) {
  give(p, seq);
  assert_true(wait_for_it(p, seq));
}

static void expect_content(const snapshot *found, uint64_t seq) {
  memory_map map;
  uint32_t others = 0;
  assert_int_equal(found->seq, seq);
  assert_int_equal(found->size, SIZE);
  assert_true(found->width == 640 && found->height == 480 && found->scale == 2);
  assert_true(found->text_scale == 1.5f);
  assert_int_equal(found->look_flags, 5);
  assert_int_equal(found->tapes, 9);
  assert_string_equal(found->version, "1.2");
  assert_int_equal(memory_map_open(&map, found->fd, false, SIZE), OK);
  const uint8_t *bytes = map.bytes;
  for (size_t i = 0; i < SIZE; i++) others += bytes[i] != byte_of(seq, i);
  assert_int_equal(others, 0);
  memory_map_close(&map);
}

static void expect_whole(const snapshots *kept, uint32_t back, uint64_t seq) {
  snapshot found;
  memory_map map;
  assert_int_equal(snapshots_get(kept, back, &found), OK);
  expect_content(&found, seq);
  assert_int_equal(memory_map_open(&map, found.fd, true, SIZE), NOT_ALLOWED);
  snapshot_finish(&found);
}

enum { NAMES_ROOM = 512 };

static result note_name(void *data, int dir, const char *name, bool is_dir) {
  (void)dir;
  assert_false(is_dir);
  char *names = data;
  const size_t used = strlen(names);
  snprintf(names + used, NAMES_ROOM - used, "%s ", name);
  return OK;
}

static void expect_files(const place *p, const char *names) {
  char found[NAMES_ROOM] = "";
  assert_int_equal(io_each(p->dir, "snapshots", note_name, found), OK);
  assert_string_equal(found, names);
}

// What a keeper after this one finds.
static void expect_found(const place *p, uint32_t count, uint64_t newest) {
  snapshots later;
  snapshots_init(&later, p->dir, NULL);
  snapshots_find(&later);
  assert_int_equal(later.count, count);
  if (count) assert_int_equal(later.kept[0].seq, newest);
  for (uint32_t i = 0; i < count; i++) expect_whole(&later, i, later.kept[i].seq);
  snapshots_finish(&later);
}

static void two_are_kept(void **state) {
  place *p = *state;
  snapshot none;
  expect_found(p, 0, 0);
  assert_int_equal(snapshots_get(&p->kept, 0, &none), NOT_FOUND);
  put(p, 70);
  expect_files(p, "snap-70 ");
  put(p, 800);
  expect_files(p, "snap-70 snap-800 ");
  expect_whole(&p->kept, 0, 800);
  expect_whole(&p->kept, 1, 70);
  assert_int_equal(snapshots_get(&p->kept, 2, &none), NOT_FOUND);
  put(p, 9000);
  expect_files(p, "snap-800 snap-9000 ");
  expect_found(p, 2, 9000);
  put(p, 9000); // the same once more
  expect_files(p, "snap-800 snap-9000 ");
  expect_found(p, 2, 9000);
}

// It is of use at once, before it has reached the disk.
static void the_newest_needs_no_file(void **state) {
  place *p = *state;
  put(p, 10);
  give(p, 20);
  expect_whole(&p->kept, 0, 20);
  assert_true(wait_for_it(p, 20));
  assert_int_equal(io_remove_tree(p->dir, "snapshots"), OK);
  snapshot none;
  expect_whole(&p->kept, 0, 20);
  assert_true(snapshots_get(&p->kept, 1, &none) != OK);
}

static void what_is_being_written_is_waited_for(void **state) {
  place *p = *state;
  uint64_t seq = 0;
  assert_false(snapshots_settle(&p->kept, &seq));
  give(p, 33);
  assert_true(snapshots_settle(&p->kept, &seq));
  assert_int_equal(seq, 33);
  give(p, 34);
  snapshots_finish(&p->kept);
  expect_found(p, 2, 34);
  snapshots_init(&p->kept, p->dir, NULL);
}

// Which calls there are is the same each time, so each of them fails once.
static void one_that_cannot_be_written_leaves_the_others(void **state) {
  place *p = *state;
  put(p, 100);
  put(p, 200);
  uint64_t nth = 1;
  for (bool failed = true; failed; nth++) {
    snapshot s = made_at(300);
    io_fail_at(nth, nth % 2 ? ENOSPC : EIO);
    assert_int_equal(snapshots_give(&p->kept, &s), OK);
    const bool there = wait_for_it(p, 300);
    failed = io_calls() >= nth;
    io_fail_at(0, 0);
    if (there) break; // what failed was not needed for it
    expect_files(p, "snap-100 snap-200 ");
    expect_found(p, 2, 200);
    assert_int_equal(p->kept.count, 2);
    expect_whole(&p->kept, 0, 200);
    expect_whole(&p->kept, 1, 100);
  }
  assert_true(nth > 5);
  expect_whole(&p->kept, 0, 300);
}

static void what_is_of_no_use_is_gone(void **state) {
  place *p = *state;
  put(p, 100);
  put(p, 200);
  snapshots_forget_from(&p->kept, 201);
  expect_files(p, "snap-100 snap-200 ");
  snapshots_forget_from(&p->kept, 200);
  expect_files(p, "snap-100 ");
  expect_whole(&p->kept, 0, 100);
  give(p, 300); // on its way
  snapshots_forget_from(&p->kept, 150);
  assert_int_equal(p->kept.count, 1);
  expect_whole(&p->kept, 0, 100);
  assert_false(wait_for_it(p, 300));
  expect_files(p, "snap-100 ");
  put(p, 160);
  expect_files(p, "snap-100 snap-160 ");
  snapshots_forget_from(&p->kept, 1);
  expect_files(p, "");
  assert_int_equal(p->kept.count, 0);
}

// ---- Damage ------------------------------------------------------------------------------

static int open_folder(const place *p) {
  int folder = -1;
  assert_int_equal(io_open_dir(p->dir, "snapshots", &folder), OK);
  return folder;
}

static result load_instead(
  int folder, const char *bytes, size_t size, uint64_t seq, snapshot *found) {
  char name[SNAPSHOT_NAME];
  snapshot_file_name(seq, name);
  int fd = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  assert_true(fd >= 0);
  assert_int_equal(write(fd, bytes, size), size);
  close(fd);
  return snapshot_file_load(folder, seq, found);
}

static void expect_refused(int folder, const char *bytes, size_t size, uint64_t seq) {
  snapshot found;
  assert_int_equal(load_instead(folder, bytes, size, seq, &found), BAD_DATA);
  assert_int_equal(found.fd, 0);
}

// A few bits of a packed file say nothing: then it is what it was.
static bool is_refused(int folder, const char *bytes, size_t size, uint64_t seq) {
  snapshot found;
  if (load_instead(folder, bytes, size, seq, &found) != OK) return true;
  expect_content(&found, seq);
  snapshot_finish(&found);
  return false;
}

static void torn_anywhere(void **state) {
  place *p = *state;
  put(p, 5);
  char *file = NULL;
  size_t size = 0;
  const int folder = open_folder(p);
  assert_int_equal(io_load(folder, "snap-5", 8 << 20, &file, &size), OK);
  for (size_t n = 0; n < size; n += n < 140 ? 1 : 30011)
    expect_refused(folder, file, n, 5);
  expect_refused(folder, file, size - 1, 5);
  char *longer = calloc(1, size + 1);
  memcpy(longer, file, size);
  expect_refused(folder, longer, size + 1, 5);
  free(longer);
  free(file);
  io_close(folder);
}

static void flipped_anywhere(void **state) {
  place *p = *state;
  put(p, 5);
  char *file = NULL;
  size_t size = 0;
  const int folder = open_folder(p);
  assert_int_equal(io_load(folder, "snap-5", 8 << 20, &file, &size), OK);
  uint32_t tried = 0, refused = 0;
  for (size_t at = 0; at < size; at += at < 140 ? 1 : 29989) {
    for (int bit = 0; bit < 8; bit += 3) {
      file[at] ^= (char)(1 << bit);
      tried++;
      refused += is_refused(folder, file, size, 5);
      file[at] ^= (char)(1 << bit);
    }
  }
  assert_in_range(refused, tried - 8, tried);
  expect_refused(folder, file, size, 6); // of another slot
  free(file);
  io_close(folder);
}

static void a_damaged_one_leaves_the_one_before(void **state) {
  place *p = *state;
  snapshots later;
  snapshot found;
  put(p, 5);
  put(p, 6);
  const int folder = open_folder(p);
  expect_refused(folder, "GESTOS2\n", 8, 6);
  io_close(folder);
  snapshots_init(&later, p->dir, NULL);
  snapshots_find(&later);
  assert_int_equal(later.count, 2);
  assert_int_equal(snapshots_get(&later, 0, &found), BAD_DATA);
  expect_whole(&later, 1, 5);
  snapshots_finish(&later);
}

// One of the version before had 24 bytes less of a head.
static void an_older_one_is_read(void **state) {
  place *p = *state;
  put(p, 5);
  enum { OLD = 120, NEW = 144, CRC_AT = 24 };
  char *file = NULL;
  size_t size = 0;
  snapshot found;
  const int folder = open_folder(p);
  assert_int_equal(io_load(folder, "snap-5", 8 << 20, &file, &size), OK);
  uint8_t *content = malloc(SIZE);
  for (size_t i = 0; i < SIZE; i++) content[i] = byte_of(5, i);
  static const char kind[8] = {'G', 'E', 'S', 'T', 'O', 'S', '2', '\n'};
  memcpy(file, kind, sizeof kind);
  memset(file + CRC_AT, 0, sizeof(uint32_t));
  const uint32_t crc = crc32c(crc32c(0, file, OLD), content, SIZE);
  memcpy(file + CRC_AT, &crc, sizeof crc);
  memmove(file + OLD, file + NEW, size - NEW);
  assert_int_equal(load_instead(folder, file, size - NEW + OLD, 5, &found), OK);
  expect_content(&found, 5);
  assert_int_equal(found.time_us + found.cost_us + found.pieces, 0);
  snapshot_finish(&found);
  free(content);
  free(file);
  io_close(folder);
}

// From one to the next it is not far, but those in between are not kept.
static void a_series_is_kept(void **state) {
  place *p = *state;
  uint64_t before = 0;
  for (uint64_t i = 1; i <= 12; i++) {
    snapshot s = made_at(i);
    s.time_us = i * 1000000;
    s.cost_us = i * 100000;
    s.tapes = 0;
    assert_int_equal(snapshots_give(&p->kept, &s), OK);
    assert_true(wait_for_it(p, i));
  }
  assert_in_range(p->kept.count, 5, 6);
  for (uint32_t i = p->kept.count; i-- > 0;) {
    const kept_snapshot *k = &p->kept.kept[i];
    assert_true(k->cost_us > before && k->cost_us - before <= SNAPSHOTS_APART_US);
    before = k->cost_us;
  }
  assert_int_equal(before, 1200000);
  snapshots later; // what a keeper after this one finds
  snapshots_init(&later, p->dir, NULL);
  snapshots_find(&later);
  assert_int_equal(later.count, p->kept.count);
  for (uint32_t i = 0; i < later.count; i++) {
    assert_int_equal(later.kept[i].seq, p->kept.kept[i].seq);
    assert_int_equal(later.kept[i].cost_us, p->kept.kept[i].cost_us);
  }
  snapshots_finish(&later);
}

static void other_names_are_passed_over(void **state) {
  place *p = *state;
  put(p, 5);
  const int folder = open_folder(p);
  static const char *const names[] = {
    "snap-", "snap-07", "snap-7x", "snap--7", "snap-8.new", ".snap-9.new", "snap"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    assert_int_equal(io_save(folder, names[i], "x", 1), OK);
  io_close(folder);
  expect_found(p, 1, 5);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    CASE(two_are_kept),
    CASE(the_newest_needs_no_file),
    CASE(what_is_being_written_is_waited_for),
    CASE(one_that_cannot_be_written_leaves_the_others),
    CASE(what_is_of_no_use_is_gone),
    CASE(torn_anywhere),
    CASE(flipped_anywhere),
    CASE(a_damaged_one_leaves_the_one_before),
    CASE(an_older_one_is_read),
    CASE(a_series_is_kept),
    CASE(other_names_are_passed_over),
  };
#undef CASE
  return cmocka_run_group_tests(tests, NULL, NULL);
}
