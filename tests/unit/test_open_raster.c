// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base media
// OpenRaster there and back, read by another program's zip, and what no reader should swallow.
#include "core/media/open_raster.h"
#include "core/media/zip_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROOM = 1 << 20 };
static uint8_t file[ROOM], other[ROOM];
static const char kind[] = "image/openraster";

static picture filled(uint32_t width, uint32_t height, uint8_t seed) {
  picture p = {
    .width = width, .height = height, .rgba = malloc((size_t)width * height * 4)};
  assert_non_null(p.rgba);
  for (size_t i = 0; i < (size_t)width * height * 4; i++)
    p.rgba[i] = (uint8_t)(i * 31 + seed + i / 97);
  return p;
}

static open_raster sample(void) {
  open_raster o = {.width = 40, .height = 30, .count = 3, .whole = filled(40, 30, 1)};
  o.sheets[0] =
    (raster_sheet){.name = "Paper", .pixels = filled(40, 30, 2), .opacity = 1};
  o.sheets[1] = (raster_sheet){.name = "<See> & \"sky\"",
    .pixels = filled(7, 9, 3),
    .x = 5,
    .y = -2,
    .opacity = 0.5f,
    .selected = true};
  o.sheets[2] = (raster_sheet){.name = "Nothing", .opacity = 1, .hidden = true};
  return o;
}

static size_t written(const open_raster *o, uint8_t *to) {
  size_t size = 0;
  assert_true(open_raster_room(o) <= ROOM);
  assert_int_equal(open_raster_write(o, to, ROOM, &size), OK);
  return size;
}

static void there_and_back(void **state) {
  (void)state;
  open_raster o = sample(), back;
  const size_t size = written(&o, file);
  assert_int_equal(open_raster_read(&back, file, size), OK);
  assert_int_equal(back.width, 40);
  assert_int_equal(back.height, 30);
  assert_int_equal(back.count, 3);
  for (uint32_t i = 0; i < 2; i++) {
    const raster_sheet *a = &o.sheets[i], *b = &back.sheets[i];
    assert_string_equal(a->name, b->name);
    assert_int_equal(a->x, b->x);
    assert_int_equal(a->y, b->y);
    assert_true(a->opacity - b->opacity < 1e-4f && b->opacity - a->opacity < 1e-4f);
    assert_int_equal(a->hidden, b->hidden);
    assert_int_equal(a->selected, b->selected);
    assert_int_equal(a->pixels.width, b->pixels.width);
    assert_memory_equal(
      a->pixels.rgba, b->pixels.rgba, (size_t)a->pixels.width * a->pixels.height * 4);
  }
  assert_true(back.sheets[2].hidden);
  assert_int_equal(back.sheets[2].pixels.rgba[3], 0);
  open_raster_finish(&back);
  open_raster_finish(&o);
}

static void same_sheets_same_bytes(void **state) {
  (void)state;
  open_raster o = sample();
  const size_t size = written(&o, file);
  assert_int_equal(written(&o, other), size);
  assert_memory_equal(file, other, size);
  open_raster_finish(&o);
}

// Python's zipfile and the layout that the specification asks for.
static void another_program_reads_it(void **state) {
  (void)state;
  open_raster o = sample();
  const size_t size = written(&o, file);
  open_raster_finish(&o);
  char name[] = "/tmp/open-raster-XXXXXX";
  const int fd = mkstemp(name);
  FILE *to = fd < 0 ? NULL : fdopen(fd, "wb");
  assert_non_null(to);
  assert_int_equal(fwrite(file, 1, size, to), size);
  fclose(to);
  char command[512];
  snprintf(command, sizeof command,
    "python3 -c \"import zipfile,xml.dom.minidom as x; z=zipfile.ZipFile('%s'); "
    "assert z.testzip() is None; i=z.infolist(); "
    "assert i[0].filename=='mimetype' and i[0].compress_type==0; "
    "assert z.read('mimetype')==b'image/openraster'; "
    "n=[l.getAttribute('name') for l in "
    "x.parseString(z.read('stack.xml')).getElementsByTagName('layer')]; "
    "assert n==['Nothing','<See> & \\\"sky\\\"','Paper'], n; "
    "assert {'mergedimage.png','Thumbnails/thumbnail.png'} <= set(z.namelist())\"",
    name);
  const int said = system(command);
  remove(name);
  assert_int_equal(said, 0);
}

