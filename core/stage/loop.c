// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/loop.h"

#include "core/base/clock.h"
#include "core/stage/about.h"
#include "core/stage/closer_hand.h"
#include "core/stage/door.h"
#include "core/stage/here.h"
#include "core/stage/messages.h"
#include "core/stage/reach.h"
#include "core/ui/focus.h"

#include <stdlib.h>

enum { TICK_US = 1000000 / 60, SAVED_LOOK_MS = 100, AT_ONCE = 256 };
enum { LINK_EVENT, BELL_EVENT, PEN_EVENT, EVENTS_OWN };

static waiter_post post_of(const loop *l, uint32_t which) {
  return (waiter_post){.event = l->first_event + which, .doze = &l->doze};
}

static void begin_pens(loop *l) {
  pen_begin(&l->pen, pen_x11_open(l->window->sdl, NULL));
  const pen_reader *r = l->pen.reader;
  if (r && !waiter_start_fd(&l->pen_waiter, r->fd, post_of(l, PEN_EVENT)))
    pen_finish(&l->pen);
}

bool loop_init(loop *l, stage *s, window *w) {
  *l = (loop){.stage = s, .window = w};
  l->first_event = SDL_RegisterEvents(EVENTS_OWN);
  l->in = calloc(1, sizeof *l->in);
  if (!l->in || l->first_event == (uint32_t)-1) return false;
  if (!doze_init(&l->doze, w->sdl)) return false;
  s->bell = post_of(l, BELL_EVENT);
  // The input method's connection is made now, before anything is typed.
  SDL_StartTextInput();
  SDL_StopTextInput();
  begin_pens(l);
  return s->link < 0 || waiter_start_fd(&l->keeper, s->link, post_of(l, LINK_EVENT));
}

void loop_finish(loop *l) {
  waiter_stop(&l->keeper);
  waiter_stop(&l->pen_waiter);
  live_lose(&l->stage->live); // its bell would wake us
  doze_finish(&l->doze);
  pen_finish(&l->pen);
  free(l->in);
}

static void on_window(loop *l, const SDL_WindowEvent *e) {
  stage *s = l->stage;
  switch (e->event) {
  case SDL_WINDOWEVENT_SIZE_CHANGED:
    if (window_refit(l->window, &s->view)) stage_rebuild(s);
    break;
  case SDL_WINDOWEVENT_EXPOSED: dirty_add_all(&s->view.dirty); break;
  case SDL_WINDOWEVENT_FOCUS_LOST:
    view_let_go(&s->view);
    input_let_go(&s->input, s->now_us);
    break;
  case SDL_WINDOWEVENT_LEAVE: hand_leave(&s->view); break;
  default: break;
  }
}

static void escape(stage *s) {
  if (s->page == PAGE_ACCESS && !s->view.sheet) {
    access_close(s);
    return;
  }
  if (s->sheet == SHEET_HERE)
    stage_leave_here(s);
  else if (s->sheet == SHEET_ABOUT)
    stage_leave_about(s);
  else if (s->view.sheet)
    stage_carry_on(s);
  else
    stage_pause(s);
}

// Keys that count on every page, before any widget.
static bool take_stage_key(loop *l, chord c) {
  stage *s = l->stage;
  if (c.code == SDLK_ESCAPE && c.with == WITH_SHIFT) {
    stage_stop(s);
  } else if (c.code == SDLK_ESCAPE && c.with == 0) {
    escape(s);
  } else if (c.code == SDLK_F1 && c.with == 0) {
    stage_here(s);
  } else if (c.code == SDLK_s && c.with == WITH_CONTROL) {
    stage_say(s, FROM_STAGE_KEEP_NOW, s->input.creation, NULL);
    stage_chime(s, CHIME_KEEP);
  } else {
    return false;
  }
  return true;
}

