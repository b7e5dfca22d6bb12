// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas as bytes, for recovery. Little-endian:
//
//   "GESTOCNV", version 4, width, height, scale (float bits)             4 bytes each
//   brush name (1 length, then its bytes), size (float bits), colour, folds
//   stack: paper 4, count 1, chosen 1, order 3, hidden 3, opacity 3 (not in version 1),
//     texture 1 (not before version 4)
//   for each sheet, and for what lies underneath (not before version 3): its tiles (see
//   tile_code.h), ended by index 0xFFFFFFFF
//   papers 1, which of them lies on the easel 1; each of the others: stack and tiles as above
//   (not before version 4)
//   undo steps: 4 count, each: stack, papers 1, which lay there 1 (not before version 4),
//     tile count 4, per tile sheet 4, index 4, tile
//   redo steps: the same
#include "core/studio/canvas_parts.h"
#include "core/studio/tile_code.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char magic[8] = {'G', 'E', 'S', 'T', 'O', 'C', 'N', 'V'};
enum { STATE_VERSION = 4, STEPS_MAX = 1 << 16 };
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
  code_put(to, &s->texture, 1);
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

static void put_sheet(code_out *to, tile *const *sheet, uint32_t tiles) {
  for (uint32_t i = 0; sheet != NULL && i < tiles; i++) {
    if (tile_is_clear(sheet[i])) continue;
    code_put_u32(to, i);
    code_put_tile(to, sheet[i]);
  }
  code_put_u32(to, last_tile);
}

static void put_sheets(
  code_out *to, tile **const *sheets, uint32_t count, uint32_t tiles) {
  for (uint32_t s = 0; s < count; s++) put_sheet(to, sheets[s], tiles);
  put_sheet(to, sheets[UNDER_SHEET], tiles);
}

static void put_album(code_out *to, const album *a, uint32_t tiles) {
  code_put(to, &a->count, 1);
  code_put(to, &a->lies, 1);
  for (uint32_t n = 0; n < a->count; n++) {
    const album_paper *p = &a->papers[n];
    if (n == a->lies) continue;
    put_stack(to, &p->stack);
    put_sheets(to, p->tiles, p->stack.count, tiles);
  }
}

static void put_step(code_out *to, const step *s) {
  put_stack(to, &s->stack);
  code_put(to, &s->papers, 1);
  code_put(to, &s->lies, 1);
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
  const easel *e = &c->easel;
  put_sheets(&to, e->tiles, e->stack.count, e->across * e->down);
  put_album(&to, &e->album, e->across * e->down);
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
  if (s->chosen >= s->count || s->texture >= CANVAS_TEXTURES) return false;
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
  if (version >= 4) code_get(from, &s->texture, 1);
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

static void get_sheet(code_in *from, tile **sheet, uint32_t tiles) {
  uint32_t next = 0;
  while (from->trouble == OK) {
    uint32_t index = code_get_u32(from);
    if (index == last_tile) return;
    if (index < next || index >= tiles) code_refuse(from, BAD_DATA);
    if (from->trouble != OK) return;
    sheet[index] = code_get_tile(from);
    next = index + 1;
  }
}

static void get_sheets(
  code_in *from, uint32_t version, tile **const *sheets, uint32_t count, uint32_t tiles) {
  for (uint32_t s = 0; s < count && from->trouble == OK; s++)
    get_sheet(from, sheets[s], tiles);
  if (version >= 3 && from->trouble == OK) get_sheet(from, sheets[UNDER_SHEET], tiles);
}

static void get_places(code_in *from, uint8_t *papers, uint8_t *lies) {
  code_get(from, papers, 1);
  code_get(from, lies, 1);
  if (*papers < 1 || *papers > PAPERS_MAX || *lies >= *papers)
    code_refuse(from, BAD_DATA);
}

static void get_album(code_in *from, uint32_t version, album *a, uint32_t tiles) {
  get_places(from, &a->count, &a->lies);
  for (uint32_t n = 0; n < a->count && from->trouble == OK; n++) {
    album_paper *p = &a->papers[n];
    if (n == a->lies) continue;
    if (album_make(p, tiles) != OK) code_refuse(from, NO_MEMORY);
    get_stack(from, version, &p->stack);
    if (from->trouble != OK) return;
    get_sheets(from, version, p->tiles, p->stack.count, tiles);
  }
}

static void get_step(code_in *from, uint32_t version, easel *e, step *s) {
  get_stack(from, version, &s->stack);
  s->papers = 1;
  if (version >= 4) get_places(from, &s->papers, &s->lies);
  if (from->trouble != OK) return;
  album_paper *lay = &e->album.papers[s->lies];
  if (s->lies != e->album.lies && album_make(lay, e->across * e->down) != OK)
    code_refuse(from, NO_MEMORY);
  uint32_t count = code_get_u32(from);
  if (count > SHEETS_ALL * e->across * e->down) code_refuse(from, BAD_DATA);
  for (uint32_t i = 0; i < count && from->trouble == OK; i++) {
    uint32_t sheet = code_get_u32(from), index = code_get_u32(from);
    if (sheet >= SHEETS_ALL || index >= e->across * e->down) code_refuse(from, BAD_DATA);
    if (from->trouble != OK) return;
    tile *t = code_get_tile(from);
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
  const uint32_t tiles = e->across * e->down;
  if (from->trouble == OK) get_sheets(from, version, e->tiles, e->stack.count, tiles);
  if (version >= 4 && from->trouble == OK) get_album(from, version, &e->album, tiles);
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
