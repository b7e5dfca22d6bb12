// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/ending.h"

#include "core/api/gesto.h"
#include "core/base/io.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { JSON_MOST = 1 << 20 };

static const ending endings[] = {
  [GESTO_WASHED_AWAY] = {"washed-away", CONSENT_LET_GO, false},
  [GESTO_TORN] = {"torn", CONSENT_LET_GO, false},
  [GESTO_BURIED] = {"buried", CONSENT_PRIVATE, false},
  [GESTO_PARTLY_GONE] = {"partly-gone", CONSENT_PRIVATE, true},
};
enum { ENDINGS = sizeof endings / sizeof endings[0] };

const ending *ending_of(uint64_t how) {
  return how > 0 && how < ENDINGS ? &endings[how] : NULL;
}

static const ending *called(const char *word) {
  for (uint64_t i = 1; word && i < ENDINGS; i++)
    if (strcmp(endings[i].word, word) == 0) return &endings[i];
  return NULL;
}

const ending *ending_find(int dir) {
  char *bytes = NULL;
  size_t size = 0;
  if (dir < 0 || io_load(dir, "creation.json", JSON_MOST, &bytes, &size) != OK)
    return NULL;
  json_t *about = json_loadb(bytes, size, 0, NULL);
  free(bytes);
  const json_t *facts = json_object_get(about, "facts");
  const ending *found = called(json_string_value(json_object_get(facts, "ending")));
  json_decref(about);
  return found;
}

void ending_note(session *s, uint32_t creation, const ending *e) {
  if (ending_find(session_creation_dir(s, creation)) == e) return;
  char json[32] = "null";
  if (e) snprintf(json, sizeof json, "\"%s\"", e->word);
  const result done = session_creation_fact(s, creation, "ending", json);
  if (done != OK)
    fprintf(stderr, "gesto: how a work was ended is not noted: %s.\n", result_text(done));
}
