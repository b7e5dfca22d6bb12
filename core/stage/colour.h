// SPDX-License-Identifier: GPL-3.0-or-later
// Colours as a person mixes them: hue, lightness and strength, evenly spaced to the eye
// (OKLCH: B. Ottosson, "A perceptual color space for image processing", 2020). Any thread.
#ifndef GESTO_STAGE_COLOUR_H
#define GESTO_STAGE_COLOUR_H

#include <stdint.h>

typedef struct colour {
  double hue;      // in turns, 0 to 1, from pink by yellow, green and blue back to it
  double light;    // 0 black to 1 white
  double strength; // 0 grey to 1, the strongest that a screen has of it
} colour;

uint32_t colour_rgb(colour c); // 0xRRGGBB
colour colour_of(uint32_t rgb);
// How colourful it is for the eye, whatever is possible there: 0 to about 0.32.
double colour_chroma(colour c);
// What it is called, "Light greenish blue", in the language of the screen.
void colour_name(uint32_t rgb, char *words, int room);

#endif
