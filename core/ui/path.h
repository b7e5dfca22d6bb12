// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the little path language of our icons (M L H V C S A Z, both cases) into Cairo.
#ifndef GESTO_UI_PATH_H
#define GESTO_UI_PATH_H

#include <cairo.h>
#include <stdbool.h>

// Adds `data` to the current path. False: something in it is not understood; what came
// before it has been added.
bool path_add(cairo_t *cr, const char *data);

#endif
