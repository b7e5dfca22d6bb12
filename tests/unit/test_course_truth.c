// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper player studio
// What a course says was taken back is what the canvas took back: Draw at work with deeds of
// chance - lines, some that leave nothing, fills, sheets, papers, endings, bursts of Undo and
// Redo, hands that lift at the wrong moment, players that die - and beside it the history of
// the canvas itself.
#include "core/base/io.h"
#include "core/keeper/course.h"
#include "core/player/declared.h"
#include "core/player/paper.h"
#include "core/player/state.h"
#include "core/record/journal.h"
#include "core/record/slots.h"
#include "core/studio/canvas_parts.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 150, HEIGHT = 100, SLOTS = 8192, DEEDS = 700, LOOK_EVERY = 50, SEEDS = 6 };

// As Draw declares them; numbers of controls never change.
enum {
  BRUSH = 1,
  COLOUR = 3,
  UNDO = 5,
  REDO,
  NEW_PAPER,
  MORE,
  SHEET = 11,
  ADD_SHEET,
  SHEET_SHOWN,
  SHEET_OPACITY,
  RAISE,
  LOWER,
  EARLIER_PAPER,
  PAPER,
  TEXTURE,
  UNDER,
  LATER_PAPER,
  WASH_AWAY,
};
enum { FILL_A_SHAPE = 13, UNDERS = 12 };

// What is done, as the canvas' own history has it: of each step the slot it comes of.
typedef struct model {
  uint64_t of[SLOTS]; // those done, then those taken back; 0: of no stroke
  uint32_t done, taken_back;
  uint64_t line;      // slot with which the line under way began
  bool step[SLOTS];   // the stroke of this slot left a step,
  bool stands[SLOTS]; // which stands
} model;

typedef struct meeting { // so that chance met with all of it
  uint32_t strokes, left, gone;
} meeting;

typedef struct room {
  char path[256];
  int dir;
  journal *file;
  exercise *draw;
  char *declared;
  machine *machine;
  model now, then; // then: as it was when the state was saved
  ring_slot slots[SLOTS];
  uint64_t seq, time_us, chance, then_seq, left_out;
  blob then_state;
  meeting met;
} room;

static uint32_t pick(room *r, uint32_t below) {
  r->chance = r->chance * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(r->chance >> 33) % below;
}

// ---- The journal -----------------------------------------------------------------------

static void put_frame(room *r, uint8_t type, const void *bytes, size_t size) {
  assert_int_equal(
    journal_append(r->file, type, FRAME_CRITICAL, bytes, (uint32_t)size), OK);
}

static void put_report(void *data, const page_report *report) {
  uint8_t bytes[64];
  uint32_t taken = 0;
  const size_t size = reports_encode(report, 1, &taken, bytes, sizeof bytes);
  put_frame(data, FRAME_REPORTS, bytes, size);
}

static void put_slot(room *r, const ring_slot *slot) {
  uint8_t bytes[512];
  uint32_t taken = 0;
  put_frame(r, FRAME_SLOTS, bytes, slots_encode(slot, 1, &taken, bytes, sizeof bytes));
}

// ---- Draw at work ----------------------------------------------------------------------

static canvas *paper_of(const room *r) { return paper_canvas(r->machine->paper); }

static void begin(room *r) {
  static const settings none = {.count = 0};
  char folder[512], why[512] = "";
  const char *build = getenv("BUILD");
  snprintf(folder, sizeof folder, "%s/assets/", build ? build : "build");
  const machine_setup setup = {.of = r->draw,
    .creation = 1,
    .seed = 5,
    .width = WIDTH,
    .height = HEIGHT,
    .scale = 1,
    .text_scale = 1,
    .set = &none,
    .assets = folder,
    .mode = MACHINE_TIMED,
    .calls = {.data = r, .report = put_report}};
  if (machine_create(&r->machine, &setup, r->then_state.at, r->then_state.size,
        r->draw->entry.version, why, sizeof why) != OK)
    fail_msg("%s", why);
  r->machine->live = true;
}

static void make(model *m, uint64_t of) {
  assert_true(m->done < SLOTS);
  m->of[m->done++] = of;
  m->taken_back = 0;
  if (of) m->step[of] = true;
}

static void go_to(model *m, uint32_t depth) {
  for (; m->done > depth; m->done--) m->taken_back++;
  for (; m->done < depth; m->done++) m->taken_back--;
}

