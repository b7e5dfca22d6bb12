// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light desk
// The desk's page of a replay: what each key and press asks of the keeper, what is shown of a
// moment, and how it looks from every side. PICTURES=folder keeps pictures of it.
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/desk/desk.h"
#include "core/desk/scrubber.h"
#include "core/ui/focus.h"
#include "core/ui/spoken.h"
#include "core/ui/tree.h"
#include "core/ui/widgets.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { SECOND = 1000000 };

static const char listing[] =
  "{\"clients\":[{\"id\":\"c-1\",\"alias\":\"Juno\",\"sessions\":[{\"name\":"
  "\"20261123T101500Z-a\",\"path\":\"/archive/s\",\"told\":[[\"Arriving\",\"a little "
  "unpleasant, much energy\"],[\"Wish of today\",\"\\u201cThe grass at the bottom is "
  "where "
  "we sat.\\u201d\"],[\"Leaving\",\"pleasant, little "
  "energy\"]],\"points\":[[-0.4,0.5],[0.3,"
  "-0.3]],\"creations\":[{\"number\":1,\"name\":\"01-draw\",\"exercise\":"
  "\"org.gesto.draw\",\"title\":\"Sea, from the hill\",\"consent\":\"keep\",\"process\":"
  "true,\"seconds\":1264,\"works\":[]}]}]}],\"exercises\":[{\"id\":\"org.gesto.draw\","
  "\"name\":\"Draw\"}]}";

// Four strokes, of which the third was taken back; 10 s of rest; a minute in all.
static const char course[] =
  "{\"end\":60000000,\"strokes\":[[1000000,3000000,\"Wash\",\"#3b5fa0\",false],[20000000,"
  "25000000,\"Ink\",\"#22302f\",false],[30000000,30100000,\"Ink\",\"#22302f\",true],["
  "40000000,50000000,\"Chalk\",\"\",false]],\"marks\":[{\"t\":500000,\"kind\":\"tool\","
  "\"icon\":\"wash\",\"name\":\"Brush\",\"value\":\"Wash\",\"times\":1},{\"t\":3000000,"
  "\"kind\":\"silence\",\"icon\":\"\",\"name\":\"\",\"value\":\"17\",\"times\":1},{\"t\":"
  "31000000,\"kind\":\"undo\",\"icon\":\"undo\",\"name\":\"Undo\",\"value\":\"\","
  "\"times\":"
  "2},{\"t\":39000000,\"kind\":\"colour\",\"icon\":\"colour\",\"name\":\"Colour\","
  "\"value\":\"#d98a3d\",\"times\":1}],\"silences\":[[3000000,20000000],[50000000,"
  "60000000]],\"may_leave_out\":true,\"canvas\":true}";

typedef struct room {
  desk d;
  int ends[2];
  link_message in;
  json_t *asked; // the last PLAY
} room;

static room the_room;

static void tell_course(room *r, const char *json) {
  link_message *m = &r->in;
  int fd = -1;
  assert_int_equal(memory_create("course", strlen(json), &fd), OK);
  assert_int_equal(io_write_all_at(fd, json, strlen(json), 0), OK);
  *m = (link_message){
    .kind = TO_DESK_COURSE, .big = strlen(json), .fds = {fd}, .fd_count = 1};
  desk_hear(&r->d, m);
  io_close(fd);
}

static const json_t *hear_play(room *r) {
  assert_int_equal(link_receive(r->ends[1], &r->in, 0), OK);
  assert_int_equal(r->in.kind, FROM_DESK_PLAY);
  json_decref(r->asked);
  r->asked = json_loads(r->in.text, 0, NULL);
  return r->asked;
}

static void nothing_is_asked(room *r) {
  assert_int_equal(link_receive(r->ends[1], &r->in, 0), NOT_NOW);
}

static json_int_t number(const room *r, const char *member) {
  const json_t *value = json_object_get(r->asked, member);
  return json_is_integer(value) ? json_integer_value(value) : -1;
}

static bool flag(const room *r, const char *member) {
  return json_is_true(json_object_get(r->asked, member));
}

static void answer(room *r, uint64_t at_us, bool holds) {
  r->in = (link_message){.kind = TO_DESK_PROGRESS,
    .a = holds,
    .b = (uint32_t)number(r, "number"),
    .big = at_us};
  desk_hear(&r->d, &r->in);
}

