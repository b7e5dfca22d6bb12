// SPDX-License-Identifier: GPL-3.0-or-later
// JSON as our records read and write it: jansson behind limits of size and depth. Private
// to core/record. Any thread.
#ifndef GESTO_RECORD_JSON_TEXT_H
#define GESTO_RECORD_JSON_TEXT_H

#include "core/base/result.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum { JSON_TEXT_MOST = 1 << 20, JSON_DEPTH_MOST = 32 };

// One JSON value. TOO_LARGE over the limits; BAD_DATA, and then `why` (or NULL) gets what
// the reader of the text should know. The caller owns *value.
MUST_USE result json_text_read(
  const char *text, size_t size, json_t **value, char *why, size_t room);
// Reads file `name` in folder `dir`.
MUST_USE result json_text_load(int dir, const char *name, json_t **value);
// True if it can be written within the limits, and in at most `most` bytes.
bool json_text_fits(const json_t *value, size_t most);
// Sets a member of `object`, which lies somewhere in `whole`; takes over `value`. TOO_LARGE,
// and all as it was, if `whole` would not fit in `most` bytes any more.
MUST_USE result json_text_set(
  const json_t *whole, size_t most, json_t *object, const char *key, json_t *value);
// Writes `value` as an indented file, atomically. Steals nothing. TOO_LARGE over the limits:
// what could not be read again is not written.
MUST_USE result json_text_save(int dir, const char *name, const json_t *value);
// Text of `value` with a line feed at its end; the caller frees. NULL: no memory.
char *json_text_dump(const json_t *value);

// Members of an object, or what stands for them if they are not there or of another kind.
const char *json_text_string(
  const json_t *object, const char *key, const char *otherwise);
double json_text_number(const json_t *object, const char *key, double otherwise);

#endif
