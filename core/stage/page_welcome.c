// SPDX-License-Identifier: GPL-3.0-or-later
// Arriving: the feeling field, the wish of today, what was wished before, a few
// ideas. All of it may be left out, and nothing is answered beforehand.
#include "core/stage/feeling.h"
#include "core/stage/pages.h"
#include "core/stage/wish.h"
#include "core/ui/say.h"

#include <math.h>
#include <stdio.h>

static void skip_chosen(void *data, widget *w) {
  (void)w;
  stage_arrive(data, true);
}

static void continue_chosen(void *data, widget *w) {
  (void)w;
  stage_arrive(data, false);
}

static widget *way(stage *s, widget *row, const char *id, const char *label,
  button_look look, widget_call *call) {
  widget *w = button_create(row, id, NULL, label, look);
  w->chosen = call;
  w->data = s;
  return w;
}

static void add_ways_on(stage *s, widget *row) {
  spacer_create(row, "ways-space");
  widget *skip = way(s, row, "skip", _("Skip"), BUTTON_PLAIN, skip_chosen);
  widget *on = way(s, row, "continue", _("Continue"), BUTTON_PRIMARY, continue_chosen);
  skip->box.min_w = 180 < s->view.width / 4 ? 180 : 120;
  on->box.min_w = 220 < s->view.width / 4 ? 220 : 140;
}

// ---- How all of it stands in this window

typedef struct plan {
  bool beside; // the wish beside the field
  bool within; // the ways on below the wish, not in a row of their own
  double side; // of the field
} plan;

static plan plan_of(const stage *s) {
  const double w = s->view.width / (0.3 + 0.7 * s->text_scale);
  const double h = s->view.height;
  plan p = {.beside = w >= 960};
  p.within = p.beside && w >= 1200 && h >= 680 + 112 * s->text_scale;
  const double free_h = h - 344 * (0.5 + 0.5 * s->text_scale);
  const double free_w = p.beside ? s->view.width * 0.4 : s->view.width - 140;
  p.side = fmax(260, fmin(fmin(free_w, free_h), FEELING_SIDE - 1));
  if (p.within || (!p.beside && free_w >= FEELING_SIDE && h > 1000))
    p.side = FEELING_SIDE;
  return p;
}

static void add_privacy(widget *parent) {
  mark_create(parent, "privacy", "private",
    _("For you and your therapist. Kept on this computer."));
}

static void add_wish(stage *s, widget *column) {
  label_create(column, "wish-title", TEXT_HEADING, _("What would you like from today?"));
  label_create(column, "wish-lead", TEXT_SMALL,
    _("In your own words, or pick one. You can change it later."));
  gap_create(column, "gap-wish", 0, 14);
  wish_create(s, column);
}

static void add_title(stage *s, widget *body, const plan *p) {
  char title[512];
  const char *called = s->said.called;
  if (called[0])
    snprintf(title, sizeof title, _("Hello, %s. How are you arriving?"), called);
  else
    snprintf(title, sizeof title, "%s", _("Hello. How are you arriving?"));
  widget *head = row_create(body, "head", 24);
  head->box.cross = CROSS_END;
  widget *column = column_create(head, "head-words", 6);
  label_create(column, "title", TEXT_TITLE, title);
  label_create(
    column, "lead", TEXT_BODY, _("Touch anywhere on the field. Every place is right."))
    ->words = TOKEN_INK_2;
  if (p->beside) felt_word_create(s, head, &s->said.arriving.feeling);
  gap_create(body, "gap-2", 0, 8);
}

static void add_beside(stage *s, widget *body, const plan *p) {
  widget *row = row_create(body, "both", 64);
  row->box.cross = CROSS_STRETCH;
  widget *left = column_create(row, "left", 0);
  left->box.cross = CROSS_START;
  left->box.max_w = p->side + 44 +
    48 * s->text_scale; // what stands below the field is no wider than that
  felt_create(s, left, &s->said.arriving.feeling, p->side);
  gap_create(left, "gap-left", 0, 12);
  add_privacy(left);
  widget *right = column_create(row, "right", 0);
  right->box.grow = 1;
  right->box.pad_top = 28;
  add_wish(s, right);
  if (!p->within) return;
  spacer_create(right, "right-space");
  gap_create(right, "gap-ways", 0, 16);
  add_ways_on(s, row_create(right, "ways-on", 16));
}

static void add_below(stage *s, widget *body, const plan *p) {
  widget *left = column_create(body, "left", 0);
  left->box.cross = CROSS_MIDDLE;
  felt_create(s, left, &s->said.arriving.feeling, p->side);
  felt_word_create(s, left, &s->said.arriving.feeling);
  gap_create(body, "gap-3", 0, 28);
  add_wish(s, body);
  gap_create(body, "gap-4", 0, 20);
  add_privacy(body);
}

page_built page_welcome(stage *s) {
  const plan p = plan_of(s);
  widget *page = column_create(NULL, "page-welcome", 0);
  top_bar(s, page, "Gesto", BAR_EASIER | BAR_NOT_TODAY);
  widget *body = reading_page(s, page);
  body->box.pad_top = 10;
  add_title(s, body, &p);
  if (p.beside)
    add_beside(s, body, &p);
  else
    add_below(s, body, &p);
  if (p.within) return (page_built){page, "feeling"};
  widget *row = row_create(page, "ways-on", 16);
  widget_pad(row, s->view.width < 900 ? 24 : 64, 16);
  row->box.pad_bottom = 24;
  add_ways_on(s, row);
  return (page_built){page, "feeling"};
}
