// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// plugins.conf: what it says, what refuses one entry, and what refuses all of it.
#include "core/base/beside.h"
#include "core/base/io.h"
#include "core/keeper/exercise_conf.h"
#include "core/keeper/exercise_list.h"
#include "core/keeper/exercise_probe.h"
#include "core/keeper/program.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char why[1024];

static result parse(exercise_list *list, const char *text) {
  char *copy = strdup(text);
  assert_non_null(copy);
  why[0] = 0;
  const result r = exercise_conf_parse(
    list, copy, strlen(copy), "/x/plugins/", "plugins.conf", why, sizeof why);
  free(copy);
  return r;
}

static void assert_says(const char *sentence, const char *words) {
  assert_non_null(sentence);
  if (!strstr(sentence, words)) fail_msg("\"%s\" does not say \"%s\"", sentence, words);
}

static void reads_entries_in_their_order(void **state) {
  (void)state;
  exercise_list list;
  assert_int_equal(
    parse(&list,
      "; a note\n[move]\npath = move.so\ntitle = Move\n"
      "[draw]\npath = sub/draw.so\nmemory = 700\nset.paper = grey\nset.brush = ink\n"
      "colour = later versions know this\n"),
    OK);
  assert_int_equal(list.count, 2);
  assert_string_equal(list.entries[0].section, "move");
  assert_string_equal(list.entries[0].path, "/x/plugins/move.so");
  assert_string_equal(list.entries[0].title, "Move");
  assert_int_equal(list.entries[0].memory_mib, 1536);
  assert_null(list.entries[0].refused);
  const exercise_entry *draw = &list.entries[1];
  assert_string_equal(draw->path, "/x/plugins/sub/draw.so");
  assert_null(draw->title);
  assert_null(draw->refused);
  assert_int_equal(draw->memory_mib, 700);
  assert_int_equal(draw->setting_count, 2);
  assert_string_equal(draw->settings[0].key, "paper");
  assert_string_equal(draw->settings[1].value, "ink");
  exercise_list_finish(&list);
}

