// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas as bytes, for recovery. Little-endian:
//
//   "GESTOCNV", version 6, width, height, scale (float bits)             4 bytes each
//   brush name (1 length, then its bytes), size (float bits), colour, folds,
//     smoothing, ruler (not before version 5)
//   stack: paper 4, count 1, chosen 1, order 3, hidden 3, opacity 3 (not in version 1),
//     texture 1 (not before version 4)
//   for each sheet, and for what lies underneath (not before version 3): its tiles (see
//   tile_code.h), ended by index 0xFFFFFFFF
//   papers 1, which of them lies on the easel 1; each of the others: stack and tiles as above
//   (not before version 4)
//   undo steps: reference of the newest that is put away (8, not before version 6; 0: none is);
//     4 count of those that follow, each: stack, papers 1, which lay there 1 (not before
//     version 4), tile count 4, per tile sheet 4, index 4, tile
//   redo steps: the same
//
// With a store (piece.h) tiles and steps are put away and named (tile_archive.h, history_store.c).
#include "core/studio/canvas_parts.h"
#include "core/studio/step_code.h"
#include "core/studio/tile_archive.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char magic[8] = {'G', 'E', 'S', 'T', 'O', 'C', 'N', 'V'};
enum { STEPS_MAX = 1 << 16 };
static const uint32_t last_tile = 0xFFFFFFFF;
static const size_t saved_limit = (size_t)16 << 20; // of tiles, undo and redo each

// ---- Saving ------------------------------------------------------------------------

static void put_float(code_out *to, float v) {
  uint32_t bits;
  memcpy(&bits, &v, sizeof bits);
  code_put_u32(to, bits);
}

static void put_head(code_out *to, const canvas *c) {
  uint8_t length = (uint8_t)strlen(c->tools.brush);
  code_put(to, magic, sizeof magic);
  code_put_u32(to, CANVAS_VERSION);
  code_put_u32(to, c->easel.width);
  code_put_u32(to, c->easel.height);
  put_float(to, c->scale);
  code_put(to, &length, 1);
  code_put(to, c->tools.brush, length);
  put_float(to, c->tools.size);
  code_put_u32(to, c->tools.rgb);
  code_put_u32(to, c->tools.folds);
  code_put_u32(to, c->tools.smoothing);
  code_put_u32(to, c->tools.ruler);
  code_put_stack(to, &c->easel.stack);
}

static void put_sheet(code_out *to, uint32_t slot, tile *const *sheet, uint32_t tiles) {
  for (uint32_t i = 0; sheet != NULL && i < tiles; i++) {
    if (tile_is_clear(sheet[i])) continue;
    code_put_u32(to, i);
    code_put_any_tile(to, slot + i, sheet[i]);
  }
  code_put_u32(to, last_tile);
}

// Of paper `n`.
static void put_sheets(
  code_out *to, uint32_t n, tile **const *sheets, uint32_t count, uint32_t tiles) {
  for (uint32_t s = 0; s < count; s++)
    put_sheet(to, code_slot(n, s, tiles), sheets[s], tiles);
  put_sheet(to, code_slot(n, UNDER_SHEET, tiles), sheets[UNDER_SHEET], tiles);
}

static void put_album(code_out *to, const album *a, uint32_t tiles) {
  code_put_places(to, a->count, a->lies);
  for (uint32_t n = 0; n < a->count; n++) {
    const album_paper *p = &a->papers[n];
    if (n == a->lies) continue;
    code_put_stack(to, &p->stack);
    put_sheets(to, n, p->tiles, p->stack.count, tiles);
  }
}

static void put_steps(
  code_out *to, const step_list *l, uint32_t count, uint32_t tiles, piece_ref away) {
  code_put_u64(to, away);
  code_put_u32(to, count);
  for (uint32_t i = l->count - count; i < l->count; i++)
    code_put_step(to, tiles, &l->steps[i]);
}

// What an archive has of the past: references of the newest steps.
typedef struct past_away {
  piece_ref undo, redo;
} past_away;

// First, so that a tile is a patch of an older one, and all that follow are of this.
static past_away put_away(code_out *to, const history *past) {
  past_away away = {0};
  result r = OK;
  if (to->archive != NULL) r = history_put_away(past, &past->undo, &away.undo);
  if (to->archive != NULL && r == OK) r = history_put_away(past, &past->redo, &away.redo);
  to->trouble = r;
  return away;
}

