// SPDX-License-Identifier: GPL-3.0-or-later
// needs: player
// Tapes and the room they lie in: limits, what they cost, and the way back to a state.
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/player/tapes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

typedef struct deck {
  int fd;
  tape_room *room;
  tapes *tapes;
  uint64_t block; // number of the next sound block
} deck;

static void take_room(deck *d) {
  assert_int_equal(tape_room_open(&d->room, d->fd), OK);
  d->tapes = calloc(1, sizeof *d->tapes);
  assert_non_null(d->tapes);
  d->tapes->room = d->room;
}

static deck new_deck(void) {
  const uint32_t id = 9;
  deck d = {.fd = -1};
  assert_int_equal(memory_create("tapes", sizeof(tape_room_page), &d.fd), OK);
  assert_int_equal(io_write_all_at(d.fd, &id, sizeof id, 0), OK);
  take_room(&d);
  assert_int_equal(tape_room_go_back(d.room, 0, 0), OK);
  return d;
}

// As when the process that had it ends: the memory stays.
static void leave(deck *d) {
  tapes_finish(d->tapes);
  free(d->tapes);
  tape_room_destroy(d->room);
}

static void drop_deck(deck *d) {
  leave(d);
  io_close(d->fd);
}

static uint64_t cost_of(const deck *d) {
  struct stat info;
  assert_int_equal(fstat(d->fd, &info), 0);
  return (uint64_t)info.st_blocks * 512;
}

static bool put(deck *d, uint32_t number, uint64_t frame, float value) {
  float left[TAPE_BLOCK], right[TAPE_BLOCK];
  for (int i = 0; i < TAPE_BLOCK; i++) left[i] = -(right[i] = value + (float)i / 128);
  const float *const in[2] = {left, right};
  return tapes_write_rt(d->tapes, number, frame, d->block++, in);
}

// The right side of the first frame of a block; 1000: it cannot be read.
static float at(deck *d, uint32_t number, uint64_t frame) {
  float left[TAPE_BLOCK], right[TAPE_BLOCK];
  float *const out[2] = {left, right};
  if (!tapes_read_rt(d->tapes, number, frame, out)) return 1000;
  for (int i = 0; i < TAPE_BLOCK; i++) assert_true(left[i] == -right[i]);
  return right[0];
}

static blob saved(deck *d) {
  blob state = {0};
  tapes_settle(d->tapes);
  tapes_save(d->tapes, true, &state);
  return state;
}

static result come_back(deck *d, const blob *state, uint64_t block) {
  leave(d);
  take_room(d);
  d->block = block;
  cursor from = {.at = state->at, .left = state->size};
  return tapes_load(d->tapes, block, &from);
}

static void tapes_hold_what_was_written_and_know_their_limits(void **state) {
  (void)state;
  deck d = new_deck();
  tapes *none = calloc(1, sizeof *none);
  assert_int_equal(tapes_open(none, 64), 0); // without a room
  free(none);
  assert_int_equal(tapes_open(d.tapes, 0), 0);
  assert_int_equal(tapes_open(d.tapes, TAPE_FRAMES_MAX + 1), 0);
  uint32_t one = tapes_open(d.tapes, 100); // rounded up to two blocks
  assert_int_equal(one, 1);
  assert_true(put(&d, one, 64, 5));
  assert_false(put(&d, one, 65, 6));
  assert_false(put(&d, one, UINT64_MAX, 6));
  assert_false(put(&d, 2, 0, 6));
  assert_true(at(&d, one, 64) == 5);
  assert_true(at(&d, one, 0) == 0);
  assert_true(at(&d, one, 65) == 1000);
  tapes_close(d.tapes, one);
  assert_false(put(&d, one, 0, 6));
  uint64_t frames = 0;
  tapes_settle(d.tapes);
  tape_sound *held = tapes_hold(d.tapes, one, &frames);
  assert_int_equal(frames, 128);
  tapes_drop(d.tapes, one, 1);
  tapes_forget_dropped(d.tapes, UINT64_MAX);
  float samples[128 * 2] = {0};
  tape_sound_add(held, 0, 128, samples);
  assert_true(samples[2 * 64 + 1] == 5); // the holder still has it
  tape_sound_let_go(held);
  assert_int_equal(tapes_open(d.tapes, 64), 2); // no number comes twice
  drop_deck(&d);
}

static void a_block_may_lie_across_chunks(void **state) {
  (void)state;
  deck d = new_deck();
  uint32_t one = tapes_open(d.tapes, TAPE_CHUNK_FRAMES * 2);
  const uint64_t across = TAPE_CHUNK_FRAMES - 20;
  assert_true(put(&d, one, across, 3));
  blob then = saved(&d);
  const uint64_t block = d.block;
  assert_true(put(&d, one, across, 4));
  assert_true(at(&d, one, across) == 4);
  assert_int_equal(come_back(&d, &then, block), OK);
  assert_true(at(&d, one, across) == 3);
  float sum[TAPE_BLOCK * 2] = {0};
  uint64_t frames = 0;
  tape_sound *held = tapes_hold(d.tapes, one, &frames);
  tape_sound_add(held, across, TAPE_BLOCK, sum);
  for (int i = 0; i < TAPE_BLOCK; i++) assert_true(sum[2 * i + 1] == 3 + (float)i / 128);
  tape_sound_let_go(held);
  blob_finish(&then);
  drop_deck(&d);
}

