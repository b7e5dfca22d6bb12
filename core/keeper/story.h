// SPDX-License-Identifier: GPL-3.0-or-later
// The journals of one creation (process.journal, process-2.journal...) read as one story:
// every slot once and in order, without what is left out, and what the sound half reported.
// Changes nothing. Not thread-safe.
#ifndef GESTO_KEEPER_STORY_H
#define GESTO_KEEPER_STORY_H

#include "core/base/protocol.h"
#include "core/base/result.h"
#include "core/base/ring.h"
#include "core/keeper/steps.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct story_range {
  uint64_t first, last;
} story_range;

typedef struct story {
  int dir; // borrowed until finish
  uint32_t files;
  char *begin_json;     // of FRAME_BEGIN
  char *close_json;     // of FRAME_CLOSE, or NULL
  page_report *reports; // in order of before_seq, each once
  size_t report_count;
  steps steps; // what was reported of the canvas
  story_range *left_out;
  size_t left_out_count;
  uint64_t *round_trips; // seqs of the snapshots from which what stands came back, rising
  size_t round_trip_count;
  uint64_t after_seq;                    // slots and reports up to this one are not in it
  uint64_t slot_count, last_seq, end_us; // of all slots in it, left out or not
  bool damaged;                          // something could not be read and is missing
} story;

// Reads all of it once. `dir` is the creation's folder. NOT_FOUND: no journal there, or none
// with a beginning; BAD_DATA, TOO_NEW: the first one cannot be read. On failure nothing is
// to be finished.
MUST_USE result story_open(story *s, int dir);
// The same, but only what comes after slot `after_seq`: of hours that a snapshot holds, the
// frames are checked and passed over. last_seq is `after_seq` if nothing comes after it.
MUST_USE result story_open_after(story *s, int dir, uint64_t after_seq);
void story_finish(story *s); // takes a zeroed one

// Calls `each` for every slot that is not left out until it returns something but OK, which
// is then returned (ENDED counts as OK).
typedef result story_each_fn(void *data, const ring_slot *slot);
MUST_USE result story_each(const story *s, story_each_fn *each, void *data);

#endif
