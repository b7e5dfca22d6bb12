// SPDX-License-Identifier: GPL-3.0-or-later
// What few brushes do, a pixel at a time. Pure; any thread.
#ifndef GESTO_STUDIO_DAB_RARE_H
#define GESTO_STUDIO_DAB_RARE_H

#include "core/studio/dab.h"

#include <stdint.h>

// The hue and strength of the pass's colour, the lightness and alpha that are there.
void dab_tint(const dab_pass *p, uint16_t rgba[4], int32_t weight);
// The nearest of the pass's levels in each channel.
void dab_poster(const dab_pass *p, uint16_t rgba[4], int32_t weight);

#endif
