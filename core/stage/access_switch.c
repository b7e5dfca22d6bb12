// SPDX-License-Identifier: GPL-3.0-or-later
// "Press it now": what a switch is, and its words.
#include "core/stage/access_rows.h"
#include "core/stage/page_access.h"
#include "core/stage/stage.h"
#include "core/ui/say.h"

#include <stdio.h>

void access_switch_words(access_switch a, char *words, size_t room) {
  const char *name =
    a.kind == SWITCH_KEY ? SDL_GetScancodeName((SDL_Scancode)a.number) : "";
  switch (a.kind) {
  case SWITCH_KEY: snprintf(words, room, _("Key: %s"), name[0] ? name : "?"); break;
  case SWITCH_MOUSE: snprintf(words, room, _("Mouse: button %u"), a.number); break;
  case SWITCH_PAD: snprintf(words, room, _("Game pad: button %u"), a.number + 1); break;
  case SWITCH_NOTE: snprintf(words, room, _("Note: %u"), a.number); break;
  default: snprintf(words, room, "%s", _("None yet")); break;
  }
}

static void take(stage *s, access_switch_kind kind, uint32_t number) {
  access_settings a = s->access_waits ? s->next_access : s->access;
  const uint32_t which = s->access_page.bind - 1;
  const access_switch now = {kind, number};
  const access_switch other = a.switches[1 - which];
  // One press cannot be both: the other one gets what this one was.
  if (other.kind == kind && other.number == number)
    a.switches[1 - which] = a.switches[which];
  a.switches[which] = now;
  s->access_page.bind = 0;
  stage_want_access(s, &a);
}

static bool ends_it(const SDL_Event *e) {
  return e->type == SDL_FINGERDOWN ||
    (e->type == SDL_KEYDOWN && e->key.keysym.sym == SDLK_ESCAPE);
}

bool access_catch(stage *s, const SDL_Event *e) {
  if (!s->access_page.bind || s->page != PAGE_ACCESS) return false;
  if (ends_it(e)) {
    s->access_page.bind = 0;
    access_rows_again(s);
    return true;
  }
  switch (e->type) {
  case SDL_KEYDOWN:
    if (!e->key.repeat) take(s, SWITCH_KEY, (uint32_t)e->key.keysym.scancode);
    return true;
  case SDL_MOUSEBUTTONDOWN:
    if (e->button.which != SDL_TOUCH_MOUSEID) take(s, SWITCH_MOUSE, e->button.button);
    return true;
  case SDL_CONTROLLERBUTTONDOWN: take(s, SWITCH_PAD, e->cbutton.button); return true;
  default: return e->type == SDL_TEXTINPUT || e->type == SDL_KEYUP;
  }
}
