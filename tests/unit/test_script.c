// SPDX-License-Identifier: GPL-3.0-or-later
// Gesture scripts: what is written is read back event for event, hand-written lines mean
// what the commands page says, and what cannot be understood is said with its line.
#include "core/base/event.h"
#include "core/record/script.h"
#include "tests/unit/scratch.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char declared[] = "{\"id\":\"org.gesto.test\",\"controls\":["
                               "{\"id\":1,\"kind\":\"choice\",\"key\":\"brush\","
                               "\"choices\":[{\"key\":\"pencil\",\"name\":\"P\"},"
                               "{\"key\":\"charcoal\",\"name\":\"C\"}]},"
                               "{\"id\":2,\"kind\":\"colour\",\"key\":\"ink\"},{\"id\":3,"
                               "\"kind\":\"toggle\",\"key\":\"grid\"},"
                               "{\"id\":4,\"kind\":\"range\",\"key\":\"size\"},{\"id\":5,"
                               "\"kind\":\"button\",\"key\":\"undo\"},"
                               "{\"id\":6,\"kind\":\"text\",\"key\":\"words\"}]}";

typedef struct room {
  scratch s;
  script_names *names;
  char path[128];
} room;

static void put(room *r, const char *lines) {
  assert_int_equal(io_save(r->s.dir, "a.jsonl", lines, strlen(lines)), OK);
}

#define HEAD_LINE \
  "{\"gesto\":\"gestures/" \
  "1\",\"exercise\":\"org.gesto.test\",\"stage\":[1280,800],\"seed\":7}\n"

static void head_is_read(void **state) {
  room *r = *state;
  script *s = NULL;
  script_head head;
  script_line line;
  put(r, HEAD_LINE);
  assert_int_equal(script_open(&s, r->path, &head), OK);
  assert_string_equal(head.exercise, "org.gesto.test");
  assert_float_equal(head.width, 1280, 0);
  assert_float_equal(head.height, 800, 0);
  assert_float_equal(head.scale, 1, 0);
  assert_float_equal(head.text_scale, 1, 0);
  assert_int_equal(head.seed, 7);
  assert_int_equal(head.look_flags, 0);
  assert_int_equal(script_next(s, r->names, &line), ENDED);
  script_close_file(s);
}

static gesto_event next_event(script *s, room *r) {
  script_line line;
  const result got = script_next(s, r->names, &line);
  if (got != OK) print_error("%s\n", script_error(s));
  assert_int_equal(got, OK);
  assert_int_equal(line.kind, SCRIPT_EVENT);
  return line.event;
}

