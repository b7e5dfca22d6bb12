// SPDX-License-Identifier: GPL-3.0-or-later
#include "sound.h"

#include "take.h"

#include <math.h>
#include <stdlib.h>

enum {
  TAKES = 6,
  LIVE = 24,
  NOTE_MIN = RATE / 8,
  NONE = -1,
  RING = 10 * RATE,
  SILENCE_CUT = 8 * RATE / BLOCK,
  RECORD_MARGIN = 30 * RATE,
  CLICK_LENGTH = RATE / 25
};

static const float rest_step = 0.008f; // a block: loops go to rest in a sixth of a second

typedef struct live_note {
  bool used, held;
  uint32_t source;
  float pitch;
  uint64_t on, off; // frames since create()
} live_note;

typedef struct kept {
  uint32_t tape, lane, length;
  int64_t anchor;
  float gain;
} kept;

typedef struct looper {
  sound_start now; // settings; `at`, `plays`, `heard` and `record_at` move on
  bool runs, report, record_asked, tuned;
  float master;
  uint32_t phase, lane;
  int current, next; // takes
  int64_t start;
  kept passes[PASSES];
  float lane_gain[LANES];
  take takes[TAKES];
  struct {
    uint32_t pass, tape;
  } spares[SPARES];
  uint32_t spare_count;
  live_note live[LIVE];
  uint64_t last_live;
  uint32_t silence;  // blocks without sound
  uint32_t click_at; // frames since its beginning
  float click_step;
} looper;

void *sound_create(const sound_start *start) {
  looper *l = calloc(1, sizeof *l);
  if (!l) return NULL;
  l->now = *start;
  l->current = l->next = NONE;
  l->runs = start->plays && start->heard;
  l->master = l->runs ? 1 : 0;
  l->click_at = CLICK_LENGTH;
  l->silence = SILENCE_CUT;
  for (uint32_t i = 0; i < LANES; i++) l->lane_gain[i] = start->muted >> i & 1 ? 0 : 1;
  for (uint32_t i = 0; i < PASSES; i++)
    l->passes[i] = (kept){.tape = start->passes[i].tape,
      .lane = start->passes[i].lane,
      .length = start->passes[i].length,
      .anchor = start->passes[i].anchor,
      .gain = start->heard >> i & 1 ? 1.0f : 0.0f};
  return l;
}

void sound_destroy(void *sound) { free(sound); }

static void tell(const gesto_block *block, uint16_t kind, const message *m) {
  gesto_event event = message_event(kind, m);
  block->emit(block, &event);
}

static take_tools tools_of(const looper *l, const gesto_block *block) {
  return (take_tools){.voices = l->now.voices, .tapes = l->now.tapes, .block = block};
}

// ---- Takes -------------------------------------------------------------------------

static const kept *loop_of_lane(const looper *l, uint32_t lane) {
  for (uint32_t i = 0; i < PASSES; i++)
    if (l->now.heard >> i & 1 && l->passes[i].lane == lane) return &l->passes[i];
  return NULL;
}

static int take_new(looper *l, uint32_t lane, int64_t start, bool layer) {
  const kept *loop = layer ? loop_of_lane(l, lane) : NULL;
  if (l->spare_count == 0 || (layer && !loop)) return NONE;
  for (int i = 0; i < TAKES; i++) {
    take *t = &l->takes[i];
    if (t->used) continue;
    l->spare_count--;
    *t = (take){.used = true,
      .layer = layer,
      .lane = lane,
      .channel = (uint32_t)i + 1,
      .pass = l->spares[l->spare_count].pass,
      .tape = l->spares[l->spare_count].tape,
      .now = l->now.at,
      .start = start,
      .bar = l->now.bar,
      .preset_now = UINT32_MAX,
      .column = NONE,
      .anchor = layer ? loop->anchor : start,
      .length = layer ? loop->length : 0,
      .end = start + (layer ? loop->length : (int64_t)BARS_MAX * l->now.bar)};
    return i;
  }
  return NONE;
}

