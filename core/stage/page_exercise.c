// SPDX-License-Identifier: GPL-3.0-or-later
// In the exercise: bar, area, panel (screens.md 03 to 05); and what shows when it ended by
// itself (12).
#include "core/stage/pages.h"
#include "core/stage/panel.h"

#include <stdio.h>

page_built page_exercise(stage *s) {
  widget *page = column_create(NULL, "page-exercise", 0);
  const char *title = s->chosen ? s->chosen->title : "Gesto";
  top_bar(s, page, title,
    BAR_SAVED | BAR_PAUSE | BAR_STOP | (panel_has_at_hand(s) ? BAR_AT_HAND : 0));
  notice_line(s, page);
  widget *below_bar = column_create(page, "work", 12);
  below_bar->box.grow = 1;
  widget_pad(below_bar, 16, 0);
  below_bar->box.pad_top = 8;
  below_bar->box.pad_bottom = 16;
  widget *row = row_create(below_bar, "work-row", 16);
  row->box.cross = CROSS_STRETCH;
  row->box.grow = 1;
  panel_left(s, row);
  const widget *area = area_create(s, row, title);
  panel_right(s, row);
  panel_below(s, below_bar);
  return (page_built){page, area->first ? area->first->id : area->id};
}

static void carry_on_chosen(void *data, widget *w) {
  (void)w;
  stage_carry_on(data);
}

static void other_chosen(void *data, widget *w) {
  (void)w;
  stage_leave(data, PAGE_CHOOSE);
}

static void finish_chosen(void *data, widget *w) {
  (void)w;
  stage_leave(data, PAGE_CLOSING);
}

static void way(stage *s, widget *list, const char *id, const char *label, bool first,
  widget_call *call) {
  widget *w = button_create(list, id, NULL, label, first ? BUTTON_PRIMARY : BUTTON_PLAIN);
  if (first) w->box.min_h = 72;
  w->chosen = call;
  w->data = s;
}

// After two ends of the same exercise the first offer is another one.
static const char *add_ways(stage *s, widget *list) {
  const bool back = s->live.here;
  const bool often = s->lost_count >= 2 || (!back && !s->coming_back);
  if (often) way(s, list, "other", _("Choose something else"), true, other_chosen);
  if (back) way(s, list, "carry-on", _("Carry on where I was"), !often, carry_on_chosen);
  if (!often) way(s, list, "other", _("Choose something else"), false, other_chosen);
  way(s, list, "finish", _("Finish here"), false, finish_chosen);
  return back && !often ? "carry-on" : "other";
}

page_built page_lost(stage *s) {
  widget *page = column_create(NULL, "page-lost", 0);
  const char *title = s->chosen ? s->chosen->title : _("The exercise");
  top_bar(s, page, title, BAR_SAVED | BAR_STOP);
  widget *body = reading_page(s, page);
  body->box.centred = true;
  widget *card = card_box_create(body, "lost", _("Nothing is lost"));
  card->radius = 32;
  widget_pad(card, 32, 32);
  card->box.flow = s->view.width > 900 ? FLOW_ROW : FLOW_COLUMN;
  card->box.gap = 40;
  widget *picture = picture_create(card, "lost-picture", _("What you made"), NULL);
  picture->box.w = s->view.width > 900 ? 520 : 0;
  picture->box.h = s->view.width > 900 ? 390 : 240;
  picture->radius = 22;
  if (s->live.kept) picture_set_surface(&s->view, picture, s->live.kept);
  widget *words = column_create(card, "lost-words", 14);
  words->box.grow = 1;
  char heading[160];
  snprintf(heading, sizeof heading, _("%s stopped.\nNothing is lost."), title);
  label_create(words, "title", TEXT_TITLE, heading);
  widget *why = label_create(words, "why", TEXT_LEAD,
    s->sentence[0]
      ? s->sentence
      : _("It was not anything you did. What you made is just as it was a moment ago."));
  why->words = TOKEN_INK_2;
  if (s->coming_back && !s->live.here)
    mark_create(words, "coming", "clock", _("Bringing it back"));
  const char *focus = add_ways(s, words);
  return (page_built){page, focus};
}
