// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/course.h"

#include "core/api/gesto.h"
#include "core/base/growing.h"
#include "core/keeper/deeds.h"

#include <stdlib.h>
#include <string.h>

enum {
  CONTACTS = 32,
  IN_A_ROW_US = 2 * 1000 * 1000, // the same once more within this is the same mark
  LONG_SILENCE_US = 10 * 1000 * 1000,
};

typedef struct contact {
  uint32_t source;
  size_t stroke;
  bool loose; // on paper: Undo or Redo came, and with it a line ends
} contact;

typedef struct reading {
  course *c;
  double *values; // of the controls; NaN-free: `known` says which hold
  bool *known;
  json_t *tool;  // the control that says what is in the hand, or NULL
  json_t *other; // stands in for it; choosing in the first puts this one away; or NULL
  json_t *colour;
  bool on_canvas; // only the first contact draws
  contact contacts[CONTACTS];
  uint32_t contact_count;
  uint64_t last_us; // when something happened last
  deeds deeds;
  const steps *steps; // what the canvas told
  size_t next_step;
  uint64_t undone_in; // the slot with which something was taken back last
} reading;

// ---- What is declared --------------------------------------------------------------------

static const char *text_of(const json_t *o, const char *key) {
  const char *text = json_string_value(json_object_get(o, key));
  return text ? text : "";
}

static bool is_listed(const json_t *o, const char *key, const char *word) {
  size_t i = 0;
  const json_t *one = NULL;
  json_array_foreach(json_object_get(o, key), i, one) {
    if (json_is_string(one) && strcmp(json_string_value(one), word) == 0) return true;
  }
  return false;
}

static json_t *controls_of(const course *c) {
  return json_object_get(c->declared, "controls");
}

static size_t find_control(const course *c, uint32_t id) {
  size_t i = 0;
  const json_t *one = NULL;
  json_array_foreach(controls_of(c), i, one) {
    if (json_integer_value(json_object_get(one, "id")) == (json_int_t)id) return i;
  }
  return SIZE_MAX;
}

// By its kind, and by a flag where one is asked for.
static json_t *first_of(const course *c, const char *kind, const char *wanted) {
  size_t i = 0;
  json_t *one = NULL;
  json_array_foreach(controls_of(c), i, one) {
    if (strcmp(text_of(one, "kind"), kind) == 0 &&
      (!wanted || is_listed(one, "flags", wanted)))
      return one;
  }
  return NULL;
}

static size_t place_of(const course *c, const json_t *control) {
  size_t i = 0;
  const json_t *one = NULL;
  json_array_foreach(controls_of(c), i, one) {
    if (one == control) return i;
  }
  return SIZE_MAX;
}

static bool value_of(const reading *r, const json_t *control, double *value) {
  const size_t at = control ? place_of(r->c, control) : SIZE_MAX;
  if (at == SIZE_MAX || !r->known[at]) return false;
  *value = r->values[at];
  return true;
}

// As value_in_words of player/controls.c reads what plugins.conf or a room says.
static double value_in_words(const json_t *control, const char *text) {
  size_t i = 0;
  const json_t *choice = NULL;
  json_array_foreach(json_object_get(control, "choices"), i, choice) {
    if (strcmp(text_of(choice, "key"), text) == 0) return (double)i;
  }
  return text[0] == '#' ? (double)strtoul(text + 1, NULL, 16) : strtod(text, NULL);
}

static double first_value(const json_t *control, const beginning *b) {
  for (uint32_t i = 0; i < b->setting_count; i++)
    if (strcmp(b->settings[i].key, text_of(control, "key")) == 0)
      return value_in_words(control, b->settings[i].value);
  return json_number_value(json_object_get(control, "initial"));
}

// What is in the hand where a creation begins with the state of another is not in its journal.
static result begin(reading *r, const beginning *b) {
  const course *c = r->c;
  const size_t count = json_array_size(controls_of(c));
  r->values = calloc(count + 1, sizeof *r->values);
  r->known = calloc(count + 1, sizeof *r->known);
  if (!r->values || !r->known) return NO_MEMORY;
  for (size_t i = 0; i < count; i++) {
    const json_t *one = json_array_get(controls_of(c), i);
    r->values[i] = first_value(one, b);
    r->known[i] = !b->from[0];
  }
  r->tool = first_of(c, "choice", NULL);
  r->other = first_of(c, "choice", "instead");
  r->colour = first_of(c, "colour", NULL);
  r->on_canvas = r->c->on_canvas = is_listed(c->declared, "wants", "canvas");
  return OK;
}

