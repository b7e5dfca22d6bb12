// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// The least window that SDL can show, as what gesto-stage's start is measured against: as
// large as the screen, one light colour, presented by rectangle, then asleep.
#include <SDL.h>
#include <stdio.h>

static void paint(SDL_Window *w) {
  SDL_Surface *s = SDL_GetWindowSurface(w);
  if (!s) return;
  SDL_FillRect(s, NULL, SDL_MapRGB(s->format, 240, 240, 240));
  const SDL_Rect all = {0, 0, s->w, s->h};
  SDL_UpdateWindowSurfaceRects(w, &all, 1);
}

int main(void) {
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
  SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
  SDL_Rect room = {0, 0, 1280, 800};
  SDL_Window *w = NULL;
  if (SDL_InitSubSystem(SDL_INIT_VIDEO | SDL_INIT_EVENTS) == 0) {
    SDL_GetDisplayUsableBounds(0, &room);
    w = SDL_CreateWindow("bare", 0, 0, room.w, room.h, SDL_WINDOW_BORDERLESS);
  }
  if (!w) {
    fprintf(stderr, "bare_window: %s\n", SDL_GetError());
    return 1;
  }
  paint(w);
  for (SDL_Event e; SDL_WaitEvent(&e) && e.type != SDL_QUIT;)
    if (e.type == SDL_WINDOWEVENT && e.window.event == SDL_WINDOWEVENT_EXPOSED) paint(w);
  SDL_Quit();
  return 0;
}
