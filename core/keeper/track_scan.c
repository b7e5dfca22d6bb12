// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/track_scan.h"

#include "core/base/io.h"
#include "core/record/journal.h"
#include "core/record/slots.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCAN_SLOTS = 4096 };

typedef struct scan {
  track_findings *found;
  ring_slot slots[SCAN_SLOTS];
} scan;

void track_file_name(uint32_t number, char out[32]) {
  if (number == 1) {
    snprintf(out, 32, "process.journal");
  } else {
    snprintf(out, 32, "process-%u.journal", number);
  }
}

static result take_begin(scan *s, const journal_frame *frame) {
  if (s->found->begin_json) return OK;
  s->found->begin_json = strndup((const char *)frame->payload, frame->size);
  return s->found->begin_json ? OK : NO_MEMORY;
}

static void take_slots(scan *s, const journal_frame *frame) {
  uint32_t count = 0;
  if (slots_decode(frame->payload, frame->size, s->slots, SCAN_SLOTS, &count) != OK)
    return;
  for (uint32_t i = 0; i < count; i++) {
    const ring_slot *slot = &s->slots[i];
    if (slot->seq <= s->found->last_seq) continue;
    if (s->found->first_seq == 0) s->found->first_seq = slot->seq;
    s->found->last_seq = slot->seq;
    contacts_take(&s->found->contacts, slot);
  }
}

static result scan_file(scan *s, int dir, const char *name) {
  journal_reader *reader = NULL;
  result done = journal_reader_open(&reader, dir, name);
  if (done != OK) return done;
  for (;;) {
    journal_frame frame = {0};
    done = journal_next(reader, &frame);
    if (done == BAD_DATA) {
      uint64_t skipped = 0;
      done = journal_skip_damage(reader, &skipped);
      if (done == OK) continue;
    }
    if (done != OK) break;
    if (frame.type == FRAME_BEGIN) done = take_begin(s, &frame);
    if (frame.type == FRAME_SLOTS) take_slots(s, &frame);
    if (done != OK) break;
  }
  journal_reader_close(reader);
  return done == NO_MEMORY ? NO_MEMORY : OK;
}

static bool is_there(int dir, const char *name) {
  int fd = -1;
  if (io_open(dir, name, O_RDONLY, 0, &fd) != OK) return false;
  io_close(fd);
  return true;
}

result track_scan(int dir, track_findings *found) {
  scan *s = calloc(1, sizeof *s);
  if (!s) return NO_MEMORY;
  s->found = found;
  result done = OK;
  for (uint32_t number = 1; number < 99 && done == OK; number++) {
    char name[32];
    track_file_name(number, name);
    if (!is_there(dir, name)) break;
    found->files = number;
    done = scan_file(s, dir, name);
    if (done != NO_MEMORY) done = OK; // one bad head does not hide the next file
  }
  free(s);
  if (done == OK && !found->begin_json) done = NOT_FOUND;
  return done;
}
