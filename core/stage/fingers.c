// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/fingers.h"

#include "core/stage/closer.h"
#include "core/stage/stage.h"

#include <math.h>

enum {
  TOGETHER_US = 150 * 1000, // two that come so close after each other are meant as two
  SLOWLY_US = 600 * 1000,   // the same for a hand that takes its time, if
  RESTS = 16,               // the first has not gone farther than this
  MEANT = 12,               // layout pixels that two go until the paper goes along
  MEANT_BY_PEN = 32,        // a palm that rolls beside a pen goes farther
  PINCH = 24,               // so much nearer or farther apart: it is no mere moving
};

static fingers_one *find(fingers *f, uint32_t source) {
  for (int i = 0; i < FINGERS_MOST; i++)
    if (f->all[i].down && f->all[i].source == source) return &f->all[i];
  return NULL;
}

static fingers_one *free_one(fingers *f) {
  for (int i = 0; i < FINGERS_MOST; i++)
    if (!f->all[i].down) return &f->all[i];
  return NULL;
}

static int count_down(const fingers *f) {
  int count = 0;
  for (int i = 0; i < FINGERS_MOST; i++) count += f->all[i].down;
  return count;
}

static fingers_one *another(fingers *f, const fingers_one *than) {
  for (int i = 0; i < FINGERS_MOST; i++)
    if (f->all[i].down && &f->all[i] != than) return &f->all[i];
  return NULL;
}

static double away(paper_place a, paper_place b) { return hypot(a.x - b.x, a.y - b.y); }

static paper_place middle(paper_place a, paper_place b) {
  return (paper_place){(a.x + b.x) / 2, (a.y + b.y) / 2};
}

static bool pen_is_used(const stage *s) {
  const fingers *f = &s->fingers;
  return f->pen_us && s->now_us - f->pen_us < FINGERS_PEN_US;
}

// ---- Two that hold the paper -------------------------------------------------------------

static void hold_from_here(stage *s) {
  fingers *f = &s->fingers;
  f->from = s->closer.view;
  f->at[0] = f->one->now;
  f->at[1] = f->other->now;
}

static void take_hold(stage *s, fingers_one *one, fingers_one *other) {
  fingers *f = &s->fingers;
  f->one = one;
  f->other = other;
  f->moves = f->pinches = false;
  hold_from_here(s);
}

static void carry(stage *s) {
  fingers *f = &s->fingers;
  const double before = fmax(away(f->at[0], f->at[1]), 1);
  const double now = fmax(away(f->one->now, f->other->now), 1);
  const paper_place from = middle(f->at[0], f->at[1]);
  const paper_place to = middle(f->one->now, f->other->now);
  if (!f->moves) {
    const double enough = pen_is_used(s) ? MEANT_BY_PEN : MEANT;
    if (away(from, to) < enough && fabs(now - before) < 2 * enough) return;
    f->moves = true;
    hold_from_here(s); // no jump
    return;
  }
  if (!f->pinches && fabs(now - before) > PINCH) {
    f->pinches = true;
    hold_from_here(s);
  } else if (input_is_touched(&s->input)) {
    hold_from_here(s); // a hand draws: the paper lies still
  } else {
    closer_carry(s, f->from, f->pinches ? now / before : 1, from, to);
  }
}

// ---- Each --------------------------------------------------------------------------------

// The first has drawn for no longer than it takes to put down a second.
static bool is_fresh(const stage *s, const fingers_one *first) {
  const uint64_t since = s->now_us - first->since_us;
  return since < TOGETHER_US ||
    (since < SLOWLY_US && away(first->first, first->now) < RESTS);
}

// Two take hold of the paper, unless the one draws already: then the other is passed over.
static void join(stage *s, fingers_one *new) {
  fingers_one *first = another(&s->fingers, new);
  new->quiet = true;
  if (!first->quiet && !is_fresh(s, first)) return;
  if (!first->quiet) {
    input_take_back(&s->input, GESTO_FINGER, SLOWLY_US, s->now_us);
    input_let_go_of(&s->input, GESTO_FINGER, s->now_us); // what the device says is older
  }
  first->quiet = true;
  take_hold(s, first, new);
}

static bool lift(fingers *f, fingers_one *one) {
  one->down = false;
  if (one == f->one || one == f->other) f->one = f->other = NULL;
  return one->quiet;
}

static bool put_down(stage *s, const pointer *p) {
  fingers *f = &s->fingers;
  fingers_one *before = find(f, p->source); // its UP was lost
  if (before) (void)lift(f, before);
  fingers_one *new = free_one(f);
  if (!new) return true;
  *new = (fingers_one){.down = true,
    .source = p->source,
    .first = {p->x, p->y},
    .now = {p->x, p->y},
    .since_us = s->now_us};
  const int count = count_down(f);
  new->quiet = count > 1 || pen_is_used(s);
  if (count == 2) join(s, new);
  return new->quiet;
}

bool fingers_take(stage *s, const pointer *p) {
  if (p->tool != GESTO_FINGER || !s->chosen || !s->chosen->canvas) return false;
  if (p->phase == PHASE_DOWN) return put_down(s, p);
  fingers *f = &s->fingers;
  fingers_one *one = find(f, p->source);
  if (!one) return false;
  if (p->phase != PHASE_MOVE) return lift(f, one);
  one->now = (paper_place){p->x, p->y};
  if (one == f->one || one == f->other) carry(s);
  return one->quiet;
}

void fingers_see_pen(stage *s, bool down) {
  fingers *f = &s->fingers;
  f->pen_us = s->now_us;
  if (!down) return;
  for (int i = 0; i < FINGERS_MOST; i++) f->all[i].quiet = true;
  f->one = f->other = NULL;
}

bool fingers_rest(stage *s, double x, double y) {
  if (!s->area || !rect_holds(s->area->rect, x, y)) return false;
  const widget *at = view_at(&s->view, x, y);
  return !at || (at == s->area && !(s->chosen && s->chosen->canvas));
}

void fingers_let_go(stage *s) {
  const uint64_t pen_us = s->fingers.pen_us;
  s->fingers = (fingers){.pen_us = pen_us};
}
