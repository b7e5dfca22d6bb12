// SPDX-License-Identifier: GPL-3.0-or-later
// Reading a journal: a walk from frame to frame, and over damage to the next whole one.
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/record/bytes.h"
#include "core/record/journal_format.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

struct journal_reader {
  memory_map map; // empty if the bytes are the caller's
  const uint8_t *bytes;
  size_t size, at;
  uint32_t next_seq;
  bool after_gap; // frames are missing before this one
  journal_head head;
};

static result decode_head(const uint8_t *bytes, size_t size, journal_head *head) {
  if (size < JOURNAL_HEAD_SIZE || memcmp(bytes, JOURNAL_MAGIC, 8) != 0) return BAD_DATA;
  if (bytes_get_u32(bytes + 60) != crc32c(0, bytes, 60)) return BAD_DATA;
  if (bytes_get_u16(bytes + 10) > JOURNAL_VERSION) return TOO_NEW;
  head->salt = bytes_get_u32(bytes + 12);
  memcpy(head->session, bytes + 16, 16);
  memcpy(head->writer, bytes + 32, 8);
  head->started_us = (int64_t)bytes_get_u64(bytes + 40);
  return OK;
}

result journal_reader_over(journal_reader **r, const void *bytes, size_t size) {
  *r = NULL;
  journal_head head;
  const result got = decode_head(bytes, size, &head);
  if (got != OK) return got;
  *r = calloc(1, sizeof **r);
  if (!*r) return NO_MEMORY;
  **r = (journal_reader){
    .bytes = bytes, .size = size, .at = JOURNAL_HEAD_SIZE, .next_seq = 1, .head = head};
  return OK;
}

result journal_reader_open(journal_reader **r, int dir, const char *name) {
  *r = NULL;
  int fd = -1;
  memory_map map = {0};
  result got = io_open(dir, name, O_RDONLY | O_NONBLOCK, 0, &fd);
  if (got != OK) return got;
  got = memory_map_open(&map, fd, false, JOURNAL_HEAD_SIZE);
  io_close(fd);
  if (got != OK) return got;
  got = journal_reader_over(r, map.bytes, map.size);
  if (got == OK)
    (*r)->map = map;
  else
    memory_map_close(&map);
  return got;
}

const journal_head *journal_reader_head(const journal_reader *r) { return &r->head; }

// True if a whole frame with a seq that may follow starts at `at`. `any_later`: frames in
// between may be missing. The seq is looked at before the payload, so that hunting for a
// frame in damaged bytes stays cheap.
static bool frame_at(
  const journal_reader *r, size_t at, bool any_later, journal_frame *f) {
  const size_t left = r->size - at;
  const uint8_t *bytes = r->bytes + at;
  if (left < JOURNAL_FRAME_HEAD || bytes_get_u16(bytes) != JOURNAL_SYNC) return false;
  const uint32_t size = bytes_get_u32(bytes + 4), seq = bytes_get_u32(bytes + 8);
  if (size > JOURNAL_PAYLOAD_MAX || size > left - JOURNAL_FRAME_HEAD) return false;
  const uint64_t most = (uint64_t)r->next_seq + at / JOURNAL_FRAME_HEAD;
  if (any_later ? seq < r->next_seq || seq > most : seq != r->next_seq) return false;
  if (journal_frame_check(r->head.salt, bytes, size) != bytes_get_u32(bytes + 12))
    return false;
  *f = (journal_frame){.type = bytes[2],
    .flags = bytes[3],
    .seq = seq,
    .size = size,
    .payload = bytes + JOURNAL_FRAME_HEAD,
    .at = at};
  return true;
}

result journal_next(journal_reader *r, journal_frame *frame) {
  *frame = (journal_frame){.at = r->at};
  if (r->at == r->size) return ENDED;
  if (!frame_at(r, r->at, r->after_gap, frame)) return BAD_DATA;
  r->at += JOURNAL_FRAME_HEAD + (size_t)frame->size;
  r->next_seq = frame->seq + 1;
  r->after_gap = false;
  return OK;
}

result journal_skip_damage(journal_reader *r, uint64_t *bytes_skipped) {
  const size_t from = r->at;
  journal_frame frame;
  size_t at = from;
  while (at < r->size && !frame_at(r, at, true, &frame)) at++;
  r->at = at;
  r->after_gap = true;
  *bytes_skipped = at - from;
  return at < r->size ? OK : ENDED;
}

void journal_reader_close(journal_reader *r) {
  if (!r) return;
  memory_map_close(&r->map);
  free(r);
}
