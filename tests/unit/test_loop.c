// SPDX-License-Identifier: GPL-3.0-or-later
// Loop: nothing that is pressed sounds out of scale, layers lie on each other to the frame,
// undo takes back the last pass and nothing else, and all of it can be saved.
#include "exercise_host.h"

static const double tempo = 90;
enum { BAR = 128000, BEAT = BAR / 4 }; // at 90

static uint32_t pad_spot(test_host *h, gesto_spot *spots, uint32_t pad) {
  uint32_t count = host_spots(h, spots, 64), seen = 0;
  for (uint32_t i = 0; i < count; i++)
    if (strncmp(spots[i].name, "Pad ", 4) == 0 && seen++ == pad) return i;
  fail_msg("no pad %u", pad);
  return 0;
}

static void press(test_host *h, double at, uint32_t pad, double length) {
  gesto_spot spots[64];
  host_run_to(h, at);
  const gesto_spot *s = &spots[pad_spot(h, spots, pad)];
  host_point(h, GESTO_POINTER_DOWN, 3, s->x + s->w / 2, s->y + s->h / 2);
  host_run_to(h, at + length);
  host_point(h, GESTO_POINTER_UP, 3, s->x + s->w / 2, s->y + s->h / 2);
}

static host_work *work(test_host *h, const char *title) {
  for (uint32_t i = 0; i < h->work_count; i++)
    if (strcmp(h->works[i].title, title) == 0) return &h->works[i];
  return NULL;
}

static void keep(test_host *h) {
  h->work_count = 0;
  assert_int_equal(h->entry->works(h->self, &h->host), GESTO_OK);
}

static uint64_t onset(const host_tape *t, uint64_t from) {
  for (uint64_t i = from; i < t->written; i++)
    if (fabsf(t->samples[i * 2]) > 1e-7f) return i;
  return UINT64_MAX;
}

// Four seconds and a bit: counts one bar, records two, pressing near the beats.
static test_host *with_loop(void) {
  test_host *h = host_start("loop", NULL);
  host_run_to(h, 1);
  host_act(h, "record"); // counts until 1 + 2.667
  double start = 1 + 4 * 60 / tempo;
  press(h, start + 0.05, 16, 0.2);
  press(h, start + 60 / tempo - 0.07, 17, 0.2);
  press(h, start + 5 * 60 / tempo + 0.1, 18, 0.2);
  host_run_to(h, start + 7.5 * 60 / tempo);
  host_act(h, "record");
  host_run_to(h, start + 9 * 60 / tempo);
  return h;
}

// A layer of one pass over it: from the next bar, once round, then no more.
static void add_layer(test_host *h, double *now) {
  host_act(h, "layer");
  *now += 4 * 60 / tempo; // surely begun
  press(h, *now + 0.03, 5, 0.1);
  host_act(h, "layer"); // ends with the bar
  *now += 12 * 60 / tempo;
  host_run_to(h, *now);
}

static void in_scale_whatever_is_pressed(void **state) {
  (void)state;
  test_host *h = host_start("loop", NULL);
  uint64_t seed = 20240501;
  double t = 0;
  static const char *const acts[] = {
    "record", "layer", "undo", "redo", "play", "mute", "clear"};
  while (t < 60) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    uint32_t r = (uint32_t)(seed >> 33), source = r % 4 + 1;
    float x = (float)(r >> 3 & 2047) * 0.625f, y = (float)(r >> 14 & 1023) * 0.68f;
    if (r % 23 == 0)
      host_act(h, acts[(r >> 8) % 7]);
    else if (r % 31 == 0)
      host_event(h,
        (gesto_event){.type = GESTO_NOTE_ON,
          .source = 77,
          .as.note = {(float)(20 + (r >> 5) % 90), 0.5f}});
    else
      host_point(h, (uint16_t)(GESTO_POINTER_DOWN + r / 7 % 4), source, x, y);
    t += (double)(r % 64) / 800;
    host_run_to(h, t);
  }
  uint32_t sounded = 0;
  for (uint32_t i = 0; i < h->note_count; i++) {
    if (h->notes[i].velocity == 0) continue;
    int note = (int)h->notes[i].pitch % 12;
    sounded++;
    assert_true(h->notes[i].pitch == floorf(h->notes[i].pitch));
    assert_true(note == 9 || note == 0 || note == 2 || note == 4 || note == 7);
  }
  assert_true(sounded > 200);
  assert_int_equal(guard_offences, 0);
  assert_int_equal(h->refused, 0);
  for (uint64_t i = 0; i < h->out_frames * 2; i++) assert_true(fabsf(h->out[i]) <= 1.1f);
  host_end(h);
}

