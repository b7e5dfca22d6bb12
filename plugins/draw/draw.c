// SPDX-License-Identifier: GPL-3.0-or-later
// Draw: paper, brushes and colours. The shared canvas does the painting and the undoing; this
// exercise says what the hand holds, passes the hand's movements on, and remembers enough to
// put the picture into words.
#include "declared.h"
#include "marks.h"
#include "starters.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef struct settings {
  uint32_t brush, size, colour, mirror, more; // values of the controls
} settings;

typedef struct exercise {
  const gesto_host *host;
  const gesto_canvas *canvas;
  settings now;
  marks marks;
  uint32_t hand; // the contact that is drawing
  bool drawing;
} exercise;

static void destroy(void *self) {
  exercise *e = self;
  marks_finish(&e->marks);
  free(e);
}

static void *create(const gesto_host *host) {
  const gesto_canvas *canvas = host->extension(host, GESTO_CANVAS);
  exercise *e = canvas == NULL ? NULL : calloc(1, sizeof *e);
  if (e == NULL) return NULL;
  e->host = host;
  e->canvas = canvas;
  e->now = (settings){.brush = 1, .size = 100, .colour = 0x2F6B70};
  return e;
}

static void everything_changed(const exercise *e) {
  e->host->changed(e->host, 0, 0, 0, 0);
}

// ---- What the hand holds -----------------------------------------------------------

static void take_up(exercise *e) {
  const gesto_canvas *c = e->canvas;
  const settings *n = &e->now;
  c->set_brush(
    e->host, n->more > 0 ? draw_more[n->more].key : draw_brushes[n->brush].key);
  c->set_size(e->host, (float)e->now.size / 100.0f);
  c->set_colour(e->host, e->now.colour);
  c->set_mirror(e->host, 1u << e->now.mirror);
}

// A tool that is taken puts one of the other brushes away.
static void take_tool(exercise *e, uint32_t brush) {
  e->now.brush = brush;
  if (e->now.more == 0) return;
  e->now.more = 0;
  e->host->set_control(e->host, MORE, 0);
}

static gesto_result put_under(const exercise *e, uint32_t choice) {
  const gesto_canvas *c = e->canvas;
  if (!GESTO_HAS(c, under)) return GESTO_FAILED;
  if (choice == OWN_PICTURE) return c->under_own(e->host);
  const starter *s = choice == 0 ? NULL : starter_find(choice - FIRST_STARTER);
  return c->under(e->host, s ? starter_draw : NULL, s);
}

// What could not be laid there, in the middle of a stroke for one, is not shown as chosen.
static void lay_under(exercise *e, uint32_t choice) {
  const uint32_t now = marks_under(&e->marks);
  if (choice == now) return;
  if (put_under(e, choice) == GESTO_OK)
    marks_add(&e->marks, (uint8_t)(MARK_UNDER + choice));
  else
    e->host->set_control(e->host, UNDER, now);
}

static void set(exercise *e, uint32_t control, double value) {
  switch (control) {
  case BRUSH: take_tool(e, (uint32_t)value); break;
  case MORE: e->now.more = (uint32_t)value; break;
  case SIZE: e->now.size = (uint32_t)value; break;
  case COLOUR: e->now.colour = (uint32_t)value; break;
  case MIRROR: e->now.mirror = (uint32_t)value; break;
  case UNDER: lay_under(e, (uint32_t)value); return;
  default: return;
  }
  take_up(e);
}

// ---- What it does ------------------------------------------------------------------

static uint8_t mark_in_hand(const exercise *e) {
  if (e->now.brush == RUB_OUT && e->now.more == 0) return MARK_RUBBED_OUT;
  for (uint8_t i = 0; draw_colours[i].key != NULL; i++) {
    if (strtoul(draw_colours[i].key + 1, NULL, 16) == e->now.colour) return i;
  }
  return MARK_OTHER_COLOUR;
}

// Only the first contact draws; the canvas holds to the same.
static void point(exercise *e, const gesto_event *event) {
  if (event->type == GESTO_POINTER_DOWN && !e->drawing) {
    e->drawing = true;
    e->hand = event->source;
  }
  bool ours = e->drawing && event->source == e->hand;
  e->canvas->stroke(e->host, event);
  if (!ours) return;
  if (event->type == GESTO_POINTER_UP) marks_add(&e->marks, mark_in_hand(e));
  if (event->type == GESTO_POINTER_UP || event->type == GESTO_POINTER_CANCEL) {
    e->drawing = false;
  }
}

// The canvas ends a stroke that is under way before it undoes: so it counts.
static void act(exercise *e, uint32_t button) {
  if (e->drawing && button != NEW_PAPER) {
    marks_add(&e->marks, mark_in_hand(e));
    e->drawing = false;
  }
  const uint32_t under = marks_under(&e->marks);
  if (button == UNDO && e->canvas->undo(e->host)) marks_undo(&e->marks);
  if (button == REDO && e->canvas->redo(e->host)) marks_redo(&e->marks);
  if (marks_under(&e->marks) != under)
    e->host->set_control(e->host, UNDER, marks_under(&e->marks));
  if (button == NEW_PAPER && e->canvas->sheet(e->host, "clear", 0) == GESTO_OK) {
    marks_add(&e->marks, MARK_NEW_PAPER);
  }
}

