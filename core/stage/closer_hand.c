// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/closer_hand.h"

#include "core/stage/stage.h"
#include "core/ui/focus.h"

#include <math.h>

enum { WHEEL = 48, PARTS = 6 }; // layout pixels a notch; of the area's size, a key
static const double NOTCH = 1.19, STEP = 1.41; // four notches or two keys: twice as close

static bool on_area(stage *s, double x, double y) {
  const widget *w = view_at(&s->view, x, y);
  return w && (w == s->area || w->parent == s->area);
}

// ---- Wheel -------------------------------------------------------------------------------

static bool turn_wheel(stage *s, const SDL_MouseWheelEvent *e) {
  int x_px = 0;
  int y_px = 0;
  SDL_GetMouseState(&x_px, &y_px);
  const double x = x_px / s->view.scale;
  const double y = y_px / s->view.scale;
  const SDL_Keymod with = SDL_GetModState();
  if (!closer_may(s) || !on_area(s, x, y)) return false;
  if (with & KMOD_CTRL)
    closer_zoom(s, pow(NOTCH, (double)e->preciseY), x, y);
  else if (with & KMOD_SHIFT)
    closer_move(s, (double)e->preciseY * WHEEL, 0);
  else
    closer_move(s, -(double)e->preciseX * WHEEL, (double)e->preciseY * WHEEL);
  return true;
}

// ---- Taking hold -------------------------------------------------------------------------

static bool take_hold(stage *s, const SDL_MouseButtonEvent *e) {
  closer *c = &s->closer;
  const double x = e->x / s->view.scale;
  const double y = e->y / s->view.scale;
  const bool by_space = c->space && e->button == SDL_BUTTON_LEFT;
  if (e->which == SDL_TOUCH_MOUSEID || (e->button != SDL_BUTTON_MIDDLE && !by_space))
    return false;
  if (!closer_may(s) || !on_area(s, x, y)) return false;
  c->grips = true;
  c->grip_x = x;
  c->grip_y = y;
  return true;
}

static bool drag(stage *s, const SDL_MouseMotionEvent *e) {
  closer *c = &s->closer;
  if (!c->grips || e->which == SDL_TOUCH_MOUSEID) return false;
  const double x = e->x / s->view.scale;
  const double y = e->y / s->view.scale;
  closer_move(s, x - c->grip_x, y - c->grip_y);
  c->grip_x = x;
  c->grip_y = y;
  return true;
}

static bool let_go(stage *s, const SDL_MouseButtonEvent *e) {
  const bool ours = e->button == SDL_BUTTON_MIDDLE || e->button == SDL_BUTTON_LEFT;
  if (!s->closer.grips || !ours || e->which == SDL_TOUCH_MOUSEID) return false;
  s->closer.grips = false;
  return true;
}

// ---- Keys --------------------------------------------------------------------------------

static bool move_by_key(stage *s, SDL_Keycode code) {
  const rect a = s->area->rect;
  switch (code) {
  case SDLK_LEFT: closer_move(s, a.w / PARTS, 0); return true;
  case SDLK_RIGHT: closer_move(s, -a.w / PARTS, 0); return true;
  case SDLK_UP: closer_move(s, 0, a.h / PARTS); return true;
  case SDLK_DOWN: closer_move(s, 0, -a.h / PARTS); return true;
  default: return false;
  }
}

static bool zoom_by_key(stage *s, SDL_Keysym pressed) {
  switch (pressed.sym) {
  case SDLK_PLUS:
  case SDLK_EQUALS: // where plus is above it
  case SDLK_KP_PLUS: closer_zoom_middle(s, STEP); return true;
  case SDLK_MINUS:
  case SDLK_KP_MINUS: closer_zoom_middle(s, 1 / STEP); return true;
  case SDLK_0:
  case SDLK_KP_0: closer_whole(s); return true;
  default: break;
  }
  if (pressed.scancode != SDL_SCANCODE_0) return false; // where digits are with shift
  closer_whole(s);
  return true;
}

// For a hand on the mouse: who goes by keys presses with it.
static bool space_down(stage *s, bool repeat) {
  if (s->closer.space) return true;
  if (repeat || s->view.focus_shown || closer_is_whole(s) || !closer_may(s)) return false;
  s->closer.space = true;
  return true;
}

static bool space_up(stage *s) {
  const bool was = s->closer.space;
  s->closer.space = false;
  return was;
}

static bool press(stage *s, const SDL_KeyboardEvent *e) {
  const Uint16 with = e->keysym.mod;
  const widget *f = s->view.focus;
  if (f && f->sort->role == ROLE_FIELD) return false;
  if (e->keysym.sym == SDLK_SPACE && !(with & (KMOD_CTRL | KMOD_ALT | KMOD_SHIFT)))
    return space_down(s, e->repeat != 0);
  if (!(with & KMOD_CTRL) || (with & KMOD_ALT) || !closer_may(s)) return false;
  if (!move_by_key(s, e->keysym.sym) && !zoom_by_key(s, e->keysym)) return false;
  focus_show_ring(&s->view, true); // whoever uses keys sees where they are
  return true;
}

bool closer_hand_event(stage *s, const SDL_Event *e) {
  switch (e->type) {
  case SDL_MOUSEWHEEL: return turn_wheel(s, &e->wheel);
  case SDL_MOUSEBUTTONDOWN: return take_hold(s, &e->button);
  case SDL_MOUSEMOTION: return drag(s, &e->motion);
  case SDL_MOUSEBUTTONUP: return let_go(s, &e->button);
  case SDL_KEYDOWN: return press(s, &e->key);
  case SDL_KEYUP: return e->key.keysym.sym == SDLK_SPACE && space_up(s);
  default: return false;
  }
}