// Saved by MyPaint 2.0.1: two sheets and its background.
static void what_mypaint_wrote(void **state) {
  (void)state;
  FILE *from = fopen("tests/fuzz/corpus/open_raster/mypaint.ora", "rb");
  assert_non_null(from);
  const size_t size = fread(file, 1, ROOM, from);
  fclose(from);
  open_raster o;
  assert_int_equal(open_raster_read(&o, file, size), OK);
  assert_int_equal(o.width, 64);
  assert_int_equal(o.count, 3);
  assert_string_equal(o.sheets[0].name, "background");
  assert_string_equal(o.sheets[2].name, "a");
  assert_true(o.sheets[2].hidden && o.sheets[2].opacity == 0.5f);
  assert_false(o.sheets[1].hidden);
  assert_int_equal(o.sheets[0].pixels.rgba[3], 255);
  open_raster_finish(&o);
}

static void too_little_room(void **state) {
  (void)state;
  open_raster o = sample();
  const size_t size = written(&o, file);
  for (size_t room = 0; room < size; room += 1 + room / 50) {
    size_t got = 1;
    assert_int_equal(open_raster_write(&o, other, room, &got), NO_SPACE);
    assert_int_equal(got, 0);
  }
  open_raster_finish(&o);
}

static void cut_off_anywhere(void **state) {
  (void)state;
  open_raster o = sample(), back;
  const size_t size = written(&o, file);
  open_raster_finish(&o);
  for (size_t n = 0; n < size; n++) {
    uint8_t *exact = malloc(n + 1); // so that reading past the end is seen
    assert_non_null(exact);
    memcpy(exact, file, n);
    assert_int_equal(open_raster_read(&back, exact, n), BAD_DATA);
    free(exact);
  }
}

// An archive of the right kind with this list, and one small picture at data/a.png.
static size_t with_list(const char *list, uint8_t *to) {
  uint8_t png[4096];
  size_t length = 0, size = 0;
  picture p = filled(2, 2, 9);
  assert_int_equal(picture_write_png(&p, NULL, NULL, png, sizeof png, &length), OK);
  picture_finish(&p);
  zip_memory *z = NULL;
  assert_int_equal(zip_memory_create(&z, to, ROOM), OK);
  assert_int_equal(zip_memory_add(z, "mimetype", kind, sizeof kind - 1, false), OK);
  assert_int_equal(zip_memory_add(z, "stack.xml", list, strlen(list), true), OK);
  assert_int_equal(zip_memory_add(z, "data/a.png", png, length, false), OK);
  assert_int_equal(zip_memory_close(z, &size), OK);
  return size;
}

static result read_list(const char *list, open_raster *o) {
  return open_raster_read(o, file, with_list(list, file));
}

static void groups_come_as_their_sheets(void **state) {
  (void)state;
  open_raster o;
  assert_int_equal(
    read_list("<image w='9' h='9'><stack><layer src='data/a.png' name='top'/>"
              "<stack x='3' y='1' opacity='0.5' visibility='hidden'>"
              "<layer src='data/a.png' x='1' opacity='0.5'/></stack></stack></image>",
      &o),
    OK);
  assert_int_equal(o.count, 2);
  assert_string_equal(o.sheets[1].name, "top");
  assert_int_equal(o.sheets[0].x, 4);
  assert_int_equal(o.sheets[0].y, 1);
  assert_true(o.sheets[0].opacity == 0.25f);
  assert_true(o.sheets[0].hidden && !o.sheets[1].hidden);
  open_raster_finish(&o);
}

// Taken plainly, and marked, as all in a group that blends.
static void ways_of_blending_are_marked(void **state) {
  (void)state;
  open_raster o;
  assert_int_equal(
    read_list(
      "<image w='9' h='9'><stack><layer src='data/a.png' composite-op='svg:src-over' "
      "selected='true'/><layer src='data/a.png' composite-op='svg:multiply'/>"
      "<stack composite-op='svg:screen'><layer src='data/a.png'/></stack>"
      "<layer src='data/a.png' selected='false'/></stack></image>",
      &o),
    OK);
  assert_int_equal(o.count, 4);
  assert_true(!o.sheets[0].blends && !o.sheets[0].selected); // lowest first
  assert_true(o.sheets[1].blends && o.sheets[2].blends);
  assert_true(!o.sheets[3].blends && o.sheets[3].selected);
  open_raster_finish(&o);
}

static void refused(void **state) {
  (void)state;
  static const struct {
    const char *list;
    result answer;
  } lists[] = {
    {"<image w='9' h='9'><stack><layer src='../../etc/passwd'/></stack></image>",
      BAD_DATA},
    {"<image w='9' h='9'><stack><layer src='/etc/passwd'/></stack></image>", BAD_DATA},
    {"<image w='9' h='9'><stack><layer/></stack></image>", BAD_DATA},
    {"<image w='0' h='9'><stack/></image>", BAD_DATA},
    {"<image w='9000' h='9'><stack/></image>", TOO_LARGE},
    {"<image w='8192' h='8192'><stack/></image>", TOO_LARGE},
    {"<picture w='9' h='9'/>", BAD_DATA},
    {"<image w='9' h='9'><image w='9' h='9'/></image>", BAD_DATA},
    {"<image w='9' h='9'><stack>", BAD_DATA},
    {"<!DOCTYPE image [<!ENTITY a 'b'>]><image w='9' h='9'/>", BAD_DATA},
    {"", BAD_DATA},
  };
  open_raster o;
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
    assert_int_equal(read_list(lists[i].list, &o), lists[i].answer);
    assert_int_equal(o.count, 0);
  }
}

