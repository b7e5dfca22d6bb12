// SPDX-License-Identifier: GPL-3.0-or-later
// Framed messages between our programs over a SOCK_SEQPACKET pair, with descriptors riding
// along. One message is one packet: either all of it arrives or none.
#ifndef GESTO_BASE_LINK_H
#define GESTO_BASE_LINK_H

#include "core/base/result.h"

#include <stddef.h>
#include <stdint.h>

enum { LINK_TEXT_MAX = 96 * 1024, LINK_FDS_MAX = 12 };

// What one message holds. Its kinds stand in protocol.h; `a`, `b`, `value` mean what the
// kind says, `text` is UTF-8 (JSON or a sentence), always ended by a zero byte.
typedef struct link_message {
  uint32_t kind, a, b, text_size; // text_size without the zero
  uint64_t big;
  double value;
  int fds[LINK_FDS_MAX]; // -1 where there is none, when sent too; received: the
                         // receiver owns them
  uint32_t fd_count;
  char text[LINK_TEXT_MAX + 1];
} link_message; // large: keep one per link, not on a stack

// Two connected ends, close-on-exec, not blocking. Each takes some 40 of the largest
// messages where the system lets us ask for that room, but only 2 where it does not, and
// small ones by the hundred: whoever sends much at once is ready for NOT_NOW.
MUST_USE result link_pair(int ends[2]);

// [any] Sends kind, a, b, big, value, text and fds (which stay the sender's). ENDED: the
// other side is gone. NOT_NOW: its queue is full (the socket is set not to block).
MUST_USE result link_send(int end, const link_message *m);
// [any] The short forms. `text` may be NULL.
MUST_USE result link_say(int end, uint32_t kind, uint32_t a, const char *text);
// [any] Waits up to timeout_ms (-1: for ever, 0: not at all). NOT_NOW: nothing came.
// ENDED: the other side is gone. BAD_DATA: not one of our packets (dropped, fds closed).
MUST_USE result link_receive(int end, link_message *m, int timeout_ms);
// Closes the descriptors of a received message that nobody took (takes set them to -1).
void link_drop_fds(link_message *m);

#endif
