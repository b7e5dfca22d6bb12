// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/script_parse.h"

#include "core/record/bytes.h"
#include "core/record/json_text.h"
#include "core/record/slots.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

typedef struct reading {
  script_parser *parser;
  const script_names *names;
  const json_t *object, *value; // the line, and what its event's word stands for
  script_line *line;
  char *why;
  size_t room;
} reading;

PRINTF_LIKE(2, 3) static bool no(const reading *in, const char *format, ...) {
  va_list words;
  va_start(words, format);
  vsnprintf(in->why, in->room, format, words);
  va_end(words);
  return false;
}

// `count` numbers of an array of at least `least`; the rest keep what they have.
static bool read_numbers(
  const json_t *array, double *numbers, size_t least, size_t count) {
  const size_t size = json_array_size(array);
  if (!json_is_array(array) || size < least || size > count) return false;
  for (size_t i = 0; i < size; i++) {
    if (!json_is_number(json_array_get(array, i))) return false;
    numbers[i] = json_number_value(json_array_get(array, i));
  }
  return true;
}

static bool read_u32(const json_t *value, uint32_t *to) {
  const json_int_t v = json_integer_value(value);
  if (!json_is_integer(value) || v < 0 || v > UINT32_MAX) return false;
  *to = (uint32_t)v;
  return true;
}

static bool read_look(const json_t *value, uint32_t *flags) {
  static const char *const words[] = {
    "evening", "contrast", "still", "right-to-left", "steady"};
  *flags = 0;
  if (!json_is_array(value)) return read_u32(value, flags);
  for (size_t i = 0; i < json_array_size(value); i++) {
    const char *word = json_string_value(json_array_get(value, i));
    int bit = 0;
    while (bit < 5 && (!word || strcmp(word, words[bit]) != 0)) bit++;
    if (bit == 5) return false;
    *flags |= 1u << bit;
  }
  return true;
}

// ---- The first line

static bool read_seed(const json_t *value, uint64_t *seed) {
  const char *text = json_string_value(value);
  *seed = (uint64_t)json_integer_value(value);
  if (!value || json_is_integer(value)) return json_integer_value(value) >= 0;
  if (!text || !text[0] || strlen(text) > 20 ||
    strspn(text, "0123456789") != strlen(text))
    return false;
  *seed = strtoull(text, NULL, 10);
  return true;
}

static const char *fill_head(const json_t *object, script_head *head) {
  double stage[3] = {1280, 800, json_text_number(object, "scale", 1)};
  const char *exercise = json_text_string(object, "exercise", "");
  const json_t *look = json_object_get(object, "look");
  if (!exercise[0] || strlen(exercise) >= sizeof head->exercise)
    return "\"exercise\" has to be the exercise's id, such as \"org.gesto.draw\"";
  snprintf(head->exercise, sizeof head->exercise, "%s", exercise);
  if (!read_numbers(json_object_get(object, "stage"), stage, 2, 3) || !(stage[0] >= 1) ||
    !(stage[1] >= 1) || stage[0] > 32767 || stage[1] > 32767)
    return "\"stage\" has to be [width, height] in units, 1 to 32767 each";
  if (!(stage[2] >= 0.05) || stage[2] > 16) return "\"scale\" goes from 0.05 to 16";
  if (!read_seed(json_object_get(object, "seed"), &head->seed))
    return "\"seed\" has to be a whole number from 0 on";
  if (look && !read_look(look, &head->look_flags))
    return "\"look\" knows \"evening\", \"contrast\", \"still\", \"right-to-left\" and "
           "\"steady\"";
  head->width = (float)stage[0];
  head->height = (float)stage[1];
  head->scale = (float)stage[2];
  head->text_scale = (float)json_text_number(object, "text_scale", 1);
  if (!(head->text_scale >= 0.25f) || head->text_scale > 8)
    return "\"text_scale\" goes from 0.25 to 8";
  return NULL;
}

result script_parse_head(
  const json_t *object, script_head *head, char *why, size_t room) {
  *head = (script_head){0};
  const char *format = json_text_string(object, "gesto", "");
  unsigned version = 0;
  if (sscanf(format, "gestures/%u", &version) != 1 || version == 0) {
    snprintf(why, room,
      "a gesture script starts with {\"gesto\":\"gestures/1\",\"exercise\":…}");
    return BAD_DATA;
  }
  if (version > 1) {
    snprintf(
      why, room, "this is %s, from a later Gesto; this one reads gestures/1", format);
    return TOO_NEW;
  }
  const char *wrong = fill_head(object, head);
  if (wrong) snprintf(why, room, "%s", wrong);
  return wrong ? BAD_DATA : OK;
}

