// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/easel.h"

#include <stdlib.h>
#include <string.h>

static const size_t album_limit = (size_t)512 << 20;

static uint32_t tiles_of(const easel *e) { return e->across * e->down; }

result easel_make_sheet(easel *e, uint32_t sheet) {
  if (e->tiles[sheet] == NULL) e->tiles[sheet] = calloc(tiles_of(e), sizeof(tile *));
  return e->tiles[sheet] == NULL ? NO_MEMORY : OK;
}

result easel_init(easel *e, uint32_t width, uint32_t height, size_t history_limit) {
  *e = (easel){.width = width,
    .height = height,
    .across = (width + TILE_SIDE - 1) / TILE_SIDE,
    .down = (height + TILE_SIDE - 1) / TILE_SIDE,
    .stack = {.paper = 0xFFFFFF,
      .count = 1,
      .order = {0, 1, 2},
      .opacity = {100, 100, 100}},
    .album = {.count = 1}};
  e->touched = calloc(tiles_of(e), 1);
  result r = e->touched == NULL ? NO_MEMORY : OK;
  if (r == OK) r = history_init(&e->past, tiles_of(e), history_limit);
  for (uint32_t s = 0; s < SHEETS_ALL && r == OK; s++) r = easel_make_sheet(e, s);
  if (r == OK) r = damage_init(&e->changed, e->across, e->down);
  if (r == OK)
    damage_add_all(&e->changed, width, height);
  else
    easel_finish(e);
  return r;
}

void easel_finish(easel *e) {
  step_finish(&e->now);
  history_finish(&e->past);
  damage_finish(&e->changed);
  for (uint32_t s = 0; s < SHEETS_ALL; s++) {
    for (uint32_t i = 0; e->tiles[s] != NULL && i < tiles_of(e); i++) {
      tile_release(e->tiles[s][i]);
    }
    free(e->tiles[s]);
  }
  album_finish(&e->album, tiles_of(e));
  tip_finish(&e->tip);
  free(e->touched);
  *e = (easel){0};
}

static tile *there(const easel *e, uint32_t sheet, uint32_t index) {
  return e->tiles[sheet] == NULL ? NULL : e->tiles[sheet][index];
}

const tile *easel_shown(const easel *e, uint32_t sheet, uint32_t index) {
  const tile *t = tip_see(&e->tip, sheet, index);
  return t != NULL ? t : there(e, sheet, index);
}

const tile *easel_see(const easel *e, uint32_t sheet, uint32_t index) {
  return e->tip.painting ? easel_shown(e, sheet, index) : there(e, sheet, index);
}

const tile *easel_before(const easel *e, uint32_t sheet, uint32_t index) {
  if (!(e->touched[index] & 1u << sheet)) return there(e, sheet, index);
  uint32_t i = e->now.count; // what was touched last is looked at most
  while (e->now.tiles[i - 1].sheet != sheet || e->now.tiles[i - 1].index != index) i--;
  return e->now.tiles[i - 1].tile;
}

void easel_begin(easel *e) {
  e->tooth.grain = NULL;
  e->trouble = OK;
  e->now = (step){.stack = e->stack, .lies = e->album.lies, .papers = e->album.count};
}

tile *easel_touch(easel *e, uint32_t sheet, uint32_t index) {
  tile **place = &e->tiles[sheet][index];
  if (e->tip.painting) return tip_touch(&e->tip, index, *place);
  uint8_t bit = (uint8_t)(1u << sheet);
  if (e->touched[index] & bit) return *place;
  tile *fresh = tile_copy(*place);
  if (fresh == NULL) {
    e->trouble = NO_MEMORY;
    return NULL;
  }
  result r = step_keep(&e->now, sheet, index, tile_share(*place));
  if (r != OK) {
    tile_release(fresh);
    e->trouble = r;
    return NULL;
  }
  tile_release(*place);
  *place = fresh;
  e->touched[index] |= bit;
  return fresh;
}

