// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base sound studio
// What the program says above the wave: clips without a click, cut off softly, silent within
// 300 ms of Stop and for good; each sound of the house at its level; nothing of it while a
// microphone records.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/sound/loudness.h"
#include "core/sound/mixer.h"

#include <ebur128.h>
#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { RATE = 48000, FRAMES = 256 };

typedef struct rig {
  mixer mixer;
  sound_page page;
  float *out;
  uint64_t frames;
  uint32_t over; // how many clips are over
} rig;

static rig *start(void) {
  rig *r = calloc(1, sizeof *r);
  r->out = malloc(60 * RATE * sizeof(float));
  mixer_init(&r->mixer);
  atomic_store(&r->page.volume, 1000);
  atomic_store(&r->page.voice_volume, 1000);
  mixer_set_page(&r->mixer, &r->page);
  return r;
}

static void turn(rig *r) {
  float out[2 * FRAMES];
  mixer_run_rt(&r->mixer, out, FRAMES);
  for (uint32_t i = 0; i < FRAMES; i++) {
    assert_true(out[2 * i] == out[2 * i + 1]);
    r->out[r->frames++] = out[2 * i];
  }
  while (speech_turn(&r->mixer.speech)) r->over++;
}

static void run(rig *r, double seconds) {
  for (uint64_t until = r->frames + (uint64_t)(seconds * RATE); r->frames < until;)
    turn(r);
}

static void end(rig *r) {
  speech_quiet(&r->mixer.speech);
  run(r, 0.2);
  assert_true(speech_rests(&r->mixer.speech));
  free(r->out);
  free(r);
}

// A tone of so many seconds, with soft ends, in sealed memory.
static int tone(double seconds, double hz) {
  uint64_t frames = (uint64_t)(seconds * RATE);
  int fd = -1;
  int16_t *samples = malloc(frames * 2);
  for (uint64_t i = 0; i < frames; i++) {
    double edge = fmin(1, fmin((double)i, (double)(frames - 1 - i)) / 480);
    samples[i] = (int16_t)lrint(8000 * edge * sin(2 * M_PI * hz * (double)i / RATE));
  }
  assert_int_equal(memory_create("tone", frames * 2, &fd), OK);
  assert_int_equal(io_write_all_at(fd, samples, frames * 2, 0), OK);
  assert_int_equal(memory_seal(fd), OK);
  free(samples);
  return fd;
}

static result give(rig *r, double seconds, double hz, bool now) {
  int fd = tone(seconds, hz);
  result done = speech_give(&r->mixer.speech, fd, (uint64_t)(seconds * RATE), now);
  io_close(fd);
  return done;
}

static float largest(const rig *r, uint64_t from, uint64_t to) {
  float peak = 0;
  for (uint64_t i = from; i < to && i < r->frames; i++)
    peak = fmaxf(peak, fabsf(r->out[i]));
  return peak;
}

// What a click is made of: how much a sample differs from the line through its neighbours.
static float largest_bend(const rig *r, uint64_t from) {
  float bend = 0;
  for (uint64_t i = from + 2; i < r->frames; i++)
    bend = fmaxf(bend, fabsf(r->out[i] - 2 * r->out[i - 1] + r->out[i - 2]));
  return bend;
}

static void clips_follow_each_other(void **state) {
  (void)state;
  rig *r = start();
  assert_int_equal(give(r, 0.5, 440, false), OK);
  assert_int_equal(give(r, 0.5, 660, false), OK);
  run(r, 0.3);
  assert_true(largest(r, 0, r->frames) > 0.2f);
  assert_int_equal(r->over, 0);
  run(r, 1.2);
  assert_int_equal(r->over, 2);
  assert_true(largest(r, r->frames - 4800, r->frames) == 0);
  assert_true(largest_bend(r, 0) < 0.004f); // a sine of this size and pitch: 0.0018
  end(r);
}

static void a_new_one_ends_the_old_one(void **state) {
  (void)state;
  rig *r = start();
  assert_int_equal(give(r, 5, 440, false), OK);
  assert_int_equal(give(r, 5, 440, false), OK);
  run(r, 0.5);
  uint64_t mark = r->frames;
  assert_int_equal(give(r, 0.5, 660, true), OK);
  run(r, 0.1);
  assert_int_equal(r->over, 1);
  assert_true(largest(r, r->frames - 960, r->frames) > 0.2f);
  run(r, 1);
  assert_int_equal(r->over, 2);
  assert_true(
    largest(r, r->frames - 4800, r->frames) == 0); // the one that waited went with it
  assert_true(largest_bend(r, mark) < 0.004f);
  end(r);
}

static void stop_is_silent_and_stays_so(void **state) {
  (void)state;
  rig *r = start();
  assert_int_equal(give(r, 10, 440, false), OK);
  run(r, 0.5);
  uint64_t mark = r->frames;
  atomic_store(&r->page.hush, 1);
  run(r, 0.3);
  assert_true(largest_bend(r, mark) < 0.004f);
  mark = r->frames;
  run(r, 0.3);
  assert_true(largest(r, mark, r->frames) == 0);
  atomic_store(&r->page.hush, 0);
  run(r, 0.5);
  assert_true(largest(r, mark, r->frames) == 0); // it does not come back
  assert_int_equal(r->over, 1);
  end(r);
}

