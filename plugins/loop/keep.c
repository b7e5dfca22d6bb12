// SPDX-License-Identifier: GPL-3.0-or-later
// What stays of Loop: sounds and facts as works, and the state.
#include "loop.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- Works -----------------------------------------------------------------------------

static gesto_result keep_lane(const loop *l, const gesto_creations *c, uint32_t lane) {
  uint32_t tapes[PASSES], count = 0;
  char title[32];
  gesto_result kept = GESTO_OK;
  for (uint32_t i = 0; i < PASSES; i++)
    if (l->heard >> i & 1 && l->passes[i].lane == lane)
      tapes[count++] = l->passes[i].tape;
  if (count == 0) return GESTO_OK;
  snprintf(title, sizeof title, "Loop %u", lane + 1);
  if (count == 1) return c->keep_sound(l->host, title, tapes[0]);
  if (GESTO_HAS(c, keep_together)) return c->keep_together(l->host, title, tapes, count);
  for (uint32_t i = 0; i < count && kept == GESTO_OK; i++) {
    snprintf(title, sizeof title, "Loop %u, layer %u", lane + 1, i + 1);
    kept = c->keep_sound(l->host, title, tapes[i]);
  }
  return kept;
}

typedef struct words {
  char text[2048];
  size_t length;
} words;

__attribute__((format(printf, 2, 3))) static void add(
  words *to, const char *format, ...) {
  va_list args;
  va_start(args, format);
  size_t room = sizeof to->text - to->length;
  int n = vsnprintf(to->text + to->length, room, format, args);
  va_end(args);
  if (n > 0) to->length += (size_t)n < room ? (size_t)n : room - 1;
}

static const char *sound_key(uint32_t preset) {
  for (uint32_t i = 0; i < SOUNDS; i++)
    if (loop_sounds[i].preset == preset) return loop_sounds[i].key;
  return "sound";
}

static gesto_result keep_facts(const loop *l, const gesto_creations *c) {
  static const char *const scales[SCALE_COUNT] = {"gentle", "bright", "open", "night"};
  words facts = {.length = 0};
  double tempo = 4.0 * 60 * RATE / loop_bar(l);
  add(&facts,
    "{\"tempo\":%g,\"tempo_exact\":%.4f,\"scale\":\"%s\",\"key\":\"%s\","
    "\"notes_played\":%u,\"loops\":[",
    l->tempo, tempo, scales[l->scale.kind], scale_note_name(&l->scale, 0), l->notes);
  const char *comma = "";
  for (uint32_t lane = 0; lane < LANES; lane++) {
    const pass *first = loop_lane_first(l, lane);
    if (!first) continue;
    add(&facts,
      "%s{\"lane\":%u,\"bars\":%u,\"layers\":%u,\"seconds\":%.3f,\"sound\":\"%s\","
      "\"quiet\":%s}",
      comma, lane + 1, loop_lane_bars(l, lane), loop_lane_layers(l, lane),
      (double)first->length / RATE, sound_key(first->preset),
      l->muted >> lane & 1 ? "true" : "false");
    comma = ",";
  }
  add(&facts, "]}");
  return c->keep_facts(l->host, "facts", facts.text);
}

gesto_result keep_works(const void *self, const gesto_host *host) {
  const loop *l = self;
  const gesto_creations *c = host->extension(host, GESTO_CREATIONS);
  gesto_result kept = GESTO_OK;
  if (!c) return GESTO_NOT_NOW;
  for (uint32_t i = 0; i < l->part_count && kept == GESTO_OK; i++) {
    char title[48] = "Mix";
    if (i) snprintf(title, sizeof title, "Mix, part %u", i + 1);
    if (i + 1 < l->part_count || l->record_blocks)
      kept = c->keep_sound(host, title, l->parts[i]);
  }
  for (uint32_t lane = 0; lane < LANES && kept == GESTO_OK; lane++)
    kept = keep_lane(l, c, lane);
  return kept == GESTO_OK ? keep_facts(l, c) : kept;
}

// ---- State -------------------------------------------------------------------------------

// Little-endian as the machine has it; 8-byte members first, so that there are no holes.
typedef struct saved_pass {
  int64_t anchor;
  uint32_t state, tape, lane, length, preset, settled;
  uint8_t columns[COLUMNS];
} saved_pass;
static_assert(sizeof(saved_pass) == 32 + COLUMNS, "a stored format");

typedef struct saved {
  char magic[8];
  double tempo;
  int64_t at;
  uint64_t heard;
  uint64_t steps[STEPS];
  uint32_t count, done;
  float steady;
  uint32_t scale, key, sound, lane, muted, click, plays;
  uint32_t parts[PARTS], part_count, record_blocks, notes, unused;
  saved_pass passes[PASSES];
} saved;
static_assert(
  sizeof(saved) == 32 + 8 * STEPS + 40 + 4 * PARTS + 16 + PASSES * sizeof(saved_pass),
  "a stored format");
static const char magic[8] = "GLOOP01";

