// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base media
// PNG there and back, and what no reader should swallow.
#include "core/media/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROOM = 1 << 20 };
static uint8_t file[ROOM], second[ROOM];

static picture pattern(uint32_t width, uint32_t height) {
  picture p = {
    .width = width, .height = height, .rgba = malloc((size_t)width * height * 4)};
  assert_non_null(p.rgba);
  uint32_t n = 7;
  for (size_t i = 0; i < (size_t)width * height * 4; i++) {
    n = n * 1664525 + 1013904223;
    p.rgba[i] = i % 3 == 0 ? (uint8_t)(n >> 24) : (uint8_t)i;
  }
  return p;
}

static size_t written(
  const picture *p, const char *title, const char *about, uint8_t *to) {
  size_t size = 0;
  assert_int_equal(picture_write_png(p, title, about, to, ROOM, &size), OK);
  assert_true(size > 0);
  return size;
}

static void there_and_back(void **state) {
  (void)state;
  const uint32_t sizes[][2] = {{1, 1}, {3, 200}, {200, 3}, {123, 77}};
  for (size_t i = 0; i < 4; i++) {
    picture p = pattern(sizes[i][0], sizes[i][1]), back;
    size_t size = written(&p, "Sea", "Blue and green", file);
    assert_int_equal(picture_read_png(&back, file, size), OK);
    assert_int_equal(back.width, p.width);
    assert_int_equal(back.height, p.height);
    assert_memory_equal(back.rgba, p.rgba, (size_t)p.width * p.height * 4);
    picture_finish(&back);
    picture_finish(&back);
    picture_finish(&p);
  }
}

static bool holds(const uint8_t *bytes, size_t size, const char *text) {
  return memmem(bytes, size, text, strlen(text)) != NULL;
}

static void same_pixels_same_bytes(void **state) {
  (void)state;
  picture p = pattern(50, 40);
  const char *about = "Ein Meer \xe2\x80\x93 \xe6\xb5\xb7";
  size_t a = written(&p, "Sea", about, file), b = written(&p, "Sea", about, second);
  assert_int_equal(a, b);
  assert_memory_equal(file, second, a);
  assert_true(holds(file, a, "sRGB"));
  assert_true(holds(file, a, about));
  assert_true(holds(file, a, "Gesto"));
  assert_false(holds(file, a, "tIME"));
  assert_false(holds(file, a, "Author"));
  a = written(&p, NULL, NULL, file);
  assert_false(holds(file, a, "Title"));
  picture_finish(&p);
}

static void room_that_does_not_do(void **state) {
  (void)state;
  picture p = pattern(20, 20);
  size_t size = written(&p, "Sea", "about", file), got = 1;
  for (size_t room = 0; room < size; room++) {
    assert_int_equal(picture_write_png(&p, "Sea", "about", second, room, &got), NO_SPACE);
    assert_int_equal(got, 0);
  }
  assert_int_equal(picture_write_png(&p, "Sea", "about", second, size, &got), OK);
  p.width = PICTURE_SIDE_MAX + 1;
  assert_int_equal(picture_write_png(&p, NULL, NULL, second, ROOM, &got), TOO_LARGE);
  p.width = 20;
  picture_finish(&p);
}

// Every beginning of a file is refused, read from memory that ends where it does.
static void cut_everywhere(void **state) {
  (void)state;
  picture p = pattern(9, 7), back;
  size_t size = written(&p, "Sea", "about", file);
  for (size_t n = 0; n < size; n++) {
    uint8_t *exact = malloc(n + 1);
    assert_non_null(exact);
    memcpy(exact, file, n);
    assert_int_equal(picture_read_png(&back, exact, n), BAD_DATA);
    assert_null(back.rgba);
    free(exact);
  }
  picture_finish(&p);
}

static void bits_flipped_everywhere(void **state) {
  (void)state;
  picture p = pattern(9, 7), back;
  size_t size = written(&p, "Sea", "about", file);
  for (size_t at = 0; at < size; at++) {
    for (int bit = 0; bit < 8; bit++) {
      file[at] ^= (uint8_t)(1 << bit);
      result r = picture_read_png(&back, file, size);
      assert_true(r == OK || r == BAD_DATA || r == TOO_LARGE);
      picture_finish(&back);
      file[at] ^= (uint8_t)(1 << bit);
    }
  }
  picture_finish(&p);
}

