// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/voice_note.h"

#include "core/base/protocol.h"
#include "core/stage/pages.h"
#include "core/stage/speaking.h"
#include "core/ui/focus.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const double quiet_below = 0.05, loud_from = 0.7; // of full scale: -26 and -3 dBFS

static void ask(stage *s, uint32_t what) { stage_say(s, FROM_STAGE_NOTE, what, NULL); }

static bool is_off(const voice_note *n) {
  return n->state == NOTE_NONE || n->state == NOTE_KEPT || n->state == NOTE_NO_MICROPHONE;
}

void note_begin(stage *s) {
  if (is_off(&s->note)) ask(s, NOTE_BEGIN);
}

void note_end(stage *s) {
  if (!is_off(&s->note)) ask(s, NOTE_END);
}

void note_listen(stage *s) {
  if (s->note.state != NOTE_KEPT) return;
  stage_hush(s, false); // it was asked for
  ask(s, s->note.listens ? NOTE_QUIET : NOTE_LISTEN);
}

void note_let_go(stage *s) {
  if (s->note.state == NOTE_KEPT) ask(s, NOTE_LET_GO);
}

const char *note_level_words(const voice_note *n) {
  if (n->state != NOTE_ON) return "";
  if (n->level < quiet_below) return _("quiet");
  return n->level < loud_from ? _("comfortable") : _("too loud");
}

// ---- Widgets -----------------------------------------------------------------------------

// Of a button that gives way to another one.
static void begin_chosen(void *data, widget *w) {
  stage *s = data;
  (void)w;
  s->note.at_hand = true;
  note_begin(s);
}

static void end_chosen(void *data, widget *w) {
  stage *s = data;
  (void)w;
  s->note.at_hand = true;
  note_end(s);
}

static void listen_chosen(void *data, widget *w) {
  (void)w;
  note_listen(data);
}

static void let_go_chosen(void *data, widget *w) {
  stage *s = data;
  (void)w;
  s->note.at_hand = true;
  note_let_go(s);
}

static void say_words(const voice_note *n, char *to, size_t room) {
  const int whole = (int)floor(n->seconds);
  char time[24];
  snprintf(time, sizeof time, "%d:%02d", whole / 60, whole % 60);
  switch (n->state) {
  case NOTE_OPENING: snprintf(to, room, "%s", _("One moment.")); break;
  case NOTE_ON: snprintf(to, room, "%s   %s", time, note_level_words(n)); break;
  case NOTE_MAKING: snprintf(to, room, "%s", _("One moment.")); break;
  case NOTE_KEPT: snprintf(to, room, _("Your voice note, %s."), time); break;
  case NOTE_NO_MICROPHONE:
    snprintf(to, room, "%s",
      _("There is no microphone here just now. You can write, or leave it out."));
    break;
  default:
    snprintf(to, room, "%s", _("The microphone is off until you press the button."));
    break;
  }
}

typedef struct note_button {
  const char *id, *icon, *label;
  widget_call *chosen;
  bool records; // in the colour of Record and Stop
} note_button;

static widget *add(stage *s, widget *row, const note_button *b) {
  const button_look look = b->records ? BUTTON_STOP : BUTTON_PLAIN;
  widget *w = button_create(row, b->id, b->icon, b->label, look);
  w->chosen = b->chosen;
  w->data = s;
  return w;
}

static void add_kept(stage *s, widget *row) {
  const bool listens = s->note.listens;
  const note_button buttons[] = {{.id = "note-listen",
                                   .icon = listens ? "stop" : "play",
                                   .label = listens ? _("Be quiet") : _("Listen"),
                                   .chosen = listen_chosen},
    {.id = "note-begin",
      .icon = "microphone",
      .label = _("Do it again"),
      .chosen = begin_chosen},
    {.id = "note-let-go",
      .icon = "leaf",
      .label = _("Let it go"),
      .chosen = let_go_chosen}};
  for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++) add(s, row, &buttons[i]);
}

// What the button does now, where there is no note yet.
static note_button only_button(note_state state) {
  if (state == NOTE_ON)
    return (note_button){
      "note-end", "microphone", _("The microphone is on. Done"), end_chosen, true};
  if (state == NOTE_OPENING || state == NOTE_MAKING)
    return (note_button){"note-end", "clock", _("One moment"), NULL, false};
  return (note_button){
    "note-begin", "microphone", _("Say it aloud"), begin_chosen, false};
}

static void add_buttons(stage *s, widget *row) {
  if (s->note.state == NOTE_KEPT) {
    add_kept(s, row);
    return;
  }
  const note_button only = only_button(s->note.state);
  widget *w = add(s, row, &only);
  if (!only.chosen) widget_set_state(w, STATE_DISABLED, true);
}

void note_widgets(stage *s, widget *column) {
  voice_note *n = &s->note;
  char words[256];
  widget *row = wrap_create(column, "note-row", 12);
  add_buttons(s, row);
  say_words(n, words, sizeof words);
  n->words = label_create(column, "note-words", TEXT_SMALL, words);
}

// ---- What the keeper says ------------------------------------------------------------------

static note_state state_called(const char *name) {
  static const char *const names[] = {
    "none", "opening", "on", "making", "kept", "no-microphone"};
  for (int i = 0; name && i < (int)(sizeof names / sizeof *names); i++)
    if (strcmp(names[i], name) == 0) return (note_state)i;
  return NOTE_NONE;
}

static void show_words(stage *s) {
  voice_note *n = &s->note;
  char words[256];
  if (!n->words) return;
  say_words(n, words, sizeof words);
  if (strcmp(words, n->words->label) == 0) return;
  widget_set_label(n->words, words);
  view_moved(&s->view);
}

// The button that was pressed is another one now.
static void follow(stage *s) {
  static const char *const ids[] = {"note-end", "note-listen", "note-begin"};
  voice_note *n = &s->note;
  for (size_t i = 0; n->at_hand && i < sizeof ids / sizeof *ids; i++) {
    widget *w = widget_find(view_top(&s->view), ids[i]);
    if (!w || !widget_can_focus(w)) continue;
    n->at_hand = false;
    focus_set(&s->view, w);
  }
}

void note_take(stage *s, const link_message *m) {
  voice_note *n = &s->note;
  json_t *o = json_loadb(m->text, m->text_size, JSON_REJECT_DUPLICATES, NULL);
  const note_state was = n->state;
  const bool listened = n->listens;
  if (!o) return;
  n->state = state_called(json_string_value(json_object_get(o, "state")));
  n->seconds = json_number_value(json_object_get(o, "seconds"));
  n->level = json_number_value(json_object_get(o, "level")) / 1000;
  n->listens = json_is_true(json_object_get(o, "listens"));
  json_decref(o);
  const bool changed = n->state != was || n->listens != listened;
  if (changed && n->words) {
    stage_rebuild(s);
    follow(s);
  } else {
    show_words(s);
  }
}
