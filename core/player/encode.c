// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/encode.h"

#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/media/sound_file.h"
#include "core/player/say.h"

enum { BYTES_A_FRAME = 3 };
static const float full = 8388608;

// 24 bits, little-endian; both sides hear the same.
static void read_pcm(void *data, uint64_t at, uint64_t count, float *to) {
  const uint8_t *from = (const uint8_t *)data + at * BYTES_A_FRAME;
  for (uint64_t i = 0; i < count; i++, from += BYTES_A_FRAME) {
    uint32_t bits =
      (uint32_t)from[0] << 8 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 24;
    to[2 * i] = to[2 * i + 1] = (float)((int32_t)bits >> 8) / full;
  }
}

static size_t encode(const memory_map *pcm, uint64_t frames, memory_map *room) {
  size_t size = 0;
  if (frames == 0 || frames > pcm->size / BYTES_A_FRAME) return 0;
  const sound_source source = {.data = pcm->bytes, .read = read_pcm, .frames = frames};
  result done =
    sound_file_write_from(SOUND_FLAC, &source, room->bytes, room->size, &size);
  return done == OK ? size : 0;
}

void encode_sound(int link, link_message *m) {
  memory_map pcm = {0}, room = {0};
  size_t size = 0;
  if (m->fd_count >= 2 && memory_map_open(&pcm, m->fds[0], false, BYTES_A_FRAME) == OK &&
    memory_map_open(&room, m->fds[1], true, 1) == OK) {
    size = encode(&pcm, m->big, &room);
  }
  memory_map_close(&pcm);
  memory_map_close(&room); // before the word, so that the keeper can seal it
  say(
    link, &(saying){.kind = FROM_PLAYER_ENCODED, .a = m->a, .b = size != 0, .big = size});
}