static void recorded_notes_lie_on_the_beat(void **state) {
  (void)state;
  test_host *h = with_loop();
  keep(h);
  host_work *loop = work(h, "Loop 1");
  assert_non_null(loop);
  assert_int_equal(loop->count, 1);
  const host_tape *t = &h->tapes[loop->tapes[0]];
  assert_int_equal(t->written, 2 * BAR);
  uint64_t first = onset(t, 0); // a sine begins with a zero
  assert_in_range(first, 0, 1);
  assert_in_range(onset(t, BEAT - BEAT / 4), BEAT, BEAT + 1);
  assert_in_range(onset(t, 5 * BEAT - BEAT / 4), 5 * BEAT, 5 * BEAT + 1);
  host_end(h);
}

static void a_pad_sounds_at_once(void **state) {
  (void)state;
  test_host *h = host_start("loop", NULL);
  press(h, 1.0, 16, 0.2);
  assert_int_equal(h->notes[0].channel, 0);
  assert_in_range(h->notes[0].at, 48000, 48000 + 1000); // the next tick's block
  host_end(h);
}

static void layers_line_up(void **state) {
  (void)state;
  test_host *h = with_loop();
  double now = 1 + 13 * 60 / tempo;
  host_run_to(h, now);
  add_layer(h, &now);
  keep(h);
  host_work *loop = work(h, "Loop 1");
  assert_int_equal(loop->count, 2);
  const host_tape *layer = &h->tapes[loop->tapes[1]];
  uint64_t at = onset(layer, 0);
  assert_true(at % (BEAT / 2) <= 1);
  assert_true(layer->written <= 2 * BAR);
  host_end(h);
}

// Once round of what is heard, from the first beat of the loop on.
static const float *once_round(test_host *h, double *now) {
  *now += 16 * 60 / tempo;
  host_run_to(h, *now);
  uint64_t base = 176000; // 1 s and a bar of counting: blocks up to there
  uint64_t rounds = (h->out_frames - base) / (2 * BAR) - 1;
  return h->out + (base + rounds * 2 * BAR) * 2;
}

static void undo_takes_back_the_last_pass_only(void **state) {
  (void)state;
  test_host *h = with_loop();
  double now = 1 + 13 * 60 / tempo;
  size_t bytes = 2 * BAR * 2 * sizeof(float);
  float *before = malloc(bytes), *with = malloc(bytes), *after = malloc(bytes);
  memcpy(before, once_round(h, &now), bytes);
  add_layer(h, &now);
  memcpy(with, once_round(h, &now), bytes);
  host_act(h, "undo");
  memcpy(after, once_round(h, &now), bytes);
  assert_memory_not_equal(before, with, bytes);
  assert_memory_equal(before, after, bytes);
  host_act(h, "redo");
  memcpy(after, once_round(h, &now), bytes);
  assert_memory_equal(with, after, bytes);
  free(before);
  free(with);
  free(after);
  host_end(h);
}

static void undo_to_the_empty_lane_and_back(void **state) {
  (void)state;
  test_host *h = with_loop();
  host_act(h, "undo");
  host_run_to(h, 14);
  keep(h);
  assert_null(work(h, "Loop 1"));
  assert_non_null(work(h, "Mix"));
  host_set(h, "tempo", 90); // the same: nothing is forgotten by it
  host_act(h, "redo");
  host_run_to(h, 16);
  keep(h);
  assert_non_null(work(h, "Loop 1"));
  host_end(h);
}

static void tempo_stays_while_there_is_a_loop(void **state) {
  (void)state;
  test_host *h = with_loop();
  host_set(h, "tempo", 60);
  keep(h);
  assert_non_null(strstr(work(h, "facts")->text, "\"tempo\":90,"));
  host_act(h, "undo");
  host_run_to(h, 14);
  host_set(h, "tempo", 60);
  keep(h);
  assert_non_null(strstr(work(h, "facts")->text, "\"tempo\":60,"));
  host_end(h);
}

