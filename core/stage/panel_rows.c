// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/panel_rows.h"

#include "core/stage/pages.h"
#include "core/stage/panel_make.h"
#include "core/stage/panel_row.h"
#include "core/ui/layout.h"

enum { GAP = 8 };

static double tall(widget *row, view *v, double width) {
  return layout_measure(row, v, width).h;
}

// At least one row: the one that opens the others.
static extent measure_rows(widget *w, view *v, double width) {
  const widget *only = w->last && w->last->previous == w->first ? w->first : NULL;
  double h = w->last ? tall(w->last, v, width) : 0;
  if (only) h = tall(w->first, v, width);
  return (extent){width > 0 ? width : 48, h};
}

static double all_of_them(widget *w, view *v, double width) {
  double sum = -GAP;
  for (widget *row = w->first; row != w->last; row = row->next)
    sum += tall(row, v, width) + GAP;
  return sum;
}

// Those in sight come first; what opens the others comes last.
static void place_rows(widget *w, view *v, rect in) {
  const bool fit = all_of_them(w, v, in.w) <= in.h + 0.5;
  double room = in.h - (fit ? 0 : tall(w->last, v, in.w) + GAP);
  double y = in.y;
  bool full = false;
  for (widget *row = w->first; row; row = row->next) {
    const double h = tall(row, v, in.w);
    const bool opens = row == w->last;
    full = full || (!opens && h > room + 0.5);
    const bool shown = opens ? !fit : !full;
    widget_set_state(row, STATE_HIDDEN, !shown);
    if (!shown) continue;
    layout_place(row, v, (rect){in.x, y, in.w, h});
    y += h + GAP;
    room -= h + GAP;
  }
}

static const widget_sort rows_sort = {
  .role = ROLE_BOX, .measure = measure_rows, .place = place_rows};

widget *panel_rows_create(widget *parent) {
  widget *w = widget_create(&rows_sort, parent, "panel-rows", NULL);
  w->box.grow = 1;
  return w;
}

static void opened(void *data, widget *w) {
  (void)w;
  stage_open(data, SHEET_REST);
}

void panel_rows_end(stage *s, widget *rows) {
  if (!rows->first) {
    widget_destroy(rows);
    return;
  }
  widget *rest = panel_row_create(rows, "panel-rest", "more", _("More"));
  widget_set_state(rest, STATE_WORDLESS, panel_make_folds(s));
  rest->chosen = opened;
  rest->data = s;
}

// ---- The others --------------------------------------------------------------------------

static void add_copy(view *v, const widget *row, widget *list) {
  widget *w = panel_row_create(list, row->id, NULL, row->label);
  w->icon = row->icon;
  w->chosen = row->chosen;
  w->data = row->data;
  panel_row_set(v, w, row->detail ? row->detail : "", widget_is(row, STATE_SELECTED));
  widget_set_state(w, STATE_DISABLED, widget_is(row, STATE_DISABLED));
}

page_built panel_rows_sheet(stage *s) {
  const widget *rows = widget_find(s->view.root, "panel-rows");
  widget *all = NULL;
  widget *sheet = sheet_beside("rest", _("More"), 12, &all);
  sheet->box.min_w = 320;
  widget *list = grid_create(all, "rest-rows", panel_make_folds(s) ? 1 : 2, GAP);
  for (const widget *row = rows ? rows->first : NULL; row; row = row->next)
    if (row != rows->last && widget_is(row, STATE_HIDDEN)) add_copy(&s->view, row, list);
  sheet_add_done(s, sheet, _("Done"), BUTTON_PRIMARY);
  return (page_built){sheet, "done"};
}
