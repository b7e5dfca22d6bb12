// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings.h"

typedef struct pair {
  uint32_t control, value;
} pair;
enum { PAIRS_MAX = 256 };

// That of a button is whether it has nothing to do.
static bool has_value(const gesto_control *c) { return c->kind != GESTO_TEXT_FIELD; }

static uint32_t highest(const gesto_control *c) {
  if (c->kind == GESTO_TOGGLE || c->kind == GESTO_BUTTON) return 1;
  if (c->kind != GESTO_CHOICE) return (uint32_t)c->high;
  uint32_t count = 0;
  while (c->choices[count].key != NULL) count++;
  return count - 1;
}

settings settings_initial(void) {
  settings s = {.value = {0}};
  for (const gesto_control *c = draw_controls; c->size > 0; c++) {
    if (has_value(c)) s.value[c->id] = (uint32_t)c->initial;
  }
  return s;
}

bool settings_hold(const settings *s) {
  for (const gesto_control *c = draw_controls; c->size > 0; c++) {
    const uint32_t value = s->value[c->id];
    const bool low = c->kind == GESTO_RANGE && value < (uint32_t)c->low;
    if (has_value(c) && (low || value > highest(c))) return false;
  }
  return true;
}

gesto_result settings_write(const settings *s, const gesto_writer *to) {
  pair pairs[CONTROLS];
  uint32_t count = 0;
  for (const gesto_control *c = draw_controls; c->size > 0; c++) {
    if (has_value(c)) pairs[count++] = (pair){.control = c->id, .value = s->value[c->id]};
  }
  gesto_result r = to->write(to, &count, sizeof count);
  return r == GESTO_OK ? to->write(to, pairs, count * sizeof *pairs) : r;
}

bool read_all(const gesto_reader *from, void *bytes, size_t size) {
  for (size_t have = 0; have < size;) {
    int64_t n = from->read(from, (char *)bytes + have, size - have);
    if (n <= 0) return false;
    have += (size_t)n;
  }
  return true;
}

gesto_result settings_read(settings *s, const gesto_reader *from) {
  pair pairs[PAIRS_MAX];
  uint32_t count = 0;
  if (!read_all(from, &count, sizeof count) || count > PAIRS_MAX) return GESTO_BAD_DATA;
  if (!read_all(from, pairs, count * sizeof *pairs)) return GESTO_BAD_DATA;
  *s = settings_initial();
  for (uint32_t i = 0; i < count; i++) {
    if (pairs[i].control < CONTROLS) s->value[pairs[i].control] = pairs[i].value;
  }
  return settings_hold(s) ? GESTO_OK : GESTO_BAD_DATA;
}

gesto_result settings_read_old(settings *s, const gesto_reader *from, uint32_t version) {
  static const uint32_t order[] = {BRUSH, SIZE, COLOUR, MIRROR, MORE};
  const uint32_t count = version < 2 ? 4 : 5;
  uint32_t values[5];
  if (!read_all(from, values, count * sizeof *values)) return GESTO_BAD_DATA;
  *s = settings_initial();
  for (uint32_t i = 0; i < count; i++) s->value[order[i]] = values[i];
  return settings_hold(s) ? GESTO_OK : GESTO_BAD_DATA;
}
