// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/check_life.h"

#include "core/player/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 20, EVENTS = 300, RANDOM_EVENTS = 1000, DRAWS = 600, BLOCKS = 1000 };
enum { BLOCKS_US = BLOCKS * 4000 / 3, SAYING_US = 60 * 1000 * 1000 };

typedef struct outcome {
  bool begun;
  uint64_t state, picture, works;
} outcome;

// ---- What works() hands over, as a hash ----------------------------------------------

static void add(uint64_t *sum, const void *from, size_t size) {
  *sum = *sum * 31 + rehearsal_hash(from, size);
}

static gesto_result hash_picture(void *data, const char *title, const char *about,
  uint8_t *rgba, uint32_t width, uint32_t height) {
  add(data, title, strlen(title));
  add(data, about, strlen(about));
  add(data, rgba, (size_t)width * height * 4);
  free(rgba);
  return GESTO_OK;
}

static gesto_result hash_sound(void *data, const char *title, tape_sound **held,
  const uint64_t *frames, uint32_t count) {
  add(data, title, strlen(title));
  for (uint32_t i = 0; i < count; i++) {
    for (uint64_t at = 0; at < frames[i]; at += TAPE_BLOCK) {
      float piece[TAPE_BLOCK * 2] = {0};
      tape_sound_add(held[i], at, TAPE_BLOCK, piece);
      add(data, piece, sizeof piece);
    }
    tape_sound_let_go(held[i]);
  }
  return GESTO_OK;
}

static gesto_result hash_paper(
  void *data, uint32_t n, const char *title, const char *about, canvas *shared) {
  (void)n; // what lies on it tells papers apart
  const uint64_t painted = canvas_hash(shared);
  add(data, title, strlen(title));
  add(data, about, strlen(about));
  add(data, &painted, sizeof painted);
  canvas_destroy(shared);
  return GESTO_OK;
}

static gesto_result hash_sheets(
  void *data, uint32_t n, const char *title, canvas *shared) {
  return hash_paper(data, n, title, "", shared);
}

static gesto_result hash_facts(void *data, const char *name, const char *json) {
  add(data, name, strlen(name));
  add(data, json, strlen(json));
  return GESTO_OK;
}

static void hash_ended(void *data, uint32_t how) { add(data, &how, sizeof how); }

static uint64_t works_hash(rehearsal *r, gesto_result *answer) {
  uint64_t sum = 7;
  const works_taker taker = {.data = &sum,
    .picture = hash_picture,
    .paper = hash_paper,
    .sheets = hash_sheets,
    .sound = hash_sound,
    .facts = hash_facts,
    .ended = hash_ended};
  *answer = machine_works(r->machine, &taker);
  return sum;
}

static outcome look(rehearsal *r) {
  gesto_result answer = GESTO_OK;
  outcome o = {
    .begun = true, .state = rehearsal_state_hash(r), .picture = rehearsal_picture(r)};
  o.works = works_hash(r, &answer);
  return o;
}

static outcome play(rehearsal *r, uint64_t seed, uint32_t events) {
  char why[512];
  if (!rehearsal_begin(r, why, sizeof why)) return (outcome){.begun = false};
  rehearsal_play(r, seed, events);
  outcome o = look(r);
  rehearsal_end(r);
  return o;
}

static bool same(const outcome *a, const outcome *b) {
  return a->begun && b->begun && a->state == b->state && a->picture == b->picture &&
    a->works == b->works;
}

static const char *difference(const outcome *a, const outcome *b) {
  if (!a->begun || !b->begun) return "beginning";
  if (a->state != b->state) return "state";
  return a->picture != b->picture ? "picture" : "works";
}

// ---- The checks ----------------------------------------------------------------------

static bool check_beginning(tap *t, rehearsal *r) {
  char why[512] = "";
  bool begun = true;
  tap_next("create and destroy, again and again");
  for (int i = 0; i < ROUNDS && begun; i++) {
    begun = rehearsal_begin(r, why, sizeof why);
    rehearsal_end(r);
  }
  tap_line(t, begun, "it begins and ends, twenty times", "%s", why);
  return begun;
}

static void check_twice(tap *t, rehearsal *r, uint64_t seed) {
  tap_next("the same events twice");
  outcome first = play(r, seed, EVENTS), second = play(r, seed, EVENTS);
  tap_line(t, same(&first, &second),
    "the same events give the same state, picture and works",
    "The second time the %s was another. Take time and chance from the host alone, and "
    "keep nothing in global variables.",
    difference(&first, &second));
}

static void check_random(tap *t, rehearsal *r, uint64_t seed) {
  char what[96];
  snprintf(what, sizeof what, "1000 random events (seed %" PRIu64 ")", seed);
  tap_next(what);
  outcome first = play(r, seed, RANDOM_EVENTS), second = play(r, seed, RANDOM_EVENTS);
  tap_line(t, same(&first, &second), what, "The second time the %s was another.",
    difference(&first, &second));
}

