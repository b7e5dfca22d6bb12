// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// Choosing and what can be asked for from everywhere: cards in pages, two side by side, words
// of a wish that come close, the clock of the room, here and now; and what the keeper is told.
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/stage/about.h"
#include "core/stage/closeness.h"
#include "core/stage/here.h"
#include "core/stage/messages.h"
#include "core/stage/pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MINUTE_US ((uint64_t)60 * 1000 * 1000)

typedef struct room {
  stage s;
  int keeper; // the other end of the window's link
  int fd;
  ring ring;
  link_message m;
} room;

static void add_offer(stage *s, int i, const char *name, const char *goal) {
  char text[512];
  snprintf(text, sizeof text,
    "{\"id\":\"org.test.%c\",\"name\":\"%s\",\"version\":\"1\",\"purpose\":{"
    "\"invitation\":"
    "\"You could. Or not.\",\"why\":\"It may "
    "help.\",\"steps\":[\"One\",\"Two\"],\"care\":"
    "\"Take care.\",\"sources\":\"A book\",\"goals\":[\"%s\"]},\"controls\":[]}",
    'a' + i, name, goal);
  json_t *json = json_loads(text, 0, NULL);
  assert_int_equal(offer_read(&s->offers[s->offer_count++], json), OK);
  json_decref(json);
}

static int set_up(void **state) {
  static room all;
  static const char *const names[] = {"Paint", "Loop", "Move", "Breathe", "Clay", "Sing"};
  static const char *const goals[] = {
    "express", "connect", "energise", "calm", "focus", "ground"};
  room *r = &all;
  const uint8_t session[16] = {7};
  int ends[2];
  memset(r, 0, sizeof *r);
  stage_init(&r->s, 1280, 800, 1);
  assert_int_equal(link_pair(ends), OK);
  r->s.link = ends[0];
  r->keeper = ends[1];
  for (int i = 0; i < 6; i++) add_offer(&r->s, i, names[i], goals[i]);
  assert_int_equal(memory_create("test-ring", 1 << 16, &r->fd), OK);
  assert_int_equal(ring_init(&r->ring, r->fd, 1 << 16, session), OK);
  r->s.now_us = 100 * MINUTE_US;
  stage_go(&r->s, PAGE_CHOOSE);
  stage_turn(&r->s);
  *state = r;
  return 0;
}

static int tear_down(void **state) {
  room *r = *state;
  r->s.live.here = false;
  io_close(r->s.link);
  io_close(r->keeper);
  r->s.link = -1;
  stage_finish(&r->s);
  ring_finish(&r->ring);
  io_close(r->fd);
  return 0;
}

static widget *in_window(room *r, const char *id) {
  widget *w = r->s.view.sheet ? widget_find(r->s.view.sheet, id) : NULL;
  return w ? w : widget_find(r->s.view.root, id);
}

static bool shows(room *r, const char *id) {
  const widget *w = in_window(r, id);
  return w && widget_shown(w);
}

static void press(room *r, const char *id) {
  widget *w = in_window(r, id);
  assert_non_null(w);
  assert_true(widget_shown(w));
  w->chosen(w->data, w);
  stage_turn(&r->s);
}

// The next word of this kind that the keeper hears; those before it are passed over.
static const link_message *heard(room *r, uint32_t kind) {
  while (link_receive(r->keeper, &r->m, 0) == OK)
    if (r->m.kind == kind) return &r->m;
  fail_msg("nothing of kind %u was said", kind);
  return NULL;
}

static void begin_exercise(room *r) {
  stage_choose(&r->s, &r->s.offers[0], false);
  stage_turn(&r->s);
  input_begin(&r->s.input, &r->ring, 3, 0);
  input_start(&r->s.input, r->s.now_us);
  r->s.live.here = true;
  r->s.awaited = false;
}

// ---- Cards -------------------------------------------------------------------------------

static void more_than_four_cards_have_pages(void **state) {
  room *r = *state;
  assert_true(shows(r, "card-org.test.a") && shows(r, "card-org.test.d"));
  assert_false(shows(r, "card-org.test.e"));
  assert_true(widget_is(in_window(r, "cards-before"), STATE_DISABLED));
  press(r, "cards-more");
  assert_true(shows(r, "card-org.test.e") && shows(r, "card-org.test.f"));
  assert_false(shows(r, "card-org.test.a"));
  assert_true(widget_is(in_window(r, "cards-more"), STATE_DISABLED));
  press(r, "cards-before");
  assert_true(shows(r, "card-org.test.a"));
  r->s.choosing.first = 20; // of a longer list before
  stage_rebuild(&r->s);
  assert_true(shows(r, "card-org.test.a"));
}

