// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// Ten thousand deeds of chance on one canvas: lines with every brush, smoothed and ruled,
// fills, sheets, undo and redo, papers and their grain, states saved and loaded. At every one
// the paper in front, and at every sixteenth all that there is, is that of the deeds that are
// done; now and then those are done afresh on new paper; what undo keeps in memory and what
// papers hold stays within its bound, and all can be undone, to the first.
#include "core/studio/canvas_parts.h"
#include "tests/unit/canvas_hand.h"
#include "tests/unit/piece_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum {
  WIDTH = 120,
  HEIGHT = 90,
  TILES = 4,
  DEEDS = 10000,
  AFRESH_EVERY = 5000,
  WHOLE_EVERY = 16
};
static const size_t bound = (size_t)1 << 20;
static hand_brushes brushes;
static hand_pieces pieces;

static canvas *fresh(void) {
  canvas *c = NULL;
  assert_int_equal(canvas_create(&c, WIDTH, HEIGHT, 1, hand_brush, &brushes), OK);
  assert_int_equal(canvas_keep_in(c, &pieces.store), OK);
  c->easel.past.limit = bound;
  return c;
}

static void take_tools(canvas *c, uint64_t *seed) {
  const char *brush = hand_brush_names[hand_chance(seed, HAND_BRUSHES)];
  assert_int_equal(canvas_set_brush(c, brush), OK);
  assert_int_equal(canvas_set_size(c, 0.3f + (float)hand_chance(seed, 8) * 0.1f), OK);
  assert_int_equal(canvas_set_colour(c, hand_chance(seed, 1 << 24)), OK);
  assert_int_equal(canvas_set_mirror(c, hand_chance(seed, 4) == 0 ? 4 : 1), OK);
  assert_int_equal(canvas_set_smoothing(c, hand_chance(seed, SMOOTHING_STEADY + 1)), OK);
  assert_int_equal(canvas_set_ruler(c, hand_chance(seed, RULER_SOFT + 1)), OK);
}

static result change_sheets(canvas *c, uint64_t *seed) {
  static const struct {
    const char *what;
    uint32_t first, count; // of the numbers that go with it
  } deeds[] = {{"paper", 0, 1 << 24}, {"add", 0, 1}, {"show", 1, SHEETS_MAX},
    {"hide", 1, SHEETS_MAX}, {"raise", 1, SHEETS_MAX}, {"lower", 1, SHEETS_MAX},
    {"clear", 1, SHEETS_MAX}, {"opacity 100", 1, SHEETS_MAX},
    {"opacity 35", 1, SHEETS_MAX}, {"texture", 0, CANVAS_TEXTURES}, {"new", 0, 1},
    {"turn", 1, 6}, {"turn", 1, PAPERS_MAX}};
  const uint32_t i = hand_chance(seed, sizeof deeds / sizeof *deeds);
  return canvas_sheet(
    c, deeds[i].what, deeds[i].first + hand_chance(seed, deeds[i].count));
}

// All that a deed is follows from its number. Which sheet is painted on outlives undo: so each
// one chooses first.
static result do_deed(canvas *c, uint32_t number) {
  uint64_t seed = number;
  for (int i = 0; i < 4; i++) hand_chance(&seed, 2);
  if (canvas_sheet(c, "choose", 1 + hand_chance(&seed, SHEETS_MAX)) != OK)
    assert_int_equal(canvas_sheet(c, "choose", 1), OK);
  take_tools(c, &seed);
  const uint32_t kind = hand_chance(&seed, 10);
  if (kind < 7) return hand_stroke(c, &seed, WIDTH, HEIGHT);
  if (kind == 7)
    return canvas_fill(
      c, (float)hand_chance(&seed, WIDTH), (float)hand_chance(&seed, HEIGHT));
  return change_sheets(c, &seed);
}

// What stands on the paper in front.
static uint64_t front(const canvas *c) {
  const uint32_t lies = c->easel.album.lies;
  const album_paper p = easel_paper(&c->easel, lies);
  uint64_t hash = lies;
  for (uint32_t i = 0; i < SHEETS_ALL * TILES; i++) {
    tile *const *sheet = p.tiles[i / TILES];
    if (sheet == NULL || tile_is_clear(sheet[i % TILES])) continue;
    const uint16_t *rgba = sheet[i % TILES]->rgba;
    hash = (hash ^ i) * 0x9E3779B97F4A7C15u;
    for (size_t at = 0; at < (size_t)TILE_PIXELS * 4; at += 4) {
      uint64_t pixel;
      memcpy(&pixel, rgba + at, sizeof pixel);
      hash = (hash ^ pixel) * 0x9E3779B97F4A7C15u;
      hash ^= hash >> 29;
    }
  }
  return hash;
}

