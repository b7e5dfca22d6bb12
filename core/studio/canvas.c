// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/canvas.h"

#include "core/studio/canvas_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const size_t history_limit = (size_t)256 << 20;
static const char *const first_brush = "pencil", *const eraser_brush = "rub-out";

result canvas_create(canvas **made, uint32_t width, uint32_t height, float scale,
  canvas_brush_fn *brushes, void *data) {
  *made = NULL;
  if (width == 0 || height == 0 || !(scale >= 0.01f && scale <= 100.0f)) return BAD_DATA;
  if (width > CANVAS_SIDE_MAX || height > CANVAS_SIDE_MAX) return TOO_LARGE;
  if ((uint64_t)width * height > CANVAS_PIXELS_MAX) return TOO_LARGE;
  canvas *c = calloc(1, sizeof *c);
  if (c == NULL) return NO_MEMORY;
  c->scale = scale;
  c->brushes = brushes;
  c->brushes_data = data;
  c->tools = (canvas_tools){.size = 1.0f, .folds = 1};
  result r = easel_init(&c->easel, width, height, history_limit);
  if (r == OK)
    *made = c;
  else
    free(c);
  return r;
}

void canvas_destroy(canvas *c) {
  if (c == NULL) return;
  line_drop(&c->line);
  tile_archive *archive = c->easel.past.archive;
  easel_finish(&c->easel);
  tile_archive_release(archive);
  canvas_release_grains(c);
  free(c);
}

result canvas_keep_in(canvas *c, const piece_store *store) {
  return tile_archive_create(&c->easel.past.archive, store);
}

void canvas_size(const canvas *c, uint32_t *width, uint32_t *height) {
  *width = c->easel.width;
  *height = c->easel.height;
}

bool canvas_in_stroke(const canvas *c) { return c->line.drawing; }

// ---- Strokes -----------------------------------------------------------------------

static stroke_point point_of(const canvas *c, const gesto_event *e) {
  return (stroke_point){.x = e->as.pointer.x * c->scale,
    .y = e->as.pointer.y * c->scale,
    .pressure = e->as.pointer.pressure,
    .tilt_x = e->as.pointer.tilt_x,
    .tilt_y = e->as.pointer.tilt_y,
    .time = e->time};
}

static const char *brush_text(const canvas *c, const char *name) {
  return c->brushes == NULL ? NULL : c->brushes(c->brushes_data, name);
}

// The other end of a pen rubs out, whatever brush was chosen.
static const char *brush_for(const canvas *c, uint32_t tool) {
  const char *text = tool == GESTO_ERASER ? brush_text(c, eraser_brush) : NULL;
  if (text != NULL) return text;
  return brush_text(c, c->tools.brush[0] == '\0' ? first_brush : c->tools.brush);
}

// As if the hand lifted where it was last.
static result finish_stroke(canvas *c) {
  const result r = line_cut(&c->line), made = easel_commit(&c->easel);
  return r != OK ? r : made;
}

static result begin_stroke(canvas *c, const gesto_event *e) {
  result before = canvas_in_stroke(c) ? finish_stroke(c) : OK; // its UP was lost
  const char *text = brush_for(c, e->as.pointer.tool);
  if (text == NULL) return NOT_FOUND;
  stroke_point at = point_of(c, e);
  const canvas_tools *t = &c->tools;
  const line_look look = {
    .stroke = {.brush = text, .size = t->size * c->scale, .rgb = t->rgb},
    .sheet = c->easel.stack.chosen,
    .folds = t->folds,
    .smoothing = (smoothing)t->smoothing,
    .ruler = (ruler_shape)t->ruler,
    .scale = c->scale};
  easel_begin(&c->easel);
  c->easel.tooth = tooth_of(canvas_grain(c), tooth_percent(text));
  result r = line_begin(&c->line, &c->easel, &look, &at);
  if (r != OK) return r;
  c->source = e->source;
  return before != OK ? before : c->easel.trouble;
}

static result end_stroke(canvas *c, const gesto_event *e) {
  stroke_point at = point_of(c, e);
  const result r = line_end(&c->line, &at), made = easel_commit(&c->easel);
  return r != OK ? r : made;
}

static result take_stroke_back(canvas *c) {
  line_drop(&c->line);
  easel_take_back(&c->easel);
  return OK;
}

