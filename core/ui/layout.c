// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/layout.h"

#include "core/ui/view.h"

#include <math.h>

enum { CHILDREN_MAX = 128 };

typedef struct line { // the visible children of one container and the room they get
  widget *items[CHILDREN_MAX];
  double w[CHILDREN_MAX], h[CHILDREN_MAX];
  int count;
} line;

static void gather(const widget *w, line *l) {
  l->count = 0;
  for (widget *c = w->first; c && l->count < CHILDREN_MAX; c = c->next)
    if (!(c->state & STATE_HIDDEN)) l->items[l->count++] = c;
}

static double pads_across(const widget *w) { return w->box.pad_left + w->box.pad_right; }
static double pads_down(const widget *w) { return w->box.pad_top + w->box.pad_bottom; }

static double gap_across(const widget *w) {
  return w->box.gap_across > 0 ? w->box.gap_across : w->box.gap;
}

static double gaps(const widget *w, int count) {
  return count > 1 ? w->box.gap * (count - 1) : 0;
}

// Those that grow share what the others leave; where there is too little, all that may
// get narrower do.
static void share_row(widget *w, view *v, line *l, double width) {
  double sum = gaps(w, l->count);
  double growers = 0;
  double soft = 0;
  for (int i = 0; i < l->count; i++) {
    widget *c = l->items[i];
    const bool grows = width > 0 && (c->box.grow > 0 || w->box.equal);
    l->w[i] = grows && !(c->box.w > 0) ? c->box.min_w : layout_measure(c, v, 0).w;
    if (grows)
      growers += w->box.equal ? 1 : c->box.grow;
    else if (!(c->box.w > 0))
      soft += l->w[i];
    sum += l->w[i];
  }
  if (width <= 0) {
    double widest = 0;
    for (int i = 0; i < l->count; i++) widest = fmax(widest, l->w[i]);
    for (int i = 0; i < l->count && w->box.equal; i++) l->w[i] = widest;
    return;
  }
  double left = width - sum;
  if (left < 0 && soft > 0) {
    const double keep = fmax(0, soft + left) / soft;
    for (int i = 0; i < l->count; i++) {
      const widget *c = l->items[i];
      if (c->box.grow > 0 || w->box.equal || c->box.w > 0) continue;
      l->w[i] = fmax(c->box.min_w, floor(l->w[i] * keep));
    }
    left = 0;
  }
  for (int i = 0; i < l->count && growers > 0 && left > 0; i++)
    l->w[i] += left * (w->box.equal ? 1 : l->items[i]->box.grow) / growers;
}

static extent measure_row(widget *w, view *v, double width) {
  line l;
  gather(w, &l);
  share_row(w, v, &l, width);
  extent all = {gaps(w, l.count), 0};
  for (int i = 0; i < l.count; i++) {
    all.w += l.w[i];
    all.h = fmax(all.h, layout_measure(l.items[i], v, l.w[i]).h);
  }
  return all;
}

static double column_width(const widget *w, widget *c, view *v, double width) {
  if (width <= 0) return 0;
  if (w->box.cross == CROSS_STRETCH)
    return c->box.max_w > 0 ? fmin(width, c->box.max_w) : width;
  return fmin(width, layout_measure(c, v, 0).w);
}

static extent measure_column(widget *w, view *v, double width) {
  line l;
  gather(w, &l);
  extent all = {0, gaps(w, l.count)};
  for (int i = 0; i < l.count; i++) {
    const extent e = layout_measure(l.items[i], v, column_width(w, l.items[i], v, width));
    all.w = fmax(all.w, e.w);
    all.h += e.h;
  }
  return all;
}

static int grid_columns(const widget *w) {
  return w->box.columns > 0 ? w->box.columns : 1;
}

static double cell_width(const widget *w, line *l, view *v, double width) {
  const int columns = grid_columns(w);
  if (width > 0) return (width - gaps(w, columns)) / columns;
  double widest = 0;
  for (int i = 0; i < l->count; i++)
    widest = fmax(widest, layout_measure(l->items[i], v, 0).w);
  return widest;
}

