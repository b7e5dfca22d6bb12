// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/speech.h"

#include "core/base/clock.h"
#include "core/keeper/plain_text.h"
#include "core/record/journal.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { A_SECOND = 1000 * 1000, SAID_A_SECOND = 4 };
enum {
  SHOW_LEAST_MS = 3000,
  SHOW_BASE_MS = 1500,
  SHOW_BYTE_MS = 65,
  SHOW_MOST_MS = 15000
};
static const double pace_least = 0.5, pace_most = 2;

result speech_begin(speech *s, sound_link *sound, const sound_page *page) {
  *s = (speech){.sound = sound, .page = page, .pace = 1, .on = true, .language = "en"};
  return voice_create(&s->voice);
}

static void drop_line(speech *s, uint32_t i) {
  free(s->queue[i].words);
  s->count--;
  for (; i < s->count; i++) s->queue[i] = s->queue[i + 1];
}

static void drop_late(speech *s) {
  free(s->late.words);
  s->late = (speech_line){0};
}

void speech_finish(speech *s) {
  drop_late(s);
  while (s->count) drop_line(s, s->count - 1);
  voice_destroy(s->voice);
  *s = (speech){0};
}

void speech_set(speech *s, const char *json) {
  json_t *o = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
  const char *language = json_string_value(json_object_get(o, "language"));
  double pace = json_number_value(json_object_get(o, "rate"));
  if (o) s->on = json_is_true(json_object_get(o, "on"));
  if (language && language[0] && strlen(language) < sizeof s->language)
    snprintf(s->language, sizeof s->language, "%s", language);
  if (pace >= pace_least && pace <= pace_most) s->pace = pace;
  json_decref(o);
}

// ---- What is journalled ------------------------------------------------------------------

static const voice_clip unspoken = {.fd = -1};

static void journal_line(speech *s, const speech_line *line, const voice_clip *clip) {
  if (!s->recorder || line->creation == 0) return;
  json_t *all = json_pack("{s:I, s:s, s:s?}", "t", (json_int_t)line->time_us, "text",
    line->words, "clip", clip->fd >= 0 ? clip->hash : NULL);
  char *text = all ? json_dumps(all, JSON_COMPACT) : NULL;
  json_decref(all);
  if (!text) return;
  result done = recorder_frame(
    s->recorder, line->creation, FRAME_SAID, 0, text, (uint32_t)strlen(text));
  (void)done; // the recorder remembers what it could not write
  free(text);
}

// ---- What is to be said --------------------------------------------------------------------

static bool add_line(speech *s, const speech_line *line) {
  if (!s->voice || s->count == SPEECH_QUEUE) return false;
  speech_line *to = &s->queue[s->count];
  *to = *line;
  to->number = ++s->number;
  to->words = strdup(line->words);
  if (to->words) s->count++;
  return to->words != NULL;
}

// Of those that wait the window's go. An exercise's stay: its journal wants to know of each.
static void drop_window_lines(speech *s) {
  for (uint32_t i = s->count; i > 0; i--)
    if (s->queue[i - 1].creation == 0) drop_line(s, i - 1);
}

void speech_read_aloud(speech *s, const char *words) {
  if (!s->voice) return;
  drop_window_lines(s);
  if (s->sound) sound_link_quiet(s->sound);
  if (!words[0] || strlen(words) > VOICE_WORDS) return;
  const speech_line line = {.words = (char *)words, .now = true};
  (void)add_line(s, &line);
}

static bool is_hushed(const speech *s) { return s->page && atomic_load(&s->page->hush); }

static bool has_room(speech *s, uint64_t time_us) {
  if (time_us >= s->second_us + A_SECOND) {
    s->second_us = time_us;
    s->in_second = 0;
  }
  return s->in_second++ < SAID_A_SECOND;
}

// What is said last is how things are, and what becomes of a work: that is never lost.
static void keep_late(speech *s, const speech_said *said) {
  const uint64_t passed_us =
    said->time_us > s->second_us ? said->time_us - s->second_us : 0;
  drop_late(s);
  s->late = (speech_line){.words = strdup(said->words),
    .creation = said->creation,
    .time_us = said->time_us,
    .now = said->now};
  s->late_due_us = clock_now_us() + A_SECOND - passed_us;
}

