// SPDX-License-Identifier: GPL-3.0-or-later
// Draw: paper, brushes and colours. The shared canvas does the painting and the undoing; this
// exercise says what the hand holds, passes the hand's movements on, and remembers enough to
// put the picture into words.
#include "declared.h"
#include "ending.h"
#include "marks.h"
#include "settings.h"
#include "starters.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct exercise {
  const gesto_host *host;
  const gesto_canvas *canvas;
  settings now;
  marks marks;
  ending ending;
  bool still;    // the client wants as little motion as can be
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
  e->now = settings_initial();
  return e;
}

static void everything_changed(const exercise *e) {
  e->host->changed(e->host, 0, 0, 0, 0);
}

// ---- What the hand holds -----------------------------------------------------------

static void take_up(exercise *e) {
  const gesto_canvas *c = e->canvas;
  const uint32_t *now = e->now.value;
  c->set_brush(
    e->host, now[MORE] > 0 ? draw_more[now[MORE]].key : draw_brushes[now[BRUSH]].key);
  c->set_size(e->host, (float)now[SIZE] / 100.0f);
  c->set_colour(e->host, now[COLOUR]);
  c->set_mirror(e->host, 1u << now[MIRROR]);
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
  if (control == UNDER) {
    lay_under(e, (uint32_t)value);
    return;
  }
  if (control >= CONTROLS) return;
  e->now.value[control] = (uint32_t)value;
  if (control == BRUSH && e->now.value[MORE] > 0) { // a tool puts the other brushes away
    e->now.value[MORE] = 0;
    e->host->set_control(e->host, MORE, 0);
  }
  take_up(e);
}

// ---- Endings -----------------------------------------------------------------------

static void say(const exercise *e, const char *text) {
  const gesto_speech *s = e->host->extension(e->host, GESTO_SPEECH);
  const gesto_words *w = e->host->extension(e->host, GESTO_WORDS);
  if (s) s->say(e->host, w ? w->word(e->host, text) : text, true);
}

static uint32_t ending_by(uint32_t button) {
  switch (button) {
  case WASH_AWAY: return GESTO_WASHED_AWAY;
  case TEAR: return GESTO_TORN;
  case BURY: return GESTO_BURIED;
  default: return 0;
  }
}

static void end(exercise *e, uint32_t how) {
  ending_begin(&e->ending, how, e->still);
  everything_changed(e);
  say(e, ending_words(how));
}

static void take_back(exercise *e) {
  e->ending = (ending){.how = 0};
  everything_changed(e);
}

static bool tick(void *self) {
  exercise *e = self;
  const bool moved = ending_moves(&e->ending);
  ending_tick(&e->ending);
  if (moved) everything_changed(e);
  return ending_moves(&e->ending);
}

// ---- What it does ------------------------------------------------------------------

static uint8_t mark_in_hand(const exercise *e) {
  const uint32_t *now = e->now.value;
  if (now[BRUSH] == RUB_OUT && now[MORE] == 0) return MARK_RUBBED_OUT;
  for (uint8_t i = 0; draw_colours[i].key != NULL; i++) {
    if (strtoul(draw_colours[i].key + 1, NULL, 16) == now[COLOUR]) return i;
  }
  return MARK_OTHER_COLOUR;
}

// Only the first contact draws; the canvas holds to the same.
static void point(exercise *e, const gesto_event *event) {
  if (e->ending.how != 0) {
    if (event->type == GESTO_POINTER_DOWN) say(e, ending_words(e->ending.how));
    return;
  }
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
  if (ending_by(button) != 0) {
    end(e, ending_by(button));
    return;
  }
  if (e->ending.how != 0) {
    if (button == UNDO) take_back(e);
    return;
  }
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
  case GESTO_LOOK: e->still = (event->as.look.flags & GESTO_STILL) != 0; break;
  default: break;
  }
}

static void draw(const void *self, cairo_t *to, const gesto_frame *frame) {
  const exercise *e = self;
  ending_draw(&e->ending, to, &(ending_scene){e->host, e->canvas, frame});
}

// ---- What stays --------------------------------------------------------------------

static gesto_result works(const void *self, const gesto_host *host) {
  const exercise *e = self;
  const gesto_creations *c = host->extension(host, GESTO_CREATIONS);
  if (e->ending.how != 0 && c && GESTO_HAS(c, ended)) c->ended(host, e->ending.how);
  return e->canvas->keep(host, "Drawing");
}

// The paper itself is the host's to keep. Numbers are little-endian, as on every machine
// that Gesto runs on; the settings follow, the counts, and the marks. Versions 1 and 2 had
// their settings in another way, and no endings.
typedef struct head {
  char kind[4]; // "DRAW"
  uint32_t version;
} head;
typedef struct counts {
  ending ending;
  uint32_t done, undone;
} counts;
enum { STATE_VERSION = 3, MARKS_MAX = 1 << 24 };

static gesto_result save(const void *self, const gesto_writer *to, bool with_history) {
  const exercise *e = self;
  const head h = {.kind = {'D', 'R', 'A', 'W'}, .version = STATE_VERSION};
  const counts c = {.ending = e->ending,
    .done = e->marks.done,
    .undone = with_history ? e->marks.undone : 0};
  gesto_result r = to->write(to, &h, sizeof h);
  if (r == GESTO_OK) r = settings_write(&e->now, to);
  if (r == GESTO_OK) r = to->write(to, &c, sizeof c);
  if (r != GESTO_OK || c.done + c.undone == 0) return r;
  return to->write(to, e->marks.list, c.done + c.undone);
}

static gesto_result read_head(const gesto_reader *from, settings *now, counts *c) {
  head h = {.version = 0};
  if (!read_all(from, &h, sizeof h) || memcmp(h.kind, "DRAW", 4) != 0)
    return GESTO_BAD_DATA;
  if (h.version > STATE_VERSION) return GESTO_TOO_NEW;
  const bool old = h.version < 3;
  const gesto_result r =
    old ? settings_read_old(now, from, h.version) : settings_read(now, from);
  if (r != GESTO_OK) return r;
  const size_t missing = old ? offsetof(counts, done) : 0;
  if (!read_all(from, (char *)c + missing, sizeof *c - missing)) return GESTO_BAD_DATA;
  const bool holds =
    ending_holds(&c->ending) && c->done <= MARKS_MAX && c->undone <= MARKS_MAX;
  return holds ? GESTO_OK : GESTO_BAD_DATA;
}

static gesto_result load(void *self, const gesto_reader *from, const char *version) {
  exercise *e = self;
  (void)version; // the bytes say it themselves
  settings now;
  counts c = {.done = 0};
  const gesto_result r = read_head(from, &now, &c);
  if (r != GESTO_OK) return r;
  const uint32_t count = c.done + c.undone;
  marks found = {
    .list = malloc(count + 1), .done = c.done, .undone = c.undone, .room = count};
  if (found.list == NULL) return GESTO_NO_MEMORY;
  char more;
  if (!read_all(from, found.list, count) || from->read(from, &more, 1) != 0) {
    marks_finish(&found);
    return GESTO_BAD_DATA;
  }
  marks_finish(&e->marks);
  e->marks = found;
  e->now = now;
  e->ending = c.ending;
  take_up(e);
  return GESTO_OK;
}

static size_t describe(const void *self, char *text, size_t room) {
  const exercise *e = self;
  if (e->ending.how == 0) return marks_describe(&e->marks, text, room);
  return (size_t)snprintf(text, room, "%s", ending_describe(e->ending.how));
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
  .tick = tick,
  .draw = draw,
  .works = works,
  .save = save,
  .load = load,
  .extension = extension,
};
