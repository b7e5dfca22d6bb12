// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/panel_hold.h"

#include "core/stage/stage.h"

#include <SDL.h>

enum { FIRST_US = 600 * 1000, NEXT_US = 250 * 1000 };

static bool repeats(const panel_link *l) {
  return l->control && (l->control->flags & GESTO_REPEATS);
}

static void begin(panel_link *l, bool by_key) {
  stage *s = l->stage;
  s->hold = (panel_hold){.link = l, .by_key = by_key, .due_us = s->now_us + FIRST_US};
}

void panel_hold_key(panel_link *l) {
  if (repeats(l)) begin(l, true);
}

void panel_hold_focused(panel_link *l) {
  const uint8_t *down = SDL_GetKeyboardState(NULL);
  const bool held =
    down[SDL_SCANCODE_SPACE] || down[SDL_SCANCODE_RETURN] || down[SDL_SCANCODE_KP_ENTER];
  if (held && l->stage->access.scanning == SCANNING_OFF) panel_hold_key(l);
}

void panel_hold_key_up(stage *s) {
  if (s->hold.by_key) s->hold.link = NULL;
}

bool panel_hold_spent(panel_link *l) {
  panel_hold *h = &l->stage->hold;
  if (h->link != l || h->by_key) return false;
  h->link = NULL;
  return h->again;
}

static bool pressed(const panel_link *l) {
  return l->widget && widget_is(l->widget, STATE_PRESSED);
}

static bool goes_on(const panel_link *l, const panel_hold *h) {
  const stage *s = l->stage;
  const bool can = l->value < 0.5 && s->page == PAGE_EXERCISE && !s->input.paused;
  return can && (h->by_key || pressed(l));
}

static panel_link *pressed_one(stage *s) {
  for (uint32_t i = 0; s->chosen && i < s->chosen->control_count; i++)
    if (repeats(&s->links[i]) && pressed(&s->links[i])) return &s->links[i];
  return NULL;
}

void panel_hold_turn(stage *s) {
  panel_hold *h = &s->hold;
  panel_link *l = h->link ? h->link : pressed_one(s);
  if (l && !h->link) begin(l, false);
  if (!l || s->now_us < h->due_us) return;
  if (!goes_on(l, h)) {
    if (!pressed(l)) h->link = NULL; // what is still pressed waits for its end
    h->due_us = s->now_us + NEXT_US;
    return;
  }
  h->again = true;
  h->due_us = s->now_us + NEXT_US;
  panel_link_act(l);
}

int panel_hold_wait_ms(const stage *s) {
  const panel_hold *h = &s->hold;
  if (!h->link) return -1;
  return h->due_us > s->now_us ? (int)((h->due_us - s->now_us + 999) / 1000) : 0;
}