static double grid_row_height(view *v, line *l, int first, int columns, double cell) {
  double tallest = 0;
  for (int i = first; i < first + columns && i < l->count; i++)
    tallest = fmax(tallest, layout_measure(l->items[i], v, cell).h);
  return tallest;
}

static extent measure_grid(widget *w, view *v, double width) {
  line l;
  gather(w, &l);
  const int columns = grid_columns(w);
  const double cell = cell_width(w, &l, v, width);
  extent all = {cell * columns + gaps(w, columns), 0};
  for (int i = 0; i < l.count; i += columns)
    all.h += grid_row_height(v, &l, i, columns, cell) + (i ? gap_across(w) : 0);
  return all;
}

// Calls place for each child of lines that break where the width ends; returns the extent.
static extent run_wrap(widget *w, view *v, double width, rect at, bool place) {
  line l;
  gather(w, &l);
  double x = 0;
  double y = 0;
  double tallest = 0;
  double widest = 0;
  for (int i = 0; i < l.count; i++) {
    const extent natural = layout_measure(l.items[i], v, 0);
    const double iw = width > 0 ? fmin(natural.w, width) : natural.w;
    const double ih = layout_measure(l.items[i], v, iw).h;
    if (width > 0 && x > 0 && x + iw > width + 0.01) {
      x = 0;
      y += tallest + gap_across(w);
      tallest = 0;
    }
    if (place) layout_place(l.items[i], v, (rect){at.x + x, at.y + y, iw, ih});
    widest = fmax(widest, x + iw);
    tallest = fmax(tallest, ih);
    x += iw + w->box.gap;
  }
  return (extent){widest, y + tallest};
}

static extent measure_stack(widget *w, view *v, double width) {
  extent all = {0, 0};
  for (widget *c = w->first; c; c = c->next) {
    if (c->state & STATE_HIDDEN) continue;
    const extent e = layout_measure(c, v, width);
    all = (extent){fmax(all.w, e.w), fmax(all.h, e.h)};
  }
  return all;
}

static extent content(widget *w, view *v, double width) {
  if (w->sort->measure) return w->sort->measure(w, v, width);
  switch (w->box.flow) {
  case FLOW_ROW: return measure_row(w, v, width);
  case FLOW_GRID: return measure_grid(w, v, width);
  case FLOW_WRAP: return run_wrap(w, v, width, (rect){0}, false);
  case FLOW_STACK: return measure_stack(w, v, width);
  case FLOW_COLUMN: break;
  }
  return measure_column(w, v, width);
}

extent layout_measure(widget *w, view *v, double width) {
  if (w->box.w > 0) width = w->box.w;
  if (w->box.max_w > 0 && (width <= 0 || width > w->box.max_w)) {
    const extent free = content(w, v, 0);
    width = width <= 0 ? fmin(free.w + pads_across(w), w->box.max_w) : w->box.max_w;
  }
  const double inner = width > 0 ? fmax(1, width - pads_across(w)) : 0;
  const extent c = content(w, v, inner);
  const double least = w->sort->focusable ? v->target : 0;
  return (extent){
    fmax(least, w->box.w > 0 ? w->box.w : fmax(w->box.min_w, c.w + pads_across(w))),
    fmax(least, w->box.h > 0 ? w->box.h : fmax(w->box.min_h, c.h + pads_down(w)))};
}

static double cross_start(cross how, double start, double room, double size) {
  if (how == CROSS_MIDDLE) return start + floor((room - size) / 2);
  return how == CROSS_END ? start + room - size : start;
}

static void place_row(widget *w, view *v, rect in) {
  line l;
  gather(w, &l);
  share_row(w, v, &l, in.w);
  double used = gaps(w, l.count);
  for (int i = 0; i < l.count; i++) used += l.w[i];
  double x = in.x + (w->box.centred ? fmax(0, (in.w - used) / 2) : 0);
  for (int i = 0; i < l.count; i++) {
    const bool stretch = w->box.cross == CROSS_STRETCH;
    const double h = stretch ? in.h : layout_measure(l.items[i], v, l.w[i]).h;
    const double y = stretch ? in.y : cross_start(w->box.cross, in.y, in.h, h);
    layout_place(l.items[i], v, (rect){x, y, l.w[i], h});
    x += l.w[i] + w->box.gap;
  }
}

