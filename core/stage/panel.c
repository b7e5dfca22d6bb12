// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/panel.h"

#include "core/ui/choose.h"
#include "core/ui/layout.h"
#include "core/ui/say.h"
#include "core/ui/widgets.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { FEW = 4 };                           // so many choices fit side by side
enum { SWATCH_GAP = 10, TWO_COLUMNS = 96 }; // larger swatches stand one below the other
enum { PANEL_PACE_US = 400 * 1000 };
#define BELOW_AT_MOST 0.3 // of the window's height

// With large words the panels at the sides show icons alone, whose names are spoken.
static bool folds(const stage *s) { return s->text_scale >= 1.5; }

typedef struct named_colour {
  uint32_t rgb;
  const char *name;
} named_colour;

static const named_colour palette[] = {{0x22302F, N_("Black")}, {0xFFFFFF, N_("White")},
  {0xA2432A, N_("Brick")}, {0xD98A3D, N_("Orange")}, {0xE6C15A, N_("Yellow")},
  {0x6F8F55, N_("Green")}, {0x2F6B70, N_("Teal")}, {0x3B5FA0, N_("Blue")},
  {0x6E4474, N_("Purple")}, {0xC98A8F, N_("Pink")}, {0x8A6B4A, N_("Brown")},
  {0x8D9694, N_("Grey")}};

void panel_reset(stage *s) {
  memset(s->links, 0, sizeof s->links);
  for (uint32_t i = 0; s->chosen && i < s->chosen->control_count; i++)
    s->links[i] = (panel_link){.stage = s,
      .control = &s->chosen->controls[i],
      .value = s->chosen->controls[i].initial};
}

static const char *named(
  char *room, size_t size, const offer_control *c, const char *part) {
  snprintf(room, size, "control-%s%s%s", c->key, part[0] ? "-" : "", part);
  return room;
}

// ---- Showing a value ---------------------------------------------------------------------

static void show_choice(panel_link *l) {
  const uint32_t at = (uint32_t)lround(l->value);
  if (!l->widget->first) { // what opens the list
    char words[256];
    const offer_choice *now = offer_choice_of(l->control, at);
    snprintf(words, sizeof words, "%s: %s", l->control->name, now ? now->name : "");
    widget_set_label(l->widget, words);
    view_moved(&l->stage->view);
    return;
  }
  for (widget *o = l->widget->first; o; o = o->next)
    widget_set_state(o, STATE_SELECTED, o->number == at);
  view_changed(&l->stage->view, l->widget);
}

static void show_colour(panel_link *l) {
  for (widget *o = l->widget->first; o; o = o->next)
    widget_set_state(o, STATE_SELECTED, o->colour == (uint32_t)lround(l->value));
  view_changed(&l->stage->view, l->widget);
}

// The size of a brush shows in the colour that is chosen.
static void tint_sliders(stage *s, uint32_t rgb) {
  for (uint32_t i = 0; i < s->chosen->control_count; i++) {
    widget *w = s->links[i].widget;
    if (!w || w->sort->role != ROLE_SLIDER) continue;
    w->colour = rgb;
    view_changed(&s->view, w);
  }
}

// As many digits as the step has: 72, 7.5, 0.25.
static int digits_of(double step) {
  static const double tens[] = {1, 10};
  for (int digits = 0; digits < 2; digits++) {
    const double s = step * tens[digits];
    if (fabs(s - round(s)) <= 1e-6) return digits;
  }
  return 2;
}

static bool has_colours(const stage *s) {
  for (uint32_t i = 0; i < s->chosen->control_count; i++)
    if (s->chosen->controls[i].kind == GESTO_COLOUR) return true;
  return false;
}

// "Tempo 72 beats per minute": the number stands with the name where it has a unit.
static void show_number(panel_link *l) {
  const offer_control *c = l->control;
  if (!l->caption || !c->unit[0]) return;
  char words[256];
  widget *w = l->caption;
  view *v = &l->stage->view;
  const bool upright = has_colours(l->stage); // a narrow panel has no room for the unit
  snprintf(words, sizeof words, "%s %.*f%s%s", c->name, digits_of(c->step), l->value,
    upright ? "" : " ", upright ? "" : c->unit);
  widget_set_label(w, words);
  const text_look look = {.style = w->style, .width = w->rect.w};
  if (text_measure(v->text, look, words).h > w->rect.h + 0.5)
    view_moved(v); // it needs another line
  else
    view_changed(v, w);
}

