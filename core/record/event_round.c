// SPDX-License-Identifier: GPL-3.0-or-later
// The one rounding that live input, journal and script have in common.
#include "core/record/slots.h"

#include <math.h>
#include <string.h>

// Minus zero becomes zero, so that equal places have equal bytes.
static float plain(float v) { return isfinite(v) ? v + 0.0f : 0; }

static double plain_wide(double v) { return isfinite(v) ? v + 0.0 : 0; }

static float rounded(float v, float low, float high, float steps_per_one) {
  if (isnan(v)) return 0;
  if (v < low) v = low;
  if (v > high) v = high;
  return plain(roundf(v * steps_per_one) / steps_per_one);
}

static size_t round_pointer(gesto_event *e) {
  e->as.pointer.x = rounded(e->as.pointer.x, -32768, 32767, 16);
  e->as.pointer.y = rounded(e->as.pointer.y, -32768, 32767, 16);
  e->as.pointer.pressure = rounded(e->as.pointer.pressure, 0, 1, 4096);
  e->as.pointer.tilt_x = rounded(e->as.pointer.tilt_x, -1, 1, 128);
  e->as.pointer.tilt_y = rounded(e->as.pointer.tilt_y, -1, 1, 128);
  return 5 * sizeof(float) + 2 * sizeof(uint32_t);
}

static size_t round_stage(gesto_event *e) {
  e->as.stage.width = plain(e->as.stage.width);
  e->as.stage.height = plain(e->as.stage.height);
  e->as.stage.scale = plain(e->as.stage.scale);
  return 3 * sizeof(float);
}

// Rounds what the type uses and returns how many bytes that are.
static size_t round_used(gesto_event *e) {
  switch (e->type) {
  case GESTO_POINTER_DOWN: case GESTO_POINTER_MOVE: case GESTO_POINTER_UP:
  case GESTO_POINTER_CANCEL: case GESTO_POINTER_HOVER:
    return round_pointer(e);
  case GESTO_CONTROL_SET: case GESTO_ACTION:
    e->as.control.value = plain_wide(e->as.control.value);
    return sizeof(double) + sizeof(uint32_t);
  case GESTO_NOTE_ON: case GESTO_NOTE_OFF:
    e->as.note.pitch = plain(e->as.note.pitch);
    e->as.note.velocity = plain(e->as.note.velocity);
    return 2 * sizeof(float);
  case GESTO_BEAT:
    e->as.beat.tempo = plain_wide(e->as.beat.tempo);
    return sizeof(double) + 2 * sizeof(uint32_t);
  case GESTO_STAGE:
    return round_stage(e);
  case GESTO_LOOK:
    e->as.look.text_scale = plain(e->as.look.text_scale);
    return sizeof(uint32_t) + sizeof(float);
  case GESTO_TEXT:
    return 2 * sizeof(uint32_t) + strnlen(e->as.text.utf8, sizeof e->as.text.utf8);
  case GESTO_PAUSE: case GESTO_RESUME:
    return 0;
  default:
    return sizeof e->as.own;
  }
}

void gesto_event_round(gesto_event *event) {
  const size_t used = round_used(event);
  memset(event->as.own + used, 0, sizeof event->as.own - used);
}
