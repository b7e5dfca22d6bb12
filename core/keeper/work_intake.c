// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/work_intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct intake_item {
  intake_item *next;
  char *about;
  memory_map map; // its own: the memory lives as long as somebody maps it
  size_t size, written;
  named_work named;
};

void work_intake_init(work_intake *w, made_works *works, session *s, uint32_t creation) {
  *w = (work_intake){.works = works, .session = s, .creation = creation};
  w->saving.fd = -1;
}

static void note(work_intake *w, result done) {
  if (done == OK) return;
  w->lost++;
  if (done == NO_SPACE || done == FAILED || done == NOT_ALLOWED)
    session_creation_want(w->session, w->creation, true);
  fprintf(stderr, "gesto: a work was not kept: %s.\n", result_text(done));
}

void work_intake_lose(work_intake *w) { w->lost++; }

static void item_destroy(intake_item *item) {
  works_forget_name(&item->named);
  memory_map_close(&item->map);
  free(item->about);
  free(item);
}

static result put_at_once(
  work_intake *w, const char *about_json, const void *bytes, size_t size) {
  named_work named;
  result done = works_name(w->works, about_json, bytes, size, &named);
  if (done != OK) return done;
  done = works_put(w->works, w->session, w->creation, &named, bytes, size);
  works_forget_name(&named);
  return done;
}

static result append(work_intake *w, const char *about_json, size_t size, int fd) {
  intake_item *item = calloc(1, sizeof *item);
  if (!item) return NO_MEMORY;
  *item = (intake_item){.about = strdup(about_json), .size = size};
  result done = item->about ? memory_map_open(&item->map, fd, false, size) : NO_MEMORY;
  if (done != OK) {
    item_destroy(item);
    return done;
  }
  intake_item **last = &w->first;
  while (*last) last = &(*last)->next;
  *last = item;
  return OK;
}

// A small one waits behind a large one: names are given in order.
void work_intake_give(
  work_intake *w, const char *about_json, const void *bytes, size_t size, int fd) {
  if (w->first || size > INTAKE_AT_ONCE)
    note(w, append(w, about_json, size, fd));
  else
    note(w, put_at_once(w, about_json, bytes, size));
}

bool work_intake_busy(const work_intake *w) { return w->first != NULL; }

static result begin_first(work_intake *w, intake_item *item) {
  result done =
    works_name(w->works, item->about, item->map.bytes, item->size, &item->named);
  if (done != OK) return done;
  int dir = session_creation_dir(w->session, w->creation);
  return io_save_begin(&w->saving, dir, item->named.work.file);
}

static result write_piece(work_intake *w, intake_item *item) {
  const size_t left = item->size - item->written;
  const size_t n = left < INTAKE_PIECE ? left : INTAKE_PIECE;
  const uint8_t *from = (const uint8_t *)item->map.bytes + item->written;
  item->written += n;
  return io_save_piece(&w->saving, from, n);
}

void work_intake_turn(work_intake *w) {
  intake_item *item = w->first;
  if (!item) return;
  result done = item->named.about ? OK : begin_first(w, item);
  if (done == OK) done = write_piece(w, item);
  if (done == OK && item->written < item->size) return;
  if (done == OK)
    done =
      works_keep(w->works, w->session, w->creation, &item->named, &w->saving, item->size);
  note(w, done);
  io_save_drop(&w->saving);
  w->first = item->next;
  item_destroy(item);
}

void work_intake_drain(work_intake *w) {
  while (w->first) work_intake_turn(w);
}
