// SPDX-License-Identifier: GPL-3.0-or-later
// Turns an order into the message that a player takes, with the memory that rides along.
// Keeper's main thread.
#ifndef GESTO_KEEPER_PLAYER_ORDER_H
#define GESTO_KEEPER_PLAYER_ORDER_H

#include "core/keeper/player_proc.h"

typedef struct ordered_memory { // ours; -1: none
  int page_fd, frame_fd, wave_fd;
} ordered_memory;

// Fills `m` (its descriptors are copies of its own: link_drop_fds closes them) and makes
// page, frame and wave. On failure there is nothing to clean up.
MUST_USE result player_order_pack(
  const player_order *order, link_message *m, ordered_memory *made);

// A frame for `w` x `h` pixels, its head written. TOO_LARGE over 8192 a side.
MUST_USE result player_order_frame(uint32_t w, uint32_t h, int *fd);

#endif
