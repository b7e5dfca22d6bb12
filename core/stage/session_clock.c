// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/session_clock.h"

#include "core/stage/stage.h"
#include "core/ui/say.h"
#include "core/ui/widgets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE_US ((uint64_t)60 * 1000 * 1000)
enum { COARSE_MINUTES = 5, MINUTES_MOST = 24 * 60 };

static uint32_t minutes_in(const json_t *o) {
  const json_int_t n = json_integer_value(json_object_get(o, "minutes"));
  return n > 0 && n <= MINUTES_MOST ? (uint32_t)n : 0;
}

void session_clock_take(stage *s, const json_t *session) {
  const json_t *clock = json_object_get(session, "clock");
  session_clock *c = &s->clock;
  c->began_us = (uint64_t)json_integer_value(json_object_get(clock, "began_us"));
  c->minutes = minutes_in(clock);
  if (c->minutes == 0) c->minutes = minutes_in(json_object_get(session, "room"));
}

// Whole minutes that are left, rounded up; 0: it is time.
static uint32_t minutes_left(const stage *s) {
  const uint64_t end = s->clock.began_us + s->clock.minutes * MINUTE_US;
  if (s->now_us >= end) return 0;
  return (uint32_t)((end - s->now_us + MINUTE_US - 1) / MINUTE_US);
}

static clock_phase phase_of(const stage *s) {
  if (s->clock.minutes == 0) return CLOCK_FAR;
  const uint32_t left = minutes_left(s);
  if (left == 0) return CLOCK_OVER;
  return left <= CLOCK_NEAR_MINUTES ? CLOCK_NEAR : CLOCK_FAR;
}

// In steps of five, so that nobody watches it go.
static uint32_t coarse(uint32_t left) {
  return (left + COARSE_MINUTES - 1) / COARSE_MINUTES * COARSE_MINUTES;
}

void session_clock_words(const stage *s, char *words, size_t room) {
  const uint32_t left = s->clock.minutes ? minutes_left(s) : 0;
  words[0] = 0;
  if (s->clock.minutes == 0 || s->clock.hidden || left == 0) return;
  if (left <= CLOCK_NEAR_MINUTES)
    snprintf(words, room, "%s", _("A few minutes left"));
  else
    snprintf(words, room, _("About %u minutes left"), coarse(left));
}

int session_clock_wait_ms(const stage *s) {
  const session_clock *c = &s->clock;
  if (c->minutes == 0 || (!c->mark && !c->line)) return -1;
  const uint32_t left = minutes_left(s);
  if (left == 0) return -1;
  const uint32_t next =
    left > CLOCK_NEAR_MINUTES ? coarse(left) - COARSE_MINUTES : 0; // minutes left then
  const uint64_t at = c->began_us + (c->minutes - next) * MINUTE_US;
  return at > s->now_us ? (int)((at - s->now_us + 999) / 1000) : 0;
}

// ---- On the page -------------------------------------------------------------------------

void session_clock_mark(stage *s, widget *bar) {
  char words[96];
  session_clock_words(s, words, sizeof words);
  if (s->clock.minutes == 0) return;
  s->clock.mark = mark_create(bar, "time-left", "clock", words[0] ? words : " ");
  widget_set_state(s->clock.mark, STATE_HIDDEN, !words[0]);
}

static void finish_chosen(void *data, widget *w) {
  (void)w;
  stage_leave(data, PAGE_CLOSING);
}

static void more_chosen(void *data, widget *w) {
  (void)w;
  stage_more_minutes(data);
}

static void away_chosen(void *data, widget *w) {
  stage *s = data;
  (void)w;
  s->clock.read = phase_of(s);
  session_clock_look(s);
}

static widget *way(
  stage *s, widget *line, const char *id, const char *label, widget_call *call) {
  widget *w = button_create(line, id, NULL, label, BUTTON_PLAIN);
  button_set_height(w, 48);
  w->chosen = call;
  w->data = s;
  return w;
}

