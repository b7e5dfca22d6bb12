// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/closer.h"

#include "core/stage/stage.h"
#include "core/ui/focus.h"
#include "core/ui/say.h"
#include "core/ui/widgets.h"

enum {
  PACE_US = 16000,
  UNSEEN_US = 150000, // a picture that does not come is not waited for
  CORNER = 12
};

static const paper_view whole_paper = {.zoom = 1};

static bool room_of(const stage *s, paper_room *r) {
  r->area_w = s->live.width / s->view.scale;
  r->area_h = s->live.height / s->view.scale;
  return live_paper(&s->live, &r->paper_w, &r->paper_h) && r->area_w > 0 && r->area_h > 0;
}

bool closer_is_whole(const stage *s) { return paper_view_is_whole(s->closer.view); }

double closer_scale(const stage *s) {
  paper_room r;
  return room_of(s, &r) ? paper_view_scale(&r, s->closer.view) : 1;
}

static void show_way_back(stage *s) {
  widget *w = s->closer.whole;
  const bool hidden = !s->chosen || !s->chosen->canvas || closer_is_whole(s);
  if (!w || widget_is(w, STATE_HIDDEN) == hidden) return;
  widget_set_state(w, STATE_HIDDEN, hidden);
  if (hidden && s->view.focus == w && s->area) focus_set(&s->view, s->area);
  view_moved(&s->view);
}

void closer_begin(stage *s, bool told) {
  closer *c = &s->closer;
  c->view = whole_paper;
  c->grips = c->space = false;
  c->waits = told && s->chosen && s->chosen->canvas;
  show_way_back(s);
}

bool closer_may(const stage *s) {
  paper_room r;
  const bool free = !s->view.sheet || s->sheet == SHEET_CLOSER;
  return s->page == PAGE_EXERCISE && free && s->area && s->chosen && s->chosen->canvas &&
    !s->input.paused && room_of(s, &r);
}

// The paper lies still while a hand draws on it.
static bool can_turn(const stage *s, paper_room *r) {
  return closer_may(s) && !input_is_touched(&s->input) && room_of(s, r);
}

static void turn_to(stage *s, paper_view v) {
  closer *c = &s->closer;
  if (c->view.zoom == v.zoom && c->view.x == v.x && c->view.y == v.y) return;
  c->view = v;
  c->waits = true;
  show_way_back(s);
}

static paper_place place_of(const stage *s, double x, double y) {
  return (paper_place){x - s->area->rect.x, y - s->area->rect.y};
}

void closer_zoom(stage *s, double factor, double x, double y) {
  paper_room r;
  if (can_turn(s, &r))
    turn_to(s, paper_view_zoomed(&r, s->closer.view, factor, place_of(s, x, y)));
}

void closer_zoom_middle(stage *s, double factor) {
  if (!s->area) return;
  const rect a = s->area->rect;
  closer_zoom(s, factor, a.x + a.w / 2, a.y + a.h / 2);
}

void closer_move(stage *s, double dx, double dy) {
  paper_room r;
  if (can_turn(s, &r)) turn_to(s, paper_view_moved(&r, s->closer.view, dx, dy));
}

void closer_carry(
  stage *s, paper_view from, double factor, paper_place held, paper_place now) {
  paper_room r;
  if (!can_turn(s, &r)) return;
  const paper_view v = paper_view_zoomed(&r, from, factor, place_of(s, held.x, held.y));
  turn_to(s, paper_view_moved(&r, v, now.x - held.x, now.y - held.y));
}

void closer_whole(stage *s) {
  paper_room r;
  if (can_turn(s, &r)) turn_to(s, whole_paper);
}

// ---- The way back ------------------------------------------------------------------------

static void whole_chosen(void *data, widget *w) {
  (void)w;
  closer_whole(data);
}

void closer_way_back(stage *s, widget *above) {
  widget *corner = column_create(above, "closer-corner", 0);
  corner->box.cross = CROSS_START;
  widget_pad(corner, CORNER, CORNER);
  spacer_create(corner, "closer-space");
  widget *w =
    button_create(corner, "closer-whole", "whole", _("Whole paper"), BUTTON_PLAIN);
  button_set_height(w, 48);
  w->chosen = whole_chosen;
  w->data = s;
  widget_set_state(w, STATE_HIDDEN, true);
  s->closer.whole = w;
  show_way_back(s);
}

void closer_leave_page(stage *s) {
  s->closer.whole = NULL;
  s->closer.grips = s->closer.space = false;
  fingers_let_go(s);
}

// ---- Telling the player ------------------------------------------------------------------

void closer_settle(stage *s) {
  closer *c = &s->closer;
  if (!c->waits || input_is_touched(&s->input)) return;
  gesto_event e = {.type = GESTO_VIEW};
  e.as.view.zoom = (float)c->view.zoom;
  e.as.view.x = (float)c->view.x;
  e.as.view.y = (float)c->view.y;
  c->waits = !input_tell(&s->input, e, s->now_us);
  c->told_seq = s->has_ring ? ring_written(&s->ring) : 0;
  c->told_us = s->now_us;
}

// One picture after the other; and where the paper is so full of light and dark that moving
// it would flash, so seldom that it need not be held.
void closer_turn(stage *s) {
  closer *c = &s->closer;
  if (!c->waits || s->now_us < c->next_us) return;
  c->next_us = s->now_us + PACE_US;
  const uint64_t since = s->now_us - c->told_us;
  const bool seen = live_shown_seq(&s->live) >= c->told_seq || since >= UNSEEN_US;
  if (seen && since >= live_rests_us(&s->live, s->now_us)) closer_settle(s);
}

int closer_wait_ms(const stage *s) {
  const closer *c = &s->closer;
  if (!c->waits || !s->input.creation || input_is_touched(&s->input)) return -1;
  return c->next_us > s->now_us ? (int)((c->next_us - s->now_us + 999) / 1000) : 0;
}
