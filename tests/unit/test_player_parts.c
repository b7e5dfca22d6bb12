// SPDX-License-Identifier: GPL-3.0-or-later
// needs: player
// The player's small parts: control values, damage, bytes, chance, a look into files.
#include "core/player/assets.h"
#include "core/player/blob.h"
#include "core/player/chance.h"
#include "core/player/colours.h"
#include "core/player/controls.h"
#include "core/player/elf_look.h"
#include "core/player/stale.h"
#include "core/player/touching.h"
#include "core/player/words.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

static const gesto_choice MOODS[] = {
  {"calm", "Calm"}, {"lively", "Lively"}, {NULL, NULL}};

static exercise *with_controls(void) {
  exercise *e = calloc(1, sizeof *e);
  assert_non_null(e);
  const gesto_control all[] = {
    {.id = 1,
      .kind = GESTO_RANGE,
      .key = "pace",
      .low = 2,
      .high = 10,
      .step = 0.5,
      .initial = 4},
    {.id = 2, .kind = GESTO_CHOICE, .key = "mood", .choices = MOODS},
    {.id = 3, .kind = GESTO_TOGGLE, .key = "click", .initial = 1},
    {.id = 4, .kind = GESTO_COLOUR, .key = "ink"},
    {.id = 5, .kind = GESTO_BUTTON, .key = "undo"},
  };
  memcpy(e->controls, all, sizeof all);
  e->control_count = sizeof all / sizeof *all;
  return e;
}

static double fitted(const controls *c, uint32_t id, double value) {
  assert_true(controls_fit(c, id, &value));
  return value;
}

static void values_are_brought_into_bounds(void **state) {
  (void)state;
  exercise *e = with_controls();
  controls *c = calloc(1, sizeof *c);
  controls_init(c, e, NULL);
  assert_true(fitted(c, 1, 99) == 10);
  assert_true(fitted(c, 1, -99) == 2);
  assert_true(fitted(c, 1, 3.3) == 3.5);
  assert_true(fitted(c, 1, (double)NAN) == 4);
  assert_true(fitted(c, 2, 7) == 1);
  assert_true(fitted(c, 2, -1) == 0);
  assert_true(fitted(c, 3, 0.4) == 0);
  assert_true(fitted(c, 4, 1e12) == 0xFFFFFF);
  double value = 1;
  assert_false(controls_fit(c, 5, &value));
  assert_false(controls_fit(c, 77, &value));
  free(c);
  free(e);
}

static void settings_named_like_a_control_come_first(void **state) {
  (void)state;
  setting all[] = {
    {"pace", "6"}, {"mood", "lively"}, {"click", "off"}, {"ink", "#102030"}};
  const settings s = {.all = all, .count = 4};
  exercise *e = with_controls();
  controls *c = calloc(1, sizeof *c);
  controls_init(c, e, &s);
  assert_true(c->value[0] == 6);
  assert_true(c->value[1] == 1);
  assert_true(c->value[2] == 0);
  assert_true(c->value[3] == 0x102030);
  all[0].value = "a lot";
  all[1].value = "unheard of";
  controls_init(c, e, &s);
  assert_true(c->value[0] == 4);
  assert_true(c->value[1] == 0);
  free(c);
  free(e);
}

static bool covers(const stale *d, float x, float y) {
  for (uint32_t i = 0; i < d->count; i++) {
    const stale_rect *r = &d->rects[i];
    if (x >= r->x && x < r->x + r->w && y >= r->y && y < r->y + r->h) return true;
  }
  return d->all;
}

static void damage_never_loses_a_place(void **state) {
  (void)state;
  chance c;
  chance_seed(&c, 3);
  stale d = {0};
  float xs[200], ys[200];
  for (int i = 0; i < 200; i++) {
    xs[i] = (float)(chance_next(&c) % 1000);
    ys[i] = (float)(chance_next(&c) % 1000);
    stale_add(&d, xs[i], ys[i], 5, 5);
    assert_true(d.count <= STALE_RECTS);
    for (int j = 0; j <= i; j++) assert_true(covers(&d, xs[j] + 1, ys[j] + 1));
  }
  assert_false(d.all);
  stale_add(&d, 3, NAN, 1, 1);
  assert_true(d.all);
  stale_clear(&d);
  assert_false(stale_any(&d));
  stale_add(&d, 0, 0, 0, 0);
  assert_true(d.all);
}

