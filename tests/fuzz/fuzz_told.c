// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base record
// What a client said: whatever stands in session.json, what people read of it is lines of
// words, places on the field, and at most the name of a file beside it.
#include "core/record/told.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check_line(const json_t *line) {
  assert(json_array_size(line) == 2);
  for (size_t i = 0; i < 2; i++) assert(json_is_string(json_array_get(line, i)));
}

static void check_point(const json_t *at) {
  if (json_is_null(at)) return;
  assert(json_array_size(at) == 2);
  for (size_t i = 0; i < 2; i++) {
    const double place = json_number_value(json_array_get(at, i));
    assert(place >= -1 && place <= 1);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  size_t i;
  json_t *line;
  json_t *facts = json_loadb((const char *)bytes, size, JSON_REJECT_DUPLICATES, NULL);
  json_t *told = told_of(facts);
  assert(told);
  json_array_foreach(json_object_get(told, "told"), i, line) check_line(line);
  assert(json_array_size(json_object_get(told, "points")) == 2);
  for (i = 0; i < 2; i++) check_point(json_array_get(json_object_get(told, "points"), i));
  const char *note = json_string_value(json_object_get(told, "note"));
  assert(note && !strchr(note, '/') && note[0] != '.');
  json_decref(told);
  json_decref(facts);
  return 0;
}
