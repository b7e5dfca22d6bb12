// SPDX-License-Identifier: GPL-3.0-or-later
// Draw: paper, brushes and colours. The shared canvas does the painting and the undoing; this
// exercise says what the hand holds, passes the hand's movements on, and remembers enough to
// put the picture into words.
#include "declared.h"
#include "ending.h"
#include "hand.h"
#include "marks.h"
#include "settings.h"
#include "sheets.h"
#include "starters.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A touch that fills the shape under it when it lifts.
typedef struct press {
  uint32_t down, source;
  float x, y;
} press;

typedef struct exercise {
  const gesto_host *host;
  const gesto_canvas *canvas;
  settings now;
  marks marks;
  ending ending;
  uint32_t buried; // bit n - 1: paper n is in the ground, and another one was laid since
  bool still;      // the client wants as little motion as can be
  bool shakes;     // the client's hand
  uint32_t hand;   // the contact that is drawing
  bool drawing;
  press press; // instead, it will fill a shape
} exercise;

static void destroy(void *self) {
  exercise *e = self;
  marks_finish(&e->marks);
  free(e);
}

static void *create(const gesto_host *host) {
  const gesto_canvas *canvas = host->extension(host, GESTO_CANVAS);
  const bool sees = canvas != NULL && GESTO_HAS(canvas, set_ruler);
  exercise *e = sees ? calloc(1, sizeof *e) : NULL;
  if (e == NULL) return NULL;
  e->host = host;
  e->canvas = canvas;
  e->now = settings_initial();
  return e;
}

static sheets sheets_of(const exercise *e) {
  exercise *own = (exercise *)e; // what only looks changes nothing
  return (sheets){e->host, e->canvas, &own->now, &own->marks};
}

static void everything_changed(const exercise *e) {
  e->host->changed(e->host, 0, 0, 0, 0);
}

// ---- What the hand holds -----------------------------------------------------------

static gesto_result put_under(const exercise *e, uint32_t choice) {
  const gesto_canvas *c = e->canvas;
  if (!GESTO_HAS(c, under)) return GESTO_FAILED;
  if (choice == OWN_PICTURE) return c->under_own(e->host);
  const starter *s = choice == 0 ? NULL : starter_find(choice - FIRST_STARTER);
  return c->under(e->host, s ? starter_draw : NULL, s);
}

// What could not be laid there, in the middle of a stroke for one, is not shown as chosen.
static void lay_under(exercise *e, uint32_t choice) {
  if (choice != marks_under(&e->marks) && put_under(e, choice) == GESTO_OK)
    marks_add(&e->marks, (uint8_t)(MARK_UNDER + choice));
}

static void put(exercise *e, uint32_t control) {
  const sheets s = sheets_of(e);
  if (control == UNDER)
    lay_under(e, e->now.value[UNDER]);
  else
    sheets_set(&s, control);
}

static void set(exercise *e, uint32_t control, double value) {
  if (control >= CONTROLS) return;
  e->now.value[control] = (uint32_t)value;
  if (control == UNDER || sheets_has(control)) {
    if (e->ending.how == 0) put(e, control);
    return;
  }
  if (control == BRUSH && e->now.value[MORE] > 0) { // a tool puts the other brushes away
    e->now.value[MORE] = 0;
    e->host->set_control(e->host, MORE, 0);
  }
  hand_take_up(e->host, e->canvas, &e->now);
}

static void show_rest(exercise *e, uint32_t button, bool rests) {
  if (e->now.value[button] == rests) return;
  e->now.value[button] = rests;
  e->host->set_control(e->host, button, rests);
}

// Each control shows how things are, and each button whether it would do anything.
static void tell(exercise *e) {
  const sheets s = sheets_of(e);
  sheets_tell(&s);
  gesto_canvas_seen seen = {.size = sizeof seen};
  e->canvas->see(e->host, &seen);
  const bool ended = e->ending.how != 0;
  show_rest(e, UNDO, !seen.undo && !ended);
  show_rest(e, REDO, !seen.redo || ended);
}

// ---- Endings -----------------------------------------------------------------------

static uint32_t ending_by(uint32_t button) {
  switch (button) {
  case WASH_AWAY: return GESTO_WASHED_AWAY;
  case TEAR: return GESTO_TORN;
  case BURY: return GESTO_BURIED;
  default: return 0;
  }
}

