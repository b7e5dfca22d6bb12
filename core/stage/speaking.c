// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/speaking.h"

#include "core/stage/pages.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SPOKEN_BYTES = 8000, LINES = 2 };

static sound_page *page_of(const stage *s) { return s->sound.bytes; }

// ---- To the keeper -------------------------------------------------------------------------

// Before the first word, and when the language or the pace is another one.
void speaking_tell(stage *s) {
  char language[32];
  say_words_language(language, sizeof language);
  const double rate = s->access.voice_percent / 100.0;
  speaking *p = &s->speaking;
  const bool on = s->access.spoken_labels;
  if (on == p->on && rate == p->rate && strcmp(language, p->language) == 0) return;
  json_t *all =
    json_pack("{s:b, s:f, s:s}", "on", (int)on, "rate", rate, "language", language);
  char *text = all ? json_dumps(all, JSON_COMPACT) : NULL;
  json_decref(all);
  if (!text) return;
  stage_say(s, FROM_STAGE_VOICE, 0, text);
  free(text);
  const bool first = p->rate == 0;
  p->rate = rate;
  p->on = on;
  snprintf(p->language, sizeof p->language, "%s", language);
  // Each change of a voice is heard at once, as it is in the sample beside it.
  if (!first && on && s->page == PAGE_ACCESS)
    stage_say(s, FROM_STAGE_SAY, 0, _("Take your time. You can stop whenever you like."));
}

static void say(stage *s, const char *text) {
  if (strlen(text) > SPOKEN_BYTES) return;
  speaking_tell(s);
  stage_say(s, FROM_STAGE_SAY, 0, text);
}

void stage_speak(stage *s, const char *text) {
  say(s, text);
  s->speaking.aloud = true;
}

void speaking_left(stage *s) {
  if (!s->speaking.aloud) return;
  s->speaking.aloud = false;
  stage_be_quiet(s);
}

void stage_be_quiet(stage *s) { stage_say(s, FROM_STAGE_SAY, 0, ""); }

void speaking_label(void *stage_of_it, const char *label, const char *state) {
  stage *s = stage_of_it;
  char words[SAY_BYTES];
  if (!s->access.spoken_labels) return;
  snprintf(words, sizeof words, state[0] ? "%s, %s" : "%s%s", label, state);
  say(s, words);
}

// Pause has a sound of its own, and Stop has none.
void speaking_chose(void *stage_of_it, const widget *w) {
  stage *s = stage_of_it;
  if (strcmp(w->id, "pause") == 0 || strcmp(w->id, "stop") == 0) return;
  const size_t n = strlen(w->id);
  const bool keep = n > 5 && strcmp(w->id + n - 5, "-keep") == 0;
  stage_chime(s, keep ? CHIME_KEEP : CHIME_TICK);
}

void stage_chime(stage *s, uint32_t kind) {
  sound_page *page = page_of(s);
  if (!page || atomic_load(&page->microphone)) return;
  const uint32_t n = atomic_load(&page->chimes);
  atomic_store(&page->chime[n % CHIMES_WAITING], kind);
  atomic_store(&page->chimes, n + 1);
}

// ---- Captions ------------------------------------------------------------------------------

bool stage_shows_captions(const stage *s) {
  const speaking *p = &s->speaking;
  if (s->access.captions || !s->access.spoken_labels) return true;
  if (s->access.muted || s->volume == 0) return true;
  return p->told && (!p->sound || !p->voice);
}

// As high as two lines always, so that the work does not move when somebody speaks.
static bool shows_line(const stage *s) {
  const speaking *p = &s->speaking;
  return p->talks != 0 && p->talks == s->input.creation && stage_shows_captions(s);
}

static widget *add_line(stage *s, widget *column) {
  speaking *p = &s->speaking;
  const bool shown = p->caption_until_us != 0;
  widget *w = label_create(column, "caption", TEXT_LEAD, shown ? p->caption : " ");
  w->words = TOKEN_INK;
  w->fill = shown ? TOKEN_SURFACE : TOKEN_NONE;
  w->align = ALIGN_MIDDLE;
  w->radius = 16;
  widget_pad(w, 20, 8);
  p->line = w;
  return w;
}