// A tape on which nothing was written is used again; any other is of no more use.
static void take_discard(looper *l, const gesto_block *block, int *which) {
  if (*which == NONE) return;
  take *t = &l->takes[*which];
  *which = NONE;
  take_tools with = tools_of(l, block);
  take_drop(t, &with);
  if (t->heard == 0 && l->spare_count < SPARES) {
    l->spares[l->spare_count].pass = t->pass;
    l->spares[l->spare_count++].tape = t->tape;
    t->used = false;
    return;
  }
  tell(block, HEAR_UNUSED, &(message){.number = t->pass});
}

static void rest(looper *l) {
  l->phase = PHASE_REST;
  l->report = true;
  if (l->now.heard == 0) {
    l->runs = false;
    l->now.at = 0;
  }
}

static void cancel(looper *l, const gesto_block *block) {
  if (l->phase == PHASE_REST) return;
  take_discard(l, block, &l->current);
  take_discard(l, block, &l->next);
  rest(l);
}

// The bar line that a press means: the one just gone by if it is hardly over.
static int64_t bar_line(const looper *l, int64_t from) {
  int64_t over = (l->now.at - from) % l->now.bar;
  if (over < 0) over += l->now.bar;
  return l->now.at - over + (over <= take_lag(l->now.bar) ? 0 : l->now.bar);
}

static void arm(looper *l, uint32_t lane, bool layer) {
  if (lane >= LANES) return;
  if (!l->runs) {
    l->runs = l->now.plays = true;
    l->now.at = -(int64_t)l->now.bar;
    l->start = 0;
  } else {
    l->start = l->now.at < 0 ? 0 : bar_line(l, 0);
  }
  l->current = take_new(l, lane, l->start, layer);
  if (l->current == NONE) {
    rest(l);
    return;
  }
  l->lane = lane;
  l->phase = PHASE_ARMED;
  l->report = true;
}

static void close_take(looper *l, const gesto_block *block) {
  take *t = &l->takes[l->current];
  int64_t played = l->now.at - t->start;
  take_discard(l, block, &l->next);
  if (t->layer && t->heard == 0 && played <= take_lag(l->now.bar)) {
    cancel(l, block);
    return;
  }
  int64_t end = played < l->now.bar ? t->start + l->now.bar : bar_line(l, t->start);
  if (end < t->end) t->end = end;
  l->phase = PHASE_CLOSING;
  l->report = true;
}

static void record_pressed(
  looper *l, const gesto_block *block, uint32_t lane, bool layer) {
  switch (l->phase) {
  case PHASE_REST: arm(l, lane, layer); break;
  case PHASE_ARMED: cancel(l, block); break;
  case PHASE_RECORDING:
  case PHASE_LAYERING: close_take(l, block); break;
  default: break; // closing: it is on its way
  }
}

static void end_take(looper *l, const gesto_block *block) {
  take *t = &l->takes[l->current];
  bool again = l->phase == PHASE_LAYERING && l->next != NONE;
  if (t->heard == 0) {
    take_discard(l, block, &l->current);
  } else {
    t->ended = true;
    if (!t->length) t->length = (uint32_t)(t->end - t->start);
    l->passes[t->pass] = (kept){.tape = t->tape,
      .lane = t->lane,
      .length = t->length,
      .anchor = t->anchor,
      .gain = 1};
    l->now.heard |= 1ull << t->pass;
    tell(block, HEAR_PASS,
      &(message){.number = t->pass,
        .lane = t->lane,
        .at = t->anchor,
        .mask = t->length,
        .x = (float)t->preset});
  }
  l->current = l->next;
  l->next = NONE;
  if (!again) rest(l);
}