static bool goes(const exercise *e) {
  return e->ending.how == GESTO_WASHED_AWAY || e->ending.how == GESTO_TORN;
}

// Of several papers one that is washed away or torn goes by itself: the others stay.
static bool goes_alone(const exercise *e) {
  const sheets s = sheets_of(e);
  return goes(e) && sheets_others_used(&s);
}

// An empty paper lies in the place of what went. Undo brings back what was on it.
static void clear_away(exercise *e) {
  const sheets s = sheets_of(e);
  if (sheets_used(&s) && !sheets_clear(&s)) return;
  e->ending = (ending){.how = 0};
  e->press.down = 0;
  everything_changed(e);
  tell(e);
}

static void lay_new_paper(exercise *e) {
  clear_away(e);
  if (e->ending.how == 0) say(e->host, N_("A new paper. Undo brings the picture back."));
}

static void settle_ending(exercise *e) {
  if (goes_alone(e) && !ending_moves(&e->ending)) clear_away(e);
}

static void end(exercise *e, uint32_t how) {
  ending_begin(&e->ending, how, e->still);
  e->press.down = 0;
  everything_changed(e);
  say(e->host, ending_words(how));
  settle_ending(e);
}

static void take_back(exercise *e) {
  e->ending = (ending){.how = 0};
  e->press.down = 0;
  everything_changed(e);
  say(e->host, N_("Your picture is here again."));
}

static uint32_t paper_bit(const exercise *e) {
  const sheets s = sheets_of(e);
  return UINT32_C(1) << (sheets_paper(&s) - 1);
}

// What was buried is in the ground whenever its paper is come back to.
static void find_buried(exercise *e) {
  if (e->ending.how != 0 || !(e->buried & paper_bit(e))) return;
  e->buried &= ~paper_bit(e);
  ending_begin(&e->ending, GESTO_BURIED, true);
  everything_changed(e);
  say(e->host, ending_words(GESTO_BURIED));
}

// To another paper; the buried one stays where it is. An empty one is no more buried.
static void leave_buried(exercise *e, uint32_t button) {
  const sheets s = sheets_of(e);
  const uint32_t bit = paper_bit(e);
  const bool used = sheets_used(&s);
  sheets_act(&s, button);
  const bool empty = button == NEW_PAPER && !used;
  if (paper_bit(e) == bit && !empty) return;
  if (used) e->buried |= bit;
  e->ending = (ending){.how = 0};
  e->press.down = 0;
  everything_changed(e);
  if (button == NEW_PAPER && used)
    say(e->host,
      N_(
        "A new paper. What is buried stays in the ground, and all papers stay private."));
  find_buried(e);
  tell(e);
}

static void after_ending(exercise *e, uint32_t button) {
  const bool leaves =
    button == NEW_PAPER || button == EARLIER_PAPER || button == LATER_PAPER;
  if (button == UNDO)
    take_back(e);
  else if (button == NEW_PAPER && goes(e))
    lay_new_paper(e);
  else if (leaves && !goes(e))
    leave_buried(e, button);
  else
    say(e->host, ending_words(e->ending.how));
}

