// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/media/sound_file.h"

#include <math.h>
#include <sndfile.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RATE = 48000, FRAMES_AT_ONCE = 4096 };
static const float full_scale = 8388608.0f; // 24 bits

// Memory that libsndfile takes for a file.
typedef struct store {
  uint8_t *to; // NULL: for reading
  const uint8_t *from;
  size_t at, size, room;
  bool full;
} store;

static sf_count_t store_length(void *data) { return (sf_count_t)((store *)data)->size; }

static sf_count_t store_tell(void *data) { return (sf_count_t)((store *)data)->at; }

static sf_count_t store_seek(sf_count_t offset, int whence, void *data) {
  store *s = data;
  sf_count_t base =
    whence == SEEK_SET ? 0 : (sf_count_t)(whence == SEEK_CUR ? s->at : s->size);
  sf_count_t limit = (sf_count_t)(s->to == NULL ? s->size : s->room);
  if (offset < -base || offset > limit - base) return -1;
  s->at = (size_t)(base + offset);
  return base + offset;
}

static sf_count_t store_read(void *bytes, sf_count_t count, void *data) {
  store *s = data;
  const uint8_t *from = s->to != NULL ? s->to : s->from;
  if (count <= 0 || s->at >= s->size) return 0;
  size_t n = s->size - s->at;
  if ((uint64_t)count < n) n = (size_t)count;
  memcpy(bytes, from + s->at, n);
  s->at += n;
  return (sf_count_t)n;
}

static sf_count_t store_write(const void *bytes, sf_count_t count, void *data) {
  store *s = data;
  if (s->to == NULL || count <= 0) return 0;
  if ((uint64_t)count > s->room - s->at) {
    s->full = true;
    return 0;
  }
  if (s->at > s->size) memset(s->to + s->size, 0, s->at - s->size);
  memcpy(s->to + s->at, bytes, (size_t)count);
  s->at += (size_t)count;
  if (s->at > s->size) s->size = s->at;
  return count;
}

static SF_VIRTUAL_IO store_calls(void) {
  return (SF_VIRTUAL_IO){.get_filelen = store_length,
    .seek = store_seek,
    .read = store_read,
    .write = store_write,
    .tell = store_tell};
}

// ---- Writing -----------------------------------------------------------------------

// A sample that is a whole number of 24-bit steps comes back as it was.
static int fixed(float v) {
  if (isnan(v)) return 0;
  float steps = v * full_scale;
  if (steps >= full_scale - 1.0f) return 0x7FFFFF * 256;
  if (steps <= -full_scale) return -0x800000 * 256;
  return (int)lrintf(steps) * 256;
}

static bool write_samples(SNDFILE *file, const sound_source *source) {
  float samples[FRAMES_AT_ONCE * 2];
  int piece[FRAMES_AT_ONCE * 2];
  for (uint64_t at = 0; at < source->frames;) {
    uint64_t left = source->frames - at;
    uint64_t n = left < FRAMES_AT_ONCE ? left : FRAMES_AT_ONCE;
    memset(samples, 0, sizeof samples);
    source->read(source->data, at, n, samples);
    for (uint64_t i = 0; i < 2 * n; i++) piece[i] = fixed(samples[i]);
    if (sf_writef_int(file, piece, (sf_count_t)n) != (sf_count_t)n) return false;
    at += n;
  }
  return true;
}

result sound_file_write_from(
  sound_format format, const sound_source *source, void *to, size_t room, size_t *size) {
  *size = 0;
  int kind = format == SOUND_FLAC ? SF_FORMAT_FLAC : SF_FORMAT_WAV;
  SF_INFO info = {.samplerate = RATE, .channels = 2, .format = kind | SF_FORMAT_PCM_24};
  SF_VIRTUAL_IO calls = store_calls();
  store s = {.to = to, .room = room};
  SNDFILE *file = sf_open_virtual(&calls, SFM_WRITE, &info, &s);
  if (file == NULL) return s.full ? NO_SPACE : FAILED;
  if (source->title != NULL && source->title[0] != '\0')
    sf_set_string(file, SF_STR_TITLE, source->title);
  bool written = write_samples(file, source);
  bool closed = sf_close(file) == 0;
  if (s.full) return NO_SPACE;
  if (!written || !closed) return FAILED;
  *size = s.size;
  return OK;
}

