// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// plugins.conf: whatever stands in it, the list is whole, and each entry loads or says why.
#include "core/keeper/exercise_conf.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check_entry(const exercise_entry *entry) {
  assert(entry->section && (entry->path || entry->refused));
  assert(entry->memory_mib >= 128 && entry->memory_mib <= 1536);
  for (uint32_t i = 0; i < entry->setting_count; i++)
    assert(entry->settings[i].key[0] && entry->settings[i].value);
  if (entry->refused) return;
  for (const char *at = entry->cautions; at && *at;
       at += strcspn(at, " ") + (strchr(at, ' ') != NULL))
    assert(strcspn(at, " ") > 0 && strcspn(at, " ") <= 32);
  assert(strncmp(entry->path, "/plugins/", 9) == 0 && entry->path[9]);
  assert(entry->path[9] != '/' && !strstr(entry->path, "/../"));
  assert(!entry->sha256 || strlen(entry->sha256) == 64);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  char why[256] = "";
  exercise_list list;
  char *text = malloc(size + 1);
  if (!text) return 0;
  if (size) memcpy(text, bytes, size);
  text[size] = 0;
  const result r =
    exercise_conf_parse(&list, text, size, "/plugins/", "plugins.conf", why, sizeof why);
  assert(r == OK || (list.count == 0 && why[0]));
  for (uint32_t i = 0; i < list.count; i++) check_entry(&list.entries[i]);
  exercise_list_finish(&list);
  free(text);
  return 0;
}
