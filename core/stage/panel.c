// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/panel.h"

#include "core/stage/closer_pad.h"
#include "core/stage/mix.h"
#include "core/stage/pages.h"
#include "core/stage/panel_group.h"
#include "core/stage/panel_make.h"
#include "core/stage/panel_rows.h"
#include "core/stage/panel_size.h"
#include "core/ui/layout.h"

#include <math.h>
#include <stdio.h>

#define BELOW_AT_MOST 0.3 // of the window's height

static uint32_t count(const stage *s) { return s->chosen ? s->chosen->control_count : 0; }

// ---- Where each belongs ------------------------------------------------------------------

static bool at_hand(const offer_control *c) {
  return c->kind == GESTO_BUTTON && (c->flags & GESTO_AT_HAND);
}

static uint32_t main_choice(const stage *s) {
  for (uint32_t i = 0; i < count(s); i++) {
    const offer_control *c = s->links[i].control;
    if (c->kind == GESTO_CHOICE && !c->group[0] && panel_link_on_panel(&s->links[i]))
      return i;
  }
  return OFFER_CONTROLS;
}

static bool belongs_left(const stage *s, uint32_t i) {
  const offer_control *c = s->links[i].control;
  return panel_link_has_colours(s) && panel_link_on_panel(&s->links[i]) && !c->group[0] &&
    (i == main_choice(s) || c->kind == GESTO_RANGE);
}

// Of a group the first one counts: it has the row.
static bool has_place(stage *s, uint32_t i) {
  panel_link *l = &s->links[i];
  return panel_link_on_panel(l) && panel_link_head(l) == l;
}

static bool belongs_right(stage *s, uint32_t i) {
  return panel_link_has_colours(s) && has_place(s, i) && !belongs_left(s, i);
}

static bool belongs_below(stage *s, uint32_t i) {
  return !panel_link_has_colours(s) && has_place(s, i);
}

// ---- At the sides ------------------------------------------------------------------------

static widget *side(
  stage *s, widget *parent, const char *id, const char *label, double w) {
  const bool folds = panel_make_folds(s);
  widget *card = group_create(parent, id, label);
  card->surface = SURFACE_CARD;
  card->radius = 24;
  card->box.w = folds ? w : floor(w * fmax(1, 0.85 * s->text_scale));
  char name[32];
  snprintf(name, sizeof name, "%s-scroll", id);
  widget *scroll = scroll_create(card, name, label);
  snprintf(name, sizeof name, "%s-list", id);
  return column_create(scroll, name, 4);
}

// For `columns` of large targets.
static void make_room(const stage *s, widget *list, int columns) {
  enum { GAP = 10 };
  widget *card = list->parent->parent;
  const double least = columns * s->view.target + (columns - 1) * GAP;
  card->box.w = fmax(card->box.w, least + list->box.pad_left + list->box.pad_right + 2);
}

// Of a small screen every pixel counts.
static bool is_low(const stage *s) { return s->view.height < 720; }

static bool fits(stage *s, widget *list) {
  enum { BAR = 88, AROUND = 16 };
  const double room = s->view.height - BAR - AROUND;
  return layout_measure(list, &s->view, list->parent->parent->box.w).h <= room;
}

// Of a small screen every pixel is the paper's: tools come no larger than a target must be.
static widget *left_list(stage *s, widget *parent, bool tight) {
  widget *list =
    side(s, parent, "panel-left", _("Tools"), panel_make_folds(s) ? 84 : 108);
  widget_pad(list, tight ? 6 : 9, tight ? 4 : 10);
  if (tight) list->box.gap = 8;
  make_room(s, list, 1);
  return list;
}

static void add_tools(panel_link *l, widget *list, bool tight) {
  panel_make_tools(l, list);
  for (widget *w = l->widget->first; tight && w; w = w->next) {
    w->box.min_h = 64;
    widget_pad(w, 4, 4);
  }
  if (tight) return;
  gap_create(list, "gap-tools", 0, 4);
  rule_create(list, "rule-tools");
  gap_create(list, "gap-rule", 0, 4);
}

static void fill_left(stage *s, widget *list, bool tight) {
  for (uint32_t i = 0; i < count(s); i++) {
    panel_link *l = &s->links[i];
    if (!belongs_left(s, i)) continue;
    if (l->control->kind == GESTO_CHOICE)
      add_tools(l, list, tight);
    else if (tight)
      panel_size_row(l, list);
    else
      panel_make_size(l, list);
    panel_link_show(l);
  }
}

// Beside each other where there is no room for all of them one below the other.
static void pair_tools(stage *s, widget *list) {
  widget *tools = s->links[main_choice(s)].widget;
  widget *card = list->parent->parent;
  tools->box.flow = FLOW_GRID;
  tools->box.columns = 2;
  card->box.w = ceil(layout_measure(list, &s->view, 0).w) + 2;
}

static void remove_left(stage *s, widget *list) {
  widget *card = list->parent->parent;
  panel_link_let_go(s, card);
  widget_destroy(card);
}

static bool has_left(const stage *s) {
  for (uint32_t i = 0; i < count(s); i++)
    if (belongs_left(s, i)) return true;
  return false;
}

// What leaves the paper the most room: whole; tools alone, with the size behind a row; in two
// columns, where targets are large or there are many tools.
void panel_left(stage *s, widget *parent) {
  if (!has_left(s)) return;
  for (int tight = 0; tight < 2; tight++) {
    widget *list = left_list(s, parent, tight);
    fill_left(s, list, tight);
    if (fits(s, list)) return;
    remove_left(s, list);
  }
  widget *list = left_list(s, parent, false);
  fill_left(s, list, false);
  if (main_choice(s) < OFFER_CONTROLS && !fits(s, list)) pair_tools(s, list);
}

