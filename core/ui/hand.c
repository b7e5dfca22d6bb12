// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/hand.h"

#include "core/ui/draw.h"
#include "core/ui/spoken.h"
#include "core/ui/view.h"
#include "core/ui/widgets.h"

#include "core/api/gesto.h"

#include <math.h>
#include <string.h>

enum { NAME_REST_US = 700000 };
enum { NEAR = 40, DRAGGED = 24, AT_REST = 24, FRAME_US = 16000, NAME_ROOM = 12 };

static uint64_t us(uint32_t ms) { return (uint64_t)ms * 1000; }

static uint64_t time_of(const view *v, const pointer *p) {
  return p->time_us ? p->time_us : v->now_us;
}

static double away(const pointer *a, const pointer *b) {
  return hypot(a->x - b->x, a->y - b->y);
}

static hand_contact *contact_of(view *v, uint32_t source) {
  for (int i = 0; i < HAND_CONTACTS; i++) {
    hand_contact *c = &v->hand.contacts[i];
    if (c->used && c->first.source == source) return c;
  }
  return NULL;
}

static hand_contact *free_contact(view *v) {
  for (int i = 0; i < HAND_CONTACTS; i++)
    if (!v->hand.contacts[i].used) return &v->hand.contacts[i];
  return NULL;
}

static bool deliver(view *v, hand_contact *c, phase what, uint64_t at_us) {
  pointer p = c->smooth;
  p.phase = what;
  p.time_us = at_us;
  return view_deliver(v, &p);
}

// ---- Smoothing

static double smooth_us(const view *v, const hand_contact *c) {
  static const double times[] = {0, 60000, 180000};
  if (v->area_steadies && c->on && c->on->sort->role == ROLE_AREA) return 0;
  return times[v->access.steady];
}

// Brings it closer to where the device is, by the time that has passed.
static void ease(const view *v, hand_contact *c, uint64_t now_us) {
  const double tau = smooth_us(v, c);
  const double passed =
    now_us > c->smooth.time_us ? (double)(now_us - c->smooth.time_us) : 0;
  const double part = tau > 0 ? 1 - exp(-passed / tau) : 1;
  pointer p = c->raw;
  p.x = c->smooth.x + (c->raw.x - c->smooth.x) * part;
  p.y = c->smooth.y + (c->raw.y - c->smooth.y) * part;
  p.time_us = now_us > c->smooth.time_us ? now_us : c->smooth.time_us;
  if (away(&p, &c->raw) < 0.25) {
    p.x = c->raw.x;
    p.y = c->raw.y;
  }
  c->smooth = p;
}

static bool lags(const hand_contact *c) { return away(&c->smooth, &c->raw) > 0; }

// ---- Long press: the name

static void show_name(view *v, const widget *w) {
  if (v->hand.named == w) return;
  v->hand.named = w;
  dirty_add_all(&v->dirty);
  if (w) spoken_tell(v, w);
}

static bool is_wordless(const widget *w) {
  return w && widget_is(w, STATE_WORDLESS) && widget_shown(w);
}

const widget *hand_named(const view *v) {
  const hand *h = &v->hand;
  const widget *at = v->scan.within && !v->scan.leaving ? v->scan.at : NULL;
  if (h->named) return h->named;
  if (is_wordless(at)) return at;
  if (v->focus_shown && is_wordless(v->focus)) return v->focus;
  const bool rests = v->now_us >= h->hovers_us + NAME_REST_US;
  return rests && is_wordless(h->hovers) ? h->hovers : NULL;
}

static void hover(view *v, const pointer *p) {
  hand *h = &v->hand;
  const widget *w = p ? view_at(v, p->x, p->y) : NULL;
  if (w == h->hovers) return;
  h->hovers = w;
  h->hovers_us = p ? time_of(v, p) : 0;
}

// When the name of what a pointer rests on is due.
static uint64_t name_tick(view *v) {
  hand *h = &v->hand;
  if (h->shows != hand_named(v)) dirty_add_all(&v->dirty);
  h->shows = hand_named(v);
  const uint64_t due = h->hovers_us + NAME_REST_US;
  return is_wordless(h->hovers) && v->now_us < due ? due : HAND_NEVER;
}