typedef struct sight { // of the canvas before a slot
  uint64_t steps;
  bool in_stroke, hidden;
} sight;

static sight look(const room *r) {
  const canvas *c = paper_of(r);
  const sheet_stack *stack = &c->easel.stack;
  return (sight){canvas_steps(c), canvas_in_stroke(c), stack->hidden[stack->chosen]};
}

// The slot that a step comes of which is made with `slot`, the first one of several or not; 0:
// it is of no stroke. A hidden sheet shows again before a shape is filled on it.
static uint64_t source_of(
  const room *r, const ring_slot *slot, const sight *before, bool first) {
  const bool lifts = slot->kind == SLOT_EVENT && slot->as.event.type == GESTO_POINTER_UP;
  if (before->in_stroke) return first ? r->now.line : 0;
  return lifts && !(first && before->hidden) ? slot->seq : 0;
}

// What the canvas did with a slot: how many steps it made, and how many there are to be undone
// now. Undo ends a line first; whatever else takes back does so to make it anew.
static void follow(room *r, const ring_slot *slot, const sight *before) {
  model *m = &r->now;
  const canvas *c = paper_of(r);
  const uint32_t depth = c->easel.past.undo.count;
  const gesto_event *e = &slot->as.event;
  uint64_t made = canvas_steps(c) - before->steps;
  const bool goes = slot->kind == SLOT_EVENT && e->type == GESTO_ACTION &&
    (e->as.control.id == UNDO || e->as.control.id == REDO);
  if (!goes && m->done + made > depth) go_to(m, depth - (uint32_t)made);
  for (bool first = true; made > 0; made--, first = false)
    make(m, source_of(r, slot, before, first));
  go_to(m, depth);
  const bool begins = slot->kind == SLOT_EVENT && e->type == GESTO_POINTER_DOWN &&
    canvas_in_stroke(c) && e->source == c->source;
  if (begins) m->line = slot->seq;
}

static void deliver(room *r, const ring_slot *slot) {
  const sight before = look(r);
  put_slot(r, slot);
  machine_deliver(r->machine, slot);
  follow(r, slot, &before);
}

static void give(room *r, uint32_t kind, gesto_event e) {
  assert_true(r->seq + 1 < SLOTS);
  r->time_us += 1000 + pick(r, 30000);
  e.time = r->time_us;
  ring_slot slot = {.seq = ++r->seq, .kind = kind, .creation = 1};
  slot.as.event = e;
  r->slots[r->seq] = slot;
  deliver(r, &slot);
}

static void point(room *r, uint16_t type, uint32_t source, int x, int y) {
  gesto_event e = {.type = type, .source = source, .as.pointer = {.pressure = 0.75f}};
  e.as.pointer.x = (float)x;
  e.as.pointer.y = (float)y;
  give(r, SLOT_EVENT, e);
}

static void set(room *r, uint32_t id, double value) {
  give(r, SLOT_EVENT,
    (gesto_event){.type = GESTO_CONTROL_SET, .as.control = {.id = id, .value = value}});
}

static void act(room *r, uint32_t id) {
  give(r, SLOT_EVENT, (gesto_event){.type = GESTO_ACTION, .as.control = {.id = id}});
}

static void wait_for(room *r, uint32_t marks) {
  for (uint32_t i = 0; i < marks; i++) give(r, SLOT_ADVANCE, (gesto_event){0});
}

// ---- Deeds of chance -------------------------------------------------------------------

static void draw_on(room *r, int x, int y) {
  for (uint32_t n = pick(r, 4); n > 0; n--)
    point(r, GESTO_POINTER_MOVE, 1, x + (int)pick(r, 20), y + (int)pick(r, 20));
}

// Here and there it leaves nothing: beside the paper, or rubbing out where nothing is.
static void draw_line(room *r) {
  const int x = (int)pick(r, WIDTH + 60) - 20, y = (int)pick(r, HEIGHT + 60) - 20;
  if (pick(r, 3) == 0) set(r, BRUSH, pick(r, 6));
  point(r, GESTO_POINTER_DOWN, 1, x, y);
  draw_on(r, x, y);
  switch (pick(r, 9)) {
  case 0: act(r, UNDO); break;
  case 1: act(r, REDO); break;
  case 2: point(r, GESTO_POINTER_CANCEL, 1, x, y); return;
  case 3: act(r, RAISE + pick(r, 3)); break;            // not now, in a stroke
  case 4: point(r, GESTO_POINTER_DOWN, 1, y, x); break; // the UP was lost
  case 5:
    point(r, GESTO_POINTER_DOWN, 2, 5, 5);
    point(r, GESTO_POINTER_UP, 2, 50, 50);
    break;
  default: break;
  }
  draw_on(r, x, y);
  point(r, GESTO_POINTER_UP, 1, x, y);
}

