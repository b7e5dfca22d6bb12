// SPDX-License-Identifier: GPL-3.0-or-later
// The desk's first page: begin a session, clients, their sessions and works with pictures,
// sessions that were interrupted. Thread of the window.
#ifndef GESTO_DESK_PAGE_SESSIONS_H
#define GESTO_DESK_PAGE_SESSIONS_H

#include "core/desk/desk.h"

// A new tree; the caller shows it. Asks the keeper for the pictures that it needs.
widget *page_sessions_build(desk *d);
// A picture that was asked for by page_sessions_build has come; the surface stays the
// caller's.
void page_sessions_picture(desk *d, uint32_t request, cairo_surface_t *pixels);
// The keeper's sentence or the sound that is heard changed.
void page_sessions_refresh(desk *d);

#endif
