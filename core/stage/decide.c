// SPDX-License-Identifier: GPL-3.0-or-later
// What a client decides: the verbs of stage.h.
#include "core/stage/pages.h"
#include "core/stage/stage.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void stage_choose(stage *s, const offer *o, bool last) {
  s->chosen = o;
  s->lost_count = s->lost.times[o - s->offers];
  s->has_chosen = s->awaited = true;
  s->area_w = s->area_h = 0;
  if (s->live.kept) cairo_surface_destroy(s->live.kept);
  s->live.kept = NULL;
  s->spots.count = 0;
  panel_link_reset(s);
  input_await(&s->input);
  stage_go(s, PAGE_EXERCISE);
  stage_turn(s); // the area's size is known once the page stands
  link_message *m = stage_message(s, FROM_STAGE_CHOOSE);
  m->a = stage_look_flags(s) | (uint32_t)lround(s->text_scale * 100) << 16;
  m->b = last;
  m->big = (uint64_t)(uint32_t)s->area_w << 32 | (uint32_t)s->area_h;
  m->value = s->view.scale;
  snprintf(m->text, sizeof m->text, "%s", o->id);
  stage_send(s);
}

void stage_pause(stage *s) {
  if (s->page != PAGE_EXERCISE && s->page != PAGE_TALK && s->page != PAGE_CHOOSE &&
    s->page != PAGE_LOST)
    return;
  stage_hush(s, true);
  if (s->input.creation) input_pause(&s->input, s->now_us);
  stage_chime(s, CHIME_PAUSE);
  stage_open(s, SHEET_PAUSE);
}

static page_name back_from(const stage *s) {
  if (s->chosen && s->awaited) return PAGE_EXERCISE;
  if (s->page != PAGE_CALM) return PAGE_CHOOSE;
  if (s->input.creation) return PAGE_LOST; // it ended meanwhile; perhaps it comes back
  switch (s->stopped_on) {
  case PAGE_WELCOME:
  case PAGE_TALK:
  case PAGE_CLOSING:
  case PAGE_LEAVING: return s->stopped_on;
  default: return PAGE_CHOOSE;
  }
}

void stage_carry_on(stage *s) {
  stage_hush(s, false);
  if (s->page == PAGE_CALM) said_touch(s);
  if (s->input.creation && s->live.here) {
    input_resume(&s->input, s->now_us);
    if (s->page != PAGE_EXERCISE) stage_go(s, PAGE_EXERCISE);
  } else if (s->page == PAGE_CALM || (s->page == PAGE_LOST && !s->view.sheet)) {
    stage_go(s, back_from(s));
  }
  stage_open(s, SHEET_NONE);
}

// Stop waits for nobody: what it needs of others is asked for later.
void stage_stop(stage *s) {
  stage_hush(s, true);
  if (s->input.creation) input_pause(&s->input, s->now_us);
  if (s->page == PAGE_FAREWELL) return;
  if (s->page == PAGE_ACCESS)
    s->stopped_on = (page_name)s->access_page.back;
  else if (s->page != PAGE_CALM)
    s->stopped_on = s->page;
  stage_fact(s, "stop");
  said_touch(s); // a window that is opened anew rests, too
  stage_open(s, SHEET_STAY);
  stage_go(s, PAGE_CALM);
}

void stage_leave(stage *s, page_name then) {
  stage_hush(s, true);
  choosing_note_left(s, then == PAGE_CLOSING);
  if (s->input.creation) {
    input_pause(&s->input, s->now_us);
    stage_say(s, FROM_STAGE_LEAVE, s->input.creation, NULL);
    made *m = stage_made(s, s->input.creation);
    if (m && !m->exercise[0] && s->chosen)
      snprintf(m->exercise, sizeof m->exercise, "%s", s->chosen->title);
    if (m && m->seconds <= 0) m->seconds = (double)s->input.time.last_us / 1e6;
    if (m && !m->picture && s->live.kept)
      m->picture = cairo_surface_reference(s->live.kept);
    s->leaving = true;
  }
  input_end(&s->input, s->now_us);
  live_finish(&s->live); // closing holds a reference to the picture
  s->chosen = NULL;
  s->spots.count = 0;
  s->awaited = s->coming_back = false;
  stage_go(s, then);
}