static void fill_shape(room *r) {
  const int x = (int)pick(r, WIDTH), y = (int)pick(r, HEIGHT);
  set(r, MORE, FILL_A_SHAPE);
  point(r, GESTO_POINTER_DOWN, 1, x, y);
  if (pick(r, 5) == 0) act(r, UNDO);
  point(r, GESTO_POINTER_UP, 1, x, y);
  set(r, MORE, 0);
}

static void change_sheet(room *r) {
  switch (pick(r, 9)) {
  case 0: set(r, SHEET, pick(r, 3)); break;
  case 1: set(r, SHEET_SHOWN, pick(r, 2)); break;
  case 2: // a slider, and back to where it was
    for (uint32_t i = 0; i < 4; i++) set(r, SHEET_OPACITY, 100 - 20 * pick(r, 3));
    break;
  case 3: set(r, PAPER, pick(r, 4)); break;
  case 4: set(r, TEXTURE, pick(r, 4)); break;
  case 5: set(r, UNDER, pick(r, UNDERS)); break;
  case 6: act(r, ADD_SHEET); break;
  default: act(r, RAISE + pick(r, 2)); break;
  }
}

static void change_paper(room *r) {
  static const uint32_t ways[] = {NEW_PAPER, EARLIER_PAPER, LATER_PAPER};
  act(r, ways[pick(r, 3)]);
}

static void end_it(room *r) {
  const bool drawing = pick(r, 2);
  set(r, BRUSH, 0);
  if (drawing) point(r, GESTO_POINTER_DOWN, 1, 20, 20);
  act(r, WASH_AWAY + pick(r, 3));
  wait_for(r, pick(r, 2) ? 3 : 20);
  if (drawing) point(r, GESTO_POINTER_UP, 1, 60, 40);
  draw_line(r);
  act(r, pick(r, 3) ? UNDO : NEW_PAPER);
  set(r, COLOUR, pick(r, 1 << 24));
}

static void do_something(room *r) {
  const uint32_t what = pick(r, 18);
  if (what < 7)
    draw_line(r);
  else if (what < 9)
    fill_shape(r);
  else if (what < 12)
    change_sheet(r);
  else if (what < 13)
    change_paper(r);
  else if (what < 14)
    end_it(r);
  else
    for (uint32_t n = 1 + pick(r, 4), way = pick(r, 2); n > 0; n--)
      act(r, way ? UNDO : REDO);
}

// ---- Players that die ------------------------------------------------------------------

static void note_state(room *r) {
  char json[96];
  if (canvas_in_stroke(paper_of(r))) return;
  blob_finish(&r->then_state);
  assert_int_equal(state_save(r->machine, true, &r->then_state), GESTO_OK);
  r->then = r->now;
  r->then_seq = r->seq;
  const int size =
    snprintf(json, sizeof json, "{\"seq\":%llu,\"file\":\"snap-%llu\",\"block\":0}",
      (unsigned long long)r->seq, (unsigned long long)r->seq);
  assert_int_equal(journal_append(r->file, FRAME_SNAPSHOT, 0, json, (uint32_t)size), OK);
}

static bool is_gone(const room *r, uint64_t seq) { return seq == r->left_out; }

// The newest slot is what it died of, or it is nobody's doing; the next player does again what
// came after the state.
static void die(room *r) {
  char json[96];
  const gesto_event *last = &r->slots[r->seq].as.event;
  const bool own = pick(r, 2) && r->seq > r->then_seq && last->type == GESTO_ACTION;
  if (own) {
    const uint64_t range[2] = {r->seq, r->seq};
    put_frame(r, FRAME_LEFT_OUT, range, sizeof range);
    r->left_out = r->seq;
  }
  const int size = r->then_seq
    ? snprintf(json, sizeof json, "{\"seq\":%llu,\"snapshot\":\"snap-%llu\"}",
        (unsigned long long)r->seq, (unsigned long long)r->then_seq)
    : snprintf(json, sizeof json, "{\"seq\":%llu,\"snapshot\":null}",
        (unsigned long long)r->seq);
  put_frame(r, FRAME_REVIVED, json, (size_t)size);
  machine_destroy(r->machine);
  begin(r);
  r->now = r->then;
  for (uint64_t seq = r->then_seq + 1; seq <= r->seq; seq++) {
    const sight before = look(r);
    if (is_gone(r, seq)) continue;
    machine_deliver(r->machine, &r->slots[seq]);
    follow(r, &r->slots[seq], &before);
  }
}

