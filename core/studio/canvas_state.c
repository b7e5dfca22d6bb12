// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas as bytes, for recovery. Little-endian:
//
//   "GESTOCNV", version 3, width, height, scale (float bits)             4 bytes each
//   brush name (1 length, then its bytes), size (float bits), colour, folds
//   stack: paper 4, count 1, chosen 1, order 3, hidden 3, opacity 3 (not in version 1)
//   for each sheet, and for what lies underneath (not before version 3): its tiles (see
//   tile_code.h), ended by index 0xFFFFFFFF
//   undo steps: 4 count, each: stack, tile count 4, per tile sheet 4, index 4, tile
//   redo steps: the same
#include "core/studio/canvas_parts.h"
#include "core/studio/tile_code.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char magic[8] = {'G', 'E', 'S', 'T', 'O', 'C', 'N', 'V'};
enum { STATE_VERSION = 3, STEPS_MAX = 1 << 16 };
static const uint32_t last_tile = 0xFFFFFFFF;
static const size_t saved_limit = (size_t)16 << 20; // of tiles, undo and redo each

// ---- Saving ------------------------------------------------------------------------

static void put_float(code_out *to, float v) {
  uint32_t bits;
  memcpy(&bits, &v, sizeof bits);
  code_put_u32(to, bits);
}

static void put_stack(code_out *to, const sheet_stack *s) {
  code_put_u32(to, s->paper);
  code_put(to, &s->count, 1);
  code_put(to, &s->chosen, 1);
  code_put(to, s->order, sizeof s->order);
  code_put(to, s->hidden, sizeof s->hidden);
  code_put(to, s->opacity, sizeof s->opacity);
}

static void put_head(code_out *to, const canvas *c) {
  uint8_t length = (uint8_t)strlen(c->tools.brush);
  code_put(to, magic, sizeof magic);
  code_put_u32(to, STATE_VERSION);
  code_put_u32(to, c->easel.width);
  code_put_u32(to, c->easel.height);
  put_float(to, c->scale);
  code_put(to, &length, 1);
  code_put(to, c->tools.brush, length);
  put_float(to, c->tools.size);
  code_put_u32(to, c->tools.rgb);
  code_put_u32(to, c->tools.folds);
  put_stack(to, &c->easel.stack);
}

static void put_sheet(code_out *to, const easel *e, uint32_t sheet) {
  for (uint32_t i = 0; i < e->across * e->down; i++) {
    const tile *t = easel_see(e, sheet, i);
    if (tile_is_clear(t)) continue;
    code_put_u32(to, i);
    code_put_tile(to, t);
  }
  code_put_u32(to, last_tile);
}

static void put_step(code_out *to, const step *s) {
  put_stack(to, &s->stack);
  code_put_u32(to, s->count);
  for (uint32_t i = 0; i < s->count; i++) {
    code_put_u32(to, s->tiles[i].sheet);
    code_put_u32(to, s->tiles[i].index);
    code_put_tile(to, s->tiles[i].tile);
  }
}

static void put_steps(code_out *to, const step_list *l, uint32_t count) {
  code_put_u32(to, count);
  for (uint32_t i = l->count - count; i < l->count; i++) put_step(to, &l->steps[i]);
}

uint32_t canvas_steps_saved(const step_list *l) {
  size_t bytes = 0;
  uint32_t count = 0;
  while (count < l->count && count < STEPS_MAX) {
    bytes += step_tile_bytes(&l->steps[l->count - count - 1]);
    if (bytes > saved_limit && count > 0) break;
    count++;
  }
  return count;
}

result canvas_save(const canvas *c, bool with_history, uint8_t **bytes, size_t *size) {
  *bytes = NULL;
  *size = 0;
  if (canvas_in_stroke(c)) return NOT_NOW;
  code_out to = {0};
  const history *past = &c->easel.past;
  put_head(&to, c);
  for (uint32_t s = 0; s < c->easel.stack.count; s++) put_sheet(&to, &c->easel, s);
  put_sheet(&to, &c->easel, UNDER_SHEET);
  put_steps(&to, &past->undo, with_history ? canvas_steps_saved(&past->undo) : 0);
  put_steps(&to, &past->redo, with_history ? canvas_steps_saved(&past->redo) : 0);
  if (to.trouble != OK) {
    free(to.bytes);
    return to.trouble;
  }
  *bytes = to.bytes;
  *size = to.size;
  return OK;
}

// ---- Loading -----------------------------------------------------------------------

static float get_float(code_in *from) {
  uint32_t bits = code_get_u32(from);
  float v;
  memcpy(&v, &bits, sizeof v);
  return v;
}

static bool stack_holds(const sheet_stack *s) {
  if (s->paper > 0xFFFFFF || s->count < 1 || s->count > SHEETS_MAX) return false;
  if (s->chosen >= s->count) return false;
  uint32_t seen = 0;
  for (uint32_t i = 0; i < s->count; i++) {
    if (s->order[i] >= s->count || s->hidden[i] > 1 || s->opacity[i] > 100) return false;
    seen |= 1u << s->order[i];
  }
  return seen == (1u << s->count) - 1;
}

