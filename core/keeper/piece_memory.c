// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/piece_memory.h"

#include "core/base/io.h"
#include "core/base/protocol.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

static const char FOLDER[] = "snapshots", NAME[] = "pieces";
static const char MAGIC[8] = "GESTOP1\n";
enum { UNIT = 8, AT_ONCE = 1 << 20 };

static piece_room_page *page_of(const piece_memory *m) { return m->map.bytes; }

// ---- Making ------------------------------------------------------------------------------

static result make_room(piece_memory *m, uint64_t filed) {
  result r = memory_create_shared("gesto-pieces", PIECE_ROOM_BYTES, &m->fd);
  if (!r) r = memory_map_open(&m->map, m->fd, true, PIECE_ROOM_BYTES);
  if (r) return r;
  atomic_store(&m->filed, filed);
  atomic_store(&page_of(m)->filed, filed);
  atomic_store(&page_of(m)->written, filed);
  return OK;
}

// How much of a file that is there can be read; 0: it is no piece file.
static uint64_t size_of(int file) {
  struct stat info;
  char magic[sizeof MAGIC];
  size_t got = 0;
  if (fstat(file, &info) != 0 || info.st_size < PIECE_ROOM_FIRST) return 0;
  if (io_read_full_at(file, magic, sizeof magic, 0, &got) != OK) return 0;
  const uint64_t size = (uint64_t)info.st_size;
  const bool known = got == sizeof magic && memcmp(magic, MAGIC, sizeof magic) == 0;
  return known && size <= PIECE_ROOM_BYTES ? size / UNIT * UNIT : 0;
}

static result begin_file(int file) {
  char head[PIECE_ROOM_FIRST] = {0};
  memcpy(head, MAGIC, sizeof MAGIC);
  const result r = io_truncate(file, 0);
  return r ? r : io_write_all_at(file, head, sizeof head, 0);
}

static result open_files(piece_memory *m, int dir, uint64_t *filed) {
  int folder = -1;
  result r = io_make_dir(dir, FOLDER, 0700);
  if (r == EXISTS) r = OK;
  if (!r) r = io_open_dir(dir, FOLDER, &folder);
  if (!r) r = io_open(folder, NAME, O_RDWR | O_CREAT | O_NOFOLLOW, 0600, &m->file);
  if (!r) r = io_open(folder, NAME, O_RDONLY | O_NOFOLLOW, 0, &m->read_file);
  io_close(folder);
  *filed = r ? 0 : size_of(m->file);
  if (r || *filed) return r;
  *filed = PIECE_ROOM_FIRST;
  return begin_file(m->file);
}

// What was left half written of one before stays there, named by nobody.
result piece_memory_create(piece_memory *m, int dir) {
  uint64_t filed = 0;
  *m = (piece_memory){.file = -1, .read_file = -1};
  result r = open_files(m, dir, &filed);
  if (!r) r = make_room(m, filed);
  if (r) piece_memory_finish(m);
  return r;
}

// How much can be read; 0: there is no such file, and nothing is open.
static uint64_t open_to_read(int dir, int *file) {
  int folder = -1;
  uint64_t filed = 0;
  *file = -1;
  if (dir < 0 || io_open_dir(dir, FOLDER, &folder) != OK) return 0;
  const result r = io_open(folder, NAME, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0, file);
  io_close(folder);
  if (r == OK) filed = size_of(*file);
  if (filed) return filed;
  io_close(*file);
  *file = -1;
  return 0;
}

uint64_t piece_memory_filed(int dir) {
  int file = -1;
  const uint64_t filed = open_to_read(dir, &file);
  io_close(file);
  return filed;
}

result piece_memory_borrow(piece_memory *m, int dir) {
  *m = (piece_memory){.file = -1, .read_file = -1};
  const uint64_t filed = open_to_read(dir, &m->read_file);
  const result r = make_room(m, filed ? filed : PIECE_ROOM_FIRST);
  if (r) piece_memory_finish(m);
  return r;
}

void piece_memory_finish(piece_memory *m) {
  memory_map_close(&m->map);
  if (m->fd > 0) io_close(m->fd);
  if (m->file > 0) io_close(m->file);
  if (m->read_file > 0) io_close(m->read_file);
  *m = (piece_memory){0};
}

// ---- Bringing to disk --------------------------------------------------------------------

void piece_memory_mend(piece_memory *m) {
  const uint64_t filed = atomic_load(&m->filed), written = piece_memory_written(m);
  atomic_store(&page_of(m)->filed, filed);
  atomic_store(&page_of(m)->written, written);
}

uint64_t piece_memory_written(const piece_memory *m) {
  if (!m->fd) return 0;
  const uint64_t filed = atomic_load(&m->filed);
  const uint64_t said = atomic_load(&page_of(m)->written);
  return said < filed || said > PIECE_ROOM_BYTES || said % UNIT ? filed : said;
}

static void empty_room(const piece_memory *m, uint64_t from, uint64_t to) {
  const uint64_t page = 4096, first = (from + page - 1) / page * page;
  const uint64_t last = to / page * page;
  if (last <= first) return;
  const int gone = madvise((uint8_t *)m->map.bytes + first, last - first, MADV_REMOVE);
  (void)gone; // then it stays in memory
}

static result append(piece_memory *m, uint64_t from, uint64_t size) {
  const result r = io_write_all_at(m->file, (uint8_t *)m->map.bytes + from, size, from);
  return r ? r : io_sync_data(m->file);
}

// A little at a time, as the journal shares the disk. A page of the room goes only when nothing
// in it is on its way any more.
result piece_memory_file(piece_memory *m, uint64_t bytes) {
  const uint64_t begun = atomic_load(&m->filed);
  result r = m->file > 0 || bytes <= begun ? OK : NOT_ALLOWED;
  for (uint64_t at = begun; at < bytes && !r;) {
    const uint64_t size = bytes - at < AT_ONCE ? bytes - at : AT_ONCE;
    r = append(m, at, size);
    at += size;
    if (r || at < bytes) continue;
    atomic_store(&m->filed, at);
    atomic_store(&page_of(m)->filed, at);
    empty_room(m, begun / 4096 * 4096, at);
  }
  return r;
}
