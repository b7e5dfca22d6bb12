// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base media
// Reading any bytes as PNG; what is read is written and read again to the same pixels.
#include "core/media/picture.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  picture p, again;
  if (picture_read_png(&p, bytes, size) != OK) return 0;
  size_t pixels = (size_t)p.width * p.height;
  if (pixels > 1 << 16) {
    picture_finish(&p);
    return 0;
  }
  size_t room = pixels * 5 + 4096, written = 0;
  uint8_t *file = malloc(room);
  if (file == NULL || picture_write_png(&p, "a", "b", file, room, &written) != OK)
    abort();
  if (picture_read_png(&again, file, written) != OK) abort();
  if (memcmp(p.rgba, again.rgba, pixels * 4) != 0) abort();
  free(file);
  picture_finish(&again);
  picture_finish(&p);
  return 0;
}
