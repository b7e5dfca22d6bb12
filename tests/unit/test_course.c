// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// The course of a creation from its journal.
#include "core/base/io.h"
#include "core/keeper/course.h"
#include "core/record/journal.h"
#include "core/record/slots.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SECOND = 1000000 };

// ---- A journal -------------------------------------------------------------------------

static const char DECLARED[] =
  "{\"id\":\"org.gesto.draw\",\"wants\":[\"canvas\"],\"controls\":["
  "{\"id\":1,\"kind\":\"choice\",\"flags\":[],\"key\":\"brush\",\"name\":\"Brush\","
  "\"initial\":1,\"choices\":[{\"key\":\"pencil\",\"name\":\"Pencil\"},{\"key\":\"ink\","
  "\"name\":\"Ink\"}]},"
  "{\"id\":2,\"kind\":\"choice\",\"flags\":[\"instead\"],\"key\":\"more\",\"name\":"
  "\"More\","
  "\"initial\":0,\"choices\":[{\"key\":\"none\",\"name\":\"None\"},{\"key\":\"oil\","
  "\"name\":\"Oil paint\"}]},"
  "{\"id\":3,\"kind\":\"colour\",\"flags\":[],\"key\":\"colour\",\"name\":\"Colour\","
  "\"initial\":255},"
  "{\"id\":7,\"kind\":\"range\",\"flags\":[\"undoable\"],\"key\":\"strength\","
  "\"name\":\"Strength\",\"initial\":100},"
  "{\"id\":4,\"kind\":\"button\",\"flags\":[\"undoable\"],\"key\":\"undo\",\"name\":"
  "\"Undo\"},"
  "{\"id\":5,\"kind\":\"button\",\"flags\":[\"undoable\"],\"key\":\"redo\",\"name\":"
  "\"Redo\"},"
  "{\"id\":6,\"kind\":\"button\",\"flags\":[\"undoable\"],\"key\":\"new-paper\",\"name\":"
  "\"New paper\"}]}";
enum { BRUSH = 1, MORE, COLOUR, UNDO, REDO, NEW_PAPER, STRENGTH };

typedef struct place {
  char path[256];
  int dir;
  journal *file;
  uint64_t seq;
  uint32_t told;
  story story;
  course course;
} place;

