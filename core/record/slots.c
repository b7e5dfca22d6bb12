// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/slots.h"

#include "core/record/bytes.h"

#include <math.h>
#include <string.h>

// A record is a tag byte (low nibble: what, high nibble: which fields follow) and fields.
// docs/session-format.md describes it for readers written without this file.
enum { REC_ADVANCE, REC_DOWN, REC_MOVE, REC_UP, REC_CANCEL, REC_ANY, REC_ANY_ADVANCE };
enum { HAS_SOURCE = 0x10, HAS_TILT = 0x20, HAS_TOOL = 0x40, HAS_AGE = 0x80 };
enum { HEAD_MOST = 10 + 5 + 10, RECORD_MOST = 80, POINTERS = 8 };

// A pointer in the steps that it was rounded to.
typedef struct steps {
  int32_t x, y, pressure, tilt_x, tilt_y;
  uint32_t tool, age_us;
} steps;

typedef struct pointer_past {
  uint32_t source;
  steps last;
  int32_t dx, dy;
} pointer_past;

// What one record can refer to; empty at the start of each batch.
typedef struct past {
  uint64_t time, advance, advance_step;
  uint32_t source;
  pointer_past pointers[POINTERS];
} past;

static pointer_past *pointer_of(past *p, uint32_t source) {
  pointer_past *found = &p->pointers[source % POINTERS];
  if (found->source != source) *found = (pointer_past){.source = source};
  return found;
}

static void remember(pointer_past *p, const steps *now) {
  p->dx = now->x - p->last.x;
  p->dy = now->y - p->last.y;
  p->last = *now;
}

static uint64_t predicted_advance(const past *p) { return p->advance + p->advance_step; }

static void remember_advance(past *p, uint64_t time) {
  // In a batch's first one there is nothing to take a step from but the batch's own time.
  p->advance_step = time - p->advance;
  p->advance = time;
  p->time = time;
}

static void event_of_steps(gesto_event *e, const steps *s) {
  e->as.pointer.x = (float)s->x / 16;
  e->as.pointer.y = (float)s->y / 16;
  e->as.pointer.pressure = (float)s->pressure / 4096;
  e->as.pointer.tilt_x = (float)s->tilt_x / 128;
  e->as.pointer.tilt_y = (float)s->tilt_y / 128;
  e->as.pointer.tool = s->tool;
  e->as.pointer.age_us = s->age_us;
}

static bool is_step(float v, float steps_per_one, float most) {
  return v >= -most && v <= most && v * steps_per_one == floorf(v * steps_per_one);
}

// False if the steps do not hold the event exactly.
static bool steps_of_event(const gesto_event *e, steps *s) {
  const float most = 32768;
  if (!is_step(e->as.pointer.x, 16, most) || !is_step(e->as.pointer.y, 16, most))
    return false;
  if (!is_step(e->as.pointer.pressure, 4096, 1)) return false;
  if (!is_step(e->as.pointer.tilt_x, 128, 1) || !is_step(e->as.pointer.tilt_y, 128, 1))
    return false;
  *s = (steps){
    .x = (int32_t)(e->as.pointer.x * 16),
    .y = (int32_t)(e->as.pointer.y * 16),
    .pressure = (int32_t)(e->as.pointer.pressure * 4096),
    .tilt_x = (int32_t)(e->as.pointer.tilt_x * 128),
    .tilt_y = (int32_t)(e->as.pointer.tilt_y * 128),
    .tool = e->as.pointer.tool,
    .age_us = e->as.pointer.age_us,
  };
  gesto_event again = {.time = e->time, .type = e->type, .source = e->source};
  event_of_steps(&again, s);
  return memcmp(&again, e, sizeof again) == 0;
}

static uint8_t *put_time(uint8_t *to, past *p, uint64_t time) {
  to = bytes_out_signed(to, (int64_t)(time - p->time));
  p->time = time;
  return to;
}

static uint8_t *put_any(uint8_t *to, past *p, uint8_t what, const gesto_event *e) {
  uint8_t size = sizeof e->as.own;
  while (size > 0 && e->as.own[size - 1] == 0) size--;
  *to++ = what;
  to = put_time(to, p, e->time);
  to = bytes_out_varint(to, e->type);
  to = bytes_out_varint(to, e->flags);
  to = bytes_out_varint(to, e->source);
  *to++ = size;
  memcpy(to, e->as.own, size);
  return to + size;
}

