// SPDX-License-Identifier: GPL-3.0-or-later
// colour_name() of colour.h.
#include "core/stage/colour.h"
#include "core/ui/say.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>

typedef struct hue_name {
  double until; // degrees
  const char *name;
} hue_name;

static const hue_name hues[] = {{18, N_("pinkish red")}, {38, N_("red")},
  {50, N_("reddish orange")}, {72, N_("orange")}, {92, N_("golden yellow")},
  {112, N_("yellow")}, {130, N_("yellowish green")}, {155, N_("green")},
  {180, N_("bluish green")}, {225, N_("greenish blue")}, {272, N_("blue")},
  {295, N_("bluish violet")}, {332, N_("purple")}, {346, N_("pinkish purple")},
  {360, N_("pink")}};

// Where a light red is called pink and a dark orange brown.
static const char *hue_word(double degrees, double light, double chroma) {
  const bool reddish = degrees > 340 || degrees < 30;
  if (reddish && light > 0.72) return N_("pink");
  if (degrees > 30 && degrees < 100 && light < 0.62 && chroma < 0.14) return N_("brown");
  for (size_t i = 0; i < sizeof hues / sizeof hues[0]; i++)
    if (degrees <= hues[i].until) return hues[i].name;
  return hues[0].name;
}

static const char *grey_word(double light) {
  if (light > 0.97) return N_("white");
  return light < 0.2 ? N_("black") : N_("grey");
}

// NULL: neither light nor dark. A strong yellow is light by itself, and only called yellow.
static const char *light_word(double light, double chroma) {
  if (light >= 0.75 && chroma > 0.15) return NULL;
  if (light >= 0.9) return N_("very light %s");
  if (light >= 0.75) return N_("light %s");
  if (light < 0.22) return N_("very dark %s");
  if (light < 0.45) return N_("dark %s");
  return NULL;
}

static void put_before(const char *form, char *words, int room) {
  char whole[256];
  snprintf(whole, sizeof whole, _(form), words);
  snprintf(words, (size_t)room, "%s", whole);
}

void colour_name(uint32_t rgb, char *words, int room) {
  enum { GREY = 18, GREYISH = 45 }; // thousandths
  const colour c = colour_of(rgb);
  const double chroma = colour_chroma(c);
  const bool grey = chroma * 1000 < GREY;
  const char *word = grey ? grey_word(c.light) : hue_word(c.hue * 360, c.light, chroma);
  const bool extreme = grey && (c.light > 0.97 || c.light < 0.2);
  snprintf(words, (size_t)room, "%s", _(word));
  if (!grey && chroma * 1000 < GREYISH) put_before(N_("greyish %s"), words, room);
  const char *light = extreme ? NULL : light_word(c.light, chroma);
  if (light) put_before(light, words, room);
  words[0] = (char)toupper((unsigned char)words[0]); // of ASCII alone
}
