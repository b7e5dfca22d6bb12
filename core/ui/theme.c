// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/theme.h"

#include <math.h>

static const theme themes[THEME_COUNT] = {
  [THEME_PAPER] = {.name = "paper",
    .border = 1.5,
    .selected_border = 2.5,
    .shadows = true,
    .colours = {[TOKEN_PAPER] = 0xF5F1E8,
      [TOKEN_SURFACE] = 0xFFFDF8,
      [TOKEN_SUNKEN] = 0xEBE5D8,
      [TOKEN_LINE] = 0xDCD4C4,
      [TOKEN_INK] = 0x22302F,
      [TOKEN_INK_2] = 0x515E5B,
      [TOKEN_CONTROL] = 0x7F7767,
      [TOKEN_PRIMARY] = 0x1F5D62,
      [TOKEN_ON_PRIMARY] = 0xFFFFFF,
      [TOKEN_CLAY] = 0xA2432A,
      [TOKEN_OCHRE] = 0x7D5600,
      [TOKEN_PLUM] = 0x6E4474,
      [TOKEN_INDIGO] = 0x3B4E8C,
      [TOKEN_SAGE] = 0x44633A,
      [TOKEN_FOCUS] = 0x1B3FB5,
      [TOKEN_PRIMARY_SOFT] = 0xD6E6E2,
      [TOKEN_CLAY_SOFT] = 0xF4DFD5,
      [TOKEN_OCHRE_SOFT] = 0xF2E3BE,
      [TOKEN_PLUM_SOFT] = 0xEADDEB,
      [TOKEN_INDIGO_SOFT] = 0xDEE3F2,
      [TOKEN_SAGE_SOFT] = 0xDFE8D4}},
  [THEME_EVENING] = {.name = "evening",
    .border = 1.5,
    .selected_border = 2.5,
    .colours = {[TOKEN_PAPER] = 0x151D1D,
      [TOKEN_SURFACE] = 0x1E2928,
      [TOKEN_SUNKEN] = 0x0F1616,
      [TOKEN_LINE] = 0x33413F,
      [TOKEN_INK] = 0xF0EBE1,
      [TOKEN_INK_2] = 0xB4BDB7,
      [TOKEN_CONTROL] = 0x77827E,
      [TOKEN_PRIMARY] = 0x8FCBC5,
      [TOKEN_ON_PRIMARY] = 0x10201F,
      [TOKEN_CLAY] = 0xF0A58C,
      [TOKEN_OCHRE] = 0xE3BE62,
      [TOKEN_PLUM] = 0xD3AEDA,
      [TOKEN_INDIGO] = 0xAFBEF2,
      [TOKEN_SAGE] = 0xB2CF9D,
      [TOKEN_FOCUS] = 0xFFD66B,
      [TOKEN_PRIMARY_SOFT] = 0x24403E,
      [TOKEN_CLAY_SOFT] = 0x43291F,
      [TOKEN_OCHRE_SOFT] = 0x3D3319,
      [TOKEN_PLUM_SOFT] = 0x3B2C3E,
      [TOKEN_INDIGO_SOFT] = 0x2A3150,
      [TOKEN_SAGE_SOFT] = 0x2C3A26}},
  [THEME_CONTRAST] = {.name = "contrast",
    .border = 3,
    .selected_border = 3,
    .solid = true,
    .colours = {[TOKEN_LINE] = 0xFFFFFF,
      [TOKEN_INK] = 0xFFFFFF,
      [TOKEN_INK_2] = 0xFFFFFF,
      [TOKEN_CONTROL] = 0xFFFFFF,
      [TOKEN_PRIMARY] = 0xFFD93B,
      [TOKEN_CLAY] = 0xFFB199,
      [TOKEN_OCHRE] = 0xFFD93B,
      [TOKEN_PLUM] = 0xFFC9FF,
      [TOKEN_INDIGO] = 0xB8CCFF,
      [TOKEN_SAGE] = 0xA8F0A0,
      [TOKEN_FOCUS] = 0x7FE7FF}},
};

const theme *theme_of(theme_name name) {
  return &themes[name < THEME_COUNT ? name : THEME_PAPER];
}

uint32_t theme_colour(const theme *t, token which) {
  return t->colours[which < TOKEN_COUNT ? which : TOKEN_INK];
}

static double linear(uint32_t channel) {
  const double c = channel / 255.0;
  return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb) {
  return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) +
    0.0722 * linear(rgb & 255);
}

double theme_contrast(uint32_t a, uint32_t b) {
  const double la = luminance(a) + 0.05;
  const double lb = luminance(b) + 0.05;
  return la > lb ? la / lb : lb / la;
}
