// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// The real pages by one switch: everything on them is reached, Pause and Stop soon, a slider is
// set, the feeling field answered, words written, a line drawn.
#include "tests/tools/screens.h"

#include "core/stage/adjust.h"
#include "core/stage/feeling.h"
#include "core/ui/focus.h"
#include "core/ui/over.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { MS = 1000, SHORT_MS = 100, LONG_MS = 700 };

static const sight usual = {
  .width = 1280, .height = 800, .look = THEME_PAPER, .words = 100, .language = "en"};

static void open_stage(stage *s, access_pace pace) {
  assert_true(screens_open(s, &usual));
  access_settings a = access_defaults();
  a.scanning = SCANNING_ONE_SWITCH;
  a.pace = pace;
  a.item_ms = 1000;
  a.groups_first = true;
  stage_set_access(s, &a);
  s->now_us = 3600ull * 1000 * MS;
}

static void go(stage *s, const char *name) {
  for (int i = 0; i < SCREENS; i++)
    if (strcmp(screens[i].name, name) == 0) screens_go(s, &screens[i]);
}

static void wait_ms(stage *s, uint32_t ms) {
  const uint64_t until = s->now_us + (uint64_t)ms * MS;
  for (;;) {
    const uint64_t next = view_tick(&s->view, s->now_us);
    if (next >= until) break;
    s->now_us = next > s->now_us ? next : s->now_us + 1;
    stage_turn(s);
  }
  s->now_us = until;
  view_tick(&s->view, s->now_us);
  stage_turn(s);
}

static void tap(stage *s, uint32_t ms) {
  view_switch(&s->view, s->access.switches[0], true, s->now_us);
  wait_ms(s, ms);
  view_switch(&s->view, s->access.switches[0], false, s->now_us);
  stage_turn(s);
  wait_ms(s, 10);
}

static const char *at(const stage *s) {
  return s->view.scan.at ? s->view.scan.at->id : "";
}

static bool on_item(const stage *s) {
  const view *v = &s->view;
  if (!v->scan.at) return false;
  const rect r = rect_grown(v->scan.at->rect, 9);
  return !v->scan.leaving && fabs(v->scan.ring.w - r.w) < 12 &&
    fabs(v->scan.ring.h - r.h) < 12; // cut at the window's edge
}

// Short presses until the ring is around it, long ones into groups that hold it.
static bool walk_to(stage *s, const char *id) {
  for (int presses = 0; presses < 200; presses++) {
    const scan *c = &s->view.scan;
    if (strcmp(at(s), id) == 0 && !c->leaving) {
      if (on_item(s)) return true;
      tap(s, LONG_MS); // its group
      continue;
    }
    tap(s, SHORT_MS);
    // Into every group in turn: it may be further in.
    if (!c->within && !on_item(s) && strcmp(at(s), id) != 0) {
      const widget *w = widget_find(s->view.over ? s->view.over : view_top(&s->view), id);
      const rect inside = w ? rect_common(rect_grown(w->rect, 0), c->ring) : (rect){0};
      if (w && inside.w * inside.h > w->rect.w * w->rect.h * 0.9) tap(s, LONG_MS);
    }
  }
  return false;
}

static void everything_is_reached_by_one_switch(void **state) {
  (void)state;
  stage *s = calloc(1, sizeof *s);
  open_stage(s, PACE_STEP);
  for (int i = 0; i < SCREENS; i++) {
    screens_go(s, &screens[i]);
    widget *stops[FOCUS_STOPS];
    const int count = focus_gather(&s->view, s->view.over, stops);
    bool reached[FOCUS_STOPS] = {0};
    scan_begin_anew(&s->view);
    wait_ms(s, 10);
    for (int presses = 0; presses < 4 * FOCUS_STOPS; presses++) {
      for (int k = 0; k < count; k++)
        if (stops[k] == s->view.scan.at && on_item(s)) reached[k] = true;
      if (!s->view.scan.within && s->view.scan.at && !on_item(s))
        tap(s, LONG_MS);
      else if (s->view.scan.leaving) {
        tap(s, LONG_MS); // out of the group, and on
        tap(s, SHORT_MS);
      } else
        tap(s, SHORT_MS);
    }
    for (int k = 0; k < count; k++)
      if (!reached[k]) fail_msg("%s: %s is not reached", screens[i].name, stops[k]->id);
  }
  stage_finish(s);
  free(s);
}

static void pause_and_stop_come_soon(void **state) {
  (void)state;
  stage *s = calloc(1, sizeof *s);
  open_stage(s, PACE_STEP);
  static const char *const names[] = {"draw", "loop", "move"};
  for (int i = 0; i < 3; i++) {
    go(s, names[i]);
    scan_begin_anew(&s->view);
    wait_ms(s, 10);
    assert_ptr_equal(s->view.scan.at, s->area);
    tap(s, SHORT_MS);
    assert_string_equal(at(s), "pause");
    tap(s, LONG_MS);
    tap(s, SHORT_MS);
    assert_string_equal(at(s), "stop");
    tap(s, LONG_MS);
    assert_int_equal(s->page, PAGE_CALM);
  }
  stage_finish(s);
  free(s);
}

