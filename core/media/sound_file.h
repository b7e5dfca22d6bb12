// SPDX-License-Identifier: GPL-3.0-or-later
// FLAC (24 bit) and WAV through libsndfile, into and out of memory. Any thread.
#ifndef GESTO_MEDIA_SOUND_FILE_H
#define GESTO_MEDIA_SOUND_FILE_H

#include "core/base/result.h"

#include <stddef.h>
#include <stdint.h>

typedef enum sound_format { SOUND_FLAC = 1, SOUND_WAV } sound_format;

// `samples`: frames x 2, interleaved, clipped to -1..1. Rate 48000. The same samples give the
// same bytes. NO_SPACE if `room` does not do.
MUST_USE result sound_file_write(sound_format format, const float *samples,
  uint64_t frames, const char *title, void *to, size_t room, size_t *size);
// The same for sound that nobody holds as a whole: `read` is asked for one piece after the
// other, `count` frames from frame `at` on, interleaved, into zeroed memory.
typedef struct sound_source {
  void *data;
  void (*read)(void *data, uint64_t at, uint64_t count, float *to);
  uint64_t frames;
  const char *title; // or NULL
} sound_source;
MUST_USE result sound_file_write_from(
  sound_format format, const sound_source *source, void *to, size_t room, size_t *size);
// What any of our files of so many frames fits into.
uint64_t sound_file_room(uint64_t frames);
// At most 2 channels (mono is doubled), 8000..192000 Hz (*rate), `max_frames`: TOO_LARGE. The
// caller frees *samples (frames x 2).
MUST_USE result sound_file_read(const void *bytes, size_t size, uint64_t max_frames,
  float **samples, uint64_t *frames, uint32_t *rate);

#endif
