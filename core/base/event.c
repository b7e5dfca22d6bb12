// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/event.h"

#include <math.h>
#include <string.h>

// age_us is the last of a pointer event.
enum { POINTER_BYTES = 28 };

static float number(float v) {
  if (isnan(v)) return 0;
  return v + 0.0f; // minus zero becomes zero
}

static float finite_or_zero(float v) { return isfinite(v) ? number(v) : 0; }

static float rounded(float v, float low, float high, float steps_per_one) {
  v = number(v);
  if (v < low) v = low;
  if (v > high) v = high;
  return number(roundf(v * steps_per_one) / steps_per_one);
}

static size_t round_pointer(gesto_event *e) {
  e->as.pointer.x = rounded(e->as.pointer.x, -32768, 32767, 16);
  e->as.pointer.y = rounded(e->as.pointer.y, -32768, 32767, 16);
  e->as.pointer.pressure = rounded(e->as.pointer.pressure, 0, 1, 4096);
  e->as.pointer.tilt_x = rounded(e->as.pointer.tilt_x, -1, 1, 128);
  e->as.pointer.tilt_y = rounded(e->as.pointer.tilt_y, -1, 1, 128);
  return POINTER_BYTES;
}

static size_t round_control(gesto_event *e) {
  const double v = e->as.control.value;
  e->as.control.value = isfinite(v) ? v + 0.0 : 0;
  return 12;
}

static size_t round_three(float *a, float *b, float *c) {
  *a = finite_or_zero(*a);
  *b = finite_or_zero(*b);
  if (c) *c = finite_or_zero(*c);
  return c ? 12 : 8;
}

static size_t round_beat(gesto_event *e) {
  const double v = e->as.beat.tempo;
  e->as.beat.tempo = isfinite(v) ? v + 0.0 : 0;
  return 16;
}

static size_t round_view(gesto_event *e) {
  e->as.view.zoom = rounded(e->as.view.zoom, 1, 8, 4096);
  e->as.view.x = rounded(e->as.view.x, -32768, 32767, 16);
  e->as.view.y = rounded(e->as.view.y, -32768, 32767, 16);
  return 12;
}

static size_t round_text(gesto_event *e) {
  return 8 + strnlen(e->as.text.utf8, sizeof e->as.text.utf8);
}

// Rounds what the type uses and returns how many bytes that are.
static size_t round_used(gesto_event *e) {
  switch (e->type) {
  case GESTO_POINTER_DOWN:
  case GESTO_POINTER_MOVE:
  case GESTO_POINTER_UP:
  case GESTO_POINTER_CANCEL:
  case GESTO_POINTER_HOVER: return round_pointer(e);
  case GESTO_CONTROL_SET:
  case GESTO_ACTION: return round_control(e);
  case GESTO_NOTE_ON:
  case GESTO_NOTE_OFF: return round_three(&e->as.note.pitch, &e->as.note.velocity, NULL);
  case GESTO_BEAT: return round_beat(e);
  case GESTO_STAGE:
    return round_three(&e->as.stage.width, &e->as.stage.height, &e->as.stage.scale);
  case GESTO_LOOK:
    e->as.look.text_scale = finite_or_zero(e->as.look.text_scale);
    return 8;
  case GESTO_TEXT: return round_text(e);
  case GESTO_VIEW: return round_view(e);
  case GESTO_PAUSE:
  case GESTO_RESUME: return 0;
  default: return sizeof e->as.own;
  }
}

void gesto_event_round(gesto_event *event) {
  const size_t used = round_used(event);
  memset(event->as.own + used, 0, sizeof event->as.own - used);
}
