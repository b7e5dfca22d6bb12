// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/patience.h"

#include <stdlib.h>

#ifdef GESTO_SANITIZED
enum { LEAST = 10 };
#else
enum { LEAST = 1 };
#endif
enum { MOST = 1000 };

uint32_t patience(void) {
  const char *text = getenv("GESTO_PATIENCE");
  const long asked = text ? strtol(text, NULL, 10) : LEAST;
  if (asked < LEAST) return LEAST;
  return asked > MOST ? MOST : (uint32_t)asked;
}
