// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/told.h"

#include "core/ui/draw.h"
#include "core/ui/say.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { SIDE = 60, DOT = 6, INSET = 9 };

static const char *part(const json_t *line, size_t i) {
  const char *words = json_string_value(json_array_get(line, i));
  return words ? words : "";
}

const char *told_line(const json_t *told, const char *label) {
  size_t i = 0;
  json_t *line = NULL;
  json_array_foreach(json_object_get(told, "told"), i, line) {
    if (strcmp(part(line, 0), label) == 0) return part(line, 1);
  }
  return "";
}

// ---- The square

typedef struct spot {
  bool known;
  double x, y; // layout pixels
} spot;

static spot spot_of(const widget *w, size_t which) {
  const json_t *points = json_object_get(w->data, "points");
  const json_t *at = json_array_get(points, which);
  const double room = w->rect.w - 2 * INSET;
  if (json_array_size(at) != 2) return (spot){0};
  const double x = number_between(json_number_value(json_array_get(at, 0)), -1, 1);
  const double y = number_between(json_number_value(json_array_get(at, 1)), -1, 1);
  return (spot){
    true, w->rect.x + INSET + room * (1 + x) / 2, w->rect.y + INSET + room * (1 - y) / 2};
}

static void draw_axes(const widget *w, view *v, cairo_t *cr) {
  const double dashes[] = {1, 4};
  cairo_save(cr);
  cairo_set_dash(cr, dashes, 2, 0);
  const rect r = w->rect;
  draw_line(cr, r.x + r.w / 2, r.y + 6, r.x + r.w / 2, r.y + r.h - 6, 1,
    view_colour(v, TOKEN_CONTROL));
  draw_line(cr, r.x + 6, r.y + r.h / 2, r.x + r.w - 6, r.y + r.h / 2, 1,
    view_colour(v, TOKEN_CONTROL));
  cairo_restore(cr);
}

static void draw_points(const widget *w, view *v, cairo_t *cr) {
  const spot from = spot_of(w, 0);
  const spot to = spot_of(w, 1);
  draw_round_fill(cr, w->rect, 14, view_colour(v, TOKEN_SURFACE));
  draw_round_border(cr, w->rect, 14, v->theme->border, view_colour(v, TOKEN_CONTROL));
  draw_axes(w, v, cr);
  if (from.known && to.known)
    draw_line(cr, from.x, from.y, to.x, to.y, 2, view_colour(v, TOKEN_INK));
  if (to.known) draw_disc(cr, to.x, to.y, DOT, view_colour(v, TOKEN_PRIMARY));
  if (!from.known) return;
  draw_disc(cr, from.x, from.y, DOT, view_colour(v, TOKEN_INK));
  draw_disc(cr, from.x, from.y, DOT - 2, view_colour(v, TOKEN_SURFACE));
}

void told_points(widget *parent, const char *id, const json_t *told) {
  const json_t *points = json_object_get(told, "points");
  const bool arriving = json_is_array(json_array_get(points, 0));
  const bool leaving = json_is_array(json_array_get(points, 1));
  if (!arriving && !leaving) return;
  char label[512];
  const char *words[2] = {told_line(told, "Arriving"), told_line(told, "Leaving")};
  snprintf(label, sizeof label, _("Arriving: %s. Leaving: %s."),
    words[0][0] ? words[0] : "-", words[1][0] ? words[1] : "-");
  widget *w = picture_create(parent, id, label, draw_points);
  w->box.w = w->box.h = SIDE;
  w->data = (json_t *)told;
}

// ---- The lines

void told_lines(widget *parent, const char *id, const json_t *told) {
  size_t i = 0;
  json_t *line = NULL;
  json_array_foreach(json_object_get(told, "told"), i, line) {
    char name[96];
    snprintf(name, sizeof name, "%.40s-%zu", id, i);
    widget *row = row_create(parent, name, 12);
    row->box.cross = CROSS_START;
    snprintf(name, sizeof name, "%.40s-%zu-label", id, i);
    label_create(row, name, TEXT_SMALL, _(part(line, 0)))->box.w = 350;
    snprintf(name, sizeof name, "%.40s-%zu-words", id, i);
    widget *words = label_create(row, name, TEXT_SMALL, part(line, 1));
    words->words = TOKEN_INK;
    words->box.grow = 1;
  }
}