static void lines_of_the_commands_page(void **state) {
  room *r = *state;
  script *s = NULL;
  script_head head;
  put(r,
    HEAD_LINE
    "{\"t\":0.000,\"control\":\"brush\",\"value\":\"charcoal\"}\n"
    "\n"
    "{\"t\":0.512000,\"down\":[312.5,220.0],\"pressure\":0.410156,\"tilt\":[0.1015625,0."
    "0],"
    "\"tool\":\"pen\",\"source\":3}\n"
    "{\"t\":0.520000,\"move\":[314.0,221.53],\"pressure\":0.439941,\"source\":3}\r\n"
    "{\"t\":0.910000,\"up\":[330.0,240.0],\"source\":3}\n"
    "{\"t\":1,\"control\":\"ink\",\"value\":\"#A2432a\"}\n"
    "{\"t\":1,\"control\":\"grid\",\"value\":true}\n"
    "{\"t\":1,\"control\":4,\"value\":2.5}\n"
    "{\"t\":12.0,\"action\":\"undo\"}\n"
    "{\"t\":13,\"pause\":true}\n{\"t\":13,\"resume\":true}\n"
    "{\"t\":14,\"note\":[60,0.5]}\n{\"t\":15,\"note\":[60,0],\"off\":true}\n"
    "{\"t\":16,\"stage\":[640,480,2]}\n{\"t\":16,\"look\":[\"still\",\"evening\"],\"text_"
    "scale\":1.5}\n"
    "{\"t\":16.5,\"view\":[9,20.06,-3]}\n"
    "{\"t\":17,\"advance\":true}\n"
    "{\"t\":60.0,\"close\":{\"keep\":\"keep\",\"process\":true,\"title\":\"Sea\"}}");
  assert_int_equal(script_open(&s, r->path, &head), OK);
  gesto_event e = next_event(s, r);
  assert_int_equal(e.type, GESTO_CONTROL_SET);
  assert_int_equal(e.as.control.id, 1);
  assert_float_equal(e.as.control.value, 1, 0);
  e = next_event(s, r);
  assert_int_equal(e.type, GESTO_POINTER_DOWN);
  assert_int_equal(e.time, 512000);
  assert_int_equal(e.source, 3);
  assert_int_equal(e.as.pointer.tool, GESTO_PEN);
  assert_float_equal(e.as.pointer.x, 312.5, 0);
  assert_float_equal(e.as.pointer.pressure, 1680.0 / 4096, 0);
  assert_float_equal(e.as.pointer.tilt_x, 13.0 / 128, 0);
  e = next_event(s, r);
  assert_int_equal(e.type, GESTO_POINTER_MOVE);
  assert_int_equal(e.as.pointer.tool, GESTO_PEN); // as its DOWN said
  assert_float_equal(e.as.pointer.y, 221.5, 0);
  assert_float_equal(e.as.pointer.tilt_x, 0, 0);
  e = next_event(s, r);
  assert_int_equal(e.type, GESTO_POINTER_UP);
  assert_float_equal(e.as.pointer.pressure, 1802.0 / 4096, 0);
  assert_float_equal(next_event(s, r).as.control.value, 0xa2432a, 0);
  assert_float_equal(next_event(s, r).as.control.value, 1, 0);
  e = next_event(s, r);
  assert_int_equal(e.as.control.id, 4);
  assert_float_equal(e.as.control.value, 2.5, 0);
  e = next_event(s, r);
  assert_int_equal(e.type, GESTO_ACTION);
  assert_int_equal(e.as.control.id, 5);
  assert_int_equal(next_event(s, r).type, GESTO_PAUSE);
  assert_int_equal(next_event(s, r).type, GESTO_RESUME);
  assert_int_equal(next_event(s, r).type, GESTO_NOTE_ON);
  assert_int_equal(next_event(s, r).type, GESTO_NOTE_OFF);
  assert_float_equal(next_event(s, r).as.stage.scale, 2, 0);
  e = next_event(s, r);
  assert_int_equal(e.as.look.flags, GESTO_STILL | GESTO_EVENING);
  assert_float_equal(e.as.look.text_scale, 1.5, 0);
  e = next_event(s, r);
  assert_int_equal(e.type, GESTO_VIEW);
  assert_float_equal(e.as.view.zoom, 8, 0);
  assert_float_equal(e.as.view.x, 20.0625, 0);
  assert_float_equal(e.as.view.y, -3, 0);
  script_line line;
  assert_int_equal(script_next(s, r->names, &line), OK);
  assert_int_equal(line.kind, SCRIPT_ADVANCE);
  assert_int_equal(line.event.time, 17000000);
  assert_int_equal(script_next(s, r->names, &line), OK);
  assert_int_equal(line.kind, SCRIPT_CLOSE);
  assert_string_equal(line.close.keep, "keep");
  assert_true(line.close.process);
  assert_string_equal(line.close.title, "Sea");
  assert_int_equal(line.event.time, 60000000);
  assert_int_equal(script_next(s, r->names, &line), ENDED);
  script_close_file(s);
}

static void long_text_comes_in_pieces(void **state) {
  room *r = *state;
  script *s = NULL;
  script_head head;
  put(r,
    HEAD_LINE
    "{\"t\":1,\"text\":\"words\",\"value\":"
    "\"0123456789012345678901234567890123456\xe2\x82\xac"
    "\xe2\x82\xac.\"}\n{\"t\":2,\"text\":\"words\",\"value\":\"\",\"last\":false}\n");
  assert_int_equal(script_open(&s, r->path, &head), OK);
  gesto_event e = next_event(s, r);
  assert_int_equal(e.as.text.id, 6);
  assert_int_equal(e.as.text.last, 0);
  assert_memory_equal(
    e.as.text.utf8, "0123456789012345678901234567890123456\xe2\x82\xac", 40);
  e = next_event(s, r);
  assert_int_equal(e.as.text.last, 1);
  assert_int_equal(e.time, 1000000);
  assert_memory_equal(e.as.text.utf8, "\xe2\x82\xac.\0\0", 6);
  e = next_event(s, r);
  assert_int_equal(e.as.text.last, 0);
  script_close_file(s);
}

