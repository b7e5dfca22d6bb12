// SPDX-License-Identifier: GPL-3.0-or-later
// What shows when an exercise ended by itself: what was made, then words and
// ways on for the client; what happened in a program's words is for the therapist alone.
#include "core/stage/pages.h"

#include <stdio.h>
#include <time.h>

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

static void details_chosen(void *data, widget *w) {
  (void)w;
  stage_open(data, SHEET_LOST);
}

static const char *why_words(const stage *s) {
  if (s->live.here || s->coming_back)
    return _(
      "It was not anything you did. What you made is just as it was a moment ago.");
  return _(
    "It was not anything you did. This one cannot go on just now; what you made is "
    "kept.");
}

static void add_picture(stage *s, widget *card) {
  const bool beside = s->view.width > 900 * s->text_scale;
  card->box.flow = beside ? FLOW_ROW : FLOW_COLUMN;
  widget *picture = picture_create(card, "lost-picture", _("What you made"), NULL);
  picture->box.w = beside ? 520 : 0;
  picture->box.h = beside ? 390 : 240;
  picture->radius = 22;
  if (s->live.kept) picture_set_surface(&s->view, picture, s->live.kept);
}

static void add_words(stage *s, widget *card, const char *title) {
  char heading[160];
  widget *words = column_create(card, "lost-words", 14);
  words->box.grow = 1;
  snprintf(heading, sizeof heading, _("%s stopped.\nNothing is lost."), title);
  label_create(words, "title", TEXT_TITLE, heading);
  label_create(words, "why", TEXT_LEAD, why_words(s))->words = TOKEN_INK_2;
  if (s->coming_back && !s->live.here)
    mark_create(words, "coming", "clock", _("Bringing it back"));
  if (s->live.here && s->saved_now == SAVED)
    mark_create(words, "all-here", "saved", _("Everything you did is here"))->words =
      TOKEN_SAGE;
}

static void add_for_therapist(stage *s, widget *body) {
  char words[400];
  if (!s->chosen || !s->lost_count) return;
  widget *row = row_create(body, "for-therapist", 16);
  snprintf(words, sizeof words,
    ngettext("For the therapist: %s %s ended by itself, once today.",
      "For the therapist: %s %s ended by itself, %u times today.", s->lost_count),
    s->chosen->title, s->chosen->version, s->lost_count);
  widget *line = mark_create(row, "for-therapist-words", "report", words);
  line->words = TOKEN_INK_2;
  line->box.grow = 1;
  if (!s->sentence[0]) return;
  widget *details = button_create(row, "details", NULL, _("Details"), BUTTON_PLAIN);
  button_set_height(details, 48);
  details->chosen = details_chosen;
  details->data = s;
}

page_built page_lost(stage *s) {
  widget *page = column_create(NULL, "page-lost", 0);
  const char *title = s->chosen ? s->chosen->title : _("The exercise");
  top_bar(s, page, title, BAR_SAVED | BAR_PAUSE | BAR_STOP);
  widget *body = reading_page(s, page);
  body->box.centred = true;
  body->box.gap = 24;
  widget *card = card_box_create(body, "lost", _("Nothing is lost"));
  card->radius = 32;
  widget_pad(card, 32, 32);
  card->box.gap = 40;
  add_picture(s, card);
  add_words(s, card, title);
  const char *focus = add_ways(s, card->last);
  add_for_therapist(s, body);
  return (page_built){page, focus};
}

static void report_chosen(void *data, widget *w) {
  (void)w;
  stage_say(data, FROM_STAGE_TROUBLE, 0, NULL);
}

static void add_numbers(const stage *s, widget *sheet) {
  char clock[16];
  char words[256];
  const time_t at = (time_t)(s->lost.wall_us / 1000000);
  struct tm day = {0};
  localtime_r(&at, &day);
  strftime(clock, sizeof clock, "%H:%M", &day);
  snprintf(words, sizeof words,
    ngettext("It was %s. %llu input is recorded, up to the last moment.",
      "It was %s. %llu inputs are recorded, up to the last moment.", s->lost.inputs),
    clock, (unsigned long long)s->lost.inputs);
  label_create(sheet, "numbers", TEXT_BODY, words);
}

page_built sheet_lost(stage *s) {
  widget *sheet = sheet_create("sheet-lost", _("For the therapist"));
  sheet->box.min_w = 420;
  label_create(sheet, "title", TEXT_TITLE, _("For the therapist"));
  label_create(sheet, "lead", TEXT_BODY, s->sentence)->words = TOKEN_INK_2;
  add_numbers(s, sheet);
  if (s->lost.reported) {
    label_create(sheet, "report-words", TEXT_BODY, s->lost.report);
  } else {
    widget *report = button_create(
      sheet, "report", "report", _("Save a report without content"), BUTTON_PLAIN);
    report->chosen = report_chosen;
    report->data = s;
  }
  sheet_add_done(s, sheet, _("Done"), BUTTON_PRIMARY);
  return (page_built){sheet, "done"};
}
