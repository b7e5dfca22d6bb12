// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// What pages and sheets of the stage do: Stop from each of them, closing, the panel, the look,
// what is offered. How they look from every side: test_screens.
#include "core/stage/answers.h"
#include "core/stage/messages.h"
#include "core/stage/pages.h"
#include "core/stage/panel.h"
#include "core/ui/focus.h"
#include "core/ui/tree.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char declared[] =
  "[{\"id\":\"org.gesto.draw\",\"name\":\"Draw\",\"version\":\"1\",\"purpose\":{"
  "\"invitation\":"
  "\"Put it down in marks and colour, with no need for words.\",\"why\":\"Helps when "
  "something "
  "is hard to say.\"},\"controls\":["
  "{\"id\":1,\"kind\":\"button\",\"flags\":[\"at-hand\"],\"key\":\"undo\",\"name\":"
  "\"Undo\",\"keys\":\"u ctrl+z\"},"
  "{\"id\":2,\"kind\":\"button\",\"flags\":[\"at-hand\"],\"key\":\"redo\",\"name\":"
  "\"Redo\"},"
  "{\"id\":3,\"kind\":\"choice\",\"flags\":[],\"key\":\"tool\",\"name\":\"Tool\","
  "\"initial\":1,\"choices\":["
  "{\"key\":\"pencil\",\"name\":\"Pencil\"},{\"key\":\"brush\",\"name\":\"Brush\"},{"
  "\"key\":\"eraser\",\"name\":\"Rub out\"}]},"
  "{\"id\":4,\"kind\":\"range\",\"flags\":[],\"key\":\"size\",\"name\":\"Size\",\"low\":"
  "1,\"high\":64,\"step\":1,\"initial\":12},"
  "{\"id\":5,\"kind\":\"colour\",\"flags\":[],\"key\":\"colour\",\"name\":\"Colour\","
  "\"initial\":3107696},"
  "{\"id\":6,\"kind\":\"choice\",\"flags\":[],\"key\":\"mirror\",\"name\":\"Mirror\","
  "\"choices\":["
  "{\"key\":\"off\",\"name\":\"off\"},{\"key\":\"two\",\"name\":\"two\"}]},"
  "{\"id\":9,\"kind\":\"toggle\",\"flags\":[\"therapist\"],\"key\":\"hidden\",\"name\":"
  "\"For the therapist\"}]},"
  "{\"id\":\"org.gesto.move\",\"name\":\"Move\",\"version\":\"1\",\"purpose\":{"
  "\"invitation\":"
  "\"Follow a gentle pace, sitting or standing.\",\"why\":\"Helps when the body feels "
  "stuck.\"},"
  "\"controls\":["
  "{\"id\":1,\"kind\":\"choice\",\"flags\":[],\"key\":\"posture\",\"name\":\"How\","
  "\"choices\":["
  "{\"key\":\"seated\",\"name\":\"Seated\"},{\"key\":\"standing\",\"name\":\"Standing\"},"
  "{\"key\":\"hands\",\"name\":\"Hands only\"}]},"
  "{\"id\":2,\"kind\":\"range\",\"flags\":[],\"key\":\"pace\",\"name\":\"Pace\",\"low\":"
  "0.5,\"high\":1.5,\"step\":0.05,\"initial\":1},"
  "{\"id\":3,\"kind\":\"button\",\"flags\":[],\"key\":\"skip\",\"name\":\"Skip this "
  "one\"},"
  "{\"id\":4,\"kind\":\"toggle\",\"flags\":[],\"key\":\"voice\",\"name\":\"Voice "
  "cues\"}]}]";

typedef struct sight { // one way to look at all pages
  int32_t width, height;
  theme_name look;
  double words;
} sight;