static void a_card_begins_and_says_so(void **state) {
  room *r = *state;
  press(r, "card-org.test.b");
  assert_string_equal(heard(r, FROM_STAGE_FLOW)->text,
    "{\"fact\":\"chose\",\"how\":\"card\",\"exercise\":\"org.test.b\"}");
  assert_string_equal(heard(r, FROM_STAGE_CHOOSE)->text, "org.test.b");
  assert_int_equal(r->m.b, 0);
  assert_int_equal(r->s.page, PAGE_EXERCISE);
}

static void two_are_put_side_by_side(void **state) {
  room *r = *state;
  press(r, "together");
  press(r, "card-org.test.a");
  assert_true(widget_is(in_window(r, "card-org.test.a"), STATE_SELECTED));
  press(r, "card-org.test.a"); // and put back
  assert_false(widget_is(in_window(r, "card-org.test.a"), STATE_SELECTED));
  press(r, "card-org.test.a");
  press(r, "card-org.test.c");
  assert_false(shows(r, "card-org.test.b"));
  press(r, "two-others");
  assert_true(shows(r, "card-org.test.b"));
  assert_int_equal(choosing_picked(&r->s.choosing), 0);
  press(r, "card-org.test.b");
  press(r, "card-org.test.c");
  press(r, "card-org.test.c");
  assert_string_equal(heard(r, FROM_STAGE_FLOW)->text,
    "{\"fact\":\"chose\",\"how\":\"together\",\"exercise\":\"org.test.c\",\"between\":["
    "\"org.test.b\",\"org.test.c\"]}");
  assert_string_equal(heard(r, FROM_STAGE_CHOOSE)->text, "org.test.c");
  assert_false(r->s.choosing.together);
}

static void last_time_is_offered_and_asked_for(void **state) {
  room *r = *state;
  assert_false(shows(r, "last-time"));
  json_t *last = json_pack("{s:s,s:f}", "exercise", "org.test.d", "seconds", 61.0);
  choosing_take(&r->s, last);
  json_decref(last);
  stage_rebuild(&r->s);
  press(r, "last-time");
  assert_string_equal(heard(r, FROM_STAGE_FLOW)->text,
    "{\"fact\":\"chose\",\"how\":\"last-time\",\"exercise\":\"org.test.d\"}");
  assert_string_equal(heard(r, FROM_STAGE_CHOOSE)->text, "org.test.d");
  assert_int_equal(r->m.b, 1);
  assert_false(shows(r, "newer-stays"));
  last = json_pack("{s:s,s:b}", "exercise", "org.test.d", "newer_stays", 1);
  choosing_take(&r->s, last);
  json_decref(last);
  stage_go(&r->s, PAGE_CHOOSE);
  stage_turn(&r->s);
  assert_true(shows(r, "newer-stays") && shows(r, "last-time"));
  last = json_pack("{s:s,s:b}", "exercise", "org.test.gone", "newer_stays", 1);
  choosing_take(&r->s, last);
  stage_rebuild(&r->s);
  assert_true(shows(r, "newer-stays"));
  assert_false(shows(r, "last-time"));
  assert_null(r->s.choosing.last);
  choosing_take(&r->s, NULL);
  json_decref(last);
}

static void talking_is_a_choice(void **state) {
  room *r = *state;
  press(r, "talk");
  assert_string_equal(heard(r, FROM_STAGE_FLOW)->text, "{\"fact\":\"just-talk\"}");
  assert_int_equal(r->s.page, PAGE_TALK);
}

static void a_wish_comes_close_by_its_words(void **state) {
  room *r = *state;
  const offer *o = r->s.offers;
  assert_true(closeness_of("Something slow. No talking for a bit", &o[3]));
  assert_false(closeness_of("Something slow. No talking for a bit", &o[2]));
  assert_true(closeness_of("I want to PAINTING", &o[0])); // its own name, as it begins
  assert_true(closeness_of("jump!", &o[2]));
  assert_false(closeness_of("", &o[0]));
  assert_false(closeness_of("\xff\xfe", &o[0]));
  assert_false(closeness_of("... !? 12", &o[0]));
  snprintf(r->s.said.arriving.wish, WISH_BYTES, "Something slow");
  stage_rebuild(&r->s);
  assert_true(
    in_window(r, "card-org.test.a") == in_window(r, "cards")->first); // no other order
}

