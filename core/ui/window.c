// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/window.h"

static void drop_frame(window *w) {
  if (w->frame) cairo_surface_destroy(w->frame);
  if (w->texture) SDL_DestroyTexture(w->texture);
  w->frame = NULL;
  w->texture = NULL;
  w->lent = false;
}

void window_size(const window *w, int32_t *width, int32_t *height) {
  int x = 0;
  int y = 0;
  if (w->renderer)
    SDL_GetRendererOutputSize(w->renderer, &x, &y);
  else
    SDL_GetWindowSize(w->sdl, &x, &y);
  *width = x;
  *height = y;
}

static bool is_xrgb(const SDL_Surface *s) {
  return s->format->BytesPerPixel == 4 && s->format->Rmask == 0xFF0000 &&
    s->format->Gmask == 0xFF00 && s->format->Bmask == 0xFF && s->pitch % 4 == 0;
}

static bool make_frame(window *w) {
  drop_frame(w);
  int32_t width = 0;
  int32_t height = 0;
  window_size(w, &width, &height);
  if (!w->renderer) {
    SDL_Surface *s = SDL_GetWindowSurface(w->sdl);
    if (!s) return false;
    if (is_xrgb(s) && s->w == width && s->h == height) {
      w->frame = cairo_image_surface_create_for_data(
        s->pixels, CAIRO_FORMAT_RGB24, s->w, s->h, s->pitch);
      w->lent = true;
    }
  } else {
    w->texture = SDL_CreateTexture(
      w->renderer, SDL_PIXELFORMAT_RGB888, SDL_TEXTUREACCESS_STREAMING, width, height);
    if (!w->texture) return false;
    SDL_SetTextureBlendMode(w->texture, SDL_BLENDMODE_NONE);
  }
  if (!w->frame) w->frame = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
  return cairo_surface_status(w->frame) == CAIRO_STATUS_SUCCESS;
}

static void set_hints(void) {
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
  SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
  SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
  SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
  SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");
}

// X11 alone has a frame buffer in SDL2; a failed try elsewhere could not be taken back, so
// it is decided here, before the first call. Accelerated window surfaces would go through
// OpenGL: 26 ms instead of 2 where there is no GPU.
static bool choose_path(window *w) {
  const char *driver = SDL_GetCurrentVideoDriver();
  if (driver && (SDL_strcmp(driver, "x11") == 0 || SDL_strcmp(driver, "dummy") == 0)) {
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    return true;
  }
  w->renderer = SDL_CreateRenderer(w->sdl, -1, SDL_RENDERER_PRESENTVSYNC);
  return w->renderer != NULL;
}

// Where there is no display SDL draws into nothing, which nobody would see or could end.
static bool has_display(void) {
  const char *driver = SDL_GetCurrentVideoDriver();
  if (SDL_getenv("SDL_VIDEODRIVER") || !driver || SDL_strcmp(driver, "offscreen") != 0)
    return true;
  SDL_SetError("SDL finds no display");
  return false;
}

bool window_open(window *w, const char *title, int width, int height) {
  *w = (window){0};
  set_hints();
  if (SDL_InitSubSystem(SDL_INIT_VIDEO | SDL_INIT_EVENTS) != 0) return false;
  if (!has_display()) return false;
  SDL_Rect room = {0, 0, 1280, 800};
  SDL_GetDisplayUsableBounds(0, &room);
  const bool all = width <= 0 || height <= 0;
  const Uint32 flags =
    SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI | (all ? SDL_WINDOW_MAXIMIZED : 0);
  const int x = all ? room.x : (int)SDL_WINDOWPOS_CENTERED;
  const int y = all ? room.y : (int)SDL_WINDOWPOS_CENTERED;
  w->sdl =
    SDL_CreateWindow(title, x, y, all ? room.w : width, all ? room.h : height, flags);
  if (!w->sdl) return false;
  SDL_SetWindowMinimumSize(w->sdl, 640, 480);
  return choose_path(w) && make_frame(w);
}

void window_close(window *w) {
  drop_frame(w);
  if (w->renderer) SDL_DestroyRenderer(w->renderer);
  if (w->sdl) SDL_DestroyWindow(w->sdl);
  *w = (window){0};
}

double window_guess_scale(const window *w) {
  int32_t width = 0;
  int32_t height = 0;
  window_size(w, &width, &height);
  if (width >= 2560 && height >= 1600) return 2;
  if (width >= 2400 && height >= 1400) return 1.5;
  return width >= 1600 && height >= 1000 ? 1.25 : 1;
}

bool window_refit(window *w, view *v) {
  if (!make_frame(w)) return false;
  view_resize(
    v, cairo_image_surface_get_width(w->frame), cairo_image_surface_get_height(w->frame));
  return true;
}

static void copy_rects(
  const SDL_Rect *rects, int count, cairo_surface_t *from, SDL_Surface *to) {
  const int stride = cairo_image_surface_get_stride(from);
  const unsigned char *pixels = cairo_image_surface_get_data(from);
  for (int i = 0; i < count; i++) {
    const SDL_Rect r = rects[i];
    SDL_Surface *part =
      SDL_CreateRGBSurfaceWithFormatFrom((void *)(pixels + r.y * stride + r.x * 4), r.w,
        r.h, 32, stride, SDL_PIXELFORMAT_RGB888);
    SDL_Rect place = r;
    if (part) SDL_BlitSurface(part, NULL, to, &place);
    SDL_FreeSurface(part);
  }
}

static bool present_surface(window *w, const SDL_Rect *rects, int count) {
  if (!w->lent) {
    SDL_Surface *s = SDL_GetWindowSurface(w->sdl);
    if (!s) return false;
    copy_rects(rects, count, w->frame, s);
  }
  return SDL_UpdateWindowSurfaceRects(w->sdl, rects, count) == 0;
}

static bool present_texture(window *w, const SDL_Rect *rects, int count) {
  const int stride = cairo_image_surface_get_stride(w->frame);
  const unsigned char *pixels = cairo_image_surface_get_data(w->frame);
  for (int i = 0; i < count; i++)
    SDL_UpdateTexture(
      w->texture, &rects[i], pixels + rects[i].y * stride + rects[i].x * 4, stride);
  SDL_RenderCopy(w->renderer, w->texture, NULL, NULL);
  SDL_RenderPresent(w->renderer);
  return true;
}

bool window_present(window *w, view *v) {
  if (v->dirty.count == 0) return true;
  cairo_surface_mark_dirty(w->frame);
  view_paint(v, w->frame);
  SDL_Rect rects[DIRTY_MAX];
  const int count = (int)v->dirty.count;
  for (int i = 0; i < count; i++) {
    const dirty_rect r = v->dirty.rects[i];
    rects[i] = (SDL_Rect){r.x, r.y, r.w, r.h};
  }
  dirty_clear(&v->dirty);
  w->presented++;
  return w->renderer ? present_texture(w, rects, count)
                     : present_surface(w, rects, count);
}