static uint8_t *put_pointer(uint8_t *to, past *p, const gesto_event *e, const steps *s) {
  pointer_past *then = pointer_of(p, e->source);
  const steps *last = &then->last;
  uint8_t *tag = to++;
  *tag = (uint8_t)(REC_DOWN + e->type - GESTO_POINTER_DOWN);
  to = put_time(to, p, e->time);
  if (e->source != p->source) {
    *tag |= HAS_SOURCE;
    to = bytes_out_varint(to, e->source);
  }
  to = bytes_out_signed(to, (int64_t)s->x - last->x - then->dx);
  to = bytes_out_signed(to, (int64_t)s->y - last->y - then->dy);
  to = bytes_out_signed(to, s->pressure - last->pressure);
  if (s->tilt_x != last->tilt_x || s->tilt_y != last->tilt_y) {
    *tag |= HAS_TILT;
    to = bytes_out_signed(to, s->tilt_x - last->tilt_x);
    to = bytes_out_signed(to, s->tilt_y - last->tilt_y);
  }
  if (s->tool != last->tool) {
    *tag |= HAS_TOOL;
    to = bytes_out_varint(to, s->tool);
  }
  if (s->age_us) {
    *tag |= HAS_AGE;
    to = bytes_out_varint(to, s->age_us);
  }
  p->source = e->source;
  remember(then, s);
  return to;
}

static uint8_t *put_advance(uint8_t *to, past *p, uint64_t time) {
  *to++ = REC_ADVANCE;
  to = bytes_out_signed(to, (int64_t)(time - predicted_advance(p)));
  remember_advance(p, time);
  return to;
}

static bool is_plain_advance(const gesto_event *e) {
  const gesto_event plain = {.time = e->time};
  return memcmp(&plain, e, sizeof plain) == 0;
}

static uint8_t *put_slot(uint8_t *to, past *p, const ring_slot *slot) {
  const gesto_event *e = &slot->as.event;
  steps s;
  if (slot->kind == SLOT_ADVANCE)
    return is_plain_advance(e) ? put_advance(to, p, e->time)
                               : put_any(to, p, REC_ANY_ADVANCE, e);
  if (e->type >= GESTO_POINTER_DOWN && e->type <= GESTO_POINTER_CANCEL &&
    steps_of_event(e, &s))
    return put_pointer(to, p, e, &s);
  return put_any(to, p, REC_ANY, e);
}

static bool belongs(const ring_slot *first, const ring_slot *slot, uint32_t index) {
  return slot->seq == first->seq + index && slot->creation == first->creation &&
    (slot->kind == SLOT_EVENT || slot->kind == SLOT_ADVANCE);
}

static past past_at(uint64_t time) { return (past){.time = time, .advance = time}; }

size_t slots_encode(
  const ring_slot *slots, uint32_t count, uint32_t *taken, uint8_t *bytes, size_t room) {
  *taken = 0;
  if (count == 0 || room < HEAD_MOST + RECORD_MOST || !belongs(slots, slots, 0)) return 0;
  uint8_t *to = bytes_out_varint(bytes, slots->seq);
  to = bytes_out_varint(to, slots->creation);
  to = bytes_out_varint(to, slots->as.event.time);
  past p = past_at(slots->as.event.time);
  uint32_t n = 0;
  for (; n < count && belongs(slots, &slots[n], n); n++) {
    if (room - (size_t)(to - bytes) < RECORD_MOST) break;
    to = put_slot(to, &p, &slots[n]);
  }
  *taken = n;
  return (size_t)(to - bytes);
}

static uint64_t take_time(bytes_in *in, past *p) {
  p->time += (uint64_t)bytes_in_signed(in);
  return p->time;
}

static uint32_t take_u32(bytes_in *in, uint32_t most) {
  const uint64_t v = bytes_in_varint(in);
  if (v > most) in->bad = true;
  return (uint32_t)v;
}

// `base` plus what is read; bad outside of -most..most.
static int32_t take_step(bytes_in *in, int64_t base, int32_t most) {
  const int64_t v = bytes_in_signed(in);
  if (v < -0x1000000 || v > 0x1000000 || base + v < -most || base + v > most) {
    in->bad = true;
    return 0;
  }
  return (int32_t)(base + v);
}

static void take_any(bytes_in *in, past *p, gesto_event *e) {
  e->time = take_time(in, p);
  e->type = (uint16_t)take_u32(in, UINT16_MAX);
  e->flags = (uint16_t)take_u32(in, UINT16_MAX);
  e->source = take_u32(in, UINT32_MAX);
  const size_t size = bytes_in_u8(in);
  const uint8_t *own = bytes_in_take(in, size);
  if (!own || size > sizeof e->as.own || (size > 0 && own[size - 1] == 0)) in->bad = true;
  if (!in->bad) memcpy(e->as.own, own, size);
}

