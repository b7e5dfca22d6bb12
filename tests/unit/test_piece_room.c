// SPDX-License-Identifier: GPL-3.0-or-later
// needs: player
// The room that a player puts pieces into: they are read there until they have come into the file,
// and then in the file; what a page says that is not so harms nobody.
#include "core/player/piece_room.h"

#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

typedef struct place {
  int fd, file;
  memory_map map; // as the keeper has it
  piece_room *room;
} place;

static piece_room_page *page_of(const place *p) { return p->map.bytes; }

static int set_up(void **state) {
  place *p = *state = calloc(1, sizeof *p);
  p->file = memfd_create("file", MFD_CLOEXEC);
  if (memory_create_shared("room", PIECE_ROOM_BYTES, &p->fd) != OK) return -1;
  if (memory_map_open(&p->map, p->fd, true, PIECE_ROOM_BYTES) != OK) return -1;
  atomic_store(&page_of(p)->written, PIECE_ROOM_FIRST);
  atomic_store(&page_of(p)->filed, PIECE_ROOM_FIRST);
  return piece_room_open(&p->room, p->fd, p->file) == OK ? 0 : -1;
}

static int tear_down(void **state) {
  place *p = *state;
  piece_room_destroy(p->room);
  memory_map_close(&p->map);
  io_close(p->fd);
  io_close(p->file);
  free(p);
  return 0;
}

static uint32_t put(const place *p, const char *words) {
  const piece_store *s = piece_room_store(p->room);
  uint32_t at = 0;
  assert_int_equal(s->put(s->data, words, strlen(words) + 1, &at), OK);
  return at;
}

static result get(const place *p, uint32_t at, char *to, size_t size) {
  const piece_store *s = piece_room_store(p->room);
  memset(to, 0, size);
  return s->get(s->data, at, to, size);
}

static void expect(const place *p, uint32_t at, const char *words) {
  char got[64];
  assert_int_equal(get(p, at, got, strlen(words) + 1), OK);
  assert_string_equal(got, words);
}

// What the keeper does: into the file, said, and gone from the room.
static void file_all(const place *p) {
  const uint64_t from = atomic_load(&page_of(p)->filed);
  const uint64_t to = atomic_load(&page_of(p)->written);
  uint8_t *room = (uint8_t *)p->map.bytes + from;
  assert_int_equal(io_write_all_at(p->file, room, to - from, from), OK);
  atomic_store(&page_of(p)->filed, to);
  memset(room, 0, to - from);
}

static void in_the_room_and_in_the_file(void **state) {
  const place *p = *state;
  const uint32_t one = put(p, "a tile"), two = put(p, "another tile");
  assert_int_equal(one, PIECE_ROOM_FIRST / PIECE_UNIT);
  expect(p, one, "a tile");
  expect(p, two, "another tile");
  file_all(p);
  expect(p, one, "a tile");
  expect(p, two, "another tile");
  const uint32_t three = put(p, "a third one");
  assert_true(three > two);
  expect(p, three, "a third one");
  expect(p, one, "a tile");
}

static void what_is_not_there(void **state) {
  const place *p = *state;
  char got[64];
  const uint32_t one = put(p, "a tile");
  assert_int_equal(get(p, one, got, 64), BAD_DATA); // more than was put
  assert_int_equal(get(p, one + 1, got, 8), BAD_DATA);
  assert_int_equal(get(p, 0, got, 8), BAD_DATA);
  assert_int_equal(get(p, UINT32_MAX, got, 8), BAD_DATA);
}

static void a_page_that_lies(void **state) {
  const place *p = *state;
  const piece_store *s = piece_room_store(p->room);
  char got[64];
  uint32_t at = 0;
  const uint32_t one = put(p, "a tile");
  static const uint64_t lies[] = {
    0, PIECE_ROOM_BYTES + 1, UINT64_MAX, PIECE_ROOM_FIRST + 1};
  for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
    atomic_store(&page_of(p)->written, lies[i]);
    assert_int_equal(get(p, one, got, 7), BAD_DATA);
    assert_int_equal(s->put(s->data, "x", 2, &at), BAD_DATA);
  }
}

static void a_room_that_is_full(void **state) {
  const place *p = *state;
  const piece_store *s = piece_room_store(p->room);
  uint32_t at = 0;
  atomic_store(&page_of(p)->written, PIECE_ROOM_FIRST + PIECE_ROOM_WAITING - 8);
  assert_int_equal(s->put(s->data, "too much by half", 17, &at), NO_SPACE);
  put(p, "fits");
  atomic_store(&page_of(p)->written, PIECE_ROOM_BYTES - 8);
  atomic_store(&page_of(p)->filed, PIECE_ROOM_BYTES - 8);
  assert_int_equal(s->put(s->data, "too much by half", 17, &at), NO_SPACE);
  put(p, "fits");
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    CASE(in_the_room_and_in_the_file),
    CASE(what_is_not_there),
    CASE(a_page_that_lies),
    CASE(a_room_that_is_full),
  };
#undef CASE
  return cmocka_run_group_tests(tests, NULL, NULL);
}
