// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light desk
// The desk's page of a client's room: what each choice asks of the keeper, and that all of it
// is reached by keys.
#include "core/base/protocol.h"
#include "core/desk/desk.h"
#include "core/desk/page_room.h"
#include "core/ui/focus.h"
#include "core/ui/widgets.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char listing[] =
  "{\"clients\":[{\"id\":\"c-1\",\"alias\":\"Juno\",\"sessions\":[],\"room\":%s},"
  "{\"id\":\"c-2\",\"alias\":\"Ines\",\"sessions\":[]}],\"exercises\":["
  "{\"id\":\"org.gesto.draw\",\"name\":\"Draw\",\"cautions\":[\"free-expression\"],"
  "\"purpose\":{\"sources\":\"A book about it\"},"
  "\"controls\":[{\"id\":1,\"kind\":\"choice\",\"flags\":[],\"key\":\"brush\",\"name\":"
  "\"Brush\",\"choices\":[{\"key\":\"pencil\",\"name\":\"Pencil\"},{\"key\":\"chalk\","
  "\"name\":\"Chalk\"}]},{\"id\":2,\"kind\":\"button\",\"flags\":[],\"key\":\"undo\","
  "\"name\":\"Undo\"},{\"id\":3,\"kind\":\"range\",\"flags\":[],\"key\":\"size\","
  "\"name\":"
  "\"Size\"}]},{\"id\":\"org.gesto.move\",\"name\":\"Move\",\"cautions\":[\"movement\"],"
  "\"controls\":[]}]}";

typedef struct room {
  desk d;
  int ends[2];
  link_message in;
} room;

static room the_room;

static void open_page(room *r, const char *recipe) {
  char text[4096];
  memset(r, 0, sizeof *r);
  assert_int_equal(link_pair(r->ends), OK);
  assert_int_equal(desk_init(&r->d, 1280, 800, 1), OK);
  r->d.link = r->ends[0];
  snprintf(text, sizeof text, listing, recipe);
  r->d.listing = json_loads(text, 0, NULL);
  assert_non_null(r->d.listing);
  snprintf(r->d.client, sizeof r->d.client, "c-1");
  page_room_open(&r->d);
  view_place(&r->d.view);
}

