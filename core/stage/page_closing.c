// SPDX-License-Identifier: GPL-3.0-or-later
// Closing: what happens to each thing that was made, and four
// questions about the hour. Nothing is preset.
#include "core/stage/answers.h"
#include "core/stage/pages.h"
#include "core/stage/paper_choice.h"
#include "core/ui/focus.h"

#include <math.h>
#include <stdio.h>

static made *made_of(stage *s, const widget *w) { return &s->made[w->number]; }

static const char *motif_name(const made *m) {
  if (answers_as_ended(m)) return m->ended->icon;
  return m->kind[0] == 's' ? "music" : m->kind[0] == 'f' ? "report" : "gallery";
}

static void put_facts(const made *m, char *facts, size_t room) {
  const char *name = m->exercise[0] ? _(m->exercise) : _("Made today");
  const long minutes = lround(m->seconds / 60);
  char many[96];
  snprintf(many, sizeof many, "%s", name);
  if (m->pictures > 1)
    snprintf(many, sizeof many,
      ngettext("%s, %u picture", "%s, %u pictures", m->pictures), name, m->pictures);
  if (minutes < 1)
    snprintf(facts, room, "%s", many);
  else
    snprintf(facts, room, _("%s, %ld min"), many, minutes);
}

// What has been washed away, torn or buried is not shown whole again, unless the client says
// that it is to stay.
static void show_made(stage *s, const made *m, widget *card) {
  const bool ended = answers_as_ended(m);
  char facts[200];
  if (ended)
    snprintf(facts, sizeof facts, "%s", _(m->ended->said));
  else
    put_facts(m, facts, sizeof facts);
  widget *picture = card->first;
  picture->icon = icon_find(motif_name(m));
  cairo_surface_t *shown = ended ? NULL : papers_picture(m);
  picture_set_surface(&s->view, picture, shown);
  if (shown) cairo_surface_destroy(shown);
  widget_set_label(picture->next->last, facts);
  view_moved(&s->view);
}

static void title_changed(void *data, widget *w) {
  answers_call(made_of(data, w), field_text(w));
  said_touch(data);
}

// The switch stands under Keep alone, and is off again when Keep is left. Where a part was
// washed away or torn, or is let go of, words stand there instead.
static void show_process(stage *s, const made *m, widget *toggle) {
  const bool keep = m->answer == ANSWER_KEEP;
  const bool part = m->partly_gone || m->papers_gone;
  widget_set_state(toggle, STATE_HIDDEN, !keep || part);
  widget_set_state(toggle->next, STATE_HIDDEN, !keep || !part);
  widget_set_label(toggle->next,
    m->partly_gone
      ? _("A paper of it was washed away or torn up, so how you made it is not kept.")
      : _("Papers of it are let go, so how you made it is not kept."));
  papers_show_way(s, m, toggle->next->next);
  toggle->value = m->process ? 1 : 0;
  widget_set_state(toggle, STATE_SELECTED, m->process);
  view_moved(&s->view);
}

static void answered(void *data, widget *segment) {
  stage *s = data;
  const uint32_t place = segment->parent->number;
  made *m = &s->made[place];
  m->answer = (answer)segment->value;
  if (answers_all_gone(m)) m->papers_gone = 0; // it was chosen paper by paper before
  show_made(s, m, segment->parent);
  if (m->answer != ANSWER_KEEP) m->process = false;
  show_process(s, m, segment->next);
  said_touch(s);
}

static void process_changed(void *data, widget *w) {
  made_of(data, w)->process = w->value > 0.5;
  said_touch(data);
}

static void finish_chosen(void *data, widget *w) {
  (void)w;
  stage_close(data, false);
}

static void skip_chosen(void *data, widget *w) {
  (void)w;
  stage_close(data, true);
}

static void more_chosen(void *data, widget *w) {
  (void)w;
  stage_open(data, SHEET_MORE);
}

static void draw_kind(const widget *w, view *v, cairo_t *cr) {
  if (w->icon)
    icon_draw(w->icon, cr, w->rect.x + (w->rect.w - 64) / 2,
      w->rect.y + (w->rect.h - 64) / 2, 64, 1.5, view_colour(v, TOKEN_CONTROL));
}

static void add_picture(stage *s, widget *card, const made *m, uint32_t i) {
  char id[32];
  char label[160];
  snprintf(id, sizeof id, "made-%u-picture", i);
  snprintf(label, sizeof label, _("What you made in %s"),
    m->exercise[0] ? _(m->exercise) : "Gesto");
  widget *w = picture_create(card, id, label, draw_kind);
  w->box.h = s->view.height < 900 ? 104 : 152;
  w->box.min_w = 120;
}

