// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/panel_group.h"

#include "core/stage/pages.h"
#include "core/stage/panel_make.h"
#include "core/stage/panel_row.h"

#include <stdio.h>
#include <string.h>

static bool belongs(panel_link *l, panel_link *head) {
  return panel_link_on_panel(l) && panel_link_head(l) == head;
}

static void opened(void *data, widget *w) {
  panel_link *head = data;
  (void)w;
  head->stage->picking = (uint32_t)(head - head->stage->links);
  stage_open(head->stage, SHEET_GROUP);
}

// The first of the group that has an icon gives it to the row.
static const char *icon_of(panel_link *head) {
  const stage *s = head->stage;
  for (uint32_t i = 0; i < s->chosen->control_count; i++) {
    panel_link *l = &head->stage->links[i];
    if (belongs(l, head) && icon_find(l->control->key)) return l->control->key;
  }
  return "settings";
}

void panel_group_row(panel_link *head, widget *parent) {
  char id[96];
  snprintf(id, sizeof id, "group-%s", head->control->key);
  head->row = panel_row_create(parent, id, icon_of(head), head->control->group);
  const bool narrow = panel_link_has_colours(head->stage);
  widget_set_state(head->row, STATE_WORDLESS, narrow && panel_make_folds(head->stage));
  head->row->chosen = opened;
  head->row->data = head;
  panel_link_show(head);
}

static bool is_button(panel_link *l, panel_link *head) {
  const stage *s = head->stage;
  return l < s->links + s->chosen->control_count && belongs(l, head) &&
    l->control->kind == GESTO_BUTTON;
}

static void add_one(panel_link *l, widget *list) {
  panel_make_cell(l, list, true);
  panel_link_show(l);
}

// Two buttons that follow each other stand side by side, unless words are large.
static void add_pair(panel_link *l, widget *list) {
  char id[96];
  widget *row = row_create(list, panel_make_id(id, sizeof id, l->control, "pair"), 10);
  for (panel_link *one = l; one < l + 2; one++) {
    add_one(one, row);
    one->widget->parent->box.grow = 1;
  }
}

void panel_group_acted(stage *s) {
  panel_link *head = &s->links[s->picking];
  if (s->sheet != SHEET_GROUP) return;
  for (uint32_t i = 0; i < s->chosen->control_count; i++) {
    panel_link *l = &s->links[i];
    if (belongs(l, head) && l->control->kind != GESTO_BUTTON) return;
  }
  stage_open(s, SHEET_NONE);
}

static void add_all(panel_link *head, widget *list) {
  const stage *s = head->stage;
  for (panel_link *l = head; l < s->links + s->chosen->control_count; l++) {
    if (!belongs(l, head)) continue;
    const bool pair = is_button(l, head) && is_button(l + 1, head);
    if (pair && !panel_make_folds(s))
      add_pair(l++, list);
    else
      add_one(l, list);
  }
}

page_built panel_group_sheet(stage *s) {
  panel_link *head = &s->links[s->picking];
  const offer_control *c = head->control;
  const char *name = c->group[0] ? c->group : c->name;
  widget *list = NULL;
  widget *sheet = sheet_beside("group", name, 12, &list);
  sheet->box.min_w = 300;
  add_all(head, list);
  sheet_add_done(s, sheet, _("Done"), BUTTON_PRIMARY);
  return (page_built){sheet, "done"};
}
