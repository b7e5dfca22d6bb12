// SPDX-License-Identifier: GPL-3.0-or-later
// Loop: pads on which nothing rubs, and lanes that keep what was played going round.
#include "loop.h"

#include "sound.h"

#include <stdlib.h>

const sound_name loop_sounds[SOUNDS] = {
  {"warm-keys", "Warm keys", 4},
  {"soft-bell", "Soft bell", 11},
  {"music-box", "Music box", 10},
  {"thumb-piano", "Thumb piano", 108},
  {"guitar", "Guitar", 24},
  {"marimba", "Marimba", 12},
  {"soft-strings", "Soft strings", 49},
  {"low-hum", "Low hum", 53},
};

uint32_t loop_bar(const loop *l) { return message_bar_frames(l->tempo); }

const pass *loop_lane_first(const loop *l, uint32_t lane) {
  for (uint32_t i = 0; i < PASSES; i++)
    if (l->heard >> i & 1 && l->passes[i].lane == lane) return &l->passes[i];
  return NULL;
}

uint32_t loop_lane_bars(const loop *l, uint32_t lane) {
  const pass *p = loop_lane_first(l, lane);
  return p ? p->length / loop_bar(l) : 0;
}

uint32_t loop_lane_layers(const loop *l, uint32_t lane) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < PASSES; i++)
    if (l->heard >> i & 1 && l->passes[i].lane == lane) count++;
  return count;
}

int64_t loop_now(const loop *l) {
  int64_t moved = (int64_t)l->ticks * (RATE / 60), most = loop_bar(l) / 8;
  return l->at + (l->runs ? (moved < most ? moved : most) : 0);
}

layout loop_layout(const loop *l) {
  return layout_make(l->width, l->height, l->text_scale);
}

static void *create(const gesto_host *host) {
  loop *l = calloc(1, sizeof *l);
  if (!l) return NULL;
  *l = (loop){.host = host,
    .tempo = 90,
    .steady = 1,
    .scale = {.key = 9},
    .width = 1280,
    .height = 700,
    .text_scale = 1,
    .tapes = host->extension(host, GESTO_TAPES),
    .voices = host->extension(host, GESTO_VOICES)};
  return l;
}

static void destroy(void *self) { free(self); }

// The first loop was recorded at a tempo; as long as it is there, that tempo stays.
static void set_tempo(loop *l, double tempo) {
  if (tempo == l->tempo) return;
  if (l->heard || l->phase != PHASE_REST) {
    l->host->set_control(l->host, LOOP_TEMPO, l->tempo);
    l->notice = N_("The tempo stays as it is while there are loops.");
    return;
  }
  l->tempo = tempo;
  deeds_new_tempo(l);
}

static void set_lane(loop *l, double value) {
  l->lane = value >= 0 && value < LANES ? (uint32_t)value : 0;
}

static void set_control(loop *l, uint32_t id, double value) {
  uint32_t whole = value > 0 ? (uint32_t)value : 0;
  switch (id) {
  case LOOP_TEMPO: set_tempo(l, value); break;
  case LOOP_SCALE:
    hands_let_go(l);
    l->scale.kind = whole < SCALE_COUNT ? whole : 0;
    break;
  case LOOP_KEY:
    hands_let_go(l);
    l->scale.key = whole < KEY_COUNT ? whole : 0;
    break;
  case LOOP_SOUND:
    l->sound = whole < SOUNDS ? whole : 0;
    deeds_say(l, SAY_PRESET, &(message){.number = loop_sounds[l->sound].preset});
    break;
  case LOOP_LANE: set_lane(l, value); break;
  case LOOP_STEADY:
    l->steady = (float)value;
    deeds_say(l, SAY_STEADY, &(message){.x = l->steady});
    break;
  case LOOP_CLICK:
    l->click = whole != 0;
    deeds_say(l, SAY_CLICK, &(message){.number = whole});
    break;
  default: break;
  }
}

static void act(loop *l, uint32_t id) {
  l->notice = NULL;
  switch (id) {
  case LOOP_RECORD: deeds_record(l); break;
  case LOOP_LAYER: deeds_layer(l); break;
  case LOOP_UNDO: deeds_undo(l); break;
  case LOOP_REDO: deeds_redo(l); break;
  case LOOP_PLAY: deeds_play(l); break;
  case LOOP_MUTE: deeds_mute(l, l->lane); break;
  case LOOP_CLEAR: deeds_clear(l); break;
  default: break;
  }
}

