// SPDX-License-Identifier: GPL-3.0-or-later
// What stays of Move: which steps were offered, begun, ended or skipped; and the state.
#include "move.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FACTS = 64 * 1024 };
static const char *const ways[WAYS] = {"seated", "standing", "hands"};

typedef struct words {
  char *text;
  size_t length;
} words;

__attribute__((format(printf, 2, 3))) static void add(
  words *to, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int n = vsnprintf(to->text + to->length, FACTS - to->length, format, args);
  va_end(args);
  size_t room = FACTS - to->length;
  if (n > 0) to->length += (size_t)n < room ? (size_t)n : room - 1;
}

static void add_quoted(words *to, const char *text) {
  add(to, "\"");
  for (; *text; text++) {
    unsigned char c = (unsigned char)*text;
    if (c == '"' || c == '\\')
      add(to, "\\%c", c);
    else if (c < 0x20)
      add(to, "\\u%04x", c);
    else
      add(to, "%c", c);
  }
  add(to, "\"");
}

static void add_entry(words *to, const move *m, const log_entry *e) {
  const step *s = &m->routine.steps[e->step];
  uint32_t way = e->ended_us ? e->way : m->now.way;
  add(to, "{\"step\":");
  add_quoted(to, s->id);
  add(to, ",\"said\":");
  add_quoted(to, s->say[way]);
  add(to, ",\"start\":%.3f,\"end\":", (double)e->began_us / 1e6);
  if (e->ended_us)
    add(to, "%.3f", (double)e->ended_us / 1e6);
  else
    add(to, "null");
  add(to, ",\"skipped\":%s,\"variant\":\"%s\",\"pace\":%g}",
    e->skipped ? "true" : "false", ways[way], e->ended_us ? e->pace : m->now.pace);
}

gesto_result keep_works(const void *self, const gesto_host *host) {
  const move *m = self;
  const gesto_creations *c = host->extension(host, GESTO_CREATIONS);
  words facts = {.text = malloc(FACTS)};
  if (!c || !facts.text) {
    free(facts.text);
    return c ? GESTO_NO_MEMORY : GESTO_NOT_NOW;
  }
  add(&facts, "{\"routine\":");
  add_quoted(&facts, m->now.routine);
  add(&facts, ",\"title\":");
  add_quoted(&facts, m->routine.title);
  add(&facts, ",\"pauses\":%u,\"to_the_end\":%s,\"steps\":[", m->now.pauses,
    m->now.phase == PHASE_AFTER ? "true" : "false");
  for (uint32_t i = 0; i < m->now.log_count; i++) {
    if (i) add(&facts, ",");
    add_entry(&facts, m, &m->now.log[i]);
  }
  add(&facts, "]}");
  gesto_result kept = c->keep_facts(host, "facts", facts.text);
  free(facts.text);
  return kept;
}

typedef struct saved {
  char magic[8];
  move_state state;
} saved;
static_assert(
  sizeof(saved) == 8 + 16 + 24 + ROUTINE_NAME + LOG_ROOM * 40, "a stored format");
static const char magic[8] = "GMOVE01";

gesto_result keep_save(const void *self, const gesto_writer *to, bool with_history) {
  (void)with_history; // nothing in it was taken back
  const move *m = self;
  saved s = {.state = m->now};
  memcpy(s.magic, magic, sizeof magic);
  return to->write(to, &s, sizeof s);
}

static bool pace_good(double pace) { return pace >= 0.5 && pace <= 1.5; }

static bool good(const move_state *s, const routine *r) {
  bool fits = pace_good(s->pace) && s->progress >= 0 && s->progress < 1 &&
    s->way < WAYS && s->phase <= PHASE_AFTER && s->step < r->count &&
    s->log_count <= LOG_ROOM;
  for (uint32_t i = 0; fits && i < s->log_count; i++) {
    const log_entry *e = &s->log[i];
    fits = e->step < r->count && e->way < WAYS && e->skipped <= 1 &&
      (e->ended_us == 0 || (pace_good(e->pace) && e->ended_us >= e->began_us));
  }
  return fits;
}

gesto_result keep_load(void *self, const gesto_reader *from, const char *version) {
  (void)version; // 1.0 is the only one so far; the magic tells later ones apart
  move *m = self;
  struct {
    saved s;
    char more;
  } in;
  memset(&in, 0, sizeof in);
  size_t have = 0;
  int64_t n = 1;
  while (n > 0 && have < sizeof(saved) + 1) {
    n = from->read(from, (char *)&in + have, sizeof(saved) + 1 - have);
    if (n > 0) have += (size_t)n;
  }
  if (n < 0) return (gesto_result)n;
  if (have >= 8 && memcmp(in.s.magic, magic, 5) == 0 && memcmp(in.s.magic, magic, 8) > 0)
    return GESTO_TOO_NEW;
  if (have != sizeof(saved) || memcmp(in.s.magic, magic, 8) != 0) return GESTO_BAD_DATA;
  move_state *s = &in.s.state;
  if (!memchr(s->routine, 0, sizeof s->routine)) return GESTO_BAD_DATA;
  move *trial = malloc(sizeof *trial);
  if (!trial) return GESTO_NO_MEMORY;
  *trial = *m;
  bool fits = move_use_routine(trial, s->routine) && good(s, &trial->routine);
  if (fits) {
    m->routine = trial->routine;
    m->now = *s;
  }
  free(trial);
  return fits ? GESTO_OK : GESTO_BAD_DATA;
}
