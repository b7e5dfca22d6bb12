// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/live.h"

#include <string.h>

enum { SIDE_MAX = 8192 };

static player_page *page_of(const live *l) { return l->page.bytes; }

static result map_frame(live *l, int fd) {
  memory_map map = {0};
  const result r = memory_map_open(&map, fd, false, sizeof(frame_head));
  if (r != OK) return r;
  frame_head head;
  memcpy(&head, map.bytes, sizeof head);
  if (head.width == 0 || head.height == 0 || head.width > SIDE_MAX ||
    head.height > SIDE_MAX || map.size < FRAME_BYTES(head.width, head.height)) {
    memory_map_close(&map);
    return BAD_DATA;
  }
  memory_map_close(&l->frame);
  l->frame = map;
  l->width = head.width;
  l->height = head.height;
  l->fresh = true;
  return OK;
}

result live_begin(live *l, uint32_t creation, int page_fd, int frame_fd, uint32_t event) {
  live_lose(l);
  l->creation = creation;
  result r = memory_map_open(&l->page, page_fd, true, sizeof(player_page));
  if (r == OK) r = map_frame(l, frame_fd);
  if (r != OK) {
    live_lose(l);
    return r;
  }
  l->here = true;
  l->passed_over = 0;
  l->bells_told = 0;
  if (event && !waiter_start_bell(&l->bell, &page_of(l)->commit_bell, event)) {
    live_lose(l);
    return FAILED;
  }
  return OK;
}

result live_set_frame(live *l, int frame_fd) {
  if (!l->here) return NOT_NOW;
  const result r = map_frame(l, frame_fd);
  if (r == OK) l->passed_over = atomic_load(&page_of(l)->commit);
  return r;
}

void live_lose(live *l) {
  waiter_stop(&l->bell);
  memory_map_close(&l->page);
  memory_map_close(&l->frame);
  l->page = l->frame = (memory_map){0};
  l->here = false;
}

void live_finish(live *l) {
  live_lose(l);
  if (l->kept) cairo_surface_destroy(l->kept);
  *l = (live){0};
}

static page_rect clamped(page_rect r, uint32_t width, uint32_t height) {
  if (r.x >= width || r.y >= height) return (page_rect){0};
  if (r.w > width - r.x) r.w = width - r.x;
  if (r.h > height - r.y) r.h = height - r.y;
  return r;
}

static void copy_rect(live *l, uint32_t buffer, page_rect r) {
  const uint8_t *from =
    (const uint8_t *)l->frame.bytes + 64 + (size_t)buffer * 4 * l->width * l->height;
  uint8_t *to = cairo_image_surface_get_data(l->kept);
  const size_t stride = (size_t)cairo_image_surface_get_stride(l->kept);
  for (uint32_t y = r.y; y < r.y + r.h; y++)
    memcpy(to + y * stride + (size_t)r.x * 4, from + ((size_t)y * l->width + r.x) * 4,
      (size_t)r.w * 4);
}

// The first picture in a frame is taken whole, whatever its rectangles say.
static uint32_t all_of_it(live *l, page_rect rects[PAGE_RECTS]) {
  if (l->kept) cairo_surface_destroy(l->kept);
  l->kept = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)l->width, (int)l->height);
  l->fresh = false;
  rects[0] = (page_rect){0, 0, l->width, l->height};
  return 1;
}

static uint32_t copy_picture(live *l, page_rect rects[PAGE_RECTS]) {
  player_page *page = page_of(l);
  const uint32_t buffer = atomic_load(&page->buffer) & 1;
  uint32_t count = atomic_load(&page->rect_count);
  if (count > PAGE_RECTS) count = PAGE_RECTS;
  memcpy(rects, page->rects, sizeof(page_rect) * PAGE_RECTS);
  if (l->fresh) count = all_of_it(l, rects);
  if (cairo_surface_status(l->kept) != CAIRO_STATUS_SUCCESS) return 0;
  cairo_surface_flush(l->kept);
  for (uint32_t i = 0; i < count; i++) {
    rects[i] = clamped(rects[i], l->width, l->height);
    copy_rect(l, buffer, rects[i]);
  }
  cairo_surface_mark_dirty(l->kept);
  return count;
}

uint32_t live_take(live *l, page_rect rects[PAGE_RECTS]) {
  if (!l->here) return 0;
  player_page *page = page_of(l);
  const uint32_t commit = atomic_load(&page->commit);
  // A window that was opened anew shows what the one before had shown already.
  const bool meets = l->fresh && l->passed_over == 0 && commit != 0;
  if (commit == atomic_load(&page->shown) && !meets) return 0;
  const bool old_frame = l->passed_over != 0 && commit == l->passed_over;
  const uint32_t count = old_frame ? 0 : copy_picture(l, rects);
  atomic_store(&page->shown, commit);
  return count;
}

// Each commit rings once; what rang beside that is a wish for time to go on.
bool live_wants_advance(live *l) {
  if (!l->here) return false;
  const player_page *page = page_of(l);
  const uint32_t rings = atomic_load(&page->commit_bell);
  const uint32_t others = rings - atomic_load(&page->commit);
  if ((int32_t)(others - l->bells_told) <= 0) return false;
  l->bells_told = others;
  return true;
}

bool live_wants_ticks(const live *l) {
  return l->here && atomic_load(&page_of(l)->wants_ticks) != 0;
}
