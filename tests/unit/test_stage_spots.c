// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// An exercise's own places in the client's window: reached by key, chosen by a tap that is
// recorded, and out of the way of every pointer.
#include "core/stage/messages.h"
#include "core/ui/focus.h"
#include "core/ui/tree.h"
#include "tests/unit/stage_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char declared[] =
  "{\"id\":\"org.gesto.loop\",\"name\":\"Loop\",\"version\":\"1\",\"purpose\":{},"
  "\"controls\":[{\"id\":1,\"kind\":\"button\",\"flags\":[],\"key\":\"record\","
  "\"name\":\"Record\"}]}";

// Two lanes on the left, two pads on the right.
static const char four[] =
  "[{\"id\":101,\"x\":0,\"y\":0,\"w\":200,\"h\":80,\"name\":\"Lane 1\"},"
  "{\"id\":102,\"x\":0,\"y\":100,\"w\":200,\"h\":80,\"name\":\"Lane 2\"},"
  "{\"id\":401,\"x\":300.5,\"y\":0,\"w\":100,\"h\":80,\"name\":\"Pad C\"},"
  "{\"id\":402,\"x\":420,\"y\":0,\"w\":100,\"h\":80,\"name\":\"Pad D\"}]";

typedef struct room {
  stage s;
  int fd;
  ring ring;
  link_message m;
  uint64_t read;
} room;

static void say_spots(room *r, uint32_t creation, const char *json) {
  r->m.kind = TO_STAGE_SPOTS;
  r->m.a = creation;
  r->m.text_size = (uint32_t)snprintf(r->m.text, sizeof r->m.text, "%s", json);
  messages_take(&r->s, &r->m);
}

static int set_up(void **state) {
  static room all;
  room *r = &all;
  memset(r, 0, sizeof *r);
  r->fd = stage_hand_begin(&r->s, &r->ring, declared);
  r->s.now_us = 5000;
  *state = r;
  return 0;
}

static int tear_down(void **state) {
  room *r = *state;
  stage_hand_end(&r->s, &r->ring, r->fd);
  return 0;
}

static const char *focused(const room *r) {
  return r->s.view.focus ? r->s.view.focus->id : "nobody";
}

static void press(room *r, key k) { view_press(&r->s.view, k, 0); }

static ring_slot next_slot(room *r) {
  ring_slot slot;
  assert_int_equal(ring_get(&r->ring, ++r->read, &slot), OK);
  return slot;
}

static void assert_tap(room *r, uint16_t type, float x, float y) {
  const ring_slot slot = next_slot(r);
  assert_int_equal(slot.kind, SLOT_EVENT);
  assert_int_equal(slot.as.event.type, type);
  assert_int_equal(slot.as.event.as.pointer.tool, GESTO_SWITCH);
  assert_true(slot.as.event.as.pointer.x == x);
  assert_true(slot.as.event.as.pointer.y == y);
}

static void spots_stand_in_the_tree(void **state) {
  room *r = *state;
  say_spots(r, 3, four);
  char *tree = tree_json(&r->s.view);
  assert_non_null(tree);
  assert_non_null(
    strstr(tree, "{\"id\":\"spot-402\",\"role\":\"button\",\"label\":\"Pad D\""));
  free(tree);
  const rect area = r->s.area->rect;
  const rect pad = widget_find(r->s.area, "spot-401")->rect;
  assert_true(pad.x == area.x + 300.5 && pad.y == area.y && pad.w == 100 && pad.h == 80);
}

static void the_focus_goes_from_the_area_into_it(void **state) {
  room *r = *state;
  assert_string_equal(focused(r), "area");
  say_spots(r, 3, four);
  assert_string_equal(focused(r), "spot-101");
  assert_false(widget_can_focus(r->s.area));
  press(r, KEY_TAB);
  assert_string_equal(focused(r), "spot-102");
  press(r, KEY_UP);
  assert_string_equal(focused(r), "spot-101");
  press(r, KEY_RIGHT);
  assert_string_equal(focused(r), "spot-401");
  press(r, KEY_RIGHT);
  assert_string_equal(focused(r), "spot-402");
  press(r, KEY_TAB);
  assert_string_equal(focused(r), "control-record");
}

static void a_key_is_a_tap_in_the_middle(void **state) {
  room *r = *state;
  say_spots(r, 3, four);
  focus_set(&r->s.view, widget_find(r->s.area, "spot-401"));
  press(r, KEY_ENTER);
  view_lift(&r->s.view, KEY_ENTER);
  assert_tap(r, GESTO_POINTER_DOWN, 350.5f, 40);
  assert_tap(r, GESTO_POINTER_UP, 350.5f, 40);
  press(r, KEY_SPACE);
  assert_int_equal(ring_written(&r->ring), 3);
  assert_false(view_lift(&r->s.view, KEY_ENTER)); // another key says nothing of this one
  assert_int_equal(ring_written(&r->ring), 3);    // held, until
  view_lift(&r->s.view, KEY_SPACE);
  assert_tap(r, GESTO_POINTER_DOWN, 350.5f, 40);
  assert_tap(r, GESTO_POINTER_UP, 350.5f, 40);
}

