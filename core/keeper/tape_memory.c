// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/tape_memory.h"

#include "core/base/io.h"
#include "core/base/protocol.h"

#include <sys/random.h>

static uint32_t any_number(void) {
  uint32_t n = 0;
  while (n == 0)
    if (getrandom(&n, sizeof n, 0) != sizeof n) n = 1;
  return n;
}

result tape_memory_create(tape_memory *t) {
  *t = (tape_memory){.fd = -1};
  result r = memory_create_shared("gesto-tapes", sizeof(tape_room_page), &t->fd);
  if (!r) r = memory_map_open(&t->map, t->fd, true, sizeof(tape_room_page));
  if (r) {
    io_close(t->fd);
    *t = (tape_memory){0};
    return r;
  }
  tape_room_page *page = t->map.bytes;
  t->id = page->id = any_number();
  return OK;
}

bool tape_memory_used(const tape_memory *t) {
  const tape_room_page *page = t->map.bytes;
  return t->id && atomic_load(&page->chunks) > 0;
}

void tape_memory_finish(tape_memory *t) {
  if (!t->id) return;
  memory_map_close(&t->map);
  io_close(t->fd);
  *t = (tape_memory){0};
}