static void labels_are_heard_while_stop_holds(void **state) {
  (void)state;
  rig *r = start();
  atomic_store(&r->page.hush, 1);
  run(r, 0.4);
  uint64_t mark = r->frames;
  assert_int_equal(give(r, 0.5, 440, true), OK);
  run(r, 0.3);
  assert_true(largest(r, mark, r->frames) > 0.2f);
  end(r);
}

static void a_microphone_hears_none_of_it(void **state) {
  (void)state;
  rig *r = start();
  assert_int_equal(give(r, 10, 440, false), OK);
  run(r, 0.5);
  atomic_store(&r->page.microphone, 1);
  run(r, 0.1);
  uint64_t mark = r->frames;
  atomic_store(&r->page.chime[0], CHIME_KEEP);
  atomic_store(&r->page.chimes, 1);
  mixer_chime(&r->mixer, CHIME_STEP, 0);
  run(r, 0.5);
  assert_true(largest(r, mark, r->frames) == 0);
  atomic_store(&r->page.microphone, 0);
  run(r, 0.5);
  assert_true(largest(r, mark, r->frames) == 0); // and none of it comes late
  end(r);
}

static void what_is_not_sealed_is_refused(void **state) {
  (void)state;
  rig *r = start();
  int fd = -1;
  assert_int_equal(memory_create("open", 9600, &fd), OK);
  assert_int_equal(speech_give(&r->mixer.speech, fd, 4800, false), BAD_DATA);
  assert_int_equal(memory_seal(fd), OK);
  assert_int_equal(speech_give(&r->mixer.speech, fd, 4801, false), BAD_DATA);
  assert_int_equal(speech_give(&r->mixer.speech, fd, 0, false), BAD_DATA);
  assert_int_equal(speech_give(&r->mixer.speech, -1, 100, false), BAD_DATA);
  assert_int_equal(speech_give(&r->mixer.speech, 0, 100, false), BAD_DATA);
  for (uint32_t i = 0; i < SPEECH_WAITING; i++)
    assert_int_equal(speech_give(&r->mixer.speech, fd, 4800, false), OK);
  assert_int_equal(speech_give(&r->mixer.speech, fd, 4800, false), NO_SPACE);
  io_close(fd);
  end(r);
}

// As AES17 says it: a full-scale sine is 0 dB. Over the loudest 10 ms.
static double level_db(const rig *r, uint64_t from) {
  double most = 0;
  for (uint64_t i = from; i + 480 <= r->frames; i += 48) {
    double sum = 0;
    for (uint64_t k = i; k < i + 480; k++) sum += (double)r->out[k] * r->out[k];
    most = fmax(most, sum / 480);
  }
  return 10 * log10(2 * most + 1e-30);
}

static double length_s(const rig *r, uint64_t from) {
  uint64_t first = r->frames, last = from;
  for (uint64_t i = from; i < r->frames; i++)
    if (fabsf(r->out[i]) > 1e-5f) {
      if (first == r->frames) first = i;
      last = i;
    }
  return last > first ? (double)(last - first) / RATE : 0;
}

static void each_chime_has_its_level(void **state) {
  (void)state;
  static const struct {
    uint32_t kind;
    double db, tolerance, least_s, most_s;
  } wanted[] = {
    {CHIME_TICK, -30, 1, 0.02, 0.041},
    {CHIME_KEEP, -26, 1, 0.3, 0.401},
    {CHIME_PAUSE, -26, 1, 0.25, 0.301},
    {CHIME_STEP, -22, 1, 0.5, 0.901},
    {CHIME_BREATH_IN, -28, 2, 3.5,
      4.001}, // noise: its loudest 10 ms are a matter of chance
    {CHIME_BREATH_OUT, -28, 2, 3.5, 4.001},
  };
  for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++) {
    rig *r = start();
    run(r, 0.1);
    uint64_t mark = r->frames;
    assert_true(mixer_chime(&r->mixer, wanted[k].kind, 4));
    run(r, 5);
    double db = level_db(r, mark), seconds = length_s(r, mark);
    print_message("chime %u: %.1f dBFS, %.3f s\n", wanted[k].kind, db, seconds);
    if (getenv("GESTO_TEST_KEEP")) {
      char name[256];
      snprintf(
        name, sizeof name, "%s/chime-%u.raw", getenv("GESTO_TEST_KEEP"), wanted[k].kind);
      FILE *f = fopen(name, "wb");
      if (f) {
        fwrite(r->out + mark, sizeof(float), r->frames - mark, f);
        fclose(f);
      }
    }
    assert_true(fabs(db - wanted[k].db) <= wanted[k].tolerance);
    assert_true(seconds >= wanted[k].least_s && seconds <= wanted[k].most_s);
    assert_true(largest_bend(r, mark) < 0.01f);
    end(r);
  }
}

