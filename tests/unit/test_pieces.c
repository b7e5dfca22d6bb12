// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// Pieces and tiles that are put away: what comes back is what was given, whatever else is in its
// place is refused, and each version of a tile is there once.
#include "core/studio/piece.h"
#include "core/studio/tile_archive.h"
#include "tests/unit/piece_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static hand_pieces pieces;

static int set_up(void **state) {
  (void)state;
  hand_pieces_init(&pieces);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  hand_pieces_finish(&pieces);
  return 0;
}

static void what_is_put_comes_back(void **state) {
  (void)state;
  static const size_t sizes[] = {1, 7, 8, 4096, 999990};
  piece_ref refs[5];
  static uint8_t raw[1000000];
  for (size_t i = 0; i < sizeof raw; i++) raw[i] = (uint8_t)(i * i >> 7);
  for (int i = 0; i < 5; i++)
    assert_int_equal(
      piece_put(&pieces.store, PIECE_TILE, raw + i, sizes[i], &refs[i]), OK);
  for (int i = 0; i < 5; i++) {
    uint8_t *got = NULL;
    size_t size = 0;
    assert_int_equal(piece_get(&pieces.store, PIECE_TILE, refs[i], &got, &size), OK);
    assert_int_equal(size, sizes[i]);
    assert_memory_equal(got, raw + i, size);
    free(got);
    assert_int_equal(
      piece_get(&pieces.store, PIECE_STEP, refs[i], &got, &size), BAD_DATA);
    assert_null(got);
  }
  piece_ref none;
  assert_int_equal(piece_put(&pieces.store, PIECE_TILE, raw, 0, &none), TOO_LARGE);
}

static bool comes_back(piece_ref ref) {
  uint8_t *got = NULL;
  size_t size = 0;
  const bool came = piece_get(&pieces.store, PIECE_TILE, ref, &got, &size) == OK;
  free(got);
  return came;
}

// A few bits of a frame say nothing; then it is what it was.
static void whatever_else_is_there_is_refused(void **state) {
  (void)state;
  uint8_t raw[3000];
  piece_ref ref = 0, other = 0;
  for (size_t i = 0; i < sizeof raw; i++) raw[i] = (uint8_t)(i % 300 * (i % 7));
  assert_int_equal(piece_put(&pieces.store, PIECE_TILE, raw, sizeof raw, &ref), OK);
  raw[0]++;
  assert_int_equal(piece_put(&pieces.store, PIECE_TILE, raw, sizeof raw, &other), OK);
  const uint32_t place = (uint32_t)ref, another = (uint32_t)other;
  assert_false(comes_back((other >> 32) << 32 | place));
  assert_false(comes_back((ref >> 32) << 32 | another));
  assert_false(comes_back(ref + 1));
  assert_false(comes_back(0));
  assert_false(comes_back(UINT64_MAX));
  size_t refused = 0, tried = 0;
  for (size_t at = (size_t)place * PIECE_UNIT; at < (size_t)another * PIECE_UNIT; at++) {
    pieces.bytes[at] ^= 16;
    refused += !comes_back(ref);
    pieces.bytes[at] ^= 16;
    tried++;
  }
  assert_in_range(refused, tried - 8, tried); // up to 7 bytes fill it up
  for (size_t size = pieces.size; size > (size_t)another * PIECE_UNIT; size -= 8) {
    pieces.size = size - 8;
    assert_false(comes_back(other));
  }
  assert_true(comes_back(ref));
}

static tile *painted(const tile *on, uint32_t seed, uint32_t from, uint32_t count) {
  tile *t = tile_copy(on);
  for (uint32_t i = from; i < from + count; i++) {
    const uint16_t alpha = (uint16_t)(1 + (i * seed) % TILE_MOST);
    for (int k = 0; k < 3; k++) t->rgba[4 * i + k] = (uint16_t)(alpha * (k + 1) / 4);
    t->rgba[4 * i + 3] = alpha;
  }
  return t;
}

enum { VERSIONS = 60 };

static void every_version_of_a_tile(void **state) {
  (void)state;
  tile_archive *a = NULL;
  tile *versions[VERSIONS];
  piece_ref refs[VERSIONS], again = 0;
  assert_int_equal(tile_archive_create(&a, &pieces.store), OK);
  for (uint32_t i = 0; i < VERSIONS; i++) {
    versions[i] = painted(i > 0 ? versions[i - 1] : NULL, 31 + i, i * 60, 300);
    assert_int_equal(tile_archive_put(a, 5, versions[i], &refs[i]), OK);
  }
  const size_t size = pieces.size;
  for (uint32_t i = 0; i < VERSIONS; i++) {
    assert_int_equal(tile_archive_put(a, i, versions[i], &again), OK);
    assert_int_equal(again, refs[i]);
  }
  assert_int_equal(pieces.size, size); // none was put away twice
  assert_true(size < sizeof(tile) * VERSIONS / 4);
  for (uint32_t i = 0; i < VERSIONS; i++) {
    tile *got = NULL;
    assert_int_equal(tile_archive_get(a, refs[i], &got), OK);
    assert_memory_equal(got->rgba, versions[i]->rgba, sizeof got->rgba);
    assert_int_equal(tile_archive_put(a, 9, got, &again), OK);
    assert_int_equal(again, refs[i]);
    tile_release(got);
    tile_release(versions[i]);
  }
  assert_int_equal(pieces.size, size);
  tile_archive_release(a);
}

static void a_transparent_one_costs_nothing(void **state) {
  (void)state;
  tile_archive *a = NULL;
  tile *clear = tile_create(), *got = clear;
  piece_ref ref = 1;
  assert_int_equal(tile_archive_create(&a, &pieces.store), OK);
  assert_int_equal(tile_archive_put(a, 0, clear, &ref), OK);
  assert_int_equal(ref, 0);
  assert_int_equal(tile_archive_put(a, 0, NULL, &ref), OK);
  assert_int_equal(ref, 0);
  assert_int_equal(tile_archive_get(a, 0, &got), OK);
  assert_null(got);
  assert_int_equal(pieces.size, 0);
  tile_release(clear);
  tile_archive_release(a);
}

static void a_store_without_room(void **state) {
  (void)state;
  tile_archive *a = NULL;
  piece_ref ref = 1;
  tile *t = painted(NULL, 77, 0, TILE_PIXELS);
  pieces.limit = 64;
  assert_int_equal(tile_archive_create(&a, &pieces.store), OK);
  assert_int_equal(tile_archive_put(a, 0, t, &ref), NO_SPACE);
  assert_int_equal(ref, 0);
  pieces.limit = 0;
  assert_int_equal(tile_archive_put(a, 0, t, &ref), OK);
  assert_true(ref != 0);
  tile_release(t);
  tile_archive_release(a);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    CASE(what_is_put_comes_back),
    CASE(whatever_else_is_there_is_refused),
    CASE(every_version_of_a_tile),
    CASE(a_transparent_one_costs_nothing),
    CASE(a_store_without_room),
  };
#undef CASE
  return cmocka_run_group_tests(tests, NULL, NULL);
}
