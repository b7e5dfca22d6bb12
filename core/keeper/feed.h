// SPDX-License-Identifier: GPL-3.0-or-later
// A creation's story as the feed of a player: a ring in memory that holds its slots in order,
// with what the sound half reported and the ways back from snapshots at their places. Keeper
// only; one thread.
#ifndef GESTO_KEEPER_FEED_H
#define GESTO_KEEPER_FEED_H

#include "core/base/ring.h"
#include "core/keeper/story.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct feed_options {
  uint64_t after_seq; // begin after the snapshot of this slot; 0: at the beginning
  uint64_t until_us;  // exercise time to stop at; UINT64_MAX: all
  bool held;          // hand nothing out before feed_release
} feed_options;

typedef struct feed {
  int fd; // to hand to the player; ours
  ring ring;
  uint64_t count;    // slots in it
  uint64_t last_seq; // newest input slot in it; options.after_seq if there is none
  uint64_t end_us;   // exercise time of the newest slot in it
} feed;

// TOO_LARGE: more than a feed can hold (some 50 million slots).
MUST_USE result feed_make(feed *f, const story *s, const feed_options *options);
// Hands out the slots up to this exercise time. True: that was all.
bool feed_release(feed *f, uint64_t time_us);
uint64_t feed_handed(const feed *f); // newest input slot that was handed out; 0: none
void feed_finish(feed *f);           // takes a zeroed one

#endif
