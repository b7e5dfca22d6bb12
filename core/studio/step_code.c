// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/step_code.h"

#include "core/studio/album.h"
#include "core/studio/canvas.h"

#include <string.h>

// ---- Stacks ------------------------------------------------------------------------

void code_put_stack(code_out *to, const sheet_stack *s) {
  code_put_u32(to, s->paper);
  code_put(to, &s->count, 1);
  code_put(to, &s->chosen, 1);
  code_put(to, s->order, sizeof s->order);
  code_put(to, s->hidden, sizeof s->hidden);
  code_put(to, s->opacity, sizeof s->opacity);
  code_put(to, &s->texture, 1);
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

void code_get_stack(code_in *from, uint32_t version, sheet_stack *s) {
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

void code_put_places(code_out *to, uint8_t papers, uint8_t lies) {
  code_put(to, &papers, 1);
  code_put(to, &lies, 1);
}

void code_get_places(code_in *from, uint8_t *papers, uint8_t *lies) {
  code_get(from, papers, 1);
  code_get(from, lies, 1);
  if (*papers < 1 || *papers > PAPERS_MAX || *lies >= *papers)
    code_refuse(from, BAD_DATA);
}

// ---- Steps -------------------------------------------------------------------------

static void put_head(code_out *to, const step *s) {
  code_put_stack(to, &s->stack);
  code_put_places(to, s->papers, s->lies);
  code_put_u32(to, s->count);
}

void code_put_step(code_out *to, const step *s) {
  put_head(to, s);
  for (uint32_t i = 0; i < s->count; i++) {
    code_put_u32(to, s->tiles[i].sheet);
    code_put_u32(to, s->tiles[i].index);
    code_put_tile(to, s->tiles[i].tile);
  }
}

// Returns how many tiles follow.
static uint32_t get_head(code_in *from, uint32_t version, uint32_t tiles, step *s) {
  code_get_stack(from, version, &s->stack);
  s->papers = 1;
  if (version >= 4) code_get_places(from, &s->papers, &s->lies);
  const uint32_t count = code_get_u32(from);
  if (count > SHEETS_ALL * tiles) code_refuse(from, BAD_DATA);
  return from->trouble == OK ? count : 0;
}

static bool get_place(code_in *from, uint32_t tiles, uint32_t *sheet, uint32_t *index) {
  *sheet = code_get_u32(from);
  *index = code_get_u32(from);
  if (*sheet >= SHEETS_ALL || *index >= tiles) code_refuse(from, BAD_DATA);
  return from->trouble == OK;
}

void code_get_step(code_in *from, uint32_t version, uint32_t tiles, step *s) {
  const uint32_t count = get_head(from, version, tiles, s);
  for (uint32_t i = 0; i < count && from->trouble == OK; i++) {
    uint32_t sheet = 0, index = 0;
    if (!get_place(from, tiles, &sheet, &index)) return;
    tile *t = code_get_tile(from);
    if (step_keep(s, sheet, index, t) != OK) code_refuse(from, NO_MEMORY);
  }
}

// A tile of which nobody knows what takes its place is whole: a patch of nothing.
void code_put_step_patch(code_out *to, const step *s) {
  code_put_u32(to, CANVAS_VERSION);
  put_head(to, s);
  for (uint32_t i = 0; i < s->count; i++) {
    const kept_tile *k = &s->tiles[i];
    const uint8_t based = k->based;
    code_put_u32(to, k->sheet);
    code_put_u32(to, k->index);
    code_put(to, &based, 1);
    code_put_patch(to, based ? k->other : NULL, k->tile);
  }
}

static void get_kept(
  code_in *from, tile **const sheets[SHEETS_ALL], uint32_t tiles, step *s) {
  uint32_t sheet = 0, index = 0;
  uint8_t based = 0;
  if (!get_place(from, tiles, &sheet, &index)) return;
  code_get(from, &based, 1);
  if (sheets[sheet] == NULL) code_refuse(from, BAD_DATA);
  if (from->trouble != OK) return;
  tile *lies = sheets[sheet][index], *t = code_get_patch(from, based ? lies : NULL);
  if (step_keep(s, sheet, index, t) != OK) code_refuse(from, NO_MEMORY);
  if (from->trouble != OK) return;
  s->tiles[s->count - 1].other = tile_share(lies);
  s->tiles[s->count - 1].based = true;
}

void code_get_step_patch(
  code_in *from, tile **const sheets[SHEETS_ALL], uint32_t tiles, step *s) {
  const uint32_t version = code_get_u32(from);
  if (version > CANVAS_VERSION) code_refuse(from, TOO_NEW);
  const uint32_t count = get_head(from, version, tiles, s);
  for (uint32_t i = 0; i < count && from->trouble == OK; i++)
    get_kept(from, sheets, tiles, s);
}
