// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/wish.h"

#include "core/stage/feeling.h"
#include "core/stage/pages.h"
#include "core/ui/say.h"

#include <stdio.h>
#include <string.h>

// ---- What can be picked

typedef struct pick { // one row of chips
  const char *id, *sign;
  uint32_t count;
  uint32_t *bits;
  widget_call *chosen;
} pick;

static void show_picked(stage *s, widget *chip, const char *sign, bool on) {
  widget_set_state(chip, STATE_SELECTED, on);
  chip->icon = on ? icon_find("check") : sign ? icon_find(sign) : NULL;
  view_moved(&s->view);
}

static void wish_touched(stage *s) {
  if (s->said.arrived)
    s->said.wish_due = true;
  else
    said_touch(s);
}

static void goal_chosen(void *data, widget *w) {
  stage *s = data;
  s->said.arriving.goals_picked ^= 1u << w->number;
  show_picked(s, w, "flag", s->said.arriving.goals_picked >> w->number & 1);
  wish_touched(s);
}

static void idea_chosen(void *data, widget *w) {
  stage *s = data;
  s->said.arriving.ideas_picked ^= 1u << w->number;
  show_picked(s, w, NULL, s->said.arriving.ideas_picked >> w->number & 1);
  wish_touched(s);
}

static void add_chips(stage *s, widget *column, const char *words, const pick *p) {
  char id[64];
  snprintf(id, sizeof id, "%s-caption", p->id);
  gap_create(column, p->id, 0, 18);
  label_create(column, id, TEXT_CAPTION, words);
  snprintf(id, sizeof id, "%ss", p->id);
  widget *row = wrap_create(column, id, 10);
  row->box.pad_top = 8;
  for (uint32_t i = 0; i < p->count; i++) {
    const arriving *a = &s->said.arriving;
    snprintf(id, sizeof id, "%s-%u", p->id, i + 1);
    widget *chip = chip_create(
      row, id, p->sign, p->bits == &a->goals_picked ? a->goals[i] : arriving_idea(i));
    chip->number = i;
    chip->chosen = p->chosen;
    chip->data = s;
    show_picked(s, chip, p->sign, *p->bits >> i & 1);
  }
}

// ---- The wish

static void wish_changed(void *data, widget *w) {
  stage *s = data;
  snprintf(s->said.arriving.wish, sizeof s->said.arriving.wish, "%s", field_text(w));
  wish_touched(s);
}

void wish_create(stage *s, widget *column) {
  arriving *a = &s->said.arriving;
  widget *field = field_create(
    column, "wish", _("Your wish of today"), _("Whatever you like, or nothing"));
  field_set_lines(field, 2, 5);
  field_set_text(&s->view, field, a->wish);
  field->changed = wish_changed;
  field->data = s;
  if (a->goal_count)
    add_chips(s, column, _("From before"),
      &(pick){"goal", "flag", a->goal_count, &a->goals_picked, goal_chosen});
  add_chips(
    s, column, _("Ideas"), &(pick){"idea", NULL, IDEAS, &a->ideas_picked, idea_chosen});
}

static void wish_opened(void *data, widget *w) {
  (void)w;
  stage_open(data, SHEET_WISH);
}

// As it is where it is short; whole words are read on its sheet.
void wish_show(stage *s, widget *bar) {
  enum { SHORT = 48 };
  char line[WISH_BYTES * 2];
  arriving_line(&s->said.arriving, line, sizeof line);
  if (!line[0]) return;
  const bool whole = strlen(line) <= SHORT && !strchr(line, '\n');
  widget *w =
    chip_create(bar, "wish-shown", "flag", whole ? line : _("Your wish of today"));
  widget_set_detail(w, _("Can be changed"));
  w->chosen = wish_opened;
  w->data = s;
}

