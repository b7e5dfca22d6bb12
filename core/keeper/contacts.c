// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/contacts.h"

#include "core/base/ring.h"

static bool is_note(const gesto_event *e) {
  return e->type == GESTO_NOTE_ON || e->type == GESTO_NOTE_OFF;
}

static gesto_event *find(contacts *c, const gesto_event *e) {
  for (uint32_t i = 0; i < c->count; i++) {
    gesto_event *at = &c->down[i];
    if (at->source != e->source || is_note(at) != is_note(e)) continue;
    if (!is_note(e) || at->as.note.pitch == e->as.note.pitch) return at;
  }
  return NULL;
}

static void begin(contacts *c, const gesto_event *e) {
  gesto_event *at = find(c, e);
  if (!at && c->count < CONTACTS_MAX) at = &c->down[c->count++];
  if (at) *at = *e;
}

static void end(contacts *c, const gesto_event *e) {
  gesto_event *at = find(c, e);
  if (at) *at = c->down[--c->count];
}

static void take_event(contacts *c, const gesto_event *e) {
  gesto_event *at = NULL;
  switch (e->type) {
  case GESTO_POINTER_DOWN:
  case GESTO_NOTE_ON: begin(c, e); break;
  case GESTO_POINTER_MOVE:
    at = find(c, e);
    if (at) *at = *e;
    break;
  case GESTO_POINTER_UP:
  case GESTO_POINTER_CANCEL:
  case GESTO_NOTE_OFF: end(c, e); break;
  case GESTO_PAUSE: c->paused = true; break;
  case GESTO_RESUME: c->paused = false; break;
  case GESTO_STAGE: c->stage = *e; break;
  case GESTO_LOOK: c->look = *e; break;
  default: break;
  }
}

void contacts_take(contacts *c, const ring_slot *slot) {
  if (slot->as.event.time > c->time) c->time = slot->as.event.time;
  if (slot->kind != SLOT_EVENT) return;
  c->events++;
  take_event(c, &slot->as.event);
}

gesto_event contacts_ending(const contacts *c, uint32_t i) {
  gesto_event e = c->down[i];
  e.time = c->time;
  e.type = is_note(&e) ? GESTO_NOTE_OFF : GESTO_POINTER_UP;
  if (e.type == GESTO_POINTER_UP) e.as.pointer.age_us = 0;
  return e;
}
