// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/scan.h"

#include "core/ui/draw.h"
#include "core/ui/focus.h"
#include "core/ui/spoken.h"
#include "core/ui/widgets.h"

#include <math.h>

enum {
  FEW = 4,
  MANY = 8,
  LEAVE_MS = 1000,
  TAP_US = 120000,
  ROUNDS = 2,
  STEER_PARTS = 6,
  RING = 6
};

typedef struct run { // all that can be reached now, in the order of scanning
  widget *stops[FOCUS_STOPS];
  int group[FOCUS_STOPS]; // counted from 0, in order
  int count, groups;
} run;

// ---- Order and groups

static int rank(const widget *w) {
  for (; w; w = w->parent) {
    if (w->sort->role == ROLE_AREA) return 0;
    if (widget_is(w, STATE_FIRST)) return 1;
  }
  return 2;
}

static void put_in_order(const view *v, widget **found, int count, run *r) {
  r->count = 0;
  for (int wanted = 0; wanted < 3; wanted++)
    for (int i = 0; i < count; i++)
      if ((v->sheet || v->over ? 0 : rank(found[i])) == wanted)
        r->stops[r->count++] = found[i];
}

// The nearest box that is spoken of; a page's own scroll is none.
const widget *scan_group(const widget *w) {
  for (const widget *p = w->parent; p; p = p->parent)
    if (p->sort->role == ROLE_GROUP || p->sort->role == ROLE_AREA ||
      widget_is(p, STATE_FIRST))
      return p;
  return NULL;
}

static const widget *scroll_of(const widget *w) {
  while (w && w->sort->role != ROLE_SCROLL) w = w->parent;
  return w;
}

// What slides past something else is no row with it.
static bool same_row(const widget *one, const widget *other) {
  const rect a = one->rect;
  const rect b = other->rect;
  return scroll_of(one) == scroll_of(other) &&
    fabs(a.y + a.h / 2 - b.y - b.h / 2) < fmin(a.h, b.h) / 2;
}

static int members(const run *r, const widget *group) {
  int count = 0;
  for (int i = 0; i < r->count; i++) count += scan_group(r->stops[i]) == group;
  return count;
}

// What stands in no group, or in a large one, goes by rows.
static bool belong_together(const run *r, const widget *a, const widget *b) {
  const widget *group = scan_group(a);
  if (group != scan_group(b)) return false;
  const bool large =
    !group || (group->sort->role == ROLE_AREA && members(r, group) > MANY);
  return !large || same_row(a, b);
}

static void sort(run *r, bool flat) {
  r->groups = 0;
  for (int i = 0; i < r->count; i++) {
    if (i == 0 || flat || !belong_together(r, r->stops[i - 1], r->stops[i])) r->groups++;
    r->group[i] = r->groups - 1;
  }
}

static void gather(view *v, run *r) {
  widget *found[FOCUS_STOPS];
  view_place(v);
  put_in_order(v, found, focus_gather(v, v->over, found), r);
  sort(r, !v->access.groups_first || r->count <= FEW);
  if (r->groups == 1) sort(r, true);
}

static int place_of(const run *r, const widget *w) {
  for (int i = 0; i < r->count; i++)
    if (r->stops[i] == w) return i;
  return -1;
}

static int first_of(const run *r, int group) {
  int i = 0;
  while (i < r->count && r->group[i] < group) i++;
  return i;
}

static int size_of(const run *r, int group) {
  return first_of(r, group + 1) - first_of(r, group);
}

// ---- The ring

static bool around_group(const view *v, const run *r, int at) {
  const scan *s = &v->scan;
  return s->leaving || (!s->within && size_of(r, r->group[at]) > 1);
}

static void show_ring(view *v, const run *r, int at) {
  scan *s = &v->scan;
  view_dirty(v, rect_grown(s->ring, 4));
  rect ring = s->at->rect;
  if (around_group(v, r, at))
    for (int i = 0; i < r->count; i++)
      if (r->group[i] == r->group[at]) ring = rect_union(ring, r->stops[i]->rect);
  ring = rect_grown(ring, 9);
  s->radius = !around_group(v, r, at) && s->at->radius > 0 ? s->at->radius + 9 : 26;
  s->stale = false;
  s->ring = rect_common(ring, (rect){2, 2, v->width - 4, v->height - 4});
  view_dirty(v, rect_grown(s->ring, 4));
}

