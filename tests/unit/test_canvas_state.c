// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// Undo and redo against a canvas that never did what was undone; saving and loading; bytes
// that were damaged.
#include "core/studio/canvas.h"

#include "tests/unit/canvas_hand.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { WIDTH = 200, HEIGHT = 150, DEEDS_MAX = 300 };
static hand_brushes brushes;

static canvas *fresh(void) {
  canvas *c = NULL;
  assert_int_equal(canvas_create(&c, WIDTH, HEIGHT, 1, hand_brush, &brushes), OK);
  assert_int_equal(canvas_set_brush(c, "ink"), OK);
  return c;
}

// One thing that can be undone, told apart by its number.
static bool do_deed(canvas *c, uint32_t deed) {
  uint64_t seed = deed * 977u;
  const char *what[] = {"add", "hide", "show", "raise", "lower", "clear"};
  bool could_before = canvas_can_undo(c);
  uint64_t before = canvas_hash(c);
  (void)could_before;
  if (deed % 5 == 0) {
    uint32_t n = 1 + hand_chance(&seed, 3);
    if (canvas_sheet(c, what[hand_chance(&seed, 6)], n) != OK) return false;
    return canvas_hash(c) != before;
  }
  if (deed % 13 == 0) {
    static uint32_t under[WIDTH * HEIGHT];
    for (int i = 0; i < WIDTH * HEIGHT; i++)
      under[i] = i % (int)(7 + deed % 90) ? 0 : 0xFF000000 | deed;
    assert_int_equal(
      canvas_put_under(c, deed % 3 ? under : NULL, WIDTH * sizeof *under), OK);
    return canvas_hash(c) != before;
  }
  if (deed % 7 == 0) {
    assert_int_equal(canvas_set_colour(c, hand_chance(&seed, 0xFFFFFF)), OK);
    assert_int_equal(canvas_fill(c, (float)hand_chance(&seed, WIDTH), 5), OK);
    return true;
  }
  assert_int_equal(canvas_set_colour(c, hand_chance(&seed, 0xFFFFFF)), OK);
  assert_int_equal(canvas_set_brush(c, hand_brush_names[hand_chance(&seed, 6)]), OK);
  assert_int_equal(canvas_set_mirror(c, deed % 11 == 0 ? 8 : 1), OK);
  assert_int_equal(hand_stroke(c, &seed, WIDTH, HEIGHT), OK);
  return true;
}

typedef struct story {
  uint32_t deeds[DEEDS_MAX];
  uint64_t hash[DEEDS_MAX + 1]; // after so many deeds
  uint32_t done, undone;
} story;

// At every step the canvas equals the one at which only what stands was done, and that one
// is made anew from time to time.
static void walk(canvas *c, story *s, uint64_t *seed) {
  uint32_t way = hand_chance(seed, 10);
  if (way < 3) {
    assert_int_equal(canvas_undo(c), s->done > 0);
    if (s->done > 0) s->done--, s->undone++;
  } else if (way < 5) {
    assert_int_equal(canvas_redo(c), s->undone > 0);
    if (s->undone > 0) s->done++, s->undone--;
  } else if (s->done < DEEDS_MAX) {
    uint32_t deed = 1 + hand_chance(seed, 5000);
    if (do_deed(c, deed)) {
      s->deeds[s->done++] = deed;
      s->undone = 0;
      s->hash[s->done] = canvas_hash(c);
    }
  }
  assert_int_equal(canvas_hash(c), s->hash[s->done]);
  assert_int_equal(canvas_can_undo(c), s->done > 0);
  assert_int_equal(canvas_can_redo(c), s->undone > 0);
}

static void undo_equals_never_done(void **state) {
  (void)state;
  for (uint64_t round = 1; round <= 4; round++) {
    canvas *c = fresh();
    story s = {.done = 0};
    s.hash[0] = canvas_hash(c);
    uint64_t seed = round;
    for (int i = 0; i < 150; i++) walk(c, &s, &seed);
    canvas *again = fresh();
    // Only while the chosen sheet is the one at the time is a fresh replay the same story:
    // adding chooses, so deeds are replayed in order and each hash is compared.
    uint32_t same = 0;
    for (uint32_t i = 0; i < s.done; i++) {
      do_deed(again, s.deeds[i]);
      same += canvas_hash(again) == s.hash[i + 1];
    }
    assert_int_equal(same, s.done);
    canvas_destroy(again);
    while (canvas_undo(c)) s.done--;
    assert_int_equal(s.done, 0);
    assert_int_equal(canvas_hash(c), s.hash[0]);
    canvas_destroy(c);
  }
}

