// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/view.h"

#include "core/ui/draw.h"
#include "core/ui/focus.h"
#include "core/ui/layout.h"
#include "core/ui/over.h"
#include "core/ui/spoken.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void view_init(view *v, int32_t width_px, int32_t height_px, double scale) {
  *v = (view){.theme = theme_of(THEME_PAPER),
    .scale = number_between(scale, 1, 2),
    .text_scale = 1,
    .access = access_defaults(),
    .text = text_create()};
  view_resize(v, width_px, height_px);
}

void view_finish(view *v) {
  widget_destroy(v->over);
  widget_destroy(v->sheet);
  widget_destroy(v->root);
  text_destroy(v->text);
  shadow_finish(&v->shadow);
  *v = (view){0};
}

void view_resize(view *v, int32_t width_px, int32_t height_px) {
  v->width = width_px / v->scale;
  v->height = height_px / v->scale;
  dirty_resize(&v->dirty, width_px, height_px);
  v->placed = false;
}

void view_set_look(view *v, theme_name look, double scale, double text_scale) {
  const int32_t w = v->dirty.width;
  const int32_t h = v->dirty.height;
  v->theme = theme_of(look);
  v->scale = number_between(scale, 1, 2);
  v->text_scale = number_between(text_scale, 1, 2);
  text_set_scale(v->text, v->text_scale);
  view_resize(v, w, h);
}

void view_set_access(view *v, const access_settings *a, bool right_to_left) {
  v->access = *a;
  access_keep_within(&v->access);
  v->still = v->access.reduced_motion;
  v->scan.down_us = 0; // a press is over with what it meant
  v->target = v->access.target > 64 ? v->access.target : 0;
  v->right_to_left = right_to_left;
  text_set_reading(v->text, v->access.easy_reading, right_to_left);
  view_set_look(v, v->access.theme, v->scale, v->access.text_percent / 100.0);
}

static void forget_grips(view *v, const widget *gone) {
  for (int i = 0; i < VIEW_POINTERS; i++)
    if (view_is_below(v->grips[i].held, gone)) v->grips[i].held = NULL;
}

bool view_is_below(const widget *w, const widget *top) {
  while (w && w != top) w = w->parent;
  return w != NULL;
}

void view_forget(view *v, widget *w) {
  if (view_is_below(v->pressed, w)) view_lift(v, v->pressed_key);
  forget_grips(v, w);
  hand_forget(v, w);
  scan_forget(v, w);
  if (view_is_below(v->focus, w)) v->focus = NULL;
  if (!view_is_below(v->over_for, w)) return;
  v->over_for = NULL;
  over_away(v);
}

void view_remove(view *v, widget *w) {
  if (!w) return;
  view_forget(v, w);
  if (v->root == w) v->root = NULL;
  if (v->sheet == w) v->sheet = NULL;
  if (v->over == w) v->over = NULL;
  widget_destroy(w);
  view_moved(v);
}

void view_show(view *v, widget *root, const char *focus) {
  view_remove(v, v->sheet);
  view_remove(v, v->root);
  v->root = root;
  v->focus = focus ? widget_find(root, focus) : NULL;
  spoken_tell(v, v->focus);
  view_moved(v);
}

void view_show_sheet(view *v, widget *sheet, const char *focus) {
  view_let_go(v);
  if (sheet && !v->sheet)
    snprintf(v->beneath, sizeof v->beneath, "%s", v->focus ? v->focus->id : "");
  const bool comes_back = !sheet && v->sheet && v->root && v->beneath[0];
  view_remove(v, v->sheet);
  v->sheet = sheet;
  if (sheet) v->focus = focus ? widget_find(sheet, focus) : NULL;
  if (comes_back) {
    widget *w = widget_find(v->root, v->beneath);
    v->focus = w && widget_can_focus(w) ? w : NULL;
  }
  spoken_tell(v, v->focus);
  view_moved(v);
}

void view_dirty(view *v, rect r) {
  const double s = v->scale;
  const int32_t x = (int32_t)floor(r.x * s);
  const int32_t y = (int32_t)floor(r.y * s);
  dirty_add(&v->dirty,
    (dirty_rect){
      x, y, (int32_t)ceil((r.x + r.w) * s) - x, (int32_t)ceil((r.y + r.h) * s) - y});
}

void view_changed(view *v, const widget *w) {
  if (widget_shown(w)) view_dirty(v, rect_grown(w->rect, VIEW_RING_REACH));
}

void view_moved(view *v) {
  v->placed = false;
  v->scan.stale = true;
  dirty_add_all(&v->dirty);
}

// Where what stays above the sheet ends.
static double above(const view *v) {
  double top = 0;
  for (const widget *w = v->root; w; w = widget_after(v->root, w))
    if (widget_is(w, STATE_ABOVE)) top = fmax(top, w->rect.y + w->rect.h + 12);
  return top;
}

// Below that, to all edges of the window.
static void place_large(view *v) {
  const double top = above(v);
  layout_place(v->sheet, v, (rect){0, top, v->width, fmax(0, v->height - top)});
}

