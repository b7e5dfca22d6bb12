// SPDX-License-Identifier: GPL-3.0-or-later
// A simple figure, seen from the front. What moves is ochre; paler copies show where it has
// been, dots where it may go.
#include "move.h"

#include <cairo.h>
#include <math.h>

typedef struct pose {           // everything at rest: 0
  double left, right;           // arms, 0 hanging .. 1 up
  double wide_left, wide_right; // reaching out sideways
  double shoulders, turn, lean, open, foot_left, foot_right;
} pose;

typedef struct pencil {
  cairo_t *to;
  uint32_t body, part; // colours
  uint32_t way;
} pencil;

static void ink(const pencil *p, uint32_t rgb, double alpha) {
  cairo_set_source_rgba(p->to, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0,
    (rgb & 255) / 255.0, alpha);
}

// How far the movement is, 0..1, and to which side, -1..1.
static pose pose_at(uint32_t moves, double far, double side) {
  switch (moves) {
  case MOVE_ARMS: return (pose){.left = far, .right = far};
  case MOVE_REACH_LEFT: return (pose){.wide_left = far, .lean = -0.25 * far};
  case MOVE_REACH_RIGHT: return (pose){.wide_right = far, .lean = 0.25 * far};
  case MOVE_SHOULDERS: return (pose){.shoulders = far, .open = 1 - far};
  case MOVE_HEAD: return (pose){.turn = side};
  case MOVE_HANDS: return (pose){.open = far, .left = 0.25, .right = 0.25};
  case MOVE_SWAY: return (pose){.lean = side * 0.6};
  case MOVE_FEET: return (pose){.foot_left = fmax(0, side), .foot_right = fmax(0, -side)};
  default: return (pose){.open = 0.5};
  }
}

static pose pose_in_time(const step *s, double progress) {
  double turn = 2 * M_PI * progress * s->times;
  return pose_at(s->moves, 0.5 - 0.5 * cos(turn), sin(turn));
}

// One arm from the shoulder; `side` -1 left, 1 right.
static void arm_path(const pencil *p, const pose *q, double side, double hand[2]) {
  double up = side < 0 ? q->left : q->right,
         wide = side < 0 ? q->wide_left : q->wide_right;
  double lift = 0.06 * q->shoulders, lean = 0.25 * q->lean;
  double x = side * 0.27 + lean, y = -0.06 - lift;
  double angle = 0.12 + up * 2.25 + wide * 1.45; // from hanging straight down
  double reach = 0.62 - 0.05 * sin(angle);
  double bend = angle + 0.35 * (1 - up);
  hand[0] = x + side * reach * sin(angle);
  hand[1] = y + reach * cos(angle);
  cairo_move_to(p->to, x, y);
  cairo_curve_to(p->to, x + side * 0.22 * sin(bend), y + 0.22 * cos(bend),
    x + side * 0.45 * sin(bend), y + 0.42 * cos(bend), hand[0], hand[1]);
}

static void draw_arm(
  const pencil *p, const pose *q, double side, double alpha, bool moving) {
  double hand[2];
  ink(p, moving ? p->part : p->body, alpha);
  cairo_set_line_width(p->to, 0.13);
  cairo_new_path(p->to);
  arm_path(p, q, side, hand);
  cairo_stroke(p->to);
  cairo_arc(p->to, hand[0], hand[1], 0.05 + 0.05 * q->open, 0, 2 * M_PI);
  cairo_fill(p->to);
}

static void draw_legs(const pencil *p, const pose *q, bool moving) {
  for (int side = -1; side <= 1; side += 2) {
    double lift = side < 0 ? q->foot_left : q->foot_right;
    ink(p, moving ? p->part : p->body, 1);
    cairo_set_line_width(p->to, 0.16);
    if (p->way == SEATED) {
      cairo_move_to(p->to, side * 0.14, 0.5);
      cairo_line_to(p->to, side * 0.24, 0.6 - 0.06 * lift);
      cairo_line_to(p->to, side * 0.24, 0.86 - 0.14 * lift);
    } else {
      cairo_move_to(p->to, side * 0.12, 0.48);
      cairo_line_to(p->to, side * 0.15, 0.68 - 0.04 * lift);
      cairo_line_to(p->to, side * 0.15, 0.9 - 0.12 * lift);
    }
    cairo_stroke(p->to);
  }
}