static bool is_row(const offer_control *c) {
  return c->group[0] || c->kind == GESTO_CHOICE || c->kind == GESTO_BUTTON;
}

static void add_row(panel_link *l, widget *rows) {
  if (l->control->group[0])
    panel_group_row(l, rows);
  else if (l->control->kind == GESTO_CHOICE)
    panel_make_pick(l, rows);
  else
    panel_make_narrow_button(l, rows);
  panel_link_show(l);
}

static void add_whole(panel_link *l, widget *list) {
  switch (l->control->kind) {
  case GESTO_COLOUR:
    panel_make_colours(l, list);
    if (!l->control->colour_count) mix_row(l, list);
    break;
  case GESTO_TOGGLE: panel_make_toggle(l, list); break;
  case GESTO_TEXT_FIELD: panel_make_field(l, list); break;
  default: break;
  }
  panel_link_show(l);
}

static widget *right_list(stage *s, widget *parent) {
  widget *list = side(s, parent, "panel-right", _("Colours and more"), 140);
  widget_pad(list, 13, is_low(s) ? 8 : 13);
  make_room(s, list, panel_make_colour_columns(s));
  list->box.gap = is_low(s) ? 8 : 10;
  return list;
}

void panel_right(stage *s, widget *parent) {
  widget *list = panel_link_has_colours(s) ? right_list(s, parent) : NULL;
  if (!list) return;
  for (uint32_t i = 0; i < count(s); i++)
    if (belongs_right(s, i) && !is_row(s->links[i].control))
      add_whole(&s->links[i], list);
  widget *rows = panel_rows_create(list);
  for (uint32_t i = 0; i < count(s); i++)
    if (belongs_right(s, i) && is_row(s->links[i].control)) add_row(&s->links[i], rows);
  closer_pad_row(s, rows);
  panel_rows_end(s, rows);
}

// ---- Below -------------------------------------------------------------------------------

static void fill_below(stage *s, widget *row, bool whole) {
  for (uint32_t i = 0; i < count(s); i++) {
    panel_link *l = &s->links[i];
    if (!belongs_below(s, i)) continue;
    if (l->control->group[0])
      panel_group_row(l, row);
    else
      panel_make_cell(l, row, whole);
    panel_link_show(l);
  }
}

static void set_opened(void *data, widget *w) {
  (void)w;
  stage_open(data, SHEET_SET);
}

// Instead of all that would leave no room for the work: one button that opens a sheet.
static void fold_below(stage *s, widget *row) {
  panel_link_let_go(s, row);
  while (row->last) widget_destroy(row->last);
  widget *w =
    button_create(row, "panel-set", "settings", _("What you can set"), BUTTON_PLAIN);
  w->chosen = set_opened;
  w->data = s;
  closer_pad_row(s, row);
}

void panel_below(stage *s, widget *parent) {
  bool any = s->chosen && s->chosen->canvas && !panel_link_has_colours(s);
  for (uint32_t i = 0; i < count(s); i++) any = any || belongs_below(s, i);
  if (!any) return;
  widget *row = group_create(parent, "panel-below", _("What you can set"));
  row->surface = SURFACE_CARD;
  row->radius = 24;
  row->box.flow = FLOW_WRAP;
  row->box.gap = 24;
  row->box.gap_across = 8;
  widget_pad(row, 20, 12);
  fill_below(s, row, false);
  closer_pad_row(s, row);
  const double high = layout_measure(row, &s->view, s->view.width - 32).h;
  if (high > BELOW_AT_MOST * s->view.height) fold_below(s, row);
}

// ---- In the bar --------------------------------------------------------------------------

bool panel_has_at_hand(const stage *s) {
  for (uint32_t i = 0; i < count(s); i++)
    if (at_hand(s->links[i].control)) return true;
  return false;
}

void panel_at_hand(stage *s, widget *bar) {
  for (uint32_t i = 0; i < count(s); i++) {
    if (!at_hand(s->links[i].control)) continue;
    panel_make_button(&s->links[i], bar, 64);
    s->links[i].widget->style = TEXT_BUTTON_56;
    widget_pad(s->links[i].widget, 20, 8);
    panel_link_show(&s->links[i]);
  }
}

// ---- The sheets --------------------------------------------------------------------------

static void picked(void *data, widget *w) {
  panel_link *l = data;
  stage_hush(l->stage, false);
  stage_open(l->stage, SHEET_NONE);
  panel_link_take(l, w->number);
}

static widget *titled_list(widget *sheet, const char *name, const char *title) {
  char id[32];
  snprintf(id, sizeof id, "%s-scroll", name);
  widget *scroll = scroll_create(sheet, id, title);
  snprintf(id, sizeof id, "%s-column", name);
  widget *list = column_create(scroll, id, 12);
  widget_pad(list, 8, 8);
  label_create(list, "title", TEXT_HEADING, title);
  return list;
}

page_built panel_pick_sheet(stage *s) {
  panel_link *l = &s->links[s->picking];
  widget *sheet = sheet_create("sheet-pick", l->control->name);
  sheet->box.min_w = panel_make_are_many(l) ? 560 : 360;
  widget *list = titled_list(sheet, "pick", l->control->name);
  panel_make_choices(l, list, picked);
  sheet_add_done(s, list, _("Leave it as it is"), BUTTON_QUIET);
  return (page_built){sheet, "done"};
}

page_built panel_set_sheet(stage *s) {
  widget *sheet = sheet_create("sheet-set", _("What you can set"));
  sheet->box.min_w = 420;
  widget *list = titled_list(sheet, "set", _("What you can set"));
  fill_below(s, list, true);
  sheet_add_done(s, sheet, _("Done"), BUTTON_PRIMARY);
  return (page_built){sheet, "done"};
}
