// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/adjust.h"

#include "core/stage/keys.h"
#include "core/stage/lines.h"
#include "core/stage/mix_pad.h"
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

typedef struct one_step {
  key key; // 0: done
  const char *id, *icon, *words;
} one_step;

static void add_step(view *v, widget *row, one_step step) {
  widget *w = button_create(row, step.id, step.icon, step.words, BUTTON_PLAIN);
  w->number = step.key;
  w->chosen = stepped;
  w->data = v;
}

static void open_steps(view *v, widget *target) {
  const bool field = target->sort->role == ROLE_FEELING;
  const bool upright = !field && target->rect.h > target->rect.w;
  const key on = v->right_to_left ? KEY_LEFT : KEY_RIGHT; // as one reads
  const key back = v->right_to_left ? KEY_RIGHT : KEY_LEFT;
  widget *row = card_box_create(NULL, "steps", target->label);
  row->surface = SURFACE_SHEET;
  row->box.flow = FLOW_WRAP;
  row->box.gap = 12;
  row->box.max_w = 760;
  add_step(v, row,
    (one_step){upright ? KEY_UP : on, "step-more", "plus",
      field ? _("more pleasant") : _("More")});
  add_step(v, row,
    (one_step){upright ? KEY_DOWN : back, "step-less", "minus",
      field ? _("less pleasant") : _("Less")});
  if (field) {
    add_step(v, row, (one_step){KEY_UP, "step-up", "plus", _("more energy")});
    add_step(v, row, (one_step){KEY_DOWN, "step-down", "minus", _("less energy")});
    add_step(v, row, (one_step){KEY_DELETE, "step-none", NULL, _("No dot")});
  }
  add_step(v, row, (one_step){0, "step-done", "check", _("Done")});
  over_show(v, row, target);
}

bool adjust_enter(void *stage_of_it, widget *w) {
  stage *s = stage_of_it;
  if (mix_pad_is(w)) {
    mix_enter(s, w);
    return true;
  }
  switch (w->sort->role) {
  case ROLE_SLIDER:
  case ROLE_FEELING: open_steps(&s->view, w); break;
  case ROLE_FIELD: keys_open(s, w); break;
  case ROLE_AREA: return lines_begin(s);
  default: return false;
  }
  return true;
}