static void chimes_wait_for_nobody(void **state) {
  (void)state;
  rig *r = start();
  atomic_store(&r->page.chime[0], CHIME_KEEP); // one that was wanted before us
  atomic_store(&r->page.chimes, 1);
  run(r, 0.5);
  assert_true(largest(r, 0, r->frames) == 0);
  atomic_store(&r->page.hush, 1);     // as in Pause, which has a sound of its own
  for (uint32_t i = 1; i < 30; i++) { // more than there is room for
    atomic_store(&r->page.chime[i % CHIMES_WAITING], CHIME_TICK);
    atomic_store(&r->page.chimes, i + 1);
  }
  run(r, 0.5);
  assert_true(largest(r, 0, r->frames) > 0.01f && largest(r, 0, r->frames) < 0.2f);
  assert_true(chimes_rest(&r->mixer.rt.chimes));
  end(r);
}

static void long_loud_words_stay_within_the_limits(void **state) {
  (void)state;
  rig *r = start();
  loudness *l = loudness_create();
  int fd = -1;
  uint64_t frames = 20 * RATE;
  int16_t *square = malloc(frames * 2);
  for (uint64_t i = 0; i < frames; i++) square[i] = i / 100 % 2 ? 32767 : -32768;
  assert_int_equal(memory_create("loud", frames * 2, &fd), OK);
  assert_int_equal(io_write_all_at(fd, square, frames * 2, 0), OK);
  assert_int_equal(memory_seal(fd), OK);
  assert_int_equal(speech_give(&r->mixer.speech, fd, frames, true), OK);
  for (int i = 0; i < 150; i++) {
    run(r, 0.1);
    loudness_steer(l, &r->mixer);
  }
  assert_true(largest(r, 0, r->frames) <= 0.8913f); // -1 dBFS
  double lufs = 0;
  ebur128_state *meter = ebur128_init(2, RATE, EBUR128_MODE_S);
  for (uint64_t i = r->frames - 3 * RATE; i < r->frames; i++) {
    float both[2] = {r->out[i], r->out[i]};
    assert_int_equal(ebur128_add_frames_float(meter, both, 1), EBUR128_SUCCESS);
  }
  assert_int_equal(ebur128_loudness_shortterm(meter, &lufs), EBUR128_SUCCESS);
  print_message("full scale as speech: %.1f LUFS\n", lufs);
  assert_true(lufs < -15.5);
  ebur128_destroy(&meter);
  free(square);
  io_close(fd);
  loudness_destroy(l);
  end(r);
}

// ---- Two threads ---------------------------------------------------------------------------

typedef struct device {
  mixer *mixer;
  _Atomic bool ending;
} device;

static void *play(void *data) {
  device *d = data;
  float out[2 * FRAMES];
  while (!atomic_load(&d->ending)) mixer_run_rt(d->mixer, out, FRAMES);
  return NULL;
}

// Clips are given, cut off and let go of while a device plays as fast as it can: none is used
// after it was unmapped, and each is over once.
static void clips_come_and_go_under_a_device(void **state) {
  (void)state;
  enum { CLIPS = 400 };
  mixer *m = calloc(1, sizeof *m);
  device d = {.mixer = m};
  pthread_t thread;
  uint32_t over = 0, given = 0;
  mixer_init(m);
  int fd = tone(0.05, 440);
  assert_int_equal(pthread_create(&thread, NULL, play, &d), 0);
  const uint64_t until = clock_now_us() + 20 * 1000000;
  while ((given < CLIPS || !speech_rests(&m->speech) || m->speech.waiting_count) &&
    clock_now_us() < until) {
    if (given < CLIPS) {
      const bool now = given % 3 == 0;
      if (now) over += m->speech.waiting_count; // those are dropped
      if (speech_give(&m->speech, fd, 2400, now) == OK) given++;
    }
    if (given % 7 == 6) clock_sleep_us(200);
    while (speech_turn(&m->speech)) over++;
  }
  while (speech_turn(&m->speech)) over++;
  atomic_store(&d.ending, true);
  pthread_join(thread, NULL);
  assert_int_equal(given, CLIPS);
  assert_int_equal(over, CLIPS);
  io_close(fd);
  free(m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(clips_follow_each_other),
    cmocka_unit_test(a_new_one_ends_the_old_one),
    cmocka_unit_test(stop_is_silent_and_stays_so),
    cmocka_unit_test(labels_are_heard_while_stop_holds),
    cmocka_unit_test(a_microphone_hears_none_of_it),
    cmocka_unit_test(what_is_not_sealed_is_refused),
    cmocka_unit_test(each_chime_has_its_level),
    cmocka_unit_test(chimes_wait_for_nobody),
    cmocka_unit_test(long_loud_words_stay_within_the_limits),
    cmocka_unit_test(clips_come_and_go_under_a_device),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