static void copy_samples(void *data, uint64_t at, uint64_t count, float *to) {
  memcpy(to, (const float *)data + 2 * at, count * 2 * sizeof *to);
}

result sound_file_write(sound_format format, const float *samples, uint64_t frames,
  const char *title, void *to, size_t room, size_t *size) {
  const sound_source source = {
    .data = (void *)samples, .read = copy_samples, .frames = frames, .title = title};
  return sound_file_write_from(format, &source, to, room, size);
}

// 24 bits as they are, a few words for each of FLAC's blocks, and what stands in front.
uint64_t sound_file_room(uint64_t frames) {
  return frames * 6 + frames / 64 + (64 << 10);
}

// ---- Reading -----------------------------------------------------------------------

// libsndfile knows many more formats than we want to see.
static bool looks_known(const uint8_t *bytes, size_t size) {
  if (size < 12) return false;
  if (memcmp(bytes, "fLaC", 4) == 0) return true;
  return memcmp(bytes, "RIFF", 4) == 0 && memcmp(bytes + 8, "WAVE", 4) == 0;
}

static result check_info(const SF_INFO *info, uint64_t max_frames) {
  int kind = info->format & SF_FORMAT_TYPEMASK, coding = info->format & SF_FORMAT_SUBMASK;
  if (kind != SF_FORMAT_FLAC && kind != SF_FORMAT_WAV && kind != SF_FORMAT_WAVEX)
    return BAD_DATA;
  bool plain = coding == SF_FORMAT_PCM_S8 || coding == SF_FORMAT_PCM_16 ||
    coding == SF_FORMAT_PCM_24 || coding == SF_FORMAT_PCM_32 ||
    coding == SF_FORMAT_PCM_U8 || coding == SF_FORMAT_FLOAT;
  if (!plain || info->frames < 0 || info->channels < 1) return BAD_DATA;
  if (info->channels > 2 || info->samplerate < 8000 || info->samplerate > 192000)
    return TOO_LARGE;
  return (uint64_t)info->frames > max_frames ? TOO_LARGE : OK;
}

static void double_mono(float *samples, uint64_t frames) {
  for (uint64_t i = frames; i-- > 0;) samples[2 * i] = samples[2 * i + 1] = samples[i];
}

// A sample that is no number, or none of a loudspeaker's, is not handed on.
static void tame(float *samples, uint64_t count) {
  for (uint64_t i = 0; i < count; i++) {
    if (!(samples[i] >= -1.0f)) samples[i] = samples[i] < 0.0f ? -1.0f : 0.0f;
    if (samples[i] > 1.0f) samples[i] = 1.0f;
  }
}

static result read_samples(SNDFILE *file, const SF_INFO *info, float **samples) {
  uint64_t frames = (uint64_t)info->frames;
  float *room = calloc(frames == 0 ? 1 : frames, 2 * sizeof *room);
  if (room == NULL) return NO_MEMORY;
  if (sf_readf_float(file, room, info->frames) != info->frames) {
    free(room);
    return BAD_DATA;
  }
  tame(room, frames * (uint64_t)info->channels);
  if (info->channels == 1) double_mono(room, frames);
  *samples = room;
  return OK;
}

result sound_file_read(const void *bytes, size_t size, uint64_t max_frames,
  float **samples, uint64_t *frames, uint32_t *rate) {
  *samples = NULL;
  *frames = 0;
  *rate = 0;
  if (!looks_known(bytes, size)) return BAD_DATA;
  SF_INFO info = {0};
  SF_VIRTUAL_IO calls = store_calls();
  store s = {.from = bytes, .size = size};
  SNDFILE *file = sf_open_virtual(&calls, SFM_READ, &info, &s);
  if (file == NULL) return BAD_DATA;
  result r = check_info(&info, max_frames);
  if (r == OK) r = read_samples(file, &info, samples);
  sf_close(file);
  if (r != OK) return r;
  *frames = (uint64_t)info.frames;
  *rate = (uint32_t)info.samplerate;
  return OK;
}
