// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/text.h"

#include "core/record/bytes.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool make_room(text *t, size_t more) {
  if (t->failed || more > SIZE_MAX / 4 || t->size > SIZE_MAX / 4)
    return !(t->failed = true);
  const size_t needed = t->size + more + 1;
  if (needed <= t->room) return true;
  const size_t room = needed < 512 ? 1024 : needed + needed / 2;
  char *bytes = realloc(t->bytes, room);
  if (!bytes) return !(t->failed = true);
  t->bytes = bytes;
  t->room = room;
  return true;
}

void text_add(text *t, const char *bytes, size_t size) {
  if (!make_room(t, size)) return;
  if (size) memcpy(t->bytes + t->size, bytes, size);
  t->size += size;
  t->bytes[t->size] = 0;
}

void text_say(text *t, const char *words) { text_add(t, words, strlen(words)); }

void text_format(text *t, const char *format, ...) {
  va_list words;
  va_start(words, format);
  char *made = NULL;
  const int size = vasprintf(&made, format, words);
  va_end(words);
  if (size < 0) {
    t->failed = true;
    return;
  }
  text_add(t, made, (size_t)size);
  free(made);
}

void text_finish(text *t) {
  free(t->bytes);
  *t = (text){0};
}

void text_hash(const void *bytes, size_t size, char hex[TEXT_HASH]) {
  uint8_t hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(hash, bytes, size);
  bytes_to_hex(hash, sizeof hash, hex);
}

void text_seal(text *t) {
  char hex[TEXT_HASH];
  if (t->failed) return;
  text_hash(t->bytes, t->size, hex);
  text_format(t, "sha256 %s\n", hex);
}

size_t text_sealed_body(const char *bytes, size_t size) {
  enum { LINE = 7 + 64 + 1 };
  char line[LINE + 1], hex[TEXT_HASH];
  if (size <= LINE || bytes[size - LINE - 1] != '\n') return 0;
  text_hash(bytes, size - LINE, hex);
  snprintf(line, sizeof line, "sha256 %s\n", hex);
  return memcmp(bytes + size - LINE, line, LINE) == 0 ? size - LINE : 0;
}
