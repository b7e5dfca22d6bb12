// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/palette.h"

#include "core/stage/colour.h"
#include "core/ui/say.h"

#include <stdio.h>

typedef struct named_colour {
  uint32_t rgb;
  const char *name;
} named_colour;

static const named_colour palette[PALETTE_COLOURS] = {{0x22302F, N_("Black")},
  {0xFFFFFF, N_("White")}, {0xC42F50, N_("Red")}, {0xD98A3D, N_("Orange")},
  {0xEFCB30, N_("Yellow")}, {0x6F8F55, N_("Green")}, {0x2F6B70, N_("Teal")},
  {0x2A7DBF, N_("Blue")}, {0x6E4474, N_("Purple")}, {0xE08CA4, N_("Pink")},
  {0x8A6B4A, N_("Brown")}, {0x8D9694, N_("Grey")}};

uint32_t palette_colour(int index) { return palette[index].rgb; }

static const named_colour *found(uint32_t rgb) {
  for (int i = 0; i < PALETTE_COLOURS; i++)
    if (palette[i].rgb == rgb) return &palette[i];
  return NULL;
}

bool palette_has(uint32_t rgb) { return found(rgb) != NULL; }

void palette_name(uint32_t rgb, char *words, int room) {
  const named_colour *named = found(rgb);
  if (named)
    snprintf(words, (size_t)room, "%s", _(named->name));
  else
    colour_name(rgb, words, room);
}