static void add_title(stage *s, widget *card, const made *m, uint32_t i) {
  char id[32];
  snprintf(id, sizeof id, "made-%u-words", i);
  widget *row = row_create(card, id, 10);
  snprintf(id, sizeof id, "made-%u-title", i);
  widget *w = field_create(row, id, _("Title"), _("A name, or none"));
  field_set_text(&s->view, w, m->title);
  w->box.grow = 1;
  w->box.min_w = 140;
  w->number = i;
  w->changed = title_changed;
  w->data = s;
  snprintf(id, sizeof id, "made-%u-facts", i);
  label_create(row, id, TEXT_CAPTION, " "); // show_answer fills it
}

static void add_answers(stage *s, widget *card, const made *m, uint32_t i) {
  static const char *const words[][3] = {{"keep", "keep", N_("Keep")},
    {"private", "private", N_("Private")}, {"let-go", "leaf", N_("Let go")}};
  char id[48];
  snprintf(id, sizeof id, "made-%u-answer", i);
  widget *seg = segment_create(card, id, _("What happens to it"));
  for (int k = 0; k < 3; k++) {
    snprintf(id, sizeof id, "made-%u-%s", i, words[k][0]);
    segment_add(seg, id, words[k][1], _(words[k][2]));
  }
  segment_choose(&s->view, seg, m->answer);
  seg->changed = answered;
  seg->data = s;
  snprintf(id, sizeof id, "made-%u-process", i);
  widget *toggle = toggle_create(card, id, _("And how I made it"));
  toggle->number = i;
  toggle->changed = process_changed;
  toggle->data = s;
  snprintf(id, sizeof id, "made-%u-partly", i);
  label_create(card, id, TEXT_CAPTION, " "); // show_process fills it
  papers_add_way(s, card, i);
  show_process(s, m, toggle);
}

// Where all papers are let go of, that is what is chosen for the creation.
void closing_show(stage *s, uint32_t place) {
  char id[32];
  made *m = &s->made[place];
  snprintf(id, sizeof id, "made-%u-answer", place);
  widget *seg = s->view.root ? widget_find(s->view.root, id) : NULL;
  if (!seg) return;
  segment_choose(&s->view, seg, m->answer);
  show_made(s, m, seg->parent);
  show_process(s, m, seg->next);
}

static void add_made(stage *s, widget *grid, uint32_t i) {
  const made *m = &s->made[i];
  char id[32];
  char label[600];
  snprintf(id, sizeof id, "made-%u", i);
  snprintf(label, sizeof label, "%s", m->title[0] ? m->title : _("Without a title"));
  widget *card = card_box_create(grid, id, label);
  card->number = i;
  card->box.gap = 10;
  add_picture(s, card, m, i);
  add_title(s, card, m, i);
  show_made(s, m, card);
  add_answers(s, card, m, i);
}

static void add_all(stage *s, widget *body) {
  const double room = s->view.width - 128;
  const double card = 340 * (0.3 + 0.7 * s->text_scale);
  const int fit = (int)fmax(1, floor((room + 20) / (card + 20)));
  widget *grid = grid_create(body, "made", fit < 3 ? fit : 3, 20);
  for (uint32_t i = 0; i < s->made_count; i++) add_made(s, grid, i);
}

// ---- The questions

static void show_open(stage *s) {
  bool any = false;
  for (uint32_t i = 0; i < QUESTIONS; i++) any |= s->said.leaving.answered[i];
  widget *w = s->view.root ? widget_find(s->view.root, "leave-open") : NULL;
  if (!w || widget_is(w, STATE_HIDDEN) != any) return;
  widget_set_state(w, STATE_HIDDEN, !any);
  view_moved(&s->view);
}

// What was touched by chance can be taken back.
static void open_chosen(void *data, widget *w) {
  stage *s = data;
  (void)w;
  for (uint32_t i = 0; i < QUESTIONS; i++) {
    char id[32];
    snprintf(id, sizeof id, "question-%u", i + 1);
    s->said.leaving.answered[i] = false;
    widget_set_state(widget_find(s->view.root, id), STATE_EMPTY, true);
  }
  focus_set(&s->view, widget_find(s->view.root, "question-1"));
  show_open(s);
  said_touch(s);
}

static void question_answered(void *data, widget *w) {
  stage *s = data;
  const uint32_t i = w->parent->parent->number; // the question's column
  s->said.leaving.answered[i] = !widget_is(w, STATE_EMPTY);
  s->said.leaving.answers[i] = w->value;
  show_open(s);
  said_touch(s);
}

static void add_end(widget *row, const char *id, const char *words, text_align align) {
  widget *w = label_create(row, id, TEXT_CAPTION, words);
  w->align = align;
  w->box.min_w = 86;
}