// On several papers, and lastly on the first one.
static void paint_some(canvas *c, uint32_t from, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    do_deed(c, from + i);
    if (i % 3 == 0) assert_int_equal(canvas_sheet(c, "new", 0), OK);
    if (i % 3 == 1) assert_int_equal(canvas_sheet(c, "texture", i % CANVAS_TEXTURES), OK);
    if (i % 3 == 2) assert_int_equal(canvas_sheet(c, "turn", 1), OK);
  }
}

static void save_and_load_with_history(void **state) {
  (void)state;
  canvas *a = fresh(), *b = fresh();
  paint_some(a, 100, 24);
  for (int i = 0; i < 5; i++) assert_true(canvas_undo(a));
  uint8_t *bytes = NULL;
  size_t size = 0;
  assert_int_equal(canvas_save(a, true, &bytes, &size), OK);
  paint_some(b, 500, 3);
  assert_int_equal(canvas_load(b, bytes, size), OK);
  assert_int_equal(canvas_hash(a), canvas_hash(b));
  // From here on both do the same, with the tools that were saved.
  for (int i = 0; i < 60; i++) {
    uint64_t seed = (uint64_t)i, seed_b = (uint64_t)i;
    if (i % 3 == 0)
      assert_int_equal(canvas_undo(a), canvas_undo(b));
    else if (i % 3 == 1 && i < 20)
      assert_int_equal(canvas_redo(a), canvas_redo(b));
    else if (i % 7 == 0) {
      assert_int_equal(hand_stroke(a, &seed, WIDTH, HEIGHT), OK);
      assert_int_equal(hand_stroke(b, &seed_b, WIDTH, HEIGHT), OK);
    }
    assert_int_equal(canvas_hash(a), canvas_hash(b));
  }
  uint8_t *again = NULL;
  size_t again_size = 0;
  assert_int_equal(canvas_load(b, bytes, size), OK);
  assert_int_equal(canvas_save(b, true, &again, &again_size), OK);
  assert_int_equal(size, again_size);
  assert_memory_equal(bytes, again, size);
  free(bytes);
  free(again);
  canvas_destroy(a);
  canvas_destroy(b);
}

// Without history the bytes are those of a canvas on which it never happened.
static void save_without_history_tells_nothing(void **state) {
  (void)state;
  canvas *a = fresh(), *b = fresh();
  uint64_t one = 1, same_one = 1, secret = 2;
  assert_int_equal(hand_stroke(a, &one, WIDTH, HEIGHT), OK);
  assert_int_equal(hand_stroke(a, &secret, WIDTH, HEIGHT), OK);
  assert_true(canvas_undo(a));
  assert_int_equal(hand_stroke(b, &same_one, WIDTH, HEIGHT), OK);
  uint8_t *of_a = NULL, *of_b = NULL;
  size_t size_a = 0, size_b = 0;
  assert_int_equal(canvas_save(a, false, &of_a, &size_a), OK);
  assert_int_equal(canvas_save(b, false, &of_b, &size_b), OK);
  assert_int_equal(size_a, size_b);
  assert_memory_equal(of_a, of_b, size_a);
  assert_int_equal(canvas_load(b, of_a, size_a), OK);
  assert_false(canvas_can_undo(b));
  assert_false(canvas_can_redo(b));
  free(of_a);
  free(of_b);
  canvas_destroy(a);
  canvas_destroy(b);
}

typedef struct saving {
  canvas *of;
  uint8_t *bytes;
  size_t size;
  result done;
} saving;

static void *save_shared(void *data) {
  saving *s = data;
  s->done = canvas_save(s->of, true, &s->bytes, &s->size);
  canvas_destroy(s->of);
  return NULL;
}

// What was shared stays as it was, whatever is painted, undone and let go of meanwhile.
static void shared_and_saved_in_another_thread(void **state) {
  (void)state;
  canvas *c = fresh();
  paint_some(c, 300, 20);
  for (int i = 0; i < 4; i++) assert_true(canvas_undo(c));
  uint8_t *before = NULL;
  size_t size = 0;
  assert_int_equal(canvas_save(c, true, &before, &size), OK);
  saving s = {0};
  assert_int_equal(canvas_share(c, true, &s.of), OK);
  pthread_t thread;
  assert_int_equal(pthread_create(&thread, NULL, save_shared, &s), 0);
  paint_some(c, 700, 12);
  while (canvas_undo(c)) continue;
  canvas_destroy(c);
  pthread_join(thread, NULL);
  assert_int_equal(s.done, OK);
  assert_int_equal(s.size, size);
  assert_memory_equal(s.bytes, before, size);
  free(before);
  free(s.bytes);
}