static void only_what_is_written_costs(void **state) {
  (void)state;
  deck d = new_deck();
  uint32_t one = 0;
  for (int i = 0; i < 100; i++) one = tapes_open(d.tapes, TAPE_FRAMES_MAX);
  assert_true(one > 0);
  assert_true(cost_of(&d) < 1 << 20);
  for (uint64_t i = 0; i < 48000 * 10; i += TAPE_BLOCK) assert_true(put(&d, one, i, 1));
  const uint64_t written = 48000 * 10 * 8;
  assert_true(cost_of(&d) >= written && cost_of(&d) < written + (1 << 20));
  tapes_drop(d.tapes, one, 50);
  tapes_forget_dropped(d.tapes, 49); // a state of slot 49 names it
  assert_true(cost_of(&d) >= written);
  tapes_forget_dropped(d.tapes, 50);
  assert_true(cost_of(&d) < 1 << 20);
  drop_deck(&d);
}

static void the_room_ends_somewhere(void **state) {
  (void)state;
  deck d = new_deck();
  uint32_t chunks = 0;
  for (bool room = true; room;) {
    uint32_t number = tapes_open(d.tapes, TAPE_FRAMES_MAX);
    assert_true(number > 0);
    for (uint64_t i = 0; room && i < TAPE_FRAMES_MAX; i += TAPE_CHUNK_FRAMES) {
      room = put(&d, number, i, 1);
      chunks += room;
    }
  }
  assert_int_equal(chunks, TAPE_CHUNKS);
  assert_true(put(&d, 1, 64, 2)); // where there is room already
  drop_deck(&d);
}

// Written over, written on and newly begun after the state: none of it is left.
static void a_way_back_undoes_what_came_after(void **state) {
  (void)state;
  deck d = new_deck();
  uint32_t one = tapes_open(d.tapes, 640), other = tapes_open(d.tapes, 640);
  for (int i = 0; i < 5; i++) put(&d, one, (uint64_t)i * 64, (float)i);
  put(&d, one, 64, 20);
  put(&d, other, 0, 30);
  tapes_close(d.tapes, other);
  blob then = saved(&d);
  const uint64_t block = d.block;
  const uint32_t given = tape_room_given(d.room);
  put(&d, one, 64, 40);
  put(&d, one, 64, 41);
  put(&d, one, 0, 42);
  put(&d, one, 320, 43);
  uint32_t later = tapes_open(d.tapes, 64);
  put(&d, later, 0, 44);
  tapes_drop(d.tapes, other, 100);
  tapes_forget_dropped(d.tapes, 99);
  assert_int_equal(come_back(&d, &then, block), OK);
  assert_int_equal(tape_room_given(d.room), given);
  assert_true(at(&d, one, 0) == 0 && at(&d, one, 64) == 20 && at(&d, one, 256) == 4);
  assert_true(at(&d, one, 320) == 0);
  assert_true(at(&d, other, 0) == 30);
  assert_false(put(&d, other, 64, 1)); // closed
  assert_true(at(&d, later, 0) == 1000);
  assert_int_equal(tapes_open(d.tapes, 64), later);
  assert_true(put(&d, later, 0, 1));
  assert_true(at(&d, later, 0) == 1);
  uint64_t frames = 0;
  tape_sound_let_go(tapes_hold(d.tapes, one, &frames));
  assert_int_equal(frames, 320);
  blob_finish(&then);
  drop_deck(&d);
}

static void one_can_go_back_twice_and_further(void **state) {
  (void)state;
  deck d = new_deck();
  uint32_t one = tapes_open(d.tapes, 6400);
  put(&d, one, 0, 1);
  blob first = saved(&d);
  const uint64_t first_block = d.block;
  for (int i = 0; i < 10; i++) put(&d, one, 0, 2);
  blob second = saved(&d);
  const uint64_t second_block = d.block;
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < 7; i++) put(&d, one, 0, 3);
    assert_int_equal(come_back(&d, &second, second_block), OK);
    assert_true(at(&d, one, 0) == 2);
  }
  assert_int_equal(come_back(&d, &first, first_block), OK);
  assert_true(at(&d, one, 0) == 1);
  blob_finish(&first);
  blob_finish(&second);
  drop_deck(&d);
}

