// SPDX-License-Identifier: GPL-3.0-or-later
// What the buttons of Loop do, and what its sound half reports back.
#include "loop.h"

void deeds_say(const loop *l, uint16_t kind, const message *m) {
  gesto_event event = message_event(kind, m);
  l->host->to_sound(l->host, &event);
}

static void let_go(loop *l, uint32_t i) {
  l->tapes->drop(l->host, l->passes[i].tape);
  l->passes[i] = (pass){.state = PASS_FREE};
}

// Passes that neither sound nor can be brought back.
static void sweep(loop *l) {
  uint64_t reach = l->heard | history_reach(&l->history), gone = 0;
  for (uint32_t i = 0; i < PASSES; i++) {
    if (l->passes[i].state != PASS_KEPT || reach >> i & 1) continue;
    gone |= 1ull << i;
    let_go(l, i);
  }
  if (gone) deeds_say(l, SAY_FORGET, &(message){.mask = gone});
}

static uint32_t spares(const loop *l) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < PASSES; i++) count += l->passes[i].state == PASS_SPARE;
  return count;
}

// Empty tapes are with the sound half before it needs them.
static bool make_ready(loop *l) {
  if (!l->tapes) return false;
  for (uint32_t i = 0; i < PASSES && spares(l) < SPARES; i++) {
    if (l->passes[i].state != PASS_FREE) continue;
    uint32_t tape = l->tapes->open(l->host, "Layer", (uint64_t)BARS_MAX * loop_bar(l));
    if (tape == 0) break;
    l->passes[i] = (pass){.state = PASS_SPARE, .tape = tape};
    deeds_say(l, SAY_SPARE, &(message){.number = i, .tape = tape});
  }
  return spares(l) > 0;
}

void deeds_new_tempo(loop *l) {
  uint64_t gone = 0;
  for (uint32_t i = 0; i < PASSES; i++) {
    if (l->passes[i].state != PASS_SPARE) continue; // too short or too long now
    gone |= 1ull << i;
    let_go(l, i);
  }
  l->history.count = l->history.done;
  sweep(l);
  if (gone) deeds_say(l, SAY_FORGET, &(message){.mask = gone});
  deeds_say(l, SAY_BAR, &(message){.number = loop_bar(l)});
}

void deeds_record_tape(loop *l) {
  if (l->part_count || !l->tapes) return;
  uint32_t tape = l->tapes->open(l->host, "Mix", RECORD_ROOM);
  if (tape == 0) return;
  l->parts[l->part_count++] = tape;
  deeds_say(l, SAY_RECORD_TAPE, &(message){.tape = tape});
}

static void next_record_tape(loop *l) {
  if (l->part_count == PARTS || !l->tapes) return;
  uint32_t tape = l->tapes->open(l->host, "Mix", RECORD_ROOM);
  if (tape == 0) return;
  l->tapes->close(l->host, l->parts[l->part_count - 1]);
  l->parts[l->part_count++] = tape;
  l->record_blocks = 0;
  deeds_say(l, SAY_RECORD_TAPE, &(message){.tape = tape});
}

// The chosen lane, or the first free one if something goes round there already.
static uint32_t free_lane(const loop *l) {
  if (!loop_lane_first(l, l->lane)) return l->lane;
  for (uint32_t i = 0; i < LANES; i++)
    if (!loop_lane_first(l, i)) return i;
  return LANES;
}

void deeds_record(loop *l) {
  uint32_t lane = l->phase == PHASE_REST ? free_lane(l) : l->take_lane;
  if (lane == LANES) {
    l->notice = N_("All six lanes are in use. Add a layer, or clear a lane.");
    return;
  }
  if (!make_ready(l)) {
    l->notice = N_("There is no room for more layers. All that is there goes on.");
    return;
  }
  if (lane != l->lane) l->host->set_control(l->host, LOOP_LANE, lane);
  deeds_record_tape(l);
  deeds_say(l, SAY_RECORD, &(message){.lane = lane});
}

