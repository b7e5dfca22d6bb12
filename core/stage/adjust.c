// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/adjust.h"

#include "core/stage/keys.h"
#include "core/stage/lines.h"
#include "core/ui/over.h"
#include "core/ui/say.h"
#include "core/ui/spoken.h"
#include "core/ui/widgets.h"

static void stepped(void *data, widget *button) {
  view *v = data;
  widget *target = v->over_for;
  if (!button->number || !target) {
    over_away(v);
    return;
  }
  target->sort->press(target, v, (key)button->number, 0);
  spoken_tell(v, target);
}

static void add_step(view *v, widget *keys, key k, const char *sign, const char *words) {
  char id[] = "step-0";
  id[5] = (char)('a' + k);
  widget *w = button_create(keys, id, sign, words, BUTTON_PLAIN);
  button_set_height(w, 64);
  w->number = k;
  w->chosen = stepped;
  w->data = v;
}

static void open_steps(view *v, widget *target) {
  const bool turned = v->right_to_left;
  const bool field = target->sort->role == ROLE_FEELING;
  const bool upright = !field && target->rect.h > target->rect.w;
  widget *keys = card_box_create(NULL, "over", target->label);
  keys->surface = SURFACE_SHEET;
  keys->box.flow = FLOW_WRAP;
  keys->box.gap = 12;
  keys->box.max_w = 760;
  const key less = upright ? KEY_DOWN : turned ? KEY_RIGHT : KEY_LEFT;
  const key more = upright ? KEY_UP : turned ? KEY_LEFT : KEY_RIGHT;
  add_step(v, keys, more, "plus", field ? _("more pleasant") : _("More"));
  add_step(v, keys, less, "minus", field ? _("less pleasant") : _("Less"));
  if (field) {
    add_step(v, keys, KEY_UP, "plus", _("more energy"));
    add_step(v, keys, KEY_DOWN, "minus", _("less energy"));
    add_step(v, keys, KEY_DELETE, NULL, _("No dot"));
  }
  add_step(v, keys, 0, "check", _("Done"));
  over_show(v, keys, target);
}

bool adjust_enter(void *stage_of_it, widget *w) {
  stage *s = stage_of_it;
  switch (w->sort->role) {
  case ROLE_SLIDER:
  case ROLE_FEELING: open_steps(&s->view, w); break;
  case ROLE_FIELD: keys_open(s, w); break;
  case ROLE_AREA: return lines_begin(s);
  default: return false;
  }
  return true;
}
