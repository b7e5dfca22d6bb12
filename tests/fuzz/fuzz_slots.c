// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a batch: what can be read is written and read again as the same.
#include "core/record/slots.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MANY = 2048 };

static void slots(const uint8_t *data, size_t size) {
  static ring_slot first[MANY], again[MANY];
  static uint8_t bytes[MANY * 80 + 64];
  uint32_t count = 0, done = 0, taken = 0, back = 0;
  if (slots_decode(data, size, first, MANY, &count) != OK) return;
  while (done < count) {
    const size_t length =
      slots_encode(first + done, count - done, &taken, bytes, sizeof bytes);
    if (taken == 0) abort();
    if (slots_decode(bytes, length, again, MANY, &back) != OK || back != taken) abort();
    if (memcmp(again, first + done, taken * sizeof *again) != 0) abort();
    done += taken;
  }
}

static void reports(const uint8_t *data, size_t size) {
  static page_report first[MANY], again[MANY];
  static uint8_t bytes[MANY * 32];
  uint32_t count = 0, taken = 0, back = 0;
  if (reports_decode(data, size, first, MANY, &count) != OK) return;
  const size_t length = reports_encode(first, count, &taken, bytes, sizeof bytes);
  if (taken != count || reports_decode(bytes, length, again, MANY, &back) != OK) abort();
  if (back != count || memcmp(first, again, count * sizeof *first) != 0) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  if (data[0] & 1)
    reports(data + 1, size - 1);
  else
    slots(data + 1, size - 1);
  return 0;
}
