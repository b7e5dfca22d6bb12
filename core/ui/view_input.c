// SPDX-License-Identifier: GPL-3.0-or-later
// The half of view.h that takes pointers and keys.
#include "core/api/gesto.h"
#include "core/ui/focus.h"
#include "core/ui/view.h"
#include "core/ui/widgets.h"

#include <math.h>
#include <string.h>

enum { SLIDE = 12, SLIDE_STEADY = 32 }; // pixels after which a press in a scroll moves it

static widget *at(const view *v, widget *w, double x, double y) {
  if (w->state & STATE_HIDDEN) return NULL;
  if (w->sort->role == ROLE_SCROLL && !rect_holds(w->rect, x, y)) return NULL;
  if (w->sort->role == ROLE_SCROLL && scroll_arrow_at(v, w, x, y)) return w;
  for (widget *c = w->last; c; c = c->previous) {
    widget *found = at(v, c, x, y);
    if (found) return found;
  }
  return w->sort->point && rect_holds(w->rect, x, y) ? w : NULL;
}

widget *view_at(view *v, double x, double y) {
  view_place(v);
  widget *top = view_top(v);
  widget *found = v->over ? at(v, v->over, x, y) : NULL;
  if (v->over && (found || rect_holds(v->over->rect, x, y))) return found;
  found = top ? at(v, top, x, y) : NULL;
  if (found || !v->sheet) return found;
  for (widget *w = v->root; w && !found; w = widget_after(v->root, w))
    if (widget_is(w, STATE_ABOVE)) found = at(v, w, x, y);
  return found;
}

static view_grip *grip_of(view *v, uint32_t source) {
  for (int i = 0; i < VIEW_POINTERS; i++)
    if (v->grips[i].used && v->grips[i].source == source) return &v->grips[i];
  return NULL;
}

static view_grip *free_grip(view *v) {
  for (int i = 0; i < VIEW_POINTERS; i++)
    if (!v->grips[i].used) return &v->grips[i];
  return NULL;
}

static widget *scroll_above(widget *w) {
  while (w && w->sort->role != ROLE_SCROLL) w = w->parent;
  return w;
}

static bool press_outside(view *v, const pointer *p) {
  const widget *sheet = v->sheet;
  const bool aside = sheet && widget_is(sheet, STATE_ASIDE) && v->outside;
  if (!aside || rect_holds(sheet->rect, p->x, p->y)) return false;
  v->outside(v->data, NULL);
  return true;
}

static bool point_down(view *v, const pointer *p) {
  view_grip *g = free_grip(v);
  widget *w = view_at(v, p->x, p->y);
  if (!w && press_outside(v, p)) return true;
  if (!w || !g || grip_of(v, p->source)) return false;
  focus_show_ring(v, false);
  *g = (view_grip){.used = true,
    .source = p->source,
    .held = w,
    .start_x = p->x,
    .start_y = p->y,
    .last_y = p->y};
  if (v->over && view_is_below(w, v->over)) return w->sort->point(w, v, p);
  if (w->sort->focusable && !widget_is(w, STATE_DISABLED)) focus_set(v, w);
  if (w->sort->role == ROLE_FIELD && p->tool == GESTO_FINGER) view_enter(v, w);
  return w->sort->point(w, v, p);
}

static void slide(view *v, view_grip *g, const pointer *p) {
  widget *scroll = scroll_above(g->held);
  if (scroll) scroll_by(v, scroll, g->last_y - p->y);
  g->last_y = p->y;
}

// A press that moves up or down within a scroll becomes a slide; what was pressed is let
// go of. A slider or an exercise's area keeps its pointer.
static bool becomes_slide(const view *v, const view_grip *g, const pointer *p) {
  const double enough = v->access.steady ? SLIDE_STEADY : SLIDE;
  const role r = g->held->sort->role;
  if (r == ROLE_SLIDER || r == ROLE_AREA || r == ROLE_FIELD || r == ROLE_FEELING)
    return false;
  return scroll_above(g->held) && fabs(p->y - g->start_y) > enough &&
    fabs(p->y - g->start_y) > fabs(p->x - g->start_x);
}

