// SPDX-License-Identifier: GPL-3.0-or-later
// What the keeper orders a player to do, read from TO_PLAYER_ORDER. Main thread.
#ifndef GESTO_PLAYER_ORDER_H
#define GESTO_PLAYER_ORDER_H

#include "core/base/link.h"
#include "core/player/machine.h"

typedef struct order {
  char *path, *assets, *version, *language;
  uint32_t creation;
  uint64_t seed, first_seq, feed_count;
  float width, height, scale, text_scale;
  uint32_t look_flags;
  settings set;
  machine_mode mode;
  int page_fd, ring_fd, frame_fd, feed_fd, wave_fd, state_fd, tapes_fd, picture_fd,
    pieces_fd, piece_file_fd; // ours; -1: none
  uint64_t state_size;
  size_t picture_size;
  bool anew; // the state is of another creation: a copy of it begins here
} order;

// Takes the descriptors out of the message. BAD_DATA: not an order; nothing is taken. The
// caller finishes *o in any case.
MUST_USE result order_read(order *o, link_message *m);
// Closes the descriptors, once what they name is mapped: an exercise finds none.
void order_close_fds(order *o);
void order_finish(order *o); // only after order_read

#endif