// ---- Marks ---------------------------------------------------------------------------------

static result add_mark(reading *r, course_mark mark) {
  course *c = r->c;
  course_mark *last = c->mark_count ? &c->marks[c->mark_count - 1] : NULL;
  if (last && last->kind == mark.kind && last->control == mark.control &&
    mark.kind != COURSE_SILENCE && mark.at_us - last->at_us <= IN_A_ROW_US) {
    last->value = mark.value;
    last->times++;
    return OK;
  }
  course_mark *list = growing_list(c->marks, c->mark_count, &c->mark_room, sizeof *list);
  if (!list) return NO_MEMORY;
  c->marks = list;
  mark.times = 1;
  list[c->mark_count++] = mark;
  return OK;
}

// ---- Strokes -------------------------------------------------------------------------------

static json_t *tool_in_hand(const reading *r) {
  double value = 0;
  const bool others = value_of(r, r->other, &value) && value > 0;
  const json_t *from = others ? r->other : r->tool;
  if (!others && !value_of(r, r->tool, &value)) return NULL;
  const json_t *choices = json_object_get(from, "choices");
  const bool fits = value >= 0 && value < (double)json_array_size(choices);
  return fits ? json_object_get(json_array_get(choices, (size_t)value), "name") : NULL;
}

static int32_t colour_in_hand(const reading *r) {
  double colour = COURSE_UNKNOWN;
  const bool known = value_of(r, r->colour, &colour) && colour >= 0 && colour <= 0xFFFFFF;
  return known ? (int32_t)colour : COURSE_UNKNOWN;
}

static contact *find_contact(reading *r, uint32_t source) {
  for (uint32_t i = 0; i < r->contact_count; i++)
    if (r->contacts[i].source == source) return &r->contacts[i];
  return NULL;
}

static void drop_contact(reading *r, contact *k) { *k = r->contacts[--r->contact_count]; }

static result begin_stroke(reading *r, const ring_slot *slot) {
  course *c = r->c;
  if (r->contact_count > 0 && r->contacts[0].loose) drop_contact(r, &r->contacts[0]);
  if (r->contact_count == CONTACTS || (r->on_canvas && r->contact_count > 0)) return OK;
  course_stroke *list =
    growing_list(c->strokes, c->stroke_count, &c->stroke_room, sizeof *list);
  if (!list) return NO_MEMORY;
  c->strokes = list;
  r->contacts[r->contact_count++] =
    (contact){.source = slot->as.event.source, .stroke = c->stroke_count};
  list[c->stroke_count++] = (course_stroke){.from_us = slot->as.event.time,
    .to_us = slot->as.event.time,
    .first_seq = slot->seq,
    .last_seq = slot->seq,
    .tool = tool_in_hand(r),
    .colour = colour_in_hand(r)};
  return OK;
}

// Taken for a palm, or for a gesture of the host: it never was a stroke.
static void forget_stroke(reading *r, size_t stroke) {
  course *c = r->c;
  memmove(c->strokes + stroke, c->strokes + stroke + 1,
    (--c->stroke_count - stroke) * sizeof *c->strokes);
  for (uint32_t i = 0; i < r->contact_count; i++)
    if (r->contacts[i].stroke > stroke) r->contacts[i].stroke--;
}

static void reach(reading *r, size_t stroke, const ring_slot *slot) {
  r->c->strokes[stroke].to_us = slot->as.event.time;
  r->c->strokes[stroke].last_seq = slot->seq;
}

static void end_stroke(reading *r, contact *k, const ring_slot *slot) {
  reach(r, k->stroke, slot);
  drop_contact(r, k);
}

// Down once more: its UP was lost, and it ended where it was last.
static result touch(reading *r, contact *k, const ring_slot *slot) {
  if (k) drop_contact(r, k);
  return begin_stroke(r, slot);
}

static result point(reading *r, const ring_slot *slot) {
  const gesto_event *e = &slot->as.event;
  contact *k = find_contact(r, e->source);
  if (e->type == GESTO_POINTER_DOWN) return touch(r, k, slot);
  if (!k) return OK;
  if (e->type == GESTO_POINTER_CANCEL) {
    const size_t stroke = k->stroke;
    drop_contact(r, k);
    forget_stroke(r, stroke);
  } else if (e->type == GESTO_POINTER_UP) {
    end_stroke(r, k, slot);
  } else {
    reach(r, k->stroke, slot);
  }
  return OK;
}

