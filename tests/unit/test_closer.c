// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// Closer to the paper and back, by fingers, mouse, keys and single presses: what is recorded
// of it, that nothing is drawn by mistake and that the paper lies still under a hand.
#include "core/stage/closer_hand.h"
#include "core/ui/focus.h"
#include "tests/unit/stage_hand.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char declared[] =
  "{\"id\":\"org.gesto.draw\",\"name\":\"Draw\",\"version\":\"1\",\"purpose\":{},"
  "\"wants\":[\"canvas\"],\"controls\":["
  "{\"id\":1,\"kind\":\"colour\",\"flags\":[],\"key\":\"colour\",\"name\":\"Colour\"}]}";

enum { SECOND = 1000 * 1000 };

typedef struct room {
  stage s;
  int fd;
  ring ring;
  player_page *page;
  uint64_t read;
  double x, y; // of the area
} room;

static int set_up(void **state) {
  static room all;
  room *r = &all;
  memset(r, 0, sizeof *r);
  r->fd = stage_hand_begin(&r->s, &r->ring, declared);
  r->page = calloc(1, sizeof *r->page);
  assert_non_null(r->page);
  r->s.live.page.bytes = r->page;
  const rect area = r->s.area->rect;
  r->s.live.width = (uint32_t)area.w;
  r->s.live.height = (uint32_t)area.h;
  r->page->paper_width = (uint32_t)(area.w * PAGE_PAPER_PART);
  r->page->paper_height = (uint32_t)(area.h * PAGE_PAPER_PART);
  r->x = area.x;
  r->y = area.y;
  r->s.now_us = 5 * SECOND;
  *state = r;
  return 0;
}

static int tear_down(void **state) {
  room *r = *state;
  r->s.live.page.bytes = NULL;
  free(r->page);
  stage_hand_end(&r->s, &r->ring, r->fd);
  return 0;
}

static void point(
  room *r, phase what, uint32_t source, uint32_t tool, double x, double y) {
  const pointer p = {.phase = what,
    .source = source,
    .tool = tool,
    .x = r->x + x,
    .y = r->y + y,
    .pressure = 0.5,
    .time_us = r->s.now_us};
  view_point(&r->s.view, &p);
}

static void touch(room *r, phase what, uint32_t source, double x, double y) {
  point(r, what, source, GESTO_FINGER, x, y);
}

static void wait_ms(room *r, int ms) {
  r->s.now_us += (uint64_t)ms * 1000;
  closer_turn(&r->s);
}

// The next event that came into the ring; type 0: there is none.
static gesto_event next(room *r) {
  ring_slot slot = {0};
  if (ring_written(&r->ring) == r->read) return slot.as.event;
  assert_int_equal(ring_get(&r->ring, ++r->read, &slot), OK);
  return slot.as.event;
}

static void assert_types(room *r, const uint16_t *types) {
  for (; *types; types++) assert_int_equal(next(r).type, *types);
  assert_int_equal(next(r).type, 0);
}
#define assert_came(r, ...) assert_types(r, (const uint16_t[]){__VA_ARGS__, 0})
#define assert_nothing(r) assert_int_equal(next(r).type, 0)

static gesto_event last_view(room *r) {
  gesto_event last = {0};
  for (gesto_event e = next(r); e.type; e = next(r)) {
    assert_int_equal(e.type, GESTO_VIEW);
    last = e;
  }
  return last;
}

static bool button_shows(const room *r) {
  return !widget_is(r->s.closer.whole, STATE_HIDDEN);
}

// ---- Fingers

static void one_finger_draws(void **state) {
  room *r = *state;
  touch(r, PHASE_DOWN, 10, 50, 50);
  touch(r, PHASE_MOVE, 10, 60, 50);
  touch(r, PHASE_UP, 10, 60, 50);
  assert_came(r, GESTO_POINTER_DOWN, GESTO_POINTER_MOVE, GESTO_POINTER_UP);
}

// Each of them is one finger, which holds no place for another.
static void a_finger_whose_up_was_lost_is_still_one(void **state) {
  room *r = *state;
  for (int i = 0; i < 2 * FINGERS_MOST; i++) touch(r, PHASE_DOWN, 10, 50 + i, 50);
  touch(r, PHASE_UP, 10, 60, 50);
  for (gesto_event e = next(r); e.type; e = next(r))
    assert_int_not_equal(e.type, GESTO_POINTER_CANCEL);
  for (int i = 0; i < FINGERS_MOST; i++) assert_false(r->s.fingers.all[i].down);
  one_finger_draws(state);
}

