// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base media
// Reading any bytes as a photo, as large as it is and much smaller.
#include "core/media/photo.h"

#include <stdbool.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void read_as(const uint8_t *bytes, size_t size, uint32_t longest) {
  picture p;
  if (photo_read_jpeg(&p, bytes, size, longest) != OK) return;
  const size_t pixels = (size_t)p.width * p.height;
  if (pixels == 0 || p.rgba[pixels * 4 - 1] != 255) abort(); // photos hide nothing
  picture_finish(&p);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  enum { FEW = 1 << 20 };
  // A head may ask for 128 million pixels: too slow for many tries, and no other code.
  for (size_t i = 0; i + 9 < size; i++) {
    const bool head = bytes[i] == 0xFF && bytes[i + 1] >= 0xC0 && bytes[i + 1] <= 0xCF;
    const uint32_t h = (uint32_t)bytes[i + 5] << 8 | bytes[i + 6];
    const uint32_t w = (uint32_t)bytes[i + 7] << 8 | bytes[i + 8];
    if (head && (uint64_t)w * h > FEW) return 0;
  }
  read_as(bytes, size, 2048);
  read_as(bytes, size, 8);
  return 0;
}
