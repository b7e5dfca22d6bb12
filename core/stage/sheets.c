// SPDX-License-Identifier: GPL-3.0-or-later
// The sheets above the exercise: Pause, change something, choices of one control.
#include "core/stage/pages.h"
#include "core/stage/panel.h"
#include "core/stage/wish.h"

#include <math.h>

static void carry_on_chosen(void *data, widget *w) {
  (void)w;
  stage_carry_on(data);
}

static void change_chosen(void *data, widget *w) {
  (void)w;
  stage_open(data, SHEET_CHANGE);
}

static void finish_chosen(void *data, widget *w) {
  (void)w;
  stage_leave(data, PAGE_CLOSING);
}

static void other_chosen(void *data, widget *w) {
  (void)w;
  stage_leave(data, PAGE_CHOOSE);
}

static void pause_chosen(void *data, widget *w) {
  (void)w;
  stage_open(data, SHEET_PAUSE);
}

static widget *way(stage *s, widget *sheet, const char *id, const char *label,
  button_look look, widget_call *call) {
  widget *w = button_create(sheet, id, NULL, label, look);
  w->chosen = call;
  w->data = s;
  return w;
}

static page_built sheet_pause(stage *s) {
  widget *sheet = sheet_create("sheet-pause", _("Pause"));
  sheet->box.min_w = 420;
  label_create(sheet, "title", TEXT_TITLE, _("Pause"));
  label_create(sheet, "lead", TEXT_SMALL,
    _("Time stands still, nothing is lost. The keys: Esc for Pause, Shift and Esc for "
      "Stop."));
  gap_create(sheet, "gap-ways", 0, 4);
  way(s, sheet, "carry-on", _("Carry on"), BUTTON_PRIMARY, carry_on_chosen);
  way(s, sheet, "change", _("Change something"), BUTTON_PLAIN, change_chosen);
  way(s, sheet, "finish", _("Finish here"), BUTTON_PLAIN, finish_chosen);
  return (page_built){sheet, "carry-on"};
}

static const double text_sizes[] = {1, 1.3, 1.5, 2};

static void look_changed(void *data, widget *w) {
  stage *s = data;
  stage_want_look(s, (theme_name)(int)w->value, s->text_scale);
}

static void size_changed(void *data, widget *w) {
  stage *s = data;
  stage_want_look(s, s->theme, text_sizes[(int)w->value]);
}

static void volume_changed(void *data, widget *w) {
  stage_set_volume(data, (uint32_t)lround(w->value));
}

static widget *add_segment(stage *s, widget *sheet, const char *id, const char *label,
  const char *const words[][2], widget_call *changed) {
  label_create(sheet, words[0][1], TEXT_CAPTION, label);
  widget *seg = segment_create(sheet, id, label);
  for (int i = 1; words[i][0]; i++) segment_add(seg, words[i][0], NULL, _(words[i][1]));
  seg->changed = changed;
  seg->data = s;
  return seg;
}

static page_built sheet_change(stage *s) {
  static const char *const looks[][2] = {{"", "look-name"}, {"look-paper", N_("Paper")},
    {"look-evening", N_("Evening")}, {"look-contrast", N_("Contrast")}, {NULL, NULL}};
  static const char *const sizes[][2] = {{"", "size-name"}, {"size-100", N_("Normal")},
    {"size-130", N_("Large")}, {"size-150", N_("Larger")}, {"size-200", N_("Largest")},
    {NULL, NULL}};
  widget *sheet = sheet_create("sheet-change", _("Change something"));
  sheet->box.min_w = 480;
  widget *scroll = scroll_create(sheet, "change-scroll", _("What you can change"));
  widget *list = column_create(scroll, "change-list", 8);
  widget_pad(list, 8, 8);
  label_create(list, "title", TEXT_HEADING, _("Change something"));
  widget *seg =
    add_segment(s, list, "look", _("Colours of the room"), looks, look_changed);
  segment_choose(&s->view, seg, (int)s->theme);
  seg = add_segment(s, list, "text-size", _("Size of words"), sizes, size_changed);
  for (int i = 0; i < 4; i++)
    if (fabs(text_sizes[i] - s->text_scale) < 0.01) segment_choose(&s->view, seg, i);
  label_create(list, "volume-name", TEXT_CAPTION, _("Loudness"));
  widget *volume = slider_create(list, "volume", _("Loudness"), 0, 1000, 50);
  slider_set(&s->view, volume, s->volume);
  volume->changed = volume_changed;
  volume->data = s;
  gap_create(list, "gap-ways", 0, 4);
  if (s->chosen)
    way(s, list, "other", _("Choose something else"), BUTTON_PLAIN, other_chosen);
  way(s, list, "done", _("Done"), BUTTON_PRIMARY, pause_chosen);
  return (page_built){sheet, "done"};
}

static void pick_done(void *data, widget *w) {
  (void)w;
  stage_open(data, SHEET_NONE);
}

static page_built sheet_pick(stage *s) {
  widget *sheet = sheet_create("sheet-pick", s->links[s->picking].control->name);
  sheet->box.min_w = 360;
  widget *scroll =
    scroll_create(sheet, "pick-scroll", s->links[s->picking].control->name);
  widget *list = column_create(scroll, "pick-column", 8);
  widget_pad(list, 8, 8);
  label_create(list, "title", TEXT_HEADING, s->links[s->picking].control->name);
  panel_pick_list(s, list);
  way(s, list, "done", _("Leave it as it is"), BUTTON_QUIET, pick_done);
  return (page_built){sheet, "done"};
}

page_built sheet_build(stage *s, sheet_name sheet) {
  switch (sheet) {
  case SHEET_PAUSE: return sheet_pause(s);
  case SHEET_CHANGE: return sheet_change(s);
  case SHEET_PICK: return sheet_pick(s);
  case SHEET_WISH: return sheet_wish(s);
  case SHEET_WORD: return sheet_word(s);
  case SHEET_MORE: return sheet_more(s);
  default: return (page_built){0};
  }
}