static void two_fingers(room *r, int apart_ms) {
  touch(r, PHASE_DOWN, 10, 200, 200);
  touch(r, PHASE_MOVE, 10, 204, 200);
  wait_ms(r, apart_ms);
  touch(r, PHASE_DOWN, 11, 400, 200);
}

static void spread(room *r) {
  for (int i = 1; i <= 10; i++) {
    touch(r, PHASE_MOVE, 10, 204 - 10 * i, 200);
    touch(r, PHASE_MOVE, 11, 400 + 10 * i, 200);
    wait_ms(r, 200);
  }
}

static void lift_both(room *r) {
  touch(r, PHASE_UP, 10, 100, 200);
  touch(r, PHASE_UP, 11, 500, 200);
}

static void two_come_closer_and_the_first_mark_is_taken_back(void **state) {
  room *r = *state;
  two_fingers(r, 100);
  assert_came(r, GESTO_POINTER_DOWN, GESTO_POINTER_MOVE, GESTO_POINTER_CANCEL);
  assert_false(button_shows(r));
  spread(r);
  const gesto_event e = last_view(r);
  assert_true(e.as.view.zoom > 1.5f && e.as.view.zoom < 2.1f);
  assert_true(button_shows(r));
  lift_both(r);
  assert_nothing(r);
  touch(r, PHASE_DOWN, 10, 50, 50);
  touch(r, PHASE_UP, 10, 50, 50);
  assert_came(r, GESTO_POINTER_DOWN, GESTO_POINTER_UP);
}

// What lies under the fingers goes with them.
static void the_paper_goes_with_the_fingers(void **state) {
  room *r = *state;
  closer_zoom(&r->s, 4, r->x + 300, r->y + 200);
  wait_ms(r, 200);
  const gesto_event before = last_view(r);
  two_fingers(r, 0);
  assert_came(r, GESTO_POINTER_DOWN, GESTO_POINTER_MOVE, GESTO_POINTER_CANCEL);
  for (int i = 0; i <= 10; i++) {
    touch(r, PHASE_MOVE, 10, 204 + 10 * i, 200 + 4 * i);
    touch(r, PHASE_MOVE, 11, 400 + 10 * i, 200 + 4 * i);
    wait_ms(r, 200);
  }
  const gesto_event after = last_view(r);
  assert_true(fabsf(after.as.view.zoom - 4) < 0.1f);
  assert_true(before.as.view.x - after.as.view.x > 100 / 4.0f - 6);
  assert_true(before.as.view.x - after.as.view.x <= 100 / 4.0f + 1);
}

static void a_hand_that_takes_its_time_is_waited_for(void **state) {
  room *r = *state;
  two_fingers(r, 500);
  assert_came(r, GESTO_POINTER_DOWN, GESTO_POINTER_MOVE, GESTO_POINTER_CANCEL);
}

// Its device stamps later than things happen: then the mark stays, but ends.
static void no_contact_stays_open(void **state) {
  room *r = *state;
  r->s.now_us -= 400 * 1000;
  touch(r, PHASE_DOWN, 10, 200, 200);
  r->s.fingers.all[0].since_us += 400 * 1000;
  r->s.now_us += 900 * 1000;
  touch(r, PHASE_DOWN, 11, 400, 200);
  assert_came(r, GESTO_POINTER_DOWN, GESTO_POINTER_UP);
  assert_false(input_is_touched(&r->s.input));
}

static void a_line_that_is_longer_stays(void **state) {
  room *r = *state;
  touch(r, PHASE_DOWN, 10, 200, 200);
  touch(r, PHASE_MOVE, 10, 260, 200);
  wait_ms(r, 200);
  touch(r, PHASE_DOWN, 11, 400, 200);
  touch(r, PHASE_MOVE, 10, 270, 200);
  touch(r, PHASE_MOVE, 11, 600, 300);
  wait_ms(r, 200);
  touch(r, PHASE_UP, 11, 600, 300);
  touch(r, PHASE_UP, 10, 270, 200);
  assert_came(
    r, GESTO_POINTER_DOWN, GESTO_POINTER_MOVE, GESTO_POINTER_MOVE, GESTO_POINTER_UP);
  assert_true(closer_is_whole(&r->s));
}

static void one_that_is_left_draws_nothing(void **state) {
  room *r = *state;
  two_fingers(r, 0);
  spread(r);
  while (next(r).type) {}
  touch(r, PHASE_UP, 11, 500, 200);
  for (int i = 0; i < 5; i++) touch(r, PHASE_MOVE, 10, 100 + 20 * i, 300);
  touch(r, PHASE_UP, 10, 200, 300);
  wait_ms(r, 200);
  assert_nothing(r);
}