static void add_question(stage *s, widget *grid, uint32_t i) {
  const question q = leaving_question(i);
  const leaving *l = &s->said.leaving;
  char id[32];
  snprintf(id, sizeof id, "question-%u-asked", i + 1);
  widget *column = column_create(grid, id, 2);
  column->number = i;
  snprintf(id, sizeof id, "question-%u-words", i + 1);
  label_create(column, id, TEXT_STRONG, q.asked);
  snprintf(id, sizeof id, "question-%u-row", i + 1);
  widget *row = row_create(column, id, 14);
  snprintf(id, sizeof id, "question-%u-low", i + 1);
  add_end(row, id, q.low, ALIGN_START);
  snprintf(id, sizeof id, "question-%u", i + 1);
  widget *slider = slider_create(row, id, q.asked, 0, 100, 1);
  if (l->answered[i]) slider_set(&s->view, slider, l->answers[i]);
  slider->box.grow = 1;
  slider->box.min_w = 160;
  slider->changed = question_answered;
  slider->data = s;
  snprintf(id, sizeof id, "question-%u-high", i + 1);
  add_end(row, id, q.high, ALIGN_END);
}

static void add_questions(stage *s, widget *body) {
  widget *row = row_create(body, "today", 16);
  const bool beside = s->view.width >= 1000 * (0.3 + 0.7 * s->text_scale);
  row->box.min_h = 48;
  if (!beside) row->box.flow = FLOW_WRAP;
  label_create(row, "today-title", TEXT_HEADING, _("And today itself?"));
  widget *lead = label_create(
    row, "today-lead", TEXT_SMALL, _("Honest is useful. Leave any of them."));
  lead->box.pad_top = 6;
  widget *open = chip_create(row, "leave-open", "undo", _("Leave them open"));
  open->chosen = open_chosen;
  open->data = s;
  widget_set_state(open, STATE_HIDDEN, true);
  widget *grid = grid_create(body, "questions", beside ? 2 : 1, 56);
  grid->box.gap_across = 4;
  for (uint32_t i = 0; i < QUESTIONS; i++) {
    add_question(s, grid, i);
    if (s->said.leaving.answered[i]) widget_set_state(open, STATE_HIDDEN, false);
  }
}

// ---- The page

static widget *way(stage *s, widget *row, const char *id, const char *label,
  button_look look, widget_call *chosen) {
  widget *w = button_create(row, id, NULL, label, look);
  w->chosen = chosen;
  w->data = s;
  return w;
}

static void add_ways_on(stage *s, widget *page) {
  const bool wide = s->view.width >= 900;
  const char *sign = s->said.leaving.more[0] ? "check" : "say";
  widget *row = row_create(page, "ways-on", 16);
  widget_pad(row, wide ? 64 : 24, 8);
  row->box.pad_bottom = 20;
  widget *more = way(s, row, "say-more", _("Say more"), BUTTON_PLAIN, more_chosen);
  more->icon = icon_find(sign);
  spacer_create(row, "ways-space");
  widget *skip = way(s, row, "skip", _("Skip"), BUTTON_PLAIN, skip_chosen);
  widget *finish = way(s, row, "finish", _("Finish"), BUTTON_PRIMARY, finish_chosen);
  skip->box.min_w = wide ? 180 : 110;
  finish->box.min_w = wide ? 220 : 120;
  ways_fit(s, row);
}

static void add_works(stage *s, widget *body) {
  label_create(body, "title", TEXT_TITLE, _("What happens to what you made?"));
  gap_create(body, "gap-1", 0, 6);
  widget *lead = label_create(body, "lead", TEXT_BODY,
    _("You decide. \u201cPrivate\u201d is kept, not shown in review. "
      "\u201cLet go\u201d is gone with Finish. What you leave open stays private."));
  lead->words = TOKEN_INK_2;
  gap_create(body, "gap-2", 0, 10);
  add_all(s, body);
}

page_built page_closing(stage *s) {
  widget *page = column_create(NULL, "page-closing", 0);
  top_bar(s, page, _("Closing"), BAR_SAVED | BAR_BACK | BAR_STOP);
  widget *body = reading_page(s, page);
  body->box.pad_top = 8;
  body->box.pad_bottom = 0;
  if (s->made_count > 0)
    add_works(s, body);
  else
    label_create(
      body, "title", TEXT_TITLE, _("Nothing was made today, and that is fine."));
  if (s->leaving)
    mark_create(body, "coming", "clock", _("What you made is being put together"));
  gap_create(body, "gap-3", 0, 2);
  add_questions(s, body);
  add_ways_on(s, page);
  return (page_built){page, NULL};
}
