// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/light/live.h"

#include "core/light/flash_count.h"
#include "core/light/flash_grid.h"

#include <string.h>

enum { SIDE_MAX = 8192, FIELDS_ACROSS = 3 };

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

result live_begin(
  live *l, uint32_t creation, int page_fd, int frame_fd, const waiter_post *post) {
  live_lose(l);
  l->creation = creation;
  if (!l->guard) l->guard = flash_guard_create();
  if (!l->guard) return NO_MEMORY;
  result r = memory_map_open(&l->page, page_fd, true, sizeof(player_page));
  if (r == OK) r = map_frame(l, frame_fd);
  if (r != OK) {
    live_lose(l);
    return r;
  }
  l->here = true;
  l->passed_over = 0;
  l->bells_told = 0;
  const bool waits = post && post->event;
  if (waits && !waiter_start_bell(&l->bell, &page_of(l)->commit_bell, *post)) {
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
  cairo_surface_destroy(l->kept);
  cairo_surface_destroy(l->wanted);
  flash_guard_destroy(l->guard);
  *l = (live){0};
}

static page_rect clamped(page_rect r, uint32_t width, uint32_t height) {
  if (r.x >= width || r.y >= height) return (page_rect){0};
  if (r.w > width - r.x) r.w = width - r.x;
  if (r.h > height - r.y) r.h = height - r.y;
  return r;
}

static void copy_rect(live *l, page_rect r) {
  const uint8_t *from = (const uint8_t *)l->frame.bytes + FRAME_HEAD;
  uint8_t *to = cairo_image_surface_get_data(l->wanted);
  const size_t stride = (size_t)cairo_image_surface_get_stride(l->wanted);
  for (uint32_t y = r.y; y < r.y + r.h; y++)
    memcpy(to + y * stride + (size_t)r.x * 4, from + ((size_t)y * l->width + r.x) * 4,
      (size_t)r.w * 4);
}

static bool fits(const live *l, cairo_surface_t *s) {
  return s && cairo_image_surface_get_width(s) == (int)l->width &&
    cairo_image_surface_get_height(s) == (int)l->height;
}

static bool make_surface(const live *l, cairo_surface_t **s) {
  cairo_surface_destroy(*s);
  *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)l->width, (int)l->height);
  if (cairo_surface_status(*s) == CAIRO_STATUS_SUCCESS) return true;
  cairo_surface_destroy(*s);
  *s = NULL;
  return false;
}

// What shows stays where it has the same size, so that coming back is no way round the guard.
static bool make_surfaces(live *l, bool *anew) {
  if (!fits(l, l->wanted) && !make_surface(l, &l->wanted)) return false;
  *anew = !fits(l, l->kept);
  return !*anew || make_surface(l, &l->kept);
}

static page_rect pass(
  live *l, bool anew, const page_rect *rects, uint32_t count, uint64_t now_us) {
  const flash_picture picture = {
    .wanted = (const uint32_t *)(void *)cairo_image_surface_get_data(l->wanted),
    .shown = (uint32_t *)(void *)cairo_image_surface_get_data(l->kept),
    .width = (uint32_t)cairo_image_surface_get_width(l->kept),
    .height = (uint32_t)cairo_image_surface_get_height(l->kept),
    .stride = (uint32_t)cairo_image_surface_get_stride(l->kept) / 4,
    .anew = anew};
  cairo_surface_flush(l->kept);
  flash_guard_set_field(
    l->guard, l->window_w / FIELDS_ACROSS, l->window_h / FIELDS_ACROSS);
  const page_rect eased = flash_guard_pass(l->guard, &picture, rects, count, now_us);
  cairo_surface_mark_dirty(l->kept);
  return eased;
}

static uint32_t add(page_rect rects[PAGE_RECTS], uint32_t count, page_rect r) {
  if (r.w == 0) return count;
  if (count == PAGE_RECTS)
    rects[--count] = flash_grid_both(rects[PAGE_RECTS - 1], r);
  else
    rects[count] = r;
  return count + 1;
}

// The first picture in a frame is taken whole, whatever its rectangles say.
static uint32_t read_rects(live *l, bool whole, page_rect rects[PAGE_RECTS]) {
  const player_page *page = page_of(l);
  uint32_t count = atomic_load(&page->rect_count);
  if (count > PAGE_RECTS) count = PAGE_RECTS;
  memcpy(rects, page->rects, sizeof(page_rect) * PAGE_RECTS);
  for (uint32_t i = 0; i < count; i++) rects[i] = clamped(rects[i], l->width, l->height);
  if (!whole) return count;
  rects[0] = (page_rect){0, 0, l->width, l->height};
  return 1;
}

static uint32_t take_picture(live *l, uint64_t now_us, page_rect rects[PAGE_RECTS]) {
  bool anew = false;
  if (!make_surfaces(l, &anew)) return 0;
  const uint32_t count = read_rects(l, l->fresh || anew, rects);
  l->fresh = false;
  for (uint32_t i = 0; i < count; i++) copy_rect(l, rects[i]);
  return add(rects, count, pass(l, anew, rects, count, now_us));
}

static bool has_new_picture(const live *l, uint32_t *commit) {
  if (!l->here) return false;
  const player_page *page = page_of(l);
  *commit = atomic_load(&page->commit);
  // A window that was opened anew shows what the one before had shown already.
  const bool meets = l->fresh && l->passed_over == 0 && *commit != 0;
  return *commit != atomic_load(&page->shown) || meets;
}

uint32_t live_take(live *l, uint64_t now_us, page_rect rects[PAGE_RECTS]) {
  uint32_t commit = 0;
  if (!has_new_picture(l, &commit))
    return live_due(l, now_us) ? add(rects, 0, pass(l, false, NULL, 0, now_us)) : 0;
  const bool old_frame = l->passed_over != 0 && commit == l->passed_over;
  const uint32_t count = old_frame ? 0 : take_picture(l, now_us, rects);
  atomic_store(&page_of(l)->shown, commit);
  return count;
}

bool live_eases(const live *l) {
  return l->kept && l->wanted && flash_guard_eases(l->guard);
}

bool live_due(const live *l, uint64_t now_us) {
  return live_eases(l) && flash_guard_due(l->guard, now_us);
}

uint32_t live_eased_times(const live *l) {
  return l->guard ? flash_guard_times(l->guard) : 0;
}

// The nearer to what may flash, the seldomer: five changes in a second are let through.
uint64_t live_rests_us(const live *l, uint64_t now_us) {
  static const uint32_t rests_us[FLASH_CHANGES + 1] = {0, 0, 0, 80000, 210000, 1000000};
  return l->guard ? rests_us[flash_guard_changes(l->guard, now_us)] : 0;
}

uint64_t live_shown_seq(const live *l) {
  return l->here ? atomic_load(&page_of(l)->commit_seq) : 0;
}

bool live_is_awaited(const live *l) {
  return l->here && atomic_load(&page_of(l)->awaits_shown) != 0;
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

bool live_paper(const live *l, double *width, double *height) {
  if (!l->here) return false;
  const player_page *page = page_of(l);
  *width = (double)atomic_load(&page->paper_width) / PAGE_PAPER_PART;
  *height = (double)atomic_load(&page->paper_height) / PAGE_PAPER_PART;
  return *width > 0 && *height > 0;
}

double live_dab(const live *l) {
  return l->here ? (double)atomic_load(&page_of(l)->dab) / PAGE_PAPER_PART : 0;
}

bool live_wants_ticks(const live *l) {
  return l->here && atomic_load(&page_of(l)->wants_ticks) != 0;
}
