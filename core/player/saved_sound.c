// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/saved_sound.h"

#include "core/media/sound_file.h"

#include <stdlib.h>

gesto_result saved_sounds_add(saved_sounds *s, tapes *from, uint32_t number) {
  for (uint32_t i = 0; i < s->count; i++)
    if (s->all[i].number == number) return GESTO_OK;
  if (s->count == SAVED_SOUNDS) return GESTO_NO_SPACE;
  saved_sound *one = &s->all[s->count];
  one->number = number;
  one->held = tapes_hold(from, number, &one->frames);
  if (!one->held) return GESTO_BAD_DATA;
  s->count++;
  return GESTO_OK;
}

static void read_held(void *data, uint64_t at, uint64_t count, float *to) {
  const saved_sound *one = data;
  tape_sound_add(one->held, at, count, to);
}

static gesto_result write_one(saved_sound one, blob *to) {
  blob_put_u32(to, one.number);
  blob_put_u64(to, one.held->frames);
  blob_put_u64(to, one.frames);
  if (one.frames == 0) return GESTO_OK;
  const uint64_t room = sound_file_room(one.frames);
  const sound_source source = {.data = &one, .read = read_held, .frames = one.frames};
  size_t size = 0;
  void *file = malloc(room);
  if (!file) return GESTO_NO_MEMORY;
  const result r = sound_file_write_from(SOUND_FLAC, &source, file, room, &size);
  if (r == OK) blob_put_part(to, file, size);
  free(file);
  return r == OK ? GESTO_OK : GESTO_FAILED;
}

gesto_result saved_sounds_write(const saved_sounds *s, blob *to) {
  gesto_result r = GESTO_OK;
  blob_put_u32(to, s->count);
  for (uint32_t i = 0; i < s->count && r == GESTO_OK; i++) r = write_one(s->all[i], to);
  return r;
}

void saved_sounds_let_go(saved_sounds *s) {
  for (uint32_t i = 0; i < s->count; i++) tape_sound_let_go(s->all[i].held);
  *s = (saved_sounds){0};
}

static result read_one(tapes *to, cursor *from) {
  const uint32_t number = cursor_u32(from);
  const uint64_t room = cursor_u64(from);
  const uint64_t frames = cursor_u64(from);
  if (from->torn || frames > room || frames % TAPE_BLOCK != 0) return BAD_DATA;
  if (frames == 0) return tapes_fill(to, number, room, NULL, 0);
  size_t size = 0;
  const uint8_t *file = cursor_part(from, &size);
  float *samples = NULL;
  uint64_t have = 0;
  uint32_t rate = 0;
  if (from->torn) return BAD_DATA;
  result r = sound_file_read(file, size, frames, &samples, &have, &rate);
  if (r == OK && have != frames) r = BAD_DATA;
  if (r == OK) r = tapes_fill(to, number, room, samples, frames);
  free(samples);
  return r;
}

result saved_sounds_read(tapes *to, cursor *from) {
  const uint32_t count = cursor_u32(from);
  if (from->torn || count > SAVED_SOUNDS || (count && !to->room)) return BAD_DATA;
  result r = OK;
  for (uint32_t i = 0; i < count && r == OK; i++) r = read_one(to, from);
  if (r == OK && count) tapes_settle(to);
  return r;
}
