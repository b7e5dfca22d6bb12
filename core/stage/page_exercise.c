// SPDX-License-Identifier: GPL-3.0-or-later
// In the exercise: bar, area, panel.
#include "core/stage/pages.h"
#include "core/stage/panel.h"

page_built page_exercise(stage *s) {
  widget *page = column_create(NULL, "page-exercise", 0);
  const char *title = s->chosen ? s->chosen->title : "Gesto";
  top_bar(s, page, title,
    BAR_SAVED | BAR_CLOCK | BAR_PAUSE | BAR_STOP |
      (panel_has_at_hand(s) ? BAR_AT_HAND : 0));
  notice_line(s, page);
  // What the clock says lies over the work: it makes no place for itself under a hand.
  widget *work = stack_create(page, "work-stack");
  work->box.grow = 1;
  const double around =
    s->view.height < 720 ? 8 : 16; // of a small screen every pixel counts
  widget *below_bar = column_create(work, "work", 12);
  widget_pad(below_bar, around, 0);
  below_bar->box.pad_top = 8;
  below_bar->box.pad_bottom = around;
  widget *row = row_create(below_bar, "work-row", around);
  row->box.cross = CROSS_STRETCH;
  row->box.grow = 1;
  panel_left(s, row);
  widget *over_area = stack_create(row, "area-stack"); // the way back to the whole paper
  over_area->box.grow = 1;
  const widget *area = area_create(s, over_area, title);
  closer_way_back(s, over_area);
  panel_right(s, row);
  panel_below(s, below_bar);
  session_clock_line(s, work);
  if (s->chosen && s->chosen->canvas)
    caption_over(s, work);
  else
    caption_line(s, below_bar);
  return (page_built){page, area->first ? area->first->id : area->id};
}
