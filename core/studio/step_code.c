// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/step_code.h"

#include "core/studio/album.h"
#include "core/studio/canvas.h"
#include "core/studio/tile_archive.h"

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

uint32_t code_slot(uint32_t n, uint32_t sheet, uint32_t tiles) {
  return (n * SHEETS_ALL + sheet) * tiles;
}

// ---- Steps -------------------------------------------------------------------------

void code_put_step(code_out *to, uint32_t tiles, const step *s) {
  code_put_stack(to, &s->stack);
  code_put_places(to, s->papers, s->lies);
  code_put_u32(to, s->count);
  for (uint32_t i = 0; i < s->count; i++) {
    const kept_tile *k = &s->tiles[i];
    code_put_u32(to, k->sheet);
    code_put_u32(to, k->index);
    code_put_any_tile(to, code_slot(s->lies, k->sheet, tiles) + k->index, k->tile);
  }
}

void code_get_step(code_in *from, uint32_t version, uint32_t tiles, step *s) {
  code_get_stack(from, version, &s->stack);
  s->papers = 1;
  if (version >= 4) code_get_places(from, &s->papers, &s->lies);
  const uint32_t count = code_get_u32(from);
  if (count > SHEETS_ALL * tiles) code_refuse(from, BAD_DATA);
  for (uint32_t i = 0; i < count && from->trouble == OK; i++) {
    const uint32_t sheet = code_get_u32(from), index = code_get_u32(from);
    if (sheet >= SHEETS_ALL || index >= tiles) code_refuse(from, BAD_DATA);
    if (from->trouble != OK) return;
    tile *t = code_get_any_tile(from, version);
    if (step_keep(s, sheet, index, t) != OK) code_refuse(from, NO_MEMORY);
  }
}
