// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base media
// Reading any bytes as a sound: refused, or samples between -1 and 1.
#include "core/media/sound_file.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  float *samples = NULL;
  uint64_t frames = 0;
  uint32_t rate = 0;
  if (sound_file_read(bytes, size, 1 << 16, &samples, &frames, &rate) != OK) {
    if (samples != NULL) abort();
    return 0;
  }
  for (uint64_t i = 0; i < 2 * frames; i++) {
    if (!(samples[i] >= -1.0f && samples[i] <= 1.0f)) abort();
  }
  free(samples);
  return 0;
}
