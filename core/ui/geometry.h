// SPDX-License-Identifier: GPL-3.0-or-later
// Places and sizes in layout pixels, and the few sums that everyone needs. Any thread.
#ifndef GESTO_UI_GEOMETRY_H
#define GESTO_UI_GEOMETRY_H

#include <stdbool.h>

typedef struct rect {
  double x, y, w, h;
} rect;

typedef struct extent {
  double w, h;
} extent;

bool rect_holds(rect r, double x, double y);
bool rect_meets(rect a, rect b);    // true if they share more than an edge
rect rect_grown(rect r, double by); // by < 0: smaller, never below nothing
rect rect_union(rect a, rect b);    // an empty one does not count
rect rect_common(rect a, rect b);   // w and h are 0 if they do not meet
// Edges on whole pixels of a screen that has `scale` pixels per layout pixel.
rect rect_snapped(rect r, double scale);
double number_between(double value, double low, double high);

#endif
