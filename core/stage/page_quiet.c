// SPDX-License-Identifier: GPL-3.0-or-later
// The pages of few words: waiting, talking, Stop. And which page is built by whom.
#include "core/stage/here.h"
#include "core/stage/pages.h"

typedef struct quiet_words {
  const char *id, *name, *title, *lead;
} quiet_words;

static void here_chosen(void *data, widget *w) {
  (void)w;
  stage_here(data);
}

static void back_chosen(void *data, widget *w) {
  (void)w;
  stage_carry_on(data);
}

static void choose_chosen(void *data, widget *w) {
  (void)w;
  stage_go(data, PAGE_CHOOSE);
}

static void closing_chosen(void *data, widget *w) {
  stage *s = data;
  (void)w;
  if (s->closing_sent)
    stage_say_goodbye(s, true);
  else
    stage_leave(s, PAGE_CLOSING);
}

static widget *way(stage *s, widget *row, const char *id, const char *label,
  button_look look, widget_call *call) {
  widget *w = button_create(row, id, NULL, label, look);
  w->chosen = call;
  w->data = s;
  return w;
}

static widget *middle(stage *s, widget *page, const quiet_words *q) {
  widget *body = reading_page(s, page);
  body->box.centred = true;
  body->box.cross = CROSS_MIDDLE;
  body->box.gap = 16;
  widget *title = label_create(body, "title", TEXT_CUE, q->title);
  title->align = ALIGN_MIDDLE;
  widget *lead = label_create(body, "lead", TEXT_LEAD, q->lead);
  lead->words = TOKEN_INK_2;
  lead->align = ALIGN_MIDDLE;
  lead->box.max_w = 640;
  gap_create(body, "gap-ways", 0, 16);
  widget *row = wrap_create(body, "ways", 16);
  return row;
}

page_built page_quiet(stage *s, page_name page) {
  const quiet_words words[PAGE_COUNT] = {
    [PAGE_WAIT] = {"page-wait", "Gesto", _("One moment"),
      _("Everything is being laid out.")},
    [PAGE_TALK] = {"page-talk", "Gesto", _("Just talking"),
      _("Nothing needs to be made today. You can choose something whenever you like.")},
    [PAGE_CALM] = {"page-calm", "Gesto", _("All has stopped"),
      _("Everything you made is safe. There is nothing you have to do now. "
        "Feel the ground under your feet, and take the time you need.")}};
  const quiet_words *q = &words[page];
  widget *all = column_create(NULL, q->id, 0);
  const char *focus = NULL;
  switch (page) {
  case PAGE_TALK: {
    top_bar(s, all, q->name, BAR_WISH | BAR_CLOCK | BAR_PAUSE | BAR_STOP);
    widget *row = middle(s, all, q);
    way(s, row, "choose", _("Choose something"), BUTTON_PLAIN, choose_chosen);
    way(s, row, "finish", _("Finish here"), BUTTON_PLAIN, closing_chosen);
    focus = "choose";
    break;
  }
  case PAGE_CALM: {
    top_bar(s, all, q->name, BAR_SAVED);
    widget *row = middle(s, all, q);
    way(s, row, "finish", _("Finish here"), BUTTON_PRIMARY, closing_chosen);
    way(s, row, "back", _("Go back"), BUTTON_PLAIN, back_chosen);
    way(s, row, "here", _("Here and now"), BUTTON_PLAIN, here_chosen);
    focus = "finish";
    break;
  }
  default: top_bar(s, all, q->name, BAR_STOP); middle(s, all, q);
  }
  return (page_built){all, focus};
}

page_built page_build(stage *s, page_name page) {
  switch (page) {
  case PAGE_CHOOSE: return page_choose(s);
  case PAGE_EXERCISE: return page_exercise(s);
  case PAGE_LOST: return page_lost(s);
  case PAGE_WELCOME: return page_welcome(s);
  case PAGE_ACCESS: return page_access(s);
  case PAGE_CLOSING: return page_closing(s);
  case PAGE_LEAVING: return page_leaving(s);
  case PAGE_FAREWELL: return page_farewell(s);
  default: return page_quiet(s, page);
  }
}