static void event(void *self, const gesto_event *event) {
  loop *l = self;
  switch (event->type) {
  case GESTO_STAGE:
    l->width = event->as.stage.width;
    l->height = event->as.stage.height;
    break;
  case GESTO_LOOK: l->text_scale = event->as.look.text_scale; break;
  case GESTO_CONTROL_SET:
    set_control(l, event->as.control.id, event->as.control.value);
    break;
  case GESTO_ACTION: act(l, event->as.control.id); break;
  case GESTO_PAUSE: hands_let_go(l); break;
  default:
    if (event->type >= GESTO_OWN) {
      deeds_heard(l, event); // says itself what changed
      return;
    }
    hands_event(l, event);
    if (event->type >= GESTO_POINTER_DOWN && event->type <= GESTO_POINTER_CANCEL) return;
  }
  l->host->changed(l->host, 0, 0, 0, 0);
}

// The lines that move across the lanes, and the ring.
static void show_time(loop *l) {
  layout at = loop_layout(l);
  for (uint32_t i = 0; i < LANES; i++) {
    const place *bed = &at.beds[i];
    if (loop_lane_first(l, i) || (l->phase != PHASE_REST && l->take_lane == i))
      l->host->changed(l->host, bed->x, bed->y, bed->w, bed->h);
  }
  l->host->changed(l->host, at.card.x, at.card.y, at.card.w, at.card.h);
}

static bool tick(void *self) {
  loop *l = self;
  bool glows = hands_tick(l);
  l->ticks++;
  if (l->runs && l->ticks % 2 == 0) show_time(l);
  return l->runs || glows;
}

static void *open_sound(const void *self, double rate, uint32_t frames, uint64_t seed) {
  (void)seed;
  const loop *l = self;
  if (rate != RATE || frames != BLOCK) return NULL;
  sound_start start = {.voices = l->voices,
    .tapes = l->tapes,
    .bar = loop_bar(l),
    .preset = loop_sounds[l->sound].preset,
    .steady = l->steady,
    .click = l->click,
    .plays = l->plays,
    .muted = l->muted,
    .heard = l->heard,
    .at = l->at,
    .record_tape = l->part_count ? l->parts[l->part_count - 1] : 0,
    .record_at = (uint64_t)l->record_blocks * BLOCK};
  for (uint32_t i = 0; i < PASSES; i++) {
    const pass *p = &l->passes[i];
    if (p->state != PASS_KEPT) continue;
    start.passes[i].tape = p->tape;
    start.passes[i].lane = p->lane;
    start.passes[i].length = p->length;
    start.passes[i].anchor = p->anchor;
  }
  return sound_create(&start);
}

static const void *extension(const char *id) {
  static const gesto_sound sound = {.size = sizeof sound,
    .open = open_sound,
    .close = sound_destroy,
    .process = sound_process};
  static const gesto_spots spots = {
    .size = sizeof spots, .list = words_spots, .describe = words_describe};
  if (__builtin_strcmp(id, GESTO_SOUND) == 0) return &sound;
  if (__builtin_strcmp(id, GESTO_SPOTS) == 0) return &spots;
  return NULL;
}

// ---- Declarations --------------------------------------------------------------------

static const gesto_choice scales[] = {{"gentle", "Gentle"}, {"bright", "Bright"},
  {"open", "Open"}, {"night", "Night"}, {NULL, NULL}};
static const gesto_choice keys[] = {{"c", "C"}, {"c-sharp", "C sharp"}, {"d", "D"},
  {"e-flat", "E flat"}, {"e", "E"}, {"f", "F"}, {"f-sharp", "F sharp"}, {"g", "G"},
  {"a-flat", "A flat"}, {"a", "A"}, {"b-flat", "B flat"}, {"b", "B"}, {NULL, NULL}};
static const gesto_choice sounds[] = {{"warm-keys", "Warm keys"},
  {"soft-bell", "Soft bell"}, {"music-box", "Music box"}, {"thumb-piano", "Thumb piano"},
  {"guitar", "Guitar"}, {"marimba", "Marimba"}, {"soft-strings", "Soft strings"},
  {"low-hum", "Low hum"}, {NULL, NULL}};
static const gesto_choice lanes[] = {{"1", "Lane 1"}, {"2", "Lane 2"}, {"3", "Lane 3"},
  {"4", "Lane 4"}, {"5", "Lane 5"}, {"6", "Lane 6"}, {NULL, NULL}};

