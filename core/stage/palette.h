// SPDX-License-Identifier: GPL-3.0-or-later
// The colours that come with Gesto, and their names. Any thread.
#ifndef GESTO_STAGE_PALETTE_H
#define GESTO_STAGE_PALETTE_H

#include <stdbool.h>
#include <stdint.h>

enum { PALETTE_COLOURS = 12 };

uint32_t palette_colour(int index); // 0xRRGGBB; 0 to PALETTE_COLOURS - 1
bool palette_has(uint32_t rgb);
// In the language of the screen: its own name, or what it looks like.
void palette_name(uint32_t rgb, char *words, int room);

#endif
