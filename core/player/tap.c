// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/tap.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void tap_next(const char *what) {
  printf("# now: %s\n", what);
  fflush(stdout);
}

void tap_line(tap *t, bool holds, const char *what, const char *why, ...) {
  printf("%sok %d - %s\n", holds ? "" : "not ", ++t->number, what);
  if (!holds) {
    va_list list;
    va_start(list, why);
    printf("#   ");
    vprintf(why, list);
    printf("\n");
    va_end(list);
    t->broken++;
  }
  fflush(stdout);
}

void tap_skip(tap *t, const char *what, const char *because) {
  printf("ok %d - %s # SKIP %s\n", ++t->number, what, because);
  fflush(stdout);
}

int tap_end(const tap *t) {
  printf("1..%d\n", t->number);
  return t->broken ? EXIT_FAILURE : EXIT_SUCCESS;
}
