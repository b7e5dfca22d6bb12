// SPDX-License-Identifier: GPL-3.0-or-later
// The keeper's room for pieces (protocol.h, "piece room") as a store for a canvas.
#ifndef GESTO_PLAYER_PIECE_ROOM_H
#define GESTO_PLAYER_PIECE_ROOM_H

#include "core/base/result.h"
#include "core/studio/piece.h"

typedef struct piece_room piece_room;

// [main] Both descriptors stay the caller's; `file_fd` -1: all pieces are in the room. BAD_DATA:
// no piece room.
MUST_USE result piece_room_open(piece_room **r, int fd, int file_fd);
void piece_room_destroy(piece_room *r); // takes NULL
// [any] Lives as long as the room.
const piece_store *piece_room_store(const piece_room *r);

#endif