// ---- Files made by hand ------------------------------------------------------------

static uint32_t checksum(const uint8_t *bytes, size_t n) {
  uint32_t sum = 0xFFFFFFFF;
  for (size_t i = 0; i < n; i++) {
    sum ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) sum = sum >> 1 ^ (sum & 1 ? 0xEDB88320 : 0);
  }
  return ~sum;
}

static size_t put_chunk(size_t at, const char *kind, const void *bytes, uint32_t n) {
  uint8_t head[8] = {
    (uint8_t)(n >> 24), (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n};
  memcpy(head + 4, kind, 4);
  memcpy(file + at, head, 8);
  if (n > 0) memcpy(file + at + 8, bytes, n);
  uint32_t sum = checksum(file + at + 4, n + 4);
  uint8_t tail[4] = {
    (uint8_t)(sum >> 24), (uint8_t)(sum >> 16), (uint8_t)(sum >> 8), (uint8_t)sum};
  memcpy(file + at + 8 + n, tail, 4);
  return at + 12 + n;
}

static size_t put_head(uint32_t width, uint32_t height, uint8_t depth, uint8_t kind) {
  static const uint8_t mark[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  uint8_t h[13] = {(uint8_t)(width >> 24), (uint8_t)(width >> 16), (uint8_t)(width >> 8),
    (uint8_t)width, (uint8_t)(height >> 24), (uint8_t)(height >> 16),
    (uint8_t)(height >> 8), (uint8_t)height, depth, kind, 0, 0, 0};
  memcpy(file, mark, 8);
  return put_chunk(8, "IHDR", h, sizeof h);
}

// Bytes as zlib would have them, not made smaller.
static size_t put_packed(size_t at, const uint8_t *bytes, uint16_t n) {
  uint8_t packed[300] = {
    0x78, 0x01, 1, (uint8_t)n, (uint8_t)(n >> 8), (uint8_t)~n, (uint8_t)(~n >> 8)};
  uint32_t a = 1, b = 0;
  assert_true(n < 256);
  for (int i = 0; i < n; i++) {
    packed[7 + i] = bytes[i];
    a = (a + bytes[i]) % 65521;
    b = (b + a) % 65521;
  }
  const uint8_t tail[4] = {(uint8_t)(b >> 8), (uint8_t)b, (uint8_t)(a >> 8), (uint8_t)a};
  memcpy(packed + 7 + n, tail, 4);
  return put_chunk(at, "IDAT", packed, n + 11u);
}

static void put_bits(uint8_t *to, size_t *at, uint32_t bits, int count) {
  for (int i = 0; i < count; i++, (*at)++) {
    if (bits >> i & 1) to[*at / 8] |= (uint8_t)(1 << *at % 8);
  }
}

// A stream of some 100 KB that unfolds to `repeats` times 258 zeros.
static size_t pack_zeros(uint8_t *to, uint32_t repeats) {
  size_t at = 16;
  to[0] = 0x78;
  to[1] = 0x01;
  put_bits(to, &at, 3, 3);    // the last block, fixed codes
  put_bits(to, &at, 0x0C, 8); // a zero: 00110000, highest bit first
  for (uint32_t i = 0; i < repeats; i++) {
    put_bits(to, &at, 0xA3, 8); // the longest match: 11000101
    put_bits(to, &at, 0, 5);    // of what came just before
  }
  put_bits(to, &at, 0, 7);
  return (at + 7) / 8 + 4;
}

static void sizes_over_the_limits(void **state) {
  (void)state;
  const uint32_t sizes[][2] = {{0x7FFFFFFF, 0x7FFFFFFF}, {8193, 1}, {1, 8193},
    {8192, 8192}, {0xFFFFFFFF, 1}, {65536, 65536}};
  for (size_t i = 0; i < 6; i++) {
    picture back;
    size_t at = put_head(sizes[i][0], sizes[i][1], 8, 6);
    at = put_packed(at, (const uint8_t *)"", 1);
    at = put_chunk(at, "IEND", NULL, 0);
    assert_int_equal(picture_read_png(&back, file, at), TOO_LARGE);
  }
  picture back;
  size_t at = put_head(0, 5, 8, 6);
  assert_int_equal(
    picture_read_png(&back, file, put_chunk(at, "IEND", NULL, 0)), BAD_DATA);
}

static void too_many_chunks(void **state) {
  (void)state;
  const uint8_t pixel[5] = {0, 1, 2, 3, 255};
  for (int count = 10; count <= 80; count += 70) {
    picture back;
    size_t at = put_head(1, 1, 8, 6);
    for (int i = 0; i < count; i++) at = put_chunk(at, "tEXt", "a\0b", 3);
    at = put_packed(at, pixel, sizeof pixel);
    at = put_chunk(at, "IEND", NULL, 0);
    assert_int_equal(picture_read_png(&back, file, at), count == 10 ? OK : TOO_LARGE);
    picture_finish(&back);
  }
}

// A small compressed text that would unfold to 16 MB is left alone; so is one said to be huge.
static void bombs(void **state) {
  (void)state;
  const uint8_t pixel[5] = {0, 1, 2, 3, 255};
  static uint8_t packed[ROOM / 2] = {'a', 0, 0};
  size_t size = pack_zeros(packed + 3, 65000);
  picture back;
  size_t at = put_head(1, 1, 8, 6);
  at = put_chunk(at, "zTXt", packed, (uint32_t)size + 3);
  at = put_packed(at, pixel, sizeof pixel);
  at = put_chunk(at, "IEND", NULL, 0);
  assert_int_equal(picture_read_png(&back, file, at), OK);
  picture_finish(&back);
  // More pixels than the head says: the rest is not unpacked into anything.
  at = put_head(1, 1, 8, 6);
  at = put_chunk(at, "IDAT", packed + 3, (uint32_t)size);
  at = put_chunk(at, "IEND", NULL, 0);
  result r = picture_read_png(&back, file, at);
  assert_true(r == OK || r == BAD_DATA);
  picture_finish(&back);
  at = put_head(1, 1, 8, 6);
  file[at] = 0x7F; // a chunk of 2 GB in a file of some bytes
  const uint8_t kind[4] = {'t', 'E', 'X', 't'};
  memcpy(file + at + 4, kind, sizeof kind);
  assert_int_equal(picture_read_png(&back, file, at + 20), TOO_LARGE);
}

// Grey, palette, 16 bits, interlaced: whatever it is comes as RGBA.
static void other_kinds(void **state) {
  (void)state;
  picture back;
  uint8_t grey[] = {0, 0x80, 0, 0xFF}; // two rows of one pixel
  size_t at = put_packed(put_head(1, 2, 8, 0), grey, sizeof grey);
  assert_int_equal(picture_read_png(&back, file, put_chunk(at, "IEND", NULL, 0)), OK);
  const uint8_t grey_rgba[] = {0x80, 0x80, 0x80, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
  assert_memory_equal(back.rgba, grey_rgba, 8);
  picture_finish(&back);
  uint8_t deep[] = {0, 0x12, 0x34, 0x56, 0x78, 0x9A, 0xBC};
  at = put_packed(put_head(1, 1, 16, 2), deep, sizeof deep);
  assert_int_equal(picture_read_png(&back, file, put_chunk(at, "IEND", NULL, 0)), OK);
  const uint8_t deep_rgba[] = {0x12, 0x56, 0x9A, 0xFF};
  assert_memory_equal(back.rgba, deep_rgba, 4);
  picture_finish(&back);
  uint8_t indexed[] = {0, 0x40}; // 2 bits a pixel: the second colour
  at = put_chunk(put_head(1, 1, 2, 3), "PLTE", "\1\2\3\4\5\6", 6);
  at = put_chunk(
    put_packed(put_chunk(at, "tRNS", "\x10\x20", 2), indexed, 2), "IEND", NULL, 0);
  assert_int_equal(picture_read_png(&back, file, at), OK);
  const uint8_t indexed_rgba[] = {4, 5, 6, 0x20};
  assert_memory_equal(back.rgba, indexed_rgba, 4);
  picture_finish(&back);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(there_and_back),
    cmocka_unit_test(same_pixels_same_bytes),
    cmocka_unit_test(room_that_does_not_do),
    cmocka_unit_test(cut_everywhere),
    cmocka_unit_test(bits_flipped_everywhere),
    cmocka_unit_test(sizes_over_the_limits),
    cmocka_unit_test(too_many_chunks),
    cmocka_unit_test(bombs),
    cmocka_unit_test(other_kinds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
