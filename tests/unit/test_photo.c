// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base media
// Photos as cameras write them, upright and smaller; and what no reader should swallow.
#include "core/media/photo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jpeglib.h>

enum { LONGEST = 2048, SIDE = 64 };

typedef struct shot {
  uint32_t width, height, orientation; // 0: it does not say
  bool many_passes, inks;
} shot;

typedef struct film {
  unsigned char *bytes;
  unsigned long size;
} film;

// Red at the top left, green at the top right, blue at the bottom left, grey elsewhere.
static void colour_at(const shot *s, uint32_t x, uint32_t y, uint8_t *to) {
  const bool left = x < s->width / 2, top = y < s->height / 2;
  const uint8_t rgb[3] = {
    top && left ? 230 : 40, top && !left ? 230 : 40, !top && left ? 230 : 40};
  memcpy(to, rgb, sizeof rgb); // as light, also where it is of inks
  to[3] = 255;
}

static void put_orientation(struct jpeg_compress_struct *to, uint32_t way) {
  const uint8_t tag[] = {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1,
    0x12, 0, 3, 0, 0, 0, 1, 0, (uint8_t)way, 0, 0, 0, 0, 0, 0};
  jpeg_write_marker(to, JPEG_APP0 + 1, tag, sizeof tag);
}

static film taken(const shot *s) {
  film f = {0};
  struct jpeg_error_mgr errors;
  struct jpeg_compress_struct to = {.err = jpeg_std_error(&errors)};
  jpeg_create_compress(&to);
  jpeg_mem_dest(&to, &f.bytes, &f.size);
  to.image_width = s->width;
  to.image_height = s->height;
  to.input_components = 4;
  to.in_color_space = s->inks ? JCS_CMYK : JCS_EXT_RGBX;
  jpeg_set_defaults(&to);
  jpeg_set_quality(&to, 92, TRUE);
  if (s->inks) to.write_Adobe_marker = TRUE;
  if (s->many_passes) jpeg_simple_progression(&to);
  jpeg_start_compress(&to, TRUE);
  if (s->orientation) put_orientation(&to, s->orientation);
  uint8_t *row = malloc((size_t)s->width * 4);
  assert_non_null(row);
  for (uint32_t y = 0; y < s->height; y++) {
    for (uint32_t x = 0; x < s->width; x++) colour_at(s, x, y, row + (size_t)x * 4);
    jpeg_write_scanlines(&to, &row, 1);
  }
  free(row);
  jpeg_finish_compress(&to);
  jpeg_destroy_compress(&to);
  return f;
}

static picture read_back(const film *f, uint32_t longest) {
  picture p;
  assert_int_equal(photo_read_jpeg(&p, f->bytes, f->size, longest), OK);
  return p;
}

// In the middle of a quarter.
static char corner(const picture *p, bool right, bool bottom) {
  const uint32_t x = p->width * (right ? 3 : 1) / 4, y = p->height * (bottom ? 3 : 1) / 4;
  const uint8_t *at = p->rgba + ((size_t)y * p->width + x) * 4;
  assert_int_equal(at[3], 255);
  return at[0] > 128 ? 'r' : at[1] > 128 ? 'g' : at[2] > 128 ? 'b' : '-';
}

static void assert_corners(const picture *p, const char *wanted) {
  const char found[5] = {corner(p, false, false), corner(p, true, false),
    corner(p, false, true), corner(p, true, true), 0};
  assert_string_equal(found, wanted);
}

static void each_kind(void **state) {
  (void)state;
  const shot kinds[] = {{48, 32, 0, false, false}, {48, 32, 0, true, false},
    {48, 32, 0, false, true}, {48, 32, 1, true, true}};
  for (size_t i = 0; i < 4; i++) {
    film f = taken(&kinds[i]);
    picture p = read_back(&f, LONGEST);
    assert_int_equal(p.width, 48);
    assert_int_equal(p.height, 32);
    assert_corners(&p, "rgb-");
    picture_finish(&p);
    free(f.bytes);
  }
}

// As the table of the Exif standard has it: where the row and column 0 of the file are seen.
static void upright(void **state) {
  (void)state;
  const char *const seen[9] = {
    "", "rgb-", "gr-b", "-bgr", "b-rg", "rbg-", "br-g", "-gbr", "g-rb"};
  for (uint32_t way = 1; way <= 8; way++) {
    film f = taken(&(shot){.width = 48, .height = 32, .orientation = way});
    picture p = read_back(&f, LONGEST);
    assert_int_equal(p.width, way >= 5 ? 32 : 48);
    assert_int_equal(p.height, way >= 5 ? 48 : 32);
    assert_corners(&p, seen[way]);
    picture_finish(&p);
    free(f.bytes);
  }
}

