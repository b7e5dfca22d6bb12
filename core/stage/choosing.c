// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/choosing.h"

#include "core/stage/pages.h"
#include "core/stage/panel.h"
#include "core/stage/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void choosing_take(stage *s, const json_t *last) {
  const char *id = json_string_value(json_object_get(last, "exercise"));
  s->choosing.last = NULL;
  for (uint32_t i = 0; id && i < s->offer_count; i++)
    if (strcmp(s->offers[i].id, id) == 0) s->choosing.last = &s->offers[i];
  s->choosing.last_seconds = json_number_value(json_object_get(last, "seconds"));
  s->choosing.newer_stays = json_is_true(json_object_get(last, "newer_stays"));
}

void choosing_turn(stage *s, bool on) {
  uint32_t *first = &s->choosing.first;
  if (on && *first + CHOOSING_CARDS < s->offer_count) *first += CHOOSING_CARDS;
  if (!on) *first = *first > CHOOSING_CARDS ? *first - CHOOSING_CARDS : 0;
  stage_go(s, PAGE_CHOOSE);
}

void choosing_join(stage *s, bool together) {
  s->choosing.together = together;
  s->choosing.begun[0] = s->choosing.begun[1] = false;
  if (together && s->offer_count == 2) {
    choosing_pick(s, 0);
    choosing_pick(s, 1);
  }
  stage_go(s, PAGE_CHOOSE);
}

bool choosing_is_picked(const choosing *c, uint32_t place) {
  return (c->begun[0] && c->picked[0] == place) || (c->begun[1] && c->picked[1] == place);
}

uint32_t choosing_picked(const choosing *c) {
  return (uint32_t)c->begun[0] + (uint32_t)c->begun[1];
}

void choosing_pick(stage *s, uint32_t place) {
  choosing *c = &s->choosing;
  for (int i = 0; i < 2; i++) {
    if (!c->begun[i] || c->picked[i] != place) continue;
    c->begun[i] = false;
    return;
  }
  for (int i = 0; i < 2; i++) {
    if (c->begun[i]) continue;
    c->begun[i] = true;
    c->picked[i] = place;
    return;
  }
}

// ---- What is told ------------------------------------------------------------------------

static json_t *between(const stage *s) {
  const choosing *c = &s->choosing;
  if (!c->together || choosing_picked(c) < 2) return NULL;
  return json_pack("[ss]", s->offers[c->picked[0]].id, s->offers[c->picked[1]].id);
}

static void tell_choice(stage *s, const char *how, const offer *o) {
  json_t *fact = json_pack("{ss ss ss so*}", "fact", "chose", "how", how, "exercise",
    o->id, "between", between(s));
  char *text = fact ? json_dumps(fact, JSON_COMPACT) : NULL;
  json_decref(fact);
  if (text) stage_say(s, FROM_STAGE_FLOW, 0, text);
  free(text);
}

void stage_choose_one(stage *s, const offer *o) {
  tell_choice(s, choosing_picked(&s->choosing) == 2 ? "together" : "card", o);
  s->choosing.together = false;
  stage_choose(s, o, false);
}

void stage_carry_on_last(stage *s) {
  const offer *o = s->choosing.last;
  if (!o) return;
  s->choosing.together = false;
  tell_choice(s, "last-time", o);
  stage_choose(s, o, true);
}

void stage_just_talk(stage *s) {
  s->choosing.together = false;
  stage_fact(s, "just-talk");
  stage_go(s, PAGE_TALK);
}

// ---- Back from closing -------------------------------------------------------------------

void choosing_note_left(stage *s, bool closing) {
  const bool works = closing && s->input.creation;
  s->choosing.left = works ? s->input.creation : 0;
  s->choosing.left_one = works ? s->chosen : NULL;
  s->choosing.left_talking =
    s->page == PAGE_TALK || (s->page == PAGE_CALM && s->stopped_on == PAGE_TALK);
}

// Its controls stand as they did; the player comes as after a crash, out of the journal.
static void bring_back(stage *s) {
  s->chosen = s->choosing.left_one;
  s->has_chosen = s->awaited = true;
  input_await(&s->input);
  panel_link_await(s);
  s->leaving = false;
  s->lost_count = s->lost.times[s->chosen - s->offers];
  s->area_w = s->area_h = 0;
  stage_fact(s, "back");
  made *m = stage_made(s, s->choosing.left);
  if (m) m->papers_gone = 0; // other papers may lie there when it is left again
  stage_say(s, FROM_STAGE_BACK, s->choosing.left, NULL);
  s->choosing.left = 0;
  s->choosing.left_one = NULL;
  stage_go(s, PAGE_EXERCISE);
}

void stage_go_back(stage *s) {
  stage_hush(s, false);
  if (s->choosing.left && s->choosing.left_one && !s->closing_sent)
    bring_back(s);
  else
    stage_go(s, s->choosing.left_talking ? PAGE_TALK : PAGE_CHOOSE);
}