// ---- Controls ------------------------------------------------------------------------------

static course_kind kind_of(const reading *r, const json_t *control) {
  if (control == r->tool || control == r->other) return COURSE_TOOL;
  return control == r->colour ? COURSE_COLOUR : COURSE_SET;
}

// Bit for bit: what is set is never the outcome of a sum.
static bool is_same(double a, double b) { return memcmp(&a, &b, sizeof a) == 0; }

static result set(reading *r, const gesto_event *e) {
  const size_t at = find_control(r->c, e->as.control.id);
  if (at == SIZE_MAX) return OK;
  json_t *control = json_array_get(controls_of(r->c), at);
  const double value = e->as.control.value;
  // Undo may have set it back meanwhile, which is not in the journal.
  const bool undoable = is_listed(control, "flags", "undoable");
  if (!undoable && r->known[at] && is_same(r->values[at], value)) return OK;
  r->values[at] = value;
  r->known[at] = true;
  const size_t other =
    control == r->tool && r->other ? place_of(r->c, r->other) : SIZE_MAX;
  if (other != SIZE_MAX) r->values[other] = 0;
  return add_mark(r,
    (course_mark){
      .at_us = e->time, .kind = kind_of(r, control), .control = control, .value = value});
}

static result act(reading *r, const ring_slot *slot) {
  const size_t at = find_control(r->c, slot->as.event.as.control.id);
  json_t *control = at == SIZE_MAX ? NULL : json_array_get(controls_of(r->c), at);
  if (!control) return OK;
  const bool undo = strcmp(text_of(control, "key"), "undo") == 0;
  const bool redo = strcmp(text_of(control, "key"), "redo") == 0;
  course_mark mark = {
    .at_us = slot->as.event.time, .kind = COURSE_DID, .control = control};
  if (undo) mark.kind = COURSE_UNDO;
  if (redo) mark.kind = COURSE_REDO;
  if (r->on_canvas && r->contact_count > 0) r->contacts[0].loose |= undo || redo;
  return add_mark(r, mark);
}

// ---- Steps of the canvas -------------------------------------------------------------------

// The stroke that was under way with that slot, or DEEDS_NO_STROKE. On paper there is one at
// a time.
static size_t stroke_of(const course *c, uint64_t seq) {
  size_t low = 0, high = c->stroke_count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (c->strokes[middle].first_seq <= seq)
      low = middle + 1;
    else
      high = middle;
  }
  return low > 0 && seq <= c->strokes[low - 1].last_seq ? low - 1 : DEEDS_NO_STROKE;
}

// With its step a line is over, also where the hand has not lifted yet.
static void end_line(reading *r, size_t stroke, const page_report *step, uint64_t at_us) {
  contact *k = r->contact_count > 0 ? &r->contacts[0] : NULL;
  course_stroke *s = &r->c->strokes[stroke];
  if (!k || k->stroke != stroke || step->block != s->first_seq) return;
  s->to_us = at_us;
  s->last_seq = step->before_seq;
  drop_contact(r, k);
}

// What is taken back and made anew in one go, as while a slider moves, stays one deed.
static result note_made(reading *r, const page_report *step, uint64_t at_us) {
  const size_t stroke = step->block ? stroke_of(r->c, step->block) : DEEDS_NO_STROKE;
  const bool anew = r->undone_in == step->before_seq;
  r->undone_in = 0;
  if (stroke == DEEDS_NO_STROKE)
    return anew ? deeds_replace(&r->deeds, at_us) : deeds_add(&r->deeds, at_us, stroke);
  end_line(r, stroke, step, at_us);
  return deeds_add(&r->deeds, r->c->strokes[stroke].from_us, stroke);
}

static result note_step(reading *r, const page_report *step, uint64_t at_us) {
  switch (step->kind) {
  case REPORT_MADE: return note_made(r, step, at_us);
  case REPORT_UNDONE:
    r->undone_in = step->before_seq;
    return deeds_undo(&r->deeds, at_us);
  case REPORT_REDONE: return deeds_redo(&r->deeds);
  default: deeds_forget(&r->deeds); return OK;
  }
}

// Those that came about with slots up to `seq`.
static result take_steps(reading *r, uint64_t seq, uint64_t at_us) {
  result done = OK;
  const steps *s = r->steps;
  while (!done && r->next_step < s->count && s->all[r->next_step].before_seq <= seq)
    done = note_step(r, &s->all[r->next_step++], at_us);
  return done;
}

// ---- The slots -----------------------------------------------------------------------------

