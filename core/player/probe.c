// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/probe.h"

#include "core/player/declared.h"

#include <stdio.h>
#include <stdlib.h>

int probe_run(const char *path) {
  char why[1024];
  exercise *e = calloc(1, sizeof *e);
  result r = e ? exercise_load(e, path, why, sizeof why) : NO_MEMORY;
  char *json = r == OK ? declared_json(e) : NULL;
  if (json)
    printf("%s\n", json);
  else if (e && r != OK)
    fprintf(stderr, "%s\n", why);
  else
    fprintf(stderr, "%s has a text that is not UTF-8. Write it as UTF-8.\n", path);
  free(json);
  free(e);
  return json ? EXIT_SUCCESS : EXIT_FAILURE;
}