// Keys that belong to whoever has the focus and shows it, before an exercise may wish for them.
static bool is_for_focus(const view *v, chord c) {
  const bool moves = c.code == SDLK_TAB || c.code == SDLK_SPACE ||
    c.code == SDLK_RETURN || c.code == SDLK_KP_ENTER || c.code == SDLK_LEFT ||
    c.code == SDLK_RIGHT || c.code == SDLK_UP || c.code == SDLK_DOWN;
  return v->focus && v->focus_shown && moves && (c.with & ~WITH_SHIFT) == 0;
}

static void on_key(loop *l, const SDL_Event *e) {
  stage *s = l->stage;
  const chord c = events_chord(e);
  if (c.code && take_stage_key(l, c)) {
    focus_show_ring(&s->view, true); // whoever uses keys sees where they are
    return;
  }
  const widget *f = s->view.focus;
  const bool typing = f && f->sort->role == ROLE_FIELD;
  if (!typing && !is_for_focus(&s->view, c) && panel_link_key(s, c)) return;
  events_feed(&l->events, &s->view, e);
}

// ---- Pens ----------------------------------------------------------------------------

// The hand that holds it may lie on the paper: what it has just begun is taken back, what is
// longer stays.
static void see_pen(stage *s, bool down) {
  fingers_see_pen(s, down);
  if (!down) return;
  input_take_back(&s->input, GESTO_FINGER, PEN_PALM_US, s->now_us);
  input_let_go_of(&s->input, GESTO_FINGER, s->now_us);
}

static void point_pen(loop *l, const pointer *p) {
  stage *s = l->stage;
  see_pen(s, p->phase == PHASE_DOWN);
  view_point(&s->view, p);
}

static void on_pen(loop *l) {
  stage *s = l->stage;
  pointer p;
  while (pen_next(&l->pen, s->view.scale, s->now_us, &p)) point_pen(l, &p);
  waiter_go_on(&l->pen_waiter);
}

// The mouse that the system makes of a pen, and the hand that rests on the paper.
static bool is_beside_pen(loop *l, const SDL_Event *e) {
  stage *s = l->stage;
  const bool finger = e->type == SDL_FINGERDOWN || e->type == SDL_FINGERMOTION;
  if (finger && e->tfinger.touchId == EVENTS_PEN_DEVICE) {
    pen_seen(&l->pen, s->now_us);
    see_pen(s, e->type == SDL_FINGERDOWN);
    return false;
  }
  if (!pen_is_near(&l->pen, s->now_us)) return false;
  if (e->type == SDL_FINGERDOWN)
    return fingers_rest(s, e->tfinger.x * s->view.width, e->tfinger.y * s->view.height);
  return l->pen.count > 0 &&
    (e->type == SDL_MOUSEMOTION || e->type == SDL_MOUSEBUTTONDOWN ||
      e->type == SDL_MOUSEBUTTONUP);
}

static void on_event(loop *l, const SDL_Event *e) {
  stage *s = l->stage;
  s->now_us = clock_now_us();
  if (e->type == SDL_KEYUP) panel_hold_key_up(s);
  if (e->type == l->first_event + PEN_EVENT) {
    on_pen(l);
    stage_turn(s);
    return;
  }
  if (is_beside_pen(l, e)) return;
  if (access_catch(s, e)) {
    stage_turn(s);
    return;
  }
  if (e->type == SDL_QUIT) {
    s->quit = true;
  } else if (e->type == l->first_event + LINK_EVENT) {
    messages_take_all(s, l->in);
    if (!s->keeper_gone) waiter_go_on(&l->keeper);
  } else if (e->type == l->first_event + BELL_EVENT) {
    stage_take_picture(s);
    waiter_go_on(&s->live.bell);
  } else if (e->type == SDL_WINDOWEVENT) {
    on_window(l, &e->window);
  } else if (reach_event(s, e)) {
    focus_show_ring(&s->view, false);
  } else if (closer_hand_event(s, e)) {
  } else if (e->type == SDL_KEYDOWN) {
    on_key(l, e);
  } else if (e->type >= SDL_USEREVENT) {
    door_event(s, e);
  } else {
    events_feed(&l->events, &s->view, e);
  }
  stage_turn(s);
}

