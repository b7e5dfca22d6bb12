// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// What a client does on an exercise's page before the exercise is there: it is kept, shows at
// once, and comes to the exercise first and in order.
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/stage/here.h"
#include "core/stage/messages.h"
#include "core/stage/pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static const char declared[] =
  "{\"id\":\"org.test.e\",\"name\":\"Test\",\"version\":\"1\",\"controls\":["
  "{\"id\":1,\"key\":\"brush\",\"name\":\"Brush\",\"kind\":\"choice\",\"low\":0,\"high\":"
  "2,\"initial\":0,\"choices\":[{\"key\":\"pencil\",\"name\":\"Pencil\"},{\"key\":"
  "\"ink\",\"name\":\"Ink\"},{\"key\":\"chalk\",\"name\":\"Chalk\"}]},"
  "{\"id\":2,\"key\":\"size\",\"name\":\"Size\",\"kind\":\"range\",\"low\":0,\"high\":"
  "100,\"step\":1,\"initial\":50},"
  "{\"id\":3,\"key\":\"undo\",\"name\":\"Undo\",\"kind\":\"button\"},"
  "{\"id\":4,\"key\":\"name\",\"name\":\"Name\",\"kind\":\"text\"}]}";

enum { BRUSH, SIZE, UNDO, NAME };
enum { W = 64, H = 48, NOW = 5000000 };

typedef struct room {
  stage s;
  ring ring;
  int fd;
  uint64_t next; // slot of the ring that was not looked at yet
} room;

static room all;

static int set_up(void **state) {
  room *r = &all;
  const uint8_t session[16] = {7};
  memset(r, 0, sizeof *r);
  stage_init(&r->s, 1280, 800, 1);
  json_t *json = json_loads(declared, 0, NULL);
  assert_int_equal(offer_read(&r->s.offers[r->s.offer_count++], json), OK);
  json_decref(json);
  assert_int_equal(memory_create("test-ring", 1 << 16, &r->fd), OK);
  assert_int_equal(ring_init(&r->ring, r->fd, 1 << 16, session), OK);
  r->s.ring = r->ring;
  r->s.has_ring = true;
  r->s.now_us = NOW;
  r->next = 1;
  stage_choose(&r->s, &r->s.offers[0], false);
  stage_turn(&r->s);
  *state = r;
  return 0;
}

static int tear_down(void **state) {
  room *r = *state;
  r->s.has_ring = false; // it is ours
  stage_finish(&r->s);
  ring_finish(&r->ring);
  io_close(r->fd);
  return 0;
}

static void say(room *r, link_message *m) {
  messages_take(&r->s, m);
  stage_turn(&r->s);
}

static void player_comes(room *r, uint64_t passed_us) {
  static link_message m;
  memory_map frame = {0};
  int fds[2];
  assert_int_equal(memory_create("page", sizeof(player_page), &fds[0]), OK);
  assert_int_equal(memory_create("frame", FRAME_BYTES(W, H), &fds[1]), OK);
  assert_int_equal(memory_map_open(&frame, fds[1], true, FRAME_BYTES(W, H)), OK);
  *(frame_head *)frame.bytes = (frame_head){W, H};
  memory_map_close(&frame);
  m = (link_message){.kind = TO_STAGE_PLAYER,
    .a = 3,
    .big = passed_us,
    .fds = {fds[0], fds[1]},
    .fd_count = 2,
    .text = "{}",
    .text_size = 2};
  r->s.now_us += 200000;
  say(r, &m);
  io_close(fds[0]);
  io_close(fds[1]);
}

static void exercise_sets(room *r, uint32_t id, double value) {
  static link_message m;
  m = (link_message){.kind = TO_STAGE_CONTROL, .a = id, .value = value};
  say(r, &m);
}

// The next event for the exercise but those about its area.
static gesto_event next(room *r) {
  ring_slot slot = {0};
  do assert_int_equal(ring_get(&r->ring, r->next++, &slot), OK);
  while (slot.kind != SLOT_EVENT || slot.as.event.type == GESTO_STAGE ||
    slot.as.event.type == GESTO_VIEW);
  assert_int_equal(slot.creation, 3);
  return slot.as.event;
}

static void next_sets(room *r, uint32_t id, double value) {
  const gesto_event e = next(r);
  assert_int_equal(e.type, GESTO_CONTROL_SET);
  assert_int_equal(e.as.control.id, id);
  assert_float_equal(e.as.control.value, value, 1e-9);
  assert_int_equal(e.time, 0);
}

