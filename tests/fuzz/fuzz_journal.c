// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a journal: the walk ends, stays inside, and finds only frames that fit their
// check. The first byte says whether the checks are made to fit first, so that what lies
// behind them is tried as well.
#include "core/record/bytes.h"
#include "core/record/journal.h"
#include "core/record/slots.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void mend(uint8_t *bytes, size_t size) {
  if (size < 64) return;
  static const uint8_t head[12] = {'G', 'E', 'S', 'T', 'O', 'J', '1', '\n', 1, 0, 1, 0};
  memcpy(bytes, head, sizeof head);
  bytes_put_u32(bytes + 60, crc32c(0, bytes, 60));
  uint32_t seq = 1;
  for (size_t at = 64; at + 16 <= size;) {
    const size_t left = size - at - 16;
    uint8_t *frame = bytes + at;
    if (bytes_get_u32(frame + 4) > left) bytes_put_u32(frame + 4, (uint32_t)(left % 256));
    const uint32_t length = bytes_get_u32(frame + 4);
    if (frame[0] == 0xff) { // damage is left where the input wants it
      at += 16 + (size_t)length;
      seq++;
      continue;
    }
    bytes_put_u16(frame, 0xe547);
    bytes_put_u32(frame + 8, seq++);
    const uint32_t salted = crc32c(crc32c(0, bytes + 12, 4), frame, 12);
    bytes_put_u32(frame + 12, crc32c(salted, frame + 16, length));
    at += 16 + (size_t)length;
  }
}

static void walk(const uint8_t *bytes, size_t size) {
  journal_reader *reader = NULL;
  journal_frame frame;
  static ring_slot slots[4096];
  static page_report reports[4096];
  uint64_t skipped = 0;
  uint32_t count = 0, last = 0;
  if (journal_reader_over(&reader, bytes, size) != OK) return;
  for (;;) {
    const result r = journal_next(reader, &frame);
    if (r == ENDED) break;
    if (r != OK) {
      if (journal_skip_damage(reader, &skipped) != OK) break;
      continue;
    }
    if (frame.seq <= last || frame.payload + frame.size > bytes + size) abort();
    last = frame.seq;
    if (slots_decode(frame.payload, frame.size, slots, 4096, &count) == OK && count == 0)
      abort();
    if (reports_decode(frame.payload, frame.size, reports, 4096, &count) == OK &&
      count == 0)
      abort();
  }
  journal_reader_close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  uint8_t *bytes = malloc(size);
  if (!bytes) return 0;
  memcpy(bytes, data + 1, size - 1);
  if (data[0] & 1) mend(bytes, size - 1);
  walk(bytes, size - 1);
  free(bytes);
  return 0;
}
