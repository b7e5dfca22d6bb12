// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/voice/speaker.h"

#include <ctype.h>
#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_A_MINUTE = 155, LANGUAGE_ROOM = 24, FIRST_ROOM = 1 << 16 };
static const double pace_least = 0.5, pace_most = 2;

result speaker_find(speaker *s) {
  espeak_ng_InitializePath(NULL);
  espeak_Info(&s->data);
  return s->data && s->data[0] ? OK : NOT_FOUND;
}

result speaker_open(speaker *s) {
  espeak_ng_ERROR_CONTEXT context = NULL;
  bool good = espeak_ng_Initialize(&context) == ENS_OK &&
    espeak_ng_InitializeOutput(ENOUTPUT_MODE_SYNCHRONOUS, 0, NULL) == ENS_OK;
  espeak_ng_ClearErrorContext(&context);
  s->rate = good ? espeak_ng_GetSampleRate() : 0;
  return s->rate > 0 ? OK : NOT_FOUND;
}

// Languages become names of files: letters, digits and hyphens alone.
static bool plain_language(const char *from, char to[LANGUAGE_ROOM]) {
  size_t n = 0;
  for (; from[n] && from[n] != '.' && from[n] != '@'; n++) {
    if (n + 1 == LANGUAGE_ROOM) return false;
    char c = from[n] == '_' ? '-' : (char)tolower((unsigned char)from[n]);
    if (!isalnum((unsigned char)c) && c != '-') return false;
    to[n] = c;
  }
  to[n] = 0;
  return n > 0;
}

// The language of the country, or else the language.
static result choose_voice(const char *language) {
  char name[LANGUAGE_ROOM];
  if (!plain_language(language, name)) return NOT_FOUND;
  if (espeak_SetVoiceByName(name) == EE_OK) return OK;
  name[strcspn(name, "-")] = 0;
  return espeak_SetVoiceByName(name) == EE_OK ? OK : NOT_FOUND;
}

typedef struct collecting {
  spoken *made;
  size_t most;
  result how;
} collecting;

static result grow(spoken *s, size_t count) {
  size_t room = s->room ? s->room : FIRST_ROOM;
  while (room < s->count + count) room *= 2;
  if (room == s->room) return OK;
  float *more = realloc(s->samples, room * sizeof *more);
  if (!more) return NO_MEMORY;
  s->samples = more;
  s->room = room;
  return OK;
}

static int collect(short *wave, int count, espeak_EVENT *events) {
  collecting *c = events->user_data;
  if (!wave || count <= 0) return 0;
  if (c->made->count + (size_t)count > c->most)
    c->how = TOO_LARGE;
  else
    c->how = grow(c->made, (size_t)count);
  if (c->how != OK) return 1; // no more of it
  for (int i = 0; i < count; i++)
    c->made->samples[c->made->count++] = (float)wave[i] / 32768;
  return 0;
}

result speaker_say(const speaker_wish *wish, spoken *made) {
  double pace = wish->pace;
  if (!(pace >= pace_least)) pace = pace_least;
  if (pace > pace_most) pace = pace_most;
  collecting c = {.made = made, .most = wish->most};
  result chosen = choose_voice(wish->language);
  if (chosen != OK) return chosen;
  espeak_SetParameter(espeakRATE, (int)(WORDS_A_MINUTE * pace + 0.5), 0);
  espeak_SetSynthCallback(collect);
  espeak_ERROR done = espeak_Synth(wish->words, strlen(wish->words) + 1, 0, POS_CHARACTER,
    0, espeakCHARS_UTF8, NULL, &c);
  if (c.how != OK) return c.how;
  return done == EE_OK ? OK : FAILED;
}
