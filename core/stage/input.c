// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/input.h"

#include "core/base/event.h"

#include <stddef.h>
#include <string.h>

// Room that only UP, PAUSE and RESUME may use, so that no contact stays open.
enum { RESERVE = 64 };

static uint64_t room_left(const ring *r) {
  const uint64_t released = atomic_load(&r->head->released);
  const uint64_t used = ring_written(r) - released;
  return used > r->slot_count ? 0 : r->slot_count - used;
}

static bool put(input *in, uint32_t kind, gesto_event *event, uint64_t device_us) {
  if (!in->ring || in->creation == 0) return false;
  const bool vital = event->type == GESTO_POINTER_UP || event->type == GESTO_PAUSE ||
    event->type == GESTO_RESUME;
  in->full = room_left(in->ring) <= RESERVE;
  if (in->full && !vital) return false;
  event->time = exercise_time_stamp(&in->time, device_us);
  gesto_event_round(event);
  ring_slot slot = {.kind = kind, .creation = in->creation};
  slot.as.event = *event;
  if (ring_put(in->ring, &slot) != OK) {
    in->full = true;
    return false;
  }
  in->unrung = true;
  if (kind == SLOT_EVENT) in->event_us = device_us;
  return true;
}

// ---- While an exercise is on its way -----------------------------------------------------

static void forget_waiting(input *in) {
  for (int i = 0; i < INPUT_CONTACTS; i++)
    if (in->contacts[i].waits) in->contacts[i] = (input_contact){0};
}

void input_await(input *in) {
  in->kept.on = true;
  in->kept.count = 0;
  forget_waiting(in);
}

// Of one control that is moved and moved only where it came to is kept.
static bool keep(input_kept *k, const gesto_event *event, uint64_t now_us) {
  const gesto_event *last = k->count ? &k->events[k->count - 1] : NULL;
  const bool again = last && event->type == GESTO_CONTROL_SET &&
    last->type == GESTO_CONTROL_SET && last->as.control.id == event->as.control.id;
  if (again) k->count--;
  if (k->count == INPUT_KEPT) return false;
  k->us[k->count] = now_us;
  k->events[k->count++] = *event;
  return true;
}

// What is typed on holds all that was typed before.
static void forget_text(input_kept *k, uint32_t id) {
  while (k->on && k->count && k->events[k->count - 1].type == GESTO_TEXT &&
    k->events[k->count - 1].as.text.id == id)
    k->count--;
}

static void give_kept(input *in) {
  for (uint32_t i = 0; i < in->kept.count; i++)
    put(in, SLOT_EVENT, &in->kept.events[i], in->kept.us[i]);
  in->kept.count = 0;
}

// A hand that lies on the paper when it comes draws from where it is.
static void let_down(input *in, uint64_t now_us) {
  for (int i = 0; i < INPUT_CONTACTS; i++) {
    input_contact *c = &in->contacts[i];
    if (!c->waits) continue;
    gesto_event e = c->last;
    e.type = GESTO_POINTER_DOWN;
    e.as.pointer.age_us = 0;
    c->began_us = now_us;
    c->waits = false;
    c->open = put(in, SLOT_EVENT, &e, now_us);
  }
}

// ------------------------------------------------------------------------------------------

void input_begin(input *in, ring *r, uint32_t creation, uint64_t passed_us) {
  memset(in, 0, offsetof(input, kept));
  for (int i = 0; i < INPUT_CONTACTS; i++)
    if (!in->contacts[i].waits) in->contacts[i] = (input_contact){0};
  in->kept.on = false;
  in->ring = r;
  in->creation = creation;
  in->paused = true;
  exercise_time_begin(&in->time, passed_us);
}

void input_start(input *in, uint64_t now_us) {
  exercise_time_start(&in->time, now_us);
  in->paused = false;
}

void input_end(input *in, uint64_t now_us) {
  input_let_go(in, now_us);
  input_flush(in);
  in->creation = 0;
  in->kept.on = false;
  in->kept.count = 0;
}

static input_contact *contact_of(input *in, uint32_t source) {
  for (int i = 0; i < INPUT_CONTACTS; i++)
    if (in->contacts[i].open && in->contacts[i].last.source == source)
      return &in->contacts[i];
  return NULL;
}

static input_contact *free_contact(input *in) {
  for (int i = 0; i < INPUT_CONTACTS; i++)
    if (!in->contacts[i].open) return &in->contacts[i];
  return NULL;
}

static bool put_pointer(input *in, gesto_event event, uint64_t device_us) {
  return !in->paused && put(in, SLOT_EVENT, &event, device_us);
}

