// SPDX-License-Identifier: GPL-3.0-or-later
// The functions of gesto_host. What would change the exercise's course is without effect in
// the calls that must not change anything.
#include "core/player/colours.h"
#include "core/player/extensions.h"
#include "core/player/machine.h"

#include <stdlib.h>
#include <string.h>

enum { HANDED_MAX = 64, LOG_TEXT_MAX = 1000 };

static machine *of(const gesto_host *host) { return host->data; }

static uint64_t now(const gesto_host *host) { return of(host)->now_us; }

static uint64_t random_number(const gesto_host *host) {
  machine *m = of(host);
  return m->reading ? 0 : chance_next(&m->chance);
}

static void set_control(const gesto_host *host, uint32_t id, double value) {
  machine *m = of(host);
  if (!m->reading) controls_ask(&m->controls, id, value);
}

static void changed(const gesto_host *host, float x, float y, float w, float h) {
  machine *m = of(host);
  if (!m->reading) stale_add(&m->stale, x, y, w, h);
}

static bool to_sound(const gesto_host *host, const gesto_event *event) {
  machine *m = of(host);
  if (m->reading || m->handed == HANDED_MAX || !hearing_push(m, event)) return false;
  m->handed++;
  return true;
}

static const void *asset_named(const gesto_host *host, const char *name, size_t *length) {
  machine *m = of(host);
  size_t size = 0;
  bool first = false;
  const char *found = assets_get(&m->assets, m->setup.of->entry.id, name, &size, &first);
  const machine_calls *calls = &m->setup.calls;
  if (first && calls->asset) calls->asset(calls->data, name);
  if (length) *length = size;
  return found;
}

static const char *setting_named(const gesto_host *host, const char *key) {
  return settings_find(of(host)->setup.set, key);
}

static uint32_t colour(const gesto_host *host, const char *token) {
  return colours_find(token, of(host)->look_flags);
}

static void log_text(const gesto_host *host, int32_t level, const char *text) {
  const machine_calls *calls = &of(host)->setup.calls;
  if (!text || !calls->log) return;
  char line[LOG_TEXT_MAX];
  size_t n = strnlen(text, sizeof line - 1);
  memcpy(line, text, n);
  line[n] = 0;
  calls->log(calls->data, level, line);
}

static void give_up(const gesto_host *host, gesto_result why, const char *sentence) {
  machine *m = of(host);
  if (m->gave_up) return;
  m->gave_up = strndup(sentence ? sentence : "", LOG_TEXT_MAX);
  m->gave_up_why = why;
}

static const void *extension(const gesto_host *host, const char *id) {
  machine *m = of(host);
  uint32_t wants = m->setup.of->entry.wants;
  if (!id) return NULL;
  if (strcmp(id, GESTO_CREATIONS) == 0) return creations_face();
  if (strcmp(id, GESTO_SPEECH) == 0) return speech_face();
  if (strcmp(id, GESTO_CUES) == 0) return cues_face();
  if (strcmp(id, GESTO_WORDS) == 0) return words_face();
  if (strcmp(id, GESTO_TAPES) == 0 && wants & GESTO_WANTS_SOUND) return tapes_face();
  if (strcmp(id, GESTO_VOICES) == 0 && wants & GESTO_WANTS_VOICES && m->setup.voices) {
    return voices_face();
  }
  return strcmp(id, GESTO_CANVAS) == 0 && m->paper ? paper_face() : NULL;
}

void host_fill(machine *m) {
  m->host = (gesto_host){
    .abi = GESTO_ABI,
    .size = sizeof m->host,
    .data = m,
    .now = now,
    .random = random_number,
    .set_control = set_control,
    .changed = changed,
    .to_sound = to_sound,
    .asset = asset_named,
    .setting = setting_named,
    .colour = colour,
    .log = log_text,
    .give_up = give_up,
    .extension = extension,
  };
}