static void check_words(tap *t, rehearsal *r, uint64_t seed) {
  static const char what[] = "what it says can be spoken";
  char why[512];
  uint32_t well = 0, badly = 0;
  tap_next("say");
  if (rehearsal_begin(r, why, sizeof why)) {
    rehearsal_play(r, seed, RANDOM_EVENTS);
    rehearsal_wait(r, SAYING_US);
    well = r->machine->said_well;
    badly = r->machine->said_badly;
  }
  rehearsal_end(r);
  if (well == 0 && badly == 0) {
    tap_skip(t, what, "it said nothing");
    return;
  }
  tap_line(t, badly == 0, what,
    "say() takes 1 to 500 bytes of UTF-8 without control characters, and was given "
    "something else %u times.",
    badly);
}

static outcome play_drawing(rehearsal *r, uint64_t seed, int draws) {
  char why[512];
  if (!rehearsal_begin(r, why, sizeof why)) return (outcome){.begun = false};
  rehearsal_play(r, seed, EVENTS / 2);
  for (int i = 0; i < draws; i++) rehearsal_picture(r);
  rehearsal_play(r, seed + 1, EVENTS / 2);
  outcome o = look(r);
  rehearsal_end(r);
  return o;
}

static void check_drawing(tap *t, rehearsal *r, uint64_t seed) {
  tap_next("draw, never, once and 600 times");
  outcome never = play_drawing(r, seed, 0), once = play_drawing(r, seed, 1);
  outcome often = play_drawing(r, seed, DRAWS);
  const outcome *odd = same(&never, &once) ? &often : &once;
  tap_line(t, same(&never, odd),
    "drawing never, once or 600 times leaves everything as it is",
    "The %s depends on how often it was drawn.", difference(&never, odd));
  tap_line(
    t, often.picture != 0, "draw leaves Cairo in order", "Cairo was left in trouble.");
}

// Begins from a state, and says whether the exercise's own part of it is `own`.
static bool comes_back(rehearsal *r, const blob *state, uint64_t own, size_t step,
  uint64_t *picture, char why[512]) {
  r->from = state;
  r->read_step = step;
  bool good = rehearsal_begin(r, why, 512) && r->created == own;
  *picture = r->machine ? rehearsal_picture(r) : 0;
  rehearsal_end(r);
  r->from = NULL;
  r->read_step = 0;
  return good;
}

static void check_round_trip(tap *t, rehearsal *r, uint64_t seed) {
  char why[512] = "";
  const char *what = r->of->sound.process ? "a saved state loads, the same each time"
                                          : "a saved state loads and is saved the same";
  if (!r->of->entry.save || !r->of->entry.load) {
    tap_skip(t, what, "it has no save and load");
    return;
  }
  tap_next("save, load, save");
  blob state = {0};
  uint64_t own = 0, before = 0, after = 0, slowly = 0;
  bool good = rehearsal_begin(r, why, sizeof why);
  if (good) {
    rehearsal_play(r, seed, EVENTS);
    machine_settle(r->machine);
    own = rehearsal_state_hash(r);
    before = rehearsal_picture(r);
    good = state_save(r->machine, true, &state) == GESTO_OK;
  }
  rehearsal_end(r);
  // What sounds begins anew, so such a state is what load() makes of it.
  if (good && r->of->sound.process) {
    comes_back(r, &state, own, 0, &after, why);
    own = r->created;
  }
  good = good && comes_back(r, &state, own, 0, &after, why);
  tap_line(t, good, what, "It came back different. %s", why);
  if (r->of->sound.process) {
    tap_skip(t, "a loaded state looks the same", "its sound half begins anew");
  } else {
    tap_line(t, good && before == after, "a loaded state looks the same",
      "The picture is another.");
  }
  tap_line(t, good && comes_back(r, &state, own, 7, &slowly, why),
    "load takes 7 bytes at a time",
    "read() may give less than was asked for: call it until it gives 0. %s", why);
  blob_finish(&state);
}

static int64_t read_all(const gesto_reader *from, void *to, size_t size) {
  cursor *c = from->data;
  size_t n = size < c->left ? size : c->left;
  cursor_take(c, to, n);
  return (int64_t)n;
}

static gesto_result load_from(rehearsal *r, const void *from, size_t size) {
  cursor c = {.at = from, .left = size};
  gesto_reader reader = {.size = sizeof reader, .data = &c, .read = read_all};
  return r->of->entry.load(r->machine->self, &reader, r->of->entry.version);
}

// A refused load leaves things as they were; one that is let pass only has to come back.
static bool survives(rehearsal *r, const void *from, size_t size) {
  char why[512];
  if (!rehearsal_begin(r, why, sizeof why)) return false;
  uint64_t before = rehearsal_state_hash(r);
  bool refused = load_from(r, from, size) != GESTO_OK;
  bool good = !refused || rehearsal_state_hash(r) == before;
  rehearsal_end(r);
  return good;
}

