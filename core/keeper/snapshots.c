// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/snapshots.h"

#include "core/base/io.h"
#include "core/record/crc32c.h"

#include <assert.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

static const char FOLDER[] = "snapshots";
static const char MAGIC[8] = "GESTOS1\n";
enum { STATE_MAX = 64 << 20, LEVEL = 1 };

// Little-endian, as all that we support is; then the zstd frame.
typedef struct snapshot_head {
  char magic[8];
  uint64_t seq;
  uint64_t size;   // unpacked
  uint32_t crc;    // CRC32C of the unpacked bytes
  uint32_t packed; // bytes that follow this head
  float width, height, scale, text_scale;
  uint32_t look_flags, tapes;
  char version[SNAPSHOT_VERSION];
} snapshot_head;
static_assert(sizeof(snapshot_head) == 120, "snapshot_head is a stored format");

void snapshots_name(uint64_t seq, char out[SNAPSHOT_NAME]) {
  snprintf(out, SNAPSHOT_NAME, "snap-%" PRIu64, seq);
}

void snapshots_init(snapshots *s, int dir) { *s = (snapshots){.dir = dir}; }

static void remember(snapshots *s, uint64_t seq) {
  uint32_t at = 0;
  while (at < s->count && s->seqs[at] > seq) at++;
  if (at == SNAPSHOTS_KEPT) return;
  if (s->count < SNAPSHOTS_KEPT) s->count++;
  for (uint32_t i = s->count - 1; i > at; i--) s->seqs[i] = s->seqs[i - 1];
  s->seqs[at] = seq;
}

static result look_at(void *data, int dir, const char *name, bool is_dir) {
  (void)dir;
  uint64_t seq = 0;
  char again[SNAPSHOT_NAME] = "";
  if (!is_dir && sscanf(name, "snap-%" SCNu64, &seq) == 1) snapshots_name(seq, again);
  if (strcmp(again, name) == 0) remember(data, seq);
  return OK;
}

void snapshots_find(snapshots *s) {
  s->count = 0;
  result done = io_each(s->dir, FOLDER, look_at, s);
  (void)done; // none there: none to be used
}

static uint8_t *pack(const snapshot *made, size_t *size) {
  size_t room = sizeof(snapshot_head) + ZSTD_compressBound(made->size);
  uint8_t *file = malloc(room);
  if (!file) return NULL;
  size_t packed = ZSTD_compress(file + sizeof(snapshot_head),
    room - sizeof(snapshot_head), made->bytes, made->size, LEVEL);
  if (ZSTD_isError(packed) || packed > UINT32_MAX) {
    free(file);
    return NULL;
  }
  snapshot_head head = {.seq = made->seq,
    .size = made->size,
    .packed = (uint32_t)packed,
    .crc = crc32c(0, made->bytes, made->size),
    .width = made->width,
    .height = made->height,
    .scale = made->scale,
    .text_scale = made->text_scale,
    .look_flags = made->look_flags,
    .tapes = made->tapes};
  memcpy(head.magic, MAGIC, sizeof MAGIC);
  snprintf(head.version, sizeof head.version, "%s", made->version);
  memcpy(file, &head, sizeof head);
  *size = sizeof head + packed;
  return file;
}

static result open_folder(const snapshots *s, int *folder) {
  result done = io_make_dir(s->dir, FOLDER, 0700);
  if (done != OK && done != EXISTS) return done;
  return io_open_dir(s->dir, FOLDER, folder);
}

static void drop(int folder, uint64_t seq) {
  char name[SNAPSHOT_NAME];
  snapshots_name(seq, name);
  result gone = io_unlink(folder, name);
  (void)gone; // one too many does no harm
}

result snapshots_put(snapshots *s, const snapshot *made) {
  size_t size = 0;
  uint8_t *file = pack(made, &size);
  if (!file) return NO_MEMORY;
  int folder = -1;
  char name[SNAPSHOT_NAME];
  snapshots_name(made->seq, name);
  result done = open_folder(s, &folder);
  if (done == OK) done = io_save(folder, name, file, size);
  if (done == OK && s->count == SNAPSHOTS_KEPT &&
    s->seqs[SNAPSHOTS_KEPT - 1] != made->seq) {
    drop(folder, s->seqs[SNAPSHOTS_KEPT - 1]);
  }
  if (done == OK) remember(s, made->seq);
  io_close(folder);
  free(file);
  return done;
}

static result unpack(const char *file, size_t size, snapshot *found) {
  snapshot_head head;
  if (size < sizeof head) return BAD_DATA;
  memcpy(&head, file, sizeof head);
  if (memcmp(head.magic, MAGIC, sizeof MAGIC) != 0 || head.packed != size - sizeof head ||
    head.size > STATE_MAX || memchr(head.version, 0, sizeof head.version) == NULL) {
    return BAD_DATA;
  }
  uint8_t *bytes = malloc(head.size + 1);
  if (!bytes) return NO_MEMORY;
  size_t got = ZSTD_decompress(bytes, head.size, file + sizeof head, head.packed);
  if (ZSTD_isError(got) || got != head.size || crc32c(0, bytes, got) != head.crc) {
    free(bytes);
    return BAD_DATA;
  }
  *found = (snapshot){.seq = head.seq,
    .bytes = bytes,
    .size = got,
    .width = head.width,
    .height = head.height,
    .scale = head.scale,
    .text_scale = head.text_scale,
    .look_flags = head.look_flags,
    .tapes = head.tapes};
  memcpy(found->version, head.version, sizeof found->version);
  return OK;
}

result snapshots_get(const snapshots *s, uint32_t back, snapshot *found) {
  if (back >= s->count) return NOT_FOUND;
  char name[SNAPSHOT_NAME];
  snapshots_name(s->seqs[back], name);
  int folder = -1;
  char *file = NULL;
  size_t size = 0;
  result done = io_open_dir(s->dir, FOLDER, &folder);
  if (done == OK) done = io_load(folder, name, STATE_MAX, &file, &size);
  if (done == OK) done = unpack(file, size, found);
  if (done == OK && found->seq != s->seqs[back]) {
    free(found->bytes);
    done = BAD_DATA;
  }
  free(file);
  io_close(folder);
  return done;
}
