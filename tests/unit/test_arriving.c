// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage record
// What a client says on arriving and leaving: what goes into the record, what comes back from
// it, what is skipped, and the words that people read.
#include "core/base/protocol.h"
#include "core/record/told.h"
#include "core/stage/answers.h"
#include "core/stage/feeling.h"
#include "core/stage/messages.h"
#include "core/stage/pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static char *text_of(json_t *taken) {
  char *text = json_dumps(taken, JSON_COMPACT | JSON_REAL_PRECISION(4));
  json_decref(taken);
  return text;
}

static void is_json(json_t *taken, const char *wanted) {
  char *text = text_of(taken);
  assert_string_equal(text, wanted);
  free(text);
}

static json_t *json_of(const char *text) {
  json_t *o = json_loads(text, JSON_DECODE_ANY, NULL);
  assert_non_null(o);
  return o;
}

static void nothing_is_answered_beforehand(void **state) {
  (void)state;
  const arriving a = {0};
  is_json(arriving_said(&a), "{\"skipped\":[\"feeling\",\"wish\"]}");
  assert_false(arriving_wishes(&a));
  const leaving l = {0};
  json_t *said = leaving_said(&l, false);
  assert_int_equal(json_array_size(json_object_get(said, "questions")), QUESTIONS);
  for (size_t i = 0; i < QUESTIONS; i++) {
    const json_t *one = json_array_get(json_object_get(said, "questions"), i);
    assert_true(json_is_true(json_object_get(one, "skipped")));
    assert_null(json_object_get(one, "answer"));
  }
  assert_int_equal(json_array_size(json_object_get(said, "skipped")), 0);
  json_decref(said);
}

static void what_is_picked_is_added(void **state) {
  (void)state;
  arriving a = {.wish = "Sea", .goals_picked = 1, .ideas_picked = 2 | 8};
  json_t *goals = json_of("[\"Sleep easier\", 7, \"\", \"b\", \"c\", \"too many\"]");
  arriving_set_goals(&a, goals);
  json_decref(goals);
  assert_int_equal(a.goal_count, 3);
  char line[WISH_BYTES * 2];
  a.goals_picked = 1;
  arriving_line(&a, line, sizeof line);
  assert_string_equal(
    line, "Sea \u00b7 Sleep easier \u00b7 Get something out \u00b7 Just see");
  a.feeling = (felt){.given = true, .pleasant = -0.254, .energy = 2, .word = "grey"};
  json_t *said = arriving_said(&a);
  arriving again = {0};
  goals = json_of("[\"new\", \"Sleep easier\"]"); // the order may be another one then
  arriving_set_goals(&again, goals);
  json_decref(goals);
  arriving_read(&again, said);
  assert_string_equal(again.wish, "Sea");
  assert_int_equal(again.goals_picked, 2);
  assert_int_equal(again.ideas_picked, 2 | 8);
  assert_true(again.feeling.given);
  assert_float_equal(again.feeling.pleasant, -0.25, 1e-9);
  assert_float_equal(again.feeling.energy, 1, 1e-9);
  assert_string_equal(again.feeling.word, "grey");
  json_decref(said);
}

static void answers_come_back(void **state) {
  (void)state;
  leaving l = {.more = "more", .answered = {true, false, true}, .answers = {0, 50, 99.6}};
  json_t *said = leaving_said(&l, true);
  leaving again = {0};
  leaving_read(&again, said);
  json_decref(said);
  assert_true(again.answered[0] && again.answered[2]);
  assert_false(again.answered[1] || again.answered[3]);
  assert_float_equal(again.answers[0], 0, 1e-9);
  assert_float_equal(again.answers[2], 100, 1e-9);
  assert_string_equal(again.more, "more");
  assert_false(again.feeling.given);
}