static void one_switch_answers_and_goes_on(void **state) {
  (void)state;
  stage *s = calloc(1, sizeof *s);
  open_stage(s, PACE_STEP);
  go(s, "welcome");
  assert_true(walk_to(s, "feeling"));
  tap(s, LONG_MS);
  assert_non_null(s->view.over);
  tap(s, LONG_MS); // more pleasant
  widget *field = widget_find(s->view.root, "feeling");
  double x = 0;
  double y = 0;
  assert_true(feeling_get(field, &x, &y));
  assert_true(fabs(x - 0.1) < 1e-9 && fabs(y) < 1e-9);
  assert_true(walk_to(s, "step-done"));
  tap(s, LONG_MS);
  assert_null(s->view.over);
  assert_true(walk_to(s, "wish"));
  tap(s, LONG_MS);
  assert_non_null(s->view.over);
  assert_true(walk_to(s, "key-5")); // y
  tap(s, LONG_MS);
  assert_true(walk_to(s, "key-2")); // e
  tap(s, LONG_MS);
  assert_true(walk_to(s, "key-2"));
  tap(s, LONG_MS);
  assert_true(walk_to(s, "key-back"));
  tap(s, LONG_MS);
  assert_true(walk_to(s, "key-11")); // s
  tap(s, LONG_MS);
  assert_string_equal(field_text(widget_find(s->view.root, "wish")), "yes");
  assert_true(walk_to(s, "key-done"));
  tap(s, LONG_MS);
  assert_null(s->view.over);
  assert_true(walk_to(s, "continue"));
  tap(s, LONG_MS);
  assert_int_equal(s->page, PAGE_CHOOSE);
  stage_finish(s);
  free(s);
}

// The page is built anew with each change; whoever wants it again presses again.
static void the_ring_rests_where_something_was_set(void **state) {
  (void)state;
  stage *s = calloc(1, sizeof *s);
  open_stage(s, PACE_STEP);
  access_settings a = s->access;
  a.rest_on_last = true;
  stage_set_access(s, &a);
  go(s, "easier");
  assert_true(walk_to(s, "dwell-more"));
  for (int i = 0; i < 3; i++) tap(s, LONG_MS);
  assert_int_equal(s->access.dwell_ms, 1000);
  assert_string_equal(at(s), "dwell-more");
  stage_finish(s);
  free(s);
}

static pointer drawn[64];
static int drawn_count;

static bool spy(widget *w, view *v, const pointer *p) {
  (void)w;
  (void)v;
  if (drawn_count < 64) drawn[drawn_count++] = *p;
  return true;
}

// A line down, a line across, where it begins; the same where it ends.
static void one_switch_draws_a_line(void **state) {
  (void)state;
  stage *s = calloc(1, sizeof *s);
  open_stage(s, PACE_STEP);
  go(s, "draw");
  s->live.here = true;
  s->input.paused = false;
  widget_sort spied = *s->area->sort;
  spied.point = spy;
  s->area->sort = &spied;
  scan_begin_anew(&s->view);
  wait_ms(s, 10);
  tap(s, LONG_MS); // onto the ground
  const int moves[] = {8, 4, 6, 2};
  for (int line = 0; line < 4; line++) {
    for (int i = 0; i < moves[line]; i++) tap(s, SHORT_MS);
    assert_int_equal(drawn_count, 0);
    tap(s, LONG_MS);
  }
  assert_true(drawn_count > 10);
  assert_int_equal(drawn[0].phase, PHASE_DOWN);
  assert_int_equal(drawn[drawn_count - 1].phase, PHASE_UP);
  const rect r = s->area->rect;
  assert_true(fabs(drawn[0].y - r.y - r.h / 2) < 1);
  assert_true(fabs(drawn[0].x - r.x - r.w * 0.75) < 1);
  assert_true(fabs(drawn[drawn_count - 1].y - r.y - r.h * 0.875) < 1);
  assert_true(drawn[drawn_count - 1].x > drawn[0].x);
  const int before = drawn_count;
  for (int i = 0; i < 16 && s->lines.at[s->lines.step] < 1; i++) tap(s, SHORT_MS);
  tap(s, LONG_MS); // at the edge
  assert_int_equal(drawn_count, before);
  assert_null(s->view.steer);
  assert_ptr_equal(s->view.scan.at, s->area);
  stage_finish(s);
  free(s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(everything_is_reached_by_one_switch),
    cmocka_unit_test(pause_and_stop_come_soon),
    cmocka_unit_test(one_switch_answers_and_goes_on),
    cmocka_unit_test(the_ring_rests_where_something_was_set),
    cmocka_unit_test(one_switch_draws_a_line),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  if (!screens_begin()) return 1;
  return cmocka_run_group_tests(tests, NULL, NULL);
}
