// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/event.h"

#include <math.h>
#include <string.h>

static float rounded(float value, float steps, float low, float high) {
  if (!(value == value)) return 0; // not a number
  if (value < low) value = low;
  if (value > high) value = high;
  return floorf(value * steps + 0.5f) / steps + 0.0f; // never a negative zero
}

static double finite(double value) { return value == value ? value + 0.0 : 0.0; }

static void round_pointer(const gesto_event *from, gesto_event *to) {
  to->as.pointer.x = rounded(from->as.pointer.x, 16, -32768, 32767);
  to->as.pointer.y = rounded(from->as.pointer.y, 16, -32768, 32767);
  to->as.pointer.pressure = rounded(from->as.pointer.pressure, 4096, 0, 1);
  to->as.pointer.tilt_x = rounded(from->as.pointer.tilt_x, 128, -1, 1);
  to->as.pointer.tilt_y = rounded(from->as.pointer.tilt_y, 128, -1, 1);
  to->as.pointer.tool = from->as.pointer.tool;
  to->as.pointer.age_us = from->as.pointer.age_us;
}

static void round_text(const gesto_event *from, gesto_event *to) {
  to->as.text.id = from->as.text.id;
  to->as.text.last = from->as.text.last;
  memcpy(to->as.text.utf8, from->as.text.utf8,
    strnlen(from->as.text.utf8, sizeof to->as.text.utf8));
}

// Only what the type uses is carried over; all else stays zero.
void gesto_event_round(gesto_event *event) {
  const gesto_event from = *event;
  gesto_event to;
  memset(&to, 0, sizeof to);
  to.time = from.time;
  to.type = from.type;
  to.flags = from.flags;
  to.source = from.source;
  switch (from.type) {
  case GESTO_POINTER_DOWN: case GESTO_POINTER_MOVE: case GESTO_POINTER_UP:
  case GESTO_POINTER_CANCEL: case GESTO_POINTER_HOVER: round_pointer(&from, &to); break;
  case GESTO_CONTROL_SET: case GESTO_ACTION:
    to.as.control.value = finite(from.as.control.value);
    to.as.control.id = from.as.control.id;
    break;
  case GESTO_NOTE_ON: case GESTO_NOTE_OFF:
    to.as.note.pitch = (float)finite(from.as.note.pitch);
    to.as.note.velocity = rounded(from.as.note.velocity, 4096, 0, 1);
    break;
  case GESTO_BEAT:
    to.as.beat.tempo = finite(from.as.beat.tempo);
    to.as.beat.bar = from.as.beat.bar;
    to.as.beat.beat = from.as.beat.beat;
    break;
  case GESTO_STAGE:
    to.as.stage.width = rounded(from.as.stage.width, 16, 0, 32767);
    to.as.stage.height = rounded(from.as.stage.height, 16, 0, 32767);
    to.as.stage.scale = (float)finite(from.as.stage.scale);
    break;
  case GESTO_LOOK:
    to.as.look.flags = from.as.look.flags;
    to.as.look.text_scale = (float)finite(from.as.look.text_scale);
    break;
  case GESTO_TEXT: round_text(&from, &to); break;
  case GESTO_PAUSE: case GESTO_RESUME: break;
  default: memcpy(to.as.own, from.as.own, sizeof to.as.own);
  }
  memcpy(event, &to, sizeof to);
}
