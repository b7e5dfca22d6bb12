// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/lens.h"

#include <math.h>

static const double CRISP = 3; // as large as this, each pixel shows as a square

lens lens_make(
  const paper_room *room, paper_view view, double paper_scale, double stage_scale) {
  view = paper_view_within(room, view);
  const double larger = paper_view_scale(room, view) * stage_scale / paper_scale;
  const double step = fmin(fmax(round(LENS_ONE / larger), 1), 1 << 24);
  const double paper_pixel = LENS_ONE / step; // in pixels of the stage
  return (lens){.step = (uint32_t)step,
    .left = round(room->area_w * stage_scale / 2 - view.x * paper_scale * paper_pixel),
    .top = round(room->area_h * stage_scale / 2 - view.y * paper_scale * paper_pixel),
    .stage_scale = stage_scale};
}

paper_place lens_find(const lens *l, double x, double y) {
  return (paper_place){(x * l->stage_scale - l->left) * l->step / LENS_ONE,
    (y * l->stage_scale - l->top) * l->step / LENS_ONE};
}

// How many pixels of the paper beside one its looks reach.
static double reach(const lens *l) {
  if (l->step == LENS_ONE || l->step * CRISP <= LENS_ONE) return 0;
  return 1 + floor((double)l->step / LENS_ONE);
}

stale_rect lens_damage(const lens *l, canvas_rect r) {
  const double more = reach(l);
  const double unit = (double)LENS_ONE / l->step / l->stage_scale;
  return (stale_rect){(float)(l->left / l->stage_scale + (r.x - more) * unit),
    (float)(l->top / l->stage_scale + (r.y - more) * unit),
    (float)((r.w + 2 * more) * unit), (float)((r.h + 2 * more) * unit)};
}

static cairo_filter_t filter_for(cairo_t *to) {
  double x = 1, y = 0;
  cairo_user_to_device_distance(to, &x, &y);
  if (fabs(x - 1) < 1e-6 || x >= CRISP - 1e-6) return CAIRO_FILTER_NEAREST;
  return x > 1 ? CAIRO_FILTER_BILINEAR : CAIRO_FILTER_GOOD;
}

void lens_paint(const lens *l, cairo_t *to, cairo_surface_t *paper) {
  const double larger = (double)LENS_ONE / l->step;
  cairo_save(to);
  cairo_scale(to, 1 / l->stage_scale, 1 / l->stage_scale);
  cairo_translate(to, l->left, l->top);
  cairo_scale(to, larger, larger);
  cairo_set_source_surface(to, paper, 0, 0);
  cairo_pattern_set_filter(cairo_get_source(to), filter_for(to));
  cairo_paint(to);
  cairo_restore(to);
}