static void say_where(view *v, const run *r, int at) {
  const widget *group = scan_group(r->stops[at]);
  if (around_group(v, r, at) && group && group->label[0])
    spoken_tell_words(v, group->label);
  else
    spoken_tell(v, r->stops[at]);
}

static void stand(view *v, const run *r, int at) {
  v->scan.at = r->stops[at];
  scroll_show(v, v->scan.at);
  show_ring(v, r, at);
  say_where(v, r, at);
}

void scan_draw(view *v, cairo_t *cr) {
  const scan *s = &v->scan;
  if (v->access.scanning == SCANNING_OFF || !s->at || s->ring.w < 1) return;
  draw_round_border(cr, s->ring, s->radius, RING, view_colour(v, TOKEN_FOCUS));
}

void scan_begin_anew(view *v) {
  view_dirty(v, rect_grown(v->scan.ring, 4));
  v->scan.at = NULL;
  v->scan.within = v->scan.leaving = false;
  v->scan.ring = (rect){0};
  v->steer = NULL;
}

void scan_stay(view *v, widget *at, bool within) {
  v->scan.at = at;
  v->scan.within = within;
  v->scan.leaving = false;
  v->scan.stale = true;
}

void scan_forget(view *v, const widget *gone) {
  if (view_is_below(v->scan.at, gone)) scan_begin_anew(v);
}

// ---- Moving and choosing

static void to_groups(view *v, const run *r, int group) {
  v->scan.within = v->scan.leaving = false;
  v->scan.rounds = 0;
  stand(v, r, first_of(r, group % r->groups));
}

static void move_within(view *v, const run *r, int at) {
  scan *s = &v->scan;
  const bool last = at + 1 >= r->count || r->group[at + 1] != r->group[at];
  if (s->leaving) {
    s->leaving = false;
    if (++s->rounds == ROUNDS && v->access.pace == PACE_AUTO &&
      v->access.scanning == SCANNING_ONE_SWITCH)
      to_groups(v, r, r->group[at] + 1);
    else
      stand(v, r, first_of(r, r->group[at]));
  } else if (last) {
    s->leaving = true;
    stand(v, r, at);
  } else {
    stand(v, r, at + 1);
  }
}

// Until it moves by itself again.
static uint64_t pause_us(const view *v) {
  return (uint64_t)v->access.item_ms * 1000 / (v->steer ? STEER_PARTS : 1);
}

static void steer(view *v, bool chosen) {
  if (!v->steer(v->data, chosen)) v->steer = NULL;
}

static void move(view *v) {
  run r;
  if (v->steer) {
    steer(v, false);
    return;
  }
  gather(v, &r);
  if (r.count == 0) return;
  const int at = place_of(&r, v->scan.at);
  if (at < 0)
    to_groups(v, &r, 0);
  else if (v->scan.within)
    move_within(v, &r, at);
  else
    to_groups(v, &r, r.group[at] + 1);
}

// What a press alone does not serve is entered instead.
static void press(view *v, widget *w) {
  if (view_enter(v, w)) return;
  if (!v->over) focus_set(v, w);
  view_press_on(v, w, KEY_ENTER, 0);
}

// Afterwards the page may be another one.
static void choose(view *v) {
  run r;
  if (v->steer) {
    steer(v, true);
    return;
  }
  gather(v, &r);
  const int at = place_of(&r, v->scan.at);
  if (at < 0) return;
  if (v->scan.leaving) {
    to_groups(v, &r, r.group[at]);
  } else if (around_group(v, &r, at)) {
    v->scan.within = true;
    stand(v, &r, at);
  } else {
    v->scan.rounds = 0;
    if (!v->access.rest_on_last) scan_begin_anew(v);
    press(v, r.stops[at]);
  }
}