// A state has a size that does not grow with the hours: the newest marks can be taken back.
static void a_long_history_is_saved_in_part(void **state) {
  (void)state;
  enum { FILLS = 120, TILES = 4 * 3, TILE_BYTES = 64 * 64 * 8 };
  canvas *c = fresh(), *loaded = fresh();
  uint64_t hash[FILLS + 1];
  hash[0] = canvas_hash(c);
  for (uint32_t i = 0; i < FILLS; i++) {
    assert_int_equal(canvas_set_colour(c, 1 + i * 997), OK);
    assert_int_equal(canvas_fill(c, 5, 5), OK);
    hash[i + 1] = canvas_hash(c);
  }
  uint8_t *bytes = NULL;
  size_t size = 0;
  assert_int_equal(canvas_save(c, true, &bytes, &size), OK);
  assert_int_equal(canvas_load(loaded, bytes, size), OK);
  free(bytes);
  uint32_t at = FILLS;
  while (canvas_undo(loaded)) assert_int_equal(canvas_hash(loaded), hash[--at]);
  const uint32_t held = FILLS - at;
  assert_in_range(
    held, (15 << 20) / (TILES * TILE_BYTES), (16 << 20) / (TILES * TILE_BYTES));
  for (uint32_t i = 0; i < FILLS; i++)
    assert_true(canvas_undo(c)); // nobody lost any here
  canvas_destroy(c);
  canvas_destroy(loaded);
}

// One mark that is larger than all that is kept of others can still be taken back.
static void the_newest_mark_is_always_saved(void **state) {
  (void)state;
  canvas *c = NULL, *loaded = NULL;
  assert_int_equal(canvas_create(&c, 2048, 1600, 1, hand_brush, &brushes), OK);
  assert_int_equal(canvas_create(&loaded, 2048, 1600, 1, hand_brush, &brushes), OK);
  for (uint32_t i = 1; i <= 3; i++) {
    assert_int_equal(canvas_set_colour(c, i * 77), OK);
    assert_int_equal(canvas_fill(c, 5, 5), OK);
  }
  uint8_t *bytes = NULL;
  size_t size = 0;
  assert_int_equal(canvas_save(c, true, &bytes, &size), OK);
  assert_int_equal(canvas_load(loaded, bytes, size), OK);
  assert_true(canvas_undo(loaded));
  assert_false(canvas_undo(loaded));
  assert_true(canvas_undo(c));
  assert_int_equal(canvas_hash(c), canvas_hash(loaded));
  free(bytes);
  canvas_destroy(c);
  canvas_destroy(loaded);
}

static void not_in_a_stroke(void **state) {
  (void)state;
  canvas *c = fresh();
  uint8_t *bytes = NULL;
  size_t size = 0;
  gesto_event e = hand_event(GESTO_POINTER_DOWN, 0, 10, 10, 0.5);
  assert_int_equal(canvas_stroke(c, &e), OK);
  assert_int_equal(canvas_save(c, true, &bytes, &size), NOT_NOW);
  assert_null(bytes);
  canvas *shared = NULL;
  assert_int_equal(canvas_share(c, true, &shared), NOT_NOW);
  assert_null(shared);
  assert_int_equal(canvas_load(c, NULL, 0), NOT_NOW);
  canvas_destroy(c);
}

static void other_paper_is_refused(void **state) {
  (void)state;
  canvas *c = fresh(), *other = NULL, *scaled = NULL;
  assert_int_equal(canvas_create(&other, WIDTH + 1, HEIGHT, 1, hand_brush, &brushes), OK);
  assert_int_equal(canvas_create(&scaled, WIDTH, HEIGHT, 2, hand_brush, &brushes), OK);
  uint8_t *bytes = NULL;
  size_t size = 0;
  assert_int_equal(canvas_save(c, true, &bytes, &size), OK);
  assert_int_equal(canvas_load(other, bytes, size), BAD_DATA);
  assert_int_equal(canvas_load(scaled, bytes, size), BAD_DATA);
  bytes[8] = 200; // a version to come
  assert_int_equal(canvas_load(c, bytes, size), TOO_NEW);
  free(bytes);
  canvas_destroy(c);
  canvas_destroy(other);
  canvas_destroy(scaled);
}

