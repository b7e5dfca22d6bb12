// SPDX-License-Identifier: GPL-3.0-or-later
// Boxes, groups, cards and sheets of widgets.h.
#include "core/ui/draw.h"
#include "core/ui/widgets.h"

static const widget_sort box_sort = {.role = ROLE_BOX};
static const widget_sort group_sort = {.role = ROLE_GROUP};
static const widget_sort sheet_sort = {.role = ROLE_SHEET};

static widget *flow_create(widget *parent, const char *id, flow f, double gap) {
  widget *w = widget_create(&box_sort, parent, id, NULL);
  w->box.flow = f;
  w->box.gap = gap;
  return w;
}

widget *row_create(widget *parent, const char *id, double gap) {
  widget *w = flow_create(parent, id, FLOW_ROW, gap);
  w->box.cross = CROSS_MIDDLE;
  return w;
}

widget *column_create(widget *parent, const char *id, double gap) {
  return flow_create(parent, id, FLOW_COLUMN, gap);
}

widget *grid_create(widget *parent, const char *id, int columns, double gap) {
  widget *w = flow_create(parent, id, FLOW_GRID, gap);
  w->box.columns = columns;
  return w;
}

widget *wrap_create(widget *parent, const char *id, double gap) {
  return flow_create(parent, id, FLOW_WRAP, gap);
}

widget *stack_create(widget *parent, const char *id) {
  return flow_create(parent, id, FLOW_STACK, 0);
}

widget *spacer_create(widget *parent, const char *id) {
  widget *w = widget_create(&box_sort, parent, id, NULL);
  w->box.grow = 1;
  return w;
}

widget *gap_create(widget *parent, const char *id, double w, double h) {
  widget *gap = widget_create(&box_sort, parent, id, NULL);
  gap->box.w = w;
  gap->box.h = h;
  return gap;
}

widget *rule_create(widget *parent, const char *id) {
  widget *w = widget_create(&box_sort, parent, id, NULL);
  w->box.h = 1.5;
  w->fill = TOKEN_LINE;
  return w;
}

widget *group_create(widget *parent, const char *id, const char *label) {
  return widget_create(&group_sort, parent, id, label);
}

widget *card_box_create(widget *parent, const char *id, const char *label) {
  widget *w = group_create(parent, id, label);
  w->surface = SURFACE_CARD;
  w->radius = 24;
  widget_pad(w, 16, 16);
  return w;
}

widget *sheet_create(const char *id, const char *label) {
  widget *w = widget_create(&sheet_sort, NULL, id, label);
  w->surface = SURFACE_SHEET;
  w->radius = 28;
  w->box.gap = 12;
  widget_pad(w, 32, 28);
  return w;
}
