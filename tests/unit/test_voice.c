// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base voice
// What a synthesiser makes, fit for our ears: the same pitch at our rate, evenly loud, no
// silence and no click at its ends; and languages that are no paths.
#include "core/voice/clear.h"
#include "core/voice/speaker.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SECONDS = 2, MOST = 10 * CLEAR_RATE };

typedef struct clip {
  int16_t *samples;
  size_t count;
} clip;

// A tone of a second between half seconds of nothing, as loud as is said.
static clip cleared(uint32_t rate, double hz, double loud, size_t most) {
  const size_t count = (size_t)SECONDS * rate;
  float *from = calloc(count, sizeof *from);
  for (size_t i = rate / 2; i < count - rate / 2; i++)
    from[i] = (float)(loud * sin(2 * M_PI * hz * (double)i / rate));
  const clear_wish wish = {.from = from, .count = count, .rate = rate, .most = most};
  clip c = {0};
  assert_int_equal(clear_sound(&wish, &c.samples, &c.count), OK);
  free(from);
  return c;
}

static double rms(const clip *c, size_t from, size_t to) {
  double sum = 0;
  for (size_t i = from; i < to; i++) sum += (double)c->samples[i] * c->samples[i];
  return sqrt(sum / (double)(to - from)) / 32768;
}

static double pitch(const clip *c, size_t from, size_t to) {
  size_t crossings = 0;
  for (size_t i = from + 1; i < to; i++)
    crossings += c->samples[i - 1] < 0 && c->samples[i] >= 0;
  return (double)crossings * CLEAR_RATE / (double)(to - from);
}

static void it_keeps_its_pitch_at_our_rate(void **state) {
  (void)state;
  const uint32_t rates[] = {8000, 16000, 22050, 24000, 44100, 48000};
  for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
    clip c = cleared(rates[i], 1000, 0.5, MOST);
    assert_true(
      fabs((double)c.count / CLEAR_RATE - 1.05) < 0.02); // a second and its ends
    const size_t from = CLEAR_RATE / 4, to = 3 * CLEAR_RATE / 4;
    assert_true(fabs(pitch(&c, from, to) - 1000) < 5);
    // What is no part of the tone is 50 dB below it.
    double residue = 0;
    const double two_cos = 2 * cos(2 * M_PI * 1000 / CLEAR_RATE);
    for (size_t k = from + 2; k < to; k++)
      residue =
        fmax(residue, fabs(c.samples[k] - two_cos * c.samples[k - 1] + c.samples[k - 2]));
    assert_true(residue < 32768 * 0.11 * 0.0032 + 4);
    free(c.samples);
  }
}

static void it_is_evenly_loud(void **state) {
  (void)state;
  const double louds[] = {0.02, 0.1, 0.9};
  for (size_t i = 0; i < sizeof louds / sizeof *louds; i++) {
    clip c = cleared(22050, 440, louds[i], MOST);
    const double db = 20 * log10(rms(&c, CLEAR_RATE / 4, 3 * CLEAR_RATE / 4));
    assert_true(fabs(db + 22) < 0.5);
    free(c.samples);
  }
}

static void it_begins_and_ends_without_a_click(void **state) {
  (void)state;
  clip c = cleared(22050, 440, 0.5, MOST);
  assert_in_range(abs(c.samples[0]), 0, 2);
  assert_in_range(abs(c.samples[c.count - 1]), 0, 2);
  int largest = 0;
  for (size_t i = 1; i < c.count; i++) {
    const int step = abs(c.samples[i] - c.samples[i - 1]);
    if (step > largest) largest = step;
  }
  assert_true(largest < 450); // the tone itself: 212
  free(c.samples);
  c = cleared(22050, 440, 0.5, CLEAR_RATE); // cut off in the middle of the tone
  assert_true(c.count <= CLEAR_RATE);
  assert_in_range(abs(c.samples[c.count - 1]), 0, 2);
  free(c.samples);
}

static void silence_and_nonsense_are_nothing(void **state) {
  (void)state;
  clip c = cleared(22050, 440, 0, MOST);
  assert_int_equal(c.count, 0);
  assert_null(c.samples);
  c = cleared(22050, 440, 0.001, MOST);
  assert_int_equal(c.count, 0);
  const float one = 0.5f;
  const uint32_t rates[] = {0, 100, 7999, 48001, 96000, 44101};
  for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
    const clear_wish wish = {.from = &one, .count = 1, .rate = rates[i], .most = MOST};
    assert_int_equal(clear_sound(&wish, &c.samples, &c.count), BAD_DATA);
    assert_null(c.samples);
  }
  const clear_wish none = {.from = &one, .count = 0, .rate = 22050, .most = MOST};
  assert_int_equal(clear_sound(&none, &c.samples, &c.count), OK);
  assert_int_equal(c.count, 0);
}

static void a_language_is_no_path(void **state) {
  (void)state;
  speaker s = {0};
  spoken made = {0};
  assert_int_equal(speaker_find(&s), OK);
  assert_int_equal(speaker_open(&s), OK);
  const char *const refused[] = {"", "../../etc/passwd", "en/../de", "/en", "xx", "en de",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", ".UTF-8", "\xff\xfe"};
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
    const speaker_wish wish = {
      .language = refused[i], .words = "Hello", .pace = 1, .most = MOST};
    assert_int_equal(speaker_say(&wish, &made), NOT_FOUND);
  }
  assert_int_equal(made.count, 0);
  const char *const known[] = {"en", "de_DE.UTF-8", "pt_BR", "ar", "de-AT"};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    const size_t before = made.count;
    const speaker_wish wish = {
      .language = known[i], .words = "Ola 1", .pace = 1, .most = 100 * MOST};
    assert_int_equal(speaker_say(&wish, &made), OK);
    assert_true(made.count > before);
  }
  const speaker_wish more = {
    .language = "en", .words = "This is too long for it.", .pace = 1, .most = 2000};
  made.count = 0;
  assert_int_equal(speaker_say(&more, &made), TOO_LARGE);
  assert_true(made.count <= 2000);
  free(made.samples);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(it_keeps_its_pitch_at_our_rate),
    cmocka_unit_test(it_is_evenly_loud),
    cmocka_unit_test(it_begins_and_ends_without_a_click),
    cmocka_unit_test(silence_and_nonsense_are_nothing),
    cmocka_unit_test(a_language_is_no_path),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