static widget *sheet_with(const char *id, const char *title, const char *lead) {
  widget *sheet = sheet_create(id, title);
  sheet->box.min_w = 560;
  widget *scroll = scroll_create(sheet, "said-scroll", title);
  widget *list = column_create(scroll, "said-list", 8);
  widget_pad(list, 8, 8);
  label_create(list, "title", TEXT_HEADING, title);
  if (lead[0]) label_create(list, "lead", TEXT_SMALL, lead);
  return sheet;
}

page_built sheet_wish(stage *s) {
  widget *sheet = sheet_with("sheet-wish", _("What would you like from today?"), "");
  wish_create(s, widget_find(sheet, "said-list"));
  sheet_add_done(s, sheet, _("Done"), BUTTON_PRIMARY);
  return (page_built){sheet, "wish"};
}

// ---- The feeling

static felt *felt_of(stage *s) {
  return s->page == PAGE_LEAVING ? &s->said.leaving.feeling : &s->said.arriving.feeling;
}

static void show_word(stage *s, const felt *f) {
  widget *w = s->view.root ? widget_find(s->view.root, "feeling-word") : NULL;
  if (!w) return;
  widget_set_label(w, f->word[0] ? f->word : _("Add a word for it"));
  widget_set_state(w, STATE_HIDDEN, !f->given);
  view_moved(&s->view);
}

static void felt_changed(void *data, widget *w) {
  stage *s = data;
  felt *f = felt_of(s);
  f->given = feeling_get(w, &f->pleasant, &f->energy);
  if (!f->given) f->word[0] = 0;
  show_word(s, f);
  said_touch(s);
}

static void word_opened(void *data, widget *w) {
  (void)w;
  stage_open(data, SHEET_WORD);
}

void felt_create(stage *s, widget *column, const felt *f, double side) {
  widget *w = feeling_create(column, "feeling", _("The feeling field"), side);
  if (f->given) feeling_set(&s->view, w, f->pleasant, f->energy);
  w->changed = felt_changed;
  w->data = s;
}

void felt_word_create(stage *s, widget *column, const felt *f) {
  widget *word = chip_create(
    column, "feeling-word", "pencil", f->word[0] ? f->word : _("Add a word for it"));
  word->chosen = word_opened;
  word->data = s;
  widget_set_state(word, STATE_HIDDEN, !f->given);
}

static void word_changed(void *data, widget *w) {
  stage *s = data;
  snprintf(felt_of(s)->word, WORD_BYTES, "%s", field_text(w));
  said_touch(s);
}

static void word_done(void *data, widget *w) {
  stage *s = data;
  (void)w;
  show_word(s, felt_of(s));
  stage_open(s, SHEET_NONE);
}

page_built sheet_word(stage *s) {
  widget *sheet = sheet_with("sheet-word", _("A word for it"), _("Your own, or none."));
  widget *list = widget_find(sheet, "said-list");
  widget *field = field_create(list, "word", _("A word for it"), "");
  field_set_text(&s->view, field, felt_of(s)->word);
  field->changed = word_changed;
  field->data = s;
  sheet_add_done(s, sheet, _("Done"), BUTTON_PRIMARY)->chosen = word_done;
  return (page_built){sheet, "word"};
}

// ---- Say more

static void more_changed(void *data, widget *w) {
  stage *s = data;
  snprintf(s->said.leaving.more, MORE_BYTES, "%s", field_text(w));
  said_touch(s);
}

page_built sheet_more(stage *s) {
  widget *sheet = sheet_with("sheet-more", _("Say more"),
    _("Anything about today, written or said aloud. Your therapist gets it with "
      "Finish."));
  widget *list = widget_find(sheet, "said-list");
  widget *field = field_create(list, "more", _("In your own words"), "");
  field_set_lines(field, 3, 6);
  field_set_text(&s->view, field, s->said.leaving.more);
  field->changed = more_changed;
  field->data = s;
  gap_create(list, "gap-note", 0, 8);
  note_widgets(s, list);
  sheet_add_done(s, sheet, _("Done"), BUTTON_PRIMARY);
  return (page_built){sheet, "more"};
}
