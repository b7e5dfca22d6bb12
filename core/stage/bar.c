// SPDX-License-Identifier: GPL-3.0-or-later
// The top bar, the notice and the frame of reading pages of pages.h.
#include "core/stage/pages.h"
#include "core/stage/panel.h"
#include "core/stage/wish.h"

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

static void easier_chosen(void *data, widget *w) {
  (void)w;
  access_open(data);
}

static void done_chosen(void *data, widget *w) {
  (void)w;
  access_close(data);
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
  if (what & BAR_PAUSE)
    call(s, button_create(corner, "pause", "pause", _("Pause"), BUTTON_PLAIN),
      pause_chosen, _("Esc"));
  if (what & BAR_EASIER) {
    widget *easier =
      button_create(corner, "easier", "person", _("Make it easier"), BUTTON_QUIET);
    button_set_height(easier, 48);
    call(s, easier, easier_chosen, NULL);
  }
  if (what & BAR_NOT_TODAY)
    call(s, button_create(corner, "not-today", "stop", _("Not today"), BUTTON_PLAIN),
      not_today_chosen, NULL);
  if (!(what & BAR_STOP)) return;
  widget *stop = button_create(corner, "stop", "stop", _("Stop"), BUTTON_STOP);
  widget_set_state(stop, STATE_ABOVE, true);
  call(s, stop, stop_chosen, _("Shift and Esc"));
}

// In a narrow window what is at hand moves below, so that no word is cut.
static bool narrow(const stage *s) { return s->view.width < 660 * s->text_scale; }

static void add_saved(stage *s, widget *row) {
  s->saved_mark = mark_create(row, "saved", "saved", saved_words(s->saved_now));
}

static void add_second_row(stage *s, widget *page, uint32_t what) {
  if (!(what & (BAR_SAVED | BAR_AT_HAND | BAR_CLOCK))) return;
  widget *row = row_create(page, "bar-second", 20);
  widget_pad(row, 24, 4);
  if (what & BAR_AT_HAND) panel_at_hand(s, row_create(row, "at-hand", 8));
  if (what & BAR_SAVED) add_saved(s, row);
  if (what & BAR_CLOCK) session_clock_mark(s, row);
}

widget *top_bar(stage *s, widget *page, const char *title, uint32_t what) {
  widget *bar = group_create(page, "bar", _("Top bar"));
  bar->box.flow = FLOW_ROW;
  bar->box.cross = CROSS_MIDDLE;
  bar->box.gap = 20;
  bar->box.min_h = 88;
  widget_pad(bar, 24, 12);
  const bool below = narrow(s);
  if ((what & BAR_AT_HAND) && !below) {
    panel_at_hand(s, row_create(bar, "at-hand", 8));
  } else {
    if (what & BAR_DONE)
      call(s, button_create(bar, "done", "back", _("Done"), BUTTON_PLAIN), done_chosen,
        NULL);
    else
      logo_create(bar, "logo");
    if (!below || !(what & BAR_BACK))
      label_create(bar, "page-name", what & BAR_DONE ? TEXT_HEADING : TEXT_STRONG, title);
  }
  if ((what & BAR_DONE) && s->view.width >= 1100 * s->text_scale) access_kept(s, bar);
  if ((what & BAR_SAVED) && !below) add_saved(s, bar);
  if ((what & BAR_WISH) && !below) wish_show(s, bar);
  if ((what & BAR_CLOCK) && !below) session_clock_mark(s, bar);
  spacer_create(bar, "bar-space");
  add_corner(s, bar, what);
  if (below) add_second_row(s, page, what);
  if ((what & BAR_DONE) && s->view.width < 1100 * s->text_scale) {
    widget *row = row_create(page, "bar-kept", 8);
    widget_pad(row, 24, 0);
    access_kept(s, row);
  }
  return bar;
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