bool input_pointer(input *in, gesto_event event, uint64_t device_us) {
  const bool down = event.type == GESTO_POINTER_DOWN;
  const bool up = event.type == GESTO_POINTER_UP;
  input_contact *c = contact_of(in, event.source);
  if (down && c) return false;
  if (down) c = free_contact(in);
  if (!c) return false;
  const bool waits = down ? in->kept.on : c->waits;
  if (!waits && !put_pointer(in, event, device_us)) return false;
  if (down) c->began_us = device_us;
  c->open = !up;
  c->waits = waits && !up;
  c->last = event;
  return true;
}

bool input_event(input *in, gesto_event event, uint64_t now_us) {
  if (in->kept.on) return keep(&in->kept, &event, now_us);
  return !in->paused && put(in, SLOT_EVENT, &event, now_us);
}

bool input_tell(input *in, gesto_event event, uint64_t now_us) {
  return put(in, SLOT_EVENT, &event, now_us);
}

bool input_control(input *in, uint32_t type, uint32_t id, double value, uint64_t now_us) {
  gesto_event e = {.type = (uint16_t)type};
  e.as.control.id = id;
  e.as.control.value = value;
  return input_event(in, e, now_us);
}

// How many bytes of `utf8` make a piece of at most `room` that ends between letters.
static size_t piece_of(const char *utf8, size_t room) {
  const size_t n = strlen(utf8);
  if (n <= room) return n;
  size_t cut = room;
  while (cut > 0 && ((unsigned char)utf8[cut] & 0xC0) == 0x80) cut--;
  return cut ? cut : room;
}

bool input_text(input *in, uint32_t id, const char *utf8, uint64_t now_us) {
  bool taken = true;
  forget_text(&in->kept, id);
  do {
    gesto_event e = {.type = GESTO_TEXT};
    const size_t n = piece_of(utf8, sizeof e.as.text.utf8);
    memcpy(e.as.text.utf8, utf8, n);
    utf8 += n;
    e.as.text.id = id;
    e.as.text.last = *utf8 == 0;
    taken = input_event(in, e, now_us);
  } while (taken && *utf8);
  if (!taken) forget_text(&in->kept, id); // no part of it
  return taken;
}

void input_advance(input *in, uint64_t now_us) {
  gesto_event e = {0};
  if (!in->paused) put(in, SLOT_ADVANCE, &e, now_us);
}

void input_take_back(input *in, uint32_t tool, uint64_t within_us, uint64_t now_us) {
  for (int i = 0; i < INPUT_CONTACTS; i++) {
    input_contact *c = &in->contacts[i];
    if (!c->open || c->last.as.pointer.tool != tool) continue;
    if (now_us - c->began_us > within_us) continue;
    gesto_event e = c->last;
    e.type = GESTO_POINTER_CANCEL;
    c->open = !c->waits && !put(in, SLOT_EVENT, &e, now_us);
    c->waits = false;
  }
}

bool input_is_touched(const input *in) {
  for (int i = 0; i < INPUT_CONTACTS; i++)
    if (in->contacts[i].open) return true;
  return false;
}

static void lift(input *in, input_contact *c, uint64_t now_us) {
  gesto_event e = c->last;
  if (!c->open) return;
  e.type = GESTO_POINTER_UP;
  if (!c->waits) put(in, SLOT_EVENT, &e, now_us);
  c->open = c->waits = false;
}

void input_let_go_of(input *in, uint32_t tool, uint64_t now_us) {
  for (int i = 0; i < INPUT_CONTACTS; i++)
    if (in->contacts[i].last.as.pointer.tool == tool) lift(in, &in->contacts[i], now_us);
}

void input_let_go(input *in, uint64_t now_us) {
  for (int i = 0; i < INPUT_CONTACTS; i++) lift(in, &in->contacts[i], now_us);
}

void input_pause(input *in, uint64_t now_us) {
  if (in->paused) return;
  for (int i = 0; i < INPUT_CONTACTS; i++)
    if (!in->contacts[i].waits) lift(in, &in->contacts[i], now_us);
  gesto_event e = {.type = GESTO_PAUSE};
  put(in, SLOT_EVENT, &e, now_us);
  exercise_time_stop(&in->time, now_us);
  in->paused = true;
  input_flush(in);
}

void input_resume(input *in, uint64_t now_us) {
  if (in->paused) {
    exercise_time_start(&in->time, now_us);
    in->paused = false;
    gesto_event e = {.type = GESTO_RESUME};
    put(in, SLOT_EVENT, &e, now_us);
  }
  if (in->creation) {
    give_kept(in);
    let_down(in, now_us);
  }
  input_flush(in);
}

void input_flush(input *in) {
  if (!in->unrung || !in->ring) return;
  in->unrung = false;
  ring_ring(in->ring);
}
