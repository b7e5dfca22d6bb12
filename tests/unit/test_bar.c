// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// What the top bar says of saving: its words and its sign, on a page that is built anew and on
// one that stands.
#include "tests/tools/screens.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const sight usual = {
  .width = 1280, .height = 800, .look = THEME_PAPER, .words = 100, .language = "en"};

static void says(const stage *s, const char *words, const char *sign) {
  const widget *mark = widget_find(s->view.root, "saved");
  assert_non_null(mark);
  assert_string_equal(mark->label, words);
  assert_ptr_equal(mark->icon, icon_find(sign));
}

static void the_mark_says_one_thing_by_words_and_sign(void **state) {
  (void)state;
  stage *s = calloc(1, sizeof *s);
  assert_true(screens_open(s, &usual));
  const screen *draw = screens;
  while (strcmp(draw->name, "draw") != 0) draw++;
  s->saved_now = SAVING;
  screens_go(s, draw);
  says(s, "Saving", "clock");
  s->saved_now = SAVED;
  stage_look_saved(s);
  says(s, "Saved", "saved");
  s->saved_now = SAVED_FULL;
  stage_look_saved(s);
  says(s, "Not being saved", "clock");
  stage_finish(s);
  free(s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_mark_says_one_thing_by_words_and_sign),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  if (!screens_begin()) return 1;
  return cmocka_run_group_tests(tests, NULL, NULL);
}
