// SPDX-License-Identifier: GPL-3.0-or-later
// Text by Pango in the type sizes of the design: any script, wrapped, with a cache of
// layouts. One engine belongs to one thread.
#ifndef GESTO_UI_TEXT_H
#define GESTO_UI_TEXT_H

#include "core/ui/geometry.h"

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum text_style {
  TEXT_CUE,
  TEXT_TIMER,
  TEXT_TITLE,
  TEXT_CARD_TITLE,
  TEXT_HEADING,
  TEXT_LEAD,
  TEXT_BODY,
  TEXT_STRONG, // names in cards and bars
  TEXT_BUTTON,
  TEXT_BUTTON_56,
  TEXT_BUTTON_48,
  TEXT_LABEL,
  TEXT_LABEL_ON, // a chosen one
  TEXT_SMALL,
  TEXT_CAPTION,
  TEXT_CAPTION_ON,
  TEXT_STYLES
} text_style;

typedef enum text_align { ALIGN_START, ALIGN_MIDDLE, ALIGN_END } text_align;

typedef struct text_engine text_engine;

typedef struct text_look {
  text_style style;
  text_align align;
  double width; // wraps there; 0: never wraps
} text_look;

text_engine *text_create(void); // never NULL: ends the program when there is no memory
void text_destroy(text_engine *t);
// 1 to 2; what was measured before no longer holds.
void text_set_scale(text_engine *t, double scale);
// Easy reading: plainer letters, more room between them, the words and the lines. From the
// right: lines start there unless their own words are written from the left.
void text_set_reading(text_engine *t, bool easy, bool right_to_left);
// The size of a line of this style, without wrapping.
double text_line_height(text_engine *t, text_style style);
extent text_measure(text_engine *t, text_look look, const char *words);
// Draws with the top left at x, y. With a width, align is within it.
void text_draw(text_engine *t, cairo_t *cr, text_look look, const char *words, double x,
  double y, uint32_t rgb);
// Caret of a text field: where byte `index` stands, and which byte is nearest to x, y.
rect text_caret(text_engine *t, text_look look, const char *words, size_t index);
size_t text_index_at(
  text_engine *t, text_look look, const char *words, double x, double y);

#endif