static void open_at(room *r, int width, int height) {
  memset(r, 0, sizeof *r);
  assert_int_equal(link_pair(r->ends), OK);
  assert_int_equal(desk_init(&r->d, width, height, 1), OK);
  r->d.link = r->ends[0];
  r->d.listing = json_loads(listing, 0, NULL);
  assert_non_null(r->d.listing);
  json_t *client = json_array_get(json_object_get(r->d.listing, "clients"), 0);
  json_t *session = json_array_get(json_object_get(client, "sessions"), 0);
  json_t *creation = json_array_get(json_object_get(session, "creations"), 0);
  replaying_open(&r->d, client, session, creation);
}

// Open, and holding at a moment.
static void open_page(room *r, uint64_t at_us) {
  open_at(r, 1280, 800);
  assert_int_equal(link_receive(r->ends[1], &r->in, 0), OK);
  assert_int_equal(r->in.kind, FROM_DESK_REPLAY);
  assert_string_equal(r->in.text, "/archive/s/creations/01-draw");
  assert_int_equal(r->in.a, 840);
  hear_play(r);
  assert_true(flag(r, "play") && flag(r, "skip") && !flag(r, "leave_out"));
  assert_int_equal(number(r, "at"), 0);
  tell_course(r, course);
  answer(r, at_us, true);
  view_place(&r->d.view);
}

static void close_page(room *r) {
  json_decref(r->asked);
  desk_finish(&r->d);
  close(r->ends[0]);
  close(r->ends[1]);
}

static widget *called(room *r, const char *id) {
  widget *w = widget_find(r->d.view.root, id);
  if (!w) fail_msg("no %s", id);
  return w;
}

static void press(room *r, const char *id) {
  focus_set(&r->d.view, called(r, id));
  assert_true(view_press(&r->d.view, KEY_SPACE, 0));
}

static void type(room *r, key k) {
  focus_set(&r->d.view, called(r, "replay-time"));
  assert_true(view_press(&r->d.view, k, 0));
}

static bool shown(room *r, const char *id) { return widget_shown(called(r, id)); }

static void playing_and_holding(void **state) {
  room *r = &the_room;
  (void)state;
  open_page(r, 5 * SECOND);
  press(r, "replay-play");
  hear_play(r);
  assert_true(flag(r, "play"));
  assert_int_equal(number(r, "at"), -1); // from where it is, which the keeper knows
  assert_string_equal(called(r, "replay-play")->label, "Hold");
  answer(r, 6 * SECOND, false);
  assert_string_equal(called(r, "replay-clock")->label, "0:06 of 1:00");
  type(r, KEY_SPACE);
  hear_play(r);
  assert_false(flag(r, "play"));
  answer(r, 60 * SECOND, true);
  press(r, "replay-play"); // at the end: from the start
  hear_play(r);
  assert_true(flag(r, "play"));
  assert_int_equal(number(r, "at"), 0);
  close_page(r);
}

static void speeds(void **state) {
  static const double all[] = {0.5, 1, 2, 4, 8, 16, 32, 64};
  room *r = &the_room;
  (void)state;
  open_page(r, 0);
  assert_string_equal(called(r, "replay-speed")->label, "8 times");
  for (int i = 5; i < 8; i++) {
    press(r, "replay-faster");
    assert_true(json_number_value(json_object_get(hear_play(r), "speed")) == all[i]);
  }
  assert_true(widget_is(called(r, "replay-faster"), STATE_DISABLED));
  for (int i = 6; i >= 0; i--) {
    press(r, "replay-slower");
    assert_true(json_number_value(json_object_get(hear_play(r), "speed")) == all[i]);
  }
  assert_string_equal(called(r, "replay-speed")->label, "Half as fast");
  assert_true(widget_is(called(r, "replay-slower"), STATE_DISABLED));
  press(r, "replay-skip");
  hear_play(r);
  assert_false(flag(r, "skip"));
  assert_false(widget_is(called(r, "replay-skip"), STATE_SELECTED));
  close_page(r);
}

static void stroke_by_stroke(void **state) {
  room *r = &the_room;
  (void)state;
  open_page(r, 0);
  type(r, KEY_RIGHT);
  hear_play(r);
  assert_true(flag(r, "play"));
  assert_int_equal(number(r, "at"), 1 * SECOND);
  assert_int_equal(number(r, "until"), 3 * SECOND);
  answer(r, 3 * SECOND, true);
  press(r, "replay-stroke-on");
  hear_play(r);
  assert_int_equal(number(r, "at"), 20 * SECOND);
  assert_int_equal(number(r, "until"), 25 * SECOND);
  answer(r, 22 * SECOND, false);
  type(r, KEY_LEFT); // to before the one that is being played
  hear_play(r);
  assert_false(flag(r, "play"));
  assert_int_equal(number(r, "at"), 20 * SECOND - 1);
  answer(r, 20 * SECOND - 1, true);
  type(r, KEY_LEFT);
  hear_play(r);
  assert_int_equal(number(r, "at"), 1 * SECOND - 1);
  answer(r, 1 * SECOND - 1, true);
  type(r, KEY_LEFT);
  hear_play(r);
  assert_int_equal(number(r, "at"), 0);
  close_page(r);
}

