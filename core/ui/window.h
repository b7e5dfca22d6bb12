// SPDX-License-Identifier: GPL-3.0-or-later
// The window: an SDL window whose pixels are the Cairo frame, shown by the rectangles that
// changed. Main thread.
#ifndef GESTO_UI_WINDOW_H
#define GESTO_UI_WINDOW_H

#include "core/ui/view.h"

#include <SDL.h>
#include <stdbool.h>

typedef struct window {
  SDL_Window *sdl;
  SDL_Renderer *renderer; // NULL: the window's own surface is presented
  SDL_Texture *texture;
  cairo_surface_t *frame; // RGB24; over the window surface's pixels where that works
  bool lent;              // frame lies over the window surface
  uint64_t presented;     // how many times, for tests
} window;

// Opens SDL's video and a window titled `title` of `width` x `height` pixels; 0 x 0: as
// large as the screen allows. False: SDL_GetError() says why.
bool window_open(window *w, const char *title, int width, int height);
void window_close(window *w); // takes a zeroed one
void window_size(const window *w, int32_t *width, int32_t *height);
// How many pixels a layout pixel takes if nobody says: from the height, never from claimed
// dots per inch.
double window_guess_scale(const window *w);
// After the size changed: fetches the surface anew and fits the view to it.
bool window_refit(window *w, view *v);
// Draws what is dirty in the view and shows it; the list is empty afterwards.
bool window_present(window *w, view *v);

#endif
