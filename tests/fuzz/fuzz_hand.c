// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// Any bytes as what a hand does on a canvas, at any time and place: it comes to an end, a state
// in between holds all of it, and Undo takes it back to the empty paper. Records of 24 bytes:
// what, how, two bytes that are not used, 8 how much later (us), x, y, pressure.
#include "core/studio/canvas.h"
#include "tests/unit/canvas_hand.h"

enum { WIDTH = 100, HEIGHT = 70, RECORDS_MAX = 64, RECTS = 8 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

typedef struct record {
  uint8_t what, how, unused[2];
  float x, y, pressure;
  uint64_t later;
} record;

static record read_record(const uint8_t *bytes) {
  record r = {.what = bytes[0], .how = bytes[1]};
  memcpy(&r.later, bytes + 4, sizeof r.later);
  memcpy(&r.x, bytes + 12, sizeof r.x);
  memcpy(&r.y, bytes + 16, sizeof r.y);
  memcpy(&r.pressure, bytes + 20, sizeof r.pressure);
  return r;
}

// What is refused changes nothing, and Undo at the end finds out.
static void let(result r) { (void)r; }

static void take_tools(canvas *c, const record *r) {
  static const uint32_t folds[] = {1, 2, 4, 6, 8, 12};
  let(canvas_set_brush(c, hand_brush_names[r->how % HAND_BRUSHES]));
  let(canvas_set_size(c, r->pressure));
  let(canvas_set_mirror(c, folds[r->how % 6]));
  let(canvas_set_smoothing(c, r->how / 6 % 4));
  let(canvas_set_ruler(c, r->how / 24 % 3));
}

static void change_sheets(canvas *c, const record *r) {
  static const char *const what[] = {"add", "hide", "show", "raise", "lower", "clear",
    "opacity 40", "paper", "texture", "new", "turn", "choose"};
  let(canvas_sheet(c, what[r->how % 12], r->how / 12));
}

static void save_and_load(canvas *c) {
  uint8_t *saved = NULL;
  size_t n = 0;
  const uint64_t hash = canvas_hash(c);
  if (canvas_in_stroke(c)) return;
  if (canvas_save(c, true, &saved, &n) != OK || canvas_load(c, saved, n) != OK) abort();
  if (canvas_hash(c) != hash) abort();
  free(saved);
}

static void point(canvas *c, const record *r, uint64_t time) {
  const gesto_event e = {.type = (uint16_t)(GESTO_POINTER_DOWN + r->what % 4),
    .source = r->how % 2u,
    .time = time,
    .as.pointer = {.x = r->x, .y = r->y, .pressure = r->pressure, .tool = r->how % 5u}};
  let(canvas_stroke(c, &e));
}

static void look(canvas *c) {
  canvas_rect rects[RECTS];
  const uint32_t count = canvas_take_damage(c, rects, RECTS);
  for (uint32_t i = 0; i < count; i++) {
    const canvas_rect r = rects[i];
    if (r.x < 0 || r.y < 0 || r.x + r.w > WIDTH || r.y + r.h > HEIGHT) abort();
  }
}

static void act(canvas *c, const record *r, uint64_t time) {
  switch (r->what % 12) {
  case 4: take_tools(c, r); break;
  case 5: canvas_undo(c); break;
  case 6: canvas_redo(c); break;
  case 7: let(canvas_fill(c, r->x, r->y)); break;
  case 8: change_sheets(c, r); break;
  case 9: look(c); break;
  case 10: save_and_load(c); break;
  default: point(c, r, time); break;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static hand_brushes brushes;
  canvas *c = NULL;
  uint64_t time = 0;
  if (canvas_create(&c, WIDTH, HEIGHT, 1, hand_brush, &brushes) != OK) abort();
  const uint64_t blank = canvas_hash(c);
  for (size_t n = 0; n < RECORDS_MAX && size >= 24; n++, bytes += 24, size -= 24) {
    const record r = read_record(bytes);
    time += r.later;
    act(c, &r, time);
  }
  while (canvas_undo(c)) continue;
  if (canvas_hash(c) != blank) abort();
  canvas_destroy(c);
  return 0;
}
