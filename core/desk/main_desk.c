// SPDX-License-Identifier: GPL-3.0-or-later
// gesto-desk: the therapist's window. Started by the keeper with its link on descriptor 3.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/protocol.h"
#include "core/desk/desk.h"
#include "core/desk/room_picture.h"
#include "core/light/waiter.h"
#include "core/ui/events.h"
#include "core/ui/fonts.h"
#include "core/ui/window.h"

#include <stdio.h>
#include <stdlib.h>

enum { LINK_FD = 3 };

typedef struct program {
  window window;
  desk desk;
  events events;
  doze doze;
  waiter link_waiter;
  link_message *in;
  uint32_t link_event;
} program;

static void hear_all(program *p) {
  for (;;) {
    const result r = link_receive(LINK_FD, p->in, 0);
    if (r == ENDED) p->desk.ended = true;
    if (r != OK && r != BAD_DATA) break;
    if (r == OK) desk_hear(&p->desk, p->in);
    link_drop_fds(p->in);
  }
  waiter_go_on(&p->link_waiter);
  if (!p->desk.raise) return;
  p->desk.raise = false;
  SDL_RestoreWindow(p->window.sdl); // it may be minimised
  SDL_RaiseWindow(p->window.sdl);
}

static void refit(program *p) {
  if (window_refit(&p->window, &p->desk.view)) desk_resize(&p->desk);
}

static void take(program *p, const SDL_Event *e) {
  if (e->type == p->link_event) {
    hear_all(p);
  } else if (e->type == p->desk.bell.event) {
    desk_take_picture(&p->desk);
    waiter_go_on(&p->desk.live.bell);
  } else if (e->type == SDL_DROPFILE) {
    room_picture_dropped(&p->desk, e->drop.file);
    SDL_free(e->drop.file);
  } else if (e->type == SDL_QUIT) {
    p->desk.ended = true;
  } else if (e->type == SDL_WINDOWEVENT &&
    e->window.event == SDL_WINDOWEVENT_SIZE_CHANGED) {
    refit(p);
  } else if (e->type == SDL_WINDOWEVENT && e->window.event == SDL_WINDOWEVENT_EXPOSED) {
    dirty_add_all(&p->desk.view.dirty);
  } else {
    events_feed(&p->events, &p->desk.view, e);
  }
  events_follow_focus(&p->events, &p->desk.view);
}

static bool wait(program *p, SDL_Event *e) {
  enum { FRAME_MS = 16 };
  return doze_next(&p->doze, e, live_eases(&p->desk.live) ? FRAME_MS : -1);
}

static void run(program *p) {
  while (!p->desk.ended) {
    SDL_Event e;
    bool got = wait(p, &e);
    for (; got && !p->desk.ended; got = SDL_PollEvent(&e)) take(p, &e);
    if (live_due(&p->desk.live, clock_now_us())) desk_take_picture(&p->desk);
    window_present(&p->window, &p->desk.view);
  }
}

static bool begin(program *p) {
  say_begin();
  fonts_prepare();
  if (!window_open(&p->window, "Gesto", 0, 0)) {
    fprintf(stderr, "gesto-desk: no window could be opened (%s). Is there a display?\n",
      SDL_GetError());
    return false;
  }
  int32_t width = 0, height = 0;
  window_size(&p->window, &width, &height);
  p->in = calloc(1, sizeof *p->in);
  if (!p->in) return false;
  const double scale = window_guess_scale(&p->window);
  if (desk_init(&p->desk, width, height, scale) != OK) return false;
  p->desk.link = LINK_FD;
  p->link_event = SDL_RegisterEvents(2);
  if (!doze_init(&p->doze, p->window.sdl)) return false;
  p->desk.bell = (waiter_post){.event = p->link_event + 1, .doze = &p->doze};
  const waiter_post post = {.event = p->link_event, .doze = &p->doze};
  if (!waiter_start_fd(&p->link_waiter, LINK_FD, post)) return false;
  desk_ask(&p->desk, FROM_DESK_HELLO, NULL);
  desk_ask(&p->desk, FROM_DESK_LIST, NULL);
  return window_present(&p->window, &p->desk.view);
}

int main(void) {
  program p = {0};
  const bool begun = begin(&p);
  if (begun) run(&p);
  if (begun) desk_ask(&p.desk, FROM_DESK_BYE, NULL);
  waiter_stop(&p.link_waiter);
  desk_finish(&p.desk);
  doze_finish(&p.doze);
  free(p.in);
  window_close(&p.window);
  SDL_Quit();
  return begun ? 0 : 1;
}