static bool has_name(const widget *w) {
  return w && w->sort->focusable && w->sort->role != ROLE_AREA &&
    w->sort->role != ROLE_FIELD && w->sort->role != ROLE_FEELING;
}

// ---- Contacts

// In the exercise, its place there.
static widget *below_pointer(view *v, const pointer *p) {
  widget *w = view_at(v, p->x, p->y);
  if (!w || widget_is(w, STATE_DISABLED)) return NULL;
  for (widget *c = w->sort->role == ROLE_AREA ? w->last : NULL; c; c = c->previous)
    if (widget_can_focus(c) && rect_holds(c->rect, p->x, p->y)) return c;
  if (w->sort->role == ROLE_SCROLL) return scroll_arrow_at(v, w, p->x, p->y) ? w : NULL;
  return w->sort->focusable || w->sort->role == ROLE_AREA ? w : NULL;
}

// What is moved by dragging, and therefore by a click, a way and a click; not a place of an
// exercise, such as a pad: there a click is a tap.
static bool is_dragged(const widget *w) {
  const role r = w ? w->sort->role : ROLE_BOX;
  return r == ROLE_SLIDER || r == ROLE_FEELING || r == ROLE_AREA;
}

static bool begin(view *v, hand_contact *c) {
  c->waits = false;
  c->on = view_at(v, c->first.x, c->first.y);
  c->smooth = c->first;
  return deliver(v, c, PHASE_DOWN, time_of(v, &c->first));
}

static bool finish(view *v, hand_contact *c, phase how, uint64_t at_us) {
  hand *h = &v->hand;
  show_name(v, NULL);
  c->used = c->holds = false;
  h->last_x = c->smooth.x;
  h->last_y = c->smooth.y;
  h->last_us = at_us;
  return deliver(v, c, how, at_us);
}

static bool too_soon(const view *v, const pointer *p) {
  const hand *h = &v->hand;
  return h->last_us && v->access.shortest_ms &&
    time_of(v, p) < h->last_us + us(v->access.shortest_ms) &&
    hypot(p->x - h->last_x, p->y - h->last_y) < NEAR;
}

// The second click: there the hold ends. On something else it is a press of its own.
static bool let_go_at(view *v, hand_contact *c, const pointer *p) {
  const bool same = view_at(v, p->x, p->y) == c->on;
  if (same && away(p, &c->smooth) > 0.5) {
    c->raw = c->smooth = *p;
    deliver(v, c, PHASE_MOVE, time_of(v, p));
  }
  finish(v, c, PHASE_UP, time_of(v, p));
  if (!same) return false;
  *c = (hand_contact){.used = true, .ignored = true, .first = *p};
  return true;
}

static bool on_down(view *v, const pointer *p) {
  hover(v, NULL); // whoever presses has seen enough
  hand_contact *c = contact_of(v, p->source);
  if (c && !c->holds && !c->ignored) return false;
  if (c && c->holds && let_go_at(v, c, p)) return true;
  if (!c) c = free_contact(v);
  if (!c) return false;
  *c = (hand_contact){.used = true, .first = *p, .raw = *p, .smooth = *p};
  c->since_us = c->smooth.time_us = time_of(v, p);
  c->ignored = too_soon(v, p);
  c->waits = !c->ignored && v->access.shortest_ms > 0;
  return c->ignored || c->waits || begin(v, c);
}

static bool on_move(view *v, hand_contact *c, const pointer *p) {
  c->raw = *p;
  if (c->waits || c->ignored) return true;
  ease(v, c, time_of(v, p));
  return deliver(v, c, PHASE_MOVE, c->smooth.time_us);
}

static bool on_up(view *v, hand_contact *c, const pointer *p) {
  const uint64_t at = time_of(v, p);
  if (c->waits && at >= c->since_us + us(v->access.shortest_ms)) begin(v, c);
  if (c->waits || c->ignored) {
    c->used = false;
    return c->waits;
  }
  c->raw = *p;
  ease(v, c, at);
  const bool click = c->on && away(&c->first, &c->raw) < DRAGGED;
  if (p->phase == PHASE_UP && v->access.click_move_click && click &&
    is_dragged(below_pointer(v, &c->first))) {
    show_name(v, NULL);
    c->holds = true;
    return true;
  }
  return finish(v, c, p->phase, at);
}