static uint64_t time_to_read_ms(const char *words) {
  uint64_t ms = SHOW_BASE_MS + strlen(words) * SHOW_BYTE_MS;
  if (ms < SHOW_LEAST_MS) return SHOW_LEAST_MS;
  return ms < SHOW_MOST_MS ? ms : SHOW_MOST_MS;
}

static bool take_words(
  speech *s, const speech_line *said, char plain[SAY_BYTES + 1], uint64_t *show_ms) {
  const size_t size = strlen(said->words);
  memcpy(plain, said->words, size + 1);
  plain_text(plain);
  if (strspn(plain, " ") == size) return false;
  *show_ms = time_to_read_ms(plain);
  speech_line line = *said;
  line.words = plain;
  // What cannot be spoken, or is not to be, is shown.
  if (!s->on || !add_line(s, &line)) journal_line(s, &line, &unspoken);
  return true;
}

bool speech_say(
  speech *s, const speech_said *said, char plain[SAY_BYTES + 1], uint64_t *show_ms) {
  if (strlen(said->words) > SAY_BYTES || is_hushed(s)) return false;
  if (!has_room(s, said->time_us)) {
    keep_late(s, said);
    return false;
  }
  drop_late(s);
  const speech_line line = {.words = (char *)said->words,
    .creation = said->creation,
    .time_us = said->time_us,
    .now = said->now};
  return take_words(s, &line, plain, show_ms);
}

bool speech_say_late(
  speech *s, uint32_t *creation, char plain[SAY_BYTES + 1], uint64_t *show_ms) {
  if (!s->late.words || is_hushed(s) || clock_now_us() < s->late_due_us) return false;
  *creation = s->late.creation;
  s->second_us += A_SECOND;
  s->in_second = 1;
  const bool taken = take_words(s, &s->late, plain, show_ms);
  drop_late(s);
  return taken;
}

void speech_drop(speech *s, uint32_t creation) {
  s->second_us = s->in_second = 0; // the next one's time begins at 0
  drop_late(s);
  for (uint32_t i = s->count; i > 0; i--)
    if (s->queue[i - 1].creation == creation) drop_line(s, i - 1);
}

bool speech_works(const speech *s) { return s->voice && voice_works(s->voice); }

// ---- Turns -----------------------------------------------------------------------------------

// Stop, or a microphone, may have come while it was made.
static bool may_sound(const speech *s, const speech_line *line) {
  if (!s->page) return true;
  if (atomic_load(&s->page->microphone)) return false;
  return line->creation == 0 || !atomic_load(&s->page->hush);
}

static void take_clip(speech *s, const voice_clip *clip) {
  for (uint32_t i = 0; i < s->count; i++) {
    const speech_line *line = &s->queue[i];
    if (line->number != clip->number) continue;
    bool spoken = clip->fd >= 0 && may_sound(s, line);
    if (spoken && s->sound) sound_link_clip(s->sound, clip, line->now);
    journal_line(s, line, spoken ? clip : &unspoken);
    drop_line(s, i);
    return;
  }
}

static void ask_next(speech *s) {
  while (s->count && voice_idle(s->voice)) {
    const voice_wish wish = {.number = s->queue[0].number,
      .language = s->language,
      .words = s->queue[0].words,
      .pace = s->pace};
    if (voice_ask(s->voice, &wish) == OK) return;
    drop_line(s, 0);
  }
}

void speech_wake(const speech *s, wake_set *w) {
  if (s->late.words && !is_hushed(s)) wake_by(w, s->late_due_us);
  if (!s->voice) return;
  voice_wake(s->voice, w);
  if (s->count && voice_idle(s->voice)) wake_by(w, 0);
}

void speech_turn(speech *s) {
  voice_clip clip;
  if (!s->voice) return;
  ask_next(s);
  while (voice_turn(s->voice, &clip)) {
    take_clip(s, &clip);
    ask_next(s);
  }
}

void speech_settle(speech *s) {
  while (s->count) {
    wake_set w;
    wake_init(&w);
    speech_wake(s, &w);
    wake_wait(&w);
    speech_turn(s);
  }
}