static void bytes_that_are_missing_are_noticed(void **state) {
  (void)state;
  blob b = {.limit = 24};
  blob_put_u64(&b, UINT64_MAX - 1);
  blob_put_part(&b, "four", 4);
  assert_false(b.short_of);
  blob_put_u64(&b, 0);
  assert_true(b.short_of);
  cursor c = {.at = b.at, .left = b.size};
  size_t size = 0;
  assert_true(cursor_u64(&c) == UINT64_MAX - 1);
  assert_memory_equal(cursor_part(&c, &size), "four", 4);
  assert_int_equal(size, 4);
  assert_int_equal(cursor_u32(&c), 0);
  assert_true(c.torn);
  blob_finish(&b);
}

static void chance_is_the_same_for_the_same_seed(void **state) {
  (void)state;
  chance a, b;
  chance_seed(&a, 7);
  chance_seed(&b, 7);
  for (int i = 0; i < 100; i++) assert_true(chance_next(&a) == chance_next(&b));
  chance_seed(&b, 8);
  assert_true(chance_next(&a) != chance_next(&b));
}

static void colours_follow_the_look(void **state) {
  (void)state;
  assert_int_equal(colours_find("surface", 0), 0xFFFDF8);
  assert_int_equal(colours_find("surface", GESTO_EVENING), 0x1E2928);
  assert_int_equal(colours_find("surface", GESTO_EVENING | GESTO_CONTRAST), 0);
  assert_int_equal(colours_find("no such colour", 0), colours_find("ink", 0));
}