static void too_many(void **state) {
  (void)state;
  char list[8192];
  int n = snprintf(list, sizeof list, "<image w='9' h='9'><stack>");
  for (int i = 0; i <= RASTER_SHEETS_MAX; i++)
    n += snprintf(list + n, sizeof list - (size_t)n, "<layer src='data/a.png'/>");
  snprintf(list + n, sizeof list - (size_t)n, "</stack></image>");
  open_raster o;
  assert_int_equal(read_list(list, &o), TOO_LARGE);
  n = snprintf(list, sizeof list, "<image w='9' h='9'>");
  for (int i = 0; i < 40; i++)
    n += snprintf(list + n, sizeof list - (size_t)n, "<stack>");
  assert_int_equal(read_list(list, &o), TOO_LARGE);
}

// A megabyte of nothing packs well: what is unpacked is bounded, not what is packed.
static void bomb(void **state) {
  (void)state;
  const size_t long_list = (1 << 20) + 1;
  char *list = malloc(long_list + 1);
  assert_non_null(list);
  memset(list, ' ', long_list);
  list[long_list] = 0;
  open_raster o;
  assert_int_equal(read_list(list, &o), TOO_LARGE);
  free(list);
}

static void other_archives(void **state) {
  (void)state;
  zip_memory *z = NULL;
  size_t size = 0;
  open_raster o;
  assert_int_equal(zip_memory_create(&z, file, ROOM), OK);
  assert_int_equal(zip_memory_add(z, "mimetype", "text/plain", 10, false), OK);
  assert_int_equal(zip_memory_close(z, &size), OK);
  assert_int_equal(open_raster_read(&o, file, size), BAD_DATA);
  assert_int_equal(open_raster_read(&o, (const uint8_t *)"PK", 2), BAD_DATA);
}

static picture one_colour(uint32_t width, uint32_t height, const char *rgba) {
  picture p = filled(width, height, 0);
  for (size_t i = 0; i < (size_t)width * height; i++) memcpy(p.rgba + 4 * i, rgba, 4);
  return p;
}

// Sheets that reach over the rim, fade, hide, and lie over nothing.
static void all_sheets_at_once(void **state) {
  (void)state;
  open_raster o = {.width = 10, .height = 10, .count = 4};
  o.sheets[0] = (raster_sheet){
    .pixels = one_colour(6, 6, "\xC8\x64\0\xFF"), .x = -2, .y = -2, .opacity = 1};
  o.sheets[1] = (raster_sheet){
    .pixels = one_colour(9, 9, "\0\0\xFF\xFF"), .x = 3, .y = 3, .opacity = 0.5f};
  o.sheets[2] = (raster_sheet){
    .pixels = one_colour(10, 10, "\1\1\1\xFF"), .opacity = 1, .hidden = true};
  o.sheets[3] = (raster_sheet){
    .pixels = one_colour(3, 3, "\1\1\1\xFF"), .x = 4000, .y = -9000, .opacity = 1};
  picture flat;
  assert_int_equal(open_raster_flatten(&o, &flat), OK);
  assert_memory_equal(flat.rgba, "\xC8\x64\0\xFF", 4);
  assert_int_equal(flat.rgba[4 * 9 + 3], 0);
  assert_memory_equal(flat.rgba + 4 * (3 * 10 + 3), "\x64\x32\x80\xFF", 4); // both
  assert_memory_equal(flat.rgba + 4 * (9 * 10 + 9), "\0\0\xFF\x80", 4);
  picture_finish(&flat);
  open_raster_finish(&o);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(there_and_back),
    cmocka_unit_test(same_sheets_same_bytes),
    cmocka_unit_test(another_program_reads_it),
    cmocka_unit_test(what_mypaint_wrote),
    cmocka_unit_test(too_little_room),
    cmocka_unit_test(cut_off_anywhere),
    cmocka_unit_test(groups_come_as_their_sheets),
    cmocka_unit_test(ways_of_blending_are_marked),
    cmocka_unit_test(refused),
    cmocka_unit_test(too_many),
    cmocka_unit_test(bomb),
    cmocka_unit_test(other_archives),
    cmocka_unit_test(all_sheets_at_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