// ---- Events

static script_pointer *pointer_of(script_parser *p, uint32_t source) {
  for (uint32_t i = 0; i < SCRIPT_POINTERS; i++)
    if (p->pointers[i].used && p->pointers[i].source == source) return &p->pointers[i];
  script_pointer *oldest = &p->pointers[p->next_pointer++ % SCRIPT_POINTERS];
  *oldest = (script_pointer){.used = true, .source = source, .pressure = 0.5f};
  return oldest;
}

static bool read_tool(const json_t *value, uint32_t *tool) {
  static const char *const tools[] = {"mouse", "finger", "pen", "eraser", "switch"};
  const char *word = json_string_value(value);
  if (!word) return read_u32(value, tool);
  for (uint32_t i = 0; i <= GESTO_SWITCH; i++) {
    if (strcmp(word, tools[i]) != 0) continue;
    *tool = i;
    return true;
  }
  return false;
}

static bool parse_pointer(reading *in) {
  gesto_event *e = &in->line->event;
  double place[2], tilt[2] = {0, 0};
  if (!json_object_get(in->object, "source")) e->source = 1;
  script_pointer *then = pointer_of(in->parser, e->source);
  if (!read_numbers(in->value, place, 2, 2))
    return no(in, "a place has to be [x, y] in units");
  const json_t *given = json_object_get(in->object, "tilt");
  if (given && !read_numbers(given, tilt, 2, 2))
    return no(in, "\"tilt\" has to be [x, y], -1 to 1");
  given = json_object_get(in->object, "tool");
  if (given && !read_tool(given, &then->tool))
    return no(in, "\"tool\" is one of mouse, finger, pen, eraser, switch");
  given = json_object_get(in->object, "age");
  if (given && !read_u32(given, &e->as.pointer.age_us))
    return no(in, "\"age\" has to be a whole number of microseconds");
  given = json_object_get(in->object, "pressure");
  if (given && !json_is_number(given))
    return no(in, "\"pressure\" has to be a number, 0 to 1");
  if (given) then->pressure = (float)json_number_value(given);
  e->as.pointer.x = (float)place[0];
  e->as.pointer.y = (float)place[1];
  e->as.pointer.tilt_x = (float)tilt[0];
  e->as.pointer.tilt_y = (float)tilt[1];
  e->as.pointer.tool = then->tool;
  e->as.pointer.pressure = then->pressure;
  return true;
}

static bool read_id(reading *in, uint32_t *id) {
  const char *key = json_string_value(in->value);
  if (key && script_names_id(in->names, key, id)) return true;
  if (!key && read_u32(in->value, id)) return true;
  return no(in, "this exercise has no control \"%s\"", key ? key : "?");
}

static bool parse_control(reading *in) {
  gesto_event *e = &in->line->event;
  const json_t *value = json_object_get(in->object, "value");
  if (!read_id(in, &e->as.control.id)) return false;
  if (!value && e->type == GESTO_ACTION) return true;
  if (!value) return no(in, "a control needs a \"value\"");
  if (script_names_read(in->names, e->as.control.id, value, &e->as.control.value))
    return true;
  const char *word = json_string_value(value);
  const char *key = script_names_key(in->names, e->as.control.id);
  return no(
    in, "the control \"%s\" has no value \"%s\"", key ? key : "?", word ? word : "?");
}

static bool parse_text(reading *in) {
  script_parser *p = in->parser;
  gesto_event *e = &in->line->event;
  const char *text = json_text_string(in->object, "value", NULL);
  if (!read_id(in, &e->as.text.id)) return false;
  if (!text) return no(in, "a text needs a \"value\" in quotes");
  p->text = strdup(text);
  if (!p->text) return no(in, "there is not enough memory");
  p->text_at = 0;
  p->text_ends = !json_is_false(json_object_get(in->object, "last"));
  p->text_event = *e;
  return script_parse_rest(p, in->line);
}

static bool parse_note(reading *in) {
  gesto_event *e = &in->line->event;
  double note[2] = {0, 0};
  if (!read_numbers(in->value, note, 2, 2))
    return no(in, "a note has to be [pitch, velocity]");
  if (json_is_true(json_object_get(in->object, "off"))) e->type = GESTO_NOTE_OFF;
  e->as.note.pitch = (float)note[0];
  e->as.note.velocity = (float)note[1];
  return true;
}

