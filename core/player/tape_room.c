// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/tape_room.h"

#include "core/base/memory_map.h"
#include "core/base/protocol.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { FRAME_BYTES_EACH = 2 * sizeof(float), PAGE = 4096 };
#define OWN_BYTES offsetof(tape_room_page, samples)

struct tape_room {
  memory_map map;       // the keeper's, or none
  tape_room_page *page; // of the map; or our own, without room for samples
  uint32_t id, given;
  float *own[TAPE_CHUNKS + 1]; // where there is no keeper
};

result tape_room_open(tape_room **made, int fd) {
  tape_room *r = *made = calloc(1, sizeof *r);
  if (!r) return NO_MEMORY;
  result done = memory_map_open(&r->map, fd, true, sizeof(tape_room_page));
  if (done != OK) return done;
  r->page = r->map.bytes;
  r->id = r->page->id;
  return r->id ? OK : BAD_DATA;
}

result tape_room_create(tape_room **made) {
  tape_room *r = *made = calloc(1, sizeof *r);
  if (!r) return NO_MEMORY;
  void *page =
    mmap(NULL, OWN_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  r->page = page == MAP_FAILED ? NULL : page;
  r->id = 1;
  return r->page ? OK : NO_MEMORY;
}

void tape_room_destroy(tape_room *r) {
  if (!r) return;
  for (uint32_t i = 1; i <= TAPE_CHUNKS; i++) free(r->own[i]);
  if (!r->map.bytes && r->page) munmap(r->page, OWN_BYTES);
  memory_map_close(&r->map);
  free(r);
}

uint32_t tape_room_id(const tape_room *r) { return r->id; }

uint32_t tape_room_given(const tape_room *r) { return r->given; }

float *tape_room_chunk(const tape_room *r, uint32_t chunk) {
  return r->map.bytes ? r->page->samples[chunk - 1][0] : r->own[chunk];
}

static bool has_memory(tape_room *r, uint32_t chunk) {
  if (!r->map.bytes && !r->own[chunk])
    r->own[chunk] = calloc(TAPE_CHUNK_FRAMES, FRAME_BYTES_EACH);
  return r->map.bytes || r->own[chunk];
}

uint32_t tape_room_give_rt(tape_room *r) {
  if (r->given == TAPE_CHUNKS || !has_memory(r, r->given + 1)) return 0;
  r->given++;
  atomic_store_explicit(&r->page->chunks, r->given, memory_order_release);
  return r->given;
}

void tape_room_put_down_rt(
  tape_room *r, uint64_t block, uint32_t chunk, uint32_t at, uint32_t frames) {
  const uint64_t n = atomic_load_explicit(&r->page->undos, memory_order_relaxed);
  tape_undo *undo = &r->page->undo[n % TAPE_UNDOS];
  undo->block = block;
  undo->chunk = chunk;
  undo->at = at;
  undo->frames = frames;
  memcpy(undo->samples, tape_room_chunk(r, chunk) + (size_t)at * 2,
    (size_t)frames * FRAME_BYTES_EACH);
  atomic_store_explicit(&r->page->undos, n + 1, memory_order_release);
}

// Whole pages are given back to the system.
static void erase(tape_room *r, uint8_t *from, size_t size) {
  if (!r->map.bytes) {
    memset(from, 0, size);
    return;
  }
  const size_t first = (PAGE - (uintptr_t)from % PAGE) % PAGE;
  const size_t part = first < size ? first : size;
  const size_t whole = size - part;
  memset(from, 0, part);
  if (whole && madvise(from + part, whole, MADV_REMOVE) != 0)
    memset(from + part, 0, whole);
}

void tape_room_clear(tape_room *r, uint32_t chunk, uint32_t from) {
  if (from >= TAPE_CHUNK_FRAMES) return;
  uint8_t *bytes = (uint8_t *)tape_room_chunk(r, chunk);
  const size_t skip = (size_t)from * FRAME_BYTES_EACH;
  erase(r, bytes + skip, (size_t)TAPE_CHUNK_FRAMES * FRAME_BYTES_EACH - skip);
}

static bool clear_after(tape_room *r, uint32_t chunks) {
  if (r->map.bytes) {
    const size_t size = sizeof r->page->samples[0] * (TAPE_CHUNKS - chunks);
    return size == 0 || madvise(r->page->samples[chunks], size, MADV_REMOVE) == 0;
  }
  for (uint32_t i = chunks + 1; i <= TAPE_CHUNKS; i++) {
    free(r->own[i]);
    r->own[i] = NULL;
  }
  return true;
}

// The page was shared with an exercise: nothing in it is taken on trust.
static void undo_one(tape_room *r, const tape_undo *undo, uint32_t chunks) {
  const uint32_t chunk = undo->chunk, at = undo->at, frames = undo->frames;
  if (chunk == 0 || chunk > chunks || frames > TAPE_UNDO_FRAMES ||
    at > TAPE_CHUNK_FRAMES - frames)
    return;
  memcpy(tape_room_chunk(r, chunk) + (size_t)at * 2, undo->samples,
    (size_t)frames * FRAME_BYTES_EACH);
}

static result undo_until(tape_room *r, uint32_t chunks, uint64_t block) {
  const uint64_t all = atomic_load(&r->page->undos);
  uint64_t n = all, oldest = atomic_load(&r->page->undos_lost);
  if (all > TAPE_UNDOS && oldest < all - TAPE_UNDOS) oldest = all - TAPE_UNDOS;
  while (n > oldest && r->page->undo[(n - 1) % TAPE_UNDOS].block >= block)
    undo_one(r, &r->page->undo[--n % TAPE_UNDOS], chunks);
  atomic_store(&r->page->undos, n);
  atomic_store(&r->page->undos_lost, oldest);
  return n == oldest && oldest > 0 ? BAD_DATA : OK;
}

result tape_room_go_back(tape_room *r, uint32_t chunks, uint64_t block) {
  if (chunks > TAPE_CHUNKS) return BAD_DATA;
  for (uint32_t i = 1; i <= chunks; i++)
    if (!has_memory(r, i)) return NO_MEMORY;
  result done = OK;
  if (chunks > 0) {
    done = undo_until(r, chunks, block);
  } else {
    atomic_store(&r->page->undos, 0);
    atomic_store(&r->page->undos_lost, 0);
  }
  if (!clear_after(r, chunks)) return FAILED;
  r->given = chunks;
  atomic_store(&r->page->chunks, chunks);
  return done;
}
