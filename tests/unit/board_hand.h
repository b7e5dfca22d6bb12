// SPDX-License-Identifier: GPL-3.0-or-later
// A screen of buttons and its time, for the tests of how it is reached.
#ifndef GESTO_TESTS_BOARD_HAND_H
#define GESTO_TESTS_BOARD_HAND_H

#include "core/ui/widgets.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MS = 1000 };

// ---- A screen of buttons -----------------------------------------------------------------

typedef struct board {
  view v;
  uint64_t now;
  char chosen[512], said[2048];
} board;

static inline void note(void *data, widget *w) {
  board *b = data;
  const size_t n = strlen(b->chosen);
  snprintf(b->chosen + n, sizeof b->chosen - n, "%s ", w->id);
}

static inline void hear(void *data, const char *label, const char *state) {
  board *b = data;
  const size_t n = strlen(b->said);
  snprintf(
    b->said + n, sizeof b->said - n, "%s%s%s;", label, state[0] ? ", " : "", state);
}

static inline void open_board(board *b, access_settings a) {
  memset(b, 0, sizeof *b);
  view_init(&b->v, 1000, 700, 1);
  b->v.data = b;
  b->now = 1000 * MS;
  view_set_access(&b->v, &a, false);
}

static inline widget *add(board *b, widget *parent, const char *id) {
  widget *w = button_create(parent, id, NULL, id, BUTTON_PLAIN);
  w->chosen = note;
  w->data = b;
  return w;
}

// Two named groups of three, two loose rows, Pause and Stop above them.
static inline void show_board(board *b) {
  widget *page = column_create(NULL, "page", 12);
  widget *bar = row_create(page, "bar", 12);
  widget *corner = row_create(bar, "corner", 12);
  add(b, corner, "pause");
  add(b, corner, "stop");
  widget_set_state(corner, STATE_FIRST, true);
  for (int g = 'a'; g < 'c'; g++) {
    char id[] = {(char)g, 0, 0};
    widget *group = group_create(page, id, g == 'a' ? "Tools" : "Colours");
    group->box.flow = FLOW_ROW;
    for (int n = '1'; n < '4'; n++) {
      id[1] = (char)n;
      add(b, group, id);
    }
  }
  for (int r = 'x'; r < 'z'; r++) {
    char id[] = {(char)r, 0, 0};
    widget *row = row_create(page, id, 12);
    for (int n = '1'; n < '3'; n++) {
      id[1] = (char)n;
      add(b, row, id);
    }
  }
  view_show(&b->v, page, NULL);
}

static inline void close_board(board *b) { view_finish(&b->v); }

static inline void wait_ms(board *b, uint32_t ms) {
  const uint64_t until = b->now + (uint64_t)ms * MS;
  for (;;) {
    const uint64_t next = view_tick(&b->v, b->now);
    if (next >= until) break;
    assert_true(next >= b->now);
    b->now = next > b->now ? next : b->now + 1;
  }
  b->now = until;
  view_tick(&b->v, b->now);
}

// ---- Pointers

static inline void send(board *b, phase what, double x, double y) {
  const pointer p = {
    .phase = what, .source = 1, .x = x, .y = y, .pressure = 0.5, .time_us = b->now};
  view_point(&b->v, &p);
}

static inline void click(board *b, double x, double y) {
  send(b, PHASE_DOWN, x, y);
  wait_ms(b, 60);
  send(b, PHASE_UP, x, y);
}

static inline void over_middle(board *b, const char *id, phase what) {
  const rect r = widget_find(b->v.root, id)->rect;
  send(b, what, r.x + r.w / 2, r.y + r.h / 2);
}

#endif
