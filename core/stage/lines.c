// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/lines.h"

#include "core/stage/stage.h"
#include "core/ui/draw.h"
#include "core/ui/say.h"
#include "core/ui/spoken.h"
#include "core/ui/view.h"

#include <math.h>

enum { PARTS = 32, STEPS = 16, POINTS = 24, ROUNDS = 2, LINE_SOURCE = 3, ROOM = 12 };

static bool steers(const stage *s);

static double x_of(const stage *s, int n) {
  return s->area->rect.x + s->area->rect.w * s->lines.at[n];
}

static double y_of(const stage *s, int n) {
  return s->area->rect.y + s->area->rect.h * s->lines.at[n];
}

// ---- The stroke

static void send(stage *s, phase what, double x, double y) {
  const pointer p = {.phase = what,
    .source = LINE_SOURCE,
    .tool = GESTO_SWITCH,
    .x = x,
    .y = y,
    .pressure = 0.5,
    .time_us = s->now_us};
  s->area->sort->point(s->area, &s->view, &p);
}

static void put_stroke(stage *s) {
  const double x1 = x_of(s, 1);
  const double y1 = y_of(s, 0);
  const double x2 = x_of(s, 3);
  const double y2 = y_of(s, 2);
  send(s, PHASE_DOWN, x1, y1);
  for (int i = 1; i <= POINTS; i++)
    send(s, PHASE_MOVE, x1 + (x2 - x1) * i / POINTS, y1 + (y2 - y1) * i / POINTS);
  send(s, PHASE_UP, x2, y2);
}

// ---- Steering

static void say_step(stage *s) {
  static const char *const words[] = {N_("Where it begins: up or down"),
    N_("Where it begins: left or right"), N_("Where it ends: up or down"),
    N_("Where it ends: left or right")};
  spoken_tell_words(&s->view, _(words[s->lines.step]));
}

// A line at the very edge is of no use for drawing: a choice there leaves.
static bool at_edge(const crossing *l) {
  return l->at[l->step] <= 0 || l->at[l->step] >= 1;
}

static bool choose(stage *s) {
  crossing *l = &s->lines;
  if (at_edge(l)) return false;
  l->rounds = 0;
  l->backwards = false;
  if (l->step == 3) put_stroke(s);
  l->step = (l->step + 1) % 4;
  // The end is looked for from the beginning, and the next beginning from the end.
  l->at[l->step] = l->step < 2 ? l->at[l->step + 2] : l->at[l->step - 2];
  say_step(s);
  return true;
}

// There and back; after two rounds without a choice the ring goes on.
static bool move(stage *s) {
  crossing *l = &s->lines;
  double *at = &l->at[l->step];
  const bool alone =
    s->access.scanning == SCANNING_ONE_SWITCH && s->access.pace == PACE_AUTO;
  *at += (l->backwards ? -1.0 : 1.0) / (alone ? PARTS : STEPS);
  if (*at >= 1) l->backwards = true;
  if (*at <= 0 && l->backwards) {
    l->backwards = false;
    l->rounds++;
  }
  *at = number_between(*at, 0, 1);
  if (at_edge(l)) spoken_tell_words(&s->view, _("Leave"));
  return l->rounds < ROUNDS;
}

static bool steer(void *data, bool chosen) {
  stage *s = data;
  if (!s->area || !s->live.here) return false;
  view_changed(&s->view, s->area);
  return chosen ? choose(s) : move(s);
}

static bool steers(const stage *s) { return s->view.steer == steer; }

bool lines_begin(stage *s) {
  if (!s->area || !s->live.here || s->input.paused) return false;
  s->lines = (crossing){.at = {0.5, 0.5, 0.5, 0.5}};
  s->lines.at[0] = 0;
  s->view.steer = steer;
  view_changed(&s->view, s->area);
  say_step(s);
  return true;
}

// ---- Seen

static void draw_one(const stage *s, cairo_t *cr, uint32_t rgb, int n, double width) {
  const rect r = s->area->rect;
  if (n % 2 == 0)
    draw_line(cr, r.x, y_of(s, n), r.x + r.w, y_of(s, n), width, rgb);
  else
    draw_line(cr, x_of(s, n), r.y, x_of(s, n), r.y + r.h, width, rgb);
}

static void draw_way_out(const stage *s, view *v, cairo_t *cr) {
  const text_look look = {.style = TEXT_LABEL};
  const extent e = text_measure(v->text, look, _("Leave"));
  const rect r = rect_grown(s->area->rect, -ROOM);
  const bool down = s->lines.step % 2 == 0;
  const double w = e.w + 2 * ROOM;
  const double h = e.h + 2 * ROOM;
  const double x = down ? r.x + (r.w - w) / 2 : x_of(s, s->lines.step) - w / 2;
  const double y = down ? y_of(s, s->lines.step) - h / 2 : r.y + (r.h - h) / 2;
  const rect in = {
    number_between(x, r.x, r.x + r.w - w), number_between(y, r.y, r.y + r.h - h), w, h};
  draw_round_fill(cr, in, 14, view_colour(v, TOKEN_FOCUS));
  text_draw(v->text, cr, look, _("Leave"), in.x + ROOM, in.y + ROOM,
    view_colour(v, TOKEN_SURFACE));
}

void lines_draw(widget *area, view *v, cairo_t *cr) {
  const stage *s = area->own;
  const crossing *l = &s->lines;
  if (!steers(s)) return;
  const uint32_t rgb = view_colour(v, TOKEN_FOCUS);
  cairo_save(cr);
  cairo_rectangle(cr, area->rect.x, area->rect.y, area->rect.w, area->rect.h);
  cairo_clip(cr);
  if (l->step >= 2) { // the stroke as it would be
    const double x = l->step == 3 ? x_of(s, 3) : x_of(s, 1);
    draw_line(cr, x_of(s, 1), y_of(s, 0), x, y_of(s, 2), 2, rgb);
    draw_disc(cr, x_of(s, 1), y_of(s, 0), 10, rgb);
  }
  if (l->step % 2) draw_one(s, cr, rgb, l->step - 1, 3);
  draw_one(s, cr, rgb, l->step, 6);
  if (at_edge(l)) draw_way_out(s, v, cr);
  cairo_restore(cr);
}