void session_clock_line(stage *s, widget *parent) {
  session_clock *c = &s->clock;
  if (c->minutes == 0) return;
  widget *column = column_create(parent, "time-column", 0);
  column->box.cross = CROSS_MIDDLE;
  widget_pad(column, 16, 0);
  c->line = group_create(column, "time-line", _("How much time is left"));
  c->line->surface = SURFACE_CARD;
  c->line->radius = 24;
  c->line->box.flow = FLOW_WRAP;
  c->line->box.gap = 12;
  c->line->box.gap_across = 8;
  widget_pad(c->line, 20, 8);
  widget *cell = column_create(c->line, "time-cell", 0);
  cell->box.min_h = 48;
  cell->box.centred = true;
  c->words = label_create(cell, "time-words", TEXT_BODY, " ");
  c->finish = way(s, c->line, "time-finish", _("Finish here"), finish_chosen);
  c->more = way(s, c->line, "time-more", _("A few more minutes"), more_chosen);
  c->away = way(s, c->line, "time-away", _("All right"), away_chosen);
  widget_set_state(c->line, STATE_HIDDEN, true);
  session_clock_look(s);
}

void session_clock_leave_page(stage *s) {
  session_clock *c = &s->clock;
  c->mark = c->line = c->words = c->finish = c->more = c->away = NULL;
}

static void look_at_mark(stage *s) {
  char words[96];
  widget *mark = s->clock.mark;
  if (!mark) return;
  session_clock_words(s, words, sizeof words);
  const bool hidden = widget_is(mark, STATE_HIDDEN);
  if (!words[0] && hidden) return;
  if (words[0] && !hidden && strcmp(mark->label, words) == 0) return;
  if (words[0]) widget_set_label(mark, words);
  widget_set_state(mark, STATE_HIDDEN, !words[0]);
  view_moved(&s->view);
}

// Nothing comes up under a hand that is at work.
static bool hand_is_down(const stage *s) {
  for (int i = 0; i < INPUT_CONTACTS; i++)
    if (s->input.contacts[i].open) return true;
  return false;
}

static const char *line_words(clock_phase now) {
  return now == CLOCK_OVER ? _("The time that was planned is over. There is no hurry.")
                           : _("About five minutes are left. There is time to finish.");
}

static void look_at_line(stage *s) {
  session_clock *c = &s->clock;
  if (!c->line) return;
  const clock_phase now = phase_of(s);
  const bool shown = now > c->read;
  const bool was = !widget_is(c->line, STATE_HIDDEN);
  const bool same = !shown || strcmp(c->words->label, line_words(now)) == 0;
  if (shown == was && same) return;
  if (shown && hand_is_down(s)) return;
  if (shown) widget_set_label(c->words, line_words(now));
  widget_set_state(c->line, STATE_HIDDEN, !shown);
  widget_set_state(c->finish, STATE_HIDDEN, now != CLOCK_OVER);
  widget_set_state(c->more, STATE_HIDDEN, now != CLOCK_OVER);
  widget_set_state(c->away, STATE_HIDDEN, now == CLOCK_OVER);
  if (!shown && s->view.focus && !widget_shown(s->view.focus)) s->view.focus = NULL;
  view_moved(&s->view);
}

void session_clock_look(stage *s) {
  look_at_mark(s);
  look_at_line(s);
}

// ---- What a client decides ---------------------------------------------------------------

// From now on, if more than the plan is gone already.
void stage_more_minutes(stage *s) {
  session_clock *c = &s->clock;
  const uint64_t gone = (s->now_us - c->began_us) / MINUTE_US;
  const uint32_t from = gone > c->minutes ? (uint32_t)gone : c->minutes;
  c->minutes = from + CLOCK_MORE_MINUTES;
  c->read = CLOCK_NEAR; // five more: that they are the last five was just said
  stage_fact(s, "more-time");
  stage_say(s, FROM_STAGE_CLOCK, c->minutes, NULL);
  session_clock_look(s);
}

void stage_show_clock(stage *s, bool shown) {
  s->clock.hidden = !shown;
  session_clock_look(s);
}
