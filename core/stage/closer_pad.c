// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/closer_pad.h"

#include "core/stage/panel_make.h"
#include "core/stage/panel_row.h"
#include "core/stage/stage.h"
#include "core/ui/over.h"
#include "core/ui/say.h"
#include "core/ui/widgets.h"

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

static void done_chosen(void *data, widget *w) {
  stage *s = data;
  (void)w;
  over_away(&s->view);
}

static void add(stage *s, widget *row, pad_key k, uint32_t number, widget_call *call) {
  widget *w = button_create(row, k.id, k.icon, _(k.words), BUTTON_PLAIN);
  button_set_height(w, 56);
  w->number = number;
  w->chosen = call;
  w->data = s;
}

static void open_pad(void *data, widget *row) {
  stage *s = data;
  if (s->view.over) {
    over_away(&s->view);
    return;
  }
  widget *pad = card_box_create(NULL, "closer-pad", _("Closer to the paper"));
  pad->surface = SURFACE_SHEET;
  pad->box.centred = true;
  widget *all = wrap_create(pad, "closer-keys", GAP);
  all->box.max_w = 640;
  for (uint32_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
    add(s, all, keys[i], i, key_chosen);
  add(s, all, (pad_key){.id = "closer-all", .icon = "sheet", .words = N_("Whole paper")},
    0, whole_chosen);
  add(s, all, (pad_key){.id = "closer-done", .icon = "check", .words = N_("Done")}, 0,
    done_chosen);
  over_show(&s->view, pad, row);
}

void closer_pad_row(stage *s, widget *parent) {
  if (!s->chosen || !s->chosen->canvas) return;
  widget *row = panel_row_create(parent, "closer", "find", _("Closer"));
  widget_set_state(row, STATE_WORDLESS, panel_make_folds(s));
  row->chosen = open_pad;
  row->data = s;
}
