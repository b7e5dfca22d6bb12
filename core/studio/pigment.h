// SPDX-License-Identifier: GPL-3.0-or-later
// Colours that mix as paint does, so that yellow and blue make green: a colour becomes the
// light it reflects in some bands of the spectrum, and bands mix by their weighted geometric
// mean (libmypaint's way, see pigment_lanes.h). dab.h makes paint of a colour and mixes it.
#ifndef GESTO_STUDIO_PIGMENT_H
#define GESTO_STUDIO_PIGMENT_H

enum { PIGMENT_BANDS = 7, PIGMENT_ROOM = 8 };

// The base 2 logarithm of what is reflected in each band.
typedef struct pigment {
  float bands[PIGMENT_ROOM];
} pigment;

#endif
