// SPDX-License-Identifier: GPL-3.0-or-later
// The stage half of Loop: what it knows, and what its files do for each other. [stage]
#ifndef LOOP_LOOP_H
#define LOOP_LOOP_H

#include "history.h"
#include "layout.h"
#include "scale.h"

enum { // ids of controls; journals hold them
  LOOP_RECORD = 1,
  LOOP_LAYER,
  LOOP_UNDO,
  LOOP_REDO,
  LOOP_PLAY,
  LOOP_TEMPO,
  LOOP_SCALE,
  LOOP_KEY,
  LOOP_SOUND,
  LOOP_LANE,
  LOOP_STEADY,
  LOOP_CLICK,
  LOOP_MUTE,
  LOOP_CLEAR,
};
enum { FINGERS = 16, NO_PAD = PAD_COUNT, GLOW_TICKS = 8, PARTS = 8, SOUNDS = 8 };
enum { PASS_FREE, PASS_SPARE, PASS_KEPT }; // pass.state

typedef struct pass {
  uint32_t state, tape, lane, length, preset;
  bool settled; // its tape is closed
  int64_t anchor;
  uint8_t columns[COLUMNS]; // loudness, for the picture
} pass;

// Marks words that are put into the language of the screen when they are shown.
#define N_(words) (words)

typedef struct finger {
  bool down;
  uint32_t source, pad; // NO_PAD: between pads
} finger;

typedef struct sound_name {
  const char *key, *name;
  uint32_t preset; // General MIDI
} sound_name;
extern const sound_name loop_sounds[SOUNDS];

typedef struct loop {
  const gesto_host *host;
  const gesto_tapes *tapes;
  const gesto_voices *voices;
  // as the client set it
  double tempo;
  float steady;
  scale scale;
  uint32_t sound, lane, muted;
  bool click;
  // what was made
  pass passes[PASSES];
  uint64_t heard; // bit per pass
  history history;
  uint32_t parts[PARTS], part_count; // tapes of what was heard
  uint32_t record_blocks;            // of the last part
  uint32_t notes;                    // played so far
  // what the sound half said last
  uint32_t phase, take_lane;
  int64_t at;
  bool runs, plays;
  uint32_t ticks; // since then
  // the moment
  float width, height, text_scale;
  finger fingers[FINGERS];
  uint8_t glow[PAD_COUNT];
  const char *notice; // one sentence, or NULL
} loop;

// How the takes, lanes and bars are to be told of.
uint32_t loop_bar(const loop *l);                      // frames
uint32_t loop_lane_bars(const loop *l, uint32_t lane); // 0: empty
uint32_t loop_lane_layers(const loop *l, uint32_t lane);
const pass *loop_lane_first(const loop *l, uint32_t lane); // NULL: empty
int64_t loop_now(const loop *l); // transport, moved on by the ticks since it was said
layout loop_layout(const loop *l);

// hands.c: pointers and notes
void hands_event(loop *l, const gesto_event *event);
bool hands_tick(loop *l); // true while a pad glows
void hands_let_go(loop *l);

// deeds.c: what the buttons do, and what the sound half reports
void deeds_record(loop *l);
void deeds_layer(loop *l);
void deeds_undo(loop *l);
void deeds_redo(loop *l);
void deeds_play(loop *l);
void deeds_mute(loop *l, uint32_t lane);
void deeds_clear(loop *l);
void deeds_new_tempo(loop *l);   // no loop is there, and `tempo` is another than before
void deeds_record_tape(loop *l); // a tape for what is heard, if there is none
void deeds_heard(loop *l, const gesto_event *event);
void deeds_say(const loop *l, uint16_t kind, const message *m);

// words.c: what is said of it, for the picture and for those who do not see it
const char *loop_word(const loop *l, const char *words); // in the language of the screen
size_t words_lane(const loop *l, uint32_t lane, char *text, size_t room);
size_t words_phase(const loop *l, char *text, size_t room);
uint32_t words_spots(const void *self, gesto_spot *spots, uint32_t room);
size_t words_describe(const void *self, char *text, size_t room);

// keep.c: works and state
gesto_result keep_works(const void *self, const gesto_host *host);
gesto_result keep_save(const void *self, const gesto_writer *to, bool with_history);
gesto_result keep_load(void *self, const gesto_reader *from, const char *version);

// draw.c
void draw_loop(const void *self, cairo_t *to, const gesto_frame *frame);

#endif
