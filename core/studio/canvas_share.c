// SPDX-License-Identifier: GPL-3.0-or-later
// A canvas that shares its tiles with another: a tile is never written once it is shared, as
// each step copies what it touches, so all that is copied here is lists of them and, in a
// stroke, the tiles that it is writing on.
#include "core/studio/canvas_parts.h"

#include <stdlib.h>

static result share_paper(album_paper *to, const album_paper *from, uint32_t tiles) {
  if (album_make(to, tiles) != OK) return NO_MEMORY;
  to->stack = from->stack;
  for (uint32_t s = 0; s < SHEETS_ALL; s++) {
    for (uint32_t i = 0; i < tiles; i++) to->tiles[s][i] = tile_share(from->tiles[s][i]);
  }
  return OK;
}

static result share_album(album *to, const album *from, uint32_t tiles) {
  result r = OK;
  to->count = from->count;
  to->lies = from->lies;
  for (uint32_t n = 0; n < from->count && r == OK; n++) {
    if (n != from->lies) r = share_paper(&to->papers[n], &from->papers[n], tiles);
  }
  return r;
}

static result share_sheet(easel *to, const easel *from, uint32_t sheet) {
  if (from->tiles[sheet] == NULL) return OK;
  if (easel_make_sheet(to, sheet) != OK) return NO_MEMORY;
  for (uint32_t i = 0; i < from->across * from->down; i++) {
    tile *there = from->tiles[sheet][i];
    const bool written_on = from->touched[i] & 1u << sheet;
    tile *ours = written_on ? tile_copy(there) : tile_share(there);
    if (ours == NULL && there != NULL) return NO_MEMORY;
    to->tiles[sheet][i] = ours;
    if (written_on && from->tooth.grain != NULL) // as the stroke will stay
      easel_bite(from, easel_before(from, sheet, i), ours, i);
  }
  return OK;
}

// Of a history with a store those steps that were not put away yet, which are the newest.
static uint32_t steps_to_share(const history *past, const step_list *from) {
  uint32_t count = 0;
  if (past->archive == NULL) return canvas_steps_saved(from);
  while (count < from->count && step_place(&from->steps[from->count - count - 1]) == 0)
    count++;
  return count;
}

static result share_steps(
  history *to, step_list *list, const history *past, const step_list *from) {
  result r = OK;
  const uint32_t count = steps_to_share(past, from), first = from->count - count;
  list->below = from->below;
  if (first > 0 && past->archive != NULL)
    list->below = step_place(&from->steps[first - 1]);
  for (uint32_t i = first; i < from->count && r == OK; i++) {
    step s;
    r = step_share(&from->steps[i], &s);
    if (r == OK) r = history_add(to, list, &s);
  }
  return r;
}

static result share_easel(easel *to, const easel *from) {
  result r = OK;
  to->stack = from->stack;
  for (uint32_t s = 0; s < SHEETS_ALL && r == OK; s++) r = share_sheet(to, from, s);
  return r;
}

static result share_waiting(easel *to, const easel *from, uint32_t n) {
  album_paper p = {.tiles = {NULL}};
  result r = share_paper(&p, &from->album.papers[n], from->across * from->down);
  for (uint32_t s = 0; s < SHEETS_ALL; s++) {
    free(to->tiles[s]);
    to->tiles[s] = p.tiles[s];
  }
  to->stack = p.stack;
  return r;
}

static result share_past(easel *to, const easel *from, bool with_history) {
  history *past = &to->past;
  const history *all = &from->past;
  result r = share_album(&to->album, &from->album, from->across * from->down);
  if (r == OK && with_history) r = share_steps(past, &past->undo, all, &all->undo);
  if (r == OK && with_history) r = share_steps(past, &past->redo, all, &all->redo);
  return r;
}

typedef enum share_kind { SHARE_PAPER = 1, SHARE_ALL, SHARE_WITH_HISTORY } share_kind;

// Paper `n`, from 0, or all of them.
static result share(const canvas *c, share_kind kind, uint32_t n, canvas **made) {
  *made = NULL;
  canvas *shared = calloc(1, sizeof *shared);
  if (shared == NULL) return NO_MEMORY;
  shared->scale = c->scale;
  shared->tools = c->tools;
  canvas_share_grains(shared, c);
  const easel *from = &c->easel;
  easel *to = &shared->easel;
  result r = easel_init(to, from->width, from->height, from->past.limit);
  if (r == OK) to->past.archive = tile_archive_share(from->past.archive);
  if (r == OK)
    r = n == from->album.lies ? share_easel(to, from) : share_waiting(to, from, n);
  if (r == OK && kind != SHARE_PAPER)
    r = share_past(to, from, kind == SHARE_WITH_HISTORY);
  if (r == OK)
    *made = shared;
  else
    canvas_destroy(shared);
  return r;
}

result canvas_share(const canvas *c, bool with_history, canvas **made) {
  *made = NULL;
  if (canvas_in_stroke(c)) return NOT_NOW;
  return share(
    c, with_history ? SHARE_WITH_HISTORY : SHARE_ALL, c->easel.album.lies, made);
}

result canvas_share_paper(const canvas *c, uint32_t n, canvas **made) {
  *made = NULL;
  return n < 1 || n > c->easel.album.count ? NOT_FOUND
                                           : share(c, SHARE_PAPER, n - 1, made);
}