static void show(panel_link *l) {
  if (!l->widget) return;
  show_number(l);
  switch (l->control->kind) {
  case GESTO_CHOICE: show_choice(l); break;
  case GESTO_COLOUR:
    show_colour(l);
    tint_sliders(l->stage, (uint32_t)lround(l->value));
    break;
  case GESTO_RANGE: slider_set(&l->stage->view, l->widget, l->value); break;
  case GESTO_TOGGLE:
    l->widget->value = l->value;
    widget_set_state(l->widget, STATE_SELECTED, l->value > 0.5);
    view_changed(&l->stage->view, l->widget);
    break;
  default: break;
  }
}

void panel_set(stage *s, uint32_t control_id, double value) {
  for (uint32_t i = 0; s->chosen && i < s->chosen->control_count; i++) {
    panel_link *l = &s->links[i];
    if (l->control->id != control_id) continue;
    l->value = value;
    l->late = true;
  }
  panel_show_late(s);
}

// Until it may change again; 0 is now.
static uint64_t rests_us(const stage *s) {
  const uint64_t since = s->now_us - s->panel_shown_us;
  return s->panel_shown_us && since < PANEL_PACE_US ? PANEL_PACE_US - since : 0;
}

void panel_show_late(stage *s) {
  if (rests_us(s)) return;
  for (uint32_t i = 0; s->chosen && i < s->chosen->control_count; i++) {
    panel_link *l = &s->links[i];
    if (!l->late) continue;
    l->late = false;
    s->panel_shown_us = s->now_us;
    show(l);
  }
}

int panel_wait_ms(const stage *s) {
  bool late = false;
  for (uint32_t i = 0; s->chosen && i < s->chosen->control_count; i++)
    late |= s->links[i].late;
  return late ? (int)((rests_us(s) + 999) / 1000) : -1;
}

// ---- What a client does with it ----------------------------------------------------------

// Where it could not be taken, the widget shows the old value again.
static void set_value(panel_link *l, double value) {
  stage *s = l->stage;
  if (input_control(&s->input, GESTO_CONTROL_SET, l->control->id, value, s->now_us))
    l->value = value;
  show(l);
}

static void option_chosen(void *data, widget *w) { set_value(data, w->number); }

static void picked(void *data, widget *w) {
  panel_link *l = data;
  stage_hush(l->stage, false);
  stage_open(l->stage, SHEET_NONE);
  set_value(l, w->number);
}

static void colour_chosen(void *data, widget *w) { set_value(data, w->colour); }

static void value_changed(void *data, widget *w) { set_value(data, w->value); }

static void pick_opened(void *data, widget *w) {
  panel_link *l = data;
  (void)w;
  l->stage->picking = (uint32_t)(l - l->stage->links);
  stage_open(l->stage, SHEET_PICK);
}

static void act(panel_link *l) {
  stage *s = l->stage;
  input_control(&s->input, GESTO_ACTION, l->control->id, 1, s->now_us);
}

static void acted(void *data, widget *w) {
  (void)w;
  act(data);
}

static void text_entered(void *data, widget *w) {
  panel_link *l = data;
  input_text(&l->stage->input, l->control->id, field_text(w), l->stage->now_us);
}

// ---- Making the widgets ------------------------------------------------------------------

static void on_choose(widget *w, widget_call *call, panel_link *l) {
  w->chosen = call;
  w->data = l;
}

static widget *add_tools(panel_link *l, widget *parent) {
  char id[96];
  const offer_control *c = l->control;
  l->widget = group_create(parent, named(id, sizeof id, c, ""), c->name);
  l->widget->box.gap = 8;
  for (uint32_t i = 0; i < c->choice_count; i++) {
    widget *w = tool_create(l->widget, named(id, sizeof id, c, c->choices[i].key),
      c->choices[i].key, c->choices[i].name);
    w->number = c->choices[i].value;
    widget_set_state(w, STATE_WORDLESS, folds(l->stage));
    on_choose(w, option_chosen, l);
  }
  return l->widget;
}

static void add_segment(panel_link *l, widget *parent) {
  char id[96];
  const offer_control *c = l->control;
  l->widget = segment_create(parent, named(id, sizeof id, c, ""), c->name);
  for (uint32_t i = 0; i < c->choice_count; i++) {
    widget *w = segment_add(l->widget, named(id, sizeof id, c, c->choices[i].key),
      c->choices[i].key, c->choices[i].name);
    w->number = c->choices[i].value;
    on_choose(w, option_chosen, l);
  }
}