static void steps_pass_over_what_is_left_out(void **state) {
  room *r = &the_room;
  (void)state;
  open_page(r, 26 * SECOND);
  press(r, "replay-leave-out");
  hear_play(r);
  assert_true(flag(r, "leave_out"));
  answer(r, 26 * SECOND, true);
  type(r, KEY_RIGHT);
  hear_play(r);
  assert_int_equal(number(r, "at"), 40 * SECOND);
  answer(r, 50 * SECOND, true);
  type(r, KEY_LEFT);
  hear_play(r);
  answer(r, 40 * SECOND - 1, true);
  type(r, KEY_LEFT);
  hear_play(r);
  assert_int_equal(number(r, "at"), 20 * SECOND - 1);
  close_page(r);
}

static void marks_by_keys(void **state) {
  static const json_int_t all[] = {500000, 3000000, 31000000, 39000000};
  room *r = &the_room;
  (void)state;
  open_page(r, 0);
  for (int i = 0; i < 4; i++) {
    type(r, KEY_PAGE_DOWN);
    hear_play(r);
    assert_int_equal(number(r, "at"), all[i]);
    answer(r, (uint64_t)all[i], true);
  }
  type(r, KEY_PAGE_DOWN);
  nothing_is_asked(r);
  for (int i = 2; i >= 0; i--) {
    type(r, KEY_PAGE_UP);
    hear_play(r);
    assert_int_equal(number(r, "at"), all[i]);
    answer(r, (uint64_t)all[i], true);
  }
  type(r, KEY_END);
  hear_play(r);
  assert_int_equal(number(r, "at"), 60 * SECOND);
  close_page(r);
}

static void at(room *r, phase p, double x, double y) {
  const pointer one = {.phase = p, .x = x, .y = y, .source = 1, .time_us = 1};
  view_deliver(&r->d.view, &one);
}

// One moment is asked for at a time, and the last one counts.
static void dragging(void **state) {
  room *r = &the_room;
  (void)state;
  open_page(r, 10 * SECOND);
  press(r, "replay-play");
  hear_play(r);
  answer(r, 10 * SECOND, false);
  const rect strip = called(r, "replay-time")->rect;
  const double y = strip.y + strip.h - 20;
  at(r, PHASE_DOWN, strip.x + strip.w / 2, y);
  hear_play(r);
  assert_false(flag(r, "play"));
  assert_int_equal(number(r, "at"), 30 * SECOND);
  at(r, PHASE_MOVE, strip.x + strip.w * 0.7, y);
  at(r, PHASE_MOVE, strip.x + strip.w * 2, y);
  nothing_is_asked(r);
  assert_string_equal(called(r, "replay-clock")->label, "1:00 of 1:00");
  answer(r, 30 * SECOND, true);
  hear_play(r);
  assert_int_equal(number(r, "at"), 60 * SECOND);
  at(r, PHASE_MOVE, strip.x - 50, y);
  at(r, PHASE_UP, strip.x - 50, y); // it goes on, as before
  hear_play(r);
  assert_true(flag(r, "play"));
  answer(r, 60 * SECOND, true);
  hear_play(r);
  assert_int_equal(number(r, "at"), 0);
  // A mark is pressed.
  answer(r, 0, true);
  at(r, PHASE_DOWN, strip.x + 18 + (strip.w - 36) * 31 / 60 + 5, strip.y + 12);
  hear_play(r);
  assert_int_equal(number(r, "at"), 31 * SECOND);
  close_page(r);
}

static void moments_in_words(void **state) {
  room *r = &the_room;
  char said[160];
  (void)state;
  open_page(r, 0);
  assert_string_equal(called(r, "replay-stroke")->label, "Nothing is there yet.");
  assert_false(shown(r, "replay-colour") || shown(r, "replay-back"));
  answer(r, 22 * SECOND, true);
  assert_string_equal(called(r, "replay-stroke")->label, "Stroke 2 of 4, Ink");
  assert_true(shown(r, "replay-colour"));
  assert_int_equal(called(r, "replay-colour")->colour, 0x22302f);
  spoken_state(called(r, "replay-time"), said, sizeof said);
  assert_string_equal(said, "0:22 of 1:00. Stroke 2 of 4");
  answer(r, 32 * SECOND, true);
  assert_true(shown(r, "replay-back"));
  assert_string_equal(called(r, "replay-mark")->label, "Undo, 2 times");
  answer(r, 4 * SECOND, true);
  assert_string_equal(called(r, "replay-mark")->label, "The hand rested for 17 seconds");
  assert_false(shown(r, "replay-back"));
  assert_non_null(strstr(called(r, "replay-kept")->label, "Juno kept this"));
  assert_string_equal(called(r, "said")->label, "Draw, 21 min, 4 strokes");
  close_page(r);
}

