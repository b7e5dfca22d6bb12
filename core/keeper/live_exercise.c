// SPDX-License-Identifier: GPL-3.0-or-later
// The exercise that is on: chosen, left, brought back, and what it says meanwhile.
#include "core/keeper/live_inner.h"

#include "core/base/protocol.h"
#include "core/keeper/beginning.h"

#include <stdio.h>
#include <string.h>

static const char *menu_name(const live *l, const char *exercise_id) {
  const exercise_list *list = &l->setup.house->exercises;
  for (uint32_t i = 0; i < list->count; i++) {
    const exercise_entry *e = &list->entries[i];
    if (e->id && e->title && strcmp(e->id, exercise_id) == 0) return e->title;
  }
  return exercise_id;
}

static void hear_ready(void *data, const char *declared_json, bool again) {
  live *l = data;
  (void)declared_json;
  if (l->closing) return; // it is only here to be left: neither seen nor heard
  l->setup.page->phase = PHASE_PLAYING;
  live_say_player(l, again);
  player_proc *player = performance_player(l->now);
  sound_link_attach(&l->sound, player ? player_proc_wave_fd(player) : -1);
}

static void say_gone(live *l, uint32_t creation, bool comes_back, const char *sentence) {
  link_message *m = l->out;
  *m = (link_message){.kind = TO_STAGE_GONE,
    .a = creation,
    .b = comes_back,
    .big = (uint64_t)l->trouble.wall_us,
    .value = (double)l->trouble.inputs};
  m->text_size = (uint32_t)snprintf(m->text, 1024, "%s", sentence);
  if (m->text_size > 1023) m->text_size = 1023;
  result done = link_send(l->stage.end, m);
  (void)done; // a stage that is gone is told by what follows
}

static void hear_gone(void *data, bool comes_back, const char *sentence) {
  live *l = data;
  sound_link_attach(&l->sound, -1);
  // One that cannot be carried on may still be begun.
  const bool copy = l->now && performance_is_copy(l->now);
  if (!comes_back && l->now && !copy && l->aside_count < ASIDE_MAX) {
    char why[256];
    const exercise_entry *entry =
      live_find_exercise(l, performance_exercise(l->now), why, sizeof why);
    if (entry) l->aside[l->aside_count++] = entry;
  }
  if (l->now) live_note_trouble(l);
  say_gone(l, l->now ? performance_creation(l->now) : 0, comes_back, sentence);
}

static void hear_control(void *data, uint32_t id, double value) {
  live *l = data;
  *l->out = (link_message){.kind = TO_STAGE_CONTROL, .a = id, .value = value};
  result done = link_send(l->stage.end, l->out);
  (void)done; // the panel then shows an older value; the exercise has the new one
}

static void hear_spots(void *data) { live_say_spots(data); }

const exercise_entry *live_find_exercise(
  live *l, const char *id, char *why, size_t room) {
  const exercise_entry *entry = house_exercise(l->setup.house, id, why, room);
  if (entry && !client_room_offers(&l->room, &l->setup.house->exercises, entry)) {
    snprintf(why, room, "This exercise is not in this room. Please choose another one.");
    return NULL;
  }
  for (uint32_t i = 0; entry && i < l->aside_count; i++) {
    if (l->aside[i] != entry) continue;
    snprintf(
      why, room, "This exercise cannot go on just now. Please choose another one.");
    return NULL;
  }
  return entry;
}

static performance_setup setup_for(
  live *l, const exercise_entry *entry, const live_choice *choice) {
  float scale = choice->scale > 0 ? choice->scale : 1;
  const uint32_t percent = choice->look_flags >> 16; // of the size of words
  return (performance_setup){.session = l->sitting.session,
    .recorder = l->sitting.recorder,
    .ring = &l->sitting.ring,
    .spares = &l->sitting.spares,
    .exercise = entry,
    .mode = MODE_LIVE,
    .seed = house_seed(),
    .width = (float)choice->width / scale,
    .height = (float)choice->height / scale,
    .scale = scale,
    .text_scale = percent > 0 ? (float)percent / 100 : 1,
    .look_flags = choice->look_flags & 0xFFFF,
    .language = l->speech.language,
    .with_frame = true,
    .calls = {.data = l,
      .ready = hear_ready,
      .gone = hear_gone,
      .control = hear_control,
      .spots = hear_spots,
      .said = live_hear_said,
      .cue = live_hear_cue}};
}