static bool ticks(const stage *s) {
  return s->input.creation && !s->input.paused && live_wants_ticks(&s->live);
}

static void advance(loop *l) {
  stage *s = l->stage;
  const bool asked = live_wants_advance(&s->live), ticked = l->ticks;
  l->ticks = ticks(s);
  // An event of the client's brings the ticks until then, too.
  const uint64_t from_us = l->ticks && !ticked ? s->now_us : s->input.event_us;
  if (l->next_tick_us < from_us + TICK_US) l->next_tick_us = from_us + TICK_US;
  const bool due = l->ticks && s->now_us >= l->next_tick_us;
  if (asked || due) input_advance(&s->input, s->now_us);
  if (due) {
    l->next_tick_us += TICK_US;
    if (l->next_tick_us < s->now_us) l->next_tick_us = s->now_us + TICK_US;
  }
}

static int sooner(int ms, int other) {
  return ms < 0 || (other >= 0 && other < ms) ? other : ms;
}

// -1: for ever. Asleep unless something ticks, is eased or waits for the disk.
static int wait_ms(const loop *l) {
  const stage *s = l->stage;
  int ms = -1;
  if (saved_waits(&s->saved) || s->saved_now != SAVED || s->input.full)
    ms = SAVED_LOOK_MS;
  if (live_eases(&s->live)) ms = TICK_US / 1000;
  ms = sooner(ms, panel_link_wait_ms(s));
  ms = sooner(ms, panel_hold_wait_ms(s));
  ms = sooner(ms, panel_fade_wait_ms(s));
  ms = sooner(ms, dab_wait_ms(s));
  ms = sooner(ms, closer_wait_ms(s));
  ms = sooner(ms, said_wait_ms(s));
  ms = sooner(ms, reach_wait_ms(s));
  ms = sooner(ms, room_wait_ms(s));
  ms = sooner(ms, speaking_wait_ms(s));
  ms = sooner(ms, session_clock_wait_ms(s));
  if (!ticks(s)) return ms;
  const uint64_t now = clock_now_us();
  const int until =
    l->next_tick_us > now ? (int)((l->next_tick_us - now + 999) / 1000) : 0;
  return ms < 0 || until < ms ? until : ms;
}

static void after_events(loop *l) {
  stage *s = l->stage;
  s->now_us = clock_now_us();
  reach_tick(s);
  closer_turn(s);
  advance(l);
  input_flush(&s->input);
  if (live_due(&s->live, s->now_us)) stage_take_picture(s);
  panel_link_show_late(s);
  panel_hold_turn(s);
  panel_fade_turn(s);
  dab_turn(s);
  stage_look_saved(s);
  said_turn(s);
  room_turn(s, false);
  speaking_turn(s);
  session_clock_look(s);
  stage_turn(s);
  reach_tick(s); // the page may be another one
  events_follow_focus(&l->events, &s->view);
  window_present(l->window, &s->view);
}

// Of those that are in the queue already: to ask the display again for each costs more than
// a line that is drawn.
static bool next_event(SDL_Event *e) {
  return SDL_PeepEvents(e, 1, SDL_GETEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) > 0;
}

void loop_run(loop *l) {
  stage *s = l->stage;
  s->now_us = clock_now_us();
  stage_turn(s);
  after_events(l);
  while (!s->quit) {
    SDL_Event e;
    bool got = doze_next(&l->doze, &e, wait_ms(l));
    if (!got || e.type != l->first_event + LINK_EVENT) stage_stirs(s);
    for (int n = 0; got && n < AT_ONCE && !s->quit; n++) {
      on_event(l, &e);
      got = next_event(&e);
    }
    if (got) on_event(l, &e);
    after_events(l);
  }
}
