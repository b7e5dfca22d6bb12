// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/colours.h"

#include "core/api/gesto.h"

#include <string.h>

typedef struct colour {
  const char *token;
  uint32_t paper, evening, contrast;
} colour;

static const colour COLOURS[] = {
  {"ink", 0x22302F, 0xF0EBE1, 0xFFFFFF},
  {"ink-2", 0x515E5B, 0xB4BDB7, 0xFFFFFF},
  {"paper", 0xF5F1E8, 0x151D1D, 0x000000},
  {"surface", 0xFFFDF8, 0x1E2928, 0x000000},
  {"sunken", 0xEBE5D8, 0x0F1616, 0x000000},
  {"line", 0xDCD4C4, 0x33413F, 0xFFFFFF},
  {"control", 0x7F7767, 0x77827E, 0xFFFFFF},
  {"primary", 0x1F5D62, 0x8FCBC5, 0xFFD93B},
  {"primary-soft", 0xD6E6E2, 0x24403E, 0x000000},
  {"clay", 0xA2432A, 0xF0A58C, 0xFFB199},
  {"clay-soft", 0xF4DFD5, 0x43291F, 0x000000},
  {"ochre", 0x7D5600, 0xE3BE62, 0xFFD93B},
  {"ochre-soft", 0xF2E3BE, 0x3B3015, 0x000000},
  {"plum", 0x6E4474, 0xD3AEDA, 0xFFFFFF},
  {"plum-soft", 0xEADDEB, 0x38283B, 0x000000},
  {"indigo", 0x3B4E8C, 0xAFBEF2, 0x7FE7FF},
  {"indigo-soft", 0xDEE3F2, 0x262E47, 0x000000},
  {"sage", 0x44633A, 0xB2CF9D, 0xA8F0A0},
  {"sage-soft", 0xDFE8D4, 0x2C3A26, 0x000000},
  {"focus", 0x1B3FB5, 0xFFD66B, 0x7FE7FF},
};

static uint32_t in_theme(const colour *c, uint32_t look_flags) {
  if (look_flags & GESTO_CONTRAST) return c->contrast;
  return look_flags & GESTO_EVENING ? c->evening : c->paper;
}

uint32_t colours_find(const char *token, uint32_t look_flags) {
  for (size_t i = 0; token && i < sizeof COLOURS / sizeof *COLOURS; i++) {
    if (strcmp(COLOURS[i].token, token) == 0) return in_theme(&COLOURS[i], look_flags);
  }
  return in_theme(&COLOURS[0], look_flags);
}
