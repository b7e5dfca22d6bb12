// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base media
// FLAC and WAV there and back to the last bit, and what no reader should swallow.
#include "core/media/sound_file.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FRAMES = 10007, ROOM = 1 << 20 };
static uint8_t file[ROOM], second[ROOM];
static float samples[FRAMES * 2];

// Values on the grid of 24 bits: a tone, noise, silence, both ends.
static void make_samples(void) {
  uint32_t n = 1;
  for (int i = 0; i < FRAMES * 2; i++) {
    n = n * 1664525 + 1013904223;
    double v = i < 6000 ? 0.7 * sin(i * 0.03)
      : i < 12000       ? (double)(int32_t)n / 2147483648.0
                        : 0;
    samples[i] = (float)(floor(v * 8388608.0) / 8388608.0);
  }
  samples[100] = -1.0f;
  samples[101] = 8388607.0f / 8388608.0f;
}

static void exact_there_and_back(void **state) {
  (void)state;
  make_samples();
  for (int format = SOUND_FLAC; format <= SOUND_WAV; format++) {
    size_t size = 0;
    float *back = NULL;
    uint64_t frames = 0;
    uint32_t rate = 0;
    assert_int_equal(sound_file_write((sound_format)format, samples, FRAMES, "Loop 1",
                       file, ROOM, &size),
      OK);
    assert_int_equal(sound_file_read(file, size, FRAMES, &back, &frames, &rate), OK);
    assert_int_equal(frames, FRAMES);
    assert_int_equal(rate, 48000);
    assert_memory_equal(back, samples, sizeof samples);
    free(back);
  }
}

static void same_samples_same_bytes(void **state) {
  (void)state;
  make_samples();
  for (int format = SOUND_FLAC; format <= SOUND_WAV; format++) {
    size_t a = 0, b = 0;
    assert_int_equal(
      sound_file_write((sound_format)format, samples, FRAMES, "Loop", file, ROOM, &a),
      OK);
    assert_int_equal(
      sound_file_write((sound_format)format, samples, FRAMES, "Loop", second, ROOM, &b),
      OK);
    assert_int_equal(a, b);
    assert_memory_equal(file, second, a);
    assert_non_null(memmem(file, a, "Loop", 4));
  }
}

static void loud_and_odd_samples_are_clipped(void **state) {
  (void)state;
  const float odd[8] = {4.0f, -4.0f, INFINITY, -INFINITY, NAN, 0.0f, 1.0f, -1.0f};
  const float top = 8388607.0f / 8388608.0f;
  const float expected[8] = {top, -1.0f, top, -1.0f, 0.0f, 0.0f, top, -1.0f};
  size_t size = 0;
  float *back = NULL;
  uint64_t frames = 0;
  uint32_t rate = 0;
  assert_int_equal(sound_file_write(SOUND_FLAC, odd, 4, NULL, file, ROOM, &size), OK);
  assert_int_equal(sound_file_read(file, size, 4, &back, &frames, &rate), OK);
  assert_memory_equal(back, expected, sizeof expected);
  free(back);
}

static void nothing_is_a_sound_too(void **state) {
  (void)state;
  size_t size = 0;
  float *back = NULL;
  uint64_t frames = 1;
  uint32_t rate = 0;
  assert_int_equal(sound_file_write(SOUND_WAV, samples, 0, NULL, file, ROOM, &size), OK);
  assert_int_equal(sound_file_read(file, size, 10, &back, &frames, &rate), OK);
  assert_int_equal(frames, 0);
  free(back);
}

static void room_that_does_not_do(void **state) {
  (void)state;
  make_samples();
  for (int format = SOUND_FLAC; format <= SOUND_WAV; format++) {
    size_t size = 0, got = 1;
    assert_int_equal(
      sound_file_write((sound_format)format, samples, FRAMES, NULL, file, ROOM, &size),
      OK);
    for (size_t room = 0; room < size; room += room < 200 ? 1 : 1999) {
      assert_int_equal(
        sound_file_write((sound_format)format, samples, FRAMES, NULL, second, room, &got),
        NO_SPACE);
      assert_int_equal(got, 0);
    }
  }
}

// Noise of full scale: no encoder makes it smaller.
static void noise_fits_into_its_room(void **state) {
  (void)state;
  enum { MUCH = 48000 * 4 };
  uint32_t n = 7;
  float *noise = malloc(MUCH * 2 * sizeof *noise);
  uint8_t *to = malloc(sound_file_room(MUCH));
  for (int i = 0; i < MUCH * 2; i++) {
    n = n * 1664525 + 1013904223;
    noise[i] = (float)(int32_t)n / 2147483648.0f;
  }
  size_t size = 0;
  assert_int_equal(
    sound_file_write(SOUND_FLAC, noise, MUCH, "Noise", to, sound_file_room(MUCH), &size),
    OK);
  assert_true(size > MUCH * 5);
  assert_true(size < sound_file_room(MUCH) - (60 << 10)); // also without its spare part
  free(noise);
  free(to);
}

static void read_piece(void *data, uint64_t at, uint64_t count, float *to) {
  uint64_t *next = data;
  assert_int_equal(at, *next); // one piece after the other
  *next += count;
  for (uint64_t i = 0; i < count * 2; i++) {
    assert_true(to[i] == 0);
    to[i] = samples[at * 2 + i];
  }
}