// All papers are many tiles: how many deeds are done says when they are looked at.
static uint64_t look(const canvas *c, uint32_t done) {
  return done % WHOLE_EVERY == 0 ? canvas_hash(c) : front(c);
}

typedef struct story {
  uint32_t deeds[DEEDS];
  uint64_t hash[DEEDS + 1]; // what a look says after so many deeds
  uint32_t done, undone;
} story;

static void undo(canvas *c, story *s) {
  assert_int_equal(canvas_can_undo(c), s->done > 0);
  assert_int_equal(canvas_undo(c), s->done > 0);
  assert_int_equal(canvas_trouble(c), OK);
  if (s->done == 0) return;
  s->done--;
  s->undone++;
}

static void redo(canvas *c, story *s) {
  assert_int_equal(canvas_redo(c), s->undone > 0);
  if (s->undone == 0) return;
  s->done++;
  s->undone--;
}

// What changes nothing leaves no step.
static void act(canvas *c, story *s, uint32_t number) {
  const uint64_t before = canvas_steps(c);
  const result r = do_deed(c, number);
  assert_true(r == OK || r == NOT_FOUND || r == NO_SPACE);
  if (!canvas_can_redo(c)) s->undone = 0;
  if (canvas_steps(c) == before) {
    assert_int_equal(look(c, s->done), s->hash[s->done]);
    return;
  }
  s->deeds[s->done++] = number;
  s->undone = 0;
  s->hash[s->done] = look(c, s->done);
}

static void save_and_load(canvas **c) {
  uint8_t *bytes = NULL;
  size_t size = 0;
  assert_int_equal(canvas_save(*c, true, &bytes, &size), OK);
  canvas *other = fresh();
  assert_int_equal(canvas_load(other, bytes, size), OK);
  other->easel.past.limit = bound;
  free(bytes);
  canvas_destroy(*c);
  *c = other;
}

static void afresh(const story *s) {
  canvas *c = fresh();
  for (uint32_t i = 0; i < s->done; i++) {
    const result r = do_deed(c, s->deeds[i]);
    assert_true(r == OK || r == NOT_FOUND || r == NO_SPACE);
    if (look(c, i + 1) != s->hash[i + 1]) fail_msg("deed %u of %u differs", i, s->done);
  }
  canvas_destroy(c);
}

// To the first one and back again, one by one.
static void all_the_way(canvas *c, story *s) {
  const uint32_t done = s->done;
  while (s->done > 0) {
    undo(c, s);
    if (look(c, s->done) != s->hash[s->done]) fail_msg("undone to %u", s->done);
  }
  undo(c, s);
  while (s->done < done) {
    redo(c, s);
    if (look(c, s->done) != s->hash[s->done]) fail_msg("done again to %u", s->done);
  }
}

static void ten_thousand_deeds(void **state) {
  (void)state;
  static story s;
  hand_pieces_init(&pieces);
  canvas *c = fresh();
  uint64_t seed = 12;
  size_t most = 0, most_papers = 0;
  s.hash[0] = look(c, 0);
  for (int i = 1; i <= DEEDS; i++) {
    const uint32_t way = hand_chance(&seed, 100);
    if (way < 28)
      undo(c, &s);
    else if (way < 45)
      redo(c, &s);
    else if (way == 45)
      save_and_load(&c);
    else
      act(c, &s, 1 + hand_chance(&seed, 1u << 30));
    if (way <= 45) assert_int_equal(look(c, s.done), s.hash[s.done]);
    assert_int_equal(canvas_can_redo(c), s.undone > 0);
    if (c->easel.past.bytes > most) most = c->easel.past.bytes;
    const size_t papers = album_bytes(&c->easel.album, TILES);
    if (papers > most_papers) most_papers = papers;
    if (i % AFRESH_EVERY == 0) afresh(&s);
  }
  save_and_load(&c);
  all_the_way(c, &s);
  print_message("# %u deeds stand, undo kept %zu bytes at most, and %zu in pieces\n",
    s.done, most, pieces.size);
  print_message(
    "# %u papers, which held %zu bytes at most\n", canvas_papers(c), most_papers);
  assert_true(s.done > DEEDS / 10);
  assert_true(most_papers > 0 && canvas_papers(c) > 1);
  assert_true(most_papers <= (size_t)PAPERS_MAX * SHEETS_MAX * TILES * sizeof(tile));
  assert_true(most <= bound + (bound >> 1));
  canvas_destroy(c);
  hand_pieces_finish(&pieces);
  hand_brushes_finish(&brushes);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(ten_thousand_deeds)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
