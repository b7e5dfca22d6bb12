// SPDX-License-Identifier: GPL-3.0-or-later
// A running exercise as a window sees it: its page, its frame, and the picture of it that
// shows, which stays when the player goes. What a player writes is copied and checked, and
// no picture shows but through the flash guard. Main thread.
#ifndef GESTO_LIGHT_LIVE_H
#define GESTO_LIGHT_LIVE_H

#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/base/result.h"
#include "core/light/flash_guard.h"
#include "core/light/waiter.h"

#include <cairo.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct live {
  uint32_t creation; // 0: none
  bool here;         // a player answers for it
  memory_map page, frame;
  uint32_t width, height;  // of the frame, read once and checked
  bool fresh;              // the next picture is the first in this frame: take all of it
  uint32_t passed_over;    // a commit that belongs to the frame before
  cairo_surface_t *wanted; // RGB24: the last picture as the player made it, or NULL
  cairo_surface_t *kept;   // RGB24: the one that shows; NULL: none yet
  flash_guard *guard;      // between the two; NULL before the first live_begin
  uint32_t window_w, window_h; // pixels of the window that it is a part of; 0: not known
  uint32_t bells_told;         // rings of the bell that were no picture, already answered
  waiter bell;
} live;

// Takes over a player: maps both (the descriptors stay the caller's) and waits at its bell
// for `post` (NULL, or without an event: does not wait). BAD_DATA: they are not what they should be.
MUST_USE result live_begin(
  live *l, uint32_t creation, int page_fd, int frame_fd, const waiter_post *post);
// Another frame for the same player. The old picture stays until the first commit.
MUST_USE result live_set_frame(live *l, int frame_fd);
// The player is gone; the picture stays.
void live_lose(live *l);
void live_finish(live *l); // takes a zeroed one
// Takes a new picture, if there is one, acknowledges it, and goes on easing. Rectangles of
// `kept` that may have changed go to `rects`; returns how many (0: none). The caller rings
// the ring's bell.
uint32_t live_take(live *l, uint64_t now_us, page_rect rects[PAGE_RECTS]);
// After live_take: the player has more to draw and waits for the ring's bell.
bool live_is_awaited(const live *l);
// Part of the picture is being eased (flash_guard.h): live_take is wanted each frame.
bool live_eases(const live *l);
// It is, and the next step is due.
bool live_due(const live *l, uint64_t now_us);
// How often easing began.
uint32_t live_eased_times(const live *l);
// How long the whole picture had better stay since it was last moved, so that it need not be
// held (flash_guard.h); in microseconds.
uint64_t live_rests_us(const live *l, uint64_t now_us);
// The last slot that the picture which shows has taken in.
uint64_t live_shown_seq(const live *l);
// True once for each time that the player rang without a picture: it wants an ADVANCE.
bool live_wants_advance(live *l);
bool live_wants_ticks(const live *l);
// The size of the player's canvas at birth, in units. False: there is none.
bool live_paper(const live *l, double *width, double *height);
// How broad a line is that is drawn on it now, in units of the canvas; 0: not known.
double live_dab(const live *l);

#endif
