// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/spoken.h"

#include "core/ui/say.h"

#include <stdio.h>

void spoken_state(const widget *w, char *out, size_t room) {
  const role r = w->sort->role;
  const char *words = "";
  if (widget_is(w, STATE_DISABLED))
    words = _("not at hand now");
  else if (r == ROLE_TOGGLE)
    words = w->value > 0.5 ? _("on") : _("off");
  else if (widget_is(w, STATE_SELECTED))
    words = _("chosen");
  else if (r == ROLE_SLIDER && widget_is(w, STATE_EMPTY))
    words = _("no answer yet");
  snprintf(out, room, "%s", words);
  if (w->sort->state)
    w->sort->state(w, out, room);
  else if (r == ROLE_SLIDER && !words[0])
    snprintf(out, room, "%.3g", w->value);
}

void spoken_tell(view *v, const widget *w) {
  char state[160];
  if (!v->say || !w) return;
  spoken_state(w, state, sizeof state);
  v->say(v->data, w->label, state);
}

void spoken_tell_words(view *v, const char *words) {
  if (v->say) v->say(v->data, words, "");
}