// ---- Looking ---------------------------------------------------------------------------

static void is_course(room *r) {
  story s = {0};
  course c = {0};
  const beginning b = {0};
  assert_int_equal(story_open(&s, r->dir), OK);
  assert_int_equal(course_read(&c, &s, &b, r->declared), OK);
  model *m = &r->now;
  memset(m->stands, 0, sizeof m->stands);
  for (uint32_t i = 0; i < m->done; i++) m->stands[m->of[i]] = true;
  uint32_t found = 0, gone = 0, left_any = 0;
  for (size_t i = 0; i < c.stroke_count; i++) {
    const course_stroke *k = &c.strokes[i];
    bool left = false, stands = false;
    for (uint64_t seq = k->first_seq; seq <= k->last_seq; seq++) {
      left |= m->step[seq];
      stands |= m->stands[seq];
    }
    found += left;
    gone += k->taken_back;
    if (k->taken_back != (left && !stands))
      fail_msg("stroke %zu, of slots %llu to %llu, %s taken back", i + 1,
        (unsigned long long)k->first_seq, (unsigned long long)k->last_seq,
        k->taken_back ? "was not" : "was");
  }
  for (uint64_t seq = 1; seq <= r->seq; seq++) left_any += m->step[seq];
  assert_int_equal(found, left_any); // each has its stroke
  r->met = (meeting){.strokes = (uint32_t)c.stroke_count, .left = found, .gone = gone};
  course_finish(&c);
  story_finish(&s);
}

static void deeds_of_chance(room *r, uint64_t seed) {
  r->chance = seed;
  for (uint32_t i = 0; i < DEEDS && r->seq + 200 < SLOTS; i++) {
    do_something(r);
    if (pick(r, 40) == 0) note_state(r);
    if (pick(r, 60) == 0) die(r);
    if (i % LOOK_EVERY == 0) is_course(r);
  }
  is_course(r);
}

static void set_up(room *r) {
  static const uint8_t session[16] = {1}, writer[8] = {2};
  static const char json[] = "{\"exercise\":\"org.gesto.draw\",\"seed\":5}";
  char path[512], why[512] = "";
  const char *build = getenv("BUILD"), *tmp = getenv("TMPDIR");
  snprintf(path, sizeof path, "%s%s/plugins/draw.so",
    build && build[0] == '/' ? "" : "./", build ? build : "build");
  snprintf(r->path, sizeof r->path, "%s/course-XXXXXX", tmp ? tmp : "/tmp");
  assert_non_null(mkdtemp(r->path));
  assert_int_equal(io_open_dir(AT_FDCWD, r->path, &r->dir), OK);
  assert_int_equal(
    journal_create(&r->file, r->dir, "process.journal", session, writer), OK);
  put_frame(r, FRAME_BEGIN, json, sizeof json - 1);
  r->draw = calloc(1, sizeof *r->draw);
  if (exercise_load(r->draw, path, why, sizeof why) != OK) fail_msg("%s", why);
  r->declared = declared_json(r->draw);
  begin(r);
}

static void put_away(room *r) {
  machine_destroy(r->machine);
  blob_finish(&r->then_state);
  free(r->declared);
  free(r->draw);
  journal_close(r->file);
  io_close(r->dir);
  assert_int_equal(io_remove_tree(AT_FDCWD, r->path), OK);
}

static void what_was_taken_back_is_what_the_canvas_took_back(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    room *r = calloc(1, sizeof *r);
    set_up(r);
    deeds_of_chance(r, seed);
    assert_true(r->met.strokes > r->met.left + 10 && r->met.left > r->met.gone + 10);
    assert_true(r->met.gone > 10);
    put_away(r);
    free(r);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_was_taken_back_is_what_the_canvas_took_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
