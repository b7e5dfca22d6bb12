// SPDX-License-Identifier: GPL-3.0-or-later
// The part of a history that is not in memory. A step's piece: the reference of the step below
// it, the version of what follows, then the step with its tiles named (step_code.h).
#include "core/studio/history.h"
#include "core/studio/step_code.h"
#include "core/studio/tile_archive.h"

#include <stdlib.h>
#include <string.h>

static result put_away(const history *h, const step *s, piece_ref below) {
  piece_ref place = 0;
  code_out to = {.archive = h->archive};
  if (s->mark == NULL) return NO_MEMORY;
  code_put_u64(&to, below);
  code_put_u32(&to, CANVAS_VERSION);
  code_put_step(&to, h->tiles, s);
  result r = to.trouble;
  const piece_store *store = tile_archive_store(h->archive);
  if (r == OK) r = piece_put(store, PIECE_STEP, to.bytes, to.size, &place);
  free(to.bytes);
  if (r == OK) atomic_store(&s->mark->place, place);
  return r;
}

result history_put_away(const history *h, const step_list *l, piece_ref *newest) {
  *newest = l->below;
  for (uint32_t i = 0; i < l->count; i++) {
    const step *s = &l->steps[i];
    const result r = step_place(s) != 0 ? OK : put_away(h, s, *newest);
    if (r != OK) return r;
    *newest = step_place(s);
  }
  return OK;
}

// ---- Staying within the limit --------------------------------------------------------

void history_drop_oldest(history *h, step_list *l, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    step *s = &l->steps[i];
    l->below = step_place(s);
    h->bytes -= step_bytes(s);
    step_finish(s);
  }
  l->count -= count;
  memmove(l->steps, l->steps + count, l->count * sizeof(step));
}

// With a little time those that were not put away yet are, by whoever saves the canvas; beyond
// that each step pays for one or a few, so that nobody waits for many at once.
static bool is_over(const history *h, size_t freed, bool away) {
  const size_t spare = away || h->archive == NULL ? 0 : h->limit / 4;
  return h->bytes - freed > h->limit + spare;
}

static void trim_list(history *h, step_list *l) {
  uint32_t gone = 0;
  size_t freed = 0;
  piece_ref below = l->below;
  while (gone + 1 < l->count) {
    const step *s = &l->steps[gone];
    const bool away = step_place(s) != 0;
    if (!is_over(h, freed, away)) break;
    const bool kept = away || (h->archive != NULL && put_away(h, s, below) == OK);
    below = kept ? step_place(s) : 0;
    freed += step_bytes(s);
    gone++;
  }
  if (gone > 0) history_drop_oldest(h, l, gone);
}

void history_trim(history *h) {
  trim_list(h, &h->undo);
  trim_list(h, &h->redo);
}

// ---- Having it again -----------------------------------------------------------------

static result read_step(const history *h, piece_ref place, step *s, piece_ref *below) {
  uint8_t *raw = NULL;
  size_t size = 0;
  if (h->archive == NULL) return BAD_DATA;
  const piece_store *store = tile_archive_store(h->archive);
  const result r = piece_get(store, PIECE_STEP, place, &raw, &size);
  if (r != OK) return r;
  code_in from = {.bytes = raw, .left = size, .archive = h->archive};
  *below = code_get_u64(&from);
  const uint32_t version = code_get_u32(&from);
  if (version > CANVAS_VERSION) code_refuse(&from, TOO_NEW);
  if (from.trouble == OK) code_get_step(&from, version, h->tiles, s);
  if (from.left > 0) code_refuse(&from, BAD_DATA);
  free(raw);
  return from.trouble;
}

bool history_bring_back(history *h, step_list *l) {
  step s = {0};
  piece_ref below = 0;
  const piece_ref place = l->below;
  if (l->count > 0 || place == 0) return false;
  h->trouble = read_step(h, place, &s, &below);
  if (h->trouble != OK) {
    step_finish(&s);
    return false;
  }
  h->trouble = history_add(h, l, &s);
  if (h->trouble != OK) return false;
  l->below = below;
  if (l->steps[0].mark != NULL) atomic_store(&l->steps[0].mark->place, place);
  return true;
}

bool step_list_has_any(const step_list *l) { return l->count > 0 || l->below != 0; }