static void event(void *self, const gesto_event *event) {
  exercise *e = self;
  switch (event->type) {
  case GESTO_POINTER_DOWN:
  case GESTO_POINTER_MOVE:
  case GESTO_POINTER_UP:
  case GESTO_POINTER_CANCEL: point(e, event); break;
  case GESTO_CONTROL_SET: set(e, event->as.control.id, event->as.control.value); break;
  case GESTO_ACTION: act(e, event->as.control.id); break;
  case GESTO_STAGE: everything_changed(e); break;
  default: break;
  }
}

static void draw(const void *self, cairo_t *to, const gesto_frame *frame) {
  const exercise *e = self;
  (void)frame;
  e->canvas->paint(e->host, to);
}

// ---- What stays --------------------------------------------------------------------

static gesto_result works(const void *self, const gesto_host *host) {
  const exercise *e = self;
  return e->canvas->keep(host, "Drawing");
}

// The paper itself is the host's to keep. Numbers are little-endian, as on every machine
// that Gesto runs on; the marks follow. Version 1 had no other brushes.
typedef struct saved {
  char kind[4]; // "DRAW"
  uint32_t version;
  settings now;
  uint32_t done, undone;
} saved;
enum { SAVED_VERSION = 2, MARKS_MAX = 1 << 24 };

static gesto_result save(const void *self, const gesto_writer *to, bool with_history) {
  const exercise *e = self;
  saved s = {.kind = {'D', 'R', 'A', 'W'}, .version = SAVED_VERSION, .now = e->now};
  s.done = e->marks.done;
  s.undone = with_history ? e->marks.undone : 0;
  gesto_result r = to->write(to, &s, sizeof s);
  if (r != GESTO_OK || s.done + s.undone == 0) return r;
  return to->write(to, e->marks.list, s.done + s.undone);
}

// A reader may give less than it was asked for.
static bool read_all(const gesto_reader *from, void *bytes, size_t size) {
  for (size_t have = 0; have < size;) {
    int64_t n = from->read(from, (char *)bytes + have, size - have);
    if (n <= 0) return false;
    have += (size_t)n;
  }
  return true;
}

static gesto_result read_head(const gesto_reader *from, saved *s) {
  *s = (saved){.version = 0};
  if (!read_all(from, s, offsetof(saved, now)) || memcmp(s->kind, "DRAW", 4) != 0)
    return GESTO_BAD_DATA;
  if (s->version > SAVED_VERSION) return GESTO_TOO_NEW;
  const size_t size = s->version < 2 ? offsetof(settings, more) : sizeof s->now;
  if (!read_all(from, &s->now, size)) return GESTO_BAD_DATA;
  const size_t counts = sizeof *s - offsetof(saved, done);
  return read_all(from, (char *)s + offsetof(saved, done), counts) ? GESTO_OK
                                                                   : GESTO_BAD_DATA;
}

static bool holds(const saved *s) {
  const settings *n = &s->now;
  return n->brush <= RUB_OUT && n->size >= 25 && n->size <= 400 &&
    n->colour <= 0xFFFFFF && n->mirror <= 3 && n->more <= MORE_BRUSHES &&
    s->done <= MARKS_MAX && s->undone <= MARKS_MAX;
}

static gesto_result load(void *self, const gesto_reader *from, const char *version) {
  exercise *e = self;
  (void)version; // the bytes say it themselves
  saved s;
  const gesto_result head = read_head(from, &s);
  if (head != GESTO_OK) return head;
  if (!holds(&s)) return GESTO_BAD_DATA;
  uint32_t count = s.done + s.undone;
  marks found = {
    .list = malloc(count + 1), .done = s.done, .undone = s.undone, .room = count};
  if (found.list == NULL) return GESTO_NO_MEMORY;
  char more;
  if (!read_all(from, found.list, count) || from->read(from, &more, 1) != 0) {
    marks_finish(&found);
    return GESTO_BAD_DATA;
  }
  marks_finish(&e->marks);
  e->marks = found;
  e->now = s.now;
  take_up(e);
  return GESTO_OK;
}

static size_t describe(const void *self, char *text, size_t room) {
  const exercise *e = self;
  return marks_describe(&e->marks, text, room);
}

static uint32_t list_spots(const void *self, gesto_spot *to, uint32_t room) {
  (void)self, (void)to, (void)room;
  return 0; // the whole paper is one place
}

static const gesto_spots spots = {
  .size = sizeof spots, .list = list_spots, .describe = describe};

static const void *extension(const char *id) {
  return strcmp(id, GESTO_SPOTS) == 0 ? &spots : NULL;
}

GESTO_EXPORT const gesto_exercise gesto_entry = {
  .abi = GESTO_ABI,
  .size = sizeof gesto_entry,
  .needs = GESTO_VERSION(1, 0),
  .wants = GESTO_WANTS_CANVAS,
  .id = "org.gesto.draw",
  .name = "Draw",
  .version = "1.0.0",
  .author = "Gesto",
  .licence = "GPL-3.0-or-later",
  .purpose = &draw_purpose,
  .controls = draw_controls,
  .create = create,
  .destroy = destroy,
  .event = event,
  .draw = draw,
  .works = works,
  .save = save,
  .load = load,
  .extension = extension,
};
