// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light desk
// The desk's list of sessions: what stands over each of them.
#include "core/desk/desk.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static const char listing[] = "{\"clients\":[{\"id\":\"c-1\",\"alias\":\"Juno\","
                              "\"sessions\":[{\"name\":\"a\",\"told\":%s,"
                              "\"creations\":[]}]}],\"exercises\":[]}";

// The heading of a session in which this was told; "": none.
static void heading_is(const char *told, const char *heading) {
  static desk d;
  char text[1024];
  snprintf(text, sizeof text, listing, told);
  assert_int_equal(desk_init(&d, 1280, 800, 1), OK);
  d.listing = json_loads(text, 0, NULL);
  assert_non_null(d.listing);
  desk_show(&d, PAGE_SESSIONS);
  const widget *w = widget_find(d.view.root, "session-0-wish");
  assert_string_equal(w ? w->label : "", heading);
  desk_finish(&d);
}

static void what_was_wanted_is_the_heading(void **state) {
  (void)state;
  heading_is("[[\"Wish of today\",\"\u201cSea\u201d\"]]", "\u201cSea\u201d");
  heading_is(
    "[[\"Wish of today\",\"Skipped\"],[\"Chosen for today\",\"\u201cDraw\u201d\"]]",
    "\u201cDraw\u201d");
  heading_is("[[\"Today\",\"Not today\"]]", "Not today");
  heading_is("[]", "");
}

static void what_was_skipped_is_said_whole(void **state) {
  (void)state;
  heading_is("[[\"Arriving\",\"Skipped\"],[\"Wish of today\",\"Skipped\"]]",
    "The wish of today was skipped");
  heading_is("[[\"Arriving\",\"Skipped\"],[\"Leaving\",\"Skipped\"]]", "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_was_wanted_is_the_heading),
    cmocka_unit_test(what_was_skipped_is_said_whole),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
