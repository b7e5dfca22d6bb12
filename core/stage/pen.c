// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/pen.h"

#include "core/api/gesto.h"

#include <math.h>

enum { PEN_SOURCE = 2 }; // as a contact's source

static void look_for_devices(pen *p) {
  p->count = p->reader->devices(p->reader, p->devices);
}

void pen_begin(pen *p, pen_reader *reader) {
  *p = (pen){.reader = reader};
  if (reader) look_for_devices(p);
}

void pen_finish(pen *p) {
  if (p->reader) p->reader->close(p->reader);
  *p = (pen){0};
}

void pen_seen(pen *p, uint64_t now_us) { p->seen_us = now_us; }

bool pen_is_near(const pen *p, uint64_t now_us) {
  for (uint32_t i = 0; i < p->count; i++)
    if (p->devices[i].down) return true;
  return p->seen_us && now_us - p->seen_us < PEN_NEAR_US;
}

static pen_device *device_of(pen *p, int32_t id) {
  for (uint32_t i = 0; i < p->count; i++)
    if (p->devices[i].id == id) return &p->devices[i];
  return NULL;
}

static void remember(pen_device *d, const pen_report *r) {
  for (uint32_t i = 0; i < PEN_AXES; i++)
    if (r->named & 1u << i) d->last[i] = r->values[i];
}

// 0 to 1 between the axis's ends.
static double part_of(const pen_device *d, const pen_axis *a, double otherwise) {
  if (a->number < 0 || a->number >= PEN_AXES || !(a->high > a->low)) return otherwise;
  const double part = (d->last[a->number] - a->low) / (a->high - a->low);
  return isfinite(part) ? fmin(fmax(part, 0), 1) : otherwise;
}

// Upright is in the middle of the axis.
static double tilt_of(const pen_device *d, const pen_axis *a) {
  return part_of(d, a, 0.5) * 2 - 1;
}

static phase phase_of(pen_device *d, pen_deed deed) {
  const bool was = d->down;
  if (deed == PEN_PRESSED) d->down = true;
  if (deed == PEN_LIFTED) d->down = false;
  if (d->down) return was ? PHASE_MOVE : PHASE_DOWN;
  return was ? PHASE_UP : PHASE_HOVER;
}

static pointer pointer_of(
  pen_device *d, const pen_report *r, double scale, uint64_t now) {
  remember(d, r);
  const phase what = phase_of(d, r->deed);
  return (pointer){.phase = what,
    .source = PEN_SOURCE,
    .tool = d->eraser ? GESTO_ERASER : GESTO_PEN,
    .x = r->x / scale,
    .y = r->y / scale,
    .pressure = what == PHASE_HOVER ? 0 : part_of(d, &d->pressure, 0.5),
    .tilt_x = tilt_of(d, &d->tilt_x),
    .tilt_y = tilt_of(d, &d->tilt_y),
    .time_us = r->time_us ? r->time_us : now};
}

// One that went away while it was down lifts: no line is lost.
static bool lift_gone(pen *p, uint64_t now_us, pointer *to) {
  pen_device was[PEN_DEVICES];
  const uint32_t count = p->count;
  for (uint32_t i = 0; i < count; i++) was[i] = p->devices[i];
  look_for_devices(p);
  bool lifted = false;
  for (uint32_t i = 0; i < count; i++) {
    pen_device *again = device_of(p, was[i].id);
    if (again) again->down = was[i].down;
    if (again || !was[i].down) continue;
    *to = (pointer){.phase = PHASE_CANCEL,
      .source = PEN_SOURCE,
      .tool = was[i].eraser ? GESTO_ERASER : GESTO_PEN,
      .time_us = now_us};
    lifted = true;
  }
  return lifted;
}

bool pen_next(pen *p, double scale, uint64_t now_us, pointer *to) {
  pen_report r;
  while (p->reader && p->reader->next(p->reader, &r)) {
    if (r.deed == PEN_DEVICES_CHANGED) {
      if (lift_gone(p, now_us, to)) return true;
      continue;
    }
    pen_device *d = device_of(p, r.device);
    if (!d) continue;
    *to = pointer_of(d, &r, scale, now_us);
    p->seen_us = now_us;
    return true;
  }
  return false;
}
