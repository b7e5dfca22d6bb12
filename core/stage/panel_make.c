// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/panel_make.h"

#include "core/stage/choice_tile.h"
#include "core/stage/pages.h"
#include "core/stage/palette.h"
#include "core/stage/panel_group.h"
#include "core/stage/panel_row.h"
#include "core/stage/stage.h"
#include "core/ui/layout.h"
#include "core/ui/widgets.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { FEW = 4 };         // so many choices fit side by side
enum { IN_A_COLUMN = 7 }; // more of them stand in two columns, all in sight
enum { SWATCH_GAP = 9, TWO_COLUMNS = 96 };  // larger swatches stand one below the other
enum { SHEET_ROOM = 340, PICTURE_GAP = 8 }; // for what lies in a sheet

bool panel_make_folds(const stage *s) { return s->text_scale >= 1.5; }

const char *panel_make_id(
  char *room, size_t size, const offer_control *c, const char *part) {
  snprintf(room, size, "control-%s%s%s", c->key, part[0] ? "-" : "", part);
  return room;
}

// ---- What happens ------------------------------------------------------------------------

static void option_chosen(void *data, widget *w) { panel_link_take(data, w->number); }

static void colour_chosen(void *data, widget *w) { panel_link_take(data, w->colour); }

static void value_changed(void *data, widget *w) { panel_link_take(data, w->value); }

static void acted(void *data, widget *w) {
  (void)w;
  if (panel_hold_spent(data)) return;
  panel_link_act(data);
  panel_hold_focused(data);
  panel_group_acted(((panel_link *)data)->stage);
}

static void pick_opened(void *data, widget *w) {
  panel_link *l = data;
  (void)w;
  l->stage->picking = (uint32_t)(l - l->stage->links);
  stage_open(l->stage, SHEET_PICK);
}

static void text_entered(void *data, widget *w) {
  panel_link *l = data;
  input_text(&l->stage->input, l->control->id, field_text(w), l->stage->now_us);
}

static void on_choose(widget *w, widget_call *call, panel_link *l) {
  w->chosen = call;
  w->data = l;
}

static void on_change(widget *w, widget_call *call, panel_link *l) {
  w->changed = call;
  w->data = l;
}

// ---- At the sides ------------------------------------------------------------------------

static widget *group_of(panel_link *l, widget *parent) {
  char id[96];
  l->widget =
    group_create(parent, panel_make_id(id, sizeof id, l->control, ""), l->control->name);
  return l->widget;
}

void panel_make_tools(panel_link *l, widget *parent) {
  char id[96];
  const offer_control *c = l->control;
  group_of(l, parent)->box.gap = 8;
  for (uint32_t i = 0; i < c->choice_count; i++) {
    widget *w = tool_create(l->widget, panel_make_id(id, sizeof id, c, c->choices[i].key),
      c->choices[i].key, c->choices[i].name);
    w->number = c->choices[i].value;
    widget_set_state(w, STATE_WORDLESS, panel_make_folds(l->stage));
    on_choose(w, option_chosen, l);
  }
}

static void add_swatch(panel_link *l, uint32_t rgb) {
  char id[96];
  char part[16];
  snprintf(part, sizeof part, "%06x", rgb);
  char name[128];
  palette_name(rgb, name, sizeof name);
  widget *w =
    swatch_create(l->widget, panel_make_id(id, sizeof id, l->control, part), name, rgb);
  on_choose(w, colour_chosen, l);
}

int panel_make_colour_columns(const stage *s) {
  return s->view.target > TWO_COLUMNS ? 1 : 2;
}

void panel_make_colours(panel_link *l, widget *parent) {
  const offer_control *c = l->control; // a room may offer fewer of them, or others
  widget *group = group_of(l, parent);
  group->box.flow = FLOW_GRID;
  group->box.columns = panel_make_colour_columns(l->stage);
  group->box.gap = group->box.gap_across = SWATCH_GAP;
  for (uint32_t i = 0; i < c->colour_count; i++) add_swatch(l, c->colours[i]);
  for (int i = 0; !c->colour_count && i < PALETTE_COLOURS; i++)
    add_swatch(l, palette_colour(i));
}

static void add_caption(panel_link *l, widget *parent) {
  char id[96];
  l->caption = label_create(parent, panel_make_id(id, sizeof id, l->control, "name"),
    TEXT_CAPTION, l->control->name);
  l->caption->align = ALIGN_MIDDLE;
}

static void add_slider(panel_link *l, widget *parent, bool upright) {
  char id[96];
  const offer_control *c = l->control;
  l->widget = slider_create(
    parent, panel_make_id(id, sizeof id, c, ""), c->name, c->low, c->high, c->step);
  if (upright) slider_set_upright(l->widget);
  on_change(l->widget, value_changed, l);
}