static void what_it_is_for_is_told_but_its_sources(void **state) {
  room *r = *state;
  press(r, "about");
  assert_string_equal(in_window(r, "about-why")->label, "It may help.");
  assert_string_equal(in_window(r, "about-steps")->label, "One\nTwo");
  assert_string_equal(in_window(r, "about-care")->label, "Take care.");
  assert_null(in_window(r, "about-sources"));
  assert_null(in_window(r, "about-aloud")); // nothing can speak here
  press(r, "about-close");
  assert_null(r->s.view.sheet);
  assert_string_equal(heard(r, FROM_STAGE_SAY)->text, ""); // whatever spoke is quiet
  r->s.speaking.voice = true;
  press(r, "about");
  press(r, "about-aloud");
  assert_non_null(strstr(heard(r, FROM_STAGE_SAY)->text, "It may help."));
  press(r, "about-begin");
  assert_int_equal(r->s.page, PAGE_EXERCISE);
  stage_pause(&r->s);
  stage_turn(&r->s);
  press(r, "about");
  assert_null(in_window(r, "about-begin"));
  press(r, "about-close");
  assert_int_equal(r->s.sheet, SHEET_PAUSE);
}

// ---- Back from closing -------------------------------------------------------------------

static void closing_leads_back_to_where_one_was(void **state) {
  room *r = *state;
  begin_exercise(r);
  stage_leave(&r->s, PAGE_CLOSING);
  stage_turn(&r->s);
  assert_int_equal(heard(r, FROM_STAGE_LEAVE)->a, 3);
  stage_go_back(&r->s);
  stage_turn(&r->s);
  assert_int_equal(heard(r, FROM_STAGE_BACK)->a, 3);
  assert_int_equal(r->s.page, PAGE_EXERCISE);
  assert_ptr_equal(r->s.chosen, &r->s.offers[0]);
  assert_true(r->s.awaited);
  assert_false(r->s.leaving);
  r->s.chosen = NULL;
  r->s.awaited = false;
  stage_just_talk(&r->s);
  stage_turn(&r->s);
  stage_leave(&r->s, PAGE_CLOSING);
  stage_turn(&r->s);
  stage_go_back(&r->s);
  stage_turn(&r->s);
  assert_int_equal(r->s.page, PAGE_TALK);
  r->s.closing_sent = true;
  r->s.choosing.left = 3; // what was let go of does not come back
  r->s.choosing.left_one = &r->s.offers[0];
  stage_go_back(&r->s);
  assert_int_not_equal(r->s.next_page, PAGE_EXERCISE);
}

// ---- The clock ---------------------------------------------------------------------------

static void plan(room *r, uint32_t minutes, uint32_t gone) {
  json_t *o = json_pack("{s:{s:I},s:{s:i}}", "clock", "began_us",
    (json_int_t)(r->s.now_us - gone * MINUTE_US), "room", "minutes", (int)minutes);
  session_clock_take(&r->s, o);
  json_decref(o);
  stage_rebuild(&r->s);
}

static const char *left(room *r) {
  static char words[96];
  session_clock_words(&r->s, words, sizeof words);
  return words;
}

static void the_clock_says_little(void **state) {
  room *r = *state;
  assert_false(shows(r, "time-left"));
  assert_int_equal(session_clock_wait_ms(&r->s), -1); // nothing is planned: nothing wakes
  plan(r, 50, 0);
  assert_string_equal(left(r), "About 50 minutes left");
  assert_true(shows(r, "time-left"));
  assert_int_equal(session_clock_wait_ms(&r->s), 5 * 60 * 1000);
  r->s.now_us += MINUTE_US;
  assert_string_equal(left(r), "About 50 minutes left");
  assert_int_equal(session_clock_wait_ms(&r->s), 4 * 60 * 1000);
  r->s.now_us += 4 * MINUTE_US;
  session_clock_look(&r->s);
  assert_string_equal(in_window(r, "time-left")->label, "About 45 minutes left");
  stage_show_clock(&r->s, false);
  assert_false(shows(r, "time-left"));
  plan(r, 7, 1);
  assert_int_equal(session_clock_wait_ms(&r->s), 60 * 1000); // until the quiet line
}

static void it_ends_gently_and_never_by_itself(void **state) {
  room *r = *state;
  plan(r, 50, 44);
  assert_false(shows(r, "time-line"));
  r->s.now_us += MINUTE_US;
  session_clock_look(&r->s);
  assert_true(shows(r, "time-line"));
  assert_string_equal(in_window(r, "time-words")->label,
    "About five minutes are left. There is time to finish.");
  assert_false(shows(r, "time-finish"));
  press(r, "time-away");
  assert_false(shows(r, "time-line"));
  r->s.now_us += 5 * MINUTE_US;
  session_clock_look(&r->s);
  assert_true(shows(r, "time-finish") && shows(r, "time-more"));
  assert_int_equal(session_clock_wait_ms(&r->s), -1);
  assert_int_equal(r->s.page, PAGE_CHOOSE);
  press(r, "time-more");
  assert_false(shows(r, "time-line"));
  assert_string_equal(heard(r, FROM_STAGE_FLOW)->text, "{\"fact\":\"more-time\"}");
  assert_int_equal(heard(r, FROM_STAGE_CLOCK)->a, 55);
  r->s.now_us += 20 * MINUTE_US; // nobody looked for long
  session_clock_look(&r->s);
  press(r, "time-more");
  assert_int_equal(heard(r, FROM_STAGE_CLOCK)->a, 75);
  r->s.now_us += 5 * MINUTE_US;
  session_clock_look(&r->s);
  press(r, "time-finish");
  assert_int_equal(r->s.page, PAGE_CLOSING);
}