// Whatever stands there, nothing breaks and nothing is made up.
static void strange_facts_say_nothing(void **state) {
  static const char *const texts[] = {"null", "7", "[]", "{\"feeling\":\"calm\"}",
    "{\"feeling\":{\"pleasant\":\"x\"},\"wish\":[1],\"goals\":{},\"skipped\":[1,{}]}",
    "{\"questions\":[7,{\"id\":7},{\"id\":\"say\",\"answer\":\"much\"}],\"more\":1}"};
  (void)state;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    json_t *o = json_of(texts[i]);
    arriving a = {0};
    leaving l = {0};
    arriving_read(&a, o);
    leaving_read(&l, o);
    assert_false(arriving_wishes(&a) || l.answered[2] || l.more[0]);
    json_t *facts = json_pack("{s:O,s:O}", "check_in", o, "check_out", o);
    json_decref(told_of(facts));
    json_decref(told_of(o));
    json_decref(facts);
    json_decref(o);
  }
}

static void told_in_words(void **state) {
  (void)state;
  json_t *facts =
    json_of("{\"check_in\":{\"feeling\":{\"pleasant\":-0.7,\"energy\":0.2,"
            "\"word\":\"grey\"},\"skipped\":[\"wish\"],\"ideas\":[\"a\",\"b\"]},"
            "\"check_out\":{\"questions\":[{\"asked\":\"Q\",\"low\":\"no\","
            "\"high\":\"yes\",\"answer\":95},{\"asked\":\"R\",\"low\":\"no\","
            "\"high\":\"yes\",\"answer\":45},{\"asked\":\"S\",\"low\":\"no\","
            "\"high\":\"yes\",\"answer\":30},{\"asked\":\"T\",\"skipped\":true}],"
            "\"more\":\"m\",\"skipped\":[\"feeling\"]}}");
  is_json(told_of(facts),
    "{\"told\":[[\"Arriving\",\"unpleasant, a little more energy: \u201cgrey\u201d\"],"
    "[\"Wish of today\",\"Skipped\"],[\"Chosen for today\",\"\u201ca\u201d, "
    "\u201cb\u201d\"],[\"Q\",\"\u201cyes\u201d\"],[\"R\",\"between \u201cno\u201d and "
    "\u201cyes\u201d\"],[\"S\",\"nearer to \u201cno\u201d than to \u201cyes\u201d\"],"
    "[\"T\",\"Skipped\"],[\"Said more\",\"\u201cm\u201d\"],[\"Leaving\",\"Skipped\"]],"
    "\"points\":[[-0.7,0.2],null],\"note\":\"\"}");
  json_decref(facts);
  facts = json_of("{\"check_in\":{\"not_today\":true}}");
  is_json(told_of(facts),
    "{\"told\":[[\"Today\",\"Not today\"]],\"points\":[null,null],\"note\":\"\"}");
  json_decref(facts);
  is_json(told_of(NULL), "{\"told\":[],\"points\":[null,null],\"note\":\"\"}");
}

// ---- Pages

static stage *open_stage(const char *session) {
  stage *s = calloc(1, sizeof *s);
  link_message *m = calloc(1, sizeof *m);
  assert_true(s && m);
  stage_init(s, 1280, 800, 1);
  s->now_us = 10 * 1000 * 1000;
  stage_turn(s);
  m->kind = TO_STAGE_SESSION;
  m->text_size = (uint32_t)snprintf(m->text, sizeof m->text, "%s", session);
  messages_take(s, m);
  stage_turn(s);
  free(m);
  return s;
}

static void close_stage(stage *s) {
  stage_finish(s);
  free(s);
}

static void press(stage *s, const char *id) {
  widget *w = widget_find(view_top(&s->view), id);
  if (!w) fail_msg("there is no %s", id);
  s->view.focus = w;
  view_press(&s->view, KEY_ENTER, 0);
  view_lift(&s->view, KEY_ENTER);
  stage_turn(s);
}

static void the_welcome_is_asked_once(void **state) {
  (void)state;
  stage *s = open_stage("{\"next_creation\":1}");
  assert_int_equal(s->page, PAGE_WELCOME);
  double x = 0, y = 0;
  assert_false(feeling_get(widget_find(s->view.root, "feeling"), &x, &y));
  press(s, "idea-1");
  press(s, "continue");
  assert_int_equal(s->page, PAGE_CHOOSE);
  assert_non_null(widget_find(s->view.root, "wish-shown"));
  close_stage(s);

  s = open_stage("{\"next_creation\":1,\"said\":{\"check_in\":{\"skipped\":[\"feeling\","
                 "\"wish\"]}}}");
  assert_int_equal(s->page, PAGE_CHOOSE);
  assert_null(widget_find(s->view.root, "wish-shown"));
  close_stage(s);
  s = open_stage("{\"next_creation\":2}"); // something was begun without it
  assert_int_equal(s->page, PAGE_CHOOSE);
  close_stage(s);
}