static void open_stage(stage *s, const sight *how) {
  stage_init(s, how->width, how->height, 1);
  stage_set_look(s, how->look, how->words);
  json_t *list = json_loads(declared, 0, NULL);
  assert_non_null(list);
  for (size_t i = 0; i < json_array_size(list); i++)
    assert_int_equal(
      offer_read(&s->offers[s->offer_count++], json_array_get(list, i)), OK);
  json_decref(list);
  for (uint32_t i = 1; i <= 4; i++) {
    made *m = stage_made(s, i);
    snprintf(m->exercise, sizeof m->exercise, "%s", i % 2 ? "Draw" : "Loop");
    m->seconds = 70 * i;
  }
}

typedef struct place {
  const char *name;
  page_name page;
  sheet_name sheet;
  uint32_t offer; // which exercise runs, or which part of the page shows
} place;

static const place places[] = {{"wait", PAGE_WAIT, 0, 0}, {"choose", PAGE_CHOOSE, 0, 0},
  {"talk", PAGE_TALK, 0, 0}, {"draw", PAGE_EXERCISE, 0, 0}, {"move", PAGE_EXERCISE, 0, 1},
  {"pause", PAGE_EXERCISE, SHEET_PAUSE, 0}, {"easier", PAGE_ACCESS, 0, SECTION_EASIER},
  {"look", PAGE_ACCESS, 0, SECTION_LOOK}, {"sound", PAGE_ACCESS, 0, SECTION_SOUND},
  {"switches", PAGE_ACCESS, 0, SECTION_SWITCHES},
  {"language", PAGE_ACCESS, 0, SECTION_LANGUAGE},
  {"privacy", PAGE_ACCESS, 0, SECTION_PRIVACY},
  {"exercises", PAGE_ACCESS, 0, SECTION_EXERCISES},
  {"pick", PAGE_EXERCISE, SHEET_PICK, 0}, {"lost", PAGE_LOST, 0, 0},
  {"calm", PAGE_CALM, 0, 0}, {"closing", PAGE_CLOSING, 0, 0},
  {"farewell", PAGE_FAREWELL, 0, 0}};
enum { PLACES = sizeof places / sizeof places[0] };

static const place *place_called(const char *name) {
  for (int i = 0; i < PLACES; i++)
    if (strcmp(places[i].name, name) == 0) return &places[i];
  fail_msg("%s is no page", name);
  return NULL;
}

static void go_to(stage *s, const place *p) {
  s->chosen =
    p->page == PAGE_EXERCISE || p->page == PAGE_LOST ? &s->offers[p->offer] : NULL;
  if (p->page == PAGE_ACCESS) s->access_page.section = (access_section)p->offer;
  s->closed = true;
  s->picking = 5;
  panel_link_reset(s);
  stage_go(s, p->page);
  stage_turn(s);
  if (p->sheet) stage_open(s, p->sheet);
  stage_turn(s);
  view_place(&s->view);
}

static void stop_keeps_its_corner(void **state) {
  const sight how = {1280, 800, THEME_PAPER, 1};
  static stage s;
  (void)state;
  open_stage(&s, &how);
  rect corner = {0, 0, 0, 0};
  int pages = 0;
  for (int i = 0; i < PLACES; i++) {
    go_to(&s, &places[i]);
    const widget *stop = widget_find(s.view.root, "stop");
    if (!stop) {
      assert_true(places[i].page == PAGE_CALM || places[i].page == PAGE_FAREWELL);
      continue;
    }
    if (pages++ == 0) corner = stop->rect;
    assert_memory_equal(&corner, &stop->rect, sizeof corner);
    assert_true(stop->rect.h >= 64);
    // Also while a sheet shows it takes a pointer.
    assert_ptr_equal(view_at(&s.view, corner.x + 20, corner.y + 20), stop);
  }
  assert_true(pages >= 8);
  stage_finish(&s);
}