static int set_up(void **state) {
  static const uint8_t session[16] = {1}, writer[8] = {2};
  static const char begin[] = "{\"exercise\":\"org.gesto.draw\",\"seed\":7,\"stage\":"
                              "[640,400,1],\"creation\":1}";
  place *p = calloc(1, sizeof *p);
  snprintf(p->path, sizeof p->path, "%s/course-XXXXXX",
    getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
  if (!mkdtemp(p->path) || io_open_dir(AT_FDCWD, p->path, &p->dir)) return -1;
  *state = p;
  return journal_create(&p->file, p->dir, "process.journal", session, writer) ||
    journal_append(p->file, FRAME_BEGIN, FRAME_CRITICAL, begin, sizeof begin - 1);
}

static int tear_down(void **state) {
  place *p = *state;
  course_finish(&p->course);
  story_finish(&p->story);
  journal_close(p->file);
  io_close(p->dir);
  const result r = io_remove_tree(AT_FDCWD, p->path);
  free(p);
  return r ? -1 : 0;
}

static void put(place *p, double seconds, gesto_event e) {
  uint8_t bytes[512];
  uint32_t taken = 0;
  ring_slot slot = {.seq = ++p->seq, .kind = SLOT_EVENT, .creation = 1};
  e.time = (uint64_t)(seconds * SECOND + 0.5);
  slot.as.event = e;
  const size_t size = slots_encode(&slot, 1, &taken, bytes, sizeof bytes);
  assert_int_equal(taken, 1);
  assert_int_equal(
    journal_append(p->file, FRAME_SLOTS, FRAME_CRITICAL, bytes, (uint32_t)size), OK);
}

static void point(place *p, double seconds, uint16_t type, uint32_t source) {
  put(p, seconds, (gesto_event){.type = type, .source = source});
}

// What the canvas says of the slot before.
static void canvas_tells(place *p, uint32_t kind, uint64_t of_seq) {
  uint8_t bytes[64];
  uint32_t taken = 0;
  const page_report report = {
    .before_seq = p->seq, .block = of_seq, .kind = kind, .count = ++p->told};
  const size_t size = reports_encode(&report, 1, &taken, bytes, sizeof bytes);
  assert_int_equal(
    journal_append(p->file, FRAME_REPORTS, FRAME_CRITICAL, bytes, (uint32_t)size), OK);
}

static void touch(place *p, double from, double to) {
  point(p, from, GESTO_POINTER_DOWN, 1);
  point(p, (from + to) / 2, GESTO_POINTER_MOVE, 1);
  point(p, to, GESTO_POINTER_UP, 1);
}

static void stroke(place *p, double from, double to) {
  touch(p, from, to);
  canvas_tells(p, REPORT_MADE, p->seq - 2);
}

static void set(place *p, double seconds, uint32_t id, double value) {
  put(p, seconds,
    (gesto_event){.type = GESTO_CONTROL_SET, .as.control = {.id = id, .value = value}});
}

static void act(place *p, double seconds, uint32_t id) {
  put(p, seconds, (gesto_event){.type = GESTO_ACTION, .as.control = {.id = id}});
}

static void undo(place *p, double seconds) {
  act(p, seconds, UNDO);
  canvas_tells(p, REPORT_UNDONE, 0);
}

static void redo(place *p, double seconds) {
  act(p, seconds, REDO);
  canvas_tells(p, REPORT_REDONE, 0);
}

static void read_course(place *p, const char *from) {
  beginning b = {0};
  snprintf(b.from, sizeof b.from, "%s", from);
  assert_int_equal(story_open(&p->story, p->dir), OK);
  assert_int_equal(course_read(&p->course, &p->story, &b, DECLARED), OK);
}

static void is_stroke(const place *p, size_t number, double from, double to) {
  uint64_t us = 0;
  assert_true(course_stroke_time(&p->course, number, false, &us));
  assert_int_equal(us, (uint64_t)(from * SECOND + 0.5));
  assert_true(course_stroke_time(&p->course, number, true, &us));
  assert_int_equal(us, (uint64_t)(to * SECOND + 0.5));
}

static const char *tool_of(const place *p, size_t i) {
  return json_string_value(p->course.strokes[i].tool);
}

static void strokes_have_their_tool_and_colour(void **state) {
  place *p = *state;
  stroke(p, 1, 1.5);
  set(p, 2, BRUSH, 0);
  set(p, 2, COLOUR, 0x123456);
  stroke(p, 2.5, 3);
  set(p, 4, MORE, 1);
  stroke(p, 4.5, 5);
  set(p, 6, BRUSH, 1); // puts the other one away
  stroke(p, 6.5, 7);
  read_course(p, "");
  const course *c = &p->course;
  uint64_t us = 0;
  assert_int_equal(c->stroke_count, 4);
  is_stroke(p, 1, 1, 1.5);
  is_stroke(p, 4, 6.5, 7);
  assert_false(
    course_stroke_time(c, 0, false, &us) || course_stroke_time(c, 5, false, &us));
  assert_string_equal(tool_of(p, 0), "Ink");
  assert_string_equal(tool_of(p, 1), "Pencil");
  assert_string_equal(tool_of(p, 2), "Oil paint");
  assert_string_equal(tool_of(p, 3), "Ink");
  assert_int_equal(c->strokes[0].colour, 255);
  assert_int_equal(c->strokes[1].colour, 0x123456);
  assert_int_equal(c->end_us, 7 * SECOND);
}

static void settings_say_what_it_began_with(void **state) {
  place *p = *state;
  exercise_setting all[] = {
    {(char[]){"brush"}, (char[]){"pencil"}}, {(char[]){"colour"}, (char[]){"#d98a3d"}}};
  const beginning b = {.settings = all, .setting_count = 2};
  stroke(p, 1, 1.5);
  assert_int_equal(story_open(&p->story, p->dir), OK);
  assert_int_equal(course_read(&p->course, &p->story, &b, DECLARED), OK);
  assert_string_equal(tool_of(p, 0), "Pencil");
  assert_int_equal(p->course.strokes[0].colour, 0xd98a3d);
}

// While a slider moves there is one deed, and after Undo another.
static void what_is_set_undoably_is_taken_back(void **state) {
  place *p = *state;
  stroke(p, 1, 1.5);
  for (int i = 0; i < 5; i++) {
    set(p, 2 + i / 10.0, STRENGTH, 90 - i);
    if (i > 0) canvas_tells(p, REPORT_UNDONE, 0);
    canvas_tells(p, REPORT_MADE, 0);
  }
  undo(p, 3);
  set(p, 4, STRENGTH, 50);
  canvas_tells(p, REPORT_MADE, 0);
  undo(p, 5);
  read_course(p, "");
  assert_false(p->course.strokes[0].taken_back);
  assert_int_equal(p->course.taken_back_count, 2);
  assert_int_equal(p->course.taken_back[0].from_us, 2 * SECOND);
  assert_int_equal(p->course.taken_back[1].to_us, 5 * SECOND);
}

static void what_a_copy_begins_with_is_not_guessed(void **state) {
  place *p = *state;
  stroke(p, 1, 1.5);
  set(p, 2, COLOUR, 0);
  stroke(p, 2.5, 3);
  read_course(p, "20260101T000000Z-a/01-draw");
  assert_null(p->course.strokes[0].tool);
  assert_int_equal(p->course.strokes[0].colour, COURSE_UNKNOWN);
  assert_int_equal(p->course.strokes[1].colour, 0);
}

static void only_one_hand_draws_and_a_palm_does_not(void **state) {
  place *p = *state;
  point(p, 1, GESTO_POINTER_DOWN, 1);
  point(p, 1.1, GESTO_POINTER_DOWN, 2);
  point(p, 1.2, GESTO_POINTER_UP, 2);
  point(p, 1.3, GESTO_POINTER_UP, 1);
  point(p, 2, GESTO_POINTER_DOWN, 1);
  point(p, 2.1, GESTO_POINTER_CANCEL, 1);
  stroke(p, 3, 3.5);
  read_course(p, "");
  assert_int_equal(p->course.stroke_count, 2);
  is_stroke(p, 1, 1, 1.3);
  is_stroke(p, 2, 3, 3.5);
}

// As on the canvas: the one before ends where its hand was last.
static void an_up_that_was_lost_is_made_up_for(void **state) {
  place *p = *state;
  point(p, 1, GESTO_POINTER_DOWN, 1);
  point(p, 1.2, GESTO_POINTER_MOVE, 1);
  point(p, 2, GESTO_POINTER_DOWN, 1);
  canvas_tells(p, REPORT_MADE, p->seq - 2);
  point(p, 2.5, GESTO_POINTER_UP, 1);
  canvas_tells(p, REPORT_MADE, p->seq - 1);
  undo(p, 3);
  read_course(p, "");
  assert_int_equal(p->course.stroke_count, 2);
  is_stroke(p, 1, 1, 1.2);
  is_stroke(p, 2, 2, 2.5);
  assert_true(!p->course.strokes[0].taken_back && p->course.strokes[1].taken_back);
}

static void values_that_nothing_has_are_not_known(void **state) {
  place *p = *state;
  set(p, 1, BRUSH, -3);
  set(p, 1, COLOUR, 1e300);
  stroke(p, 2, 2.5);
  set(p, 3, BRUSH, 2);
  set(p, 3, COLOUR, -1);
  stroke(p, 4, 4.5);
  read_course(p, "");
  for (size_t i = 0; i < 2; i++) {
    assert_null(p->course.strokes[i].tool);
    assert_int_equal(p->course.strokes[i].colour, COURSE_UNKNOWN);
  }
}

static void what_was_taken_back_for_good_is_marked(void **state) {
  place *p = *state;
  stroke(p, 1, 1.5); // stays: undone and brought back
  stroke(p, 2, 2.5); // gone
  undo(p, 3);
  undo(p, 3.1);
  redo(p, 3.2);
  act(p, 4, NEW_PAPER); // gone
  canvas_tells(p, REPORT_MADE, 0);
  undo(p, 4.5);
  point(p, 5, GESTO_POINTER_DOWN, 1); // gone: Undo ends it, and takes it back
  act(p, 5.5, UNDO);
  canvas_tells(p, REPORT_MADE, p->seq - 1);
  canvas_tells(p, REPORT_UNDONE, 0);
  point(p, 5.6, GESTO_POINTER_UP, 1);
  stroke(p, 6, 6.5);
  undo(p, 7);
  undo(p, 8);
  act(p, 9, UNDO); // one more than there is to undo
  redo(p, 10);
  redo(p, 11);
  act(p, 12, REDO);
  read_course(p, "");
  const course *c = &p->course;
  assert_int_equal(c->stroke_count, 4);
  is_stroke(p, 3, 5, 5.5);
  const bool gone[] = {false, true, true, false};
  for (size_t i = 0; i < 4; i++) assert_int_equal(c->strokes[i].taken_back, gone[i]);
  // The stroke until its Undo, the paper, the stroke under way.
  const double cuts[][2] = {{2, 3}, {4, 4.5}, {5, 5.5}};
  assert_int_equal(c->taken_back_count, 3);
  for (size_t i = 0; i < 3; i++) {
    assert_int_equal(c->taken_back[i].from_us, (uint64_t)(cuts[i][0] * SECOND));
    assert_int_equal(c->taken_back[i].to_us, (uint64_t)(cuts[i][1] * SECOND));
  }
}

// Nothing shifts: only what the canvas says was a step is taken back.
static void what_left_nothing_is_never_taken_back(void **state) {
  place *p = *state;
  stroke(p, 1, 1.5); // gone
  touch(p, 2, 2.5);  // rubs out where nothing is
  act(p, 3, NEW_PAPER);
  set(p, 3.5, STRENGTH, 100); // as it was
  undo(p, 4);
  touch(p, 5, 5.5); // fills a shape, once it lifts
  canvas_tells(p, REPORT_MADE, p->seq);
  undo(p, 6);
  read_course(p, "");
  const course *c = &p->course;
  assert_int_equal(c->stroke_count, 3);
  assert_true(c->strokes[0].taken_back && !c->strokes[1].taken_back);
  assert_true(c->strokes[2].taken_back);
  assert_int_equal(c->taken_back_count, 2);
  assert_int_equal(c->taken_back[0].from_us, SECOND);
  assert_int_equal(c->taken_back[0].to_us, 4 * SECOND);
}

// A stroke that goes on while a button does nothing to it.
static void a_button_does_not_end_a_stroke(void **state) {
  place *p = *state;
  point(p, 1, GESTO_POINTER_DOWN, 1);
  act(p, 1.5, NEW_PAPER);
  point(p, 2, GESTO_POINTER_UP, 1);
  canvas_tells(p, REPORT_MADE, p->seq - 2);
  read_course(p, "");
  is_stroke(p, 1, 1, 2);
}

// Journals from before the canvas was asked say nothing of it.
static void without_a_word_of_the_canvas_nothing_is_known(void **state) {
  place *p = *state;
  touch(p, 1, 1.5);
  act(p, 2, UNDO);
  read_course(p, "");
  assert_false(p->course.strokes[0].taken_back);
  assert_int_equal(p->course.taken_back_count, 0);
}

static void is_lapse(const place *p, bool pauses, bool cut, double lasts) {
  timelapse t;
  const course *c = &p->course;
  assert_int_equal(course_lapse(c, pauses, cut, &t), OK);
  for (size_t i = 1; i < t.count; i++)
    assert_true(t.spans[i].from_us >= t.spans[i - 1].to_us);
  assert_int_equal(timelapse_of(&t, c->end_us), (uint64_t)(lasts * SECOND + 0.5));
  timelapse_finish(&t);
}

static void time_is_shown_as_wished(void **state) {
  place *p = *state;
  timelapse t;
  stroke(p, 1, 1.5);
  stroke(p, 6, 6.5); // gone, with the silence before and after its Undo
  undo(p, 9);
  stroke(p, 20, 20.5); // gone, with a silence within
  stroke(p, 30, 30.5); // gone, too
  undo(p, 31);
  undo(p, 41);
  stroke(p, 41.5, 42);
  read_course(p, "");
  is_lapse(p, false, false, 42);
  is_lapse(p, false, true, 42 - 3 - 21);
  is_lapse(p, true, false, 42 - 4.5 - 2.5 - 11 - 9.5 - 10 + 5 * 0.4);
  is_lapse(p, true, true, 42 - 3 - 21 - 4.5 - 11 + 2 * 0.4);
  assert_int_equal(course_lapse(&p->course, true, true, &t), OK);
  assert_int_equal(timelapse_past_cut(&t, 6 * SECOND - 1), 6 * SECOND - 1);
  assert_int_equal(timelapse_past_cut(&t, 6 * SECOND), 9 * SECOND);
  assert_int_equal(timelapse_past_cut(&t, 25 * SECOND), 41 * SECOND);
  assert_int_equal(timelapse_past_cut(&t, 41 * SECOND), 41 * SECOND);
  // Whoever shows one moment after the other never comes to be within a cut.
  const uint64_t end = timelapse_of(&t, 42 * SECOND);
  for (uint64_t us = 0; us <= end; us += 9973) {
    const uint64_t shown = timelapse_shows(&t, us);
    assert_int_equal(timelapse_past_cut(&t, shown), shown);
  }
  timelapse_finish(&t);
}

static void marks_stand_where_something_changed(void **state) {
  place *p = *state;
  set(p, 0.5, BRUSH, 1); // as it was: no change
  set(p, 1, COLOUR, 1);
  set(p, 1.5, COLOUR, 2); // in a row: one mark
  stroke(p, 2, 2.5);
  act(p, 3, UNDO);
  act(p, 3.2, UNDO);
  put(p, 3.4, (gesto_event){.type = GESTO_PAUSE});
  put(p, 3.4, (gesto_event){.type = GESTO_RESUME});
  stroke(p, 33.4, 34);
  read_course(p, "");
  const course *c = &p->course;
  const course_kind kinds[] = {COURSE_COLOUR, COURSE_UNDO, COURSE_PAUSE, COURSE_SILENCE};
  assert_int_equal(c->mark_count, 4);
  for (size_t i = 0; i < 4; i++) assert_int_equal(c->marks[i].kind, kinds[i]);
  assert_int_equal(c->marks[0].value, 2);
  assert_int_equal(c->marks[0].times, 2);
  assert_int_equal(c->marks[1].times, 2);
  assert_int_equal(c->marks[3].value, 30);
  assert_int_equal(c->lapse.count, 1);
  assert_int_equal(timelapse_of(&c->lapse, c->end_us), 4 * SECOND + TIMELAPSE_MOMENT_US);
}

static void as_json(void **state) {
  place *p = *state;
  set(p, 0.5, COLOUR, 0xabcdef);
  stroke(p, 1, 1.5);
  undo(p, 2);
  read_course(p, "");
  char *text = course_json(&p->course);
  assert_string_equal(text,
    "{\"end\":2000000,\"strokes\":[[1000000,1500000,\"Ink\",\"#abcdef\",true]],\"marks\":"
    "["
    "{\"t\":500000,\"kind\":\"colour\",\"icon\":\"colour\",\"name\":\"Colour\",\"value\":"
    "\"#abcdef\",\"times\":1},{\"t\":2000000,\"kind\":\"undo\",\"icon\":\"undo\","
    "\"name\":"
    "\"Undo\",\"value\":\"\",\"times\":1}],\"silences\":[],\"may_leave_out\":true,"
    "\"canvas\":true}");
  free(text);
}

// A name is no longer than it is, and never cut in the middle of a letter.
static void long_names_are_whole(void **state) {
  static const char declared[] =
    "{\"wants\":[\"canvas\"],\"controls\":[{\"id\":1,\"kind\":\"choice\",\"key\":"
    "\"brush\",\"name\":\"Brush\",\"initial\":0,\"choices\":[{\"key\":\"a\",\"name\":"
    "\"A\"},{\"key\":\"b\",\"name\":\"%s\"}]}]}";
  place *p = *state;
  const beginning b = {0};
  char name[256] = "a", text[sizeof declared + sizeof name];
  for (size_t i = 1; i + 3 < sizeof name; i += 2) memcpy(name + i, "\xd8\xb4", 3);
  snprintf(text, sizeof text, declared, name);
  set(p, 1, BRUSH, 1);
  assert_int_equal(story_open(&p->story, p->dir), OK);
  assert_int_equal(course_read(&p->course, &p->story, &b, text), OK);
  char *json = course_json(&p->course);
  assert_non_null(json);
  assert_non_null(strstr(json, name));
  free(json);
}

static void what_declares_nothing_is_refused(void **state) {
  place *p = *state;
  const beginning b = {0};
  stroke(p, 1, 1.5);
  assert_int_equal(story_open(&p->story, p->dir), OK);
  assert_int_equal(course_read(&p->course, &p->story, &b, NULL), BAD_DATA);
  course_finish(&p->course);
  assert_int_equal(course_read(&p->course, &p->story, &b, "[]"), BAD_DATA);
  course_finish(&p->course);
  assert_int_equal(course_read(&p->course, &p->story, &b, "{}"), OK);
  assert_int_equal(p->course.stroke_count, 1);
}

#define WITH_JOURNAL(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
    WITH_JOURNAL(strokes_have_their_tool_and_colour),
    WITH_JOURNAL(settings_say_what_it_began_with),
    WITH_JOURNAL(what_is_set_undoably_is_taken_back),
    WITH_JOURNAL(what_a_copy_begins_with_is_not_guessed),
    WITH_JOURNAL(only_one_hand_draws_and_a_palm_does_not),
    WITH_JOURNAL(an_up_that_was_lost_is_made_up_for),
    WITH_JOURNAL(values_that_nothing_has_are_not_known),
    WITH_JOURNAL(what_was_taken_back_for_good_is_marked),
    WITH_JOURNAL(what_left_nothing_is_never_taken_back),
    WITH_JOURNAL(a_button_does_not_end_a_stroke),
    WITH_JOURNAL(without_a_word_of_the_canvas_nothing_is_known),
    WITH_JOURNAL(time_is_shown_as_wished),
    WITH_JOURNAL(marks_stand_where_something_changed),
    WITH_JOURNAL(as_json),
    WITH_JOURNAL(long_names_are_whole),
    WITH_JOURNAL(what_declares_nothing_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
