// SPDX-License-Identifier: GPL-3.0-or-later
// Any text as MANIFEST and as a key file. The first byte says which, and whether its last
// line is made to fit first.
#include "core/record/keys.h"
#include "core/record/manifest.h"
#include "core/record/text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void as_manifest(const char *bytes, size_t size) {
  manifest m;
  if (manifest_parse(&m, bytes, size) != OK) return;
  for (size_t i = 0; i < m.count; i++) {
    const char *path = m.entries[i].path;
    if (manifest_find(&m, path) != &m.entries[i]) abort();
    if (path[0] == '/' || path[0] == '.' || strstr(path, "/../")) abort();
    if (strlen(m.entries[i].sha256) != 64) abort();
  }
  manifest_finish(&m);
}

static void as_keys(const char *bytes, size_t size) {
  keys k;
  if (keys_parse(&k, bytes, size) != OK) return;
  for (size_t i = 0; i < k.count; i++)
    if (!keys_has(&k, k.creations[i])) abort();
  keys_finish(&k);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  text whole = {0};
  text_add(&whole, (const char *)data + 1, size - 1);
  if (data[0] & 1) text_seal(&whole);
  if (data[0] & 2)
    as_keys(whole.bytes, whole.size);
  else
    as_manifest(whole.bytes, whole.size);
  text_finish(&whole);
  return 0;
}