static void draw_trunk(const pencil *p, const pose *q, bool moving) {
  double lean = 0.25 * q->lean, lift = 0.06 * q->shoulders;
  ink(p, moving ? p->part : p->body, 1);
  cairo_move_to(p->to, -0.28 + lean, -0.1 - lift);
  cairo_curve_to(p->to, -0.14 + lean, -0.17 - lift, 0.14 + lean, -0.17 - lift,
    0.28 + lean, -0.1 - lift);
  cairo_curve_to(p->to, 0.28 + lean, 0.12, 0.18, 0.25, 0.21, 0.5);
  cairo_line_to(p->to, -0.21, 0.5);
  cairo_curve_to(p->to, -0.18, 0.25, -0.28 + lean, 0.12, -0.28 + lean, -0.1 - lift);
  cairo_close_path(p->to);
  cairo_fill(p->to);
}

static void draw_head(const pencil *p, const pose *q, double alpha, bool moving) {
  double x = 0.36 * q->lean + 0.05 * q->turn;
  ink(p, moving ? p->part : p->body, alpha);
  cairo_set_line_width(p->to, 0.13);
  cairo_move_to(p->to, 0.25 * q->lean, -0.1);
  cairo_line_to(p->to, x, -0.24);
  cairo_stroke(p->to);
  cairo_save(p->to);
  cairo_translate(p->to, x, -0.4);
  cairo_scale(p->to, 0.145, 0.18);
  cairo_arc(p->to, 0, 0, 1, 0, 2 * M_PI);
  cairo_fill(p->to);
  if (fabs(q->turn) > 0.02 && alpha == 1) { // the nose says where it looks
    cairo_arc(p->to, 0.95 * q->turn, 0.1, 0.22, 0, 2 * M_PI);
    cairo_fill(p->to);
  }
  cairo_restore(p->to);
}

static bool arms_move(uint32_t moves, double side) {
  return moves == MOVE_ARMS || (moves == MOVE_REACH_LEFT && side < 0) ||
    (moves == MOVE_REACH_RIGHT && side > 0) || moves == MOVE_HANDS;
}

// Where the hands may go from here.
static void draw_dots(const pencil *p, const step *s, const pose *now) {
  for (int side = -1; side <= 1; side += 2) {
    if (!arms_move(s->moves, side) || s->moves == MOVE_HANDS) continue;
    double here = side < 0 ? now->left + now->wide_left : now->right + now->wide_right;
    if (here >= 0.95) continue;
    uint32_t dots = (uint32_t)((1 - here - 0.04) / 0.08);
    for (uint32_t i = 0; i < dots; i++) {
      double far = fmin(1, here + 0.12 + 0.08 * i);
      pose q = pose_at(s->moves, far, 0);
      double hand[2];
      cairo_new_path(p->to);
      arm_path(p, &q, side, hand);
      cairo_new_path(p->to);
      ink(p, p->part, 0.8);
      cairo_arc(p->to, hand[0], hand[1], 0.012, 0, 2 * M_PI);
      cairo_fill(p->to);
    }
  }
}

static void draw_copies(const pencil *p, const step *s, double progress) {
  for (int back = 4; back >= 1; back--) {
    double then = progress - back * 0.055 / s->times;
    if (then < 0) continue;
    pose q = pose_in_time(s, then);
    double alpha = 0.3 - 0.055 * back;
    for (int side = -1; side <= 1; side += 2)
      if (arms_move(s->moves, side)) draw_arm(p, &q, side, alpha, true);
    if (s->moves == MOVE_HEAD) draw_head(p, &q, alpha, true);
  }
}

