// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/snapshot_file.h"

#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/record/crc32c.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

static const char MAGIC[8] = "GESTOS3\n", OLD_MAGIC[8] = "GESTOS2\n";
enum { LEVEL = 1, PIECE = 1 << 20 };

// Little-endian, as all that we support is; then the zstd frame. An old one has no more of it
// than comes before time_us.
typedef struct snapshot_head {
  char magic[8];
  uint64_t seq;
  uint64_t size;   // unpacked
  uint32_t crc;    // CRC32C of this head, with 0 here, and the unpacked bytes
  uint32_t packed; // bytes that follow this head
  float width, height, scale, text_scale;
  uint32_t look_flags, tapes;
  char version[SNAPSHOT_VERSION];
  uint64_t time_us, cost_us, pieces;
} snapshot_head;
enum { OLD_HEAD = offsetof(snapshot_head, time_us) };
static_assert(
  sizeof(snapshot_head) == 144 && OLD_HEAD == 120, "snapshot_head is a stored format");

void snapshot_finish(snapshot *s) {
  if (s->fd > 0) io_close(s->fd);
  *s = (snapshot){0};
}

result snapshot_share(const snapshot *s, snapshot *shared) {
  *shared = *s;
  shared->fd = fcntl(s->fd, F_DUPFD_CLOEXEC, 3);
  if (shared->fd > 0) return OK;
  *shared = (snapshot){0};
  return result_of_errno(errno);
}

void snapshot_file_name(uint64_t seq, char out[SNAPSHOT_NAME]) {
  snprintf(out, SNAPSHOT_NAME, "snap-%" PRIu64, seq);
}

static size_t head_size(const snapshot_head *head) {
  return memcmp(head->magic, OLD_MAGIC, sizeof OLD_MAGIC) == 0 ? OLD_HEAD : sizeof *head;
}

static uint32_t check_of(const snapshot_head *head, const void *bytes) {
  snapshot_head bare = *head;
  bare.crc = 0;
  return crc32c(crc32c(0, &bare, head_size(head)), bytes, head->size);
}

// ---- Saving ------------------------------------------------------------------------------

static snapshot_head head_of(const snapshot *s, const void *bytes, size_t packed) {
  snapshot_head head = {.seq = s->seq,
    .size = s->size,
    .packed = (uint32_t)packed,
    .width = s->width,
    .height = s->height,
    .scale = s->scale,
    .text_scale = s->text_scale,
    .look_flags = s->look_flags,
    .tapes = s->tapes,
    .time_us = s->time_us,
    .cost_us = s->cost_us,
    .pieces = s->pieces};
  memcpy(head.magic, MAGIC, sizeof MAGIC);
  snprintf(head.version, sizeof head.version, "%s", s->version);
  head.crc = check_of(&head, bytes);
  return head;
}

static uint8_t *pack(const snapshot *s, const void *bytes, size_t *size) {
  const size_t room = sizeof(snapshot_head) + ZSTD_compressBound(s->size);
  uint8_t *file = malloc(room);
  if (!file) return NULL;
  const size_t packed = ZSTD_compress(
    file + sizeof(snapshot_head), room - sizeof(snapshot_head), bytes, s->size, LEVEL);
  if (ZSTD_isError(packed)) {
    free(file);
    return NULL;
  }
  const snapshot_head head = head_of(s, bytes, packed);
  memcpy(file, &head, sizeof head);
  *size = sizeof head + packed;
  return file;
}

// In pieces, as the journal shares the disk and is to be synced ten times a second.
static result save_pieces(
  int folder, const char *name, const uint8_t *file, size_t size) {
  io_saving to;
  result done = io_save_begin(&to, folder, name);
  if (done != OK) return done;
  for (size_t at = 0; at < size && done == OK; at += PIECE)
    done = io_save_piece(&to, file + at, size - at < PIECE ? size - at : PIECE);
  if (done == OK) return io_save_end(&to);
  io_save_drop(&to);
  return done;
}

