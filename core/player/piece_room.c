// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/piece_room.h"

#include "core/base/memory_map.h"
#include "core/base/protocol.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

struct piece_room {
  memory_map map;
  piece_room_page *page;
  const uint8_t *file; // as long as the room, however much of it is there; NULL: none
  piece_store store;
  pthread_mutex_t lock; // for whoever puts
};

// From the file, if it has come there; what is in the room may go from it at any moment once it
// is.
static result get(void *data, uint32_t place, void *bytes, size_t size) {
  const piece_room *r = data;
  const uint64_t at = (uint64_t)place * PIECE_UNIT;
  const uint64_t written = atomic_load(&r->page->written);
  if (written > PIECE_ROOM_BYTES || at < PIECE_ROOM_FIRST) return BAD_DATA;
  if (at > written || size > written - at) return BAD_DATA;
  if (at >= atomic_load(&r->page->filed)) {
    memcpy(bytes, (const uint8_t *)r->map.bytes + at, size);
    if (at >= atomic_load(&r->page->filed)) return OK;
  }
  const uint64_t filed = atomic_load(&r->page->filed);
  if (!r->file || filed > PIECE_ROOM_BYTES || at > filed || size > filed - at)
    return BAD_DATA;
  memcpy(bytes, r->file + at, size);
  return OK;
}

static result put_locked(
  const piece_room *r, const void *bytes, size_t size, uint32_t *place) {
  const uint64_t at = atomic_load(&r->page->written);
  const uint64_t filed = atomic_load(&r->page->filed);
  const uint64_t whole = (size + PIECE_UNIT - 1) / PIECE_UNIT * PIECE_UNIT;
  if (at < PIECE_ROOM_FIRST || at % PIECE_UNIT || at > PIECE_ROOM_BYTES) return BAD_DATA;
  if (whole > PIECE_ROOM_BYTES - at || at - filed + whole > PIECE_ROOM_WAITING)
    return NO_SPACE;
  memcpy((uint8_t *)r->map.bytes + at, bytes, size);
  *place = (uint32_t)(at / PIECE_UNIT);
  atomic_store(&r->page->written, at + whole);
  return OK;
}

static result put(void *data, const void *bytes, size_t size, uint32_t *place) {
  piece_room *r = data;
  pthread_mutex_lock(&r->lock);
  const result done = put_locked(r, bytes, size, place);
  pthread_mutex_unlock(&r->lock);
  return done;
}

result piece_room_open(piece_room **made, int fd, int file_fd) {
  piece_room *r = *made = calloc(1, sizeof *r);
  if (!r) return NO_MEMORY;
  pthread_mutex_init(&r->lock, NULL);
  r->store = (piece_store){.data = r, .put = put, .get = get};
  result done = memory_map_open(&r->map, fd, true, PIECE_ROOM_BYTES);
  if (done != OK) return done;
  r->page = r->map.bytes;
  if (file_fd < 0) return OK;
  void *file = mmap(NULL, PIECE_ROOM_BYTES, PROT_READ, MAP_SHARED, file_fd, 0);
  if (file == MAP_FAILED) return result_of_errno(errno);
  r->file = file;
  return OK;
}

void piece_room_destroy(piece_room *r) {
  if (!r) return;
  if (r->file) munmap((void *)r->file, PIECE_ROOM_BYTES);
  memory_map_close(&r->map);
  pthread_mutex_destroy(&r->lock);
  free(r);
}

const piece_store *piece_room_store(const piece_room *r) { return r ? &r->store : NULL; }