static void draw_body(const pencil *p, const step *s, const pose *q) {
  if (p->way == SEATED) { // the chair, lightly
    ink(p, p->body, 0.25);
    cairo_set_line_width(p->to, 0.05);
    cairo_move_to(p->to, -0.36, 0.62);
    cairo_line_to(p->to, 0.36, 0.62);
    cairo_stroke(p->to);
  }
  draw_legs(p, q, s->moves == MOVE_FEET);
  draw_trunk(p, q, s->moves == MOVE_SWAY || s->moves == MOVE_SHOULDERS);
  draw_head(p, q, 1, s->moves == MOVE_HEAD);
  for (int side = -1; side <= 1; side += 2)
    draw_arm(p, q, side, 1, arms_move(s->moves, side));
}

// A hand with fingers that open; `side` -1 left, 1 right.
static void draw_hand(
  const pencil *p, double x, double y, double side, double open, double alpha) {
  static const double spread[4] = {-0.42, -0.15, 0.12, 0.4};
  ink(p, p->part, alpha);
  cairo_set_line_width(p->to, 0.085);
  cairo_arc(p->to, x, y, 0.17, 0, 2 * M_PI);
  cairo_fill(p->to);
  for (uint32_t i = 0; i < 4; i++) {
    double a = spread[i] * (0.5 + 0.7 * open), reach = 0.22 + 0.2 * open;
    cairo_move_to(p->to, x + 0.12 * sin(spread[i]), y - 0.1);
    cairo_line_to(
      p->to, x + reach * sin(a) + 0.1 * sin(spread[i]), y - 0.08 - reach * cos(a));
    cairo_stroke(p->to);
  }
  double thumb = 0.9 + 0.4 * open;
  cairo_move_to(p->to, x - side * 0.1, y);
  cairo_line_to(p->to, x - side * 0.3 * sin(thumb), y - 0.3 * cos(thumb) - 0.02);
  cairo_stroke(p->to);
}

static void draw_hands(const pencil *p, const step *s, double progress, double alpha) {
  double turn = 2 * M_PI * progress * s->times;
  double far = s->moves == MOVE_REST ? 0.5 : 0.5 - 0.5 * cos(turn), swing = sin(turn);
  for (int side = -1; side <= 1; side += 2) {
    double lift = 0, open = far, move_x = 0;
    if (s->moves == MOVE_ARMS) lift = 0.45 * far, open = 0.6;
    if (s->moves == MOVE_FEET) lift = 0.16 * fmax(0, side * -swing), open = 0.5;
    if (s->moves == MOVE_SWAY || s->moves == MOVE_HEAD) move_x = 0.12 * swing, open = 0.5;
    bool other = (s->moves == MOVE_REACH_LEFT && side > 0) ||
      (s->moves == MOVE_REACH_RIGHT && side < 0);
    draw_hand(p, side * 0.36 + move_x, 0.28 - lift, side, other ? 0.3 : open, alpha);
  }
}

void figure_draw(const move *m, cairo_t *to, double progress, bool still) {
  const step *s = move_step(m);
  pencil p = {.to = to,
    .way = m->now.way,
    .body = m->host->colour(m->host, "ink"),
    .part = m->host->colour(m->host, "ochre")};
  double shown = still ? 0.25 / s->times : progress;
  cairo_set_line_cap(to, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(to, CAIRO_LINE_JOIN_ROUND);
  if (p.way == HANDS) {
    for (int back = 3; back >= 1 && !still; back--)
      if (progress * s->times > back * 0.06)
        draw_hands(&p, s, progress - back * 0.06 / s->times, 0.26 - 0.06 * back);
    draw_hands(&p, s, shown, 1);
    return;
  }
  pose now = pose_in_time(s, shown);
  if (!still) draw_copies(&p, s, progress);
  draw_dots(&p, s, &now);
  draw_body(&p, s, &now);
}
