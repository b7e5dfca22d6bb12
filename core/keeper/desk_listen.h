// SPDX-License-Identifier: GPL-3.0-or-later
// A sound of the archive, heard at the desk: decoded by a player, played by gesto-sound.
// Keeper's main thread.
#ifndef GESTO_KEEPER_DESK_LISTEN_H
#define GESTO_KEEPER_DESK_LISTEN_H

#include "core/base/result.h"
#include "core/keeper/player_proc.h"
#include "core/keeper/sound_link.h"
#include "core/keeper/wake.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct desk_listen {
  player_proc *player;
  bool sent;
  int file_fd, wave_fd, page_fd;
  uint64_t size;
} desk_listen; // zeroed: none

// Stops what is heard. NOT_FOUND, TOO_LARGE: `path` is not a sound that can be played.
MUST_USE result desk_listen_begin(desk_listen *d, const char *path);
void desk_listen_stop(desk_listen *d, sound_link *sound);
void desk_listen_wake(const desk_listen *d, wake_set *w);
// Attaches the wave to `sound` once the player is there. False: it ended.
bool desk_listen_turn(desk_listen *d, sound_link *sound);

#endif