static uint64_t chance(uint64_t *state) {
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

static script_line any_line(uint64_t *state, uint64_t time) {
  script_line line = {.kind = chance(state) % 5 ? SCRIPT_EVENT : SCRIPT_ADVANCE};
  if (line.kind == SCRIPT_EVENT) {
    gesto_event *e = &line.event;
    for (size_t i = 0; i < sizeof *e; i++)
      ((uint8_t *)e)[i] = (uint8_t)(chance(state) >> 20);
    e->type = (uint16_t)(chance(state) % 17);
    e->flags = chance(state) % 10 ? 0 : e->flags;
    if (chance(state) % 3 == 0) e->source = 0;
    if (e->type == GESTO_CONTROL_SET || e->type == GESTO_ACTION) {
      e->as.control.id = (uint32_t)(chance(state) % 8);
      if (chance(state) % 2) e->as.control.value = (double)(chance(state) % 3);
    }
    if (chance(state) % 2) gesto_event_round(e);
  }
  line.event.time = time;
  return line;
}

static void every_event_survives_being_text(void **state) {
  room *r = *state;
  enum { MANY = 3000 };
  static script_line lines[MANY];
  uint64_t seed = 4711;
  const script_head head = {
    "org.gesto.test", 1024.5f, 768, 1.25f, UINT64_MAX, GESTO_CONTRAST, 1.3f};
  FILE *to = fopen(r->path, "w");
  assert_int_equal(script_write_head(to, &head), OK);
  for (uint32_t i = 0; i < MANY; i++) {
    lines[i] = any_line(&seed, 1000ull * i * i);
    assert_int_equal(script_write_line(to, i % 2 ? r->names : NULL, &lines[i]), OK);
  }
  fclose(to);
  script *s = NULL;
  script_head again;
  script_line line;
  assert_int_equal(script_open(&s, r->path, &again), OK);
  assert_string_equal(again.exercise, head.exercise);
  assert_true(again.seed == head.seed && again.look_flags == head.look_flags);
  assert_float_equal(again.width, head.width, 0);
  assert_float_equal(again.scale, head.scale, 0);
  assert_float_equal(again.text_scale, head.text_scale, 0);
  for (uint32_t i = 0; i < MANY; i++) {
    const result got = script_next(s, r->names, &line);
    if (got != OK) print_error("%s\n", script_error(s));
    assert_int_equal(got, OK);
    assert_int_equal(line.kind, lines[i].kind);
    assert_memory_equal(&line.event, &lines[i].event, sizeof line.event);
  }
  assert_int_equal(script_next(s, r->names, &line), ENDED);
  script_close_file(s);
}

static void close_survives_being_text(void **state) {
  room *r = *state;
  script_line line = {.kind = SCRIPT_CLOSE,
    .event.time = 5,
    .close = {.keep = "keep",
      .papers_gone = 1u << 31 | 5,
      .title = "\"Meer\" \\ \xf0\x9f\x8c\x8a\n"}};
  const script_head head = {"x", 1, 1, 1, 0, 0, 1};
  FILE *to = fopen(r->path, "w");
  assert_int_equal(script_write_head(to, &head), OK);
  assert_int_equal(script_write_line(to, NULL, &line), OK);
  fclose(to);
  script *s = NULL;
  script_head again;
  script_line back;
  assert_int_equal(script_open(&s, r->path, &again), OK);
  assert_int_equal(script_next(s, NULL, &back), OK);
  assert_int_equal(back.kind, SCRIPT_CLOSE);
  assert_string_equal(back.close.keep, "keep");
  assert_int_equal(back.close.papers_gone, 1u << 31 | 5);
  assert_string_equal(back.close.title, line.close.title);
  assert_int_equal(back.event.time, 5);
  script_close_file(s);
}

static void refused(room *r, const char *line, const char *words) {
  script *s = NULL;
  script_head head;
  script_line got;
  char all[2048];
  snprintf(all, sizeof all, "%s%s\n", HEAD_LINE, line);
  put(r, all);
  assert_int_equal(script_open(&s, r->path, &head), OK);
  assert_int_equal(script_next(s, r->names, &got), BAD_DATA);
  if (!strstr(script_error(s), words)) print_error("%s\n", script_error(s));
  assert_non_null(strstr(script_error(s), words));
  assert_non_null(strstr(script_error(s), "line 2"));
  script_close_file(s);
}

static void what_is_not_understood_is_said(void **state) {
  room *r = *state;
  refused(r, "{\"t\":0,\"control\":\"brsh\",\"value\":1}", "no control \"brsh\"");
  refused(
    r, "{\"t\":0,\"control\":\"brush\",\"value\":\"crayon\"}", "no value \"crayon\"");
  refused(r, "{\"t\":0,\"control\":\"brush\"}", "\"value\"");
  refused(
    r, "{\"t\":0,\"control\":\"ink\",\"value\":\"#12345g\"}", "no value \"#12345g\"");
  refused(r, "{\"t\":-1,\"pause\":true}", "\"t\"");
  refused(r, "{\"pause\":true}", "\"t\"");
  refused(r, "{\"t\":0}", "no event");
  refused(r, "{\"t\":0,\"dwon\":[1,2]}", "\"dwon\"");
  refused(r, "{\"t\":0,\"down\":[1,2],\"up\":[1,2]}", "two events");
  refused(r, "{\"t\":0,\"down\":[1]}", "[x, y]");
  refused(r, "{\"t\":0,\"down\":[1,\"2\"]}", "[x, y]");
  refused(r, "{\"t\":0,\"down\":[1,2],\"tool\":\"fork\"}", "\"tool\"");
  refused(r, "{\"t\":0,\"down\":[1,2],\"source\":-4}", "\"source\"");
  refused(r, "{\"t\":0,\"close\":{\"keep\":\"maybe\"}}", "\"keep\"");
  refused(r, "{\"t\":0,\"event\":70000,\"bytes\":\"\"}", "65535");
  refused(r, "{\"t\":0,\"event\":7,\"bytes\":\"00\"}", "96");
  refused(r, "{\"t\":0,\"pause\":true", "");
  refused(r, "{\"t\":0,\"t\":1,\"pause\":true}", "");
  refused(r, "[1,2]", "JSON object");
  refused(r,
    "{\"t\":0,\"down\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
    "]]]]]]]]]}",
    "32 levels");
}

static void time_does_not_go_back(void **state) {
  room *r = *state;
  script *s = NULL;
  script_head head;
  script_line line;
  put(r, HEAD_LINE "{\"t\":1,\"pause\":true}\n{\"t\":0.5,\"resume\":true}\n");
  assert_int_equal(script_open(&s, r->path, &head), OK);
  assert_int_equal(script_next(s, NULL, &line), OK);
  assert_int_equal(script_next(s, NULL, &line), BAD_DATA);
  assert_non_null(strstr(script_error(s), "line 3"));
  script_close_file(s);
}

static void bad_head(room *r, const char *head_line, result wanted) {
  script *s = NULL;
  script_head head;
  put(r, head_line);
  assert_int_equal(script_open(&s, r->path, &head), wanted);
  assert_true(strlen(script_error(s)) > 20);
  assert_non_null(strstr(script_error(s), r->path));
  script_close_file(s);
}

static void a_head_that_is_none(void **state) {
  room *r = *state;
  script *s = NULL;
  script_head head;
  bad_head(r, "", BAD_DATA);
  bad_head(r, "hello\n", BAD_DATA);
  bad_head(r, "{\"t\":1,\"pause\":true}\n", BAD_DATA);
  bad_head(r, "{\"gesto\":\"gestures/2\",\"exercise\":\"x\",\"stage\":[1,1]}", TOO_NEW);
  bad_head(r, "{\"gesto\":\"gestures/1\",\"stage\":[1,1]}", BAD_DATA);
  bad_head(r, "{\"gesto\":\"gestures/1\",\"exercise\":\"x\",\"stage\":[0,1]}", BAD_DATA);
  bad_head(r, "{\"gesto\":\"gestures/1\",\"exercise\":\"x\",\"stage\":[9,1],\"seed\":-1}",
    BAD_DATA);
  bad_head(r,
    "{\"gesto\":\"gestures/1\",\"exercise\":\"x\",\"stage\":[9,1],\"look\":[\"dim\"]}",
    BAD_DATA);
  assert_int_equal(script_open(&s, "/nonexistent/x.jsonl", &head), NOT_FOUND);
  assert_non_null(strstr(script_error(s), "/nonexistent/x.jsonl"));
  script_close_file(s);
}

static int setup(void **state) {
  static room r;
  r = (room){0};
  *state = &r;
  if (scratch_make(&r.s) != 0) return -1;
  snprintf(r.path, sizeof r.path, "%s/a.jsonl", r.s.path);
  return script_names_create(&r.names, declared) == OK ? 0 : -1;
}

static int teardown(void **state) {
  room *r = *state;
  script_names_destroy(r->names);
  scratch_remove(&r->s);
  return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(head_is_read),
    TEST(lines_of_the_commands_page),
    TEST(long_text_comes_in_pieces),
    TEST(every_event_survives_being_text),
    TEST(close_survives_being_text),
    TEST(what_is_not_understood_is_said),
    TEST(time_does_not_go_back),
    TEST(a_head_that_is_none),
  };
  return cmocka_run_group_tests_name("script", tests, NULL, NULL);
}