static void beside_a_pen_one_finger_draws_nothing(void **state) {
  room *r = *state;
  fingers_see_pen(&r->s, false);
  wait_ms(r, 900);
  touch(r, PHASE_DOWN, 10, 200, 200);
  wait_ms(r, 3000);
  touch(r, PHASE_MOVE, 10, 300, 200);
  touch(r, PHASE_UP, 10, 300, 200);
  assert_nothing(r);
  touch(r, PHASE_DOWN, 10, 200, 200); // the pen was put down long ago
  touch(r, PHASE_UP, 10, 200, 200);
  assert_came(r, GESTO_POINTER_DOWN, GESTO_POINTER_UP);
}

static void beside_a_pen_two_move_the_paper(void **state) {
  room *r = *state;
  fingers_see_pen(&r->s, false);
  two_fingers(r, 100);
  spread(r);
  assert_true(last_view(r).as.view.zoom > 1.2f);
}

static bool rests_on(room *r, const widget *w) {
  view_place(&r->s.view);
  return fingers_rest(&r->s, w->rect.x + w->rect.w / 2, w->rect.y + w->rect.h / 2);
}

// The hand that holds the pen lies on the paper, never on what can be pressed.
static void beside_a_pen_all_but_the_work_is_heard(void **state) {
  room *r = *state;
  stage *s = &r->s;
  assert_false(rests_on(r, s->area)); // on a paper, to which two fingers may come
  r->s.offers[0].canvas = false;
  assert_true(rests_on(r, s->area));
  assert_false(rests_on(r, widget_find(s->view.root, "pause")));
  stage_pause(s);
  stage_turn(s);
  const widget *on = widget_find(s->view.sheet, "carry-on");
  const rect area = s->area->rect;
  assert_false(rests_on(r, on)); // over the work, and yet
  assert_true(rect_holds(area, on->rect.x, on->rect.y));
  assert_false(rests_on(r, widget_find(s->view.sheet, "other")));
  assert_true(fingers_rest(s, area.x + 2, area.y + area.h - 2));
}

static void under_a_pen_the_paper_lies_still(void **state) {
  room *r = *state;
  two_fingers(r, 0);
  fingers_see_pen(&r->s, true);
  while (next(r).type) {}
  point(r, PHASE_DOWN, 2, GESTO_PEN, 300, 300);
  spread(r);
  point(r, PHASE_UP, 2, GESTO_PEN, 300, 300);
  spread(r); // and a palm that stays is a palm
  assert_came(r, GESTO_POINTER_DOWN, GESTO_POINTER_UP);
  assert_true(closer_is_whole(&r->s));
}

static void what_has_no_paper_keeps_its_fingers(void **state) {
  room *r = *state;
  r->s.offers[0].canvas = false;
  two_fingers(r, 0);
  assert_came(r, GESTO_POINTER_DOWN, GESTO_POINTER_MOVE, GESTO_POINTER_DOWN);
  closer_zoom_middle(&r->s, 2);
  wait_ms(r, 200);
  assert_nothing(r);
}

// ---- Mouse and keys

static bool mouse(room *r, uint32_t type, int button, double x, double y) {
  SDL_Event e = {.type = type};
  if (type == SDL_MOUSEMOTION) {
    e.motion.x = (int)(r->x + x);
    e.motion.y = (int)(r->y + y);
  } else {
    e.button.button = (Uint8)button;
    e.button.x = (int)(r->x + x);
    e.button.y = (int)(r->y + y);
  }
  return closer_hand_event(&r->s, &e);
}

static bool key_with(room *r, SDL_Keycode code, Uint16 with) {
  SDL_Event e = {.type = SDL_KEYDOWN};
  e.key.keysym.sym = code;
  e.key.keysym.mod = with;
  return closer_hand_event(&r->s, &e);
}

static void the_middle_button_takes_hold(void **state) {
  room *r = *state;
  closer_zoom(&r->s, 4, r->x + 300, r->y + 200);
  wait_ms(r, 200);
  const gesto_event before = last_view(r);
  assert_true(mouse(r, SDL_MOUSEBUTTONDOWN, SDL_BUTTON_MIDDLE, 300, 200));
  assert_true(mouse(r, SDL_MOUSEMOTION, 0, 340, 180));
  assert_true(mouse(r, SDL_MOUSEBUTTONUP, SDL_BUTTON_MIDDLE, 340, 180));
  assert_false(mouse(r, SDL_MOUSEMOTION, 0, 400, 180));
  wait_ms(r, 200);
  const gesto_event after = last_view(r);
  assert_true(before.as.view.x - after.as.view.x == 10);
  assert_true(after.as.view.y - before.as.view.y == 5);
}

