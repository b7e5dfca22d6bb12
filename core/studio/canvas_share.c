// SPDX-License-Identifier: GPL-3.0-or-later
// A canvas that shares its tiles with another: a tile is never written once it is shared, as
// each step copies what it touches, so all that is copied here is lists of them and, in a
// stroke, the tiles that it is writing on.
#include "core/studio/canvas_parts.h"

#include <stdlib.h>

static result share_sheet(easel *to, const easel *from, uint32_t sheet) {
  if (from->tiles[sheet] == NULL) return OK;
  if (easel_make_sheet(to, sheet) != OK) return NO_MEMORY;
  for (uint32_t i = 0; i < from->across * from->down; i++) {
    tile *there = from->tiles[sheet][i];
    const bool written_on = from->touched[i] & 1u << sheet;
    tile *ours = written_on ? tile_copy(there) : tile_share(there);
    if (ours == NULL && there != NULL) return NO_MEMORY;
    to->tiles[sheet][i] = ours;
  }
  return OK;
}

static result share_steps(history *to, step_list *list, const step_list *from) {
  result r = OK;
  const uint32_t count = canvas_steps_saved(from);
  for (uint32_t i = from->count - count; i < from->count && r == OK; i++) {
    step s;
    r = step_share(&from->steps[i], &s);
    if (r == OK) r = history_add(to, list, &s);
  }
  return r;
}

static result share_all(canvas *to, const canvas *c, bool with_history) {
  easel *e = &to->easel;
  const history *past = &c->easel.past;
  result r = easel_init(e, c->easel.width, c->easel.height, past->limit);
  e->stack = c->easel.stack;
  for (uint32_t s = 0; s < SHEETS_ALL && r == OK; s++) r = share_sheet(e, &c->easel, s);
  if (r == OK && with_history) r = share_steps(&e->past, &e->past.undo, &past->undo);
  if (r == OK && with_history) r = share_steps(&e->past, &e->past.redo, &past->redo);
  return r;
}

static result share(const canvas *c, bool with_history, canvas **made) {
  *made = NULL;
  canvas *shared = calloc(1, sizeof *shared);
  if (shared == NULL) return NO_MEMORY;
  shared->scale = c->scale;
  shared->tools = c->tools;
  result r = share_all(shared, c, with_history);
  if (r == OK)
    *made = shared;
  else
    canvas_destroy(shared);
  return r;
}

result canvas_share(const canvas *c, bool with_history, canvas **made) {
  *made = NULL;
  return canvas_in_stroke(c) ? NOT_NOW : share(c, with_history, made);
}

result canvas_share_picture(const canvas *c, canvas **made) {
  return share(c, false, made);
}
