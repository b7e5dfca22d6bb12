// SPDX-License-Identifier: GPL-3.0-or-later
// What a client said on arriving and leaving, as the keeper put it into words (told_of of
// record/told.h): lines of words, and two places on the feeling field. Thread of the window.
#ifndef GESTO_DESK_TOLD_H
#define GESTO_DESK_TOLD_H

#include "core/ui/widgets.h"

#include <jansson.h>

// The words of the line with this label; "" where there is none.
const char *told_line(const json_t *told, const char *label);
// A small square: hollow where the client arrived, full where they left. Nothing where neither
// is known. `told` must outlive the widget.
void told_points(widget *parent, const char *id, const json_t *told);
// All lines, each with its label.
void told_lines(widget *parent, const char *id, const json_t *told);

#endif
