// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/reach.h"

#include "core/base/clock.h"
#include "core/ui/say.h"

#include <math.h>

static void tell_exercise(stage *s) {
  if (!s->live.here || !s->input.creation) return;
  gesto_event e = {.type = GESTO_LOOK};
  e.as.look.flags = stage_look_flags(s);
  e.as.look.text_scale = (float)s->text_scale;
  input_tell(&s->input, e, s->now_us);
}

static bool wants_pads(const stage *s);

void stage_set_access(stage *s, const access_settings *a) {
  s->access = *a;
  access_keep_within(&s->access);
  s->theme = s->access.theme;
  s->text_scale = s->access.text_percent / 100.0;
  stage_set_volume(s, s->access.volume);
  view_set_access(&s->view, &s->access, say_is_right_to_left());
  tell_exercise(s);
  stage_rebuild(s);
}

// ---- Switches

static access_switch switch_of(const SDL_Event *e) {
  switch (e->type) {
  case SDL_KEYDOWN:
  case SDL_KEYUP: return (access_switch){SWITCH_KEY, e->key.keysym.scancode};
  case SDL_MOUSEBUTTONDOWN:
  case SDL_MOUSEBUTTONUP:
    if (e->button.which == SDL_TOUCH_MOUSEID) break;
    return (access_switch){SWITCH_MOUSE, e->button.button};
  case SDL_CONTROLLERBUTTONDOWN:
  case SDL_CONTROLLERBUTTONUP: return (access_switch){SWITCH_PAD, e->cbutton.button};
  default: break;
  }
  return (access_switch){0};
}

static bool is_down(const SDL_Event *e) {
  return e->type == SDL_KEYDOWN || e->type == SDL_MOUSEBUTTONDOWN ||
    e->type == SDL_CONTROLLERBUTTONDOWN;
}

bool reach_event(stage *s, const SDL_Event *e) {
  if (e->type == SDL_CONTROLLERDEVICEADDED) SDL_GameControllerOpen(e->cdevice.which);
  if (e->type == SDL_TEXTINPUT) return s->switch_is_down;
  if (e->type == SDL_KEYUP) s->switch_is_down = false;
  const access_switch found = switch_of(e);
  if (view_switch_number(&s->view, found) < 0) return false;
  if (e->type == SDL_KEYDOWN) s->switch_is_down = true;
  if (e->type == SDL_KEYDOWN && e->key.repeat) return true;
  return view_switch(&s->view, found, is_down(e), s->now_us);
}

// Where there are no pads nothing is lost.
static bool wants_pads(const stage *s) {
  if (s->access_page.bind) return true;
  return s->access.scanning != SCANNING_OFF &&
    (s->access.switches[0].kind == SWITCH_PAD ||
      s->access.switches[1].kind == SWITCH_PAD);
}

// ---- Time

void reach_tick(stage *s) {
  if (wants_pads(s) && !SDL_WasInit(SDL_INIT_GAMECONTROLLER) &&
    SDL_InitSubSystem(SDL_INIT_GAMECONTROLLER) != 0)
    SDL_ClearError();
  s->reach_us = view_tick(&s->view, s->now_us);
}

int reach_wait_ms(const stage *s) {
  if (s->reach_us == SCAN_NEVER) return -1;
  const uint64_t now = clock_now_us();
  return s->reach_us > now ? (int)((s->reach_us - now + 999) / 1000) : 0;
}

void stage_want_access(stage *s, const access_settings *a) {
  s->next_access = *a;
  s->access_waits = true;
}

void reach_turn(stage *s) {
  if (!s->access_waits) return;
  const access_settings wanted = s->next_access;
  s->access_waits = false;
  stage_set_access(s, &wanted);
}

void stage_set_look(stage *s, theme_name look, double text_scale) {
  access_settings a = s->access;
  a.theme = look;
  a.text_percent = (uint32_t)lround(text_scale * 100);
  stage_set_access(s, &a);
}
