// SPDX-License-Identifier: GPL-3.0-or-later
// Colours and edges of the three looks: Paper, Evening, Contrast. Any thread.
#ifndef GESTO_UI_THEME_H
#define GESTO_UI_THEME_H

#include <stdbool.h>
#include <stdint.h>

typedef enum theme_name {
  THEME_PAPER,
  THEME_EVENING,
  THEME_CONTRAST,
  THEME_COUNT
} theme_name;

typedef enum token {
  TOKEN_NONE, // nothing is painted
  TOKEN_PAPER,
  TOKEN_SURFACE,
  TOKEN_SUNKEN,
  TOKEN_LINE,
  TOKEN_INK,
  TOKEN_INK_2,
  TOKEN_CONTROL,
  TOKEN_PRIMARY,
  TOKEN_ON_PRIMARY,
  TOKEN_CLAY,
  TOKEN_OCHRE,
  TOKEN_PLUM,
  TOKEN_INDIGO,
  TOKEN_SAGE,
  TOKEN_FOCUS,
  TOKEN_PRIMARY_SOFT,
  TOKEN_CLAY_SOFT,
  TOKEN_OCHRE_SOFT,
  TOKEN_PLUM_SOFT,
  TOKEN_INDIGO_SOFT,
  TOKEN_SAGE_SOFT,
  TOKEN_COUNT
} token;

typedef struct theme {
  const char *name;
  uint32_t colours[TOKEN_COUNT]; // 0xRRGGBB
  double border, selected_border;
  bool shadows;
  bool solid; // selected is a filled primary with text on it; nothing see-through
} theme;

// Static, never NULL.
const theme *theme_of(theme_name name);
uint32_t theme_colour(const theme *t, token which);
// The ratio of WCAG 2, 1 to 21.
double theme_contrast(uint32_t a, uint32_t b);

#endif