result snapshot_file_save(int folder, const snapshot *s) {
  memory_map map;
  char name[SNAPSHOT_NAME];
  size_t size = 0;
  if (s->size == 0 || s->size > SNAPSHOT_BYTES_MAX) return TOO_LARGE;
  result done = memory_map_open(&map, s->fd, false, s->size);
  if (done != OK) return done;
  uint8_t *file = pack(s, map.bytes, &size);
  memory_map_close(&map);
  if (!file) return NO_MEMORY;
  snapshot_file_name(s->seq, name);
  done = save_pieces(folder, name, file, size);
  free(file);
  return done;
}

// ---- Loading -----------------------------------------------------------------------------

// Of a file of `file_size` bytes, of which at least OLD_HEAD were read.
static bool head_read(
  snapshot_head *head, uint64_t seq, const void *file, size_t file_size) {
  *head = (snapshot_head){0};
  if (file_size < OLD_HEAD) return false;
  memcpy(head, file, OLD_HEAD);
  const size_t own = head_size(head);
  const bool known = own == OLD_HEAD || memcmp(head->magic, MAGIC, sizeof MAGIC) == 0;
  if (!known || file_size < own) return false;
  memcpy(head, file, own);
  return head->seq == seq && head->size > 0 && head->size <= SNAPSHOT_BYTES_MAX &&
    memchr(head->version, 0, sizeof head->version) != NULL;
}

static snapshot told_by(const snapshot_head *head) {
  snapshot s = {.seq = head->seq,
    .size = head->size,
    .width = head->width,
    .height = head->height,
    .scale = head->scale,
    .text_scale = head->text_scale,
    .look_flags = head->look_flags,
    .tapes = head->tapes,
    .time_us = head->time_us,
    .cost_us = head->cost_us,
    .pieces = head->pieces};
  memcpy(s.version, head->version, sizeof s.version);
  return s;
}

static result unpack_into(int fd, const snapshot_head *head, const char *packed) {
  memory_map map;
  result done = memory_map_open(&map, fd, true, head->size);
  if (done != OK) return done;
  const size_t got = ZSTD_decompress(map.bytes, head->size, packed, head->packed);
  const bool good =
    !ZSTD_isError(got) && got == head->size && check_of(head, map.bytes) == head->crc;
  memory_map_close(&map);
  return good ? memory_seal(fd) : BAD_DATA;
}

static result unpack(const char *file, size_t size, uint64_t seq, snapshot *found) {
  snapshot_head head;
  int fd = -1;
  if (!head_read(&head, seq, file, size)) return BAD_DATA;
  const size_t own = head_size(&head);
  if (head.packed != size - own) return BAD_DATA;
  result done = memory_create("gesto-state", head.size, &fd);
  if (done == OK) done = unpack_into(fd, &head, file + own);
  if (done != OK) {
    io_close(fd);
    return done;
  }
  *found = told_by(&head);
  found->fd = fd;
  return OK;
}

result snapshot_file_load(int folder, uint64_t seq, snapshot *found) {
  char name[SNAPSHOT_NAME];
  char *file = NULL;
  size_t size = 0;
  *found = (snapshot){0};
  snapshot_file_name(seq, name);
  result done = io_load(folder, name, SNAPSHOT_BYTES_MAX, &file, &size);
  if (done == OK) done = unpack(file, size, seq, found);
  free(file);
  return done;
}

result snapshot_file_look(int folder, uint64_t seq, snapshot *found) {
  char name[SNAPSHOT_NAME];
  snapshot_head head;
  uint8_t first[sizeof head];
  size_t got = 0;
  int fd = -1;
  *found = (snapshot){0};
  snapshot_file_name(seq, name);
  result done = io_open(folder, name, O_RDONLY, 0, &fd);
  if (done != OK) return done;
  done = io_read_full_at(fd, first, sizeof first, 0, &got);
  io_close(fd);
  if (done == OK && !head_read(&head, seq, first, got)) done = BAD_DATA;
  if (done == OK) *found = told_by(&head);
  return done;
}