// Records one bar at each tempo; the tape is that bar and no frame else.
static void plays_at_the_tempo_asked_for(void **state) {
  (void)state;
  static const double tempos[] = {50, 61, 77, 103, 119, 120};
  for (size_t i = 0; i < sizeof tempos / sizeof tempos[0]; i++) {
    test_host *h = host_start("loop", NULL);
    double beat = 60 / tempos[i];
    host_set(h, "tempo", tempos[i]);
    host_act(h, "record");
    press(h, 4 * beat + 0.1, 9, 0.2);
    host_act(h, "record");
    host_run_to(h, 10 * beat);
    keep(h);
    uint64_t frames = h->tapes[work(h, "Loop 1")->tapes[0]].written;
    assert_int_equal(frames % 64, 0);
    assert_true(fabs(4 * 60 * 48000.0 / (double)frames / tempos[i] - 1) < 0.001);
    host_end(h);
  }
}

static void nothing_played_leaves_nothing(void **state) {
  (void)state;
  test_host *h = host_start("loop", NULL);
  host_act(h, "record");
  host_run_to(h, 5);
  host_act(h, "record");
  host_run_to(h, 9);
  host_act(h, "record"); // armed, and taken back
  host_run_to(h, 9.5);
  host_act(h, "record");
  host_run_to(h, 14);
  keep(h);
  assert_int_equal(h->work_count, 1); // facts alone
  assert_false(h->moving);
  host_end(h);
}

static void no_step_at_the_seam(void **state) {
  (void)state;
  test_host *h = host_start("loop", NULL);
  host_act(h, "record");
  double start = 4 * 60 / tempo;
  host_run_to(h, start + 3.4 * 60 / tempo);
  host_event(h, (gesto_event){.type = GESTO_NOTE_ON, .source = 9, .as.note = {57, 0.6f}});
  host_run_to(h, start + 3.8 * 60 / tempo);
  host_act(h, "record"); // it closes while the note is held
  host_run_to(h, start + 5.5 * 60 / tempo);
  host_event(h, (gesto_event){.type = GESTO_NOTE_OFF, .source = 9});
  host_run_to(h, start + 30 * 60 / tempo);
  float largest = 0;
  for (uint64_t i = 1 + (uint64_t)(start * 48000); i < h->out_frames; i++)
    largest = fmaxf(largest, fabsf(h->out[i * 2] - h->out[i * 2 - 2]));
  assert_true(largest > 0 && largest < 0.02f);
  keep(h); // what rings over the end is heard at the beginning
  assert_in_range(onset(&h->tapes[work(h, "Loop 1")->tapes[0]], 0), 0, 64);
  host_end(h);
}

static void every_round_is_the_tape_to_the_frame(void **state) {
  (void)state;
  test_host *h = with_loop();
  uint64_t begins = 48000 + BAR; // where the recording began: a bar after one second
  host_run_to(h, 20);
  keep(h);
  const float *tape = h->tapes[work(h, "Loop 1")->tapes[0]].samples;
  for (uint32_t round = 1; round < 3; round++) {
    const float *heard = h->out + (begins + (uint64_t)round * 2 * BAR) * 2;
    uint32_t differs = 0; // the first round still rings from the pads themselves
    for (uint32_t i = round == 1 ? BAR : 0; i < 2 * BAR * 2; i++)
      differs += fabsf(heard[i] - tape[i]) > 1e-6f;
    assert_int_equal(differs, 0);
  }
  host_end(h);
}

static void the_record_holds_what_was_heard(void **state) {
  (void)state;
  test_host *h = with_loop();
  keep(h);
  const host_tape *t = &h->tapes[work(h, "Mix")->tapes[0]];
  uint64_t begins = 0, differs = 0;
  while (fabsf(h->out[begins * 2]) < 1e-6f || begins < 176000)
    begins++; // after the count
  uint64_t shift = UINT64_MAX;
  uint64_t in_tape = onset(t, 0);
  shift = begins - in_tape;
  for (uint64_t i = in_tape; i < t->written && i + shift < h->out_frames; i++)
    differs += fabsf(t->samples[i * 2] - h->out[(i + shift) * 2]) > 1e-6f;
  assert_int_equal(differs, 0);
  host_end(h);
}

