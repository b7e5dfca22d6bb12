// SPDX-License-Identifier: GPL-3.0-or-later
// Loop in words: on the picture, for the focus ring, and for who listens instead of looking.
#include "loop.h"

#include <stdio.h>

static size_t length_of(int n, size_t room) {
  if (n < 0) return 0;
  return (size_t)n < room ? (size_t)n : room - 1;
}

static const char *sound_of(uint32_t preset) {
  for (uint32_t i = 0; i < SOUNDS; i++)
    if (loop_sounds[i].preset == preset) return loop_sounds[i].name;
  return "Sound";
}

static const char *plural(uint32_t n) { return n == 1 ? "" : "s"; }

size_t words_lane(const loop *l, uint32_t lane, char *text, size_t room) {
  const pass *first = loop_lane_first(l, lane);
  bool busy = l->phase != PHASE_REST && l->take_lane == lane;
  if (busy && l->phase == PHASE_ARMED)
    return length_of(snprintf(text, room, "soon"), room);
  if (busy) return length_of(snprintf(text, room, "recording"), room);
  if (!first) return length_of(snprintf(text, room, "press to choose"), room);
  if (l->muted >> lane & 1) return length_of(snprintf(text, room, "quiet"), room);
  uint32_t bars = loop_lane_bars(l, lane), layers = loop_lane_layers(l, lane);
  int n = layers == 1
    ? snprintf(text, room, "%u bar%s", bars, plural(bars))
    : snprintf(text, room, "%u bar%s, %u layers", bars, plural(bars), layers);
  return length_of(n, room);
}

size_t words_phase(const loop *l, char *text, size_t room) {
  int64_t now = loop_now(l), bar = loop_bar(l);
  int64_t since = now - (now / bar) * bar;
  switch (l->phase) {
  case PHASE_ARMED:
    if (now < 0)
      return length_of(snprintf(text, room, "It begins after four counts."), room);
    return length_of(snprintf(text, room, "It begins with the next bar, in %d beats.",
                       (int)((bar - since) * 4 / bar) + 1),
      room);
  case PHASE_RECORDING:
    return length_of(
      snprintf(text, room, "Press Record again, and it goes round."), room);
  case PHASE_LAYERING:
    return length_of(
      snprintf(text, room, "Each time round is a layer of its own."), room);
  case PHASE_CLOSING:
    return length_of(snprintf(text, room, "It closes on the bar."), room);
  default: break;
  }
  const char *words = "Press Record when you like, or just play.";
  if (l->heard)
    words = l->plays ? "Play along, add a layer, or listen." : "The loops rest.";
  return length_of(snprintf(text, room, "%s", words), room);
}

// A place keeps its number while others come and go: the focus stays with it.
enum { SPOT_LANE = 100, SPOT_MUTE = 200, SPOT_DISC = 300, SPOT_PAD = 400 };

static uint32_t put(
  gesto_spot *spots, uint32_t room, uint32_t n, const place *at, uint32_t id) {
  if (n < room)
    spots[n] = (gesto_spot){.x = at->x, .y = at->y, .w = at->w, .h = at->h, .id = id};
  return n + 1;
}

uint32_t words_spots(const void *self, gesto_spot *spots, uint32_t room) {
  const loop *l = self;
  layout at = loop_layout(l);
  uint32_t n = 0;
  for (uint32_t lane = 0; lane < LANES; lane++) {
    place body = at.lanes[lane];
    body.w = at.mutes[lane].x - body.x - 4;
    n = put(spots, room, n, &body, SPOT_LANE + lane);
    if (n > room) continue;
    char state[64];
    const pass *first = loop_lane_first(l, lane);
    words_lane(l, lane, state, sizeof state);
    snprintf(spots[n - 1].name, sizeof spots[0].name, "Lane %u, %s, %s%s", lane + 1,
      first ? sound_of(first->preset) : "empty", state,
      lane == l->lane ? ", chosen" : "");
    if (!first) continue;
    n = put(spots, room, n, &at.mutes[lane], SPOT_MUTE + lane);
    if (n <= room)
      snprintf(spots[n - 1].name, sizeof spots[0].name, "Lane %u, %s", lane + 1,
        l->muted >> lane & 1 ? "quiet; let it be heard" : "heard; make it quiet");
  }
  n = put(spots, room, n, &at.disc, SPOT_DISC);
  static const char *const phases[] = {"Record disc", "Record disc, counting",
    "Record disc, recording", "Record disc, adding a layer",
    "Record disc, closing the loop"};
  if (n <= room)
    snprintf(spots[n - 1].name, sizeof spots[0].name, "%s", phases[l->phase % 5]);
  for (uint32_t row = PAD_ROWS; row-- > 0;)
    for (uint32_t column = 0; column < SCALE_NOTES; column++) {
      uint32_t pad = row * SCALE_NOTES + column;
      n = put(spots, room, n, &at.pads[pad], SPOT_PAD + pad);
      if (n <= room)
        snprintf(spots[n - 1].name, sizeof spots[0].name,
          "Pad %s, row %u from the bottom", scale_note_name(&l->scale, pad), row + 1);
    }
  return n;
}

size_t words_describe(const void *self, char *text, size_t room) {
  const loop *l = self;
  uint32_t full = 0;
  for (uint32_t i = 0; i < LANES; i++) full += loop_lane_first(l, i) ? 1 : 0;
  char phase[96];
  words_phase(l, phase, sizeof phase);
  int n = snprintf(text, room, "Twenty pads, and six lanes of which %u hold%s a loop. %s",
    full, full == 1 ? "s" : "", phase);
  return room ? length_of(n, room) : 0;
}