static void leave(view *v) {
  run r;
  v->steer = NULL;
  gather(v, &r);
  const int at = place_of(&r, v->scan.at);
  if (at >= 0) to_groups(v, &r, r.group[at]);
}

// ---- Switches and time

static uint64_t us(uint32_t ms) { return (uint64_t)ms * 1000; }

static bool steps(const view *v) { return v->access.pace == PACE_STEP; }

static bool two(const view *v) { return v->access.scanning == SCANNING_TWO_SWITCHES; }

// When a press that lasts does something: 0: it does at its end.
static uint64_t press_due(const view *v) {
  const uint64_t shortest = us(v->access.shortest_ms);
  if (two(v)) return shortest;
  if (steps(v)) return shortest + us(ACCESS_LONG_MS);
  return v->access.cancel_by_long ? shortest + us(LEAVE_MS) : shortest;
}

static void press_lasts(view *v, int which) {
  v->scan.spent = true;
  if (two(v) && which == 0)
    move(v);
  else if (!two(v) && !steps(v) && v->access.cancel_by_long)
    leave(v);
  else
    choose(v);
}

static void press_ends(view *v, uint64_t now_us) {
  scan *s = &v->scan;
  const bool counts = !s->spent && now_us - s->down_us >= us(v->access.shortest_ms);
  if (counts && steps(v) && !two(v)) move(v);
  if (counts && !steps(v) && !two(v)) choose(v);
  s->lift_us = v->pressed ? (s->spent ? now_us : now_us + TAP_US) : 0;
}

bool scan_switch(view *v, int which, bool down, uint64_t now_us) {
  scan *s = &v->scan;
  if (v->access.scanning == SCANNING_OFF) return false;
  scan_tick(v, now_us);
  if (down && !s->down_us) {
    s->which = which;
    s->down_us = now_us;
    s->spent = s->up_us && now_us - s->up_us < us(v->access.shortest_ms);
  } else if (!down && s->down_us && s->which == which) {
    press_ends(v, now_us);
    s->down_us = 0;
    s->up_us = now_us;
    s->due_us = now_us + pause_us(v);
  }
  scan_tick(v, now_us);
  return true;
}

static void by_itself(view *v, uint64_t now_us) {
  scan *s = &v->scan;
  if (two(v) || steps(v) || s->down_us || now_us < s->due_us) return;
  move(v);
  s->due_us = now_us + pause_us(v);
}

static uint64_t next_time(const view *v) {
  const scan *s = &v->scan;
  uint64_t next = SCAN_NEVER;
  if (s->lift_us) next = s->lift_us;
  if (s->down_us && !s->spent && s->down_us + press_due(v) < next)
    next = s->down_us + press_due(v);
  if (!two(v) && !steps(v) && !s->down_us && (s->at || v->steer) && s->due_us < next)
    next = s->due_us;
  return next;
}

static void settle(view *v, uint64_t now_us) {
  run r;
  if (v->steer) return;
  gather(v, &r);
  const int at = r.count ? place_of(&r, v->scan.at) : -1;
  if (at >= 0) { // it may have been laid out anew, or be alone by now
    if (size_of(&r, r.group[at]) == 1) v->scan.within = v->scan.leaving = false;
    show_ring(v, &r, at);
  } else if (r.count) {
    to_groups(v, &r, 0);
    v->scan.due_us = now_us + us(v->access.item_ms);
  } else {
    scan_begin_anew(v);
  }
}

uint64_t scan_tick(view *v, uint64_t now_us) {
  scan *s = &v->scan;
  if (v->access.scanning == SCANNING_OFF) return SCAN_NEVER;
  if (!s->at || s->stale) settle(v, now_us);
  if (s->lift_us && now_us >= s->lift_us) {
    s->lift_us = 0;
    view_lift(v, v->pressed_key);
  }
  if (s->down_us && !s->spent && now_us - s->down_us >= press_due(v))
    press_lasts(v, s->which);
  if (s->at || v->steer) by_itself(v, now_us);
  if (!s->at || s->stale) settle(v, now_us);
  return next_time(v);
}