void panel_make_size(panel_link *l, widget *parent) {
  if (!panel_make_folds(l->stage)) add_caption(l, parent);
  add_slider(l, parent, true);
}

void panel_make_toggle(panel_link *l, widget *parent) {
  char id[96];
  const offer_control *c = l->control;
  l->widget = toggle_create(parent, panel_make_id(id, sizeof id, c, ""), c->name);
  on_change(l->widget, value_changed, l);
}

void panel_make_pick(panel_link *l, widget *parent) {
  char id[96];
  const offer_control *c = l->control;
  const bool instead = (c->flags & GESTO_INSTEAD) != 0;
  const char *sign = instead ? panel_link_first_choice(l->stage)->control->key : c->key;
  l->widget =
    panel_row_create(parent, panel_make_id(id, sizeof id, c, ""), sign, c->name);
  widget_set_state(l->widget, STATE_WORDLESS,
    panel_link_has_colours(l->stage) && panel_make_folds(l->stage));
  on_choose(l->widget, pick_opened, l);
}

void panel_make_button(panel_link *l, widget *parent, double height) {
  char id[96];
  const offer_control *c = l->control;
  l->widget = button_create(
    parent, panel_make_id(id, sizeof id, c, ""), c->key, c->name, BUTTON_PLAIN);
  button_set_height(l->widget, height);
  on_choose(l->widget, acted, l);
}

void panel_make_narrow_button(panel_link *l, widget *parent) {
  char id[96];
  const offer_control *c = l->control;
  if (panel_make_folds(l->stage) && icon_find(c->key)) {
    l->widget = tool_create(parent, panel_make_id(id, sizeof id, c, ""), c->key, c->name);
    widget_set_state(l->widget, STATE_WORDLESS, true);
    on_choose(l->widget, acted, l);
  } else {
    panel_make_button(l, parent, 48);
  }
  widget_pad(l->widget, 8, 6);
}

void panel_make_field(panel_link *l, widget *parent) {
  char id[96];
  const offer_control *c = l->control;
  l->widget = field_create(parent, panel_make_id(id, sizeof id, c, ""), c->name, c->hint);
  on_change(l->widget, text_entered, l);
}

// ---- In a row below, in a sheet ----------------------------------------------------------

static void fill_segment(panel_link *l) {
  char id[96];
  const offer_control *c = l->control;
  for (uint32_t i = 0; i < c->choice_count; i++) {
    widget *w = segment_add(l->widget, panel_make_id(id, sizeof id, c, c->choices[i].key),
      c->choices[i].key, c->choices[i].name);
    w->number = c->choices[i].value;
    on_choose(w, option_chosen, l);
  }
}

static void add_segment(panel_link *l, widget *parent) {
  char id[96];
  l->widget = segment_create(
    parent, panel_make_id(id, sizeof id, l->control, ""), l->control->name);
  fill_segment(l);
}

static void add_chips(panel_link *l, widget *parent) {
  char id[96];
  const offer_control *c = l->control;
  widget *group = group_of(l, parent);
  group->box.flow = FLOW_WRAP;
  group->box.gap = 8;
  for (uint32_t i = 0; i < c->choice_count; i++) {
    widget *w = chip_create(group, panel_make_id(id, sizeof id, c, c->choices[i].key),
      NULL, c->choices[i].name);
    w->number = c->choices[i].value;
    on_choose(w, option_chosen, l);
  }
}

// A choice among colours has them as keys.
static bool is_of_colours(const offer_control *c) {
  return c->choice_count > 0 && c->choices[0].key[0] == '#';
}

static void add_coloured(panel_link *l, widget *parent) {
  char id[96];
  const offer_control *c = l->control;
  widget *group = group_of(l, parent);
  group->box.flow = FLOW_GRID;
  const bool large = l->stage->view.target > TWO_COLUMNS;
  group->box.columns = large ? 2 : (int)(c->choice_count + 1) / 2;
  group->box.gap = group->box.gap_across = SWATCH_GAP;
  widget_pad(group, 4, 4); // the ring of the chosen one
  for (uint32_t i = 0; i < c->choice_count; i++) {
    const offer_choice *one = &c->choices[i];
    widget *w = swatch_create(group, panel_make_id(id, sizeof id, c, one->key), one->name,
      (uint32_t)strtoul(one->key + 1, NULL, 16));
    w->number = one->value;
    on_choose(w, option_chosen, l);
  }
}

static bool has_pictures(const offer_control *c) {
  for (uint32_t i = 0; i < c->choice_count; i++)
    if (c->choices[i].picture[0]) return true;
  return false;
}

