// SPDX-License-Identifier: GPL-3.0-or-later
// Colours that mix as paint does, so that yellow and blue make green: a colour becomes the
// light it reflects in ten bands of the spectrum, and bands mix by their weighted geometric
// mean. The bands are libmypaint's. Pure; any thread.
#ifndef GESTO_STUDIO_PIGMENT_H
#define GESTO_STUDIO_PIGMENT_H

enum { PIGMENT_BANDS = 10 };

// The base 2 logarithm of what is reflected in each band.
typedef struct pigment {
  float bands[PIGMENT_BANDS];
} pigment;

// Red, green and blue from 0 to 1.
pigment pigment_of(float red, float green, float blue);
void pigment_colour(const pigment *p, float rgb[3]);

#endif