static void share_column(widget *w, view *v, line *l, rect in) {
  double left = in.h - gaps(w, l->count);
  double growers = 0;
  for (int i = 0; i < l->count; i++) {
    widget *c = l->items[i];
    l->w[i] = column_width(w, c, v, in.w);
    l->h[i] = layout_measure(c, v, l->w[i]).h;
    if (c->box.grow > 0 && c->sort->role == ROLE_SCROLL) l->h[i] = c->box.min_h;
    left -= l->h[i];
    growers += c->box.grow;
  }
  if (growers <= 0) return; // those that may grow are also those that may get shorter
  for (int i = 0; i < l->count; i++) {
    const box *b = &l->items[i]->box;
    l->h[i] = fmax(fmin(l->h[i], b->min_h), l->h[i] + left * b->grow / growers);
  }
}

static void place_column(widget *w, view *v, rect in) {
  line l;
  gather(w, &l);
  share_column(w, v, &l, in);
  double used = gaps(w, l.count);
  for (int i = 0; i < l.count; i++) used += l.h[i];
  double y = in.y + (w->box.centred ? fmax(0, floor((in.h - used) / 2)) : 0);
  for (int i = 0; i < l.count; i++) {
    const double x = cross_start(w->box.cross, in.x, in.w, l.w[i]);
    layout_place(l.items[i], v, (rect){x, y, l.w[i], l.h[i]});
    y += l.h[i] + w->box.gap;
  }
}

static void place_grid(widget *w, view *v, rect in) {
  line l;
  gather(w, &l);
  const int columns = grid_columns(w);
  const double cell = cell_width(w, &l, v, in.w);
  double y = in.y;
  for (int i = 0; i < l.count; i += columns) {
    const double h = grid_row_height(v, &l, i, columns, cell);
    for (int k = i; k < i + columns && k < l.count; k++)
      layout_place(
        l.items[k], v, (rect){in.x + (k - i) * (cell + w->box.gap), y, cell, h});
    y += h + gap_across(w);
  }
}

void layout_place(widget *w, view *v, rect there) {
  w->rect = there;
  const rect in = {there.x + w->box.pad_left, there.y + w->box.pad_top,
    fmax(0, there.w - pads_across(w)), fmax(0, there.h - pads_down(w))};
  if (w->sort->place) {
    w->sort->place(w, v, in);
    return;
  }
  switch (w->box.flow) {
  case FLOW_ROW: place_row(w, v, in); break;
  case FLOW_GRID: place_grid(w, v, in); break;
  case FLOW_WRAP: run_wrap(w, v, in.w, in, true); break;
  case FLOW_STACK:
    for (widget *c = w->first; c; c = c->next) layout_place(c, v, in);
    break;
  case FLOW_COLUMN: place_column(w, v, in); break;
  }
}

// `was` and `is`: the parent before and after; `turn`: its inside is mirrored.
static void mirror(widget *w, rect was, rect is, bool turn, bool reading) {
  const rect before = w->rect;
  const double from_left = before.x - was.x;
  w->rect.x = is.x + (turn ? was.w - from_left - before.w : from_left);
  if (w->box.sides == SIDES_READING) turn = reading;
  if (w->box.sides == SIDES_FIXED) turn = false;
  for (widget *c = w->first; c; c = c->next) mirror(c, before, w->rect, turn, reading);
}

void layout_mirror(widget *w, double width, bool window, bool reading) {
  const rect all = {0, 0, width, 0};
  if (window || reading) mirror(w, all, all, window, reading);
}

void layout_shift(widget *w, double dx, double dy) {
  for (widget *c = w->first; c; c = c->next) {
    c->rect.x += dx;
    c->rect.y += dy;
    layout_shift(c, dx, dy);
  }
}
