// SPDX-License-Identifier: GPL-3.0-or-later
// keys/<session>: one random 256-bit key for each creation; the only file of an archive that
// is ever rewritten. Lines of text, the last of which checks the rest. Private to
// core/record; keeper's main thread.
#ifndef GESTO_RECORD_KEYS_H
#define GESTO_RECORD_KEYS_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KEYS_MOST = 2000 }; // creations of a session

typedef struct keys {
  char session[33]; // hex
  uint32_t *creations;
  uint8_t (*secrets)[32];
  size_t count;
} keys;

// `dir`: the folder keys/. Makes the file of a session without creations.
MUST_USE result keys_begin(int dir, const char *name, const uint8_t session[16]);
MUST_USE result keys_add(int dir, const char *name, uint32_t creation);
// Destroys the key of one creation, in the old file's bytes too. OK if there was none.
MUST_USE result keys_destroy(int dir, const char *name, uint32_t creation);
MUST_USE result keys_load(keys *k, int dir, const char *name);
MUST_USE result keys_parse(keys *k, const char *bytes, size_t size);
bool keys_has(const keys *k, uint32_t creation);
void keys_finish(keys *k); // wipes and frees

#endif