static void add_pick(panel_link *l, widget *parent) {
  char id[96];
  l->widget =
    chip_create(parent, named(id, sizeof id, l->control, ""), NULL, l->control->name);
  on_choose(l->widget, pick_opened, l);
}

static void add_swatch(panel_link *l, uint32_t rgb, const char *name) {
  char id[96], part[16];
  snprintf(part, sizeof part, "%06x", rgb);
  widget *w = swatch_create(l->widget, named(id, sizeof id, l->control, part), name, rgb);
  on_choose(w, colour_chosen, l);
}

static const char *colour_name(uint32_t rgb) {
  for (size_t i = 0; i < sizeof palette / sizeof palette[0]; i++)
    if (palette[i].rgb == rgb) return _(palette[i].name);
  return _("Another colour");
}

static int colour_columns(const stage *s) { return s->view.target > TWO_COLUMNS ? 1 : 2; }

static void add_colours(panel_link *l, widget *parent) {
  char id[96];
  l->widget =
    group_create(parent, named(id, sizeof id, l->control, ""), l->control->name);
  l->widget->box.flow = FLOW_GRID;
  l->widget->box.columns = colour_columns(l->stage);
  l->widget->box.gap = SWATCH_GAP;
  l->widget->box.gap_across = 9;
  const offer_control *c = l->control; // a room may offer fewer of them, or others
  for (uint32_t i = 0; i < c->colour_count; i++)
    add_swatch(l, c->colours[i], colour_name(c->colours[i]));
  for (size_t i = 0; !c->colour_count && i < sizeof palette / sizeof palette[0]; i++)
    add_swatch(l, palette[i].rgb, _(palette[i].name));
}

static void add_slider(panel_link *l, widget *parent, bool upright) {
  char id[96];
  const offer_control *c = l->control;
  l->widget =
    slider_create(parent, named(id, sizeof id, c, ""), c->name, c->low, c->high, c->step);
  if (upright) slider_set_upright(l->widget, true);
  l->widget->changed = value_changed;
  l->widget->data = l;
}

static void add_toggle(panel_link *l, widget *parent, bool narrow) {
  char id[96];
  const offer_control *c = l->control;
  if (narrow) {
    l->widget = chip_create(parent, named(id, sizeof id, c, ""), NULL, c->name);
    return;
  }
  l->widget = toggle_create(parent, named(id, sizeof id, c, ""), c->name);
  l->widget->changed = value_changed;
  l->widget->data = l;
}

// A button or what opens a list, as an icon. False: there is none of that name.
static bool add_icon(panel_link *l, widget *parent, widget_call *call) {
  char id[96];
  const offer_control *c = l->control;
  if (!folds(l->stage) || !icon_find(c->key)) return false;
  l->widget = tool_create(parent, named(id, sizeof id, c, ""), c->key, c->name);
  widget_set_state(l->widget, STATE_WORDLESS, true);
  on_choose(l->widget, call, l);
  return true;
}

static void add_button(panel_link *l, widget *parent, double height) {
  char id[96];
  const offer_control *c = l->control;
  l->widget =
    button_create(parent, named(id, sizeof id, c, ""), c->key, c->name, BUTTON_PLAIN);
  button_set_height(l->widget, height);
  on_choose(l->widget, acted, l);
}

static void add_field(panel_link *l, widget *parent) {
  char id[96];
  const offer_control *c = l->control;
  l->widget = field_create(parent, named(id, sizeof id, c, ""), c->name, c->hint);
  l->widget->changed = text_entered;
  l->widget->data = l;
}

static void add_caption(panel_link *l, widget *parent) {
  char id[96];
  widget *w = label_create(
    parent, named(id, sizeof id, l->control, "name"), TEXT_CAPTION, l->control->name);
  w->align = ALIGN_MIDDLE;
  l->caption = w;
}

// ---- Where each belongs ------------------------------------------------------------------

static bool at_hand(const offer_control *c) {
  return c->kind == GESTO_BUTTON && (c->flags & GESTO_AT_HAND);
}

static bool on_panel(const offer_control *c) {
  return !(c->flags & GESTO_FOR_THERAPIST) && !at_hand(c);
}