// What is due at this block: a take begins, ends, or the next layer is made ready.
static void keep_time(looper *l, const gesto_block *block) {
  if (l->phase == PHASE_REST) return;
  take *t = &l->takes[l->current];
  if (l->phase == PHASE_ARMED && l->now.at >= l->start) {
    l->phase = t->layer ? PHASE_LAYERING : PHASE_RECORDING;
    l->report = true;
  }
  if (l->phase == PHASE_LAYERING && l->next == NONE &&
    l->now.at >= t->end - take_lag(l->now.bar))
    l->next = take_new(l, t->lane, t->end, true);
  if (l->now.at >= t->end) end_take(l, block);
}

// ---- Pads --------------------------------------------------------------------------

static void note_off(
  looper *l, const gesto_block *block, uint32_t source, uint64_t time) {
  for (uint32_t i = 0; i < LIVE; i++) {
    live_note *note = &l->live[i];
    if (!note->used || !note->held || note->source != source) continue;
    uint64_t now = block->position + time;
    note->held = false;
    note->off = now < note->on + NOTE_MIN ? note->on + NOTE_MIN : now;
  }
  for (int i = 0; i < TAKES; i++)
    if (l->takes[i].used) take_note_off(&l->takes[i], source, time);
}

static void record_note(looper *l, const gesto_event *event, const message *m) {
  int64_t pressed = l->now.at + (int64_t)event->time;
  take_note note = {.source = event->source,
    .preset = l->now.preset,
    .pressed = pressed,
    .on = take_moved(pressed, l->now.bar, l->now.steady),
    .pitch = m->x,
    .velocity = m->y};
  // The line that it is near decides where it belongs, however far it is then moved.
  int64_t line = l->now.steady > 0 ? take_moved(pressed, l->now.bar, 1) : pressed;
  const int order[2] = {l->next, l->current};
  for (uint32_t i = 0; i < 2; i++) {
    if (order[i] == NONE) continue;
    take *t = &l->takes[order[i]];
    if (!take_wants(t, line, pressed)) continue;
    if (note.on < t->start) note.on = t->start;
    take_note_on(t, &note);
    return;
  }
}

static void note_on(
  looper *l, const gesto_block *block, const gesto_event *event, const message *m) {
  note_off(l, block, event->source, event->time);
  l->last_live = block->position;
  for (uint32_t i = 0; i < LIVE; i++) {
    if (l->live[i].used) continue;
    l->live[i] = (live_note){.used = true,
      .held = true,
      .source = event->source,
      .pitch = m->x,
      .on = block->position + event->time};
    if (l->now.voices) l->now.voices->note(block, 0, m->x, m->y, (uint32_t)event->time);
    break;
  }
  if (l->runs && l->phase != PHASE_REST) record_note(l, event, m);
}

static void render_live(looper *l, const gesto_block *block) {
  for (uint32_t i = 0; i < LIVE; i++) {
    live_note *note = &l->live[i];
    if (!note->used) continue;
    l->last_live = block->position;
    if (note->held || note->off >= block->position + BLOCK) continue;
    uint32_t at =
      note->off > block->position ? (uint32_t)(note->off - block->position) : 0;
    if (l->now.voices) l->now.voices->note(block, 0, note->pitch, 0, at);
    note->used = false;
  }
  if (l->now.voices && block->position < l->last_live + RING)
    l->now.voices->render(block, 0, block->out);
}

// ---- Words from the stage half --------------------------------------------------------

static void add_spare(looper *l, const message *m) {
  if (l->spare_count == SPARES || m->number >= PASSES) return;
  l->spares[l->spare_count].pass = m->number;
  l->spares[l->spare_count++].tape = m->tape;
}

static void set_playing(looper *l, bool on) {
  if (l->phase != PHASE_REST) return;
  l->report = true;
  l->now.plays = on && l->now.heard;
  if (!l->now.plays || l->runs) return;
  l->runs = true;
  l->now.at = 0;
}

static void toggle(looper *l, uint64_t mask) {
  l->now.heard ^= mask;
  if (l->now.heard == 0 && l->phase == PHASE_REST) l->now.plays = false;
  l->report = true;
}