static void nothing_more(room *r) {
  assert_int_equal(ring_written(&r->ring), r->next - 1);
}

static void take(room *r, int place, double value) {
  r->s.now_us += 1000;
  panel_link_take(&r->s.links[place], value);
  assert_float_equal(r->s.links[place].value, value, 1e-9); // it shows
}

static void what_was_pressed_comes_first_and_in_order(void **state) {
  room *r = *state;
  take(r, BRUSH, 1);
  for (int size = 51; size < 60; size++) take(r, SIZE, size);
  panel_link_act(&r->s.links[UNDO]);
  take(r, SIZE, 70);
  nothing_more(r);
  player_comes(r, 0);
  next_sets(r, 1, 1);
  next_sets(r, 2, 59);
  assert_int_equal(next(r).type, GESTO_ACTION);
  next_sets(r, 2, 70);
  take(r, BRUSH, 2);
  const gesto_event then = next(r);
  assert_int_equal(then.type, GESTO_CONTROL_SET);
  assert_true(then.time > 0);
  nothing_more(r);
}

static void what_it_began_with_does_not_show_above_it(void **state) {
  room *r = *state;
  take(r, BRUSH, 1);
  player_comes(r, 0);
  next_sets(r, 1, 1);
  exercise_sets(r, 1, 2);
  exercise_sets(r, 2, 33);
  assert_float_equal(r->s.links[BRUSH].value, 1, 0);
  assert_float_equal(r->s.links[SIZE].value, 33, 0);
  exercise_sets(r, 1, 2); // later it may
  assert_float_equal(r->s.links[BRUSH].value, 2, 0);
}

static void an_earlier_work_goes_on_first(void **state) {
  room *r = *state;
  take(r, BRUSH, 1);
  player_comes(r, 60000000);
  assert_int_equal(next(r).type, GESTO_PAUSE);
  assert_int_equal(next(r).type, GESTO_RESUME);
  const gesto_event e = next(r);
  assert_int_equal(e.type, GESTO_CONTROL_SET);
  assert_int_equal(e.time, 60000000);
  nothing_more(r);
}

static void below_pause_it_waits(void **state) {
  room *r = *state;
  take(r, BRUSH, 1);
  stage_pause(&r->s);
  stage_turn(&r->s);
  player_comes(r, 0);
  assert_int_equal(next(r).type, GESTO_PAUSE);
  nothing_more(r);
  stage_carry_on(&r->s);
  stage_turn(&r->s);
  assert_int_equal(next(r).type, GESTO_RESUME);
  next_sets(r, 1, 1);
  nothing_more(r);
}

static void tools_beside_the_work_hold_nothing_up(void **state) {
  room *r = *state;
  r->s.picking = BRUSH;
  stage_open(&r->s, SHEET_PICK);
  stage_turn(&r->s);
  assert_non_null(r->s.view.sheet);
  player_comes(r, 0);
  assert_false(r->s.input.paused);
}

static void back_from_here_and_now_it_runs(void **state) {
  room *r = *state;
  stage_here(&r->s);
  stage_turn(&r->s);
  player_comes(r, 0);
  assert_true(r->s.input.paused);
  stage_leave_here(&r->s);
  stage_turn(&r->s);
  assert_false(r->s.input.paused);
}

static void of_a_text_the_last_is_kept(void **state) {
  room *r = *state;
  assert_true(input_text(&r->s.input, 4, "Se", NOW));
  assert_true(
    input_text(&r->s.input, 4, "Sea, from the hill where we sat in the afternoon", NOW));
  player_comes(r, 0);
  const gesto_event first = next(r), second = next(r);
  assert_int_equal(first.as.text.last, 0);
  assert_memory_equal(first.as.text.utf8, "Sea, from", 9);
  assert_int_equal(second.as.text.last, 1);
  nothing_more(r);
}

static void too_much_is_not_taken(void **state) {
  room *r = *state;
  for (int i = 0; i < INPUT_KEPT; i++) {
    assert_true(input_control(&r->s.input, GESTO_ACTION, 3, 1, NOW));
  }
  panel_link_take(&r->s.links[BRUSH], 1);
  assert_float_equal(r->s.links[BRUSH].value, 0, 0); // and does not look as if it were
}

