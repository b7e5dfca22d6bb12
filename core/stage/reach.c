// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/reach.h"

#include "core/ui/say.h"

#include <math.h>

static void tell_exercise(stage *s) {
  if (!s->live.here || !s->input.creation) return;
  gesto_event e = {.type = GESTO_LOOK};
  e.as.look.flags = stage_look_flags(s);
  e.as.look.text_scale = (float)s->text_scale;
  input_tell(&s->input, e, s->now_us);
}

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

void stage_want_look(stage *s, theme_name look, double text_scale) {
  access_settings a = s->access_waits ? s->next_access : s->access;
  a.theme = look;
  a.text_percent = (uint32_t)lround(text_scale * 100);
  stage_want_access(s, &a);
}
