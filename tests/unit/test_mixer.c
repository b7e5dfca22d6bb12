// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base sound studio
// The mixer: blocks in order one callback later, a late one fades and is counted, Stop is
// silent within 300 ms, and no player can make it loud.
#include "core/base/clock.h"
#include "core/sound/loudness.h"
#include "core/sound/mixer.h"

#include <ebur128.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef float signal_fn(uint64_t frame);

typedef struct rig {
  mixer mixer;
  wave_page wave;
  sound_page page;
  signal_fn *signal;
  uint64_t made; // frames, on the player's side
  uint32_t hold; // answer nothing for so many turns
  float *out;    // left alone
  uint64_t frames;
} rig;

static float sine(uint64_t n) {
  return 0.1f * sinf((float)(n % 48000) * 440 * 6.2831853f / 48000);
}
static float noise(uint64_t n) {
  uint64_t x = n * 0x9E3779B97F4A7C15u;
  x ^= x >> 29;
  return (float)((double)(uint32_t)(x * 0xBF58476D1CE4E5B9u >> 32) / 2147483648.0 - 1);
}
static float no_number(uint64_t n) { return n % 2 ? NAN : INFINITY; }

static void answer(rig *r) {
  if (r->hold && r->hold--) return;
  uint32_t done = atomic_load(&r->wave.done);
  for (; done != atomic_load(&r->wave.asked); done++)
    for (uint32_t i = 0; i < WAVE_FRAMES; i++, r->made++)
      r->wave.out[done % WAVE_SLOTS][0][i] = r->wave.out[done % WAVE_SLOTS][1][i] =
        r->signal(r->made);
  atomic_store(&r->wave.done, done);
}

static rig *start(signal_fn *signal, uint32_t volume) {
  rig *r = calloc(1, sizeof *r);
  r->out = malloc(20 * 48000 * sizeof(float));
  r->signal = signal;
  mixer_init(&r->mixer);
  atomic_store(&r->page.volume, volume);
  mixer_set_page(&r->mixer, &r->page);
  mixer_attach(&r->mixer, &r->wave);
  return r;
}

static void end(rig *r) {
  free(r->out);
  free(r);
}

static void turn(rig *r, uint32_t frames) {
  float out[4096];
  mixer_run_rt(&r->mixer, out, frames);
  for (uint32_t i = 0; i < frames; i++) {
    assert_true(out[2 * i] == out[2 * i + 1]); // so they are the same, and numbers
    r->out[r->frames++] = out[2 * i];
  }
  answer(r);
}

static void run(rig *r, double seconds, uint32_t frames) {
  for (uint64_t until = r->frames + (uint64_t)(seconds * 48000); r->frames < until;)
    turn(r, frames);
}

static float largest_step(const rig *r, uint64_t from) {
  float step = 0;
  for (uint64_t i = from + 1; i < r->frames; i++)
    step = fmaxf(step, fabsf(r->out[i] - r->out[i - 1]));
  return step;
}

static float largest(const rig *r, uint64_t from) {
  float peak = 0;
  for (uint64_t i = from; i < r->frames; i++) peak = fmaxf(peak, fabsf(r->out[i]));
  return peak;
}

static void blocks_come_in_order(void **state) {
  (void)state;
  const uint32_t sizes[] = {32, 64, 100, 128, 256, 441, 1024};
  for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
    rig *r = start(sine, 1000);
    run(r, 2, sizes[k]);
    uint64_t mark = r->frames;
    run(r, 1, sizes[k]);
    assert_int_equal(atomic_load(&r->wave.late), 0);
    float best = 1; // somewhere, not far back, lies what the player made
    for (uint64_t shift = 0; shift < 4096 && best > 1e-4f; shift++) {
      float differs = 0;
      for (uint64_t i = mark; i < mark + 4800 && differs < best; i++)
        differs = fmaxf(differs, fabsf(r->out[i] - sine(i - shift)));
      best = fminf(best, differs);
    }
    assert_true(best <= 1e-4f);
    end(r);
  }
}

static void a_late_block_fades_and_is_counted(void **state) {
  (void)state;
  rig *r = start(sine, 1000);
  run(r, 2, 256);
  uint64_t mark = r->frames;
  r->hold = 1;
  run(r, 0.5, 256);
  assert_in_range(atomic_load(&r->wave.late), 1, 4);
  assert_true(largest_step(r, mark) < 0.01f); // a sine of its size has 0.0058
  uint32_t late = atomic_load(&r->wave.late);
  run(r, 1, 256);
  assert_int_equal(atomic_load(&r->wave.late), late);
  end(r);
}

static void nobody_there_is_not_late(void **state) {
  (void)state;
  rig *r = start(sine, 1000);
  r->hold = UINT32_MAX;
  run(r, 3, 256);
  assert_int_equal(atomic_load(&r->wave.late), 0);
  assert_true(atomic_load(&r->wave.asked) <= WAVE_SLOTS);
  assert_true(largest(r, 0) == 0);
  r->hold = 0;
  run(r, 1, 256); // and then somebody comes
  assert_true(largest(r, r->frames - 4800) > 0.05f);
  end(r);
}

