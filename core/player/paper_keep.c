// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/paper_keep.h"

#include "core/player/extensions.h"
#include "core/player/machine.h"
#include "core/player/paper.h"
#include "core/studio/canvas.h"

#include <string.h>

enum { ABOUT_ROOM = 2048 };

static canvas *canvas_of(const gesto_host *host) {
  return paper_canvas(((machine *)host->data)->paper);
}

static uint32_t used(const canvas *c) {
  uint32_t bits = 0;
  for (uint32_t n = 1; n <= canvas_papers(c); n++) {
    if (!canvas_paper_is_bare(c, n)) bits |= 1u << (n - 1);
  }
  return bits;
}

void paper_see_all(const gesto_host *host, gesto_canvas_seen *seen) {
  const canvas *c = canvas_of(host);
  canvas_look look;
  canvas_see(c, &look);
  gesto_canvas_seen all = {.size = seen->size,
    .sheets = look.sheets,
    .chosen = look.chosen,
    .colour = look.paper,
    .texture = look.texture,
    .papers = canvas_papers(c),
    .paper = canvas_paper_here(c),
    .used = used(c),
    .steps = canvas_steps(c),
    .undo = canvas_can_undo(c),
    .redo = canvas_can_redo(c)};
  for (uint32_t i = 0; i < look.sheets; i++) {
    all.order[i] = look.order[i];
    all.hidden[i] = look.hidden[i];
    all.opacity[i] = look.opacity[i];
  }
  memcpy(seen, &all, seen->size < sizeof all ? seen->size : sizeof all);
}

// What a person who does not see the picture is told of it.
static void describe(machine *m, char *text, size_t room) {
  const gesto_spots *spots = &m->setup.of->spots;
  text[0] = 0;
  if (spots->describe) spots->describe(m->self, text, room);
  text[room - 1] = 0;
}

static gesto_result keep(
  const machine *m, uint32_t n, const char *title, const char *about) {
  const works_taker *taker = m->taker;
  const canvas *c = paper_canvas(m->paper);
  canvas *whole = NULL, *apart = NULL;
  result r = canvas_share_paper(c, n, &whole);
  if (r == OK) r = canvas_share_paper(c, n, &apart);
  if (r != OK) {
    canvas_destroy(whole);
    return gesto_result_of(r);
  }
  if (taker->front) taker->front(taker->data, canvas_paper_here(c));
  const gesto_result done = taker->paper(taker->data, n, title, about, whole);
  const gesto_result kept = taker->sheets(taker->data, n, title, apart);
  return done != GESTO_OK ? done : kept;
}

gesto_result paper_keep(const gesto_host *host, const char *title) {
  machine *m = host->data;
  if (!m->taker) return GESTO_NOT_NOW;
  char about[ABOUT_ROOM] = "";
  describe(m, about, sizeof about);
  return keep(m, canvas_paper_here(paper_canvas(m->paper)), title ? title : "", about);
}

gesto_result paper_keep_one(
  const gesto_host *host, uint32_t n, const char *title, const char *about) {
  const machine *m = host->data;
  if (!m->taker) return GESTO_NOT_NOW;
  return keep(m, n, title ? title : "", about ? about : "");
}

result paper_empty(canvas *c, uint64_t papers) {
  const uint32_t here = canvas_paper_here(c);
  result r = OK;
  for (uint32_t n = 1; n <= canvas_papers(c) && r == OK; n++) {
    if (!(papers >> (n - 1) & 1)) continue;
    r = canvas_sheet(c, "turn", n);
    if (r == OK) r = canvas_sheet(c, "clear", 0);
  }
  return r == OK ? canvas_sheet(c, "turn", here) : r;
}
