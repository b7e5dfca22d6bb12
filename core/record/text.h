// SPDX-License-Identifier: GPL-3.0-or-later
// Text that grows, SHA-256 in hex, and texts that check themselves by their last line,
// "sha256 <64 hex>". Private to core/record. Any thread.
#ifndef GESTO_RECORD_TEXT_H
#define GESTO_RECORD_TEXT_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct text {
  char *bytes; // ended by a zero once anything was added
  size_t size, room;
  bool failed; // no memory at some point: what was added since is missing
} text;        // zeroed: empty

void text_add(text *t, const char *bytes, size_t size);
void text_say(text *t, const char *words);
void text_format(text *t, const char *format, ...) PRINTF_LIKE(2, 3);
void text_finish(text *t); // frees

enum { TEXT_HASH = 65 }; // 64 hex digits and a zero
void text_hash(const void *bytes, size_t size, char hex[TEXT_HASH]);
// Adds the line that makes the text check itself.
void text_seal(text *t);
// How many bytes stand before that line; 0 if it is not there or does not fit them.
size_t text_sealed_body(const char *bytes, size_t size);

#endif
