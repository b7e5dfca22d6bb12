// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio media player
// Any bytes as the sound of tapes in a saved state: refused, or tapes within their limits.
#include "core/player/saved_sound.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  tapes t = {0};
  cursor from = {.at = bytes, .left = size};
  if (tape_room_create(&t.room) != OK) abort();
  const result r = saved_sounds_read(&t, &from);
  for (int i = 0; r == OK && i < TAPES_MAX; i++) {
    const tape *one = &t.all[i];
    if (one->number && (!one->closed || one->settled > one->sound->frames)) abort();
  }
  tapes_finish(&t);
  tape_room_destroy(t.room);
  return 0;
}
