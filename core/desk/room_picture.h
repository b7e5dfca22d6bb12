// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the page of a room that is about the picture that was put for the client, to draw
// on. The desk names a file and looks at none: the keeper has it opened by a locked player.
// Thread of the window.
#ifndef GESTO_DESK_ROOM_PICTURE_H
#define GESTO_DESK_ROOM_PICTURE_H

#include "core/ui/widgets.h"

struct desk;

void room_picture_add(struct desk *d, widget *card);
// A file was dropped on the window: on this page it is put.
void room_picture_dropped(struct desk *d, const char *path);
// Pixels that were asked for.
void room_picture_show(struct desk *d, cairo_surface_t *pixels);

#endif