static void stop_stops_from_every_page(void **state) {
  const sight how = {1280, 800, THEME_PAPER, 1};
  static stage s;
  (void)state;
  open_stage(&s, &how);
  for (int i = 0; i < PLACES; i++) {
    go_to(&s, &places[i]);
    stage_stop(&s);
    stage_turn(&s);
    assert_int_equal(s.page, places[i].page == PAGE_FAREWELL ? PAGE_FAREWELL : PAGE_CALM);
    assert_null(s.view.sheet);
  }
  stage_finish(&s);
}

static void tap(stage *s, const char *id) {
  widget *w = widget_find(view_top(&s->view), id);
  if (!w) {
    fail_msg("no %s", id);
    return;
  }
  view_place(&s->view);
  scroll_show(&s->view, w);
  pointer p = {.phase = PHASE_DOWN,
    .source = 1,
    .x = w->rect.x + w->rect.w / 2,
    .y = w->rect.y + w->rect.h / 2};
  view_point(&s->view, &p);
  p.phase = PHASE_UP;
  view_point(&s->view, &p);
  stage_turn(s);
}

static void nothing_is_preset_at_closing(void **state) {
  const sight how = {1280, 800, THEME_PAPER, 1};
  static stage s;
  (void)state;
  open_stage(&s, &how);
  go_to(&s, place_called("closing"));
  for (uint32_t i = 0; i < s.made_count; i++)
    assert_int_equal(s.made[i].answer, ANSWER_NONE);
  const widget *process = widget_find(s.view.root, "made-0-process");
  assert_true(widget_is(process, STATE_HIDDEN));
  tap(&s, "made-0-keep");
  assert_int_equal(s.made[0].answer, ANSWER_KEEP);
  assert_false(widget_is(process, STATE_HIDDEN));
  assert_false(s.made[0].process);
  tap(&s, "made-0-process");
  assert_true(s.made[0].process);
  tap(&s, "made-0-let-go");
  assert_false(s.made[0].process);
  assert_true(widget_is(process, STATE_HIDDEN));
  assert_int_equal(s.made[1].answer, ANSWER_NONE);
  stage_finish(&s);
}

// What the keeper is told of the first creation.
static void is_told(const stage *s, const char *words) {
  json_t *all = answers_write(s, false);
  char *text = json_dumps(json_array_get(all, 0), JSON_COMPACT);
  if (!text || !strstr(text, words)) fail_msg("%s has no %s", text ? text : "", words);
  free(text);
  json_decref(all);
}

static void papers_are_let_go_of_one_by_one(void **state) {
  const sight how = {1280, 800, THEME_PAPER, 1};
  static stage s;
  (void)state;
  open_stage(&s, &how);
  made *m = &s.made[0];
  m->pictures = 2;
  m->papers[0] = 1;
  m->papers[1] = 4;
  go_to(&s, place_called("closing"));
  assert_true(widget_is(widget_find(s.view.root, "made-0-papers"), STATE_HIDDEN));
  tap(&s, "made-0-keep");
  tap(&s, "made-0-process");
  tap(&s, "made-0-papers");
  assert_int_equal(s.sheet, SHEET_PAPERS);
  tap(&s, "paper-1");
  assert_false(m->process);
  is_told(&s, "\"keep\":\"keep\",\"process\":false");
  is_told(&s, "\"let_go\":[4]");
  tap(&s, "paper-0"); // the last one: so it is let go of
  is_told(&s, "\"keep\":\"let-go\"");
  tap(&s, "paper-1");
  is_told(&s, "\"keep\":\"keep\"");
  is_told(&s, "\"let_go\":[1]");
  tap(&s, "paper-1");
  tap(&s, "done");
  tap(&s, "made-0-keep"); // all of it, then
  assert_int_equal(m->papers_gone, 0);
  is_told(&s, "\"keep\":\"keep\"");
  stage_finish(&s);
}