static void get_stack(code_in *from, uint32_t version, sheet_stack *s) {
  s->paper = code_get_u32(from);
  code_get(from, &s->count, 1);
  code_get(from, &s->chosen, 1);
  code_get(from, s->order, sizeof s->order);
  code_get(from, s->hidden, sizeof s->hidden);
  if (version < 2)
    memset(s->opacity, 100, sizeof s->opacity);
  else
    code_get(from, s->opacity, sizeof s->opacity);
  if (!stack_holds(s)) code_refuse(from, BAD_DATA);
}

// A state belongs to paper of its own size and scale. Returns its version.
static uint32_t get_paper(code_in *from, const canvas *c) {
  char mark[sizeof magic] = {0};
  code_get(from, mark, sizeof mark);
  if (memcmp(mark, magic, sizeof mark) != 0) code_refuse(from, BAD_DATA);
  const uint32_t version = code_get_u32(from);
  if (version > STATE_VERSION) code_refuse(from, TOO_NEW);
  if (code_get_u32(from) != c->easel.width) code_refuse(from, BAD_DATA);
  if (code_get_u32(from) != c->easel.height) code_refuse(from, BAD_DATA);
  if (get_float(from) != c->scale) code_refuse(from, BAD_DATA);
  return version;
}

static void get_tools(code_in *from, canvas_tools *t) {
  uint8_t length = 0;
  code_get(from, &length, 1);
  if (length >= CANVAS_NAME_MAX)
    code_refuse(from, BAD_DATA);
  else
    code_get(from, t->brush, length);
  t->size = get_float(from);
  t->rgb = code_get_u32(from);
  t->folds = code_get_u32(from);
  bool folds = t->folds == 1 || t->folds == 2 || t->folds == 4 || t->folds == 8;
  bool size = t->size >= 0.01f && t->size <= 100.0f;
  if (!folds || !size || t->rgb > 0xFFFFFF || memchr(t->brush, 0, length) != NULL) {
    code_refuse(from, BAD_DATA);
  }
}

static void get_sheet(code_in *from, easel *e, uint32_t sheet) {
  if (easel_make_sheet(e, sheet) != OK) code_refuse(from, NO_MEMORY);
  uint32_t next = 0;
  while (from->trouble == OK) {
    uint32_t index = code_get_u32(from);
    if (index == last_tile) return;
    if (index < next || index >= e->across * e->down) code_refuse(from, BAD_DATA);
    if (from->trouble != OK) return;
    e->tiles[sheet][index] = code_get_tile(from);
    next = index + 1;
  }
}

static void get_step(code_in *from, uint32_t version, easel *e, step *s) {
  get_stack(from, version, &s->stack);
  uint32_t count = code_get_u32(from);
  if (count > SHEETS_ALL * e->across * e->down) code_refuse(from, BAD_DATA);
  for (uint32_t i = 0; i < count && from->trouble == OK; i++) {
    uint32_t sheet = code_get_u32(from), index = code_get_u32(from);
    if (sheet >= SHEETS_ALL || index >= e->across * e->down) code_refuse(from, BAD_DATA);
    if (from->trouble != OK) return;
    tile *t = code_get_tile(from);
    if (easel_make_sheet(e, sheet) != OK) code_refuse(from, NO_MEMORY);
    if (step_keep(s, sheet, index, t) != OK) code_refuse(from, NO_MEMORY);
  }
}

static void get_steps(code_in *from, uint32_t version, easel *e, step_list *to) {
  uint32_t count = code_get_u32(from);
  if (count > STEPS_MAX) code_refuse(from, BAD_DATA);
  for (uint32_t i = 0; i < count && from->trouble == OK; i++) {
    step s = {0};
    get_step(from, version, e, &s);
    if (history_add(&e->past, to, &s) != OK) code_refuse(from, NO_MEMORY);
    if (e->past.bytes > 2 * e->past.limit) code_refuse(from, TOO_LARGE);
  }
}

static void get_all(code_in *from, const canvas *c, easel *e, canvas_tools *tools) {
  const uint32_t version = get_paper(from, c);
  if (from->trouble != OK) return;
  get_tools(from, tools);
  get_stack(from, version, &e->stack);
  for (uint32_t s = 0; s < e->stack.count && from->trouble == OK; s++)
    get_sheet(from, e, s);
  if (version >= 3 && from->trouble == OK) get_sheet(from, e, UNDER_SHEET);
  get_steps(from, version, e, &e->past.undo);
  get_steps(from, version, e, &e->past.redo);
  if (from->left > 0) code_refuse(from, BAD_DATA);
}

result canvas_load(canvas *c, const uint8_t *bytes, size_t size) {
  if (canvas_in_stroke(c)) return NOT_NOW;
  easel fresh;
  result r = easel_init(&fresh, c->easel.width, c->easel.height, c->easel.past.limit);
  if (r != OK) return r;
  canvas_tools tools = {0};
  code_in from = {.bytes = bytes, .left = size};
  get_all(&from, c, &fresh, &tools);
  if (from.trouble != OK) {
    easel_finish(&fresh);
    return from.trouble;
  }
  easel_finish(&c->easel);
  c->easel = fresh;
  c->tools = tools;
  return OK;
}