static bool parse_beat(reading *in) {
  gesto_event *e = &in->line->event;
  if (json_array_size(in->value) == 3 && json_is_number(json_array_get(in->value, 0)) &&
    read_u32(json_array_get(in->value, 1), &e->as.beat.bar) &&
    read_u32(json_array_get(in->value, 2), &e->as.beat.beat)) {
    e->as.beat.tempo = json_number_value(json_array_get(in->value, 0));
    return true;
  }
  return no(in, "a beat has to be [tempo, bar, beat]");
}

static bool parse_stage(reading *in) {
  gesto_event *e = &in->line->event;
  double stage[3] = {0, 0, 1};
  if (!read_numbers(in->value, stage, 2, 3) || !(stage[0] > 0) || !(stage[1] > 0))
    return no(in, "\"stage\" has to be [width, height, scale]");
  e->as.stage.width = (float)stage[0];
  e->as.stage.height = (float)stage[1];
  e->as.stage.scale = (float)stage[2];
  return true;
}

static bool parse_view(reading *in) {
  gesto_event *e = &in->line->event;
  double view[3] = {1, 0, 0};
  if (!read_numbers(in->value, view, 3, 3))
    return no(in, "\"view\" has to be [zoom, x, y]");
  e->as.view.zoom = (float)view[0];
  e->as.view.x = (float)view[1];
  e->as.view.y = (float)view[2];
  return true;
}

static bool parse_look(reading *in) {
  gesto_event *e = &in->line->event;
  if (!read_look(in->value, &e->as.look.flags))
    return no(in,
      "\"look\" knows \"evening\", \"contrast\", \"still\", \"right-to-left\" and "
      "\"steady\"");
  e->as.look.text_scale = (float)json_text_number(in->object, "text_scale", 1);
  return true;
}

static bool parse_nothing(reading *in) {
  return json_is_true(in->value) ||
    no(in, "\"pause\", \"resume\" and \"advance\" are true or not there");
}

static bool parse_advance(reading *in) {
  in->line->kind = SCRIPT_ADVANCE;
  return parse_nothing(in);
}

static bool parse_bytes(reading *in) {
  gesto_event *e = &in->line->event;
  uint32_t type = 0, flags = 0;
  const json_t *given = json_object_get(in->object, "flags");
  const char *hex = json_text_string(in->object, "bytes", "");
  if (!read_u32(in->value, &type) || type > UINT16_MAX ||
    (given && (!read_u32(given, &flags) || flags > UINT16_MAX)))
    return no(in, "\"event\" and \"flags\" go from 0 to 65535");
  if (!bytes_from_hex(hex, e->as.own, sizeof e->as.own))
    return no(in, "\"bytes\" has to be 96 lower-case hex digits");
  e->type = (uint16_t)type;
  e->flags = (uint16_t)flags;
  return true;
}

static bool parse_papers(reading *in, const json_t *list, uint32_t *papers) {
  size_t i = 0;
  const json_t *one = NULL;
  *papers = 0;
  if (list && !json_is_array(list)) return no(in, "\"let_go\" has to be [paper...]");
  json_array_foreach(list, i, one) {
    const json_int_t n = json_integer_value(one);
    if (n < 1 || n > 32) return no(in, "a paper that is let go of has a number from 1");
    *papers |= UINT32_C(1) << (n - 1);
  }
  return true;
}

static bool parse_close(reading *in) {
  script_close *close = &in->line->close;
  const char *keep = json_text_string(in->value, "keep", "");
  const char *title = json_text_string(in->value, "title", "");
  in->line->kind = SCRIPT_CLOSE;
  if (strcmp(keep, "keep") != 0 && strcmp(keep, "private") != 0 &&
    strcmp(keep, "let-go") != 0)
    return no(in, "\"keep\" is one of keep, private, let-go");
  if (strlen(title) >= sizeof close->title)
    return no(in, "the title is too long (511 bytes)");
  snprintf(close->keep, sizeof close->keep, "%s", keep);
  snprintf(close->title, sizeof close->title, "%s", title);
  close->process = json_is_true(json_object_get(in->value, "process"));
  return parse_papers(in, json_object_get(in->value, "let_go"), &close->papers_gone);
}

