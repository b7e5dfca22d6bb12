// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/ring.h"

#include "core/base/clock.h"

#include <string.h>
#include <sys/mman.h>

static const char MAGIC[8] = "GESTOR1\n";
static_assert(sizeof(ring_head) == 192, "ring_head is shared between programs");

enum { SLOT_WORDS = sizeof(ring_slot) / sizeof(uint64_t), FIRST_BYTES = 256 * 1024 };

static void look_at(ring *r) {
  r->head = r->map.bytes;
  r->slots = (ring_slot *)((char *)r->map.bytes + sizeof(ring_head));
}

// So that no event of a beginning waits for a page: later ones come singly, each some 50 slots,
// and a session that uses little of the ring holds little memory.
static void take_pages(const ring *r) {
  const size_t first = r->map.size < FIRST_BYTES ? r->map.size : FIRST_BYTES;
  (void)madvise(r->map.bytes, first, MADV_POPULATE_WRITE);
}

result ring_init(ring *r, int fd, size_t bytes, const uint8_t session[16]) {
  *r = (ring){0};
  if (bytes < sizeof(ring_head) + sizeof(ring_slot)) return BAD_DATA;
  size_t count = (bytes - sizeof(ring_head)) / sizeof(ring_slot);
  if (count > UINT32_MAX) return TOO_LARGE;
  result done = memory_map_open(&r->map, fd, true, bytes);
  if (done != OK) return done;
  look_at(r);
  take_pages(r);
  memset(r->map.bytes, 0, sizeof(ring_head));
  r->slot_count = (uint32_t)count;
  r->head->slot_size = sizeof(ring_slot);
  r->head->slot_count = r->slot_count;
  memcpy(r->head->session, session, sizeof r->head->session);
  // Last, so that a half made ring is none.
  atomic_thread_fence(memory_order_release);
  memcpy(r->head->magic, MAGIC, sizeof MAGIC);
  return OK;
}

void ring_start_after(ring *r, uint64_t seq) {
  atomic_store(&r->head->released, seq);
  atomic_store(&r->head->durable, seq);
  atomic_store(&r->head->written, seq);
}

result ring_open(ring *r, int fd, bool writable) {
  *r = (ring){0};
  result done = memory_map_open(&r->map, fd, writable, sizeof(ring_head));
  if (done != OK) return done;
  look_at(r);
  uint32_t count = r->head->slot_count;
  size_t room = (r->map.size - sizeof(ring_head)) / sizeof(ring_slot);
  if (memcmp(r->head->magic, MAGIC, sizeof MAGIC) != 0 ||
    r->head->slot_size != sizeof(ring_slot) || count == 0 || count > room) {
    ring_finish(r);
    return BAD_DATA;
  }
  r->slot_count = count;
  if (writable) take_pages(r);
  return OK;
}

void ring_finish(ring *r) {
  memory_map_close(&r->map);
  *r = (ring){0};
}

static _Atomic uint64_t *words_of(const ring *r, uint64_t seq) {
  return (_Atomic uint64_t *)&r->slots[(seq - 1) % r->slot_count];
}

static result put(ring *r, const ring_slot *slot, uint64_t place) {
  uint64_t released = atomic_load_explicit(&r->head->released, memory_order_acquire);
  if (place - 1 - released >= r->slot_count) return NO_SPACE;
  uint64_t from[SLOT_WORDS];
  memcpy(from, slot, sizeof from);
  // A reader that sees any word of this slot also sees the release that allowed it.
  atomic_thread_fence(memory_order_release);
  _Atomic uint64_t *to = words_of(r, place);
  for (int i = 0; i < SLOT_WORDS; i++) {
    atomic_store_explicit(&to[i], from[i], memory_order_relaxed);
  }
  atomic_store_explicit(&r->head->written, place, memory_order_release);
  return OK;
}

result ring_put(ring *r, ring_slot *slot) {
  uint64_t seq = atomic_load_explicit(&r->head->written, memory_order_relaxed) + 1;
  ring_slot numbered = *slot;
  numbered.seq = seq;
  result done = put(r, &numbered, seq);
  if (done == OK) slot->seq = seq;
  return done;
}

result ring_put_feed(ring *r, const ring_slot *slot) {
  return put(r, slot, atomic_load_explicit(&r->head->written, memory_order_relaxed) + 1);
}

void ring_ring(ring *r) {
  atomic_fetch_add(&r->head->bell, 1);
  futex_wake(&r->head->bell);
}

// Its place may be written again only once it is released and everything else is full.
static bool overwritten(const ring *r, uint64_t seq) {
  if (seq > atomic_load_explicit(&r->head->released, memory_order_relaxed)) return false;
  uint64_t written = atomic_load_explicit(&r->head->written, memory_order_relaxed);
  return written - seq >= r->slot_count - UINT64_C(1);
}

result ring_get(const ring *r, uint64_t seq, ring_slot *slot) {
  if (seq == 0) return BAD_DATA;
  if (seq > ring_written(r)) return ENDED;
  uint64_t to[SLOT_WORDS];
  const _Atomic uint64_t *from = words_of(r, seq);
  for (int i = 0; i < SLOT_WORDS; i++) {
    to[i] = atomic_load_explicit(&from[i], memory_order_relaxed);
  }
  atomic_thread_fence(memory_order_acquire);
  if (overwritten(r, seq)) return BAD_DATA;
  memcpy(slot, to, sizeof *slot);
  return OK;
}

uint64_t ring_written(const ring *r) {
  return atomic_load_explicit(&r->head->written, memory_order_acquire);
}
