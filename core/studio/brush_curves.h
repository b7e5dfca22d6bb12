// SPDX-License-Identifier: GPL-3.0-or-later
// The curves in the text of a brush, looked through before libmypaint reads them: it would end
// the program at one that runs backwards. Any thread.
#ifndef GESTO_STUDIO_BRUSH_CURVES_H
#define GESTO_STUDIO_BRUSH_CURVES_H

#include <stdbool.h>

// True: each array in the text is a curve as libmypaint takes it, of none or of 2 to 64 points
// [x, y] of which none lies left of the one before. The rest of the text may be anything but
// what only lenient readers take for JSON: comments, words in single quotes.
bool brush_curves_hold(const char *text);

#endif