static void take_pointer(bytes_in *in, past *p, uint8_t tag, gesto_event *e) {
  const int32_t place = 32768 * 16;
  e->type = (uint16_t)(GESTO_POINTER_DOWN + (tag & 15) - REC_DOWN);
  e->time = take_time(in, p);
  if (tag & HAS_SOURCE) p->source = take_u32(in, UINT32_MAX);
  e->source = p->source;
  pointer_past *then = pointer_of(p, e->source);
  steps s = then->last;
  s.x = take_step(in, (int64_t)s.x + then->dx, place);
  s.y = take_step(in, (int64_t)s.y + then->dy, place);
  s.pressure = take_step(in, s.pressure, 4096);
  if (tag & HAS_TILT) {
    s.tilt_x = take_step(in, s.tilt_x, 128);
    s.tilt_y = take_step(in, s.tilt_y, 128);
  }
  if (tag & HAS_TOOL) s.tool = take_u32(in, UINT32_MAX);
  s.age_us = tag & HAS_AGE ? take_u32(in, UINT32_MAX) : 0;
  remember(then, &s);
  event_of_steps(e, &s);
}

static void take_slot(bytes_in *in, past *p, ring_slot *slot) {
  const uint8_t tag = bytes_in_u8(in);
  gesto_event *e = &slot->as.event;
  slot->kind = SLOT_EVENT;
  switch (tag & 15) {
  case REC_DOWN:
  case REC_MOVE:
  case REC_UP:
  case REC_CANCEL: take_pointer(in, p, tag, e); return;
  case REC_ADVANCE:
    slot->kind = SLOT_ADVANCE;
    e->time = predicted_advance(p) + (uint64_t)bytes_in_signed(in);
    remember_advance(p, e->time);
    break;
  case REC_ANY_ADVANCE:
    slot->kind = SLOT_ADVANCE;
    take_any(in, p, e);
    break;
  case REC_ANY: take_any(in, p, e); break;
  default: in->bad = true;
  }
  if (tag & 0xf0) in->bad = true;
}

result slots_decode(
  const uint8_t *bytes, size_t size, ring_slot *slots, uint32_t room, uint32_t *count) {
  *count = 0;
  bytes_in in = {.at = bytes, .end = bytes + size};
  const uint64_t seq = bytes_in_varint(&in);
  const uint32_t creation = take_u32(&in, UINT32_MAX);
  past p = past_at(bytes_in_varint(&in));
  if (in.bad || in.at == in.end) return BAD_DATA;
  uint32_t n = 0;
  for (; in.at < in.end; n++) {
    if (n == room) return TOO_LARGE;
    slots[n] = (ring_slot){.seq = seq + n, .creation = creation};
    take_slot(&in, &p, &slots[n]);
    if (in.bad) return BAD_DATA;
  }
  *count = n;
  return OK;
}

result slots_first_seq(const uint8_t *bytes, size_t size, uint64_t *seq) {
  bytes_in in = {.at = bytes, .end = bytes + size};
  *seq = bytes_in_varint(&in);
  return in.bad ? BAD_DATA : OK;
}

enum { REPORT_MOST = 10 + 10 + 5 + 5 };

size_t reports_encode(const page_report *reports, uint32_t count, uint32_t *taken,
  uint8_t *bytes, size_t room) {
  uint8_t *to = bytes;
  page_report last = {0};
  uint32_t n = 0;
  for (; n < count && room - (size_t)(to - bytes) >= REPORT_MOST; n++) {
    const page_report *now = &reports[n];
    to = bytes_out_varint(to, now->kind);
    to = bytes_out_signed(to, (int64_t)(now->before_seq - last.before_seq));
    to = bytes_out_signed(to, (int64_t)(now->block - last.block));
    to = bytes_out_varint(to, now->count);
    last = *now;
  }
  *taken = n;
  return (size_t)(to - bytes);
}

result reports_decode(const uint8_t *bytes, size_t size, page_report *reports,
  uint32_t room, uint32_t *count) {
  *count = 0;
  bytes_in in = {.at = bytes, .end = bytes + size};
  page_report last = {0};
  uint32_t n = 0;
  if (size == 0) return BAD_DATA;
  for (; in.at < in.end; n++) {
    if (n == room) return TOO_LARGE;
    last.kind = take_u32(&in, UINT32_MAX);
    last.before_seq += (uint64_t)bytes_in_signed(&in);
    last.block += (uint64_t)bytes_in_signed(&in);
    last.count = take_u32(&in, UINT32_MAX);
    if (in.bad) return BAD_DATA;
    reports[n] = last;
  }
  *count = n;
  return OK;
}
