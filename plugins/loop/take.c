// SPDX-License-Identifier: GPL-3.0-or-later
#include "take.h"

#include <math.h>

enum {
  NOTE_SHORTEST = RATE / 8,
  TAIL_LONGEST = 3 * RATE,
  FADE_BLOCKS = 8,
  QUIET_BLOCKS = 50,
  RING_BLOCKS = 2 * RATE / BLOCK
};

int64_t take_moved(int64_t pressed, uint32_t bar, float steady) {
  int64_t grid = bar / 8;
  int64_t before = pressed - ((pressed % grid) + grid) % grid;
  int64_t nearest = pressed - before > before + grid - pressed ? before + grid : before;
  return pressed + (int64_t)lrintf((float)(nearest - pressed) * steady);
}

bool take_wants(const take *t, int64_t on, int64_t now) {
  return t->used && !t->ended && !t->dropped && on >= t->start && now < t->end;
}

bool take_note_on(take *t, const take_note *note) {
  for (uint32_t i = 0; i < TAKE_NOTES; i++) {
    if (t->notes[i].used) continue;
    t->notes[i] = *note;
    t->notes[i].used = t->notes[i].held = true;
    t->notes[i].sounding = false;
    t->notes[i].off = INT64_MAX;
    if (t->heard++ == 0) t->preset = note->preset;
    return true;
  }
  return false;
}

void take_note_off(take *t, uint32_t source, uint64_t time) {
  for (uint32_t i = 0; i < TAKE_NOTES; i++) {
    take_note *note = &t->notes[i];
    if (!note->used || !note->held || note->source != source) continue;
    int64_t length = t->now + (int64_t)time - note->pressed;
    note->held = false;
    note->off = note->on + (length < NOTE_SHORTEST ? NOTE_SHORTEST : length);
  }
}

static void silence(take *t, const take_tools *with) {
  for (uint32_t i = 0; i < TAKE_NOTES; i++) {
    take_note *note = &t->notes[i];
    if (note->used && note->sounding && with->voices)
      with->voices->note(with->block, t->channel, note->pitch, 0, 0);
    note->used = false;
  }
}

void take_drop(take *t, const take_tools *with) {
  silence(t, with);
  t->dropped = true;
  t->quiet = 0;
}

static void begin_note(take *t, take_note *note, const take_tools *with, int64_t from) {
  note->sounding = true;
  if (!with->voices) return;
  if (note->preset != t->preset_now) {
    with->voices->instrument(with->block, t->channel, note->preset);
    t->preset_now = note->preset;
  }
  uint32_t at = note->on > from ? (uint32_t)(note->on - from) : 0;
  with->voices->note(with->block, t->channel, note->pitch, note->velocity, at);
}

// Gives the channel all that happens in the block from `from` on; true while notes sound.
static bool play_notes(take *t, const take_tools *with, int64_t from) {
  bool any = false;
  for (uint32_t i = 0; i < TAKE_NOTES; i++) {
    take_note *note = &t->notes[i];
    if (!note->used) continue;
    any = true;
    if (!note->sounding && note->on < from + BLOCK) begin_note(t, note, with, from);
    if (!note->sounding || note->off >= from + BLOCK) continue;
    uint32_t at = note->off > from ? (uint32_t)(note->off - from) : 0;
    if (with->voices) with->voices->note(with->block, t->channel, note->pitch, 0, at);
    note->used = false;
  }
  return any;
}

static float peak_of(float *const wave[2]) {
  float peak = 0;
  for (uint32_t c = 0; c < 2; c++)
    for (uint32_t i = 0; i < BLOCK; i++) peak = fmaxf(peak, fabsf(wave[c][i]));
  return peak;
}

static void show_column(take *t, const take_tools *with, int64_t place, float peak) {
  int64_t column = place * COLUMNS_A_BAR / t->bar;
  if (column != t->column && t->peak > 0.002f) {
    message m = {.number = t->pass, .lane = (uint32_t)t->column, .x = t->peak};
    gesto_event event = message_event(HEAR_COLUMN, &m);
    with->block->emit(with->block, &event);
  }
  if (column != t->column) t->peak = 0;
  t->column = column;
  t->peak = fmaxf(t->peak, peak);
}

// What still rings after the end is laid over the beginning, where it is heard next time.
static void add_tail(
  take *t, const take_tools *with, uint64_t place, float *const wave[2], float fade) {
  float left[BLOCK] = {0}, right[BLOCK] = {0};
  float *const old[2] = {left, right};
  with->tapes->read(with->block, t->tape, place, old);
  for (uint32_t c = 0; c < 2; c++)
    for (uint32_t i = 0; i < BLOCK; i++) old[c][i] += wave[c][i] * fade;
  const float *const sum[2] = {left, right};
  with->tapes->write(with->block, t->tape, place, sum);
}

// Frames for which it may ring on: never so long that it comes round to itself.
static int64_t tail_room(const take *t) {
  int64_t room = (int64_t)t->length - take_lag(t->bar) - BLOCK;
  return room < TAIL_LONGEST ? room : TAIL_LONGEST;
}

static bool print_tail(
  take *t, const take_tools *with, int64_t from, float *const wave[2], bool sounding) {
  int64_t left = tail_room(t) - (from - t->end);
  uint64_t place = (uint64_t)((from - t->anchor) % t->length);
  float peak = peak_of(wave);
  t->quiet = sounding || peak > 1e-4f ? 0 : t->quiet + 1;
  float fade = left < FADE_BLOCKS * BLOCK ? (float)left / (FADE_BLOCKS * BLOCK) : 1;
  if (left > 0) add_tail(t, with, place, wave, fade);
  show_column(t, with, (int64_t)place, peak);
  return left > BLOCK && t->quiet < QUIET_BLOCKS;
}

bool take_print(take *t, const take_tools *with) {
  int64_t from = t->now - take_lag(t->bar);
  t->now += BLOCK;
  if (!t->dropped && (from < t->start || t->heard == 0)) return true;
  float left[BLOCK] = {0}, right[BLOCK] = {0};
  float *const wave[2] = {left, right};
  bool sounding = !t->dropped && play_notes(t, with, from);
  if (with->voices) with->voices->render(with->block, t->channel, wave);
  if (t->dropped) {
    t->used = ++t->quiet < RING_BLOCKS;
    return true;
  }
  if (!with->tapes) return from < t->end;
  if (from >= t->end) return print_tail(t, with, from, wave, sounding);
  int64_t place = from - t->anchor;
  if (t->length) place %= t->length;
  const float *const in[2] = {left, right};
  with->tapes->write(with->block, t->tape, (uint64_t)place, in);
  show_column(t, with, place, peak_of(wave));
  return true;
}