static void what_is_held_ends_with_what_comes_between(void **state) {
  room *r = *state;
  say_spots(r, 3, four);
  focus_set(&r->s.view, widget_find(r->s.area, "spot-402"));
  press(r, KEY_SPACE);
  press(r, KEY_LEFT); // on to another place
  assert_tap(r, GESTO_POINTER_DOWN, 470, 40);
  assert_tap(r, GESTO_POINTER_UP, 470, 40);
  press(r, KEY_SPACE);
  view_let_go(&r->s.view); // the window lost the focus
  assert_tap(r, GESTO_POINTER_DOWN, 350.5f, 40);
  assert_tap(r, GESTO_POINTER_UP, 350.5f, 40);
  press(r, KEY_SPACE);
  say_spots(r, 3, "[]"); // the place is gone
  assert_tap(r, GESTO_POINTER_DOWN, 350.5f, 40);
  assert_tap(r, GESTO_POINTER_UP, 350.5f, 40);
  press(r, KEY_SPACE);
  stage_pause(&r->s);
  stage_turn(&r->s);
  assert_int_equal(next_slot(r).as.event.type, GESTO_POINTER_DOWN);
  assert_int_equal(next_slot(r).as.event.type, GESTO_POINTER_UP);
  assert_int_equal(next_slot(r).as.event.type, GESTO_PAUSE);
  view_lift(&r->s.view, KEY_SPACE);
  assert_int_equal(ring_written(&r->ring), r->read);
}

static void what_is_held_lasts_while_the_list_changes(void **state) {
  room *r = *state;
  say_spots(r, 3, four);
  focus_set(&r->s.view, widget_find(r->s.area, "spot-402"));
  press(r, KEY_SPACE);
  say_spots(r, 3,
    "[{\"id\":402,\"x\":420,\"y\":0,\"w\":100,\"h\":80,\"name\":\"Pad D, sounds\"},"
    "{\"id\":101,\"x\":0,\"y\":0,\"w\":200,\"h\":80,\"name\":\"Lane 1\"}]");
  assert_int_equal(ring_written(&r->ring), 1);
  assert_string_equal(focused(r), "spot-402");
  assert_string_equal(r->s.view.focus->label, "Pad D, sounds");
  assert_string_equal(r->s.area->first->id, "spot-402"); // in its new order
  view_lift(&r->s.view, KEY_SPACE);
  assert_int_equal(ring_written(&r->ring), 2);
}

static void a_place_that_goes_leaves_the_focus_near(void **state) {
  room *r = *state;
  say_spots(r, 3, four);
  focus_set(&r->s.view, widget_find(r->s.area, "spot-402"));
  say_spots(r, 3,
    "[{\"id\":101,\"x\":0,\"y\":0,\"w\":200,\"h\":80,\"name\":\"Lane 1\"},"
    "{\"id\":401,\"x\":300.5,\"y\":0,\"w\":100,\"h\":80,\"name\":\"Pad C\"}]");
  assert_string_equal(focused(r), "spot-401");
  say_spots(r, 3, "[]");
  assert_string_equal(focused(r), "area");
  focus_set(&r->s.view, widget_find(r->s.view.root, "pause"));
  say_spots(r, 3, four); // whoever is elsewhere stays there
  assert_string_equal(focused(r), "pause");
}

static void pointers_go_to_the_area_as_before(void **state) {
  room *r = *state;
  say_spots(r, 3, four);
  const rect area = r->s.area->rect;
  assert_ptr_equal(view_at(&r->s.view, area.x + 430, area.y + 10), r->s.area);
  const pointer p = {.phase = PHASE_DOWN,
    .source = 10,
    .tool = GESTO_FINGER,
    .x = area.x + 430,
    .y = area.y + 10,
    .pressure = 0.25};
  view_point(&r->s.view, &p);
  const ring_slot slot = next_slot(r);
  assert_int_equal(slot.as.event.as.pointer.tool, GESTO_FINGER);
  assert_true(slot.as.event.as.pointer.x == 430 && slot.as.event.as.pointer.y == 10);
  assert_string_equal(focused(r), "spot-402"); // keys go on from there
  assert_false(r->s.view.focus_shown);
}