static void close_page(room *r) {
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

// What was asked is this.
static void asked(room *r, uint32_t kind, const char *json) {
  assert_int_equal(link_receive(r->ends[1], &r->in, 0), OK);
  assert_int_equal(r->in.kind, kind);
  json_t *said = json_loads(r->in.text, 0, NULL), *wanted = json_loads(json, 0, NULL);
  assert_non_null(wanted);
  if (!json_equal(said, wanted)) fail_msg("%s is not %s", r->in.text, json);
  json_decref(said);
  json_decref(wanted);
}

static void nothing_is_asked(room *r) {
  assert_int_equal(link_receive(r->ends[1], &r->in, 0), NOT_NOW);
}

#define ROOM(change) "{\"client\":\"c-1\",\"room\":" change "}"

static void exercises_and_their_order(void **state) {
  room *r = &the_room;
  (void)state;
  open_page(r, "{}");
  press(r, "exercise-0");
  asked(r, FROM_DESK_ROOM, ROOM("{\"exercises\":[\"org.gesto.move\"]}"));
  press(r, "later-0");
  asked(
    r, FROM_DESK_ROOM, ROOM("{\"exercises\":[\"org.gesto.move\",\"org.gesto.draw\"]}"));
  press(r, "earlier-0"); // it is the first already
  nothing_is_asked(r);
  close_page(r);
  open_page(r, "{\"exercises\":[\"org.gesto.move\",\"org.gesto.draw\"]}");
  press(r, "later-0"); // as in the menu again
  asked(r, FROM_DESK_ROOM, ROOM("{\"exercises\":null}"));
  close_page(r);
  open_page(r, "{\"exercises\":[\"org.gesto.elsewhere\",\"org.gesto.draw\"]}");
  assert_string_equal(called(r, "exercise-0")->label, "org.gesto.elsewhere"); // not lost
  press(r, "exercise-2");
  asked(r, FROM_DESK_ROOM,
    ROOM(
      "{\"exercises\":[\"org.gesto.elsewhere\",\"org.gesto.draw\",\"org.gesto.move\"]}"));
  close_page(r);
  open_page(r, "{\"exercises\":[\"org.gesto.draw\"]}");
  press(r, "exercise-0"); // the last one stays
  nothing_is_asked(r);
  assert_non_null(strstr(called(r, "said")->label, "at least"));
  close_page(r);
}

static void cautions(void **state) {
  room *r = &the_room;
  (void)state;
  open_page(r, "{\"leave_out\":[\"inner-focus\"]}");
  assert_true(widget_is(called(r, "caution-inner-focus"), STATE_SELECTED));
  press(r, "caution-movement");
  asked(r, FROM_DESK_ROOM, ROOM("{\"leave_out\":[\"inner-focus\",\"movement\"]}"));
  press(r, "caution-inner-focus");
  asked(r, FROM_DESK_ROOM, ROOM("{\"leave_out\":null}"));
  close_page(r);
}

static void tools(void **state) {
  room *r = &the_room;
  (void)state;
  open_page(r, "{}");
  assert_null(widget_find(r->d.view.root, "tool-0-1-255")); // undo is always offered
  press(r, "tool-0-0-1");
  asked(r, FROM_DESK_ROOM,
    ROOM("{\"panels\":{\"org.gesto.draw\":{\"only\":{\"brush\":[\"pencil\"]}}}}"));
  press(r, "tool-0-2-255");
  asked(
    r, FROM_DESK_ROOM, ROOM("{\"panels\":{\"org.gesto.draw\":{\"hide\":[\"size\"]}}}"));
  close_page(r);
  open_page(r,
    "{\"panels\":{\"org.gesto.draw\":{\"only\":{\"brush\":[\"pencil\"]},\"set\":{"
    "\"size\":"
    "\"200\"}}}}");
  assert_true(widget_is(called(r, "tool-0-0-0"), STATE_SELECTED));
  assert_false(widget_is(called(r, "tool-0-0-1"), STATE_SELECTED));
  press(r, "tool-0-0-0"); // the last one stays
  nothing_is_asked(r);
  press(r, "tool-0-0-1"); // what is set beside stays
  asked(r, FROM_DESK_ROOM,
    ROOM("{\"panels\":{\"org.gesto.draw\":{\"set\":{\"size\":\"200\"}}}}"));
  close_page(r);
  open_page(r, "{\"panels\":{\"org.gesto.draw\":{\"only\":{\"brush\":[\"pencil\"]}}}}");
  press(r, "tool-0-0-1");
  asked(r, FROM_DESK_ROOM, ROOM("{\"panels\":{\"org.gesto.draw\":null}}"));
  close_page(r);
}

static void type(room *r, const char *id, const char *words) {
  focus_set(&r->d.view, called(r, id));
  assert_true(view_type(&r->d.view, words));
}

static void words_and_numbers(void **state) {
  room *r = &the_room;
  (void)state;
  open_page(r, "{\"goals\":[\"To sleep\"],\"minutes\":45}");
  type(r, "goal-2", "To say \"no\"");
  press(r, "loud-50"); // what is typed is not lost by another choice
  asked(r, FROM_DESK_ROOM, ROOM("{\"loudness\":50}"));
  desk_show(&r->d, PAGE_ROOM);
  assert_string_equal(field_text(called(r, "goal-2")), "To say \"no\"");
  press(r, "keep-goals");
  asked(r, FROM_DESK_ROOM, ROOM("{\"goals\":[\"To sleep\",\"To say \\\"no\\\"\"]}"));
  assert_true(widget_is(called(r, "minutes-45"), STATE_SELECTED));
  press(r, "minutes-none");
  asked(r, FROM_DESK_ROOM, ROOM("{\"minutes\":null}"));
  press(r, "de");
  asked(r, FROM_DESK_ROOM, ROOM("{\"language\":\"de\"}"));
  type(r, "name", " M.");
  press(r, "keep-name");
  asked(r, FROM_DESK_CLIENT, "{\"client\":\"c-1\",\"alias\":\"Juno M.\"}");
  press(r, "member-0");
  press(r, "make-group"); // one alone is no group
  nothing_is_asked(r);
  press(r, "member-1");
  type(r, "group-name", "Tuesday");
  press(r, "make-group");
  asked(r, FROM_DESK_CLIENT, "{\"alias\":\"Tuesday\",\"members\":[\"c-1\",\"c-2\"]}");
  press(r, "start-here");
  asked(r, FROM_DESK_BEGIN, "{\"client\":\"c-1\",\"exercise\":\"\"}");
  close_page(r);
}

static void the_therapist_reads_what_it_rests_on(void **state) {
  (void)state;
  room *r = &the_room;
  open_page(r, "{}");
  assert_string_equal(called(r, "exercise-0-sources")->label, "A book about it");
  assert_null(widget_find(r->d.view.root, "exercise-1-sources"));
  close_page(r);
}

static void keys_reach_all(void **state) {
  room *r = &the_room;
  (void)state;
  open_page(r, "{\"access\":{\"target\":96}}");
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
  close_page(r);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(exercises_and_their_order),
    cmocka_unit_test(cautions), cmocka_unit_test(tools),
    cmocka_unit_test(words_and_numbers),
    cmocka_unit_test(the_therapist_reads_what_it_rests_on),
    cmocka_unit_test(keys_reach_all)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
