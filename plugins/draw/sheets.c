// SPDX-License-Identifier: GPL-3.0-or-later
#include "sheets.h"

#include <stdio.h>
#include <stdlib.h>

enum { ABOUT_ROOM = 400, TITLE_ROOM = 40 };

static const char *word(const gesto_host *host, const char *text) {
  const gesto_words *w = host->extension(host, GESTO_WORDS);
  return w ? w->word(host, text) : text;
}

void say(const gesto_host *host, const char *text) {
  const gesto_speech *s = host->extension(host, GESTO_SPEECH);
  if (s) s->say(host, word(host, text), true);
}

static gesto_canvas_seen see(const sheets *s) {
  gesto_canvas_seen seen = {.size = sizeof seen};
  s->canvas->see(s->host, &seen);
  return seen;
}

uint64_t sheets_steps(const sheets *s) { return see(s).steps; }

void sheets_note(const sheets *s, uint64_t before, uint8_t mark) {
  if (sheets_steps(s) > before) marks_add(s->marks, mark);
}

static uint32_t paper_colour(uint32_t choice) {
  return (uint32_t)strtoul(draw_papers[choice].key + 1, NULL, 16);
}

// The choice that has this colour; else the one that is shown.
static uint32_t paper_of(uint32_t colour, uint32_t shown) {
  for (uint32_t i = 0; draw_papers[i].key != NULL; i++)
    if (paper_colour(i) == colour) return i;
  return shown;
}

static gesto_result change(const sheets *s, const char *what, uint32_t n, uint8_t mark) {
  const uint64_t before = sheets_steps(s);
  const gesto_result r = s->canvas->sheet(s->host, what, n);
  sheets_note(s, before, mark);
  return r;
}

// The place of the chosen sheet among the others, from 0 for the lowest.
static uint32_t place_of(const gesto_canvas_seen *seen) {
  uint32_t place = 0;
  while (place + 1 < seen->sheets && seen->order[place] != seen->chosen) place++;
  return place;
}

// ---- What the controls do ----------------------------------------------------------

static void add(const sheets *s) {
  if (change(s, "add", 0, MARK_SHEET) == GESTO_NO_SPACE)
    say(s->host, N_("There are three sheets. That is as many as lie on each other."));
}

// A place where there is none yet gets one.
static void choose(const sheets *s, const gesto_canvas_seen *seen) {
  const uint32_t place = s->now->value[SHEET];
  if (place < seen->sheets)
    change(s, "choose", seen->order[place], MARK_SHEET);
  else
    add(s);
}

// While a slider is moved there is one step, not one for every place that it passes.
static void fade(const sheets *s, const gesto_canvas_seen *seen) {
  const uint8_t mark = (uint8_t)(MARK_FADED + seen->chosen - 1);
  char what[32];
  snprintf(what, sizeof what, "opacity %u", s->now->value[SHEET_OPACITY]);
  if (s->now->value[SHEET_OPACITY] == seen->opacity[seen->chosen - 1]) return;
  if (marks_last(s->marks) == mark && s->canvas->undo(s->host)) marks_undo(s->marks);
  change(s, what, seen->chosen, mark);
}

bool sheets_has(uint32_t control) {
  return control == SHEET || control == SHEET_SHOWN || control == SHEET_OPACITY ||
    control == PAPER || control == TEXTURE;
}

void sheets_set(const sheets *s, uint32_t control) {
  const gesto_canvas_seen seen = see(s);
  const uint32_t value = s->now->value[control];
  switch (control) {
  case SHEET: choose(s, &seen); break;
  case SHEET_SHOWN: change(s, value ? "show" : "hide", seen.chosen, MARK_SHEET); break;
  case SHEET_OPACITY: fade(s, &seen); break;
  case PAPER: change(s, "paper", paper_colour(value), MARK_SHEET); break;
  case TEXTURE: change(s, "texture", value, MARK_SHEET); break;
  default: break;
  }
}

static void say_which(const sheets *s) {
  const gesto_canvas_seen seen = see(s);
  char text[200];
  snprintf(
    text, sizeof text, word(s->host, N_("Paper %u of %u")), seen.paper, seen.papers);
  const gesto_speech *speech = s->host->extension(s->host, GESTO_SPEECH);
  if (speech) speech->say(s->host, text, true);
}

uint32_t sheets_paper(const sheets *s) { return see(s).paper; }

void sheets_say_turned(const sheets *s, uint32_t before) {
  if (sheets_paper(s) != before) say_which(s);
}

static void turn(const sheets *s, uint32_t paper) {
  if (change(s, "turn", paper, (uint8_t)(MARK_PAPER + paper - 1)) == GESTO_OK)
    say_which(s);
}