static void saved_and_loaded_it_sounds_the_same(void **state) {
  (void)state;
  test_host *h = with_loop();
  double now = 1 + 13 * 60 / tempo;
  host_run_to(h, now);
  add_layer(h, &now);
  host_save(h, true);
  test_host *again = host_start("loop", h);
  host_save(again, true);
  assert_int_equal(again->state_size, h->state_size);
  assert_memory_equal(again->state, h->state, h->state_size);
  host_run_to(again, 4 * 60 / tempo * 4);
  keep(again);
  assert_int_equal(work(again, "Loop 1")->count, 2);
  float loudest = 0;
  for (uint64_t i = 0; i < again->out_frames; i++)
    loudest = fmaxf(loudest, fabsf(again->out[i * 2]));
  assert_true(loudest > 0.05f);
  host_act(again, "undo");
  host_run_to(again, 12);
  keep(again);
  assert_int_equal(work(again, "Loop 1")->count, 1);
  host_end(again);
  host_end(h);
}

static void without_history_nothing_taken_back_is_saved(void **state) {
  (void)state;
  test_host *h = with_loop();
  double now = 1 + 13 * 60 / tempo;
  host_run_to(h, now);
  add_layer(h, &now);
  host_act(h, "undo");
  host_run_to(h, now + 1);
  host_save(h, false);
  test_host *again = host_start("loop", h);
  host_act(again, "redo");
  host_run_to(again, 3);
  keep(again);
  assert_int_equal(work(again, "Loop 1")->count, 1);
  host_end(again);
  host_end(h);
}

static void damaged_states_change_nothing(void **state) {
  (void)state;
  test_host *h = with_loop();
  host_save(h, true);
  test_host *other = host_start("loop", NULL);
  host_save(other, true);
  size_t fresh_size = other->state_size;
  char *fresh = malloc(fresh_size);
  memcpy(fresh, other->state, fresh_size);
  char *whole = malloc(h->state_size);
  memcpy(whole, h->state, h->state_size);
  for (size_t cut = 0; cut < h->state_size; cut += h->state_size / 37) {
    other->state = realloc(other->state, h->state_size);
    memcpy(other->state, whole, h->state_size);
    other->state_size = cut;
    assert_int_equal(host_load(other, other->self), GESTO_BAD_DATA);
  }
  uint32_t seed = 5, refused = 0;
  for (uint32_t i = 0; i < 300; i++) {
    memcpy(other->state, whole, h->state_size);
    other->state_size = h->state_size;
    for (uint32_t n = 0; n < 40; n++) {
      seed = seed * 1664525 + 1013904223;
      other->state[(seed >> 8) % h->state_size] ^= (char)(1 << (seed >> 29));
    }
    refused += host_load(other, other->self) != GESTO_OK;
    keep(other);
  }
  assert_true(refused > 50);
  memcpy(other->state, whole, h->state_size);
  other->state[6] = '2';
  assert_int_equal(host_load(other, other->self), GESTO_TOO_NEW);
  test_host *clean = host_start("loop", NULL);
  clean->state = malloc(1);
  clean->state_size = 0;
  assert_int_equal(host_load(clean, clean->self), GESTO_BAD_DATA);
  host_save(clean, true);
  assert_memory_equal(clean->state, fresh, fresh_size);
  free(fresh);
  free(whole);
  host_end(clean);
  host_end(other);
  host_end(h);
}

static void without_room_it_says_so_and_goes_on(void **state) {
  (void)state;
  test_host *h = host_start("loop", NULL);
  h->no_tapes = true;
  host_act(h, "record");
  press(h, 3, 4, 0.3);
  keep(h);
  host_run_to(h, 4);
  assert_int_equal(h->note_count, 2); // on and off
  host_end(h);
}

static void same_presses_same_samples(void **state) {
  (void)state;
  test_host *a = with_loop(), *b = with_loop();
  assert_int_equal(a->out_frames, b->out_frames);
  assert_memory_equal(a->out, b->out, a->out_frames * 2 * sizeof(float));
  host_end(a);
  host_end(b);
}

