// SPDX-License-Identifier: GPL-3.0-or-later
// The top bar, the notice and the frame of reading pages of pages.h.
#include "core/stage/access_rows.h"
#include "core/stage/here.h"
#include "core/stage/pages.h"
#include "core/stage/panel.h"
#include "core/stage/wish.h"
#include "core/ui/layout.h"

#include <stdio.h>

static void pause_chosen(void *data, widget *w) {
  (void)w;
  stage_pause(data);
}

static void stop_chosen(void *data, widget *w) {
  (void)w;
  stage_stop(data);
}

static void back_chosen(void *data, widget *w) {
  (void)w;
  stage_go_back(data);
}

static void call(stage *s, widget *w, widget_call *chosen, const char *keys) {
  w->chosen = chosen;
  w->data = s;
  if (keys) widget_set_detail(w, keys);
}

static void here_chosen(void *data, widget *w) {
  (void)w;
  stage_here(data);
}

static void easier_chosen(void *data, widget *w) {
  (void)w;
  access_open(data);
}

static void done_chosen(void *data, widget *w) {
  (void)w;
  access_close(data);
}

static void language_chosen(void *data, widget *w) {
  stage *s = data;
  (void)w;
  access_open(s);
  s->access_page.section = SECTION_LANGUAGE;
}

static widget *quiet(
  stage *s, widget *row, const char *id, const char *sign, const char *label) {
  widget *w = button_create(row, id, sign, label, BUTTON_QUIET);
  w->data = s;
  button_set_height(w, 48);
  return w;
}

static void not_today_chosen(void *data, widget *w) {
  (void)w;
  stage_not_today(data);
}

static void add_corner(stage *s, widget *bar, uint32_t what) {
  widget *corner = row_create(bar, "corner", 12);
  widget_set_state(corner, STATE_FIRST, true);
  if (what & BAR_BACK)
    call(s, button_create(corner, "back", "back", _("Go back"), BUTTON_PLAIN),
      back_chosen, NULL);
  if ((what & BAR_PAUSE) && s->view.width >= 1440 * s->text_scale)
    call(s, button_create(corner, "bar-here", "leaf", _("Here and now"), BUTTON_QUIET),
      here_chosen, "F1");
  if (what & BAR_PAUSE)
    call(s, button_create(corner, "pause", "pause", _("Pause"), BUTTON_PLAIN),
      pause_chosen, _("Esc"));
  if (what & BAR_EASIER) {
    if (s->view.width >= 1000 * s->text_scale) // else by way of the other
      quiet(s, corner, "language", "world", access_rows_language(s))->chosen =
        language_chosen;
    quiet(s, corner, "easier", "person", _("Make it easier"))->chosen = easier_chosen;
  }
  if (what & BAR_NOT_TODAY)
    call(s, button_create(corner, "not-today", "stop", _("Not today"), BUTTON_PLAIN),
      not_today_chosen, NULL);
  if (!(what & BAR_STOP)) return;
  widget *stop = button_create(corner, "stop", "stop", _("Stop"), BUTTON_STOP);
  widget_set_state(stop, STATE_ABOVE, true);
  call(s, stop, stop_chosen, _("Shift and Esc"));
}

static void add_saved(stage *s, widget *row) {
  s->saved_mark =
    mark_create(row, "saved", saved_sign(s->saved_now), saved_words(s->saved_now));
  s->saved_mark->number = s->saved_now; // what it says
}

static void add_facts(stage *s, widget *row, uint32_t what) {
  if (what & BAR_SAVED) add_saved(s, row);
  if (what & BAR_WISH) wish_show(s, row);
  if (what & BAR_CLOCK) session_clock_mark(s, row);
  if (what & BAR_KEPT) access_kept(s, row);
}

// `what` is too much for the first row.
static void add_second_row(stage *s, widget *page, uint32_t what) {
  if (!(what & (BAR_SAVED | BAR_AT_HAND | BAR_CLOCK | BAR_WISH | BAR_KEPT))) return;
  widget *row = wrap_create(page, "bar-second", 12);
  widget_pad(row, 24, 0);
  row->box.pad_bottom = 8;
  if (what & BAR_AT_HAND) panel_at_hand(s, row);
  add_facts(s, row, what);
  for (widget *w = row->first; w; w = w->next)
    if (w->sort->role == ROLE_TEXT) w->box.min_h = what & BAR_AT_HAND ? 64 : 48;
}

static void add_start(stage *s, widget *bar, const char *title, uint32_t what) {
  if (what & BAR_DONE)
    call(
      s, button_create(bar, "done", "back", _("Done"), BUTTON_PLAIN), done_chosen, NULL);
  else
    logo_create(bar, "logo");
  if (title)
    label_create(bar, "page-name", what & BAR_DONE ? TEXT_HEADING : TEXT_STRONG, title);
}

static widget *make_bar(stage *s, widget *page, const char *title, uint32_t what) {
  widget *bar = group_create(page, "bar", _("Top bar"));
  bar->box.flow = FLOW_ROW;
  bar->box.cross = CROSS_MIDDLE;
  bar->box.gap = 20;
  bar->box.min_h = 88;
  widget_pad(bar, 24, 12);
  if (what & BAR_AT_HAND)
    panel_at_hand(s, row_create(bar, "at-hand", 8));
  else
    add_start(s, bar, title, what);
  add_facts(s, bar, what);
  spacer_create(bar, "bar-space");
  add_corner(s, bar, what);
  return bar;
}

static bool fits(stage *s, const char *title, uint32_t what) {
  widget *bar = make_bar(s, NULL, title, what);
  const bool fit = layout_measure(bar, &s->view, 0).w <= s->view.width;
  widget_destroy(bar);
  return fit;
}

// All in one row where no word is cut by that; else the corner keeps its place, and what there
// is besides comes below, what is at hand first.
widget *top_bar(stage *s, widget *page, const char *title, uint32_t what) {
  const uint32_t below[] = {
    0, BAR_AT_HAND, BAR_AT_HAND | BAR_SAVED | BAR_CLOCK | BAR_WISH | BAR_KEPT};
  int i = 0;
  while (i < 2 && !fits(s, title, what & ~below[i])) i++;
  const bool named = fits(s, title, what & ~below[i]);
  widget *bar = make_bar(s, page, named ? title : NULL, what & ~below[i]);
  add_second_row(s, page, what & below[i]);
  return bar;
}

void ways_fit(stage *s, widget *row) {
  if (layout_measure(row, &s->view, 0).w <= s->view.width) return;
  row->box.flow = FLOW_WRAP;
  for (widget *w = row->first; w; w = w->next)
    if (w->sort->role == ROLE_BOX) widget_set_state(w, STATE_HIDDEN, true);
}

void notice_line(stage *s, widget *page) {
  widget *w = label_create(page, "notice", TEXT_SMALL, " ");
  w->words = TOKEN_INK;
  w->fill = TOKEN_OCHRE_SOFT;
  w->align = ALIGN_MIDDLE;
  w->box.min_h = 40;
  widget_set_state(w, STATE_HIDDEN, true);
  s->notice = w;
}

widget *reading_page(stage *s, widget *page) {
  notice_line(s, page);
  if (s->clock.mark) session_clock_line(s, page);
  widget *scroll = scroll_create(page, "page-scroll", _("Page"));
  widget *body = column_create(scroll, "body", 0);
  widget_pad(body, s->view.width < 900 ? 24 : 64, 24);
  return body;
}