static void lay_new(const sheets *s, const gesto_canvas_seen *seen) {
  const gesto_result r = change(s, "new", 0, (uint8_t)(MARK_PAPER + seen->papers));
  if (r == GESTO_NO_SPACE)
    say(
      s->host, N_("All papers are in use. They are kept, and you can go back to each."));
  else if (r == GESTO_OK && see(s).papers > seen->papers)
    say_which(s);
  else if (r == GESTO_OK)
    say(s->host, N_("This paper is still empty."));
}

void sheets_act(const sheets *s, uint32_t button) {
  const gesto_canvas_seen seen = see(s);
  switch (button) {
  case ADD_SHEET: add(s); break;
  case RAISE: change(s, "raise", seen.chosen, MARK_SHEET); break;
  case LOWER: change(s, "lower", seen.chosen, MARK_SHEET); break;
  case NEW_PAPER: lay_new(s, &seen); break;
  case EARLIER_PAPER:
    if (seen.paper > 1)
      turn(s, seen.paper - 1);
    else
      say(s->host, N_("This is the first paper."));
    break;
  case LATER_PAPER:
    if (seen.paper < seen.papers)
      turn(s, seen.paper + 1);
    else
      say(s->host, N_("This is the last paper. “New paper” lays another one here."));
    break;
  default: break;
  }
}

void sheets_show_chosen(const sheets *s) {
  const gesto_canvas_seen seen = see(s);
  if (seen.hidden[seen.chosen - 1]) change(s, "show", seen.chosen, MARK_SHEET);
}

// ---- What the controls show ------------------------------------------------------------

static void tell(const sheets *s, uint32_t control, uint32_t value) {
  if (s->now->value[control] == value) return;
  s->now->value[control] = value;
  s->host->set_control(s->host, control, value);
}

// Buttons that have nothing to do now.
static void tell_rest(const sheets *s, const gesto_canvas_seen *seen) {
  const uint32_t place = place_of(seen);
  tell(s, SHEETS_THERE, seen->sheets);
  tell(s, ADD_SHEET, seen->sheets == GESTO_SHEETS);
  tell(s, RAISE, place + 1 == seen->sheets);
  tell(s, LOWER, place == 0);
  tell(s, NEW_PAPER, !(seen->used >> (seen->paper - 1) & 1));
  tell(s, EARLIER_PAPER, seen->paper == 1);
  tell(s, LATER_PAPER, seen->paper == seen->papers);
}

void sheets_tell(const sheets *s) {
  const gesto_canvas_seen seen = see(s);
  tell(s, SHEET, place_of(&seen));
  tell(s, SHEET_SHOWN, !seen.hidden[seen.chosen - 1]);
  tell(s, SHEET_OPACITY, seen.opacity[seen.chosen - 1]);
  tell(s, PAPER, paper_of(seen.colour, s->now->value[PAPER]));
  tell(s, TEXTURE, seen.texture);
  tell(s, UNDER, marks_under(s->marks));
  tell_rest(s, &seen);
}

// ---- What stays --------------------------------------------------------------------

size_t sheets_describe(const sheets *s, char *text, size_t room) {
  const gesto_canvas_seen seen = see(s);
  const size_t used = marks_describe(s->marks, seen.paper, text, room);
  if (seen.papers == 1) return used;
  const size_t left = used < room ? room - used : 0;
  return used +
    (size_t)snprintf(
      left ? text + used : NULL, left, " Paper %u of %u.", seen.paper, seen.papers);
}

static uint32_t count(uint32_t bits) {
  uint32_t n = 0;
  for (; bits; bits &= bits - 1) n++;
  return n;
}

bool sheets_used(const sheets *s) {
  const gesto_canvas_seen seen = see(s);
  return seen.used >> (seen.paper - 1) & 1;
}

bool sheets_others_used(const sheets *s) {
  const gesto_canvas_seen seen = see(s);
  return (seen.used & ~(UINT32_C(1) << (seen.paper - 1))) != 0;
}

bool sheets_clear(const sheets *s) {
  return change(s, "clear", 0, MARK_NEW_PAPER) == GESTO_OK;
}

static gesto_result keep_one(const sheets *s, uint32_t paper, uint32_t number) {
  char title[TITLE_ROOM] = "Drawing", about[ABOUT_ROOM];
  if (number > 0) snprintf(title, sizeof title, "Drawing %u", number);
  marks_describe(s->marks, paper, about, sizeof about);
  return s->canvas->keep_paper(s->host, paper, title, about);
}

gesto_result sheets_keep(const sheets *s, bool without) {
  gesto_canvas_seen seen = see(s);
  if (without) seen.used &= ~(UINT32_C(1) << (seen.paper - 1));
  const bool several = count(seen.used) > 1;
  uint32_t number = 0;
  if (seen.used == 0) return keep_one(s, seen.paper, 0);
  for (uint32_t paper = 1; paper <= seen.papers; paper++) {
    if (!(seen.used >> (paper - 1) & 1)) continue;
    const gesto_result r = keep_one(s, paper, several ? ++number : 0);
    if (r != GESTO_OK) return r;
  }
  return GESTO_OK;
}