static result move_stroke(canvas *c, const gesto_event *e) {
  stroke_point to = point_of(c, e);
  line_move(&c->line, &to);
  return c->easel.trouble;
}

result canvas_stroke(canvas *c, const gesto_event *e) {
  bool painting = canvas_in_stroke(c), ours = painting && e->source == c->source;
  if (e->type == GESTO_POINTER_DOWN && (ours || !painting)) return begin_stroke(c, e);
  if (!ours) return OK;
  switch (e->type) {
  case GESTO_POINTER_MOVE: return move_stroke(c, e);
  case GESTO_POINTER_UP: return end_stroke(c, e);
  case GESTO_POINTER_CANCEL: return take_stroke_back(c);
  default: return OK;
  }
}

// ---- Tools -------------------------------------------------------------------------

result canvas_set_brush(canvas *c, const char *name) {
  size_t length = strlen(name);
  if (length == 0 || length >= CANVAS_NAME_MAX) return NOT_FOUND;
  const char *text = brush_text(c, name);
  if (text == NULL) return NOT_FOUND;
  if (!stroke_brush_holds(text)) return BAD_DATA;
  memcpy(c->tools.brush, name, length + 1);
  return OK;
}

bool canvas_tools_hold(const canvas_tools *t) {
  return t->size >= 0.01f && t->size <= 100.0f && t->rgb <= 0xFFFFFF &&
    brush_surface_folds(t->folds) && t->smoothing <= SMOOTHING_STEADY &&
    t->ruler <= RULER_SOFT;
}

const canvas_tools *canvas_hand(const canvas *c) { return &c->tools; }

static result hold(canvas *c, const canvas_tools *t) {
  if (!canvas_tools_hold(t)) return BAD_DATA;
  c->tools = *t;
  return OK;
}

result canvas_set_size(canvas *c, float units) {
  canvas_tools t = c->tools;
  t.size = units;
  return hold(c, &t);
}

result canvas_set_colour(canvas *c, uint32_t rgb) {
  canvas_tools t = c->tools;
  t.rgb = rgb;
  return hold(c, &t);
}

result canvas_set_mirror(canvas *c, uint32_t folds) {
  canvas_tools t = c->tools;
  t.folds = folds;
  return hold(c, &t);
}

result canvas_set_smoothing(canvas *c, uint32_t how) {
  canvas_tools t = c->tools;
  t.smoothing = how;
  return hold(c, &t);
}

result canvas_set_ruler(canvas *c, uint32_t shape) {
  canvas_tools t = c->tools;
  t.ruler = shape;
  return hold(c, &t);
}

float canvas_dab(canvas *c) {
  canvas_broad *b = &c->broad;
  const canvas_tools *t = &c->tools;
  if (b->size == t->size && strcmp(b->brush, t->brush) == 0) return b->units;
  const char *text = brush_for(c, GESTO_PEN);
  memcpy(b->brush, t->brush, sizeof b->brush);
  b->size = t->size;
  b->units =
    text == NULL ? 0.0f : stroke_brush_broad(text, t->size * c->scale) / c->scale;
  return b->units;
}

// ---- Undo --------------------------------------------------------------------------

static void settle(canvas *c) {
  const result done = canvas_in_stroke(c) ? finish_stroke(c) : OK;
  (void)done; // a step that memory did not do for is not there to be undone
}

bool canvas_undo(canvas *c) {
  settle(c);
  const bool went = easel_undo(&c->easel);
  canvas_want_grains(c);
  return went;
}

bool canvas_redo(canvas *c) {
  settle(c);
  const bool went = easel_redo(&c->easel);
  canvas_want_grains(c);
  return went;
}

result canvas_trouble(const canvas *c) { return c->easel.past.trouble; }

bool canvas_can_undo(const canvas *c) {
  return step_list_has_any(&c->easel.past.undo) || canvas_in_stroke(c);
}

uint64_t canvas_steps(const canvas *c) { return c->easel.past.pushed; }

bool canvas_can_redo(const canvas *c) {
  return step_list_has_any(&c->easel.past.redo) && !canvas_in_stroke(c);
}

uint32_t canvas_take_damage(canvas *c, canvas_rect *rects, uint32_t room) {
  line_show_tip(&c->line);
  return room == 0 ? 0 : damage_take(&c->easel.changed, rects, room);
}
