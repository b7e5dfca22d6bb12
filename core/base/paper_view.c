// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/paper_view.h"

#include <math.h>

enum { MARGIN = 96 }; // units of the area that may show beside a paper that is closer
static const double LEAST = 1.01; // what is less close than this is the whole paper

static double fit_of(const paper_room *room) {
  return fmin(room->area_w / room->paper_w, room->area_h / room->paper_h);
}

static double within(double value, double low, double high) {
  return value >= low ? fmin(value, high) : low; // not a number: low
}

// `half` of what shows of it on this axis, and the margin, in units of the paper.
static double kept(double middle, double paper, double half, double margin) {
  if (2 * half >= paper) return paper / 2;
  const double least = fmin(half - margin, paper / 2);
  return within(middle, least, paper - least);
}

paper_view paper_view_within(const paper_room *room, paper_view wish) {
  const double zoom = within(wish.zoom, 1, PAPER_VIEW_CLOSEST);
  const paper_view v = {.zoom = zoom < LEAST ? 1 : zoom};
  const double scale = paper_view_scale(room, v);
  // It grows with the zoom, so that the way back to the whole paper has no jump in it.
  const double margin = MARGIN / scale * fmin(1, v.zoom - 1);
  return (paper_view){v.zoom,
    kept(wish.x, room->paper_w, room->area_w / scale / 2, margin),
    kept(wish.y, room->paper_h, room->area_h / scale / 2, margin)};
}

bool paper_view_is_whole(paper_view view) { return !(view.zoom >= LEAST); }

double paper_view_scale(const paper_room *room, paper_view view) {
  return fit_of(room) * view.zoom;
}

paper_place paper_view_find(const paper_room *room, paper_view view, paper_place at) {
  const double scale = paper_view_scale(room, view);
  return (paper_place){view.x + (at.x - room->area_w / 2) / scale,
    view.y + (at.y - room->area_h / 2) / scale};
}

paper_view paper_view_zoomed(
  const paper_room *room, paper_view view, double factor, paper_place at) {
  view = paper_view_within(room, view);
  const paper_place held = paper_view_find(room, view, at);
  view.zoom = within(view.zoom * factor, 1, PAPER_VIEW_CLOSEST);
  const paper_place now = paper_view_find(room, view, at);
  view.x += held.x - now.x;
  view.y += held.y - now.y;
  return paper_view_within(room, view);
}

paper_view paper_view_moved(
  const paper_room *room, paper_view view, double dx, double dy) {
  view = paper_view_within(room, view);
  const double scale = paper_view_scale(room, view);
  view.x -= dx / scale;
  view.y -= dy / scale;
  return paper_view_within(room, view);
}