static void pieces_give_the_same_file(void **state) {
  (void)state;
  make_samples();
  size_t a = 0, b = 0;
  uint64_t next = 0;
  const sound_source source = {
    .data = &next, .read = read_piece, .frames = FRAMES, .title = "Loop"};
  assert_int_equal(
    sound_file_write(SOUND_FLAC, samples, FRAMES, "Loop", file, ROOM, &a), OK);
  assert_int_equal(sound_file_write_from(SOUND_FLAC, &source, second, ROOM, &b), OK);
  assert_int_equal(next, FRAMES);
  assert_int_equal(a, b);
  assert_memory_equal(file, second, a);
}

static void longer_than_allowed(void **state) {
  (void)state;
  make_samples();
  size_t size = 0;
  float *back = NULL;
  uint64_t frames = 0;
  uint32_t rate = 0;
  assert_int_equal(
    sound_file_write(SOUND_FLAC, samples, FRAMES, NULL, file, ROOM, &size), OK);
  assert_int_equal(
    sound_file_read(file, size, FRAMES - 1, &back, &frames, &rate), TOO_LARGE);
  assert_null(back);
}

static void put_number(uint8_t *to, uint32_t v, int bytes) {
  for (int i = 0; i < bytes; i++) to[i] = (uint8_t)(v >> (8 * i));
}

// A WAV of four 16-bit samples with what the head claims changed.
static size_t plain_wav(uint32_t channels, uint32_t rate, uint32_t coding) {
  static const int16_t four[4] = {16384, -16384, 8192, 0};
  static const char head[] = "RIFF....WAVEfmt ....................data....";
  memcpy(file, head, sizeof head);
  put_number(file + 4, 36 + sizeof four, 4);
  put_number(file + 16, 16, 4);
  put_number(file + 20, coding, 2);
  put_number(file + 22, channels, 2);
  put_number(file + 24, rate, 4);
  put_number(file + 28, rate * channels * 2, 4);
  put_number(file + 32, channels * 2, 2);
  put_number(file + 34, 16, 2);
  put_number(file + 40, sizeof four, 4);
  memcpy(file + 44, four, sizeof four);
  return 44 + sizeof four;
}

static result read_wav(uint32_t channels, uint32_t rate, uint32_t coding, float **back) {
  uint64_t frames = 0;
  uint32_t found = 0;
  return sound_file_read(
    file, plain_wav(channels, rate, coding), 100, back, &frames, &found);
}

static void what_heads_claim(void **state) {
  (void)state;
  float *back = NULL;
  assert_int_equal(read_wav(1, 44100, 1, &back), OK);
  const float doubled[8] = {0.5f, 0.5f, -0.5f, -0.5f, 0.25f, 0.25f, 0, 0};
  assert_memory_equal(back, doubled, sizeof doubled);
  free(back);
  back = NULL;
  assert_int_not_equal(read_wav(4, 44100, 1, &back), OK);
  assert_int_not_equal(read_wav(2, 1000, 1, &back), OK);
  assert_int_not_equal(read_wav(2, 1000000, 1, &back), OK);
  assert_int_not_equal(read_wav(2, 48000, 2, &back), OK); // ADPCM
  assert_int_not_equal(read_wav(0, 48000, 1, &back), OK);
  assert_null(back);
}

static void other_formats_are_not_tried(void **state) {
  (void)state;
  float *back = NULL;
  uint64_t frames = 0;
  uint32_t rate = 0;
  const char *heads[] = {
    "FORM....AIFF", "OggS........", ".snd........", "caff........", ""};
  for (size_t i = 0; i < 5; i++) {
    memset(file, 0, 64);
    memcpy(file, heads[i], strlen(heads[i]));
    assert_int_equal(
      sound_file_read(file, i == 4 ? 0 : 64, 100, &back, &frames, &rate), BAD_DATA);
  }
}

static void cut_and_flipped(void **state) {
  (void)state;
  make_samples();
  for (int format = SOUND_FLAC; format <= SOUND_WAV; format++) {
    size_t size = 0;
    assert_int_equal(
      sound_file_write((sound_format)format, samples, 600, "x", file, ROOM, &size), OK);
    for (size_t n = 0; n < size; n += n < 200 ? 1 : 13) {
      uint8_t *exact = malloc(n + 1);
      float *back = NULL;
      uint64_t frames = 0;
      uint32_t rate = 0;
      assert_non_null(exact);
      memcpy(exact, file, n);
      result r = sound_file_read(exact, n, 600, &back, &frames, &rate);
      if (r == OK)
        assert_true(frames < 600); // a shorter sound, never half-made samples
      else
        assert_null(back);
      free(back);
      exact[n / 2] ^= 0x10;
      back = NULL;
      r = sound_file_read(exact, n, 600, &back, &frames, &rate);
      if (r != OK) assert_null(back);
      free(back);
      free(exact);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(exact_there_and_back),
    cmocka_unit_test(same_samples_same_bytes),
    cmocka_unit_test(loud_and_odd_samples_are_clipped),
    cmocka_unit_test(nothing_is_a_sound_too),
    cmocka_unit_test(room_that_does_not_do),
    cmocka_unit_test(noise_fits_into_its_room),
    cmocka_unit_test(pieces_give_the_same_file),
    cmocka_unit_test(longer_than_allowed),
    cmocka_unit_test(what_heads_claim),
    cmocka_unit_test(other_formats_are_not_tried),
    cmocka_unit_test(cut_and_flipped),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