// Beside what opened it, towards the middle of the window, and below what stays above.
static void place_aside(view *v, const widget *by) {
  enum { MARGIN = 16, AWAY = 28, BROAD = 400 };
  const double wish = fmax(v->sheet->box.min_w, BROAD * v->text_scale);
  const double room = fmin(v->width - 2 * MARGIN, wish);
  const extent e = layout_measure(v->sheet, v, room);
  const double top = fmax(MARGIN, above(v));
  const double h = fmin(e.h, v->height - MARGIN - top);
  const rect r = by->rect;
  const double x = r.x + r.w / 2 < v->width / 2 ? r.x + r.w + AWAY : r.x - AWAY - e.w;
  const rect there = {number_between(x, MARGIN, v->width - MARGIN - e.w),
    number_between(r.y + (r.h - h) / 2, top, v->height - MARGIN - h), e.w, h};
  layout_place(v->sheet, v, rect_snapped(there, 1));
}

static void place_sheet(view *v) {
  widget *by = v->root && v->beneath[0] ? widget_find(v->root, v->beneath) : NULL;
  if (by && widget_is(v->sheet, STATE_ASIDE)) {
    place_aside(v, by);
    return;
  }
  if (v->sheet->box.grow > 0) {
    place_large(v);
    return;
  }
  const double room = fmin(v->width - 32, 640);
  const extent e = layout_measure(v->sheet, v, room);
  const double w = fmin(e.w, room);
  const double h = fmin(e.h, v->height - 16);
  layout_place(
    v->sheet, v, (rect){floor((v->width - w) / 2), floor((v->height - h) / 2), w, h});
}

void view_place(view *v) {
  if (v->placed) return;
  v->placed = true;
  if (v->root) layout_place(v->root, v, (rect){0, 0, v->width, v->height});
  if (v->sheet) place_sheet(v);
  const bool window = v->right_to_left != v->access.left_handed;
  if (v->root) layout_mirror(v->root, v->width, window, v->right_to_left);
  if (v->sheet) layout_mirror(v->sheet, v->width, window, v->right_to_left);
  if (!v->over) return;
  over_place(v);
  const double around = 2 * v->over->rect.x + v->over->rect.w; // it stays where it is
  layout_mirror(v->over, around, window, v->right_to_left);
}

uint32_t view_colour(const view *v, token which) { return theme_colour(v->theme, which); }

widget *view_top(const view *v) { return v->sheet ? v->sheet : v->root; }

static void draw_ground(const widget *w, view *v, cairo_t *cr) {
  const bool card = w->surface == SURFACE_CARD || w->surface == SURFACE_SHEET;
  if (card && v->theme->shadows) shadow_draw(&v->shadow, cr, w->rect, v->scale);
  token fill = w->fill;
  if (!fill && w->surface) fill = TOKEN_SURFACE;
  if (fill) draw_round_fill(cr, w->rect, w->radius, view_colour(v, fill));
  if (!w->surface) return;
  token edge = card ? TOKEN_LINE : TOKEN_CONTROL;
  if (w->edge) edge = w->edge;
  draw_round_border(cr, w->rect, w->radius, v->theme->border, view_colour(v, edge));
}

static void draw_tree(widget *w, view *v, cairo_t *cr, rect clip) {
  if (w->state & STATE_HIDDEN) return;
  if (!rect_meets(rect_grown(w->rect, SHADOW_REACH), clip)) return;
  if (w->fade > 0) cairo_push_group(cr);
  draw_ground(w, v, cr);
  if (w->sort->draw) w->sort->draw(w, v, cr);
  const bool scroll = w->sort->role == ROLE_SCROLL;
  if (scroll) {
    cairo_save(cr);
    const rect r = rect_grown(w->rect, 0);
    cairo_rectangle(cr, r.x, r.y, r.w, r.h);
    cairo_clip(cr);
    clip = rect_common(clip, r);
  }
  for (widget *c = w->first; c; c = c->next) draw_tree(c, v, cr, clip);
  if (v->focus == w && v->focus_shown) focus_draw_ring(v, w, cr);
  if (scroll) cairo_restore(cr);
  if (w->sort->draw_after) w->sort->draw_after(w, v, cr);
  if (w->fade <= 0) return;
  cairo_pop_group_to_source(cr);
  cairo_paint_with_alpha(cr, 1 - w->fade);
}

static void draw_veil(view *v, cairo_t *cr) {
  if (v->theme->solid || widget_is(v->sheet, STATE_ASIDE)) return;
  draw_colour_alpha(cr, view_colour(v, TOKEN_PAPER), 0.62);
  cairo_paint(cr);
}

static void paint_part(view *v, cairo_t *cr, dirty_rect part) {
  cairo_save(cr);
  cairo_rectangle(cr, part.x, part.y, part.w, part.h);
  cairo_clip(cr);
  draw_colour(cr, view_colour(v, TOKEN_PAPER));
  cairo_paint(cr);
  cairo_scale(cr, v->scale, v->scale);
  const rect clip = {
    part.x / v->scale, part.y / v->scale, part.w / v->scale, part.h / v->scale};
  if (v->root) draw_tree(v->root, v, cr, clip);
  if (v->sheet) {
    draw_veil(v, cr);
    for (widget *w = v->root; w; w = widget_after(v->root, w))
      if (widget_is(w, STATE_ABOVE)) draw_tree(w, v, cr, clip);
    draw_tree(v->sheet, v, cr, clip);
  }
  if (v->over) draw_tree(v->over, v, cr, clip);
  scan_draw(v, cr);
  hand_draw(v, cr);
  cairo_restore(cr);
}

void view_paint(view *v, cairo_surface_t *onto) {
  view_place(v);
  cairo_t *cr = cairo_create(onto);
  for (uint32_t i = 0; i < v->dirty.count; i++) paint_part(v, cr, v->dirty.rects[i]);
  cairo_destroy(cr);
  cairo_surface_flush(onto);
}