static void large_ones_come_smaller(void **state) {
  (void)state;
  film f = taken(&(shot){.width = 600, .height = 400});
  const uint32_t longest[] = {LONGEST, 300, 100, 10}, width[] = {600, 300, 150, 75};
  for (int i = 0; i < 4; i++) {
    picture p = read_back(&f, longest[i]);
    assert_int_equal(p.width, width[i]);
    assert_corners(&p, "rgb-");
    picture_finish(&p);
  }
  free(f.bytes);
}

static void assert_refused(const void *bytes, size_t size, result why) {
  picture p;
  uint8_t *exact = malloc(size + 1); // so that a sanitizer sees the end
  assert_non_null(exact);
  memcpy(exact, bytes, size);
  assert_int_equal(photo_read_jpeg(&p, exact, size, LONGEST), why);
  assert_null(p.rgba);
  free(exact);
}

static void cut_everywhere(void **state) {
  (void)state;
  for (int many = 0; many < 2; many++) {
    film f =
      taken(&(shot){.width = 40, .height = 24, .orientation = 6, .many_passes = many});
    for (size_t n = 0; n < f.size; n++) assert_refused(f.bytes, n, BAD_DATA);
    free(f.bytes);
  }
}

static uint8_t *find_marker(const film *f, uint8_t marker) {
  for (size_t i = 0; i + 1 < f->size; i++)
    if (f->bytes[i] == 0xFF && f->bytes[i + 1] == marker) return f->bytes + i;
  return NULL;
}

static void says_size(uint8_t *head, uint32_t height, uint32_t width) {
  head[5] = (uint8_t)(height >> 8);
  head[6] = (uint8_t)height;
  head[7] = (uint8_t)(width >> 8);
  head[8] = (uint8_t)width;
}

static void bombs(void **state) {
  (void)state;
  film f = taken(&(shot){.width = 40, .height = 24});
  uint8_t *head = find_marker(&f, 0xC0);
  assert_non_null(head);
  says_size(head, 65500, 65500);
  assert_refused(f.bytes, f.size, TOO_LARGE);
  says_size(head, 16384, 16384);
  assert_refused(f.bytes, f.size, TOO_LARGE);
  says_size(head, 0, 0);
  assert_refused(f.bytes, f.size, BAD_DATA);
  free(f.bytes);
}

// The first pass again and again: a small file, and work without end.
static void passes_without_end(void **state) {
  (void)state;
  enum { TIMES = 400 };
  film f = taken(&(shot){.width = 40, .height = 24, .many_passes = true});
  const uint8_t *pass = find_marker(&f, 0xDA), *next = pass + 2;
  while (next[0] != 0xFF || next[1] == 0) next++;
  const size_t size = (size_t)(next - pass), before = (size_t)(next - f.bytes);
  uint8_t *all = malloc(f.size + TIMES * size);
  assert_non_null(all);
  memcpy(all, f.bytes, before);
  for (size_t i = 0; i < TIMES; i++) memcpy(all + before + i * size, pass, size);
  memcpy(all + before + TIMES * size, next, f.size - before);
  assert_refused(all, f.size + TIMES * size, TOO_LARGE);
  free(all);
  free(f.bytes);
}

static void no_photo(void **state) {
  (void)state;
  const char text[] = "\xFF\xD8\xFF, and then nothing of a photo at all";
  assert_refused(text, sizeof text, BAD_DATA);
  assert_refused("", 0, BAD_DATA);
}

// Nothing breaks, whatever comes of it.
static void flipped_bytes(void **state) {
  (void)state;
  for (int many = 0; many < 2; many++) {
    film f =
      taken(&(shot){.width = 40, .height = 24, .orientation = 8, .many_passes = many});
    uint32_t seed = 5;
    for (int i = 0; i < 2000; i++) {
      seed = seed * 1664525 + 1013904223;
      const size_t at = (seed >> 8) % f.size;
      const uint8_t was = f.bytes[at];
      f.bytes[at] ^= (uint8_t)(1u << (seed >> 5 & 7));
      picture p;
      if (photo_read_jpeg(&p, f.bytes, f.size, LONGEST) == OK) picture_finish(&p);
      assert_null(p.rgba);
      f.bytes[at] = was;
    }
    free(f.bytes);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_kind),
    cmocka_unit_test(upright),
    cmocka_unit_test(large_ones_come_smaller),
    cmocka_unit_test(cut_everywhere),
    cmocka_unit_test(bombs),
    cmocka_unit_test(passes_without_end),
    cmocka_unit_test(no_photo),
    cmocka_unit_test(flipped_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
