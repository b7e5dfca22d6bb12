// SPDX-License-Identifier: GPL-3.0-or-later
// What all widgets that can be chosen have in common: press and release, Space and Enter.
// For sorts of widgets. Thread of the window.
#ifndef GESTO_UI_CHOOSE_H
#define GESTO_UI_CHOOSE_H

#include "core/ui/view.h"

// widget_sort.point and .press of something that is chosen by a tap.
bool choose_point(widget *w, view *v, const pointer *p);
bool choose_press(widget *w, view *v, key k, uint32_t with);

// The knob of a switch, on or off by w->value.
void choose_draw_knob(const widget *w, view *v, cairo_t *cr, rect k);

// An icon and words in the middle of a rectangle, side by side or one above the other.
typedef struct face {
  const icon *icon;
  const char *words;
  text_style style;
  double icon_size, stroke, gap;
  bool stacked;
} face;
extent face_measure(const face *f, view *v, double width);
void face_draw(const face *f, view *v, cairo_t *cr, rect in, uint32_t rgb);

#endif