static void stop_is_silent_in_time(void **state) {
  (void)state;
  rig *r = start(sine, 1000);
  run(r, 2, 256);
  uint64_t mark = r->frames;
  atomic_store(&r->page.hush, 1);
  run(r, 0.3, 256);
  assert_true(largest_step(r, mark) < 0.007f);
  mark = r->frames;
  run(r, 0.5, 256);
  assert_true(largest(r, mark) == 0);
  atomic_store(&r->page.hush, 0);
  run(r, 0.5, 256);
  assert_true(largest(r, r->frames - 4800) > 0.09f);
  mixer_end(&r->mixer);
  run(r, 0.3, 256);
  mark = r->frames;
  run(r, 0.2, 256);
  assert_true(largest(r, mark) == 0);
  end(r);
}

static void pages_change_with_a_fade(void **state) {
  (void)state;
  rig *r = start(sine, 1000);
  wave_page *other = calloc(1, sizeof *other);
  run(r, 2, 256);
  uint64_t mark = r->frames;
  mixer_attach(&r->mixer, other);
  assert_true(mixer_plays(&r->mixer, &r->wave));
  run(r, 0.2, 256);
  assert_true(mixer_plays(&r->mixer, other));
  mixer_attach(&r->mixer, NULL);
  run(r, 0.2, 256);
  assert_true(mixer_plays(&r->mixer, NULL));
  assert_true(largest(r, r->frames - 480) == 0);
  mixer_attach(&r->mixer, &r->wave);
  run(r, 0.3, 256);
  assert_true(largest(r, r->frames - 4800) > 0.09f);
  assert_true(largest_step(r, mark) < 0.007f);
  free(other);
  end(r);
}

static void starts_quiet(void **state) {
  (void)state;
  rig *r = start(sine, 1000);
  mixer_set_page(&r->mixer, NULL);
  run(r, 2, 256);
  assert_true(fabsf(largest(r, r->frames - 4800) - 0.01f) < 0.001f); // -20 dB
  end(r);
}

static void nothing_gets_loud(void **state) {
  (void)state;
  rig *r = start(noise, 1000);
  run(r, 0.05, 256);
  assert_true(largest(r, 0) < 0.3f); // no shock
  run(r, 3, 256);
  assert_true(largest(r, 0) <= 0.8913f);
  r->signal = no_number;
  run(r, 0.5, 256);
  assert_true(largest(r, r->frames - 4800) == 0);
  assert_in_range(atomic_load(&r->page.peak), 0, 1);
  end(r);
}

static void long_loud_sound_is_turned_down(void **state) {
  (void)state;
  rig *r = start(noise, 1000);
  loudness *l = loudness_create();
  assert_non_null(l);
  for (uint32_t i = 0; i < 120; i++) {
    run(r, 0.1, 256);
    loudness_steer(l, &r->mixer);
  }
  double lufs = 0;
  ebur128_state *meter = ebur128_init(2, 48000, EBUR128_MODE_S);
  for (uint64_t i = r->frames - 3 * 48000; i < r->frames; i++) {
    float both[2] = {r->out[i], r->out[i]};
    assert_int_equal(ebur128_add_frames_float(meter, both, 1), EBUR128_SUCCESS);
  }
  assert_int_equal(ebur128_loudness_shortterm(meter, &lufs), EBUR128_SUCCESS);
  assert_true(lufs < -15.5 && lufs > -24);
  ebur128_destroy(&meter);
  loudness_destroy(l);
  end(r);
}

// The meter goes once nothing can be heard that it would count, and comes back with a sound.
static void loudness_rests_in_silence(void **state) {
  (void)state;
  rig *r = start(noise, 1000);
  loudness *l = loudness_create();
  assert_non_null(l);
  assert_true(loudness_rests(l));
  for (int times = 0; times < 2; times++) {
    uint64_t heard_us = 0;
    for (uint32_t i = 0; i < 40; i++) {
      run(r, 0.1, 256);
      heard_us = clock_now_us();
      loudness_steer(l, &r->mixer);
    }
    assert_false(loudness_rests(l));
    assert_true(atomic_load(&r->mixer.steer) < 0.9f);
    if (times > 0) break;
    clock_sleep_us(2500 * 1000);
    loudness_steer(l, &r->mixer);
    const bool counts =
      clock_now_us() - heard_us < 3000 * 1000; // we may have slept longer
    if (counts) assert_false(loudness_rests(l));
    clock_sleep_us(600 * 1000);
    loudness_steer(l, &r->mixer);
    assert_true(loudness_rests(l));
    assert_true(atomic_load(&r->mixer.steer) >= 1);
  }
  loudness_destroy(l);
  end(r);
}

// From its first moment on, at the highest loudness: no tenth of a second is far louder than
// music, though no meter steers anything here.
static void nothing_startles(void **state) {
  (void)state;
  rig *r = start(noise, 1000);
  run(r, 2, 256);
  for (uint64_t from = 0; from + 4800 <= r->frames; from += 480) {
    double power = 0;
    for (uint64_t i = from; i < from + 4800; i++) power += r->out[i] * r->out[i] / 4800;
    assert_true(sqrt(power) < 0.24);
  }
  end(r);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(blocks_come_in_order),
    cmocka_unit_test(a_late_block_fades_and_is_counted),
    cmocka_unit_test(nobody_there_is_not_late),
    cmocka_unit_test(stop_is_silent_in_time),
    cmocka_unit_test(pages_change_with_a_fade),
    cmocka_unit_test(starts_quiet),
    cmocka_unit_test(nothing_gets_loud),
    cmocka_unit_test(nothing_startles),
    cmocka_unit_test(long_loud_sound_is_turned_down),
    cmocka_unit_test(loudness_rests_in_silence),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
