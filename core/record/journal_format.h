// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of a journal that its writer and its reader agree on. Private to core/record.
#ifndef GESTO_RECORD_JOURNAL_FORMAT_H
#define GESTO_RECORD_JOURNAL_FORMAT_H

#include "core/record/journal.h"

#define JOURNAL_MAGIC "GESTOJ1\n"
enum {
  JOURNAL_VERSION = 1,
  JOURNAL_HEAD_SIZE = 64,
  JOURNAL_FRAME_HEAD = 16,
  JOURNAL_SYNC = 0xe547, // bytes 47 e5
};

// The check of a frame: CRC-32C of the salt, the first 12 bytes and the payload.
uint32_t journal_frame_check(uint32_t salt, const uint8_t *frame, size_t payload);

#endif