static void space_takes_hold_for_who_goes_by_mouse(void **state) {
  room *r = *state;
  SDL_Event up = {.type = SDL_KEYUP};
  up.key.keysym.sym = SDLK_SPACE;
  assert_false(key_with(r, SDLK_SPACE, 0)); // nothing to move
  closer_zoom_middle(&r->s, 4);
  assert_true(key_with(r, SDLK_SPACE, 0));
  assert_true(mouse(r, SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 300, 200));
  assert_true(mouse(r, SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 300, 200));
  assert_true(closer_hand_event(&r->s, &up));
  assert_false(mouse(r, SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 300, 200));
  focus_show_ring(&r->s.view, true);
  assert_false(key_with(r, SDLK_SPACE, 0)); // it presses
}

static void keys_come_closer_move_and_go_back(void **state) {
  room *r = *state;
  assert_true(key_with(r, SDLK_PLUS, KMOD_LCTRL | KMOD_LSHIFT));
  assert_true(key_with(r, SDLK_KP_PLUS, KMOD_LCTRL));
  wait_ms(r, 200);
  const gesto_event near = last_view(r);
  assert_true(fabsf(near.as.view.zoom - 2) < 0.02f);
  assert_true(key_with(r, SDLK_RIGHT, KMOD_RCTRL));
  wait_ms(r, 200);
  assert_true(last_view(r).as.view.x > near.as.view.x);
  assert_true(key_with(r, SDLK_MINUS, KMOD_LCTRL));
  assert_true(key_with(r, SDLK_0, KMOD_LCTRL));
  wait_ms(r, 200);
  assert_true(last_view(r).as.view.zoom == 1);
  assert_false(key_with(r, SDLK_PLUS, 0));
  assert_false(key_with(r, SDLK_RIGHT, 0));
}

static void under_a_hand_the_paper_lies_still(void **state) {
  room *r = *state;
  point(r, PHASE_DOWN, 1, GESTO_MOUSE, 300, 300);
  key_with(r, SDLK_PLUS, KMOD_LCTRL);
  closer_zoom(&r->s, 3, r->x + 100, r->y + 100);
  wait_ms(r, 200);
  point(r, PHASE_UP, 1, GESTO_MOUSE, 300, 300);
  wait_ms(r, 200);
  assert_came(r, GESTO_POINTER_DOWN, GESTO_POINTER_UP);
}

// What shows is told before a line begins on it.
static void a_line_begins_on_what_is_meant(void **state) {
  room *r = *state;
  closer_zoom_middle(&r->s, 2);
  wait_ms(r, 200);
  closer_zoom_middle(&r->s, 2);
  point(r, PHASE_DOWN, 1, GESTO_MOUSE, 300, 300);
  assert_came(r, GESTO_VIEW, GESTO_VIEW, GESTO_POINTER_DOWN);
}

static void it_is_told_at_a_pace(void **state) {
  room *r = *state;
  closer_zoom_middle(&r->s, 2);
  wait_ms(r, 200);
  r->s.has_ring = true; // what was told has a number, and is waited for
  r->s.ring = r->ring;
  closer_move(&r->s, 5, 0);
  wait_ms(r, 200);
  assert_came(r, GESTO_VIEW, GESTO_VIEW);
  closer_move(&r->s, 5, 0);
  wait_ms(r, 20);
  assert_nothing(r); // the picture before has not come
  assert_in_range(closer_wait_ms(&r->s), 1, 20);
  r->page->commit_seq = ring_written(&r->ring);
  for (int i = 0; i < 20; i++) closer_move(&r->s, 1, 0);
  wait_ms(r, 20);
  assert_came(r, GESTO_VIEW);
  assert_int_equal(closer_wait_ms(&r->s), -1);
  r->s.has_ring = false;
}

// ---- The way back, and single presses

static void press_id(room *r, const char *id) {
  widget *w = widget_find(r->s.view.root, id);
  if (!w && r->s.view.sheet) w = widget_find(r->s.view.sheet, id);
  assert_non_null(w);
  view_press_on(&r->s.view, w, KEY_ENTER, 0);
  stage_turn(&r->s);
}

