// SPDX-License-Identifier: GPL-3.0-or-later
// A small, strict JSON reader for routine files: at most 64 KiB, 12 levels, 2,048 values.
#ifndef MOVE_JSON_H
#define MOVE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { JSON_DEPTH = 12, JSON_VALUES = 2048, JSON_BYTES = 65536 };
enum {
  VALUE_OBJECT = 1,
  VALUE_ARRAY,
  VALUE_TEXT,
  VALUE_NUMBER,
  VALUE_TRUE,
  VALUE_FALSE,
  VALUE_NULL
};

typedef struct json_value {
  uint32_t kind;
  uint32_t name, text;  // places in json.words; name 0: none
  uint32_t first, next; // children and siblings as places in json.values; 0: none
  double number;
} json_value;

typedef struct json {
  json_value *values; // values[1] is the root
  uint32_t count;
  char *words; // UTF-8, each ended by a zero
  uint32_t word_bytes;
  uint32_t line;   // where it could not be understood
  const char *why; // static, or NULL
} json;

// False: not understood; `line` and `why` say where and what. Finish it in both cases.
bool json_read(json *j, const char *text, size_t size);
void json_finish(json *j); // takes a zeroed one
// Child of an object, or NULL. `of` may be NULL.
const json_value *json_member(const json *j, const json_value *of, const char *name);
// The first child, then each next one; NULL after the last.
const json_value *json_first(const json *j, const json_value *of);
const json_value *json_next(const json *j, const json_value *v);
// Borrowed until json_finish. NULL if it is no text; v may be NULL.
const char *json_words(const json *j, const json_value *v);

#endif