static int pictured_columns(const stage *s) {
  const int room = (SHEET_ROOM + PICTURE_GAP) / ((int)s->view.target + PICTURE_GAP);
  if (panel_make_folds(s) && room > 2) return 2;
  return room < FEW ? room : FEW;
}

static void add_pictured(panel_link *l, widget *parent) {
  char id[96];
  const offer_control *c = l->control;
  widget *group = group_of(l, parent);
  group->box.flow = FLOW_GRID;
  group->box.columns = pictured_columns(l->stage);
  group->box.gap = group->box.gap_across = PICTURE_GAP;
  for (uint32_t i = 0; i < c->choice_count; i++) {
    const offer_choice *one = &c->choices[i];
    widget *w = choice_tile_create(group, panel_make_id(id, sizeof id, c, one->key),
      one->name, choice_tile_lines(one->picture));
    w->number = one->value;
    on_choose(w, option_chosen, l);
  }
}

// All choices in sight: side by side where they fit, else as chips in lines.
static void add_whole_choice(panel_link *l, widget *parent) {
  view *v = &l->stage->view;
  add_segment(l, parent);
  if (l->control->choice_count <= FEW && layout_measure(l->widget, v, 0).w <= SHEET_ROOM)
    return;
  widget_destroy(l->widget);
  add_chips(l, parent);
}

void panel_make_cell(panel_link *l, widget *parent, bool whole) {
  char id[96];
  const uint32_t kind = l->control->kind;
  const bool few = kind == GESTO_CHOICE && (whole || l->control->choice_count <= FEW);
  const bool line = kind == GESTO_RANGE || kind == GESTO_TEXT_FIELD;
  widget *cell =
    column_create(parent, panel_make_id(id, sizeof id, l->control, "cell"), 4);
  cell->box.centred = true;
  cell->box.min_h = whole ? 0 : 76;
  if (few || line) add_caption(l, cell);
  if (whole && l->caption) l->caption->align = ALIGN_START;
  if (line) cell->box.min_w = 200;
  switch (kind) {
  case GESTO_CHOICE:
    if (whole && is_of_colours(l->control))
      add_coloured(l, cell);
    else if (whole && has_pictures(l->control))
      add_pictured(l, cell);
    else if (whole)
      add_whole_choice(l, cell);
    else if (few)
      add_segment(l, cell);
    else
      panel_make_pick(l, cell);
    break;
  case GESTO_COLOUR: panel_make_colours(l, cell); break;
  case GESTO_RANGE: add_slider(l, cell, false); break;
  case GESTO_TOGGLE: panel_make_toggle(l, cell); break;
  case GESTO_BUTTON: panel_make_button(l, cell, whole ? 56 : 64); break;
  case GESTO_TEXT_FIELD: panel_make_field(l, cell); break;
  default: break;
  }
}

bool panel_make_are_many(const panel_link *l) {
  return l->control->choice_count > IN_A_COLUMN && !panel_make_folds(l->stage);
}

// On the host's paper its brushes are known by the strokes that they make.
static bool has_strokes(const panel_link *l) {
  const offer_control *c = l->control;
  if (!l->stage->chosen->canvas) return false;
  for (uint32_t i = 0; i < c->choice_count; i++) {
    cairo_surface_t *one = choice_tile_stroke(c->choices[i].key);
    cairo_surface_destroy(one); // takes NULL
    if (one) return true;
  }
  return false;
}

static widget *add_choice(
  panel_link *l, widget *list, const offer_choice *one, bool strokes) {
  char id[96];
  panel_make_id(id, sizeof id, l->control, one->key);
  if (strokes)
    return choice_tile_create(list, id, one->name, choice_tile_stroke(one->key));
  widget *w = button_create(list, id, one->key, one->name, BUTTON_PLAIN);
  button_set_height(w, 56);
  return w;
}

void panel_make_choices(panel_link *l, widget *parent, widget_call *chosen) {
  widget *list = group_create(parent, "pick-list", l->control->name);
  const bool strokes = has_strokes(l);
  list->box.gap = list->box.gap_across = 8;
  if (panel_make_are_many(l)) {
    list->box.flow = FLOW_GRID;
    list->box.columns = strokes ? 3 : 2;
  }
  for (uint32_t i = 0; i < l->control->choice_count; i++) {
    const offer_choice *one = &l->control->choices[i];
    widget *w = add_choice(l, list, one, strokes);
    w->number = one->value;
    widget_set_state(w, STATE_SELECTED, w->number == (uint32_t)lround(l->value));
    on_choose(w, chosen, l);
  }
}