static result note_silence(reading *r, uint64_t until_us) {
  const uint64_t length_us = until_us - r->last_us;
  result done = timelapse_add(&r->c->lapse, r->last_us, until_us);
  if (!done && length_us >= LONG_SILENCE_US)
    done = add_mark(r,
      (course_mark){
        .at_us = r->last_us, .kind = COURSE_SILENCE, .value = (double)length_us / 1e6});
  r->last_us = until_us;
  return done;
}

static result take_event(reading *r, const ring_slot *slot) {
  switch (slot->as.event.type) {
  case GESTO_POINTER_DOWN:
  case GESTO_POINTER_MOVE:
  case GESTO_POINTER_UP:
  case GESTO_POINTER_CANCEL: return point(r, slot);
  case GESTO_CONTROL_SET: return set(r, &slot->as.event);
  case GESTO_ACTION: return act(r, slot);
  case GESTO_PAUSE:
    return add_mark(r, (course_mark){.at_us = slot->as.event.time, .kind = COURSE_PAUSE});
  default: return OK;
  }
}

// What the window tells by itself is nobody's doing.
static bool is_a_happening(const ring_slot *slot) {
  const uint16_t type = slot->as.event.type;
  return slot->kind == SLOT_ADVANCE || (type != GESTO_STAGE && type != GESTO_LOOK);
}

static result take_slot(void *data, const ring_slot *slot) {
  reading *r = data;
  const uint64_t now_us = slot->as.event.time;
  result done = take_steps(r, slot->seq - 1, r->c->end_us);
  if (now_us > r->c->end_us) r->c->end_us = now_us;
  if (!done && is_a_happening(slot) && now_us > r->last_us)
    done = note_silence(r, now_us);
  if (!done && slot->kind == SLOT_EVENT) done = take_event(r, slot);
  return done ? done : take_steps(r, slot->seq, now_us);
}

// ---- What was taken back -------------------------------------------------------------------

static int by_from(const void *a, const void *b) {
  const course_span *x = a, *y = b;
  return (x->from_us > y->from_us) - (x->from_us < y->from_us);
}

static size_t joined(course_span *list, size_t count) {
  size_t kept = 0;
  for (size_t i = 1; i < count; i++) {
    if (list[i].from_us > list[kept].to_us)
      list[++kept] = list[i];
    else if (list[i].to_us > list[kept].to_us)
      list[kept].to_us = list[i].to_us;
  }
  return count ? kept + 1 : 0;
}

// From each that was taken back for good to the last Undo of it.
static result note_taken_back(reading *r) {
  course *c = r->c;
  c->taken_back = calloc(r->deeds.count + 1, sizeof *c->taken_back);
  if (!c->taken_back) return NO_MEMORY;
  for (size_t i = 0; i < r->deeds.count; i++) {
    const deed *d = &r->deeds.all[i];
    if (!d->taken_back) continue;
    if (d->stroke != DEEDS_NO_STROKE) c->strokes[d->stroke].taken_back = true;
    c->taken_back[c->taken_back_count++] = (course_span){d->at_us, d->undone_us};
  }
  qsort(c->taken_back, c->taken_back_count, sizeof *c->taken_back, by_from);
  c->taken_back_count = joined(c->taken_back, c->taken_back_count);
  return OK;
}

static void reading_finish(reading *r) {
  free(r->values);
  free(r->known);
  deeds_finish(&r->deeds);
}

result course_read(course *c, const story *s, const beginning *b, const char *declared) {
  *c = (course){.declared = json_loads(declared ? declared : "", 0, NULL)};
  if (!json_is_object(c->declared)) return BAD_DATA;
  reading r = {.c = c, .steps = &s->steps};
  result done = begin(&r, b);
  if (!done) done = story_each(s, take_slot, &r);
  if (!done) done = take_steps(&r, UINT64_MAX, c->end_us);
  if (!done && c->end_us > r.last_us) done = note_silence(&r, c->end_us);
  if (!done) done = note_taken_back(&r);
  reading_finish(&r);
  return done;
}

void course_finish(course *c) {
  free(c->strokes);
  free(c->marks);
  free(c->taken_back);
  timelapse_finish(&c->lapse);
  json_decref(c->declared);
  *c = (course){0};
}

bool course_stroke_time(const course *c, uint64_t number, bool end, uint64_t *time_us) {
  if (number == 0 || number > c->stroke_count) return false;
  const course_stroke *s = &c->strokes[number - 1];
  *time_us = end ? s->to_us : s->from_us;
  return true;
}