static void what_is_for_the_therapist_stays_off_the_panel(void **state) {
  const sight how = {1280, 800, THEME_PAPER, 1};
  static stage s;
  (void)state;
  open_stage(&s, &how);
  go_to(&s, place_called("draw"));
  char *tree = tree_json(&s.view);
  assert_null(strstr(tree, "For the therapist"));
  json_t *parsed = json_loads(tree, 0, NULL);
  assert_non_null(parsed); // it is JSON
  json_decref(parsed);
  free(tree);
  panel_link_set(&s, 3, 2);
  assert_true(widget_is(widget_find(s.view.root, "control-tool-eraser"), STATE_SELECTED));
  assert_false(widget_is(widget_find(s.view.root, "control-tool-brush"), STATE_SELECTED));
  panel_link_set(&s, 77, 1); // unknown: passed over
  stage_finish(&s);
}

static void press_often(stage *s, const char *id, int times) {
  for (int i = 0; i < times; i++) tap(s, id);
}

static void the_look_changes_live(void **state) {
  const sight how = {1280, 800, THEME_PAPER, 1};
  static stage s;
  (void)state;
  open_stage(&s, &how);
  go_to(&s, place_called("easier"));
  tap(&s, "look-evening");
  assert_int_equal(s.theme, THEME_EVENING);
  assert_int_equal(s.page, PAGE_ACCESS);
  assert_string_equal(s.view.focus->id, "look-evening");
  press_often(&s, "text-more", 3);
  assert_int_equal(s.access.text_percent, 150);
  assert_true(s.text_scale > 1.49);
  assert_int_equal(stage_look_flags(&s), GESTO_EVENING);
  press_often(&s, "text-more", 9); // no further than there is
  assert_int_equal(s.access.text_percent, 200);
  tap(&s, "letters-easy");
  tap(&s, "reset"); // of this page alone: the look stays
  assert_int_equal(s.access.text_percent, 100);
  assert_int_equal(s.theme, THEME_EVENING);
  assert_true(s.access.easy_reading);
  stage_finish(&s);
}

// The longest that our own exercises say of themselves, in a window of the pictures' size.
static void cards_fit_without_scrolling(void **state) {
  static stage s;
  (void)state;
  stage_init(&s, 1280, 800, 1);
  for (int i = 0; i < 4; i++) {
    json_t *o = json_pack("{s:s s:s s:{s:s s:s}}", "id", "org.gesto.draw", "name", "Draw",
      "purpose", "invitation",
      "You could draw or paint whatever comes: shapes, a place, a feeling, or only "
      "colours. Nothing has to look like anything, and watching is fine too.",
      "why",
      "Putting something on paper can give a feeling a place outside of you, where it "
      "can "
      "be looked at, changed or left alone. Many people also find it restful.");
    assert_int_equal(offer_read(&s.offers[s.offer_count++], o), OK);
    json_decref(o);
  }
  stage_made(&s, 1); // Finish stands below, too
  go_to(&s, place_called("choose"));
  const widget *scroll = widget_find(s.view.root, "page-scroll");
  assert_true(scroll->high < 0.5);
  const widget *card = widget_find(s.view.root, "card-org.gesto.draw");
  assert_string_equal(card->detail,
    "You could draw or paint whatever comes: shapes, a place, a feeling, or only "
    "colours.");
  assert_ptr_equal(s.view.focus, card);
  stage_finish(&s);
}

static void say_session(stage *s, const char *begin, bool calm) {
  static link_message m;
  json_t *o =
    json_pack("{s:s s:b s:o s:i s:[] s:s}", "session", "s", "calm", calm, "exercises",
      json_loads(declared, 0, NULL), "next_creation", 1, "works", "begin", begin);
  char *text = json_dumps(o, JSON_COMPACT);
  json_decref(o);
  m = (link_message){.kind = TO_STAGE_SESSION};
  m.text_size = (uint32_t)snprintf(m.text, sizeof m.text, "%s", text);
  free(text);
  messages_take(s, &m);
  stage_turn(s);
}