void deeds_layer(loop *l) {
  if (l->phase == PHASE_REST && !loop_lane_first(l, l->lane)) {
    l->notice = N_("This lane is empty. Record first, then add layers.");
    return;
  }
  if (!make_ready(l)) {
    l->notice = N_("There is no room for more layers. All that is there goes on.");
    return;
  }
  deeds_say(l, SAY_LAYER, &(message){.lane = l->lane});
}

static void turn(loop *l, uint64_t mask) {
  l->heard ^= mask;
  deeds_say(l, SAY_TOGGLE, &(message){.mask = mask});
}

void deeds_undo(loop *l) {
  if (l->phase != PHASE_REST) {
    deeds_say(l, SAY_CANCEL, &(message){.number = 0});
    return;
  }
  turn(l, history_undo(&l->history));
}

void deeds_redo(loop *l) {
  if (l->phase != PHASE_REST) return;
  uint64_t mask = history_redo(&l->history);
  if (!mask) return;
  bool first = l->heard == 0;
  turn(l, mask);
  if (first) deeds_say(l, SAY_PLAY, &(message){.number = 1});
}

void deeds_play(loop *l) {
  if (l->phase != PHASE_REST) return;
  deeds_say(l, SAY_PLAY, &(message){.number = !l->plays});
}

void deeds_mute(loop *l, uint32_t lane) {
  l->muted ^= 1u << lane;
  deeds_say(l, SAY_MUTE, &(message){.lane = lane, .number = l->muted >> lane & 1});
}

void deeds_clear(loop *l) {
  uint64_t mask = 0;
  for (uint32_t i = 0; i < PASSES; i++)
    if (l->heard >> i & 1 && l->passes[i].lane == l->lane) mask |= 1ull << i;
  if (!mask) return;
  if (l->phase != PHASE_REST && l->take_lane == l->lane)
    deeds_say(l, SAY_CANCEL, &(message){.number = 0});
  history_add(&l->history, mask);
  turn(l, mask);
  sweep(l);
}

// ---- From the sound half ----------------------------------------------------------------

static void pass_made(loop *l, const message *m) {
  pass *p = &l->passes[m->number];
  if (p->state != PASS_SPARE) return;
  p->state = PASS_KEPT;
  p->lane = m->lane;
  p->anchor = m->at;
  p->length = (uint32_t)m->mask;
  p->preset = (uint32_t)m->x;
  l->heard |= 1ull << m->number;
  history_add(&l->history, 1ull << m->number);
  sweep(l);
  make_ready(l);
}

static void pass_settled(loop *l, pass *p) {
  if (p->state != PASS_KEPT) return;
  p->settled = true;
  l->tapes->close(l->host, p->tape);
}

static void time_told(loop *l, const message *m) {
  bool turned = l->phase != m->number || l->runs != (m->mask & 1);
  l->at = m->at;
  l->phase = m->number;
  l->take_lane = m->lane < LANES ? m->lane : 0;
  l->runs = m->mask & 1;
  l->plays = m->mask >> 1 & 1;
  l->record_blocks = m->tape;
  l->ticks = 0;
  if (turned) l->host->changed(l->host, 0, 0, 0, 0);
}

void deeds_heard(loop *l, const gesto_event *event) {
  message m = message_of(event);
  if (m.number >= PASSES) return; // phases, too, are fewer
  pass *p = &l->passes[m.number];
  switch (event->type) {
  case HEAR_NOW: time_told(l, &m); break;
  case HEAR_PASS:
    pass_made(l, &m);
    l->host->changed(l->host, 0, 0, 0, 0);
    break;
  case HEAR_COLUMN: {
    uint8_t peak = (uint8_t)(m.x >= 1 ? 255 : m.x * 255);
    if (m.lane < COLUMNS && p->columns[m.lane] < peak) p->columns[m.lane] = peak;
    break;
  }
  case HEAR_SETTLED: pass_settled(l, p); break;
  case HEAR_UNUSED:
    if (p->state != PASS_FREE) let_go(l, m.number);
    break;
  case HEAR_RECORD_FULL: next_record_tape(l); break;
  default: break;
  }
}
