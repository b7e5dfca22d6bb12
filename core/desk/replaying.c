// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/replaying.h"

#include "core/base/protocol.h"
#include "core/desk/desk.h"
#include "core/desk/listing.h"
#include "core/desk/page_replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double speeds[REPLAYING_SPEEDS] = {0.5, 1, 2, 4, 8, 16, 32, 64};

double replaying_speed(const replaying *r) { return speeds[r->speed]; }

// ---- Asking --------------------------------------------------------------------------------

static json_t *moment(uint64_t time_us) { return json_integer((json_int_t)time_us); }

static void ask(desk *d, json_t *wish) {
  replaying *r = &d->replaying;
  json_object_set_new(wish, "number", json_integer(++r->asked));
  json_object_set_new(wish, "play", json_boolean(r->plays));
  json_object_set_new(wish, "skip", json_boolean(r->skips));
  json_object_set_new(wish, "leave_out", json_boolean(r->leaves_out));
  json_object_set_new(wish, "speed", json_real(replaying_speed(r)));
  if (r->stroke)
    json_object_set_new(wish, "until", moment(r->course.strokes[r->stroke - 1].to_us));
  char *words = json_dumps(wish, JSON_COMPACT);
  if (words) desk_ask(d, FROM_DESK_PLAY, words);
  free(words);
  json_decref(wish);
}

// One moment is asked for at a time; of those that come meanwhile only the last counts.
static void ask_for_moment(desk *d) {
  replaying *r = &d->replaying;
  r->waits = r->answered != r->asked;
  if (r->waits) return;
  json_t *wish = json_object();
  json_object_set_new(wish, "at", moment(r->at_us));
  ask(d, wish);
}

// Where it is by now only the keeper knows: it goes on from there.
static void ask_for_pace(desk *d) {
  ask(d, json_object());
  page_replay_refresh(d);
}

// The page is shown first: the room for the picture is known only then.
static void ask_for_picture(desk *d) {
  const replaying *r = &d->replaying;
  view_place(&d->view);
  const widget *area = widget_find(d->view.root, "replay-area");
  if (!area) return;
  *d->out = (link_message){.kind = FROM_DESK_REPLAY};
  d->out->a = (uint32_t)(area->rect.w * d->view.scale);
  d->out->b = (uint32_t)(area->rect.h * d->view.scale);
  d->out->text_size = (uint32_t)snprintf(d->out->text, sizeof r->path, "%s", r->path);
  desk_ask_message(d, d->out);
}

// ---- Opening -------------------------------------------------------------------------------

void replaying_finish(replaying *r) {
  json_decref(r->client);
  json_decref(r->session);
  json_decref(r->creation);
  happened_finish(&r->course);
  *r = (replaying){0};
}

static json_t *held(const json_t *o) { return json_incref((json_t *)o); }

void replaying_open(
  desk *d, const json_t *client, const json_t *session, const json_t *creation) {
  replaying *r = &d->replaying;
  replaying_finish(r);
  *r = (replaying){.client = held(client),
    .session = held(session),
    .creation = held(creation),
    .plays = true,
    .skips = true,
    .speed = REPLAYING_USUAL_SPEED};
  listing_creation_path(session, creation, r->path, sizeof r->path);
  d->said[0] = 0;
  desk_show(d, PAGE_REPLAY);
  ask_for_picture(d);
  ask_for_moment(d);
}

void replaying_close(desk *d) {
  if (d->replaying.path[0]) desk_ask(d, FROM_DESK_REPLAY, "");
  replaying_finish(&d->replaying);
}

void replaying_fit(desk *d) {
  replaying *r = &d->replaying;
  if (d->page != PAGE_REPLAY) return;
  desk_show_again(d);
  ask_for_picture(d);
  r->answered = r->asked; // what was asked of the one before is not answered any more
  ask_for_moment(d);
}

// ---- Going ---------------------------------------------------------------------------------