static uint32_t main_choice(const stage *s) {
  for (uint32_t i = 0; i < s->chosen->control_count; i++)
    if (s->chosen->controls[i].kind == GESTO_CHOICE && on_panel(&s->chosen->controls[i]))
      return i;
  return OFFER_CONTROLS;
}

static bool belongs_left(const stage *s, uint32_t i) {
  const offer_control *c = &s->chosen->controls[i];
  return has_colours(s) && on_panel(c) && (i == main_choice(s) || c->kind == GESTO_RANGE);
}

static widget *side(
  stage *s, widget *parent, const char *id, const char *label, double w) {
  widget *card = group_create(parent, id, label);
  card->surface = SURFACE_CARD;
  card->radius = 24;
  card->box.w = folds(s) ? w : floor(w * fmax(1, 0.85 * s->text_scale));
  char name[32];
  snprintf(name, sizeof name, "%s-scroll", id);
  widget *scroll = scroll_create(card, name, label);
  snprintf(name, sizeof name, "%s-list", id);
  return column_create(scroll, name, 4);
}

// For `columns` of large targets.
static void make_room(const stage *s, widget *list, int columns) {
  widget *card = list->parent->parent;
  const double least = columns * s->view.target + (columns - 1) * SWATCH_GAP;
  card->box.w = fmax(card->box.w, least + list->box.pad_left + list->box.pad_right + 2);
}

void panel_left(stage *s, widget *parent) {
  widget *list = NULL;
  for (uint32_t i = 0; s->chosen && i < s->chosen->control_count; i++) {
    if (!belongs_left(s, i)) continue;
    if (!list) {
      list = side(s, parent, "panel-left", _("Tools"), folds(s) ? 84 : 108);
      widget_pad(list, 9, 10);
      make_room(s, list, 1);
    }
    panel_link *l = &s->links[i];
    if (l->control->kind == GESTO_CHOICE) {
      add_tools(l, list);
      gap_create(list, "gap-tools", 0, 4);
      rule_create(list, "rule-tools");
      gap_create(list, "gap-rule", 0, 4);
    } else {
      if (!folds(s)) add_caption(l, list);
      add_slider(l, list, true);
    }
    show(l);
  }
}

static void add_right(panel_link *l, widget *list) {
  switch (l->control->kind) {
  case GESTO_COLOUR: add_colours(l, list); break;
  case GESTO_CHOICE:
    if (add_icon(l, list, pick_opened)) return;
    add_pick(l, list);
    break;
  case GESTO_TOGGLE: add_toggle(l, list, false); break;
  case GESTO_BUTTON:
    if (add_icon(l, list, acted)) return;
    add_button(l, list, 48);
    break;
  case GESTO_TEXT_FIELD: add_field(l, list); break;
  default: break;
  }
  if (l->control->kind == GESTO_CHOICE || l->control->kind == GESTO_BUTTON)
    widget_pad(l->widget, 8, 6);
}

void panel_right(stage *s, widget *parent) {
  widget *list = NULL;
  for (uint32_t i = 0; s->chosen && i < s->chosen->control_count; i++) {
    if (!has_colours(s) || !on_panel(s->links[i].control) || belongs_left(s, i)) continue;
    if (!list) {
      list = side(s, parent, "panel-right", _("Colours and more"), 140);
      widget_pad(list, 13, 14);
      make_room(s, list, colour_columns(s));
      list->box.gap = 10;
    }
    add_right(&s->links[i], list);
    show(&s->links[i]);
  }
}

static void add_below(panel_link *l, widget *row) {
  char id[96];
  const uint32_t kind = l->control->kind;
  widget *cell = column_create(row, named(id, sizeof id, l->control, "cell"), 4);
  cell->box.centred = true;
  cell->box.min_h = 76;
  const bool few = kind == GESTO_CHOICE && l->control->choice_count <= FEW;
  if (few || kind == GESTO_RANGE || kind == GESTO_TEXT_FIELD) add_caption(l, cell);
  if (kind == GESTO_RANGE || kind == GESTO_TEXT_FIELD) cell->box.min_w = 200;
  switch (kind) {
  case GESTO_CHOICE:
    if (few)
      add_segment(l, cell);
    else
      add_pick(l, cell);
    break;
  case GESTO_RANGE: add_slider(l, cell, false); break;
  case GESTO_TOGGLE: add_toggle(l, cell, false); break;
  case GESTO_BUTTON: add_button(l, cell, 64); break;
  case GESTO_TEXT_FIELD: add_field(l, cell); break;
  default: break;
  }
}

