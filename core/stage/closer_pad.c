// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/closer_pad.h"

#include "core/stage/pages.h"
#include "core/stage/panel_make.h"
#include "core/stage/panel_row.h"

enum { PARTS = 4, GAP = 8 }; // a press moves by a part of the area's size
static const double STEP = 1.41;

typedef struct pad_key {
  const char *id, *icon, *words;
  double zoom;   // factor; 0: none
  double dx, dy; // parts of the area that the paper moves by
} pad_key;

// What one looks for comes into sight: the paper goes the other way.
static const pad_key keys[] = {
  {"closer-in", "plus", N_("Closer"), STEP, 0, 0},
  {"closer-out", "minus", N_("Further away"), 1 / STEP, 0, 0},
  {"closer-left", NULL, N_("Left"), 0, 1, 0},
  {"closer-right", NULL, N_("Right"), 0, -1, 0},
  {"closer-up", NULL, N_("Up"), 0, 0, 1},
  {"closer-down", NULL, N_("Down"), 0, 0, -1},
};

static void key_chosen(void *data, widget *w) {
  stage *s = data;
  const pad_key *k = &keys[w->number];
  if (!s->area) return;
  if (k->zoom > 0)
    closer_zoom_middle(s, k->zoom);
  else
    closer_move(s, k->dx * s->area->rect.w / PARTS, k->dy * s->area->rect.h / PARTS);
}

static void whole_chosen(void *data, widget *w) {
  (void)w;
  closer_whole(data);
}

static void opened(void *data, widget *w) {
  (void)w;
  stage_open(data, SHEET_CLOSER);
}

static widget *add(stage *s, widget *parent, pad_key k, widget_call *call) {
  widget *w = button_create(parent, k.id, k.icon, _(k.words), BUTTON_PLAIN);
  button_set_height(w, 56);
  w->chosen = call;
  w->data = s;
  return w;
}

page_built closer_pad_sheet(stage *s) {
  widget *list = NULL;
  widget *sheet = sheet_beside("closer", _("Closer to the paper"), GAP, &list);
  gap_create(list, "closer-gap", 0, 4); // the ring of the focus
  widget *all = grid_create(list, "closer-keys", 2, GAP);
  all->box.sides = SIDES_FIXED; // left is left
  for (uint32_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
    add(s, all, keys[i], key_chosen)->number = i;
  add(
    s, list, (pad_key){"closer-all", "whole", N_("Whole paper"), 0, 0, 0}, whole_chosen);
  sheet_add_done(s, sheet, _("Done"), BUTTON_PRIMARY);
  return (page_built){sheet, "closer-in"};
}

void closer_pad_row(stage *s, widget *parent) {
  if (!s->chosen || !s->chosen->canvas) return;
  widget *row = panel_row_create(parent, "closer", "find", _("Closer"));
  widget_set_state(row, STATE_WORDLESS, panel_make_folds(s));
  row->chosen = opened;
  row->data = s;
}
