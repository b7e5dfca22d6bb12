// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base studio
// Any bytes as the state of a canvas: refused without a trace, or a canvas that undoes,
// redoes, shows itself and saves to the same again.
#include "core/studio/canvas.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 100, HEIGHT = 70 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const char *no_brush(void *data, const char *name) {
  (void)data, (void)name;
  return NULL;
}

static void use(canvas *c) {
  static uint8_t rgba[WIDTH * HEIGHT * 4];
  uint8_t *saved = NULL;
  size_t n = 0;
  canvas_picture(c, rgba);
  uint64_t hash = canvas_hash(c);
  if (canvas_save(c, true, &saved, &n) != OK) abort();
  while (canvas_undo(c)) continue;
  while (canvas_redo(c)) continue;
  canvas_picture(c, rgba);
  if (canvas_load(c, saved, n) != OK || canvas_hash(c) != hash) abort();
  free(saved);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  canvas *c = NULL;
  if (canvas_create(&c, WIDTH, HEIGHT, 1, no_brush, NULL) != OK) abort();
  uint64_t blank = canvas_hash(c);
  if (canvas_load(c, bytes, size) == OK)
    use(c);
  else if (canvas_hash(c) != blank)
    abort();
  canvas_destroy(c);
  return 0;
}