static void cut_out(uint8_t *bytes, size_t *size, size_t at, size_t count) {
  memmove(bytes + at, bytes + at + count, *size - at - count);
  *size -= count;
}

// A state of one paper without history, as an earlier version wrote it: no step
// was put away (6), lines were neither smoothed nor ruled (5), paper had no texture and there was one (4), nothing lay underneath (3), sheets could not fade (2).
static void states_of_earlier_versions(void **state) {
  (void)state;
  // Head, the brush "ink", tools; paper, count, chosen, order and hidden.
  const size_t lines = 8 + 4 * 4 + 1 + 3 + 3 * 4, steps = 8, away = 8;
  const size_t opacity = lines + 8 + 4 + 2 + 3 + 3;
  canvas *c = fresh();
  uint64_t seed = 9;
  assert_int_equal(hand_stroke(c, &seed, WIDTH, HEIGHT), OK);
  for (uint8_t version = 1; version < 6; version++) {
    canvas *loaded = fresh();
    uint8_t *bytes = NULL;
    size_t size = 0;
    assert_int_equal(canvas_save(c, false, &bytes, &size), OK);
    assert_int_equal(bytes[opacity] + bytes[opacity + 1] + bytes[opacity + 2], 300);
    cut_out(bytes, &size, size - 2 * (away + 4), away);
    cut_out(bytes, &size, size - 4 - away, away);
    if (version < 4) cut_out(bytes, &size, opacity + 3, 1);
    if (version < 4) cut_out(bytes, &size, size - steps - 2, 2);
    if (version < 3) cut_out(bytes, &size, size - steps - 4, 4);
    if (version < 2) cut_out(bytes, &size, opacity, 3);
    if (version < 5) cut_out(bytes, &size, lines, 8);
    bytes[8] = version;
    assert_int_equal(canvas_load(loaded, bytes, size), OK);
    assert_int_equal(canvas_hash(c), canvas_hash(loaded));
    free(bytes);
    canvas_destroy(loaded);
  }
  canvas_destroy(c);
}

static void cut_and_flipped_bytes(void **state) {
  (void)state;
  canvas *c = fresh(), *target = fresh();
  paint_some(c, 41, 3);
  assert_true(canvas_undo(c));
  uint64_t seed = 77;
  assert_int_equal(hand_stroke(target, &seed, WIDTH, HEIGHT), OK);
  uint64_t before = canvas_hash(target);
  uint8_t *bytes = NULL;
  size_t size = 0;
  assert_int_equal(canvas_save(c, true, &bytes, &size), OK);
  for (size_t n = 0; n < size; n += n < 300 ? 1 : 97) {
    uint8_t *exact = malloc(n + 1); // so that a sanitizer sees the end
    assert_non_null(exact);
    memcpy(exact, bytes, n);
    assert_int_equal(canvas_load(target, exact, n), BAD_DATA);
    assert_int_equal(canvas_hash(target), before);
    free(exact);
  }
  for (int i = 0; i < 500; i++) {
    size_t at = hand_chance(&seed, (uint32_t)size);
    uint8_t was = bytes[at];
    bytes[at] ^= (uint8_t)(1u << hand_chance(&seed, 8));
    if (canvas_load(target, bytes, size) == OK) { // another picture, but a sound one
      uint64_t again = canvas_hash(target);
      while (canvas_undo(target)) continue;
      while (canvas_redo(target)) continue;
      (void)again;
      assert_int_equal(hand_stroke(target, &seed, WIDTH, HEIGHT), OK);
    }
    bytes[at] = was;
  }
  free(bytes);
  canvas_destroy(c);
  canvas_destroy(target);
}

static int finish(void **state) {
  (void)state;
  hand_brushes_finish(&brushes);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(undo_equals_never_done),
    cmocka_unit_test(save_and_load_with_history),
    cmocka_unit_test(save_without_history_tells_nothing),
    cmocka_unit_test(shared_and_saved_in_another_thread),
    cmocka_unit_test(a_long_history_is_saved_in_part),
    cmocka_unit_test(the_newest_mark_is_always_saved),
    cmocka_unit_test(not_in_a_stroke),
    cmocka_unit_test(other_paper_is_refused),
    cmocka_unit_test(states_of_earlier_versions),
    cmocka_unit_test(cut_and_flipped_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, finish);
}
