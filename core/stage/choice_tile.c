// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/choice_tile.h"

#include "core/base/beside.h"
#include "core/base/io.h"
#include "core/ui/choose.h"
#include "core/ui/draw.h"
#include "core/ui/path.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDE = 96, TALL = 32, SQUARE = 40, GAP = 2 }; // of what shows, layout pixels
enum { PIXELS_MOST = 512, FILE_MOST = 1 << 16 };     // of a file
enum { LINES_MOST = 1000, LINES_PIXELS = 96 };       // of what an exercise declares

// ---- The picture -------------------------------------------------------------------------

typedef struct bytes {
  const char *at;
  size_t left;
} bytes;

static cairo_status_t give(void *data, unsigned char *to, unsigned int length) {
  bytes *b = data;
  if (length > b->left) return CAIRO_STATUS_READ_ERROR;
  memcpy(to, b->at, length);
  b->at += length;
  b->left -= length;
  return CAIRO_STATUS_SUCCESS;
}

// Cairo reads a grey picture as red, green and blue.
static cairo_surface_t *mask_of(cairo_surface_t *grey) {
  const int w = cairo_image_surface_get_width(grey);
  const int h = cairo_image_surface_get_height(grey);
  cairo_surface_t *mask = cairo_image_surface_create(CAIRO_FORMAT_A8, w, h);
  const int from_stride = cairo_image_surface_get_stride(grey);
  const int to_stride = cairo_image_surface_get_stride(mask);
  const uint8_t *from = cairo_image_surface_get_data(grey);
  uint8_t *to = cairo_image_surface_get_data(mask);
  for (int y = 0; to && y < h; y++)
    for (int x = 0; x < w; x++) to[y * to_stride + x] = from[y * from_stride + 4 * x];
  cairo_surface_mark_dirty(mask);
  return mask;
}

static bool is_grey(cairo_surface_t *s) {
  return cairo_surface_status(s) == CAIRO_STATUS_SUCCESS &&
    cairo_image_surface_get_format(s) == CAIRO_FORMAT_RGB24 &&
    cairo_image_surface_get_width(s) <= PIXELS_MOST &&
    cairo_image_surface_get_height(s) <= PIXELS_MOST;
}

// A key comes from an exercise: it must not lead elsewhere.
static bool is_name(const char *word) {
  return word[0] && word[strspn(word, "abcdefghijklmnopqrstuvwxyz-")] == '\0';
}

cairo_surface_t *choice_tile_stroke(const char *brush) {
  char name[128];
  char path[4096];
  char *file = NULL;
  size_t size = 0;
  if (!is_name(brush)) return NULL;
  snprintf(name, sizeof name, "assets/brushes/%s.png", brush);
  if (beside_program(name, path, sizeof path) != OK ||
    io_load(AT_FDCWD, path, FILE_MOST, &file, &size) != OK)
    return NULL;
  bytes b = {file, size};
  cairo_surface_t *grey = cairo_image_surface_create_from_png_stream(give, &b);
  cairo_surface_t *mask = is_grey(grey) ? mask_of(grey) : NULL;
  cairo_surface_destroy(grey);
  free(file);
  return mask;
}

cairo_surface_t *choice_tile_lines(const char *lines) {
  if (!lines[0] || strlen(lines) > LINES_MOST) return NULL;
  cairo_surface_t *mask =
    cairo_image_surface_create(CAIRO_FORMAT_A8, LINES_PIXELS, LINES_PIXELS);
  cairo_t *cr = cairo_create(mask);
  cairo_scale(cr, LINES_PIXELS / 24.0, LINES_PIXELS / 24.0);
  cairo_set_line_width(cr, 1.2);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
  path_add(cr, lines);
  cairo_stroke(cr);
  cairo_destroy(cr);
  return mask;
}

// ---- The widget --------------------------------------------------------------------------

static extent picture_of(const widget *w) {
  if (!w->own) return (extent){0, -GAP};
  const int wide = cairo_image_surface_get_width(w->own);
  if (wide == cairo_image_surface_get_height(w->own)) return (extent){SQUARE, SQUARE};
  return (extent){WIDE, TALL};
}

static text_look look_of(const widget *w, double width) {
  const bool small = picture_of(w).w == SQUARE;
  text_look look = {.style = small ? TEXT_CAPTION : TEXT_LABEL};
  if (widget_is(w, STATE_SELECTED)) look.style = small ? TEXT_CAPTION_ON : TEXT_BUTTON_48;
  if (width > 0) look.width = width;
  look.align = ALIGN_MIDDLE;
  return look;
}

static extent measure_tile(widget *w, view *v, double width) {
  const extent name = text_measure(v->text, look_of(w, width), w->label);
  const extent picture = picture_of(w);
  return (extent){fmax(picture.w, name.w), picture.h + GAP + name.h};
}

static widget_colours tile_colours(const widget *w, const view *v) {
  const bool on = widget_is(w, STATE_SELECTED);
  const bool solid = v->theme->solid;
  uint32_t ground = view_colour(v, TOKEN_SURFACE);
  if (on) ground = view_colour(v, solid ? TOKEN_PRIMARY : TOKEN_PRIMARY_SOFT);
  if (widget_is(w, STATE_PRESSED))
    ground = draw_mix(ground, view_colour(v, TOKEN_INK), 0.08);
  return (widget_colours){view_colour(v, on && solid ? TOKEN_ON_PRIMARY : TOKEN_INK),
    ground, view_colour(v, on ? TOKEN_PRIMARY : TOKEN_CONTROL)};
}

static void draw_picture(const widget *w, cairo_t *cr, double y, uint32_t rgb) {
  const extent e = picture_of(w);
  cairo_save(cr);
  cairo_translate(cr, w->rect.x + (w->rect.w - e.w) / 2, y);
  cairo_scale(cr, e.w / cairo_image_surface_get_width(w->own),
    e.h / cairo_image_surface_get_height(w->own));
  draw_colour(cr, rgb);
  cairo_mask_surface(cr, w->own, 0, 0);
  cairo_restore(cr);
}

static void draw_tile(widget *w, view *v, cairo_t *cr) {
  const widget_colours c = tile_colours(w, v);
  const bool on = widget_is(w, STATE_SELECTED);
  const double left = w->rect.x + w->box.pad_left;
  const text_look look = look_of(w, w->rect.w - w->box.pad_left - w->box.pad_right);
  const extent name = text_measure(v->text, look, w->label);
  const double tall = picture_of(w).h + GAP + name.h;
  const double y = w->rect.y + floor((w->rect.h - tall) / 2);
  draw_round_fill(cr, w->rect, w->radius, c.ground);
  draw_round_border(
    cr, w->rect, w->radius, on ? v->theme->selected_border : v->theme->border, c.edge);
  if (w->own) draw_picture(w, cr, y, c.words);
  text_draw(v->text, cr, look, w->label, left, y + tall - name.h, c.words);
}

static void finish_tile(widget *w) {
  if (w->own) cairo_surface_destroy(w->own);
}

static const widget_sort tile_sort = {.role = ROLE_OPTION,
  .focusable = true,
  .measure = measure_tile,
  .draw = draw_tile,
  .point = choose_point,
  .press = choose_press,
  .colours = tile_colours,
  .finish = finish_tile};

widget *choice_tile_create(
  widget *parent, const char *id, const char *name, cairo_surface_t *mask) {
  widget *w = widget_create(&tile_sort, parent, id, name);
  w->own = mask;
  w->radius = 18;
  w->box.min_h = 72;
  w->box.min_w = 64;
  widget_pad(w, 6, 4);
  return w;
}
