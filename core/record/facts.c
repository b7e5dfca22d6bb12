// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/facts.h"

#include "core/base/io.h"
#include "core/record/json_text.h"
#include "core/record/text.h"

#include <stdlib.h>
#include <string.h>

static const char label[] = "\"check\": \"";
static const char zeros[] =
  "0000000000000000000000000000000000000000000000000000000000000000";

// The 64 digits of the last "check", or NULL.
static char *find_check(char *bytes, size_t size) {
  const size_t span = sizeof label - 1 + 64;
  for (size_t at = size < span ? 0 : size - span + 1; at-- > 0;)
    if (memcmp(bytes + at, label, sizeof label - 1) == 0)
      return bytes + at + sizeof label - 1;
  return NULL;
}

result facts_save(int dir, const char *name, json_t *object) {
  if (json_object_set_new(object, "check", json_string(zeros)) != 0) return NO_MEMORY;
  char *bytes = json_text_dump(object), hex[TEXT_HASH];
  if (!bytes) return NO_MEMORY;
  const size_t size = strlen(bytes);
  char *check = find_check(bytes, size);
  text_hash(bytes, size, hex);
  if (check) memcpy(check, hex, 64);
  const result r = check ? io_save(dir, name, bytes, size) : FAILED;
  free(bytes);
  return r;
}

static bool holds(char *bytes, size_t size) {
  char hex[TEXT_HASH], said[64];
  char *check = find_check(bytes, size);
  if (!check) return false;
  memcpy(said, check, 64);
  memset(check, '0', 64);
  text_hash(bytes, size, hex);
  return memcmp(said, hex, 64) == 0;
}

result facts_load(int dir, const char *name, json_t **object) {
  char *bytes = NULL;
  size_t size = 0;
  *object = NULL;
  result r = io_load(dir, name, JSON_TEXT_MOST, &bytes, &size);
  if (r == OK && !holds(bytes, size)) r = BAD_DATA;
  if (r == OK) r = json_text_read(bytes, size, object, NULL, 0);
  if (r == OK && !json_is_object(*object)) {
    json_decref(*object);
    *object = NULL;
    r = BAD_DATA;
  }
  free(bytes);
  return r;
}
