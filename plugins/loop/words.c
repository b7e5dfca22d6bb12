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
  return N_("Sound");
}

const char *loop_word(const loop *l, const char *words) {
  const gesto_words *w = l->host->extension(l->host, GESTO_WORDS);
  return w ? w->word(l->host, words) : words;
}

static size_t put_word(const loop *l, char *text, size_t room, const char *words) {
  return length_of(snprintf(text, room, "%s", loop_word(l, words)), room);
}

size_t words_lane(const loop *l, uint32_t lane, char *text, size_t room) {
  const pass *first = loop_lane_first(l, lane);
  bool busy = l->phase != PHASE_REST && l->take_lane == lane;
  if (busy && l->phase == PHASE_ARMED) return put_word(l, text, room, N_("soon"));
  if (busy) return put_word(l, text, room, N_("recording"));
  if (!first) return put_word(l, text, room, N_("press to choose"));
  if (l->muted >> lane & 1) return put_word(l, text, room, N_("quiet"));
  uint32_t bars = loop_lane_bars(l, lane), layers = loop_lane_layers(l, lane);
  int n =
    snprintf(text, room, loop_word(l, bars == 1 ? N_("%u bar") : N_("%u bars")), bars);
  size_t used = length_of(n, room);
  if (layers > 1)
    n = snprintf(text + used, room - used, loop_word(l, N_(", %u layers")), layers);
  return layers > 1 ? used + length_of(n, room - used) : used;
}

size_t words_phase(const loop *l, char *text, size_t room) {
  int64_t now = loop_now(l), bar = loop_bar(l);
  int64_t since = now - (now / bar) * bar;
  switch (l->phase) {
  case PHASE_ARMED:
    if (now < 0) return put_word(l, text, room, N_("It begins after four counts."));
    return length_of(
      snprintf(text, room, loop_word(l, N_("It begins with the next bar, in %d beats.")),
        (int)((bar - since) * 4 / bar) + 1),
      room);
  case PHASE_RECORDING:
    return put_word(l, text, room, N_("Press Record again, and it goes round."));
  case PHASE_LAYERING:
    return put_word(l, text, room, N_("Each time round is a layer of its own."));
  case PHASE_CLOSING: return put_word(l, text, room, N_("It closes on the bar."));
  default: break;
  }
  const char *words = N_("Press Record when you like, or just play.");
  if (l->heard)
    words = l->plays ? N_("Play along, add a layer, or listen.") : N_("The loops rest.");
  return put_word(l, text, room, words);
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
    snprintf(spots[n - 1].name, sizeof spots[0].name,
      loop_word(l, N_("Lane %u, %s, %s%s")), lane + 1,
      loop_word(l, first ? sound_of(first->preset) : N_("empty")), state,
      lane == l->lane ? loop_word(l, N_(", chosen")) : "");
    if (!first) continue;
    n = put(spots, room, n, &at.mutes[lane], SPOT_MUTE + lane);
    if (n <= room)
      snprintf(spots[n - 1].name, sizeof spots[0].name,
        loop_word(l,
          l->muted >> lane & 1 ? N_("Lane %u, quiet; let it be heard")
                               : N_("Lane %u, heard; make it quiet")),
        lane + 1);
  }
  n = put(spots, room, n, &at.disc, SPOT_DISC);
  static const char *const phases[] = {N_("Record disc"), N_("Record disc, counting"),
    N_("Record disc, recording"), N_("Record disc, adding a layer"),
    N_("Record disc, closing the loop")};
  if (n <= room)
    snprintf(
      spots[n - 1].name, sizeof spots[0].name, "%s", loop_word(l, phases[l->phase % 5]));
  for (uint32_t row = PAD_ROWS; row-- > 0;)
    for (uint32_t column = 0; column < SCALE_NOTES; column++) {
      uint32_t pad = row * SCALE_NOTES + column;
      n = put(spots, room, n, &at.pads[pad], SPOT_PAD + pad);
      if (n <= room)
        snprintf(spots[n - 1].name, sizeof spots[0].name,
          loop_word(l, N_("Pad %s, row %u from the bottom")),
          loop_word(l, scale_note_name(&l->scale, pad)), row + 1);
    }
  return n;
}

size_t words_describe(const void *self, char *text, size_t room) {
  const loop *l = self;
  uint32_t full = 0;
  for (uint32_t i = 0; i < LANES; i++) full += loop_lane_first(l, i) ? 1 : 0;
  char phase[192];
  words_phase(l, phase, sizeof phase);
  int n = snprintf(text, room,
    loop_word(l, N_("Twenty pads and six lanes. Lanes with a loop: %u. %s")), full,
    phase);
  return room ? length_of(n, room) : 0;
}