// ---- Dwelling

static bool at_pointer(const widget *w) {
  return w->sort->role == ROLE_AREA || w->sort->role == ROLE_SCROLL;
}

static rect dwell_ring(const hand *h) {
  if (at_pointer(h->dwells_on)) return (rect){h->rests.x - 22, h->rests.y - 22, 44, 44};
  return rect_grown(h->dwells_on->rect, 9);
}

static void dwell_dirty(view *v) {
  if (v->hand.dwells_on) view_dirty(v, rect_grown(dwell_ring(&v->hand), 4));
}

// What is built anew beneath a pointer that rests is still the same for who rests on it.
static void dwell_again(view *v) {
  hand *h = &v->hand;
  widget *w = h->dwelt_id[0] ? below_pointer(v, &h->rests) : NULL;
  if (w && strcmp(w->id, h->dwelt_id) == 0) h->dwells_on = w;
  h->dwelt_id[0] = 0;
}

// On the exercise's own ground the pointer must come to rest.
static bool still_there(hand *h, const widget *w, const pointer *p) {
  if (w != h->dwells_on) return false;
  if (w->sort->role == ROLE_AREA) return away(p, &h->rests) < AT_REST;
  h->rests.x = p->x;
  h->rests.y = p->y;
  return true;
}

static void dwell_at(view *v, const pointer *p) {
  hand *h = &v->hand;
  dwell_again(v);
  widget *w = v->access.dwell_ms ? below_pointer(v, p) : NULL;
  if (w && still_there(h, w, p)) return;
  dwell_dirty(v);
  h->dwells_on = w;
  h->dwelt = false;
  h->part = 0;
  h->rests = *p;
  h->rests.time_us = time_of(v, p);
  dwell_dirty(v);
}

// A click where the pointer rests: in the exercise it takes hold, and the next lets go.
static void dwell_press(view *v, uint64_t now_us) {
  pointer p = v->hand.rests;
  widget *w = v->hand.dwells_on;
  hand_contact *c = contact_of(v, p.source);
  p.time_us = now_us;
  p.pressure = 0.5;
  if (c && c->holds) {
    let_go_at(v, c, &p);
    c->used = false;
    return;
  }
  if (c || !(c = free_contact(v))) return;
  if (w->sort->role == ROLE_FIELD && view_enter(v, w)) return;
  *c =
    (hand_contact){.used = true, .first = p, .raw = p, .smooth = p, .since_us = now_us};
  begin(v, c);
  if (w->sort->role == ROLE_AREA)
    c->holds = true;
  else
    finish(v, c, PHASE_UP, now_us);
}

static uint64_t dwell_tick(view *v, uint64_t now_us) {
  hand *h = &v->hand;
  dwell_again(v);
  if (!h->dwells_on || h->dwelt || !v->access.dwell_ms) return HAND_NEVER;
  const uint64_t whole = us(v->access.dwell_ms);
  const uint64_t passed = now_us > h->rests.time_us ? now_us - h->rests.time_us : 0;
  const widget *on = h->dwells_on;
  if (below_pointer(v, &h->rests) != on) { // it slid or went away
    hand_leave(v);
    return HAND_NEVER;
  }
  h->part = fmin(1, (double)passed / (double)whole);
  dwell_dirty(v);
  if (passed < whole) return now_us + 2 * FRAME_US;
  h->dwelt = on->sort->role != ROLE_SCROLL; // who waits on an arrow goes on
  h->rests.time_us = now_us;
  h->part = 0;
  dwell_press(v, now_us);
  return h->dwelt ? HAND_NEVER : now_us + 2 * FRAME_US;
}

static bool on_hover(view *v, const pointer *p) {
  hand_contact *c = contact_of(v, p->source);
  if (c && c->holds) on_move(v, c, p);
  hover(v, p);
  dwell_at(v, c && c->holds ? &c->smooth : p);
  return c != NULL;
}