static void assets_stay_below_their_folder(void **state) {
  (void)state;
  char folder[300], file[400];
  snprintf(folder, sizeof folder, "%s/assets-XXXXXX",
    getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
  assert_non_null(mkdtemp(folder));
  folder[strlen(folder) + 1] = 0;
  folder[strlen(folder)] = '/';
  snprintf(file, sizeof file, "%sorg.x", folder);
  assert_int_equal(mkdir(file, 0700), 0);
  snprintf(file, sizeof file, "%sorg.x/one", folder);
  FILE *f = fopen(file, "w");
  fputs("hello", f);
  fclose(f);
  assets a;
  size_t size = 0;
  bool first = false;
  assert_int_equal(assets_init(&a, folder), OK);
  assert_string_equal(assets_get(&a, "org.x", "one", &size, &first), "hello");
  assert_true(first);
  assert_int_equal(size, 5);
  assert_non_null(assets_get(&a, "org.x", "one", &size, &first));
  assert_false(first);
  assert_null(assets_get(&a, "org.x", "../org.x/one", &size, &first));
  assert_null(assets_get(&a, "org.x", "/etc/passwd", &size, &first));
  assert_null(assets_get(&a, "org.x", "two", &size, &first));
  assets_finish(&a);
  remove(file);
}

static void a_file_is_looked_at_without_running_it(void **state) {
  (void)state;
  char path[400];
  const char *build = getenv("BUILD") ? getenv("BUILD") : "build";
  elf_look l;
  snprintf(path, sizeof path, "%s/exercises/steady.so", build);
  assert_int_equal(elf_look_at(&l, path), OK);
  assert_int_equal(l.exported, 1);
  assert_string_equal(l.other, "");
  assert_int_equal(l.foreign, 0);
  snprintf(path, sizeof path, "%s/plugins.conf", build);
  assert_int_equal(elf_look_at(&l, path), BAD_DATA);
  assert_int_equal(elf_look_at(&l, "/no/such/file"), NOT_FOUND);
}

static bool touches(touching *t, uint16_t type, uint32_t source) {
  return touching_take(t, &(gesto_event){.type = type, .source = source});
}

static void only_what_is_down_moves(void **state) {
  (void)state;
  touching t = {0};
  assert_false(touches(&t, GESTO_POINTER_MOVE, 1));
  assert_false(touches(&t, GESTO_POINTER_UP, 1));
  assert_true(touches(&t, GESTO_POINTER_DOWN, 1));
  assert_true(touches(&t, GESTO_POINTER_DOWN, 2));
  assert_true(touches(&t, GESTO_POINTER_MOVE, 1));
  assert_true(touches(&t, GESTO_POINTER_CANCEL, 1));
  assert_false(touches(&t, GESTO_POINTER_MOVE, 1));
  assert_true(touches(&t, GESTO_CONTROL_SET, 1));
  for (uint32_t i = 3; i < TOUCHING_MAX + 2; i++)
    assert_true(touches(&t, GESTO_POINTER_DOWN, i));
  assert_false(touches(&t, GESTO_POINTER_DOWN, 9999)); // more than there is room for
  assert_true(touches(&t, GESTO_POINTER_UP, 2));
}

static void what_is_down_is_saved(void **state) {
  (void)state;
  touching t = {0}, again = {0};
  blob saved = {0};
  touches(&t, GESTO_POINTER_DOWN, 7);
  touches(&t, GESTO_POINTER_DOWN, 9);
  touching_save(&t, &saved);
  cursor from = {.at = saved.at, .left = saved.size};
  assert_true(touching_load(&again, &from));
  assert_memory_equal(&again, &t, sizeof t);
  from = (cursor){.at = saved.at, .left = saved.size - 1};
  assert_false(touching_load(&again, &from));
  const uint8_t many[4] = {255, 0, 0, 0};
  from = (cursor){.at = many, .left = sizeof many};
  assert_false(touching_load(&again, &from));
  blob_finish(&saved);
}

static void assert_words(const char *text, size_t most, const char *wanted) {
  char *copy = words_take(text, most);
  assert_string_equal(copy, wanted);
  free(copy);
}

static void words_are_whole_letters(void **state) {
  (void)state;
  assert_words(NULL, 10, "");
  assert_words("", 0, "");
  assert_words("A sea, \xc3\xa4hnlich", 100, "A sea, \xc3\xa4hnlich");
  assert_words("two\nlines\x1b[31m\x7f", 100, "two lines [31m ");
  assert_words("abc\xc3\xa4", 4, "abc");
  assert_words("abc\xc3\xa4", 5, "abc\xc3\xa4");
  // Cut off, overlong, half of a pair, beyond the last letter, no beginning.
  assert_words("a\xc3", 9, "a");
  assert_words("a\xe2\x82", 9, "a");
  assert_words("\xc0\x80z\xe0\x80\x80z\xf0\x80\x80\x80", 9, "zz");
  assert_words("\xed\xa0\x80z", 9, "z");
  assert_words("\xf4\x90\x80\x80z\xf8\x88\x80\x80\x80", 9, "z");
  assert_words("\x80\xbfz\xff", 9, "z");
  assert_words("\xf0\x9f\x8e\xb5\xe2\x82\xac", 9, "\xf0\x9f\x8e\xb5\xe2\x82\xac");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(values_are_brought_into_bounds),
    cmocka_unit_test(settings_named_like_a_control_come_first),
    cmocka_unit_test(damage_never_loses_a_place),
    cmocka_unit_test(bytes_that_are_missing_are_noticed),
    cmocka_unit_test(only_what_is_down_moves),
    cmocka_unit_test(what_is_down_is_saved),
    cmocka_unit_test(chance_is_the_same_for_the_same_seed),
    cmocka_unit_test(colours_follow_the_look),
    cmocka_unit_test(assets_stay_below_their_folder),
    cmocka_unit_test(a_file_is_looked_at_without_running_it),
    cmocka_unit_test(words_are_whole_letters),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