static const struct word {
  const char *word;
  uint16_t type;
  bool (*parse)(reading *in);
  bool exact; // the bytes are what was asked for: not rounded
} words[] = {
  {"down", GESTO_POINTER_DOWN, parse_pointer, false},
  {"move", GESTO_POINTER_MOVE, parse_pointer, false},
  {"up", GESTO_POINTER_UP, parse_pointer, false},
  {"cancel", GESTO_POINTER_CANCEL, parse_pointer, false},
  {"hover", GESTO_POINTER_HOVER, parse_pointer, false},
  {"control", GESTO_CONTROL_SET, parse_control, false},
  {"action", GESTO_ACTION, parse_control, false},
  {"text", GESTO_TEXT, parse_text, true},
  {"note", GESTO_NOTE_ON, parse_note, false},
  {"beat", GESTO_BEAT, parse_beat, false},
  {"pause", GESTO_PAUSE, parse_nothing, false},
  {"resume", GESTO_RESUME, parse_nothing, false},
  {"stage", GESTO_STAGE, parse_stage, false},
  {"look", GESTO_LOOK, parse_look, false},
  {"view", GESTO_VIEW, parse_view, false},
  {"advance", 0, parse_advance, true},
  {"event", 0, parse_bytes, true},
  {"close", 0, parse_close, true},
};
enum { WORDS = sizeof words / sizeof *words };

static const struct word *word_of(const char *key) {
  for (size_t i = 0; i < WORDS; i++)
    if (strcmp(words[i].word, key) == 0) return &words[i];
  return NULL;
}

static bool is_detail(const char *key) {
  static const char *const details[] = {"t", "source", "pressure", "tilt", "tool", "age",
    "value", "last", "off", "text_scale", "flags", "bytes"};
  for (size_t i = 0; i < sizeof details / sizeof *details; i++)
    if (strcmp(details[i], key) == 0) return true;
  return false;
}

// The one event of the line. A key that nobody knows is a slip of the pen: better said.
static const struct word *find_word(reading *in) {
  const struct word *found = NULL;
  const char *key;
  json_t *value;
  json_object_foreach((json_t *)in->object, key, value) {
    const struct word *now = word_of(key);
    if (!now && !is_detail(key)) {
      no(in, "\"%s\" is not known here", key);
      return NULL;
    }
    if (now && found) {
      no(in, "\"%s\" and \"%s\" are two events; each has a line of its own", found->word,
        key);
      return NULL;
    }
    if (now) {
      found = now;
      in->value = value;
    }
  }
  if (!found) no(in, "there is no event (down, move, up, control, action, …)");
  return found;
}

static bool read_time(reading *in) {
  const json_t *t = json_object_get(in->object, "t");
  const double seconds = json_number_value(t);
  if (!json_is_number(t) || !(seconds >= 0) || seconds > 1e8)
    return no(in, "\"t\" has to be the time in seconds, from 0 on");
  const uint64_t us = (uint64_t)llround(seconds * 1e6);
  if (us < in->parser->time)
    return no(in, "the time goes back, from %.6f to %.6f", (double)in->parser->time / 1e6,
      seconds);
  in->parser->time = in->line->event.time = us;
  return true;
}

result script_parse_line(script_parser *p, const script_names *names,
  const json_t *object, script_line *line, char *why, size_t room) {
  *line = (script_line){.kind = SCRIPT_EVENT};
  reading in = {p, names, object, NULL, line, why, room};
  why[0] = 0;
  if (!read_time(&in)) return BAD_DATA;
  const json_t *source = json_object_get(object, "source");
  if (source && !read_u32(source, &line->event.source))
    no(&in, "\"source\" has to be a whole number");
  if (why[0]) return BAD_DATA;
  const struct word *word = find_word(&in);
  if (!word) return BAD_DATA;
  line->event.type = word->type;
  if (!word->parse(&in)) return BAD_DATA;
  if (!word->exact) gesto_event_round(&line->event);
  if (line->kind != SCRIPT_EVENT) line->event.source = 0; // it is nobody's
  return OK;
}

// As many bytes as fit without cutting a character in two.
static size_t piece_of(const char *text, size_t room) {
  size_t size = strlen(text);
  if (size <= room) return size;
  for (size = room; size > 0 && (text[size] & 0xc0) == 0x80; size--) {}
  return size;
}

bool script_parse_rest(script_parser *p, script_line *line) {
  if (!p->text) return false;
  const char *from = p->text + p->text_at;
  const size_t size = piece_of(from, sizeof p->text_event.as.text.utf8);
  *line = (script_line){.kind = SCRIPT_EVENT, .event = p->text_event};
  memcpy(line->event.as.text.utf8, from, size);
  p->text_at += size;
  const bool done = from[size] == 0;
  line->event.as.text.last = done && p->text_ends;
  if (done) script_parse_finish(p);
  return true;
}

void script_parse_finish(script_parser *p) {
  free(p->text);
  p->text = NULL;
}