void caption_line(stage *s, widget *column) {
  s->speaking.line = NULL;
  if (!shows_line(s)) return;
  const double line = 28 * s->text_scale;
  add_line(s, column)->box.min_h = LINES * line + 16;
}

void caption_over(stage *s, widget *stack) {
  s->speaking.line = NULL;
  if (!shows_line(s)) return;
  widget *column = column_create(stack, "caption-column", 0);
  column->box.cross = CROSS_MIDDLE;
  column->box.pad_bottom = 28;
  gap_create(column, "caption-gap", 0, 0)->box.grow = 1;
  add_line(s, column);
}

static void show_caption(stage *s, const char *words) {
  widget *w = s->speaking.line;
  if (!w) return;
  widget_set_label(w, words[0] ? words : " ");
  w->fill = words[0] ? TOKEN_SURFACE : TOKEN_NONE;
  view_moved(&s->view);
}

void speaking_take_caption(stage *s, const link_message *m) {
  enum { LONGEST_MS = 60000 };
  speaking *p = &s->speaking;
  if (m->a != s->input.creation || m->text_size > SAY_BYTES) return;
  const uint64_t ms = m->big < LONGEST_MS ? m->big : LONGEST_MS;
  memcpy(p->caption, m->text, m->text_size + 1);
  p->caption_until_us = m->text_size ? s->now_us + ms * 1000 : 0;
  // What is gone back to has a page that was made before it could talk.
  const bool first = p->talks != m->a || (!p->line && stage_shows_captions(s));
  p->talks = m->a;
  if (first && s->page == PAGE_EXERCISE)
    stage_rebuild(s);
  else
    show_caption(s, p->caption);
}

void speaking_turn(stage *s) {
  speaking *p = &s->speaking;
  if (s->has_ring) speaking_tell(s);
  if (!p->caption_until_us || s->now_us < p->caption_until_us) return;
  p->caption_until_us = 0;
  p->caption[0] = 0;
  show_caption(s, "");
}

int speaking_wait_ms(const stage *s) {
  const speaking *p = &s->speaking;
  if (!p->caption_until_us) return -1;
  if (p->caption_until_us <= s->now_us) return 0;
  return (int)((p->caption_until_us - s->now_us + 999) / 1000);
}

// ---- Sound, or none --------------------------------------------------------------------------

void speaking_take_sound(stage *s, const link_message *m) {
  speaking *p = &s->speaking;
  json_t *o = json_loadb(m->text, m->text_size, JSON_REJECT_DUPLICATES, NULL);
  if (!o) return;
  const bool captions = stage_shows_captions(s);
  const bool sound = p->sound;
  const char *why = json_string_value(json_object_get(o, "why"));
  p->sound = json_is_true(json_object_get(o, "sound"));
  p->voice = json_is_true(json_object_get(o, "voice"));
  snprintf(p->why, sizeof p->why, "%s", why ? why : "");
  const bool first = !p->told;
  p->told = true;
  json_decref(o);
  const bool shows = s->page == PAGE_EXERCISE || s->page == PAGE_ACCESS;
  if (shows && (captions != stage_shows_captions(s) || (sound != p->sound && !first)))
    stage_rebuild(s);
}

const char *stage_sound_advice(const stage *s) {
  const speaking *p = &s->speaking;
  if (!p->told) return "";
  if (!p->sound)
    return _("There is no sound here just now. All else works, and words that would be "
             "spoken are shown.");
  if (!p->voice) return _("Words cannot be spoken here just now, so they are shown.");
  return "";
}

static bool wants_sound(const offer *o) {
  size_t i = 0;
  json_t *one = NULL;
  json_array_foreach(json_object_get(o->json, "wants"), i, one) {
    const char *word = json_string_value(one);
    if (word && strcmp(word, "sound") == 0) return true;
  }
  return false;
}

const char *stage_silence_notice(const stage *s) {
  const speaking *p = &s->speaking;
  const bool here = s->page == PAGE_EXERCISE && s->chosen && p->told && !p->sound;
  return here && wants_sound(s->chosen)
    ? _("There is no sound here just now. All else works.")
    : "";
}