#define CONTROL .size = sizeof(gesto_control)
static const gesto_control controls[] = {
  {CONTROL, .id = LOOP_RECORD, .kind = GESTO_BUTTON, .flags = GESTO_AT_HAND,
    .key = "record", .name = "Record", .keys = "r",
    .hint = "It starts on the next bar. Press again, and what you played goes round."},
  {CONTROL, .id = LOOP_LAYER, .kind = GESTO_BUTTON, .flags = GESTO_AT_HAND,
    .key = "layer", .name = "Add layer", .keys = "l",
    .hint =
      "Plays along with the loop that is there. Each time round is a layer of its own."},
  {CONTROL, .id = LOOP_UNDO, .kind = GESTO_BUTTON,
    .flags = GESTO_AT_HAND | GESTO_UNDOABLE, .key = "undo", .name = "Undo",
    .keys = "u ctrl+z", .hint = "Takes back the last layer and nothing else."},
  {CONTROL, .id = LOOP_REDO, .kind = GESTO_BUTTON,
    .flags = GESTO_AT_HAND | GESTO_UNDOABLE, .key = "redo", .name = "Redo",
    .keys = "ctrl+y"},
  {CONTROL, .id = LOOP_PLAY, .kind = GESTO_BUTTON, .flags = GESTO_AT_HAND, .key = "play",
    .name = "Play or rest", .keys = "p",
    .hint = "Lets the loops rest, or begins them again."},
  {CONTROL, .id = LOOP_TEMPO, .kind = GESTO_RANGE, .flags = GESTO_AT_HAND, .key = "tempo",
    .name = "Tempo", .unit = "beats per minute", .low = 50, .high = 120, .step = 1,
    .initial = 90, .hint = "It stays as it is while there are loops."},
  {CONTROL, .id = LOOP_SCALE, .kind = GESTO_CHOICE, .key = "scale", .name = "Scale",
    .choices = scales, .high = SCALE_COUNT - 1, .step = 1},
  {CONTROL, .id = LOOP_KEY, .kind = GESTO_CHOICE, .key = "key", .name = "Key",
    .choices = keys, .high = KEY_COUNT - 1, .step = 1, .initial = 9},
  {CONTROL, .id = LOOP_SOUND, .kind = GESTO_CHOICE, .flags = GESTO_AT_HAND,
    .key = "sound", .name = "Sound", .choices = sounds, .high = SOUNDS - 1, .step = 1},
  {CONTROL, .id = LOOP_LANE, .kind = GESTO_CHOICE, .key = "lane", .name = "Lane",
    .choices = lanes, .high = LANES - 1, .step = 1},
  {CONTROL, .id = LOOP_STEADY, .kind = GESTO_RANGE, .key = "steady",
    .name = "Steady beat", .low = 0, .high = 1, .step = 0.25, .initial = 1,
    .hint =
      "How far recorded notes are moved to the beat. What you hear at once is not."},
  {CONTROL, .id = LOOP_CLICK, .kind = GESTO_TOGGLE, .key = "click", .name = "Click",
    .high = 1, .step = 1},
  {CONTROL, .id = LOOP_MUTE, .kind = GESTO_BUTTON, .flags = GESTO_UNDOABLE, .key = "mute",
    .name = "Quiet lane", .keys = "m",
    .hint = "The chosen lane is silent, or heard again."},
  {CONTROL, .id = LOOP_CLEAR, .kind = GESTO_BUTTON, .flags = GESTO_UNDOABLE,
    .key = "clear", .name = "Clear lane",
    .hint = "Empties the chosen lane. Undo brings it back."},
  {.size = 0},
};
#undef CONTROL
static const char *const goals[] = {"express", "energise", "connect", NULL};
static const gesto_purpose purpose = {.size = sizeof purpose,
  .goals = goals,
  .invitation =
    "You could play a few notes and let them go round. Every pad fits every other.",
  .why =
    "Many people find that making or hearing music changes how they feel. What calms one "
    "person may not calm another.",
  .steps =
    "Press a pad, any pad\nPress Record, play along, press it again\nAdd a layer, or "
    "take one back\nStop whenever you like; it is kept as you choose",
  .care =
    "If sounds easily become too much, begin with the volume low and one lane only.",
  .sources =
    "de Witte et al. 2019 (104 trials, mixed results); Adiasto et al. 2022 (no clear "
    "effect on recovery from stress)."};

GESTO_EXPORT const gesto_exercise gesto_entry = {.abi = GESTO_ABI,
  .size = sizeof gesto_entry,
  .needs = GESTO_VERSION(1, 0),
  .wants = GESTO_WANTS_SOUND | GESTO_WANTS_VOICES,
  .id = "org.gesto.loop",
  .name = "Loop",
  .version = "1.0",
  .author = "Gesto",
  .licence = "GPL-3.0-or-later",
  .purpose = &purpose,
  .controls = controls,
  .create = create,
  .destroy = destroy,
  .event = event,
  .tick = tick,
  .draw = draw_loop,
  .works = keep_works,
  .save = keep_save,
  .load = keep_load,
  .extension = extension};
