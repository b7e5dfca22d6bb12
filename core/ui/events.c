// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/events.h"

#include "core/api/gesto.h"
#include "core/base/clock.h"
#include "core/ui/widgets.h"

#include <string.h>

enum { MOUSE_SOURCE = 1, PEN_SOURCE = 2, FIRST_FINGER = 10 };

// SDL stamps in milliseconds of its own clock.
static uint64_t device_time(uint32_t stamp) {
  const uint32_t age_ms = SDL_GetTicks() - stamp;
  const uint64_t now = clock_now_us();
  return age_ms < 1000 ? now - (uint64_t)age_ms * 1000 : now;
}

static bool feed_mouse(view *v, const SDL_Event *e) {
  pointer p = {.source = MOUSE_SOURCE, .tool = GESTO_MOUSE, .pressure = 0.5};
  if (e->type == SDL_MOUSEMOTION) {
    if (e->motion.which == SDL_TOUCH_MOUSEID) return false;
    p.phase = e->motion.state & SDL_BUTTON_LMASK ? PHASE_MOVE : PHASE_HOVER;
    p.x = e->motion.x / v->scale;
    p.y = e->motion.y / v->scale;
  } else {
    if (e->button.which == SDL_TOUCH_MOUSEID || e->button.button != SDL_BUTTON_LEFT)
      return false;
    p.phase = e->type == SDL_MOUSEBUTTONDOWN ? PHASE_DOWN : PHASE_UP;
    p.x = e->button.x / v->scale;
    p.y = e->button.y / v->scale;
  }
  p.time_us = device_time(e->common.timestamp);
  return view_point(v, &p);
}

static int finger_slot(events *s, SDL_FingerID id, bool down) {
  int free_slot = -1;
  for (int i = 0; i < EVENTS_FINGERS; i++) {
    if (s->down[i] && s->fingers[i] == id) return i;
    if (!s->down[i] && free_slot < 0) free_slot = i;
  }
  if (!down || free_slot < 0) return -1;
  s->fingers[free_slot] = id;
  s->down[free_slot] = true;
  return free_slot;
}

static bool feed_touch(events *s, view *v, const SDL_Event *e) {
  const SDL_TouchFingerEvent *t = &e->tfinger;
  const bool pen = t->touchId == EVENTS_PEN_DEVICE;
  const int slot = pen ? 0 : finger_slot(s, t->fingerId, e->type == SDL_FINGERDOWN);
  if (slot < 0) return false;
  if (!pen && e->type == SDL_FINGERUP) s->down[slot] = false;
  const pointer p = {.phase = e->type == SDL_FINGERDOWN ? PHASE_DOWN
      : e->type == SDL_FINGERUP                         ? PHASE_UP
                                                        : PHASE_MOVE,
    .source = pen ? PEN_SOURCE : (uint32_t)(FIRST_FINGER + slot),
    .tool = pen ? GESTO_PEN : GESTO_FINGER,
    .x = t->x * v->width,
    .y = t->y * v->height,
    .pressure = t->pressure > 0 ? t->pressure : 0.5,
    .time_us = device_time(t->timestamp)};
  return view_point(v, &p);
}

static uint32_t with_of(Uint16 mod) {
  return (mod & KMOD_SHIFT ? WITH_SHIFT : 0) | (mod & KMOD_CTRL ? WITH_CONTROL : 0) |
    (mod & KMOD_ALT ? WITH_ALT : 0);
}

static key key_of(SDL_Keycode code) {
  static const struct {
    SDL_Keycode code;
    key k;
  } keys[] = {{SDLK_TAB, KEY_TAB}, {SDLK_SPACE, KEY_SPACE}, {SDLK_RETURN, KEY_ENTER},
    {SDLK_KP_ENTER, KEY_ENTER}, {SDLK_ESCAPE, KEY_ESCAPE}, {SDLK_LEFT, KEY_LEFT},
    {SDLK_RIGHT, KEY_RIGHT}, {SDLK_UP, KEY_UP}, {SDLK_DOWN, KEY_DOWN},
    {SDLK_HOME, KEY_HOME}, {SDLK_END, KEY_END}, {SDLK_PAGEUP, KEY_PAGE_UP},
    {SDLK_PAGEDOWN, KEY_PAGE_DOWN}, {SDLK_BACKSPACE, KEY_BACKSPACE},
    {SDLK_DELETE, KEY_DELETE}};
  for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
    if (keys[i].code == code) return keys[i].k;
  return 0;
}