static void note_choice(live *l, const live_choice *choice) {
  handover *page = l->setup.page;
  memcpy(page->exercise, choice->exercise, sizeof page->exercise);
  page->width = choice->width;
  page->height = choice->height;
  page->scale = choice->scale;
  page->look_flags = choice->look_flags;
  page->carry_on = choice->carry_on;
  page->creation = page->back = 0;
  page->phase = PHASE_CHOOSING;
}

void live_choose(live *l, const live_choice *choice) {
  char why[512];
  if (l->closing) return;
  if (l->now) { // the one before was not left: first that
    l->pending = *choice;
    performance_leave(l->now);
    return;
  }
  note_choice(l, choice);
  const exercise_entry *entry = live_find_exercise(l, choice->exercise, why, sizeof why);
  result done = entry ? OK : NOT_FOUND;
  if (choice->carry_on && strcmp(l->last.exercise, choice->exercise) != 0)
    done = NOT_FOUND;
  if (entry && done == OK) {
    client_room_done(&l->own);
    done = client_room_entry(&l->room, entry, &l->own);
  }
  if (entry && done == OK) {
    performance_setup setup = setup_for(l, &l->own, choice);
    if (choice->carry_on) setup.from = &l->last;
    done = performance_begin(&l->now, &setup);
  }
  if (entry && done != OK) {
    snprintf(why, sizeof why,
      "This exercise could not be begun (%s). Please choose another "
      "one, or try again.",
      result_text(done));
  }
  if (done != OK) {
    l->setup.page->phase = PHASE_OPEN;
    say_gone(l, 0, false, why);
    return;
  }
  l->setup.page->creation = performance_creation(l->now);
}

void live_leave(live *l) {
  if (!l->now) return;
  l->setup.page->phase = l->closing ? PHASE_CLOSING : PHASE_LEAVING;
  sound_link_attach(&l->sound, -1);
  performance_leave(l->now);
}

void live_finish_performance(live *l) {
  performance *p = l->now;
  speech_drop(&l->speech, performance_creation(p));
  const gallery_entry entry = {.creation = performance_creation(p),
    .exercise = menu_name(l, performance_exercise(p)),
    .seconds = (double)performance_time_us(p) / 1e6,
    .works = performance_works(p)};
  gallery_add(&l->gallery, &entry);
  performance_destroy(p);
  l->now = NULL;
  // What is still to be made again, for a keeper after us.
  l->setup.page->creation = l->closing ? session_wanting(l->sitting.session) : 0;
  if (!l->closing) l->setup.page->phase = PHASE_OPEN;
  if (!l->closing) live_turn_back(l, entry.creation);
  if (l->pending.exercise[0] && !l->closing) {
    live_choice choice = l->pending;
    l->pending.exercise[0] = 0;
    live_choose(l, &choice);
  }
}

void live_bring_back(live *l, uint32_t creation) {
  const handover *page = l->setup.page;
  const char *json = recorder_begin_json(l->sitting.recorder, creation);
  char why[512];
  beginning begun = {0};
  if (!json || beginning_read(&begun, json) != OK) return;
  const exercise_entry *entry = live_find_exercise(l, begun.exercise, why, sizeof why);
  beginning_finish(&begun);
  const live_choice choice = {.width = page->width,
    .height = page->height,
    .scale = page->scale,
    .look_flags = page->look_flags};
  if (!entry) {
    say_gone(l, creation, false, why);
    return;
  }
  performance_setup setup = setup_for(l, entry, &choice);
  if (performance_resume(&l->now, &setup, creation) != OK) {
    say_gone(l, creation, false,
      "This exercise cannot go on just now. What you made so far "
      "is kept.");
  }
}
