// SPDX-License-Identifier: GPL-3.0-or-later
// Of a live session: what is spoken, what the window is told of sound.
#include "core/keeper/live_inner.h"

#include "core/base/protocol.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

result live_begin_sound(live *l) {
  sound_link_init(&l->sound, l->setup.hold->sound_page);
  result done = note_init(&l->note, l->sound_page.bytes);
  return done == OK ? speech_begin(&l->speech, &l->sound, l->sound_page.bytes) : done;
}

void live_finish_sound(live *l) {
  speech_finish(&l->speech);
  note_close(&l->note, &l->sound);
  note_finish(&l->note);
  sound_link_finish(&l->sound);
}

void live_wake_sound(const live *l, wake_set *w) {
  sound_link_wake(&l->sound, w);
  speech_wake(&l->speech, w);
  note_wake(&l->note, w);
}

void live_say_sound(live *l) {
  const sound_link *s = &l->sound;
  if (!s->told) return;
  l->voice_told = speech_works(&l->speech);
  json_t *all = json_pack(
    "{s:b, s:b, s:s}", "sound", (int)s->runs, "voice", (int)l->voice_told, "why", s->why);
  char *text = all ? json_dumps(all, JSON_COMPACT) : NULL;
  json_decref(all);
  result done = text ? link_say(l->stage.end, TO_STAGE_SOUND, 0, text) : NO_MEMORY;
  (void)done; // the next stage is told after its HELLO
  free(text);
}

void live_say_note(live *l) {
  char *text = note_json(&l->note);
  result done = text ? link_say(l->stage.end, TO_STAGE_NOTE, 0, text) : NO_MEMORY;
  (void)done; // the next stage is told after its HELLO
  free(text);
}

static void turn_note(live *l) {
  if (l->open) note_open(&l->note, l->sitting.session);
  note_turn(&l->note, &l->sound);
  if (!l->note.fresh) return;
  l->note.fresh = false;
  live_say_note(l);
}

static void show_caption(
  live *l, uint32_t creation, const char *plain, uint64_t show_ms) {
  link_message *m = l->out;
  *m = (link_message){.kind = TO_STAGE_CAPTION, .a = creation, .big = show_ms};
  m->text_size = (uint32_t)strlen(plain);
  memcpy(m->text, plain, m->text_size + 1);
  result done = link_send(l->stage.end, m);
  (void)done; // it is heard
}

static void say_late(live *l) {
  char plain[SAY_BYTES + 1];
  uint64_t show_ms = 0;
  uint32_t creation = 0;
  if (speech_say_late(&l->speech, &creation, plain, &show_ms))
    show_caption(l, creation, plain, show_ms);
}

void live_turn_sound(live *l) {
  sound_link_turn(&l->sound);
  turn_note(l);
  l->speech.recorder = l->open ? l->sitting.recorder : NULL;
  say_late(l);
  speech_turn(&l->speech);
  if (!l->sound.fresh && l->voice_told == speech_works(&l->speech)) return;
  l->sound.fresh = false;
  live_say_sound(l);
}

// ---- Words ---------------------------------------------------------------------------------

void live_hear_said(void *data, const char *words, bool now, uint64_t time_us) {
  live *l = data;
  char plain[SAY_BYTES + 1];
  uint64_t show_ms = 0;
  const speech_said said = {.creation = performance_creation(l->now),
    .time_us = time_us,
    .now = now,
    .words = words};
  if (speech_say(&l->speech, &said, plain, &show_ms))
    show_caption(l, said.creation, plain, show_ms);
}

void live_hear_cue(void *data, uint32_t kind, double seconds) {
  live *l = data;
  const sound_page *page = l->sound_page.bytes;
  if (!atomic_load(&page->hush)) sound_link_chime(&l->sound, kind, seconds);
}

bool live_hear_sound(live *l) {
  switch (l->in->kind) {
  case FROM_STAGE_VOICE: speech_set(&l->speech, l->in->text); return true;
  case FROM_STAGE_SAY: speech_read_aloud(&l->speech, l->in->text); return true;
  case FROM_STAGE_NOTE: note_hear(&l->note, l->in->a, &l->sound); return true;
  default: return false;
  }
}