static void one_press_leads_back(void **state) {
  room *r = *state;
  assert_false(button_shows(r));
  closer_zoom_middle(&r->s, 8);
  assert_true(button_shows(r));
  view_place(&r->s.view);
  const rect b = r->s.closer.whole->rect, a = r->s.area->rect;
  assert_true(b.w >= 48 && b.h >= 48);
  assert_true(b.x >= a.x && b.x < a.x + 40 && b.y + b.h <= a.y + a.h);
  focus_set(&r->s.view, r->s.closer.whole);
  press_id(r, "closer-whole");
  wait_ms(r, 200);
  assert_true(last_view(r).as.view.zoom == 1);
  assert_false(button_shows(r));
  assert_ptr_equal(r->s.view.focus, r->s.area);
}

static void a_line_runs_on_beneath_the_way_back(void **state) {
  room *r = *state;
  closer_zoom_middle(&r->s, 4);
  view_place(&r->s.view);
  const rect b = r->s.closer.whole->rect;
  point(r, PHASE_DOWN, 1, GESTO_MOUSE, 300, 200);
  point(r, PHASE_MOVE, 1, GESTO_MOUSE, b.x - r->x + 20, b.y - r->y + 20);
  point(r, PHASE_UP, 1, GESTO_MOUSE, b.x - r->x + 20, b.y - r->y + 20);
  assert_came(r, GESTO_VIEW, GESTO_POINTER_DOWN, GESTO_POINTER_MOVE, GESTO_POINTER_UP);
  assert_false(closer_is_whole(&r->s));
}

static void the_pad_does_it_all(void **state) {
  room *r = *state;
  press_id(r, "closer");
  assert_int_equal(r->s.sheet, SHEET_CLOSER);
  press_id(r, "closer-in");
  press_id(r, "closer-in");
  wait_ms(r, 200);
  const gesto_event near = last_view(r);
  assert_true(fabsf(near.as.view.zoom - 2) < 0.02f);
  press_id(r, "closer-left");
  press_id(r, "closer-down");
  wait_ms(r, 200);
  const gesto_event moved = last_view(r);
  assert_true(moved.as.view.x < near.as.view.x && moved.as.view.y > near.as.view.y);
  press_id(r, "closer-all");
  wait_ms(r, 200);
  assert_true(last_view(r).as.view.zoom == 1);
  press_id(r, "done");
  assert_null(r->s.view.sheet);
}

// By crossing lines, as large as the area, whatever shows in it.
static void one_switch_draws_on_what_shows(void **state) {
  room *r = *state;
  closer_zoom_middle(&r->s, 3);
  assert_true(lines_begin(&r->s));
  view *v = &r->s.view;
  for (int step = 0; step < 4; step++) {
    for (int i = 0; i <= step; i++) assert_true(v->steer(v->data, false));
    assert_true(v->steer(v->data, true));
  }
  assert_int_equal(next(r).type, GESTO_VIEW);
  assert_int_equal(next(r).type, GESTO_POINTER_DOWN);
  gesto_event e = next(r);
  for (; e.type == GESTO_POINTER_MOVE; e = next(r)) {}
  assert_int_equal(e.type, GESTO_POINTER_UP);
  assert_nothing(r);
}

static void another_creation_begins_whole(void **state) {
  room *r = *state;
  closer_zoom_middle(&r->s, 4);
  wait_ms(r, 200);
  last_view(r);
  closer_begin(&r->s, true); // its player may know it otherwise
  wait_ms(r, 200);
  assert_true(last_view(r).as.view.zoom == 1);
  assert_false(button_shows(r));
  closer_begin(&r->s, false);
  wait_ms(r, 200);
  assert_nothing(r);
}

int main(void) {
#define each(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    each(one_finger_draws),
    each(a_finger_whose_up_was_lost_is_still_one),
    each(two_come_closer_and_the_first_mark_is_taken_back),
    each(the_paper_goes_with_the_fingers),
    each(a_hand_that_takes_its_time_is_waited_for),
    each(no_contact_stays_open),
    each(a_line_that_is_longer_stays),
    each(one_that_is_left_draws_nothing),
    each(beside_a_pen_one_finger_draws_nothing),
    each(beside_a_pen_two_move_the_paper),
    each(beside_a_pen_all_but_the_work_is_heard),
    each(under_a_pen_the_paper_lies_still),
    each(what_has_no_paper_keeps_its_fingers),
    each(the_middle_button_takes_hold),
    each(space_takes_hold_for_who_goes_by_mouse),
    each(keys_come_closer_move_and_go_back),
    each(under_a_hand_the_paper_lies_still),
    each(a_line_begins_on_what_is_meant),
    each(it_is_told_at_a_pace),
    each(one_press_leads_back),
    each(a_line_runs_on_beneath_the_way_back),
    each(the_pad_does_it_all),
    each(one_switch_draws_on_what_shows),
    each(another_creation_begins_whole),
  };
#undef each
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