static void what_was_asked_for_opens_at_once(void **state) {
  static stage s;
  static link_message m;
  int ends[2];
  (void)state;
  assert_int_equal(link_pair(ends), OK);
  stage_init(&s, 1280, 800, 1);
  s.link = ends[0];
  stage_turn(&s);
  say_session(&s, "org.gesto.move", false);
  assert_int_equal(s.page, PAGE_EXERCISE);
  do {
    assert_int_equal(link_receive(ends[1], &m, 0), OK);
  } while (m.kind == FROM_STAGE_VOICE);
  assert_int_equal(m.kind, FROM_STAGE_CHOOSE);
  assert_string_equal(m.text, "org.gesto.move");
  assert_true(m.big >> 32 > 600);           // the area's size is known by then
  say_session(&s, "org.gesto.draw", false); // a keeper that came anew
  assert_string_equal(s.chosen->id, "org.gesto.move");
  stage_finish(&s);
  const struct {
    const char *begin;
    bool calm;
    page_name page;
  } others[] = {{"", false, PAGE_WELCOME}, {"org.gesto.gone", false, PAGE_WELCOME},
    {"org.gesto.move", true, PAGE_CALM}};
  for (int i = 0; i < 3; i++) {
    stage_init(&s, 1280, 800, 1);
    stage_turn(&s);
    say_session(&s, others[i].begin, others[i].calm);
    assert_int_equal(s.page, others[i].page);
    stage_finish(&s);
  }
  close(ends[0]);
  close(ends[1]);
}

static cairo_surface_t *window_of(view *v) {
  cairo_surface_t *s =
    cairo_image_surface_create(CAIRO_FORMAT_RGB24, v->dirty.width, v->dirty.height);
  dirty_add_all(&v->dirty);
  view_paint(v, s);
  dirty_clear(&v->dirty);
  return s;
}

// Only what changed was painted, and yet the window is as if all of it had been.
static void is_as_painted_whole(view *v, cairo_surface_t *window) {
  view_paint(v, window);
  dirty_clear(&v->dirty);
  cairo_surface_t *whole = window_of(v);
  const size_t bytes =
    (size_t)v->dirty.height * (size_t)cairo_image_surface_get_stride(whole);
  cairo_surface_flush(window);
  assert_memory_equal(
    cairo_image_surface_get_data(window), cairo_image_surface_get_data(whole), bytes);
  cairo_surface_destroy(whole);
}

static void a_ring_around_the_paper_leaves_the_paper_alone(void **state) {
  static stage s;
  (void)state;
  open_stage(&s, &(sight){.width = 1280, .height = 800, .words = 1});
  go_to(&s, place_called("draw"));
  view *v = &s.view;
  widget *area = widget_find(v->root, "area");
  focus_show_ring(v, false);
  cairo_surface_t *window = window_of(v);
  const rect r = area->rect;
  focus_set(v, area);
  for (int shown = 1; shown >= 0; shown--) {
    focus_show_ring(v, shown);
    assert_true(dirty_covers(&v->dirty, (int32_t)r.x - 7, (int32_t)(r.y + r.h / 2)));
    assert_false(
      dirty_covers(&v->dirty, (int32_t)(r.x + r.w / 2), (int32_t)(r.y + r.h / 2)));
    is_as_painted_whole(v, window);
  }
  cairo_surface_destroy(window);
  stage_finish(&s);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(stop_keeps_its_corner),
    cmocka_unit_test(stop_stops_from_every_page),
    cmocka_unit_test(nothing_is_preset_at_closing),
    cmocka_unit_test(papers_are_let_go_of_one_by_one),
    cmocka_unit_test(what_is_for_the_therapist_stays_off_the_panel),
    cmocka_unit_test(the_look_changes_live),
    cmocka_unit_test(cards_fit_without_scrolling),
    cmocka_unit_test(what_was_asked_for_opens_at_once),
    cmocka_unit_test(a_ring_around_the_paper_leaves_the_paper_alone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