void replaying_go(desk *d, uint64_t time_us) {
  replaying *r = &d->replaying;
  r->at_us = time_us;
  r->stroke = 0;
  ask_for_moment(d);
  page_replay_refresh(d);
}

void replaying_drag(desk *d, uint64_t time_us) {
  replaying *r = &d->replaying;
  if (!r->dragged) r->goes_on = r->plays;
  r->dragged = true;
  r->plays = false;
  replaying_go(d, time_us);
}

void replaying_let_go(desk *d) {
  replaying *r = &d->replaying;
  r->dragged = false;
  if (r->goes_on) replaying_play(d, true);
}

void replaying_play(desk *d, bool plays) {
  replaying *r = &d->replaying;
  r->plays = plays;
  r->stroke = 0;
  if (plays && r->at_us >= r->course.end_us)
    replaying_go(d, 0);
  else
    ask_for_pace(d);
}

// While one is played alone, the next step goes on from its end.
static size_t strokes_begun(const replaying *r) {
  return r->stroke ? r->stroke : happened_begun(&r->course, r->at_us);
}

static bool passes_over(const replaying *r, size_t stroke) {
  return r->leaves_out && r->course.strokes[stroke].taken_back;
}

static void step_on(desk *d) {
  replaying *r = &d->replaying;
  const size_t begun = strokes_begun(r);
  const happened_stroke *all = r->course.strokes;
  const bool within = !r->stroke && begun > 0 && r->at_us < all[begun - 1].to_us;
  size_t next = within ? begun - 1 : begun;
  while (next < r->course.stroke_count && passes_over(r, next)) next++;
  if (next >= r->course.stroke_count) {
    replaying_go(d, r->course.end_us);
    return;
  }
  if (all[next].from_us > r->at_us) r->at_us = all[next].from_us;
  r->plays = true;
  r->stroke = next + 1;
  ask_for_moment(d);
  page_replay_refresh(d);
}

static void step_back(desk *d) {
  replaying *r = &d->replaying;
  size_t begun = strokes_begun(r);
  while (begun > 0 && passes_over(r, begun - 1)) begun--;
  const uint64_t from_us = begun > 0 ? r->course.strokes[begun - 1].from_us : 0;
  r->plays = false;
  replaying_go(d, from_us > 0 ? from_us - 1 : 0);
}

void replaying_step(desk *d, bool on) {
  if (!d->replaying.knows_course) return;
  if (on)
    step_on(d);
  else
    step_back(d);
}

void replaying_set_speed(desk *d, uint32_t speed) {
  replaying *r = &d->replaying;
  if (speed >= REPLAYING_SPEEDS) return;
  r->speed = speed;
  ask_for_pace(d);
}

void replaying_set_skips(desk *d, bool skips) {
  d->replaying.skips = skips;
  ask_for_pace(d);
}

void replaying_leave_out(desk *d, bool leaves_out) {
  d->replaying.leaves_out = leaves_out;
  ask_for_pace(d);
}

// ---- Hearing -------------------------------------------------------------------------------

void replaying_hear_course(desk *d, const link_message *m) {
  replaying *r = &d->replaying;
  if (d->page != PAGE_REPLAY) return;
  happened read;
  if (happened_read(&read, m->fds[0], (size_t)m->big) != OK) return;
  happened old = r->course;
  r->course = read;
  r->knows_course = true;
  desk_show_again(d);
  happened_finish(&old); // the page that showed it is gone
}

void replaying_hear_progress(desk *d, const link_message *m) {
  replaying *r = &d->replaying;
  if (d->page != PAGE_REPLAY) return;
  r->answered = m->b;
  if (r->waits) {
    ask_for_moment(d);
    return;
  }
  if (r->answered != r->asked) return;
  r->at_us = m->big;
  if (m->a == 1) {
    r->plays = false;
    r->stroke = 0;
  }
  page_replay_refresh(d);
}
