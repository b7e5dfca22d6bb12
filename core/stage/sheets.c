// SPDX-License-Identifier: GPL-3.0-or-later
// Which sheet is which, and the one of Pause.
#include "core/stage/about.h"
#include "core/stage/closer_pad.h"
#include "core/stage/here.h"
#include "core/stage/pages.h"
#include "core/stage/panel.h"
#include "core/stage/panel_group.h"
#include "core/stage/panel_rows.h"
#include "core/stage/wish.h"

#include <stdio.h>

static void carry_on_chosen(void *data, widget *w) {
  (void)w;
  stage_carry_on(data);
}

static void change_chosen(void *data, widget *w) {
  (void)w;
  access_open(data);
}

static void finish_chosen(void *data, widget *w) {
  (void)w;
  stage_leave(data, PAGE_CLOSING);
}

static void here_chosen(void *data, widget *w) {
  (void)w;
  stage_here(data);
}

static void other_chosen(void *data, widget *w) {
  (void)w;
  stage_leave(data, PAGE_CHOOSE);
}

static void about_chosen(void *data, widget *w) {
  stage *s = data;
  (void)w;
  if (s->chosen) stage_about(s, (uint32_t)(s->chosen - s->offers));
}

static void clock_changed(void *data, widget *w) {
  stage_show_clock(data, w->value > 0.5);
}

static widget *way(stage *s, widget *sheet, const char *id, const char *label,
  button_look look, widget_call *call) {
  widget *w = button_create(sheet, id, NULL, label, look);
  w->chosen = call;
  w->data = s;
  return w;
}

static void add_clock(stage *s, widget *list) {
  if (s->clock.minutes == 0) return;
  widget *shown = toggle_create(list, "clock", _("Show how much time is left"));
  shown->value = s->clock.hidden ? 0 : 1;
  widget_set_state(shown, STATE_SELECTED, !s->clock.hidden);
  shown->changed = clock_changed;
  shown->data = s;
}

static void add_quiet_ways(stage *s, widget *list) {
  char words[256];
  widget *row = wrap_create(list, "quiet-ways", 8);
  way(s, row, "here", _("Here and now (F1)"), BUTTON_QUIET, here_chosen);
  if (!s->chosen) return;
  snprintf(words, sizeof words, _("What is %s for?"), s->chosen->title);
  way(s, row, "about", words, BUTTON_QUIET, about_chosen);
}

static page_built sheet_pause(stage *s) {
  widget *sheet = sheet_create("sheet-pause", _("Pause"));
  sheet->box.min_w = 420;
  widget *scroll = scroll_create(sheet, "pause-scroll", _("Pause"));
  widget *list = column_create(scroll, "pause-list", 12);
  widget_pad(list, 8, 8);
  label_create(list, "title", TEXT_TITLE, _("Pause"));
  label_create(list, "lead", TEXT_SMALL,
    _("Time stands still, nothing is lost. The keys: Esc for Pause, Shift and Esc for "
      "Stop."));
  way(s, list, "carry-on", _("Carry on"), BUTTON_PRIMARY, carry_on_chosen);
  way(s, list, "change", _("Change something"), BUTTON_PLAIN, change_chosen);
  if (s->chosen)
    way(s, list, "other", _("Choose something else"), BUTTON_PLAIN, other_chosen);
  way(s, list, "finish", _("Finish here"), BUTTON_PLAIN, finish_chosen);
  add_clock(s, list);
  add_quiet_ways(s, list);
  return (page_built){sheet, "carry-on"};
}

widget *sheet_beside(const char *id, const char *title, double gap, widget **list) {
  char name[64];
  snprintf(name, sizeof name, "sheet-%.32s", id);
  widget *sheet = sheet_create(name, title);
  widget_set_state(sheet, STATE_ASIDE, true);
  widget_pad(sheet, 20, 18);
  snprintf(name, sizeof name, "%.32s-scroll", id);
  widget *scroll = scroll_create(sheet, name, title);
  snprintf(name, sizeof name, "%.32s-list", id);
  *list = column_create(scroll, name, gap);
  widget_pad(*list, 6, 8);
  (*list)->box.pad_right = 16; // the bar of the scroll
  label_create(*list, "title", TEXT_HEADING, title);
  return sheet;
}

static void done_chosen(void *data, widget *w) {
  (void)w;
  stage_open(data, SHEET_NONE);
}

widget *sheet_add_done(stage *s, widget *parent, const char *words, button_look look) {
  return way(s, parent, "done", words, look, done_chosen);
}

page_built sheet_build(stage *s, sheet_name sheet) {
  switch (sheet) {
  case SHEET_PAUSE: return sheet_pause(s);
  case SHEET_PICK: return panel_pick_sheet(s);
  case SHEET_SET: return panel_set_sheet(s);
  case SHEET_MIX: return sheet_mix(s);
  case SHEET_REST: return panel_rows_sheet(s);
  case SHEET_GROUP: return panel_group_sheet(s);
  case SHEET_CLOSER: return closer_pad_sheet(s);
  case SHEET_WISH: return sheet_wish(s);
  case SHEET_WORD: return sheet_word(s);
  case SHEET_MORE: return sheet_more(s);
  case SHEET_PAPERS: return sheet_papers(s);
  case SHEET_ABOUT: return sheet_about(s);
  case SHEET_HERE: return sheet_here(s);
  case SHEET_LOST: return sheet_lost(s);
  default: return (page_built){0};
  }
}