// ---- The way in, and time

bool hand_point(view *v, const pointer *p) {
  if (p->phase == PHASE_DOWN) return on_down(v, p);
  if (p->phase == PHASE_HOVER) return on_hover(v, p);
  hand_contact *c = contact_of(v, p->source);
  if (!c || c->holds) return false;
  return p->phase == PHASE_MOVE ? on_move(v, c, p) : on_up(v, c, p);
}

static uint64_t sooner(uint64_t a, uint64_t b) { return a < b ? a : b; }

static uint64_t contact_tick(view *v, hand_contact *c, uint64_t now_us) {
  if (c->ignored) return HAND_NEVER;
  const uint64_t due = c->since_us + us(v->access.shortest_ms);
  if (c->waits && now_us < due) return due;
  if (c->waits) begin(v, c);
  if (lags(c)) {
    ease(v, c, now_us);
    deliver(v, c, PHASE_MOVE, c->smooth.time_us);
  }
  const uint64_t named = c->since_us + us(ACCESS_LONG_MS);
  if (!c->holds && has_name(c->on) && now_us >= named) show_name(v, c->on);
  uint64_t next = lags(c) ? now_us + FRAME_US : HAND_NEVER;
  if (!c->holds && has_name(c->on) && now_us < named) next = sooner(next, named);
  return next;
}

uint64_t hand_tick(view *v, uint64_t now_us) {
  uint64_t next = sooner(dwell_tick(v, now_us), name_tick(v));
  for (int i = 0; i < HAND_CONTACTS; i++)
    if (v->hand.contacts[i].used)
      next = sooner(next, contact_tick(v, &v->hand.contacts[i], now_us));
  return next;
}

void hand_let_go(view *v) {
  show_name(v, NULL);
  for (int i = 0; i < HAND_CONTACTS; i++) {
    hand_contact *c = &v->hand.contacts[i];
    c->ignored = c->used && !c->holds; // a button that is down stays without effect
    c->used = c->ignored;
    c->waits = c->holds = false;
  }
}

void hand_leave(view *v) {
  dwell_dirty(v);
  hover(v, NULL);
  v->hand.dwells_on = NULL;
  v->hand.dwelt_id[0] = 0;
}

void hand_forget(view *v, const widget *gone) {
  hand *h = &v->hand;
  for (int i = 0; i < HAND_CONTACTS; i++)
    if (view_is_below(h->contacts[i].on, gone)) h->contacts[i].on = NULL;
  if (view_is_below(h->named, gone)) h->named = NULL;
  if (view_is_below(h->hovers, gone)) h->hovers = NULL;
  if (!view_is_below(h->dwells_on, gone)) return;
  memcpy(h->dwelt_id, h->dwells_on->id, sizeof h->dwelt_id);
  h->dwells_on = NULL;
}

static void draw_name(view *v, cairo_t *cr) {
  const widget *w = hand_named(v);
  const text_look look = {.style = TEXT_LABEL};
  const extent e = text_measure(v->text, look, w->label);
  rect r = {w->rect.x + (w->rect.w - e.w) / 2 - NAME_ROOM,
    w->rect.y - e.h - 2 * NAME_ROOM - 12, e.w + 2 * NAME_ROOM, e.h + 2 * NAME_ROOM};
  r.x = number_between(r.x, 4, fmax(4, v->width - r.w - 4));
  if (r.y < 4) r.y = w->rect.y + w->rect.h + 12;
  draw_round_fill(cr, r, 14, view_colour(v, TOKEN_INK));
  text_draw(v->text, cr, look, w->label, r.x + NAME_ROOM, r.y + NAME_ROOM,
    view_colour(v, TOKEN_SURFACE));
}

void hand_draw(view *v, cairo_t *cr) {
  const hand *h = &v->hand;
  if (hand_named(v)) draw_name(v, cr);
  if (!h->dwells_on || h->part <= 0) return;
  const double radius = at_pointer(h->dwells_on) ? 22 : h->dwells_on->radius + 9;
  draw_round_part(cr, dwell_ring(h), radius, 6, h->part, view_colour(v, TOKEN_FOCUS));
}
