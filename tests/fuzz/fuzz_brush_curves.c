// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// The text of a brush: whatever it is, it is looked through to its end and no further, and one
// that holds does so with a space behind it, too.
#include "core/studio/brush_curves.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  const size_t length = strnlen((const char *)bytes, size);
  char *text = malloc(length + 2);
  if (!text) return 0;
  memcpy(text, bytes, length);
  text[length] = 0;
  const bool holds = brush_curves_hold(text);
  text[length] = ' ';
  text[length + 1] = 0;
  assert(brush_curves_hold(text) == holds);
  free(text);
  return 0;
}
