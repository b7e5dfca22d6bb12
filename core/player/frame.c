// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/frame.h"

#include "core/base/clock.h"
#include "core/player/colours.h"
#include "core/player/paper.h"

#include <math.h>
#include <string.h>

enum { SIDE_MAX = 8192 };

result frame_open(frame *f, int fd) {
  *f = (frame){.fresh = true};
  result r = memory_map_open(&f->map, fd, true, FRAME_HEAD);
  if (r != OK) return r;
  const frame_head *head = f->map.bytes;
  f->width = head->width;
  f->height = head->height;
  bool good =
    f->width > 0 && f->height > 0 && f->width <= SIDE_MAX && f->height <= SIDE_MAX;
  if (good && f->map.size >= FRAME_BYTES(f->width, f->height)) return OK;
  frame_finish(f);
  return BAD_DATA;
}

void frame_finish(frame *f) {
  memory_map_close(&f->map);
  *f = (frame){.fresh = true};
}

// Pixels per unit. A frame that was not made for this stage shows all of it, smaller.
static double scale_for(const machine *m, double width, double height) {
  double scale = (double)m->scale;
  bool fits = fabs(width - (double)m->width * scale) < 1.5 &&
    fabs(height - (double)m->height * scale) < 1.5;
  return fits ? scale : fmin(width / (double)m->width, height / (double)m->height);
}

static uint32_t clamp(double value, uint32_t most) {
  if (value <= 0) return 0;
  return value >= most ? most : (uint32_t)value;
}

static page_rect to_pixels(stale_rect r, double scale, uint32_t width, uint32_t height) {
  uint32_t x = clamp(floor((double)r.x * scale), width);
  uint32_t y = clamp(floor((double)r.y * scale), height);
  uint32_t right = clamp(ceil(((double)r.x + (double)r.w) * scale), width);
  uint32_t bottom = clamp(ceil(((double)r.y + (double)r.h) * scale), height);
  return (page_rect){x, y, right - x, bottom - y};
}

static uint32_t collect(const frame *f, const machine *m, page_rect rects[PAGE_RECTS]) {
  if (m->stale.all || f->fresh) {
    rects[0] = (page_rect){0, 0, f->width, f->height};
    return 1;
  }
  double scale = scale_for(m, f->width, f->height);
  uint32_t count = 0;
  for (uint32_t i = 0; i < m->stale.count; i++) {
    page_rect r = to_pixels(m->stale.rects[i], scale, f->width, f->height);
    if (r.w > 0 && r.h > 0) rects[count++] = r;
  }
  return count;
}

static void fill_ground(cairo_t *cr, uint32_t rgb) {
  cairo_set_source_rgb(
    cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
  cairo_paint(cr);
  cairo_set_source_rgb(cr, 0, 0, 0);
}

void frame_draw_parts(
  machine *m, cairo_surface_t *to, const page_rect *rects, uint32_t count) {
  cairo_t *cr = cairo_create(to);
  for (uint32_t i = 0; i < count; i++) {
    cairo_rectangle(cr, rects[i].x, rects[i].y, rects[i].w, rects[i].h);
  }
  cairo_clip(cr);
  fill_ground(cr, colours_find("surface", m->look_flags));
  double scale =
    scale_for(m, cairo_image_surface_get_width(to), cairo_image_surface_get_height(to));
  cairo_scale(cr, scale, scale);
  gesto_frame shown = {.size = sizeof shown,
    .width = m->width,
    .height = m->height,
    .text_scale = m->text_scale,
    .look = m->look_flags};
  m->reading = true;
  uint64_t entered = machine_enter(m, BUSY_DRAW);
  m->setup.of->entry.draw(m->self, cr, &shown);
  machine_leave(m, entered);
  m->reading = false;
  cairo_destroy(cr);
  cairo_surface_flush(to);
}

static void commit(
  player_page *page, const machine *m, const page_rect *rects, uint32_t count) {
  memcpy(page->rects, rects, count * sizeof *rects);
  atomic_store(&page->rect_count, count);
  atomic_store(&page->commit_seq, m->seq);
  atomic_fetch_add(&page->commit, 1);
  atomic_fetch_add(&page->commit_bell, 1);
  futex_wake(&page->commit_bell);
}

// The driver shows first and looks at awaits_shown then: here it is the other way round, so
// that one of the two sees it.
static bool is_shown(const frame *f, const machine *m, player_page *page) {
  const bool more =
    f->fresh || stale_any(&m->stale) || m->seq != atomic_load(&page->commit_seq);
  atomic_store(&page->awaits_shown, more);
  return atomic_load(&page->shown) == atomic_load(&page->commit);
}

bool frame_draw(frame *f, machine *m, player_page *page) {
  if (!f->map.bytes || !m->self || !is_shown(f, m, page)) return false;
  if (m->paper) paper_refresh(m->paper, &m->stale);
  if (!f->fresh && !stale_any(&m->stale)) return false;
  page_rect rects[PAGE_RECTS];
  uint32_t count = collect(f, m, rects);
  stale_clear(&m->stale);
  if (count == 0) return false;
  cairo_surface_t *to =
    cairo_image_surface_create_for_data((unsigned char *)f->map.bytes + FRAME_HEAD,
      CAIRO_FORMAT_RGB24, (int)f->width, (int)f->height, (int)f->width * 4);
  frame_draw_parts(m, to, rects, count);
  cairo_surface_destroy(to);
  commit(page, m, rects, count);
  f->fresh = false;
  return true;
}
