// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/said.h"

#include "core/base/protocol.h"
#include "core/stage/answers.h"
#include "core/stage/pages.h"
#include "core/stage/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DRAFT_US = 250 * 1000 };

// ---- Drafts ------------------------------------------------------------------------------

static const char *const pages[PAGE_COUNT] = {
  [PAGE_WELCOME] = "welcome", [PAGE_CLOSING] = "closing", [PAGE_LEAVING] = "leaving"};

static json_t *draft_of(const stage *s) {
  json_t *all = json_object();
  const char *page = pages[s->page == PAGE_CALM ? s->stopped_on : s->page];
  if (page) json_object_set_new(all, "page", json_string(page));
  if (s->page == PAGE_CALM) json_object_set_new(all, "calm", json_true());
  if (!s->said.arrived)
    json_object_set_new(all, "check_in", arriving_said(&s->said.arriving));
  json_object_set_new(all, "check_out", leaving_said(&s->said.leaving, true));
  if (!s->closing_sent) json_object_set_new(all, "works", answers_write(s, true));
  if (s->mixing.count > 0) json_object_set_new(all, "mixed", mix_said(s));
  return all;
}

static void say_json(stage *s, uint32_t kind, uint32_t a, json_t *taken) {
  outbox_put(s, kind, a, json_dumps(taken, JSON_COMPACT));
  json_decref(taken);
}

static void send_draft(stage *s) {
  s->said.draft_due = false;
  s->said.draft_us = s->now_us;
  say_json(s, FROM_STAGE_DRAFT, 0, draft_of(s));
}

void said_touch(stage *s) { s->said.draft_due = true; }

// A draft waits for what was given before it.
static bool is_due(const stage *s) {
  return s->said.draft_due && !outbox_waits(s) &&
    s->now_us - s->said.draft_us >= DRAFT_US;
}

int said_wait_ms(const stage *s) {
  enum { FRAME_MS = 16 };
  if (s->said.fading || farewell_fades(s)) return FRAME_MS;
  if (outbox_waits(s)) return OUTBOX_AGAIN_MS;
  if (!s->said.draft_due) return -1;
  return is_due(s) ? 0 : (int)((s->said.draft_us + DRAFT_US - s->now_us) / 1000) + 1;
}

static void drop_draft(stage *s) {
  s->said.draft_due = false;
  say_json(s, FROM_STAGE_DRAFT, 0, json_object());
}

// ---- A window that was started anew ------------------------------------------------------

static page_name page_of(const json_t *draft) {
  const char *word = json_string_value(json_object_get(draft, "page"));
  for (page_name p = 0; word && p < PAGE_COUNT; p++)
    if (pages[p] && strcmp(pages[p], word) == 0) return p;
  return PAGE_STAY;
}

void said_take(stage *s, const json_t *session) {
  const bool fresh = json_integer_value(json_object_get(session, "next_creation")) <= 1;
  const json_t *room = json_object_get(session, "room");
  const json_t *all = json_object_get(session, "said");
  const char *called = json_string_value(json_object_get(room, "called"));
  const json_t *in = json_object_get(all, "check_in");
  const json_t *draft = json_object_get(all, "draft");
  words_said *own = &s->said;
  snprintf(own->called, sizeof own->called, "%s", called ? called : "");
  arriving_set_goals(&own->arriving, json_object_get(room, "goals"));
  own->asked = own->asked || in;
  own->not_today = json_is_true(json_object_get(in, "not_today"));
  own->ends = own->not_today || json_is_true(json_object_get(session, "ends"));
  own->last_word_due = json_is_true(json_object_get(session, "last_word_due"));
  own->arrived = own->arrived || in || !fresh;
  arriving_read(&own->arriving, in ? in : json_object_get(draft, "check_in"));
  leaving_read(&own->leaving, json_object_get(all, "check_out"));
  leaving_read(&own->leaving, json_object_get(draft, "check_out"));
  answers_read(s, json_object_get(draft, "works"));
  mix_read(s, json_object_get(draft, "mixed"));
  s->was_on = page_of(draft);
  s->was_calm = json_is_true(json_object_get(draft, "calm"));
}

// ---- What a client decides ---------------------------------------------------------------

static void say_fact(stage *s, const char *name, json_t *taken) {
  say_json(s, FROM_STAGE_FLOW, 0, json_pack("{s:o}", name, taken));
}

// What was touched and then skipped was not said.
void stage_arrive(stage *s, bool skipped) {
  arriving *a = &s->said.arriving;
  if (skipped) {
    explicit_bzero(a->wish, sizeof a->wish);
    a->feeling = (felt){0};
    a->goals_picked = a->ideas_picked = 0;
  }
  s->said.arrived = s->said.asked = true;
  say_fact(s, "check_in", arriving_said(a));
  drop_draft(s);
  stage_go(s, PAGE_CHOOSE);
}

// A wish that was edited later is told once its sheet is closed.
static void tell_wish(stage *s) {
  if (!s->said.wish_due || s->sheet == SHEET_WISH || s->next_sheet) return;
  s->said.wish_due = false;
  say_fact(s, "check_in", arriving_said(&s->said.arriving));
  if (!s->next_page) stage_go(s, s->page); // the bar shows it
}

void said_turn(stage *s) {
  const bool fades = farewell_fades(s);
  if (fades || s->said.fading) dirty_add_all(&s->view.dirty);
  s->said.fading = fades;
  outbox_turn(s);
  tell_wish(s);
  if (is_due(s)) send_draft(s);
}

// The session was opened, and nothing else is known of it.
void stage_not_today(stage *s) {
  if (s->closing_sent) return;
  explicit_bzero(&s->said.arriving, sizeof s->said.arriving);
  s->said.arrived = s->said.not_today = s->closing_sent = true;
  drop_draft(s);
  say_fact(s, "check_in", json_pack("{s:b}", "not_today", 1));
  say_json(s, FROM_STAGE_CLOSE, 0, json_pack("{s:[]}", "works"));
  stage_go(s, PAGE_FAREWELL);
}

static void say_close(stage *s, bool more_comes) {
  say_json(s, FROM_STAGE_CLOSE, more_comes,
    json_pack("{s:o}", "works", answers_write(s, false)));
}

// Finish and Skip below the questions: what was chosen for the works counts either way.
void stage_close(stage *s, bool skipped) {
  leaving *l = &s->said.leaving;
  if (s->closing_sent) return;
  for (uint32_t i = 0; skipped && i < QUESTIONS; i++) l->answered[i] = false;
  say_fact(s, "check_out", leaving_said(l, false));
  say_close(s, true);
  s->closing_sent = true;
  drop_draft(s);
  stage_hush(s, true);
  stage_go(s, PAGE_LEAVING);
}

void stage_say_goodbye(stage *s, bool skipped) {
  if (skipped) s->said.leaving.feeling = (felt){0};
  say_fact(s, "check_out", leaving_said(&s->said.leaving, true));
  drop_draft(s);
  say_close(
    s, false); // the same once more, should the first have been lost with a keeper
  stage_go(s, PAGE_FAREWELL);
}
