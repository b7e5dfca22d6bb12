// SPDX-License-Identifier: GPL-3.0-or-later
// An exercise's panel in a client's window, as its tests share it: what the exercise declares, a
// hand that presses, and what reached the exercise, read from the ring.
#ifndef TESTS_UNIT_PANEL_HAND_H
#define TESTS_UNIT_PANEL_HAND_H

#include "core/stage/messages.h"
#include "core/stage/panel_link.h"
#include "tests/unit/stage_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { TOOL = 1, COLOUR, MORE, UNDO, SHEET, SHOWN, THERE, SIZE };

static const char declared[] =
  "{\"id\":\"org.gesto.test\",\"name\":\"Test\",\"version\":\"1\",\"purpose\":{},"
  "\"controls\":["
  "{\"id\":1,\"kind\":\"choice\",\"flags\":[],\"key\":\"tool\",\"name\":\"Tool\","
  "\"choices\":[{\"key\":\"pencil\",\"name\":\"Pencil\"},{\"key\":\"ink\","
  "\"name\":\"Ink\"}],\"initial\":1},"
  "{\"id\":2,\"kind\":\"colour\",\"flags\":[],\"key\":\"colour\",\"name\":\"Colour\","
  "\"initial\":3106667,\"keys\":\"c\"},"
  "{\"id\":3,\"kind\":\"choice\",\"flags\":[\"instead\"],\"key\":\"more\","
  "\"name\":\"More\",\"choices\":[{\"key\":\"none\",\"name\":\"None\"},"
  "{\"key\":\"oil\",\"name\":\"Oil paint\"},{\"key\":\"fill\",\"name\":\"Fill\"}],"
  "\"order\":\"none fill nobody\"},"
  "{\"id\":4,\"kind\":\"button\",\"flags\":[\"at-hand\",\"repeats\"],\"key\":\"undo\","
  "\"name\":\"Undo\",\"keys\":\"u ctrl+z\"},"
  "{\"id\":5,\"kind\":\"choice\",\"flags\":[],\"key\":\"sheet\",\"name\":\"Sheet\","
  "\"group\":\"Sheets\",\"choices\":[{\"key\":\"1\",\"name\":\"Sheet 1\"},"
  "{\"key\":\"2\",\"name\":\"Sheet 2\"}],\"limit\":7},"
  "{\"id\":6,\"kind\":\"toggle\",\"flags\":[],\"key\":\"shown\",\"name\":\"Shown\","
  "\"group\":\"Sheets\",\"initial\":1},"
  "{\"id\":7,\"kind\":\"range\",\"flags\":[\"unseen\"],\"key\":\"there\",\"name\":"
  "\"There\","
  "\"low\":1,\"high\":2,\"step\":1,\"initial\":1},"
  "{\"id\":8,\"kind\":\"range\",\"flags\":[],\"key\":\"size\",\"name\":\"Size\","
  "\"low\":10,\"high\":400,\"step\":5,\"initial\":100,\"keys\":\"[ ]\"}"
  "]}";

typedef struct room {
  stage s;
  int fd;
  ring ring;
  uint64_t read;
} room;

static inline int set_up(void **state) {
  static room all;
  room *r = &all;
  memset(r, 0, sizeof *r);
  r->fd = stage_hand_begin(&r->s, &r->ring, declared);
  r->s.now_us = 1000 * 1000;
  *state = r;
  return 0;
}

static inline int tear_down(void **state) {
  room *r = *state;
  stage_hand_end(&r->s, &r->ring, r->fd);
  return 0;
}

static inline widget *find(room *r, const char *id) {
  widget *w = widget_find(view_top(&r->s.view), id);
  if (!w) fail_msg("there is no %s", id);
  return w;
}

static inline bool chosen(room *r, const char *id) {
  return widget_is(find(r, id), STATE_SELECTED);
}

static inline void turn(room *r) {
  stage_turn(&r->s);
  view_place(&r->s.view);
}

static inline void point(room *r, phase what, double x, double y) {
  r->s.now_us += 10 * 1000;
  const pointer p = {.phase = what, .source = 1, .x = x, .y = y, .time_us = r->s.now_us};
  view_point(&r->s.view, &p);
  turn(r);
}

static inline void point_at(room *r, phase what, const char *id) {
  const rect at = find(r, id)->rect;
  point(r, what, at.x + at.w / 2, at.y + at.h / 2);
}

static inline void tap(room *r, const char *id) {
  point_at(r, PHASE_DOWN, id);
  point_at(r, PHASE_UP, id);
}

// How often the control was set or its button acted since this was asked last.
static inline int count(room *r, uint16_t type, uint32_t id, double *value) {
  int times = 0;
  ring_slot slot;
  while (ring_get(&r->ring, r->read + 1, &slot) == OK) {
    r->read++;
    const gesto_event *e = &slot.as.event;
    if (e->type != type || e->as.control.id != id) continue;
    times++;
    if (value) *value = e->as.control.value;
  }
  return times;
}

static inline int undone(room *r) { return count(r, GESTO_ACTION, UNDO, NULL); }

// As the loop does it, in small steps.
static inline void pass(room *r, int ms) {
  for (int i = 0; i < ms; i += 10) {
    r->s.now_us += 10 * 1000;
    panel_hold_turn(&r->s);
  }
}

#define IN_A_ROOM(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

#endif