static void too_far_back_is_refused(void **state) {
  (void)state;
  deck d = new_deck();
  uint32_t one = tapes_open(d.tapes, 6400);
  put(&d, one, 0, 1);
  blob first = saved(&d);
  const uint64_t first_block = d.block;
  for (int i = 0; i < TAPE_UNDOS; i++) put(&d, one, 0, 2);
  blob second = saved(&d);
  const uint64_t second_block = d.block;
  for (int i = 0; i < 1000; i++) put(&d, one, 0, 3);
  assert_int_equal(come_back(&d, &second, second_block), OK);
  assert_true(at(&d, one, 0) == 2);
  put(&d, one, 0, 4);
  assert_int_equal(come_back(&d, &first, first_block), BAD_DATA);
  blob_finish(&first);
  blob_finish(&second);
  drop_deck(&d);
}

static void a_state_of_another_room_or_a_torn_one_is_refused(void **state) {
  (void)state;
  deck d = new_deck();
  uint32_t one = tapes_open(d.tapes, 640);
  put(&d, one, 0, 1);
  blob then = saved(&d);
  for (size_t cut = 0; cut < then.size; cut += 3) {
    blob torn = {.at = then.at, .size = cut};
    assert_int_equal(come_back(&d, &torn, 1), BAD_DATA);
  }
  assert_int_equal(come_back(&d, &then, 1), OK);
  const uint32_t id = 10;
  assert_int_equal(io_write_all_at(d.fd, &id, sizeof id, 0), OK);
  assert_int_equal(come_back(&d, &then, 1), BAD_DATA);
  blob_finish(&then);
  drop_deck(&d);
}

static void what_the_room_says_of_itself_is_not_believed(void **state) {
  (void)state;
  deck d = new_deck();
  uint32_t one = tapes_open(d.tapes, 640);
  put(&d, one, 0, 1);
  put(&d, one, 0, 2);
  blob then = saved(&d);
  memory_map map;
  assert_int_equal(memory_map_open(&map, d.fd, true, sizeof(tape_room_page)), OK);
  tape_room_page *page = map.bytes;
  for (uint32_t i = 0; i < TAPE_UNDOS; i++) {
    page->undo[i] = (tape_undo){.block = UINT64_MAX,
      .chunk = UINT32_MAX >> i % 32,
      .at = UINT32_MAX >> i % 31,
      .frames = UINT32_MAX >> i % 30};
  }
  const uint64_t lies[] = {UINT64_MAX, TAPE_UNDOS, 5};
  for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
    atomic_store(&page->undos, lies[i]);
    atomic_store(&page->undos_lost, lies[i] / 2);
    atomic_store(&page->chunks, UINT32_MAX);
    result r = come_back(&d, &then, 2);
    assert_true(r == OK || r == BAD_DATA);
    assert_true(tape_room_given(d.room) <= TAPE_CHUNKS);
  }
  memory_map_close(&map);
  blob_finish(&then);
  drop_deck(&d);
}

static void without_history_no_tape_is_named(void **state) {
  (void)state;
  deck d = new_deck();
  blob plain = {0};
  uint32_t one = tapes_open(d.tapes, 640);
  put(&d, one, 0, 1);
  tapes_settle(d.tapes);
  tapes_save(d.tapes, false, &plain);
  assert_int_equal(plain.size, 16);
  tapes *nothing = calloc(1, sizeof *nothing);
  cursor from = {.at = plain.at, .left = plain.size};
  assert_int_equal(tapes_load(nothing, 1, &from), OK);
  assert_int_equal(nothing->newest, one);
  free(nothing);
  blob_finish(&plain);
  drop_deck(&d);
}

static void a_room_of_its_own_does_the_same(void **state) {
  (void)state;
  tape_room *room = NULL;
  assert_int_equal(tape_room_create(&room), OK);
  deck d = {.fd = -1, .room = room, .tapes = calloc(1, sizeof *d.tapes)};
  d.tapes->room = room;
  uint32_t one = tapes_open(d.tapes, 640);
  put(&d, one, 0, 1);
  blob then = saved(&d);
  put(&d, one, 0, 2);
  put(&d, one, 64, 3);
  tapes_finish(d.tapes);
  cursor from = {.at = then.at, .left = then.size};
  assert_int_equal(tapes_load(d.tapes, 1, &from), OK);
  assert_true(at(&d, one, 0) == 1 && at(&d, one, 64) == 0);
  assert_int_equal(tape_room_go_back(room, 0, 0), OK);
  assert_int_equal(tape_room_given(room), 0);
  blob_finish(&then);
  leave(&d);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(tapes_hold_what_was_written_and_know_their_limits),
    cmocka_unit_test(a_block_may_lie_across_chunks),
    cmocka_unit_test(only_what_is_written_costs),
    cmocka_unit_test(the_room_ends_somewhere),
    cmocka_unit_test(a_way_back_undoes_what_came_after),
    cmocka_unit_test(one_can_go_back_twice_and_further),
    cmocka_unit_test(too_far_back_is_refused),
    cmocka_unit_test(a_state_of_another_room_or_a_torn_one_is_refused),
    cmocka_unit_test(what_the_room_says_of_itself_is_not_believed),
    cmocka_unit_test(without_history_no_tape_is_named),
    cmocka_unit_test(a_room_of_its_own_does_the_same),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
