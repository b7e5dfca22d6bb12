// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/spots.h"

#include <jansson.h>
#include <string.h>

enum { APART_US = 100000 };

void spots_note(spots *s, const machine *m) { s->due = m->setup.of->spots.list != NULL; }

uint64_t spots_wait_us(const spots *s, uint64_t now_us) {
  if (!s->due) return 0;
  const uint64_t at = s->looked_us + APART_US;
  return at > now_us ? at - now_us : 1;
}

// Foreign text: what stands behind its end is cleared, so that lists can be compared.
static void tidy_name(gesto_spot *spot) {
  char *name = spot->name;
  const size_t n = strnlen(name, sizeof spot->name - 1);
  memset(name + n, 0, sizeof spot->name - n);
  for (size_t i = 0; i < n; i++)
    if ((unsigned char)name[i] < ' ' || name[i] == 127) name[i] = ' ';
}

static uint32_t list(spots *s, machine *m) {
  memset(s->now, 0, sizeof s->now);
  m->reading = true;
  const uint64_t entered = machine_enter(m, BUSY_DRAW);
  uint32_t count = m->setup.of->spots.list(m->self, s->now, SPOTS_MAX);
  machine_leave(m, entered);
  m->reading = false;
  if (count > SPOTS_MAX) count = SPOTS_MAX;
  memset(s->now + count, 0, (SPOTS_MAX - count) * sizeof *s->now);
  for (uint32_t i = 0; i < count; i++) tidy_name(&s->now[i]);
  return count;
}

// As much of it as is UTF-8.
static json_t *name_of(const gesto_spot *spot) {
  json_t *name = NULL;
  for (size_t n = strlen(spot->name); n > 0 && !name; n--)
    name = json_stringn(spot->name, n);
  return name ? name : json_string("");
}

// What is no place (no size, not a number) is left out.
static void add(json_t *all, const gesto_spot *spot) {
  if (!(spot->w > 0) || !(spot->h > 0)) return;
  json_t *one = json_pack("{s:I s:f s:f s:f s:f s:o}", "id", (json_int_t)spot->id, "x",
    (double)spot->x, "y", (double)spot->y, "w", (double)spot->w, "h", (double)spot->h,
    "name", name_of(spot));
  if (one) json_array_append_new(all, one);
}

static char *as_json(const spots *s, uint32_t count) {
  json_t *all = json_array();
  for (uint32_t i = 0; i < count; i++) add(all, &s->now[i]);
  char *text = json_dumps(all, JSON_COMPACT | JSON_REAL_PRECISION(7));
  json_decref(all);
  return text;
}

char *spots_look(spots *s, machine *m, uint64_t now_us) {
  if (!s->due || now_us < s->looked_us + APART_US) return NULL;
  s->due = false;
  s->looked_us = now_us;
  const uint32_t count = list(s, m);
  const bool same =
    s->ever_told && count == s->told_count && memcmp(s->now, s->told, sizeof s->now) == 0;
  if (same) return NULL;
  s->ever_told = true;
  s->told_count = count;
  memcpy(s->told, s->now, sizeof s->told);
  return as_json(s, count);
}
