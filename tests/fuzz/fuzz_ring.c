// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// A ring file with any bytes in it: it is refused, or reading it stays inside its map.
#include "core/base/io.h"
#include "core/base/ring.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void read_all(const ring *r, const uint8_t *bytes, size_t size) {
  ring_slot slot;
  uint64_t seq = 0;
  for (size_t i = 0; i + sizeof seq <= size && i < 256; i += sizeof seq) {
    memcpy(&seq, bytes + i, sizeof seq);
    (void)!ring_get(r, seq, &slot);
  }
  for (seq = 0; seq < 20; seq++) (void)!ring_get(r, ring_written(r) - seq, &slot);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  memory_map map;
  int fd = -1;
  if (size < 8 || memory_create("ring", size, &fd) != OK) return 0;
  if (memory_map_open(&map, fd, true, size) != OK) abort();
  memcpy(map.bytes, bytes, size);
  memory_map_close(&map);
  ring r;
  if (ring_open(&r, fd, true) == OK) {
    read_all(&r, bytes, size);
    ring_slot slot = {.kind = SLOT_EVENT};
    (void)!ring_put(&r, &slot);
    ring_finish(&r);
  }
  io_close(fd);
  return 0;
}
