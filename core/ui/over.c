// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/over.h"

#include "core/ui/focus.h"
#include "core/ui/layout.h"
#include "core/ui/say.h"
#include "core/ui/spoken.h"
#include "core/ui/widgets.h"

#include <math.h>

enum { MARGIN = 16 };

void over_away(view *v) {
  widget *target = v->over_for;
  v->over_for = NULL;
  view_remove(v, v->over);
  if (!target || !v->access.rest_on_last || !widget_can_focus(target)) return;
  v->scan.at = target; // scanning goes on from where it was
  v->scan.within = true;
}

void over_show(view *v, widget *keys, widget *target) {
  over_away(v);
  v->over = keys;
  v->over_for = target;
  focus_set(v, target);
  view_moved(v);
}

static double beside(const view *v, rect by, double tall) {
  if (by.y + by.h + MARGIN + tall <= v->height - MARGIN) return by.y + by.h + MARGIN;
  if (by.y - MARGIN - tall >= MARGIN) return by.y - MARGIN - tall;
  return v->height - MARGIN - tall;
}

// At the foot of the window; at its top where it would hide what it is for.
static double at_end(const view *v, rect by, double tall) {
  const double foot = v->height - MARGIN - tall;
  return by.y + by.h > foot && by.y - MARGIN > tall ? MARGIN : foot;
}

void over_place(view *v) {
  if (!v->over || !v->over_for) return;
  const double room = v->width - 2 * MARGIN;
  const rect by = v->over_for->rect;
  const extent e =
    layout_measure(v->over, v, fmin(room, layout_measure(v->over, v, 0).w));
  const double h = fmin(e.h, v->height - 2 * MARGIN);
  const bool end = v->over->box.centred;
  const double x = end ? (v->width - e.w) / 2
                       : number_between(by.x + (by.w - e.w) / 2, MARGIN,
                           fmax(MARGIN, v->width - MARGIN - e.w));
  const double y = end ? at_end(v, by, h) : beside(v, by, h);
  layout_place(v->over, v, (rect){floor(x), floor(y), e.w, h});
}

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

void over_adjust(view *v, widget *target) {
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