void easel_note(easel *e, uint32_t index, int x0, int y0, int x1, int y1) {
  const bool beneath = tip_note(&e->tip, index, x0, y0, x1, y1) && !e->tip.painting;
  if (!beneath) damage_add(&e->changed, index, x0, y0, x1, y1);
}

bool easel_begin_tip(easel *e, uint32_t sheet) {
  return tip_begin(&e->tip, tiles_of(e), sheet) == OK;
}

void easel_end_tip(easel *e) { e->tip.painting = false; }

void easel_drop_tip(easel *e) {
  tip_tile t;
  while (tip_drop_one(&e->tip, &t))
    if (t.x1 > t.x0) damage_add(&e->changed, t.index, t.x0, t.y0, t.x1, t.y1);
}

static void tile_changed(easel *e, uint32_t index) {
  uint32_t w = e->width - index % e->across * TILE_SIDE;
  uint32_t h = e->height - index / e->across * TILE_SIDE;
  damage_add(&e->changed, index, 0, 0, (int)(w < TILE_SIDE ? w : TILE_SIDE),
    (int)(h < TILE_SIDE ? h : TILE_SIDE));
}

result easel_put(easel *e, uint32_t sheet, uint32_t index, tile *t) {
  result r = step_keep(&e->now, sheet, index, tile_share(e->tiles[sheet][index]));
  if (r != OK) {
    tile_release(t);
    return r;
  }
  tile_release(e->tiles[sheet][index]);
  e->tiles[sheet][index] = t;
  tile_changed(e, index);
  return OK;
}

result easel_clear(easel *e, uint32_t sheet, uint32_t index) {
  return easel_put(e, sheet, index, NULL);
}

// A choice of sheet that is still possible outlives undo and redo.
static sheet_stack stack_with_choice(sheet_stack to, uint32_t chosen) {
  if (chosen < to.count) to.chosen = (uint8_t)chosen;
  return to;
}

static bool same_paper(const easel *e, const step *s) {
  return s->lies == e->album.lies && s->papers == e->album.count;
}

// The stack of the paper that is laid on the easel is as the step says, and so is how many
// papers there are; the sheet that was chosen on it last is chosen again.
static void exchange_papers(easel *e, step *s) {
  const sheet_stack was = e->stack;
  const uint8_t lies = e->album.lies, papers = e->album.count;
  easel_turn(e, s->lies);
  e->stack = stack_with_choice(s->stack, e->stack.chosen);
  e->album.count = s->papers;
  s->stack = was;
  s->lies = lies;
  s->papers = papers;
}

// Exchanges what the step holds for what is there.
static void exchange(easel *e, step *s) {
  if (!same_paper(e, s)) {
    exchange_papers(e, s);
    return;
  }
  for (uint32_t i = 0; i < s->count; i++) {
    kept_tile *k = &s->tiles[i];
    tile *was_there = e->tiles[k->sheet][k->index];
    e->tiles[k->sheet][k->index] = k->tile;
    k->tile = was_there;
    tile_changed(e, k->index);
  }
  sheet_stack was = e->stack;
  e->stack = stack_with_choice(s->stack, was.chosen);
  s->stack = was;
  if (!sheet_stack_looks_same(&e->stack, &was))
    damage_add_all(&e->changed, e->width, e->height);
}

static void untouch(easel *e) {
  for (uint32_t i = 0; i < e->now.count; i++) e->touched[e->now.tiles[i].index] = 0;
}

void easel_bite(const easel *e, const tile *before, tile *painted, uint32_t index) {
  const uint32_t left = index % e->across * TILE_SIDE;
  const uint32_t top = index / e->across * TILE_SIDE;
  for (uint32_t y = 0; y < TILE_SIDE; y++) {
    const size_t row = (size_t)y * TILE_SIDE * 4;
    tooth_bite(&e->tooth, before == NULL ? NULL : before->rgba + row, painted->rgba + row,
      left, top + y, TILE_SIDE);
  }
}

