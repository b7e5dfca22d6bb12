// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/shadow.h"

#include "core/ui/draw.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const double radius = 24;

void shadow_finish(shadow *s) {
  if (s->patch) cairo_surface_destroy(s->patch);
  *s = (shadow){0};
}

static void blur_line(uint8_t *at, int count, int stride, int reach, uint8_t *spare) {
  int sum = 0;
  for (int i = -reach; i < count; i++) {
    if (i + reach < count) sum += at[(i + reach) * stride];
    if (i - reach - 1 >= 0) sum -= at[(i - reach - 1) * stride];
    if (i >= 0) spare[i] = (uint8_t)(sum / (2 * reach + 1));
  }
  for (int i = 0; i < count; i++) at[i * stride] = spare[i];
}

// Three box blurs come near enough to a Gaussian.
static void blur(cairo_surface_t *surface, int size, int reach) {
  uint8_t *bytes = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  uint8_t *spare = calloc(1, (size_t)size);
  if (!spare || reach < 1) {
    free(spare);
    return;
  }
  cairo_surface_flush(surface);
  for (int pass = 0; pass < 3; pass++) {
    for (int y = 0; y < size; y++) blur_line(bytes + y * stride, size, 1, reach, spare);
    for (int x = 0; x < size; x++) blur_line(bytes + x, size, stride, reach, spare);
  }
  cairo_surface_mark_dirty(surface);
  free(spare);
}

static cairo_surface_t *box(int size, double scale, double drop, double soft) {
  cairo_surface_t *a8 = cairo_image_surface_create(CAIRO_FORMAT_A8, size, size);
  cairo_t *cr = cairo_create(a8);
  const double edge = SHADOW_REACH * scale;
  draw_round_path(cr, (rect){edge, edge + drop * scale, size - 2 * edge, size - 2 * edge},
    radius * scale);
  cairo_fill(cr);
  cairo_destroy(cr);
  blur(a8, size, (int)lround(soft * scale / 3.2));
  return a8;
}

static void make(shadow *s, double scale) {
  shadow_finish(s);
  s->scale = scale;
  s->corner = (int)ceil((SHADOW_REACH + radius + 20) * scale);
  const int size = 2 * s->corner + 2;
  cairo_surface_t *near = box(size, scale, 1, 2);
  cairo_surface_t *far = box(size, scale, 6, 20);
  s->patch = cairo_image_surface_create(CAIRO_FORMAT_A8, size, size);
  cairo_t *cr = cairo_create(s->patch);
  cairo_set_source_rgba(cr, 0, 0, 0, 0.08);
  cairo_mask_surface(cr, near, 0, 0);
  cairo_set_source_rgba(cr, 0, 0, 0, 0.06);
  cairo_mask_surface(cr, far, 0, 0);
  cairo_destroy(cr);
  cairo_surface_destroy(near);
  cairo_surface_destroy(far);
}

typedef struct span {
  double to, size;  // where on the screen
  double from, cut; // where in the patch
} span;

static void spans(span out[3], double start, double length, int corner) {
  const double c = fmin(corner, floor(length / 2));
  out[0] = (span){start, c, 0, c};
  out[1] = (span){start + c, length - 2 * c, corner, 2};
  out[2] = (span){start + length - c, c, 2 * corner + 2 - c, c};
}

static void piece(shadow *s, cairo_t *cr, span x, span y) {
  if (x.size <= 0 || y.size <= 0) return;
  cairo_pattern_t *pattern = cairo_pattern_create_for_surface(s->patch);
  cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
  cairo_matrix_t m;
  cairo_matrix_init_translate(&m, x.from, y.from);
  cairo_matrix_scale(&m, x.cut / x.size, y.cut / y.size);
  cairo_matrix_translate(&m, -x.to, -y.to);
  cairo_pattern_set_matrix(pattern, &m);
  cairo_save(cr);
  cairo_rectangle(cr, x.to, y.to, x.size, y.size);
  cairo_clip(cr);
  cairo_mask(cr, pattern);
  cairo_restore(cr);
  cairo_pattern_destroy(pattern);
}

void shadow_draw(shadow *s, cairo_t *cr, rect r, double scale) {
  if (!s->patch || fabs(s->scale - scale) > 1e-9) make(s, scale);
  const rect out = rect_grown(r, SHADOW_REACH);
  span across[3];
  span down[3];
  spans(across, round(out.x * scale), round(out.w * scale), s->corner);
  spans(down, round(out.y * scale), round(out.h * scale), s->corner);
  cairo_save(cr);
  cairo_identity_matrix(cr);
  draw_colour(cr, 0x3C301E);
  for (int i = 0; i < 9; i++) piece(s, cr, across[i % 3], down[i / 3]);
  cairo_restore(cr);
}