static void one_entry_is_refused_and_no_other(void **state) {
  (void)state;
  static const struct {
    const char *line, *says;
  } cases[] = {
    {"path = ../etc/passwd.so", "leads out of the plugins folder"},
    {"path = a/../../b.so", "leads out of the plugins folder"},
    {"path = /etc/passwd", "leads out of the plugins folder"},
    {"path = ..", "leads out of the plugins folder"},
    {"title = nothing else", "names no file"},
    {"path =", "names no file"},
    {"path = a.so\nmemory = much", "memory of [odd]"},
    {"path = a.so\nmemory = 1", "memory of [odd]"},
    {"path = a.so\nsha256 = 12", "not 64 hexadecimal digits"},
    {"path = a.so\ncautions = sound Loud!", "\"Loud!\" among the cautions of [odd]"},
    {"path = a.so\nthis is no setting", "line 3 cannot be understood"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    exercise_list list;
    char text[512];
    snprintf(text, sizeof text, "[odd]\n%s\n[good]\npath = good.so\n", cases[i].line);
    assert_int_equal(parse(&list, text), OK);
    assert_int_equal(list.count, 2);
    assert_says(list.entries[0].refused, cases[i].says);
    assert_null(list.entries[1].refused);
    exercise_list_finish(&list);
  }
}

static void cautions_are_words(void **state) {
  (void)state;
  exercise_list list;
  assert_int_equal(
    parse(
      &list, "[a]\npath = a.so\ncautions =  movement, inner-focus ,\n[b]\npath = b.so\n"),
    OK);
  assert_string_equal(list.entries[0].cautions, "movement inner-focus");
  assert_null(list.entries[0].refused);
  assert_null(list.entries[1].cautions);
  exercise_list_finish(&list);
}

static void names_with_dots_inside_are_names(void **state) {
  (void)state;
  exercise_list list;
  assert_int_equal(parse(&list, "[a]\npath = ..a/b...so\n"), OK);
  assert_null(list.entries[0].refused);
  exercise_list_finish(&list);
}

static void an_overlong_line_is_not_cut(void **state) {
  (void)state;
  exercise_list list;
  char text[1024] = "[odd]\npath = odd.so\ntitle = ";
  char *at = text + strlen(text);
  memset(at, 'x', 400);
  memcpy(at + 400, "\n[good]\npath = good.so\n", 24);
  assert_int_equal(parse(&list, text), OK);
  assert_int_equal(list.count, 2);
  assert_says(list.entries[0].refused, "line 3 cannot be understood");
  assert_null(list.entries[1].refused);
  exercise_list_finish(&list);
}

static void a_text_that_cannot_be_used_says_why(void **state) {
  (void)state;
  exercise_list list;
  assert_int_equal(parse(&list, "[draw]\npath = dr\xff.so\n"), BAD_DATA);
  assert_says(why, "UTF-8");
  char *large = calloc(1, CONF_BYTES_MAX + 2);
  memset(large, ' ', CONF_BYTES_MAX + 1);
  assert_int_equal(parse(&list, large), TOO_LARGE);
  assert_says(why, "64 KiB");
  char *at = large + sprintf(large, "[many]\n");
  for (int i = 0; i <= CONF_KEYS_MAX; i++) at += sprintf(at, "k%d = 1\n", i);
  assert_int_equal(parse(&list, large), TOO_LARGE);
  assert_says(why, "1000");
  assert_int_equal(list.count, 0);
  free(large);
}

static void too_many_bad_lines_are_no_list(void **state) {
  (void)state;
  exercise_list list;
  char text[4096] = "[a]\n";
  for (size_t i = 0; i < 100; i++) memcpy(text + 4 + i * 8, "nothing\n", 9);
  assert_int_equal(parse(&list, text), TOO_LARGE);
}

// ---- With files ------------------------------------------------------------------------

static const char NAME[] = "unit-exercise-list.so";

typedef struct place {
  char conf[64], folder[4096];
  int dir;
} place;

static int set_up(void **state) {
  place *p = calloc(1, sizeof *p);
  strcpy(p->conf, "/tmp/gesto-conf-XXXXXX");
  const int fd = mkstemp(p->conf);
  if (fd < 0) return -1;
  io_close(fd);
  if (beside_program("plugins", p->folder, sizeof p->folder)) return -1;
  const result made = io_make_dir(AT_FDCWD, p->folder, 0700);
  if ((made && made != EXISTS) || io_open_dir(AT_FDCWD, p->folder, &p->dir)) return -1;
  *state = p;
  return io_save(p->dir, NAME, "foreign code", 12) ? -1 : 0;
}

static int tear_down(void **state) {
  place *p = *state;
  const result gone = io_unlink(p->dir, NAME), no_conf = io_unlink(AT_FDCWD, p->conf);
  io_close(p->dir);
  free(p);
  return gone || no_conf ? -1 : 0;
}

static void write_conf(const place *p, const char *text) {
  int fd = -1;
  assert_int_equal(io_open(AT_FDCWD, p->conf, O_WRONLY | O_TRUNC, 0, &fd), OK);
  assert_int_equal(io_write_all(fd, text, strlen(text)), OK);
  io_close(fd);
}

static void a_missing_file_is_named(void **state) {
  place *p = *state;
  exercise_list list;
  write_conf(p, "[gone]\npath = not-there.so\n[here]\npath = unit-exercise-list.so\n");
  assert_int_equal(exercise_list_read(&list, p->conf, why, sizeof why), OK);
  assert_says(list.entries[0].refused, "/plugins/not-there.so is not there");
  assert_null(list.entries[1].refused);
  exercise_list_finish(&list);
}

static void a_changed_file_says_its_new_hash(void **state) {
  place *p = *state;
  exercise_list list;
  char path[4096], hash[65], text[256];
  assert_int_equal(
    beside_program("plugins/unit-exercise-list.so", path, sizeof path), OK);
  assert_int_equal(exercise_file_hash(path, hash), OK);
  snprintf(text, sizeof text, "[a]\npath = %s\nsha256 = %s\n", NAME, hash);
  write_conf(p, text);
  assert_int_equal(exercise_list_read(&list, p->conf, why, sizeof why), OK);
  assert_null(list.entries[0].refused);
  exercise_list_finish(&list);
  assert_int_equal(io_save(p->dir, NAME, "other code", 10), OK);
  assert_int_equal(exercise_file_hash(path, hash), OK);
  assert_int_equal(exercise_list_read(&list, p->conf, why, sizeof why), OK);
  assert_says(list.entries[0].refused, "has changed since it was listed");
  assert_says(list.entries[0].refused, hash);
  exercise_list_finish(&list);
}

static void the_hash_is_sha256(void **state) {
  place *p = *state;
  char path[4096], hash[65];
  assert_int_equal(io_save(p->dir, NAME, "abc", 3), OK);
  assert_int_equal(
    beside_program("plugins/unit-exercise-list.so", path, sizeof path), OK);
  assert_int_equal(exercise_file_hash(path, hash), OK);
  assert_string_equal(
    hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void a_conf_that_is_not_there_is_said(void **state) {
  (void)state;
  exercise_list list;
  assert_int_equal(
    exercise_list_read(&list, "/nowhere/plugins.conf", why, sizeof why), BAD_DATA);
  assert_says(why, "/nowhere/plugins.conf cannot be read");
  assert_int_equal(list.count, 0);
}

static void without_a_player_nothing_is_taken_as_loading(void **state) {
  place *p = *state;
  exercise_list list;
  write_conf(p, "[a]\npath = unit-exercise-list.so\n");
  assert_int_equal(exercise_list_read(&list, p->conf, why, sizeof why), OK);
  exercise_list_probe(&list);
  assert_null(list.entries[0].declared);
  assert_non_null(list.entries[0].refused);
  assert_null(exercise_list_find(&list, "a"));
  exercise_list_finish(&list);
}

int main(void) {
#define FILES(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(reads_entries_in_their_order),
    cmocka_unit_test(one_entry_is_refused_and_no_other),
    cmocka_unit_test(cautions_are_words),
    cmocka_unit_test(names_with_dots_inside_are_names),
    cmocka_unit_test(an_overlong_line_is_not_cut),
    cmocka_unit_test(a_text_that_cannot_be_used_says_why),
    cmocka_unit_test(too_many_bad_lines_are_no_list),
    FILES(a_missing_file_is_named),
    FILES(a_changed_file_says_its_new_hash),
    FILES(the_hash_is_sha256),
    FILES(a_conf_that_is_not_there_is_said),
    FILES(without_a_player_nothing_is_taken_as_loading),
  };
#undef FILES
  return cmocka_run_group_tests(tests, NULL, NULL);
}
