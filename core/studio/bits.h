// SPDX-License-Identifier: GPL-3.0-or-later
// Yes or no for each pixel of a paper, 64 side by side in a word, and what grows and shrinks
// in it: 64 pixels for the price of one. One thread.
#ifndef GESTO_STUDIO_BITS_H
#define GESTO_STUDIO_BITS_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stdint.h>

// Row by row; bit n of word m is pixel 64 m + n. Beyond the right side there are no ones.
typedef struct bits {
  uint32_t width, height, across; // pixels; words in a row
  uint64_t *words;
} bits;

// All of them no.
MUST_USE result bits_init(bits *b, uint32_t width, uint32_t height);
void bits_finish(bits *b);          // takes a zeroed one
uint32_t bits_count(const bits *b); // of words
bool bits_has(const bits *b, uint32_t x, uint32_t y);
void bits_set(bits *b, uint32_t x, uint32_t y);
bool bits_are_none(const bits *b);
// The other is of the same size, as in all that follows.
void bits_take_off(bits *b, const bits *what);
void bits_add(bits *b, const bits *more);
void bits_copy(bits *to, const bits *from);
void bits_turn_over(bits *b); // yes to no, no to yes

// Only what has all `reach` pixels around it, in a square; what lies outside the paper counts
// as there. NO_MEMORY: unchanged.
MUST_USE result bits_shrink(bits *b, uint32_t reach);
// By a pixel to all eight sides, as far as `within` goes. NO_MEMORY: unchanged.
MUST_USE result bits_grow(bits *b, const bits *within);
// On to the four sides as long as `through` goes. NO_MEMORY: it ends somewhere.
MUST_USE result bits_flood(bits *b, const bits *through);

#endif
