// SPDX-License-Identifier: GPL-3.0-or-later
#include "history.h"

#include <string.h>

void history_add(history *h, uint64_t passes) {
  h->count = h->done;
  if (h->count == STEPS) {
    memmove(h->steps, h->steps + 1, sizeof h->steps - sizeof h->steps[0]);
    h->count--;
  }
  h->steps[h->count++] = passes;
  h->done = h->count;
}

uint64_t history_undo(history *h) { return h->done ? h->steps[--h->done] : 0; }

uint64_t history_redo(history *h) { return h->done < h->count ? h->steps[h->done++] : 0; }

uint64_t history_reach(const history *h) {
  uint64_t all = 0;
  for (uint32_t i = 0; i < h->count; i++) all |= h->steps[i];
  return all;
}

void history_thin(history *h, uint64_t heard) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < h->done; i++)
    if (h->steps[i] & heard) h->steps[kept++] = h->steps[i] & heard;
  h->count = h->done = kept;
  memset(h->steps + kept, 0, (STEPS - kept) * sizeof h->steps[0]);
}