static void forget(looper *l, const gesto_block *block, uint64_t mask) {
  take_tools with = tools_of(l, block);
  l->now.heard &= ~mask;
  for (int i = 0; i < TAKES; i++)
    if (l->takes[i].used && mask >> l->takes[i].pass & 1) take_drop(&l->takes[i], &with);
  for (uint32_t i = 0; i < PASSES; i++)
    if (mask >> i & 1) l->passes[i] = (kept){.tape = 0};
  uint32_t left = 0;
  for (uint32_t i = 0; i < l->spare_count; i++)
    if (!(mask >> l->spares[i].pass & 1)) l->spares[left++] = l->spares[i];
  l->spare_count = left;
}

static void set_preset(looper *l, const gesto_block *block, uint32_t preset) {
  l->now.preset = preset;
  if (l->now.voices) l->now.voices->instrument(block, 0, preset);
}

static void listen(looper *l, const gesto_block *block, const gesto_event *event) {
  message m = message_of(event);
  switch (event->type) {
  case SAY_NOTE_ON: note_on(l, block, event, &m); break;
  case SAY_NOTE_OFF: note_off(l, block, event->source, event->time); break;
  case SAY_RECORD: record_pressed(l, block, m.lane, false); break;
  case SAY_LAYER: record_pressed(l, block, m.lane, true); break;
  case SAY_CANCEL: cancel(l, block); break;
  case SAY_PLAY: set_playing(l, m.number != 0); break;
  case SAY_TOGGLE: toggle(l, m.mask); break;
  case SAY_MUTE:
    if (m.lane < LANES)
      l->now.muted = (l->now.muted & ~(1u << m.lane)) | m.number << m.lane;
    break;
  case SAY_BAR:
    if (m.number >= 8 * BLOCK && l->phase == PHASE_REST) l->now.bar = m.number;
    break;
  case SAY_STEADY: l->now.steady = m.x; break;
  case SAY_CLICK: l->now.click = m.number != 0; break;
  case SAY_PRESET: set_preset(l, block, m.number); break;
  case SAY_SPARE: add_spare(l, &m); break;
  case SAY_FORGET: forget(l, block, m.mask); break;
  case SAY_RECORD_TAPE:
    l->now.record_tape = m.tape;
    l->now.record_at = 0;
    l->record_asked = false;
    break;
  default: break;
  }
}

// ---- What is heard ------------------------------------------------------------------

static float towards(float from, float to) {
  return from < to ? fminf(from + 0.25f, to) : fmaxf(from - 0.25f, to);
}

static void add_pass(
  looper *l, const gesto_block *block, uint32_t i, float from, float to) {
  float left[BLOCK] = {0}, right[BLOCK] = {0};
  float *const wave[2] = {left, right};
  const kept *k = &l->passes[i];
  int64_t place = (l->now.at - k->anchor) % k->length;
  if (place < 0) place += k->length;
  if (!l->now.tapes->read(block, k->tape, (uint64_t)place, wave)) return;
  for (uint32_t c = 0; c < 2; c++)
    for (uint32_t n = 0; n < BLOCK; n++)
      block->out[c][n] += wave[c][n] * (from + (to - from) * (float)n / BLOCK);
}

static void play_loops(looper *l, const gesto_block *block) {
  if (!l->now.tapes || !l->runs || l->now.at < 0) return;
  float master = l->now.plays ? towards(l->master, 1) : fmaxf(l->master - rest_step, 0);
  float lanes[LANES];
  for (uint32_t i = 0; i < LANES; i++)
    lanes[i] = towards(l->lane_gain[i], l->now.muted >> i & 1 ? 0 : 1);
  for (uint32_t i = 0; i < PASSES; i++) {
    kept *k = &l->passes[i];
    float gain = towards(k->gain, l->now.heard >> i & 1 ? 1.0f : 0.0f);
    float from = k->gain * l->lane_gain[k->lane] * l->master;
    float to = gain * lanes[k->lane] * master;
    k->gain = gain;
    if (k->tape && k->length && (from > 0 || to > 0)) add_pass(l, block, i, from, to);
  }
  for (uint32_t i = 0; i < LANES; i++) l->lane_gain[i] = lanes[i];
  l->master = master;
}

