// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/player_memory.h"

#include "core/base/clock.h"
#include "core/base/io.h"

enum { SEAL_AGAIN = 2, SEAL_APART_US = 2000 };

static lent_piece *find(lent_memory *m, uint32_t kind, uint32_t request) {
  for (uint32_t i = 0; i < LENT_MAX; i++)
    if (m->pieces[i].kind == kind && (!kind || m->pieces[i].request == request))
      return &m->pieces[i];
  return NULL;
}

static void forget(lent_memory *m, lent_piece *piece) {
  m->out_bytes[piece->kind] -= piece->size;
  io_close(piece->fd);
  *piece = (lent_piece){.fd = -1};
}

result lent_memory_give(
  lent_memory *m, uint32_t kind, uint32_t request, uint64_t size, int *fd) {
  if (!size || size > LENT_PIECE_BYTES || m->out_bytes[kind] + size > LENT_OUT_BYTES)
    return TOO_LARGE;
  if (kind == LENT_WORK && m->round_bytes >= LENT_ROUND_BYTES) return TOO_LARGE;
  if (find(m, kind, request)) return EXISTS;
  lent_piece *piece = find(m, 0, 0);
  if (!piece) return TOO_LARGE;
  const result r = memory_create("gesto-work", (size_t)size, fd);
  if (r) return r;
  *piece = (lent_piece){.kind = kind, .request = request, .size = size, .fd = *fd};
  m->out_bytes[kind] += size;
  return OK;
}

// Pages that the system itself holds for a moment look like a writer; a work is worth asking
// again.
static result seal(int fd) {
  result r = memory_seal(fd);
  for (int again = 0; r == NOT_ALLOWED && again < SEAL_AGAIN; again++) {
    clock_sleep_us(SEAL_APART_US);
    r = memory_seal(fd);
  }
  return r;
}

result lent_memory_take(lent_memory *m, uint32_t kind, uint32_t request, uint64_t used,
  memory_map *map, int *fd) {
  *map = (memory_map){0};
  *fd = -1;
  lent_piece *piece = find(m, kind, request);
  if (!piece) return NOT_FOUND;
  result r = used > piece->size ? TOO_LARGE : seal(piece->fd);
  if (!r) r = memory_map_open(map, piece->fd, false, (size_t)used);
  if (!r) {
    *fd = piece->fd;
    piece->fd = -1;
    if (kind == LENT_WORK) m->round_bytes += used;
  }
  forget(m, piece);
  return r;
}

void lent_memory_end_round(lent_memory *m) {
  for (uint32_t i = 0; i < LENT_MAX; i++)
    if (m->pieces[i].kind == LENT_WORK) forget(m, &m->pieces[i]);
  m->round_bytes = 0;
}

void lent_memory_finish(lent_memory *m) {
  for (uint32_t i = 0; i < LENT_MAX; i++)
    if (m->pieces[i].kind) forget(m, &m->pieces[i]);
  *m = (lent_memory){0};
}
