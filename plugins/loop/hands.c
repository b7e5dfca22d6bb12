// SPDX-License-Identifier: GPL-3.0-or-later
// Fingers, pens and keys on the stage of Loop.
#include "loop.h"

static finger *finger_of(loop *l, uint32_t source) {
  for (uint32_t i = 0; i < FINGERS; i++)
    if (l->fingers[i].down && l->fingers[i].source == source) return &l->fingers[i];
  return NULL;
}

static void show_pad(loop *l, uint32_t pad) {
  layout at = loop_layout(l);
  const place *p = &at.pads[pad];
  l->host->changed(l->host, p->x - 8, p->y - 8, p->w + 16, p->h + 16);
}

static uint32_t pad_at(const loop *l, float x, float y) {
  layout at = loop_layout(l);
  for (uint32_t i = 0; i < PAD_COUNT; i++)
    if (place_holds(&at.pads[i], x, y)) return i;
  return NO_PAD;
}

static void say_note(
  const loop *l, uint16_t kind, uint32_t source, float pitch, float loud) {
  message m = {.x = pitch, .y = loud};
  gesto_event event = message_event(kind, &m);
  event.source = source;
  l->host->to_sound(l->host, &event);
}

// A device that tells no pressure says 0.5; then lower on the pad is louder.
static float loudness(const loop *l, uint32_t pad, const gesto_event *event) {
  float pressure = event->as.pointer.pressure;
  if (pressure != 0.5f) return 0.25f + 0.65f * pressure;
  layout at = loop_layout(l);
  return 0.5f + 0.35f * (event->as.pointer.y - at.pads[pad].y) / at.pads[pad].h;
}

static void leave_pad(loop *l, finger *f) {
  if (f->pad == NO_PAD) return;
  say_note(l, SAY_NOTE_OFF, f->source, 0, 0);
  show_pad(l, f->pad);
  f->pad = NO_PAD;
}

static void enter_pad(loop *l, finger *f, uint32_t pad, const gesto_event *event) {
  f->pad = pad;
  if (pad == NO_PAD) return;
  say_note(
    l, SAY_NOTE_ON, f->source, scale_pitch(&l->scale, pad), loudness(l, pad, event));
  deeds_record_tape(l);
  l->notes++;
  l->glow[pad] = GLOW_TICKS;
  show_pad(l, pad);
}

// True if a lane, its mute sign or the disc was meant.
static bool press_else(loop *l, float x, float y) {
  layout at = loop_layout(l);
  if (place_holds(&at.disc, x, y)) {
    l->notice = NULL;
    deeds_record(l);
    return true;
  }
  for (uint32_t i = 0; i < LANES; i++) {
    if (!place_holds(&at.lanes[i], x, y)) continue;
    if (loop_lane_first(l, i) && place_holds(&at.mutes[i], x, y))
      deeds_mute(l, i);
    else
      l->host->set_control(l->host, LOOP_LANE, i);
    return true;
  }
  return false;
}

static void put_down(loop *l, const gesto_event *event) {
  float x = event->as.pointer.x, y = event->as.pointer.y;
  finger *f = finger_of(l, event->source);
  if (f) leave_pad(l, f);
  for (uint32_t i = 0; i < FINGERS && !f; i++)
    if (!l->fingers[i].down) f = &l->fingers[i];
  uint32_t pad = pad_at(l, x, y);
  if (pad == NO_PAD && press_else(l, x, y)) {
    l->host->changed(l->host, 0, 0, 0, 0);
    return;
  }
  if (!f) return; // more than sixteen at once
  *f = (finger){.down = true, .source = event->source, .pad = NO_PAD};
  enter_pad(l, f, pad, event);
}

static void slide(loop *l, const gesto_event *event) {
  finger *f = finger_of(l, event->source);
  if (!f) return;
  uint32_t pad = pad_at(l, event->as.pointer.x, event->as.pointer.y);
  if (pad == f->pad) return;
  leave_pad(l, f);
  enter_pad(l, f, pad, event);
}

static void lift(loop *l, uint32_t source) {
  finger *f = finger_of(l, source);
  if (!f) return;
  leave_pad(l, f);
  *f = (finger){.pad = NO_PAD};
}

static void play_key(loop *l, const gesto_event *event) {
  float pitch = scale_nearest(&l->scale, event->as.note.pitch);
  say_note(l, SAY_NOTE_ON, event->source, pitch, event->as.note.velocity);
  deeds_record_tape(l);
  l->notes++;
  for (uint32_t i = 0; i < PAD_COUNT; i++)
    if (scale_pitch(&l->scale, i) == pitch) l->glow[i] = GLOW_TICKS;
}

void hands_event(loop *l, const gesto_event *event) {
  switch (event->type) {
  case GESTO_POINTER_DOWN: put_down(l, event); break;
  case GESTO_POINTER_MOVE: slide(l, event); break;
  case GESTO_POINTER_UP:
  case GESTO_POINTER_CANCEL: lift(l, event->source); break;
  case GESTO_NOTE_ON:
    if (event->as.note.velocity > 0) {
      play_key(l, event);
      break;
    }
    say_note(l, SAY_NOTE_OFF, event->source, 0, 0);
    break;
  case GESTO_NOTE_OFF: say_note(l, SAY_NOTE_OFF, event->source, 0, 0); break;
  default: break;
  }
}

void hands_let_go(loop *l) {
  for (uint32_t i = 0; i < FINGERS; i++)
    if (l->fingers[i].down) lift(l, l->fingers[i].source);
}

bool hands_tick(loop *l) {
  bool glows = false;
  for (uint32_t i = 0; i < PAD_COUNT; i++) {
    if (l->glow[i] == 0) continue;
    glows = true;
    if (--l->glow[i] == 0) show_pad(l, i);
  }
  return glows;
}