static bool belongs_below(const stage *s, uint32_t i) {
  return !has_colours(s) && on_panel(s->links[i].control);
}

static void fill_below(stage *s, widget *row) {
  for (uint32_t i = 0; s->chosen && i < s->chosen->control_count; i++) {
    if (!belongs_below(s, i)) continue;
    add_below(&s->links[i], row);
    show(&s->links[i]);
  }
}

static void set_opened(void *data, widget *w) {
  (void)w;
  stage_open(data, SHEET_SET);
}

// Instead of all that would leave no room for the work: one button that opens a sheet.
static void fold_below(stage *s, widget *row) {
  panel_let_go(s, row);
  while (row->last) widget_destroy(row->last);
  widget *w =
    button_create(row, "panel-set", "settings", _("What you can set"), BUTTON_PLAIN);
  w->chosen = set_opened;
  w->data = s;
}

void panel_below(stage *s, widget *parent) {
  bool any = false;
  for (uint32_t i = 0; s->chosen && i < s->chosen->control_count; i++)
    any = any || belongs_below(s, i);
  if (!any) return;
  widget *row = group_create(parent, "panel-below", _("What you can set"));
  row->surface = SURFACE_CARD;
  row->radius = 24;
  row->box.flow = FLOW_WRAP;
  row->box.gap = 24;
  row->box.gap_across = 8;
  widget_pad(row, 20, 12);
  fill_below(s, row);
  const double high = layout_measure(row, &s->view, s->view.width - 32).h;
  if (high > BELOW_AT_MOST * s->view.height) fold_below(s, row);
}

void panel_all(stage *s, widget *list) {
  fill_below(s, list);
  for (widget *w = list->first; w; w = w->next) w->box.min_h = 0;
}

void panel_let_go(stage *s, const widget *top) {
  for (int i = 0; i < OFFER_CONTROLS; i++) {
    const widget *w = s->links[i].widget;
    while (w && w != top) w = w->parent;
    if (w && top) s->links[i].widget = s->links[i].caption = NULL;
  }
}

bool panel_has_at_hand(const stage *s) {
  for (uint32_t i = 0; s->chosen && i < s->chosen->control_count; i++)
    if (at_hand(&s->chosen->controls[i])) return true;
  return false;
}

void panel_at_hand(stage *s, widget *bar) {
  for (uint32_t i = 0; s->chosen && i < s->chosen->control_count; i++) {
    if (!at_hand(s->links[i].control)) continue;
    add_button(&s->links[i], bar, 64);
    s->links[i].widget->style = TEXT_BUTTON_56;
    widget_pad(s->links[i].widget, 20, 8);
  }
}

widget *panel_pick_list(stage *s, widget *parent) {
  char id[96];
  panel_link *l = &s->links[s->picking];
  widget *list = group_create(parent, "pick-list", l->control->name);
  list->box.gap = 8;
  for (uint32_t i = 0; i < l->control->choice_count; i++) {
    widget *w =
      button_create(list, named(id, sizeof id, l->control, l->control->choices[i].key),
        l->control->choices[i].key, l->control->choices[i].name, BUTTON_PLAIN);
    button_set_height(w, 56);
    w->number = l->control->choices[i].value;
    widget_set_state(w, STATE_SELECTED, w->number == (uint32_t)lround(l->value));
    on_choose(w, picked, l);
  }
  return list;
}

static double next_choice(const panel_link *l) {
  const offer_control *c = l->control;
  for (uint32_t i = 0; i + 1 < c->choice_count; i++)
    if (c->choices[i].value == (uint32_t)lround(l->value)) return c->choices[i + 1].value;
  return c->choices[0].value;
}

bool panel_key(stage *s, chord c) {
  if (s->page != PAGE_EXERCISE || s->view.sheet || !s->chosen) return false;
  for (uint32_t i = 0; i < s->chosen->control_count; i++) {
    panel_link *l = &s->links[i];
    if (!events_chord_in(c, l->control->keys)) continue;
    if (l->control->kind == GESTO_BUTTON)
      act(l);
    else if (l->control->kind == GESTO_TOGGLE)
      set_value(l, l->value > 0.5 ? 0 : 1);
    else if (l->control->kind == GESTO_CHOICE && l->control->choice_count > 0)
      set_value(l, next_choice(l));
    else
      continue;
    return true;
  }
  return false;
}