static void fill(const loop *l, saved *s, bool with_history) {
  history thin = l->history;
  if (!with_history) history_thin(&thin, l->heard);
  *s = (saved){.tempo = l->tempo,
    .at = l->at,
    .heard = l->heard,
    .count = thin.count,
    .done = thin.done,
    .steady = l->steady,
    .scale = l->scale.kind,
    .key = l->scale.key,
    .sound = l->sound,
    .lane = l->lane,
    .muted = l->muted,
    .click = l->click,
    .plays = l->plays,
    .part_count = with_history ? l->part_count : 0, // whoever carries on begins a new one
    .record_blocks = with_history ? l->record_blocks : 0,
    .notes = l->notes};
  memcpy(s->magic, magic, sizeof magic);
  memcpy(s->steps, thin.steps, thin.count * sizeof thin.steps[0]);
  if (with_history) memcpy(s->parts, l->parts, sizeof s->parts);
  for (uint32_t i = 0; i < PASSES; i++) {
    const pass *p = &l->passes[i];
    if (p->state != PASS_KEPT || (!with_history && !(l->heard >> i & 1))) continue;
    s->passes[i] = (saved_pass){.anchor = p->anchor,
      .state = p->state,
      .tape = p->tape,
      .lane = p->lane,
      .length = p->length,
      .preset = p->preset,
      .settled = p->settled};
    memcpy(s->passes[i].columns, p->columns, COLUMNS);
  }
}

// The loops that are heard, for whoever carries on with them in another session.
static gesto_result save_tapes(const loop *l) {
  const gesto_creations *c = l->host->extension(l->host, GESTO_CREATIONS);
  gesto_result done = GESTO_OK;
  if (!c || !GESTO_HAS(c, save_tape)) return GESTO_OK;
  for (uint32_t i = 0; i < PASSES && done == GESTO_OK; i++)
    if (l->heard >> i & 1) done = c->save_tape(l->host, l->passes[i].tape);
  return done;
}

gesto_result keep_save(const void *self, const gesto_writer *to, bool with_history) {
  if (!with_history && save_tapes(self) != GESTO_OK) return GESTO_FAILED;
  saved *s = malloc(sizeof *s);
  if (!s) return GESTO_NO_MEMORY;
  fill(self, s, with_history);
  gesto_result written = to->write(to, s, sizeof *s);
  free(s);
  return written;
}

static bool pass_sound(const saved *s, uint32_t i) {
  const saved_pass *p = &s->passes[i];
  if (p->state == PASS_FREE) return !(s->heard >> i & 1);
  return p->state == PASS_KEPT && p->tape && p->lane < LANES && p->length >= BLOCK &&
    p->length <= TAPE_ROOM && p->length % BLOCK == 0 && p->anchor >= 0 &&
    p->preset < 128 && p->anchor % BLOCK == 0 && p->anchor < INT64_MAX / 4 &&
    p->settled <= 1;
}

static bool all_sound(const saved *s) {
  bool good = memcmp(s->magic, magic, sizeof magic) == 0 && s->tempo >= 50 &&
    s->tempo <= 120 && s->count <= STEPS && s->done <= s->count && s->steady >= 0 &&
    s->steady <= 1 && s->scale < SCALE_COUNT && s->key < KEY_COUNT && s->sound < SOUNDS &&
    s->lane < LANES && s->muted < 1u << LANES && s->click <= 1 && s->plays <= 1 &&
    s->part_count <= PARTS && s->record_blocks <= RECORD_ROOM / BLOCK &&
    s->at > -INT64_MAX / 4 && s->at < INT64_MAX / 4;
  for (uint32_t i = 0; i < PASSES && good; i++) good = pass_sound(s, i);
  return good;
}

static void take_over(loop *l, const saved *s) {
  l->tempo = s->tempo;
  l->at = s->at - s->at % BLOCK;
  if (l->at < 0) l->at = 0;
  l->heard = s->heard;
  l->history = (history){.count = s->count, .done = s->done};
  memcpy(l->history.steps, s->steps, sizeof s->steps);
  l->steady = s->steady;
  l->scale = (scale){.kind = s->scale, .key = s->key};
  l->sound = s->sound;
  l->lane = s->lane;
  l->muted = s->muted;
  l->click = s->click;
  l->plays = l->runs = s->plays && s->heard;
  l->part_count = s->part_count;
  memcpy(l->parts, s->parts, sizeof l->parts);
  l->record_blocks = s->record_blocks;
  l->notes = s->notes;
  for (uint32_t i = 0; i < PASSES; i++) {
    const saved_pass *p = &s->passes[i];
    l->passes[i] = (pass){.anchor = p->anchor,
      .state = p->state,
      .tape = p->tape,
      .lane = p->lane,
      .length = p->length,
      .preset = p->preset,
      .settled = p->settled};
    memcpy(l->passes[i].columns, p->columns, COLUMNS);
  }
}

gesto_result keep_load(void *self, const gesto_reader *from, const char *version) {
  (void)version; // 1.0 is the only one so far; the magic tells later ones apart
  saved *s = malloc(sizeof *s + 1);
  if (!s) return GESTO_NO_MEMORY;
  size_t have = 0;
  int64_t n = 1;
  while (n > 0 && have < sizeof *s + 1) {
    n = from->read(from, (char *)s + have, sizeof *s + 1 - have);
    if (n > 0) have += (size_t)n;
  }
  bool newer =
    have >= 8 && memcmp(s->magic, magic, 5) == 0 && memcmp(s->magic, magic, 8) > 0;
  gesto_result result = n < 0 ? (gesto_result)n : newer ? GESTO_TOO_NEW : GESTO_BAD_DATA;
  if (have == sizeof *s && n == 0 && all_sound(s)) {
    take_over(self, s);
    result = GESTO_OK;
  }
  free(s);
  return result;
}