static bool tick(void *self) {
  exercise *e = self;
  const bool moved = ending_moves(&e->ending);
  ending_tick(&e->ending);
  if (moved) everything_changed(e);
  settle_ending(e);
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

// Nothing happens before it lifts: it may turn out to be a palm. The place is the one that was
// touched first.
static void fill(exercise *e, const gesto_event *event) {
  press *p = &e->press;
  if (event->type == GESTO_POINTER_DOWN) {
    *p = (press){1, event->source, event->as.pointer.x, event->as.pointer.y};
    return;
  }
  if (event->source != p->source || event->type == GESTO_POINTER_MOVE) return;
  p->down = 0;
  if (event->type != GESTO_POINTER_UP) return;
  const sheets s = sheets_of(e);
  sheets_show_chosen(&s);
  const uint64_t before = sheets_steps(&s);
  e->canvas->fill(e->host, p->x, p->y);
  sheets_note(&s, before, mark_in_hand(e));
}

// Only the first contact draws; the canvas holds to the same.
static void draw_on(exercise *e, const gesto_event *event) {
  if (!e->drawing && (e->press.down || hand_fills(&e->now))) {
    fill(e, event);
    return;
  }
  if (event->type == GESTO_POINTER_DOWN && !e->drawing) {
    e->drawing = true;
    e->hand = event->source;
  }
  const sheets s = sheets_of(e);
  const bool ours = e->drawing && event->source == e->hand;
  if (ours && event->type == GESTO_POINTER_DOWN) sheets_show_chosen(&s);
  if (event->type == GESTO_POINTER_MOVE) {
    e->canvas->stroke(e->host, event);
    return;
  }
  const uint64_t before = sheets_steps(&s);
  e->canvas->stroke(e->host, event);
  sheets_note(&s, before, mark_in_hand(e));
  if (!ours || event->type == GESTO_POINTER_DOWN) return;
  e->drawing = false;
  settle_ending(e);
}

enum { DRAWN = 24 }; // units: a hand that goes further draws, and does not only touch

// Whoever draws where something was torn, washed away or buried has a new paper there. A
// touch alone, which may be a stray one, only says again what happened.
static void point_after_ending(exercise *e, const gesto_event *event) {
  press *p = &e->press;
  const float x = event->as.pointer.x, y = event->as.pointer.y;
  if (event->type == GESTO_POINTER_DOWN) {
    const bool may = !ending_moves(&e->ending) && !hand_fills(&e->now);
    if (may && !p->down)
      *p = (press){1, event->source, x, y};
    else
      say(e->host, ending_words(e->ending.how));
    return;
  }
  if (!p->down || event->source != p->source) return;
  if (event->type != GESTO_POINTER_MOVE) {
    p->down = 0;
    if (event->type == GESTO_POINTER_UP) say(e->host, ending_words(e->ending.how));
    return;
  }
  if (hypotf(x - p->x, y - p->y) < DRAWN) return;
  after_ending(e, NEW_PAPER);
  if (e->ending.how != 0) {
    if (!goes(e)) p->down = 0; // no paper is left; else it may come as the hand goes on
    return;
  }
  gesto_event down = *event;
  down.type = GESTO_POINTER_DOWN;
  draw_on(e, &down);
}

// Where an ending comes while a hand draws, it draws on until it lifts.
static void point(exercise *e, const gesto_event *event) {
  const bool goes_on = e->drawing && event->source == e->hand;
  if (e->ending.how != 0 && (!goes_on || event->type == GESTO_POINTER_DOWN))
    point_after_ending(e, event);
  else
    draw_on(e, event);
}

// The canvas ends a stroke that is under way before it undoes: so it counts.
static void step_back(exercise *e) {
  const sheets s = sheets_of(e);
  const uint64_t before = sheets_steps(&s);
  const uint32_t paper = sheets_paper(&s);
  const bool undone = e->canvas->undo(e->host);
  sheets_note(&s, before, mark_in_hand(e));
  if (undone) marks_undo(&e->marks);
  sheets_say_turned(&s, paper);
  e->drawing = false;
}

static void step_on(exercise *e) {
  const sheets s = sheets_of(e);
  const uint64_t before = sheets_steps(&s);
  const uint32_t paper = sheets_paper(&s);
  const bool redone = e->canvas->redo(e->host);
  sheets_note(&s, before, mark_in_hand(e));
  if (redone) marks_redo(&e->marks);
  sheets_say_turned(&s, paper);
  e->drawing = false;
}

static void act(exercise *e, uint32_t button) {
  const sheets s = sheets_of(e);
  if (ending_by(button) != 0) {
    end(e, ending_by(button));
    return;
  }
  if (e->ending.how != 0) {
    after_ending(e, button);
    return;
  }
  if (button == UNDO)
    step_back(e);
  else if (button == REDO)
    step_on(e);
  else
    sheets_act(&s, button);
  find_buried(e);
}

static void look(exercise *e, uint32_t flags) {
  const bool shakes = (flags & GESTO_STEADY) != 0;
  e->still = (flags & GESTO_STILL) != 0;
  if (shakes != e->shakes) hand_steady(e->host, &e->now, shakes);
  e->shakes = shakes;
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
  case GESTO_LOOK: look(e, event->as.look.flags); break;
  default: break;
  }
  if (event->type == GESTO_POINTER_MOVE) return;
  tell(e);
}