static void every_spot_has_a_name_and_a_place(void **state) {
  (void)state;
  test_host *h = with_loop();
  gesto_spot spots[64];
  uint32_t count = host_spots(h, spots, 64);
  assert_int_equal(count, 6 + 1 + 1 + 20); // lanes, one mute sign, disc, pads
  for (uint32_t i = 0; i < count; i++) {
    assert_true(spots[i].name[0] && spots[i].w >= 48 && spots[i].h >= 48);
    assert_true(spots[i].x >= 0 && spots[i].y >= 0 && spots[i].x + spots[i].w <= 1280 &&
      spots[i].y + spots[i].h <= 700);
    for (uint32_t n = 0; n < i; n++)
      assert_string_not_equal(spots[n].name, spots[i].name);
  }
  assert_int_equal(host_spots(h, spots, 3), count);
  char text[200];
  const gesto_spots *with = h->entry->extension(GESTO_SPOTS);
  assert_true(with->describe(h->self, text, sizeof text) > 20);
  assert_in_range(with->describe(h->self, text, 10), 0, 9);
  host_end(h);
}

static void a_spot_keeps_its_number(void **state) {
  (void)state;
  gesto_spot before[64], after[64];
  test_host *h = host_start("loop", NULL);
  const uint32_t few = host_spots(h, before, 64);
  host_end(h);
  h = with_loop();
  const uint32_t more = host_spots(h, after, 64);
  assert_true(more > few);
  for (uint32_t i = 0; i < few; i++) {
    uint32_t n = 0;
    while (n < more && after[n].id != before[i].id) n++;
    assert_true(n < more);
    assert_true(after[n].x == before[i].x && after[n].y == before[i].y);
    for (n = 0; n < i; n++) assert_int_not_equal(before[n].id, before[i].id);
  }
  host_end(h);
}

static void drawing_changes_nothing(void **state) {
  (void)state;
  test_host *h = with_loop();
  host_save(h, true);
  size_t size = h->state_size;
  char *before = malloc(size);
  memcpy(before, h->state, size);
  const uint32_t looks[] = {0, GESTO_EVENING, GESTO_CONTRAST, GESTO_STILL};
  for (uint32_t i = 0; i < 4; i++) {
    cairo_surface_t *s = host_draw(h, 1280, 700, looks[i]);
    if (getenv("GESTO_SHOW") && i == 0)
      cairo_surface_write_to_png(s, getenv("GESTO_SHOW"));
    cairo_surface_destroy(s);
  }
  cairo_surface_destroy(host_draw(h, 700, 1000, 0));
  cairo_surface_destroy(host_draw(h, 200, 120, 0));
  host_save(h, true);
  assert_memory_equal(before, h->state, size);
  free(before);
  host_end(h);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(in_scale_whatever_is_pressed),
    cmocka_unit_test(a_pad_sounds_at_once),
    cmocka_unit_test(recorded_notes_lie_on_the_beat),
    cmocka_unit_test(layers_line_up),
    cmocka_unit_test(undo_takes_back_the_last_pass_only),
    cmocka_unit_test(undo_to_the_empty_lane_and_back),
    cmocka_unit_test(tempo_stays_while_there_is_a_loop),
    cmocka_unit_test(plays_at_the_tempo_asked_for),
    cmocka_unit_test(nothing_played_leaves_nothing),
    cmocka_unit_test(no_step_at_the_seam),
    cmocka_unit_test(every_round_is_the_tape_to_the_frame),
    cmocka_unit_test(the_record_holds_what_was_heard),
    cmocka_unit_test(saved_and_loaded_it_sounds_the_same),
    cmocka_unit_test(without_history_nothing_taken_back_is_saved),
    cmocka_unit_test(damaged_states_change_nothing),
    cmocka_unit_test(without_room_it_says_so_and_goes_on),
    cmocka_unit_test(same_presses_same_samples),
    cmocka_unit_test(every_spot_has_a_name_and_a_place),
    cmocka_unit_test(a_spot_keeps_its_number),
    cmocka_unit_test(drawing_changes_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