static void skipping_says_nothing_of_what_was_touched(void **state) {
  (void)state;
  stage *s =
    open_stage("{\"next_creation\":1,\"said\":{\"draft\":{\"check_in\":{\"wish\":"
               "\"Sea\",\"feeling\":{\"pleasant\":1,\"energy\":0}}}}}");
  assert_string_equal(s->said.arriving.wish, "Sea");
  press(s, "skip");
  is_json(arriving_said(&s->said.arriving), "{\"skipped\":[\"feeling\",\"wish\"]}");
  close_stage(s);
}

static void not_today_ends_it(void **state) {
  (void)state;
  stage *s = open_stage("{\"next_creation\":1}");
  press(s, "idea-1");
  press(s, "not-today");
  assert_int_equal(s->page, PAGE_FAREWELL);
  assert_false(arriving_wishes(&s->said.arriving));
  close_stage(s);
  s = open_stage("{\"next_creation\":1,\"said\":{\"check_in\":{\"not_today\":true}}}");
  assert_int_equal(s->page, PAGE_FAREWELL);
  close_stage(s);
}

static void stop_goes_back_to_where_it_was(void **state) {
  static const page_name from[] = {PAGE_WELCOME, PAGE_CLOSING, PAGE_LEAVING};
  (void)state;
  for (size_t i = 0; i < sizeof from / sizeof *from; i++) {
    stage *s = open_stage("{\"next_creation\":1}");
    stage_go(s, from[i]);
    stage_turn(s);
    stage_stop(s);
    stage_turn(s);
    assert_int_equal(s->page, PAGE_CALM);
    stage_carry_on(s);
    stage_turn(s);
    assert_int_equal(s->page, from[i]);
    close_stage(s);
  }
}

static void a_new_window_goes_on_where_the_old_one_was(void **state) {
  (void)state;
  stage *s = open_stage(
    "{\"next_creation\":3,\"said\":{\"check_in\":{\"skipped\":[]},\"draft\":{\"page\":"
    "\"closing\",\"check_out\":{\"questions\":[{\"id\":\"say\",\"answer\":70}]},"
    "\"works\":[{\"creation\":1,\"keep\":\"keep\",\"process\":true,\"title\":\"Sea\"},"
    "{\"creation\":2,\"title\":\"Hill\"},{\"creation\":0},7]}}}");
  assert_int_equal(s->page, PAGE_CLOSING);
  assert_int_equal(s->made_count, 2);
  assert_int_equal(s->made[0].answer, ANSWER_KEEP);
  assert_true(s->made[0].process);
  assert_int_equal(s->made[1].answer, ANSWER_NONE);
  assert_string_equal(s->made[1].title, "Hill");
  is_json(answers_write(s, false),
    "[{\"creation\":1,\"keep\":\"keep\",\"process\":true,\"title\":\"Sea\"}]");
  const widget *slider = widget_find(s->view.root, "question-3");
  assert_false(widget_is(slider, STATE_EMPTY));
  assert_float_equal(slider->value, 70, 1e-9);
  assert_true(widget_is(widget_find(s->view.root, "question-1"), STATE_EMPTY));
  press(s, "leave-open"); // what was touched by chance
  assert_true(widget_is(slider, STATE_EMPTY));
  assert_false(s->said.leaving.answered[2]);
  assert_string_equal(s->view.focus->id, "question-1");
  assert_true(widget_is(widget_find(s->view.root, "leave-open"), STATE_HIDDEN));
  press(s, "finish");
  assert_int_equal(s->page, PAGE_LEAVING);
  press(s, "skip");
  assert_int_equal(s->page, PAGE_FAREWELL);
  close_stage(s);
  s = open_stage("{\"next_creation\":3,\"last_word_due\":true}");
  assert_int_equal(s->page, PAGE_LEAVING);
  close_stage(s);
  s = open_stage("{\"next_creation\":3,\"ends\":true}");
  assert_int_equal(s->page, PAGE_FAREWELL);
  close_stage(s);
}