static void without_spots_the_area_is_one_place(void **state) {
  room *r = *state;
  const rect area = r->s.area->rect;
  press(r, KEY_SPACE);
  view_lift(&r->s.view, KEY_SPACE);
  const gesto_event e = next_slot(r).as.event;
  assert_int_equal(e.type, GESTO_POINTER_DOWN);
  assert_true(e.as.pointer.x > area.w / 2 - 1 && e.as.pointer.x < area.w / 2 + 1);
  assert_int_equal(next_slot(r).as.event.type, GESTO_POINTER_UP);
}

static void the_focus_comes_back_from_pause(void **state) {
  room *r = *state;
  say_spots(r, 3, four);
  focus_set(&r->s.view, widget_find(r->s.area, "spot-401"));
  stage_pause(&r->s);
  stage_turn(&r->s);
  assert_string_equal(focused(r), "carry-on");
  access_open(&r->s);
  stage_turn(&r->s);
  stage_set_look(&r->s, THEME_EVENING, 1); // the page is built anew
  access_close(&r->s);
  stage_turn(&r->s);
  assert_string_equal(focused(r), "carry-on");
  stage_carry_on(&r->s);
  stage_turn(&r->s);
  assert_string_equal(focused(r), "spot-401");
}

static void append(char *to, size_t size, const char *words) {
  const size_t n = strlen(to);
  snprintf(to + n, size - n, "%s", words);
}

static void what_a_player_says_is_looked_through(void **state) {
  room *r = *state;
  say_spots(r, 4, four); // of another creation
  assert_null(r->s.area->first);
  say_spots(r, 3, "{\"id\":1}");
  say_spots(r, 3, "[");
  assert_null(r->s.area->first);
  say_spots(r, 3,
    "[1,null,{\"id\":1},{\"id\":-1,\"x\":0,\"y\":0,\"w\":9,\"h\":9},"
    "{\"id\":2,\"x\":0,\"y\":0,\"w\":0,\"h\":9},{\"id\":2,\"x\":1e300,\"y\":0,\"w\":9,"
    "\"h\":9},"
    "{\"id\":5,\"x\":0,\"y\":0,\"w\":9,\"h\":9},"
    "{\"id\":5,\"x\":9,\"y\":0,\"w\":9,\"h\":9,\"name\":\"Twice\"},"
    "{\"id\":6,\"x\":-5000,\"y\":0,\"w\":9,\"h\":9,\"name\":\"Far\\nout\"}]");
  assert_int_equal(r->s.spots.count, 2);
  const widget *unnamed = widget_find(r->s.area, "spot-5");
  const widget *far_out = widget_find(r->s.area, "spot-6");
  assert_string_equal(unnamed->label, "Place 1");
  assert_string_equal(far_out->label, "Far out");
  assert_true(widget_can_focus(unnamed));
  assert_false(widget_can_focus(far_out));
  char many[96 * 1024] = "[";
  for (int i = 0; i < 400; i++)
    snprintf(many + strlen(many), sizeof many - strlen(many),
      "%s{\"id\":%d,\"x\":1,\"y\":1,\"w\":9,\"h\":9,\"name\":\"%0200d\"}", i ? "," : "",
      i, i);
  append(many, sizeof many, "]");
  say_spots(r, 3, many);
  assert_int_equal(r->s.spots.count, SPOTS_MAX);
}

static void a_long_name_ends_between_letters(void **state) {
  spots s = {0};
  char json[1024] = "[{\"id\":1,\"x\":0,\"y\":0,\"w\":9,\"h\":9,\"name\":\"a";
  (void)state;
  for (int i = 0; i < 150; i++) append(json, sizeof json, "\u00e4");
  append(json, sizeof json, "\"}]");
  assert_true(spots_read(&s, json, strlen(json)));
  assert_int_equal(strlen(s.all[0].name), 239);
  assert_int_equal((unsigned char)s.all[0].name[238], 0xa4);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(spots_stand_in_the_tree, set_up, tear_down),
    cmocka_unit_test_setup_teardown(
      the_focus_goes_from_the_area_into_it, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_key_is_a_tap_in_the_middle, set_up, tear_down),
    cmocka_unit_test_setup_teardown(
      what_is_held_ends_with_what_comes_between, set_up, tear_down),
    cmocka_unit_test_setup_teardown(
      what_is_held_lasts_while_the_list_changes, set_up, tear_down),
    cmocka_unit_test_setup_teardown(
      a_place_that_goes_leaves_the_focus_near, set_up, tear_down),
    cmocka_unit_test_setup_teardown(pointers_go_to_the_area_as_before, set_up, tear_down),
    cmocka_unit_test_setup_teardown(
      without_spots_the_area_is_one_place, set_up, tear_down),
    cmocka_unit_test_setup_teardown(the_focus_comes_back_from_pause, set_up, tear_down),
    cmocka_unit_test_setup_teardown(
      what_a_player_says_is_looked_through, set_up, tear_down),
    cmocka_unit_test(a_long_name_ends_between_letters),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
