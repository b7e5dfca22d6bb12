// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/track.h"

#include "core/base/io.h"
#include "core/base/ring.h"
#include "core/keeper/track_scan.h"
#include "core/record/journal.h"

#include <stdlib.h>
#include <string.h>

// Frames since the last sync, one after the other: head, payload.
typedef struct tail_head {
  uint32_t size;
  uint8_t type, flags;
} tail_head;

struct track {
  track_place place;
  uint8_t session[16], writer[8];
  journal *file;
  uint32_t file_number; // 1: process.journal
  bool spoilt, new_file;
  char *begin_json;
  uint64_t first_seq, last_seq;
  contacts contacts;
  uint8_t *tail;
  size_t tail_size, tail_room, tail_given;
};

static track *track_new(const track_place *place, const char *begin_json) {
  track *t = calloc(1, sizeof *t);
  if (!t) return NULL;
  t->place = *place;
  memcpy(t->session, place->session, sizeof t->session);
  memcpy(t->writer, place->writer, sizeof t->writer);
  t->begin_json = strdup(begin_json);
  if (!t->begin_json) {
    free(t);
    return NULL;
  }
  return t;
}

static result open_new_file(track *t) {
  result done = EXISTS;
  while (done == EXISTS && t->file_number < 99) {
    char name[32];
    track_file_name(++t->file_number, name);
    done = journal_create(&t->file, t->place.dir, name, t->session, t->writer);
  }
  if (done == OK) {
    done = journal_append(t->file, FRAME_BEGIN, FRAME_CRITICAL, t->begin_json,
      (uint32_t)strlen(t->begin_json));
  }
  t->new_file = true;
  t->spoilt = done != OK;
  return done;
}

result track_begin(track **made, const track_place *place, const char *begin_json) {
  *made = NULL;
  track *t = track_new(place, begin_json);
  if (!t) return NO_MEMORY;
  result done = open_new_file(t);
  if (done != OK) {
    track_destroy(t);
    return done;
  }
  *made = t;
  return OK;
}

result track_resume(track **made, const track_place *place) {
  *made = NULL;
  track_findings found = {0};
  result done = track_scan(place->dir, &found);
  if (done != OK) return done;
  track *t = track_new(place, found.begin_json);
  if (t) {
    t->first_seq = found.first_seq;
    t->last_seq = found.last_seq;
    t->contacts = found.contacts;
    t->file_number = found.files;
  }
  free(found.begin_json);
  if (!t) return NO_MEMORY;
  char name[32];
  track_file_name(t->file_number, name);
  done = journal_open(&t->file, t->place.dir, name);
  if (done != OK) done = open_new_file(t);
  if (done != OK) {
    track_destroy(t);
    return done;
  }
  *made = t;
  return OK;
}

void track_destroy(track *t) {
  if (!t) return;
  journal_close(t->file);
  free(t->begin_json);
  free(t->tail);
  free(t);
}

static result remember(track *t, const tail_head *head, const void *payload) {
  size_t want = t->tail_size + sizeof *head + head->size;
  if (want > t->tail_room) {
    size_t room = want * 2 + 4096;
    uint8_t *larger = realloc(t->tail, room);
    if (!larger) return NO_MEMORY;
    t->tail = larger;
    t->tail_room = room;
  }
  memcpy(t->tail + t->tail_size, head, sizeof *head);
  memcpy(t->tail + t->tail_size + sizeof *head, payload, head->size);
  t->tail_size = want;
  return OK;
}

result track_append(
  track *t, uint8_t type, uint8_t flags, const void *payload, uint32_t size) {
  tail_head head = {.size = size, .type = type, .flags = flags};
  result kept = remember(t, &head, payload);
  if (kept != OK) return kept;
  if (t->spoilt) return FAILED;
  result done = journal_append(t->file, type, flags, payload, size);
  if (done != OK) t->spoilt = true;
  return done;
}

void track_saw(track *t, const ring_slot *slot) {
  if (t->first_seq == 0) t->first_seq = slot->seq;
  t->last_seq = slot->seq;
  contacts_take(&t->contacts, slot);
}

static result append_tail(track *t) {
  result done = OK;
  for (size_t at = 0; done == OK && at < t->tail_size;) {
    tail_head head;
    memcpy(&head, t->tail + at, sizeof head);
    at += sizeof head;
    done = journal_append(t->file, head.type, head.flags, t->tail + at, head.size);
    at += head.size;
  }
  return done;
}

result track_renew(track *t) {
  journal_close(t->file);
  t->file = NULL;
  t->tail_given = 0;
  result done = open_new_file(t);
  if (done == OK) done = append_tail(t);
  t->spoilt = done != OK;
  return done;
}

bool track_spoilt(const track *t) { return t->spoilt; }

void track_spoil(track *t) {
  t->spoilt = true;
  t->tail_given = 0;
}

bool track_dirty(const track *t) { return t->tail_size > 0 || t->new_file; }

int track_fd(const track *t) { return t->file ? journal_fd(t->file) : -1; }

void track_given(track *t) { t->tail_given = t->tail_size; }

void track_synced(track *t) {
  t->new_file = false;
  if (t->tail_given == 0) return;
  t->tail_size -= t->tail_given;
  memmove(t->tail, t->tail + t->tail_given, t->tail_size);
  t->tail_given = 0;
}

bool track_new_file(const track *t) { return t->new_file; }

uint32_t track_creation(const track *t) { return t->place.creation; }

int track_dir(const track *t) { return t->place.dir; }

uint64_t track_last_seq(const track *t) { return t->last_seq; }

const contacts *track_contacts(const track *t) { return &t->contacts; }

const char *track_begin_json(const track *t) { return t->begin_json; }
