// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// The least drawing program that SDL allows: dots into the window's surface, the rectangle that
// changed shown at once. What a drawing program is measured against.
#include <SDL.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { RADIUS = 3 };

typedef struct sketch {
  SDL_Window *window;
  SDL_Surface *surface;
  SDL_Rect changed;
  SDL_Point last;
  bool down, whole;
} sketch;

static void dot(sketch *s, int x, int y) {
  Uint32 *pixels = s->surface->pixels;
  const int w = s->surface->w, h = s->surface->h, line = s->surface->pitch / 4;
  for (int j = -RADIUS; j <= RADIUS; j++)
    for (int i = -RADIUS; i <= RADIUS; i++) {
      if (i * i + j * j > RADIUS * RADIUS) continue;
      if (x + i < 0 || x + i >= w || y + j < 0 || y + j >= h) continue;
      pixels[(y + j) * line + x + i] = 0;
    }
  const SDL_Rect here = {x - RADIUS, y - RADIUS, 2 * RADIUS + 1, 2 * RADIUS + 1};
  const SDL_Rect all = {0, 0, w, h}, before = s->changed;
  if (SDL_RectEmpty(&before))
    s->changed = here;
  else
    SDL_UnionRect(&before, &here, &s->changed);
  const SDL_Rect unclipped = s->changed;
  SDL_IntersectRect(&unclipped, &all, &s->changed);
}

static void line_to(sketch *s, int x, int y) {
  const int dx = x - s->last.x, dy = y - s->last.y;
  const int steps = SDL_max(SDL_max(abs(dx), abs(dy)), 1);
  for (int i = 1; i <= steps; i++)
    dot(s, s->last.x + dx * i / steps, s->last.y + dy * i / steps);
  s->last = (SDL_Point){x, y};
}

static void take(sketch *s, const SDL_Event *e) {
  switch (e->type) {
  case SDL_WINDOWEVENT: s->whole |= e->window.event == SDL_WINDOWEVENT_EXPOSED; break;
  case SDL_MOUSEBUTTONDOWN:
    s->down = true;
    s->last = (SDL_Point){e->button.x, e->button.y};
    dot(s, e->button.x, e->button.y);
    break;
  case SDL_MOUSEBUTTONUP: s->down = false; break;
  case SDL_MOUSEMOTION:
    if (s->down) line_to(s, e->motion.x, e->motion.y);
    break;
  default: break;
  }
}

static void show(sketch *s) {
  if (s->whole)
    SDL_UpdateWindowSurface(s->window);
  else if (!SDL_RectEmpty(&s->changed))
    SDL_UpdateWindowSurfaceRects(s->window, &s->changed, 1);
  s->changed = (SDL_Rect){0};
  s->whole = false;
}

int main(void) {
  static sketch s = {.whole = true};
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
  SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
  if (SDL_Init(SDL_INIT_VIDEO) == 0)
    s.window = SDL_CreateWindow("least", 0, 0, 1920, 1080, SDL_WINDOW_BORDERLESS);
  s.surface = s.window == NULL ? NULL : SDL_GetWindowSurface(s.window);
  if (s.surface == NULL || s.surface->format->BytesPerPixel != 4) {
    fprintf(stderr, "least_sdl: %s\n", SDL_GetError());
    return 1;
  }
  memset(s.surface->pixels, 0xFF, (size_t)s.surface->pitch * (size_t)s.surface->h);
  for (SDL_Event e; SDL_WaitEvent(&e);) {
    do {
      if (e.type == SDL_QUIT) return 0;
      take(&s, &e);
    } while (SDL_PollEvent(&e));
    show(&s);
  }
  return 1;
}