static bool check_damaged(rehearsal *r, const blob *state, uint64_t seed) {
  chance c;
  chance_seed(&c, seed);
  bool good = survives(r, "", 0);
  for (int i = 1; i < 8; i++)
    good = good && survives(r, state->at, state->size * (size_t)i / 8);
  uint8_t *noise = malloc(state->size + 4096);
  for (int round = 0; noise && good && round < 8; round++) {
    for (size_t i = 0; i < state->size + 4096; i++) noise[i] = (uint8_t)chance_next(&c);
    good = survives(r, noise, round < 4 ? state->size : state->size + 4096);
  }
  free(noise);
  return good;
}

static void check_loading(tap *t, rehearsal *r, uint64_t seed) {
  char why[512];
  blob state = {0};
  const char *what =
    "load answers to empty, cut and random bytes, and leaves things alone";
  if (!r->of->entry.save || !r->of->entry.load) {
    tap_skip(t, what, "it has no save and load");
    return;
  }
  tap_next("load from damaged bytes");
  bool begun = rehearsal_begin(r, why, sizeof why);
  if (begun) rehearsal_play(r, seed, EVENTS);
  bool saved = begun && rehearsal_state(r, &state) == GESTO_OK;
  rehearsal_end(r);
  tap_line(t, saved && check_damaged(r, &state, seed), what,
    "After bytes that it did not accept it was not as create() makes it.");
  blob_finish(&state);
}

static void check_unknown(tap *t, rehearsal *r, uint64_t seed) {
  char why[512];
  tap_next("events of later versions");
  bool good = rehearsal_begin(r, why, sizeof why);
  if (good) rehearsal_play(r, seed, EVENTS / 3);
  uint64_t before = good ? rehearsal_state_hash(r) : 0;
  const uint16_t types[] = {GESTO_POINTER_HOVER, 500, 0x7ffe};
  for (size_t i = 0; good && i < sizeof types / sizeof *types; i++) {
    gesto_event e = {.type = types[i], .time = r->machine->now_us};
    memset(e.as.own, 0xa5, sizeof e.as.own);
    r->of->entry.event(r->machine->self, &e);
  }
  tap_line(t, good && rehearsal_state_hash(r) == before,
    "events that it does not know are ignored",
    "Its state changed. Let your switch have an empty default.");
  rehearsal_end(r);
}

static void check_works(tap *t, rehearsal *r, uint64_t seed) {
  char why[512];
  gesto_result answer = GESTO_OK, again = GESTO_OK;
  tap_next("works, at once and later");
  bool good = rehearsal_begin(r, why, sizeof why);
  if (good) works_hash(r, &answer);
  bool early = answer == GESTO_OK || answer == GESTO_NOT_NOW;
  if (good) rehearsal_play(r, seed, EVENTS);
  uint64_t before = good ? rehearsal_state_hash(r) : 0;
  uint64_t first = good ? works_hash(r, &answer) : 0;
  uint64_t second = good ? works_hash(r, &again) : 0;
  good = good && early && answer == again && first == second &&
    rehearsal_state_hash(r) == before;
  tap_line(t, good, "works can be asked for at any time, and changes nothing",
    "It answered %d and %d, or its state or works changed.", answer, again);
  rehearsal_end(r);
}

static void check_sound(tap *t, rehearsal *r, uint64_t seed) {
  char why[512];
  const char *what = "its sound half runs 1000 blocks and makes numbers only";
  if (!r->of->sound.process) {
    tap_skip(t, what, "it has no sound half");
    return;
  }
  tap_next("1000 blocks of sound");
  bool good = rehearsal_begin(r, why, sizeof why);
  if (good) rehearsal_play(r, seed, EVENTS / 3);
  if (good) rehearsal_wait(r, BLOCKS_US);
  uint64_t blocks = good ? atomic_load(&r->machine->sound.blocks) : 0;
  uint64_t odd = good ? r->machine->sound.no_numbers : 0;
  bool silent = good && !r->machine->sound.half;
  tap_line(t, good && odd == 0 && (silent || blocks >= BLOCKS), what,
    "%" PRIu64 " blocks ran, %" PRIu64 " samples were no numbers.", blocks, odd);
  rehearsal_end(r);
}

void check_life(tap *t, rehearsal *r, uint64_t seed) {
  if (!check_beginning(t, r)) return;
  check_twice(t, r, seed);
  check_random(t, r, chance_mix(seed));
  check_words(t, r, chance_mix(seed));
  check_drawing(t, r, seed);
  check_round_trip(t, r, seed);
  check_loading(t, r, seed);
  check_unknown(t, r, seed);
  check_works(t, r, seed);
  check_sound(t, r, seed);
}