// A title that is too long for its room is cut between letters: the answer beside it counts.
static void long_titles_lose_no_answer(void **state) {
  char title[1200] = "a";
  (void)state;
  for (size_t i = 0; i < 300; i++) memcpy(title + 1 + 2 * i, "\u0634", 3);
  stage *s = open_stage("{\"next_creation\":2}");
  made *m = stage_made(s, 1);
  m->answer = ANSWER_KEEP;
  answers_call(m, title);
  assert_int_equal(strlen(m->title), sizeof m->title - 1);
  answers_call(m, title + 1);
  assert_int_equal(strlen(m->title), sizeof m->title - 2);
  json_t *works = answers_write(s, false);
  assert_int_equal(json_array_size(works), 1);
  json_decref(works);
  close_stage(s);
}

// A keeper that a slow disk holds up: what was given waits, and comes in its order.
static void what_was_given_waits_for_a_slow_keeper(void **state) {
  (void)state;
  int ends[2];
  uint32_t filled = 0;
  link_message *m = calloc(1, sizeof *m);
  assert_non_null(m);
  assert_int_equal(link_pair(ends), OK);
  stage *s = open_stage("{\"next_creation\":1}");
  s->link = ends[0];
  while (link_say(s->link, FROM_STAGE_PONG, 0, "filled") == OK) filled++;
  press(s, "idea-1");
  press(s, "continue");
  assert_true(outbox_waits(s));
  assert_true(said_wait_ms(s) > 0);
  said_touch(s);
  s->now_us += 5 * 1000 * 1000;
  said_turn(s); // no draft overtakes it
  while (filled-- > 0) assert_int_equal(link_receive(ends[1], m, 0), OK);
  outbox_turn(s);
  assert_false(outbox_waits(s));
  assert_int_equal(link_receive(ends[1], m, 0), OK);
  assert_int_equal(m->kind, FROM_STAGE_FLOW);
  assert_non_null(strstr(m->text, "Slow down"));
  assert_int_equal(link_receive(ends[1], m, 0), OK);
  assert_int_equal(m->kind, FROM_STAGE_DRAFT);
  assert_string_equal(m->text, "{}");
  close_stage(s);
  close(ends[0]);
  close(ends[1]);
  free(m);
}

static void the_farewell_comes_up_once(void **state) {
  (void)state;
  stage *s = open_stage("{\"next_creation\":1}");
  stage_go(s, PAGE_FAREWELL);
  stage_turn(s);
  assert_true(farewell_fades(s));
  assert_true(said_wait_ms(s) > 0);
  s->now_us += 200 * 1000;
  stage_go(s, PAGE_FAREWELL); // closed meanwhile: the page is built anew
  stage_turn(s);
  assert_true(farewell_fades(s));
  s->now_us += 50 * 1000;
  assert_false(farewell_fades(s));
  said_turn(s);
  assert_int_equal(said_wait_ms(s), -1);
  s->view.still = true;
  s->farewell_us = s->now_us;
  assert_false(farewell_fades(s));
  close_stage(s);
}

int main(void) {
  setenv("CMOCKA_MESSAGE_OUTPUT", "TAP", 0);
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(nothing_is_answered_beforehand),
    cmocka_unit_test(what_is_picked_is_added),
    cmocka_unit_test(answers_come_back),
    cmocka_unit_test(strange_facts_say_nothing),
    cmocka_unit_test(told_in_words),
    cmocka_unit_test(the_welcome_is_asked_once),
    cmocka_unit_test(skipping_says_nothing_of_what_was_touched),
    cmocka_unit_test(not_today_ends_it),
    cmocka_unit_test(stop_goes_back_to_where_it_was),
    cmocka_unit_test(a_new_window_goes_on_where_the_old_one_was),
    cmocka_unit_test(long_titles_lose_no_answer),
    cmocka_unit_test(what_was_given_waits_for_a_slow_keeper),
    cmocka_unit_test(the_farewell_comes_up_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