static void a_course_that_is_none_changes_nothing(void **state) {
  static const char *const bad[] = {"", "[]", "{\"end\":", "nonsense"};
  static const char *const odd[] = {"{}",
    "{\"end\":-5,\"strokes\":[7,[],[1]],\"marks\":[{}]}",
    "{\"end\":\"x\",\"strokes\":{},\"silences\":[[9,1]]}"};
  room *r = &the_room;
  (void)state;
  open_page(r, 0);
  for (size_t i = 1; i < sizeof bad / sizeof bad[0]; i++) tell_course(r, bad[i]);
  assert_int_equal(r->d.replaying.course.stroke_count, 4);
  for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
    tell_course(r, odd[i]);
    char *tree = tree_json(&r->d.view);
    assert_non_null(tree);
    free(tree);
    type(r, KEY_END);
    type(r, KEY_RIGHT);
    type(r, KEY_LEFT);
  }
  close_page(r);
}

// ---- From every side -------------------------------------------------------------------

static void keep_picture(room *r, const char *name) {
  const char *folder = getenv("PICTURES");
  char path[512];
  cairo_surface_t *frame = cairo_image_surface_create(
    CAIRO_FORMAT_RGB24, r->d.view.dirty.width, r->d.view.dirty.height);
  dirty_add_all(&r->d.view.dirty);
  view_paint(&r->d.view, frame);
  snprintf(path, sizeof path, "%s/%s.png", folder ? folder : "", name);
  if (folder) cairo_surface_write_to_png(frame, path);
  cairo_surface_destroy(frame);
}

static void nothing_is_cut(room *r) {
  char *tree = tree_json(&r->d.view);
  const char *cut = strstr(tree, "\"cut\":true");
  if (cut) fail_msg("cut: %.*s", 300, cut - 280 > tree ? cut - 280 : tree);
  free(tree);
}

static void keys_reach_all(room *r) {
  view *v = &r->d.view;
  int count = 0, reached = 0;
  for (widget *w = v->root; w; w = widget_after(v->root, w)) {
    if (w->sort->role != ROLE_BOX) assert_true(w->label[0] != 0);
    if (!widget_can_focus(w)) continue;
    count++;
    if (w->rect.h < 47.9 || w->rect.w < 47.9)
      fail_msg("%s is only %g x %g", w->id, w->rect.w, w->rect.h);
  }
  const widget *first = v->focus;
  do {
    focus_step(v, false);
    reached++;
  } while (v->focus != first && reached <= count);
  assert_int_equal(reached, count);
}

static void from_every_side(void **state) {
  static const int sizes[][2] = {{1280, 800}, {1024, 600}, {1920, 1080}};
  room *r = &the_room;
  char name[64];
  (void)state;
  for (int i = 0; i < 18; i++) {
    const int *size = sizes[i % 3];
    access_settings a = access_defaults();
    a.theme = (theme_name)(i / 3 % 3);
    a.left_handed = i >= 9;
    open_at(r, size[0], size[1]);
    view_set_access(&r->d.view, &a, i >= 9);
    tell_course(r, course);
    r->asked = json_pack("{s:i}", "number", 1);
    answer(r, 32 * SECOND, true);
    view_place(&r->d.view);
    keys_reach_all(r);
    nothing_is_cut(r);
    const rect picture = called(r, "replay-area")->rect;
    assert_true(picture.h > size[1] * 0.4);
    if (i == 0)
      assert_true(picture.w == 840 && picture.h == 518); // as 60-replay.sh has it
    snprintf(name, sizeof name, "replay-%dx%d-%d-%s", size[0], size[1], i / 3 % 3,
      i >= 9 ? "left" : "right");
    keep_picture(r, name);
    close_page(r);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(playing_and_holding),
    cmocka_unit_test(speeds), cmocka_unit_test(stroke_by_stroke),
    cmocka_unit_test(steps_pass_over_what_is_left_out), cmocka_unit_test(marks_by_keys),
    cmocka_unit_test(dragging), cmocka_unit_test(moments_in_words),
    cmocka_unit_test(a_course_that_is_none_changes_nothing),
    cmocka_unit_test(from_every_side)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