bool view_point(view *v, const pointer *p) {
  if (p->time_us > v->now_us) v->now_us = p->time_us;
  return hand_point(v, p);
}

uint64_t view_tick(view *v, uint64_t now_us) {
  v->now_us = now_us;
  const uint64_t by_hand = hand_tick(v, now_us);
  const uint64_t by_switch = scan_tick(v, now_us);
  return by_hand < by_switch ? by_hand : by_switch;
}

int view_switch_number(const view *v, access_switch which) {
  const int count = (int)v->access.scanning; // as many as are used
  for (int i = 0; i < count && which.kind != SWITCH_NONE; i++) {
    const access_switch s = v->access.switches[i];
    if (s.kind == which.kind && s.number == which.number) return i;
  }
  return -1;
}

bool view_switch(view *v, access_switch which, bool down, uint64_t now_us) {
  const int number = view_switch_number(v, which);
  return number >= 0 && scan_switch(v, number, down, now_us);
}

bool view_enter(view *v, widget *w) { return v->enter && v->enter(v->data, w); }

bool view_deliver(view *v, const pointer *p) {
  if (p->phase == PHASE_DOWN) return point_down(v, p);
  view_grip *g = grip_of(v, p->source);
  if (!g) return false;
  const bool over = p->phase != PHASE_MOVE;
  widget *held = g->held;
  if (held && !g->scrolls && !over && becomes_slide(v, g, p)) {
    pointer gone = *p;
    gone.phase = PHASE_CANCEL;
    g->scrolls = true;
    held->sort->point(held, v, &gone);
  }
  if (over) g->used = false;
  if (!held) return false;
  if (g->scrolls) {
    if (!over) slide(v, g, p);
    return true;
  }
  return held->sort->point(held, v, p);
}

void view_let_go(view *v) {
  focus_leave(v);
  view_lift(v, v->pressed_key);
  hand_let_go(v);
  if (v->steer) scan_begin_anew(v);
  for (int i = 0; i < VIEW_POINTERS; i++) {
    view_grip *g = &v->grips[i];
    if (!g->used) continue;
    g->used = false;
    if (!g->held || g->scrolls) continue;
    const pointer gone = {
      .phase = PHASE_CANCEL, .source = g->source, .x = g->start_x, .y = g->start_y};
    g->held->sort->point(g->held, v, &gone);
  }
}

static bool is_arrow(key k) {
  return k == KEY_LEFT || k == KEY_RIGHT || k == KEY_UP || k == KEY_DOWN;
}

bool view_lift(view *v, key k) {
  widget *w = v->pressed;
  if (!w || k != v->pressed_key) return false;
  v->pressed = NULL;
  w->sort->lift(w, v);
  return true;
}

bool view_press_on(view *v, widget *w, key k, uint32_t with) {
  if (!widget_shown(w) || !w->sort->press) return false;
  const bool waits = w->sort->lift != NULL;
  if (!w->sort->press(w, v, k, with)) return false;
  if (waits) {
    v->pressed = w;
    v->pressed_key = k;
  }
  return true;
}

bool view_press(view *v, key k, uint32_t with) {
  view_lift(v, v->pressed_key);
  if (v->focus && view_press_on(v, v->focus, k, with)) return true;
  if (k == KEY_TAB) {
    focus_step(v, (with & WITH_SHIFT) != 0);
    return true;
  }
  if (k == KEY_ESCAPE && v->escape) {
    v->escape(v->data, v->focus);
    return true;
  }
  return is_arrow(k) && focus_go(v, k);
}

bool view_type(view *v, const char *utf8) {
  widget *w = v->focus;
  const bool again = v->composed[0] && strcmp(v->composed, utf8) == 0;
  v->composed[0] = 0;
  if (again) return true;
  return w && widget_shown(w) && w->sort->type && w->sort->type(w, v, utf8);
}

void view_wheel(view *v, double x, double y, double lines) {
  widget *w = view_at(v, x, y);
  widget *scroll = scroll_above(w);
  if (scroll) scroll_by(v, scroll, -lines * 48);
}