static void print_takes(looper *l, const gesto_block *block) {
  take_tools with = tools_of(l, block);
  for (int i = 0; i < TAKES; i++) {
    take *t = &l->takes[i];
    if (!t->used || take_print(t, &with)) continue;
    tell(block, HEAR_SETTLED, &(message){.number = t->pass});
    take_drop(t, &with);
  }
}

// Loud chords bend softly instead of being cut off.
static float soft(float x) {
  float size = fabsf(x);
  if (size <= 0.7f) return x;
  return copysignf(0.7f + 0.3f * tanhf((size - 0.7f) / 0.3f), x);
}

static void keep_record(looper *l, const gesto_block *block) {
  float peak = 0;
  for (uint32_t c = 0; c < 2; c++)
    for (uint32_t n = 0; n < BLOCK; n++) {
      block->out[c][n] = soft(block->out[c][n]);
      peak = fmaxf(peak, fabsf(block->out[c][n]));
    }
  l->silence = peak > 1e-5f ? 0 : l->silence + 1;
  if (!l->now.record_tape || !l->now.tapes || l->silence >= SILENCE_CUT) return;
  const float *const in[2] = {block->out[0], block->out[1]};
  if (l->now.tapes->write(block, l->now.record_tape, l->now.record_at, in))
    l->now.record_at += BLOCK;
  if (l->record_asked || l->now.record_at < RECORD_ROOM - RECORD_MARGIN) return;
  l->record_asked = true;
  tell(block, HEAR_RECORD_FULL, &(message){.number = 0});
}

static void add_click(looper *l, const gesto_block *block) {
  uint32_t beat = l->now.bar / 4;
  int64_t over = ((l->now.at % beat) + beat) % beat;
  int64_t begins = over ? beat - over : 0; // frames until the next beat
  bool wanted = l->runs && (l->now.click || l->now.at < 0);
  for (uint32_t n = 0; n < BLOCK; n++) {
    if (wanted && n == begins) {
      bool first = (l->now.at + n) % l->now.bar == 0;
      l->click_at = 0;
      l->click_step = (first ? 1320.0f : 880.0f) * 6.2831853f / RATE;
    }
    if (l->click_at >= CLICK_LENGTH) continue;
    float t = (float)l->click_at++;
    float wave = 0.07f * sinf(t * l->click_step) * fminf(t / 96, 1) * expf(-t / 360);
    block->out[0][n] += wave;
    block->out[1][n] += wave;
  }
}

static bool passes_mark(const looper *l) {
  int64_t sixteen = l->now.at * 16 + (int64_t)16 * l->now.bar; // at is never below -bar
  return sixteen / l->now.bar != (sixteen - 16 * BLOCK) / l->now.bar;
}

static void say_now(looper *l, const gesto_block *block) {
  if (!l->report && !(l->runs && passes_mark(l))) return;
  l->report = false;
  tell(block, HEAR_NOW,
    &(message){.at = l->now.at,
      .number = l->phase,
      .lane = l->lane,
      .mask = (l->runs ? 1u : 0u) | (l->now.plays ? 2u : 0u),
      .tape = (uint32_t)(l->now.record_at / BLOCK)});
}

static void move_on(looper *l) {
  if (!l->runs) return;
  l->now.at += BLOCK;
  if (l->phase != PHASE_REST || l->now.plays || l->master > 0) return;
  l->runs = false;
  l->now.at = 0;
  l->report = true;
}

void sound_process(void *sound, const gesto_block *block) {
  looper *l = sound;
  if (!l->tuned) set_preset(l, block, l->now.preset);
  l->tuned = true;
  for (uint32_t i = 0; i < block->event_count; i++) listen(l, block, &block->events[i]);
  keep_time(l, block);
  render_live(l, block);
  play_loops(l, block);
  print_takes(l, block);
  keep_record(l, block);
  add_click(l, block);
  say_now(l, block);
  move_on(l);
}