static bool feed_key(view *v, const SDL_Event *e) {
  const key k = key_of(e->key.keysym.sym);
  const bool once = k == KEY_SPACE || k == KEY_ENTER || k == KEY_ESCAPE;
  if (!k || (once && e->key.repeat)) return false;
  return view_press(v, k, with_of(e->key.keysym.mod));
}

static bool feed_key_up(view *v, const SDL_Event *e) {
  const key k = key_of(e->key.keysym.sym);
  return k && view_lift(v, k);
}

static bool feed_editing(view *v, const SDL_Event *e) {
  if (!v->focus || v->focus->sort->role != ROLE_FIELD) return false;
  field_set_preedit(v, v->focus, e->edit.text);
  return true;
}

static bool feed_wheel(view *v, const SDL_Event *e) {
  int x = 0;
  int y = 0;
  SDL_GetMouseState(&x, &y);
  view_wheel(v, x / v->scale, y / v->scale, (double)e->wheel.preciseY);
  return true;
}

bool events_feed(events *s, view *v, const SDL_Event *e) {
  switch (e->type) {
  case SDL_MOUSEMOTION:
  case SDL_MOUSEBUTTONDOWN:
  case SDL_MOUSEBUTTONUP: return feed_mouse(v, e);
  case SDL_FINGERDOWN:
  case SDL_FINGERMOTION:
  case SDL_FINGERUP: return feed_touch(s, v, e);
  case SDL_KEYDOWN: return feed_key(v, e);
  case SDL_KEYUP: return feed_key_up(v, e);
  case SDL_TEXTINPUT: return view_type(v, e->text.text);
  case SDL_TEXTEDITING: return feed_editing(v, e);
  case SDL_MOUSEWHEEL: return feed_wheel(v, e);
  default: return false;
  }
}

chord events_chord(const SDL_Event *e) {
  if (e->type != SDL_KEYDOWN || e->key.repeat) return (chord){0};
  return (chord){e->key.keysym.sym, with_of(e->key.keysym.mod)};
}

static uint32_t take_with(const char **word, const char *prefix, uint32_t flag) {
  const size_t n = strlen(prefix);
  if (strncmp(*word, prefix, n) != 0) return 0;
  *word += n;
  return flag;
}

static bool word_is(chord c, const char *word) {
  uint32_t with = 0;
  for (uint32_t got = 1; got; with |= got)
    got = take_with(&word, "ctrl+", WITH_CONTROL) |
      take_with(&word, "shift+", WITH_SHIFT) | take_with(&word, "alt+", WITH_ALT);
  return with == c.with && SDL_GetKeyFromName(word) == c.code;
}

bool events_chord_in(chord c, const char *wishes) {
  while (c.code && *wishes) {
    char word[32];
    const size_t n = strcspn(wishes, " ");
    if (n > 0 && n < sizeof word) {
      memcpy(word, wishes, n);
      word[n] = 0;
      if (word_is(c, word)) return true;
    }
    wishes += n + (wishes[n] == ' ');
  }
  return false;
}

void events_follow_focus(events *s, view *v) {
  const bool field =
    v->focus && v->focus->sort->role == ROLE_FIELD && widget_shown(v->focus);
  if (field && !s->typing) SDL_StartTextInput();
  if (!field && s->typing) SDL_StopTextInput();
  s->typing = field;
  if (!field) return;
  const rect c = field_caret(v->focus, v);
  const SDL_Rect at = {(int)(c.x * v->scale), (int)(c.y * v->scale),
    (int)(c.w * v->scale), (int)(c.h * v->scale)};
  SDL_SetTextInputRect(&at);
}