static void nothing_comes_up_under_a_hand(void **state) {
  room *r = *state;
  plan(r, 50, 44);
  begin_exercise(r);
  const rect before = r->s.area->rect;
  gesto_event down = {.type = GESTO_POINTER_DOWN, .source = 1};
  assert_true(input_pointer(&r->s.input, down, r->s.now_us));
  r->s.now_us += MINUTE_US;
  session_clock_look(&r->s);
  assert_false(shows(r, "time-line"));
  input_let_go(&r->s.input, r->s.now_us);
  session_clock_look(&r->s);
  assert_true(shows(r, "time-line"));
  view_place(&r->s.view);
  assert_true(r->s.area->rect.y == before.y && r->s.area->rect.h == before.h);
}

// ---- Here and now ------------------------------------------------------------------------

static void here_and_now_leads_back_exactly(void **state) {
  room *r = *state;
  static const page_name pages[] = {PAGE_WELCOME, PAGE_CHOOSE, PAGE_TALK, PAGE_LOST,
    PAGE_CALM, PAGE_CLOSING, PAGE_LEAVING, PAGE_FAREWELL};
  for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
    stage_go(&r->s, pages[i]);
    stage_turn(&r->s);
    const widget *root = r->s.view.root;
    stage_here(&r->s);
    stage_turn(&r->s);
    assert_int_equal(r->s.sheet, SHEET_HERE);
    assert_true(shows(r, "here-5"));
    stage_here(&r->s); // the key again
    stage_turn(&r->s);
    press(r, "here-back");
    assert_null(r->s.view.sheet);
    assert_int_equal(r->s.page, pages[i]);
    assert_ptr_equal(r->s.view.root, root); // nothing was built anew
  }
}

static void here_and_now_holds_what_runs(void **state) {
  room *r = *state;
  begin_exercise(r);
  stage_here(&r->s);
  stage_turn(&r->s);
  assert_string_equal(heard(r, FROM_STAGE_FLOW)->text, "{\"fact\":\"here-and-now\"}");
  assert_true(r->s.input.paused);
  stage_go(&r->s, PAGE_LOST); // the exercise ends meanwhile
  stage_turn(&r->s);
  assert_int_equal(r->s.sheet, SHEET_HERE);
  stage_go(&r->s, PAGE_EXERCISE);
  stage_turn(&r->s);
  press(r, "here-back");
  assert_false(r->s.input.paused);
  stage_pause(&r->s);
  stage_turn(&r->s);
  press(r, "here");
  press(r, "here-back");
  assert_int_equal(r->s.sheet, SHEET_PAUSE);
  assert_true(r->s.input.paused);
  stage_here(&r->s);
  stage_turn(&r->s);
  stage_stop(&r->s);
  stage_turn(&r->s);
  assert_int_equal(r->s.page, PAGE_CALM);
  assert_null(r->s.view.sheet);
}

static void the_day_is_said_in_words(void **state) {
  char words[160];
  char few[12];
  (void)state;
  const struct tm day = {.tm_wday = 1, .tm_mday = 23, .tm_mon = 10, .tm_hour = 10};
  here_date_words(&day, words, sizeof words);
  assert_string_equal(words, "It is Monday, 23 November, in the morning.");
  here_date_words(&day, few, sizeof few);
  assert_string_equal(few, "It is Monda");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {TEST(more_than_four_cards_have_pages),
    TEST(a_card_begins_and_says_so), TEST(two_are_put_side_by_side),
    TEST(last_time_is_offered_and_asked_for), TEST(talking_is_a_choice),
    TEST(a_wish_comes_close_by_its_words), TEST(what_it_is_for_is_told_but_its_sources),
    TEST(closing_leads_back_to_where_one_was), TEST(the_clock_says_little),
    TEST(it_ends_gently_and_never_by_itself), TEST(nothing_comes_up_under_a_hand),
    TEST(here_and_now_leads_back_exactly), TEST(here_and_now_holds_what_runs),
    TEST(the_day_is_said_in_words)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