static void bite_all(easel *e) {
  for (uint32_t i = 0; i < e->now.count && e->tooth.grain != NULL; i++) {
    const kept_tile *k = &e->now.tiles[i];
    easel_bite(e, k->tile, e->tiles[k->sheet][k->index], k->index);
  }
}

result easel_commit(easel *e) {
  result trouble = e->trouble;
  bite_all(e);
  untouch(e);
  const bool same = same_paper(e, &e->now);
  if (e->now.count == 0 && same && sheet_stack_looks_same(&e->now.stack, &e->stack)) {
    step_finish(&e->now);
    return trouble;
  }
  result r = history_push(&e->past, &e->now);
  return trouble != OK ? trouble : r;
}

album_paper easel_paper(const easel *e, uint32_t n) {
  album_paper here = {.stack = e->stack};
  memcpy(here.tiles, e->tiles, sizeof here.tiles);
  return n == e->album.lies ? here : e->album.papers[n];
}

void easel_turn(easel *e, uint32_t n) {
  album_paper *left = &e->album.papers[e->album.lies], *laid = &e->album.papers[n];
  if (n == e->album.lies) return;
  memcpy(left->tiles, e->tiles, sizeof left->tiles);
  left->stack = e->stack;
  memcpy(e->tiles, laid->tiles, sizeof laid->tiles);
  e->stack = laid->stack;
  memset(laid->tiles, 0, sizeof laid->tiles);
  e->album.lies = (uint8_t)n;
  damage_add_all(&e->changed, e->width, e->height);
}

// What undo took out of the count may have left something where memory did not do for it.
result easel_lay_new(easel *e) {
  const uint32_t n = e->album.count;
  if (n == PAPERS_MAX) return NO_SPACE;
  if (album_bytes(&e->album, tiles_of(e)) > album_limit) return NO_SPACE;
  album_paper *p = &e->album.papers[n];
  if (album_make(p, tiles_of(e)) != OK) return NO_MEMORY;
  album_empty(p, tiles_of(e));
  p->stack = (sheet_stack){.paper = e->stack.paper,
    .texture = e->stack.texture,
    .count = 1,
    .order = {0, 1, 2},
    .opacity = {100, 100, 100}};
  e->album.count++;
  easel_turn(e, n);
  return OK;
}

void easel_take_back(easel *e) {
  untouch(e);
  exchange(e, &e->now);
  step_finish(&e->now);
}

// Papers come one by one, each laid on the easel as it comes: a step that was read and says
// otherwise would count papers that were never made.
static bool fits_album(const easel *e, const step *s) {
  const uint8_t count = e->album.count;
  return s->papers <= count || (s->papers == count + 1 && s->lies == count);
}

// The newest step of a list, wherever it is; the paper that it lays on the easel has been made.
static bool has_step(easel *e, step_list *from) {
  if (from->count == 0 && !history_bring_back(&e->past, from)) return false;
  const step *s = &from->steps[from->count - 1];
  if (!fits_album(e, s)) {
    e->past.trouble = BAD_DATA;
    return false;
  }
  if (s->lies == e->album.lies) return true;
  return album_make(&e->album.papers[s->lies], tiles_of(e)) == OK;
}

static bool go(easel *e, step_list *from, step_list *to) {
  if (!has_step(e, from)) return false;
  step s = history_take(&e->past, from);
  exchange(e, &s);
  step_turn(&s);
  // Out of memory the step is lost to the other list, the picture is right.
  result r = history_add(&e->past, to, &s);
  history_trim(&e->past);
  return r == OK || r == NO_MEMORY;
}

bool easel_undo(easel *e) { return go(e, &e->past.undo, &e->past.redo); }

bool easel_redo(easel *e) { return go(e, &e->past.redo, &e->past.undo); }