static void another_exercise_has_none_of_it(void **state) {
  room *r = *state;
  take(r, BRUSH, 1);
  stage_leave(&r->s, PAGE_CHOOSE);
  stage_turn(&r->s);
  stage_choose(&r->s, &r->s.offers[0], false);
  stage_turn(&r->s);
  player_comes(r, 0);
  nothing_more(r);
}

static bool point(room *r, uint32_t source, uint16_t type, float x) {
  gesto_event e = {.type = type, .source = source};
  e.as.pointer.x = x;
  e.as.pointer.tool = source == 1 ? GESTO_PEN : GESTO_FINGER;
  r->s.now_us += 1000;
  return input_pointer(&r->s.input, e, r->s.now_us);
}

static void next_points(room *r, uint32_t source, uint16_t type, float x) {
  const gesto_event e = next(r);
  assert_int_equal(e.type, type);
  assert_int_equal(e.source, source);
  assert_float_equal(e.as.pointer.x, x, 0.01);
}

static void a_hand_that_lies_there_draws_from_where_it_is(void **state) {
  room *r = *state;
  assert_true(point(r, 1, GESTO_POINTER_DOWN, 10));
  assert_true(point(r, 1, GESTO_POINTER_MOVE, 20));
  assert_true(point(r, 2, GESTO_POINTER_DOWN, 90)); // another one was there and went
  assert_true(point(r, 2, GESTO_POINTER_UP, 90));
  take(r, BRUSH, 1);
  player_comes(r, 0);
  next_sets(r, 1, 1);
  next_points(r, 1, GESTO_POINTER_DOWN, 20);
  nothing_more(r);
  assert_true(point(r, 1, GESTO_POINTER_MOVE, 30));
  assert_true(point(r, 1, GESTO_POINTER_UP, 30));
  next_points(r, 1, GESTO_POINTER_MOVE, 30);
  next_points(r, 1, GESTO_POINTER_UP, 30);
  assert_false(input_is_touched(&r->s.input));
}

static void it_draws_on_in_an_earlier_work(void **state) {
  room *r = *state;
  assert_true(point(r, 1, GESTO_POINTER_DOWN, 10));
  player_comes(r, 60000000);
  assert_int_equal(next(r).type, GESTO_PAUSE);
  assert_int_equal(next(r).type, GESTO_RESUME);
  next_points(r, 1, GESTO_POINTER_DOWN, 10);
}

static void no_hand_waits_below_a_sheet(void **state) {
  room *r = *state;
  assert_true(point(r, 1, GESTO_POINTER_DOWN, 10));
  stage_pause(&r->s);
  stage_turn(&r->s);
  player_comes(r, 0);
  assert_int_equal(next(r).type, GESTO_PAUSE);
  stage_carry_on(&r->s);
  stage_turn(&r->s);
  assert_int_equal(next(r).type, GESTO_RESUME);
  nothing_more(r);
  assert_false(point(r, 1, GESTO_POINTER_MOVE, 20));
  assert_false(input_is_touched(&r->s.input));
}

static void a_palm_that_waits_is_taken_back(void **state) {
  room *r = *state;
  assert_true(point(r, 2, GESTO_POINTER_DOWN, 10));
  input_take_back(&r->s.input, GESTO_FINGER, 500000, r->s.now_us);
  player_comes(r, 0);
  nothing_more(r);
}

static void nor_is_a_hand_of_another_exercise_there(void **state) {
  room *r = *state;
  assert_true(point(r, 1, GESTO_POINTER_DOWN, 10));
  stage_leave(&r->s, PAGE_CHOOSE);
  stage_turn(&r->s);
  assert_false(point(r, 1, GESTO_POINTER_MOVE, 20));
  stage_choose(&r->s, &r->s.offers[0], false);
  stage_turn(&r->s);
  player_comes(r, 0);
  nothing_more(r);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {TEST(what_was_pressed_comes_first_and_in_order),
    TEST(what_it_began_with_does_not_show_above_it), TEST(an_earlier_work_goes_on_first),
    TEST(below_pause_it_waits), TEST(tools_beside_the_work_hold_nothing_up),
    TEST(back_from_here_and_now_it_runs), TEST(of_a_text_the_last_is_kept),
    TEST(too_much_is_not_taken), TEST(another_exercise_has_none_of_it),
    TEST(a_hand_that_lies_there_draws_from_where_it_is),
    TEST(it_draws_on_in_an_earlier_work), TEST(no_hand_waits_below_a_sheet),
    TEST(a_palm_that_waits_is_taken_back), TEST(nor_is_a_hand_of_another_exercise_there)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