static void put_past(code_out *to, const history *past, bool here, past_away away) {
  const step_list *undo = &past->undo, *redo = &past->redo;
  put_steps(to, undo, here ? canvas_steps_saved(undo) : 0, past->tiles, away.undo);
  put_steps(to, redo, here ? canvas_steps_saved(redo) : 0, past->tiles, away.redo);
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
  const history *past = &c->easel.past;
  code_out to = {.archive = with_history ? past->archive : NULL};
  const past_away away = put_away(&to, past);
  put_head(&to, c);
  const easel *e = &c->easel;
  put_sheets(&to, e->album.lies, e->tiles, e->stack.count, e->across * e->down);
  put_album(&to, &e->album, e->across * e->down);
  put_past(&to, past, with_history && past->archive == NULL, away);
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

// A state belongs to paper of its own size and scale. Returns its version.
static uint32_t get_paper(code_in *from, const canvas *c) {
  char mark[sizeof magic] = {0};
  code_get(from, mark, sizeof mark);
  if (memcmp(mark, magic, sizeof mark) != 0) code_refuse(from, BAD_DATA);
  const uint32_t version = code_get_u32(from);
  if (version > CANVAS_VERSION) code_refuse(from, TOO_NEW);
  if (code_get_u32(from) != c->easel.width) code_refuse(from, BAD_DATA);
  if (code_get_u32(from) != c->easel.height) code_refuse(from, BAD_DATA);
  if (get_float(from) != c->scale) code_refuse(from, BAD_DATA);
  return version;
}

static void get_tools(code_in *from, uint32_t version, canvas_tools *t) {
  uint8_t length = 0;
  code_get(from, &length, 1);
  if (length >= CANVAS_NAME_MAX)
    code_refuse(from, BAD_DATA);
  else
    code_get(from, t->brush, length);
  t->size = get_float(from);
  t->rgb = code_get_u32(from);
  t->folds = code_get_u32(from);
  t->smoothing = version < 5 ? SMOOTHING_OFF : code_get_u32(from);
  t->ruler = version < 5 ? RULER_NONE : code_get_u32(from);
  if (!canvas_tools_hold(t) || memchr(t->brush, 0, length) != NULL)
    code_refuse(from, BAD_DATA);
}

static void get_sheet(code_in *from, uint32_t version, tile **sheet, uint32_t tiles) {
  uint32_t next = 0;
  while (from->trouble == OK) {
    uint32_t index = code_get_u32(from);
    if (index == last_tile) return;
    if (index < next || index >= tiles) code_refuse(from, BAD_DATA);
    if (from->trouble != OK) return;
    sheet[index] = code_get_any_tile(from, version);
    next = index + 1;
  }
}

static void get_sheets(
  code_in *from, uint32_t version, tile **const *sheets, uint32_t count, uint32_t tiles) {
  for (uint32_t s = 0; s < count && from->trouble == OK; s++)
    get_sheet(from, version, sheets[s], tiles);
  if (version >= 3 && from->trouble == OK)
    get_sheet(from, version, sheets[UNDER_SHEET], tiles);
}

static void get_album(code_in *from, uint32_t version, album *a, uint32_t tiles) {
  code_get_places(from, &a->count, &a->lies);
  for (uint32_t n = 0; n < a->count && from->trouble == OK; n++) {
    album_paper *p = &a->papers[n];
    if (n == a->lies) continue;
    if (album_make(p, tiles) != OK) code_refuse(from, NO_MEMORY);
    code_get_stack(from, version, &p->stack);
    if (from->trouble != OK) return;
    get_sheets(from, version, p->tiles, p->stack.count, tiles);
  }
}

static void get_steps(code_in *from, uint32_t version, easel *e, step_list *to) {
  if (version >= 6) to->below = code_get_u64(from);
  if (to->below != 0 && from->archive == NULL) code_refuse(from, BAD_DATA);
  uint32_t count = code_get_u32(from);
  if (count > STEPS_MAX) code_refuse(from, BAD_DATA);
  for (uint32_t i = 0; i < count && from->trouble == OK; i++) {
    step s = {0};
    code_get_step(from, version, e->across * e->down, &s);
    if (history_add(&e->past, to, &s) != OK) code_refuse(from, NO_MEMORY);
    if (e->past.bytes > 2 * e->past.limit) code_refuse(from, TOO_LARGE);
  }
}

static void get_all(code_in *from, const canvas *c, easel *e, canvas_tools *tools) {
  const uint32_t version = get_paper(from, c);
  if (from->trouble != OK) return;
  get_tools(from, version, tools);
  code_get_stack(from, version, &e->stack);
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
  fresh.past.archive = c->easel.past.archive;
  canvas_tools tools = {0};
  code_in from = {.bytes = bytes, .left = size, .archive = fresh.past.archive};
  get_all(&from, c, &fresh, &tools);
  if (from.trouble != OK) {
    easel_finish(&fresh);
    return from.trouble;
  }
  easel_finish(&c->easel);
  c->easel = fresh;
  c->tools = tools;
  canvas_want_grains(c);
  return OK;
}