static void draw(const void *self, cairo_t *to, const gesto_frame *frame) {
  const exercise *e = self;
  ending_draw(&e->ending, to, &(ending_scene){e->host, e->canvas, frame});
}

// ---- What stays --------------------------------------------------------------------

// Beside one that was torn, a buried one counts as a part: how the torn one was made is not
// kept, and both are private.
static uint32_t ended_how(const exercise *e, bool alone) {
  if (goes(e) && !alone) return e->ending.how;
  if (alone || marks_cleared(&e->marks)) return GESTO_PARTLY_GONE;
  return e->buried != 0 ? GESTO_BURIED : e->ending.how;
}

static gesto_result works(const void *self, const gesto_host *host) {
  const exercise *e = self;
  const gesto_creations *c = host->extension(host, GESTO_CREATIONS);
  const sheets s = sheets_of(e);
  const bool alone = goes_alone(e); // before its seconds were over
  const uint32_t how = ended_how(e, alone);
  if (how != 0 && c && GESTO_HAS(c, ended)) c->ended(host, how);
  return sheets_keep(&s, alone);
}

// The paper itself is the host's to keep. Numbers are little-endian, as on every machine
// that Gesto runs on; the settings follow, the counts, and the marks. Versions 1 and 2 had
// their settings in another way, and neither endings nor what the counts begin with; version 3
// had no papers in the ground beside others.
typedef struct head {
  char kind[4]; // "DRAW"
  uint32_t version;
} head;
typedef struct counts {
  uint32_t buried;
  ending ending;
  uint32_t shakes;
  press press;
  uint32_t done, undone;
} counts;
enum { STATE_VERSION = 4, MARKS_MAX = 1 << 24 };

static gesto_result write_state(
  const exercise *e, const gesto_writer *to, const marks *kept) {
  const head h = {.kind = {'D', 'R', 'A', 'W'}, .version = STATE_VERSION};
  const counts c = {.buried = e->buried,
    .ending = e->ending,
    .shakes = e->shakes,
    .press = e->press,
    .done = kept->done,
    .undone = kept->undone};
  gesto_result r = to->write(to, &h, sizeof h);
  if (r == GESTO_OK) r = settings_write(&e->now, to);
  if (r == GESTO_OK) r = to->write(to, &c, sizeof c);
  if (r != GESTO_OK || c.done + c.undone == 0) return r;
  return to->write(to, kept->list, c.done + c.undone);
}

static gesto_result save(const void *self, const gesto_writer *to, bool with_history) {
  const exercise *e = self;
  if (with_history) return write_state(e, to, &e->marks);
  gesto_canvas_seen seen = {.size = sizeof seen};
  e->canvas->see(e->host, &seen);
  marks kept = {.list = malloc(e->marks.done + 1u)};
  if (kept.list == NULL) return GESTO_NO_MEMORY;
  kept.done = marks_lasting(&e->marks, seen.used, kept.list);
  const gesto_result r = write_state(e, to, &kept);
  marks_finish(&kept);
  return r;
}

// Of what the counts are now, so many bytes were not there.
static size_t counts_missing(uint32_t version) {
  if (version < 3) return offsetof(counts, done);
  return version < 4 ? offsetof(counts, ending) : 0;
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
  const size_t missing = counts_missing(h.version);
  if (!read_all(from, (char *)c + missing, sizeof *c - missing)) return GESTO_BAD_DATA;
  const bool holds = ending_holds(&c->ending) && c->buried >> GESTO_PAPERS == 0 &&
    c->done <= MARKS_MAX && c->undone <= MARKS_MAX;
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
  if (!read_all(from, found.list, count) || from->read(from, &more, 1) != 0 ||
    !marks_hold(&found)) {
    marks_finish(&found);
    return GESTO_BAD_DATA;
  }
  marks_finish(&e->marks);
  e->marks = found;
  e->now = now;
  e->ending = c.ending;
  e->buried = c.buried;
  e->shakes = c.shakes != 0;
  e->press = c.press;
  hand_take_up(e->host, e->canvas, &e->now);
  return GESTO_OK;
}

static size_t describe(const void *self, char *text, size_t room) {
  const exercise *e = self;
  const sheets s = sheets_of(e);
  if (e->ending.how == 0) return sheets_describe(&s, text, room);
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
