// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/page_access.h"

#include "core/stage/access_rows.h"
#include "core/stage/pages.h"
#include "core/stage/setting.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { RAIL = 248, SIDE = 308, WIDE = 1180 };

typedef struct section_words {
  const char *id, *icon, *name;
} section_words;

static const section_words sections[SECTION_COUNT] = {
  [SECTION_EASIER] = {"section-easier", "person", N_("Make it easier")},
  [SECTION_LOOK] = {"section-look", "eye", N_("Look")},
  [SECTION_SOUND] = {"section-sound", "sound", N_("Sound and mic")},
  [SECTION_SWITCHES] = {"section-switches", "hands", N_("Pens and switches")},
  [SECTION_LANGUAGE] = {"section-language", "world", N_("Language")},
  [SECTION_PRIVACY] = {"section-privacy", "private", N_("Privacy and keeping")},
  [SECTION_EXERCISES] = {"section-exercises", "plug", N_("Exercises")}};

// ---- Coming and going --------------------------------------------------------------------

void access_open(stage *s) {
  access_page *a = &s->access_page;
  if (s->page == PAGE_ACCESS) return;
  *a = (access_page){
    .section = a->section, .back = s->page, .paused = s->sheet == SHEET_PAUSE};
  snprintf(a->focus, sizeof a->focus, "%s",
    s->view.sheet     ? s->view.beneath
      : s->view.focus ? s->view.focus->id
                      : "");
  stage_go(s, PAGE_ACCESS);
}

void access_turn(stage *s) {
  access_page *a = &s->access_page;
  if (!a->focus[0] || s->page == PAGE_ACCESS) return;
  widget *w = s->page == (page_name)a->back ? widget_find(s->view.root, a->focus) : NULL;
  if (w && s->view.sheet)
    snprintf(s->view.beneath, sizeof s->view.beneath, "%s", a->focus);
  else if (w && widget_can_focus(w))
    s->view.focus = w;
  a->focus[0] = 0;
}

void access_close(stage *s) {
  const access_page *a = &s->access_page;
  room_turn(s, true);
  stage_go(s, (page_name)a->back);
  if (a->paused && a->back != PAGE_LOST) stage_open(s, SHEET_PAUSE);
}

static void section_chosen(void *data, widget *w) {
  stage *s = data;
  s->access_page.section = (access_section)w->number;
  s->access_page.bind = 0;
  access_rows_again(s);
}

static void other_chosen(void *data, widget *w) {
  (void)w;
  room_turn(data, true);
  stage_leave(data, PAGE_CHOOSE);
}

// ---- The sections ------------------------------------------------------------------------

static widget *add_section(widget *list, const section_words *what, bool upright) {
  if (upright) return setting_section(list, what->id, what->icon, _(what->name));
  return chip_create(list, what->id, what->icon, _(what->name));
}

static void add_sections(stage *s, widget *list, bool upright) {
  for (uint32_t i = 0; i < SECTION_COUNT; i++) {
    widget *w = add_section(list, &sections[i], upright);
    w->number = i;
    w->chosen = section_chosen;
    w->data = s;
    widget_set_state(w, STATE_SELECTED, i == s->access_page.section);
  }
  if (!s->chosen) return;
  gap_create(list, "gap-other", 0, 12);
  widget *other =
    button_create(list, "other", NULL, _("Choose something else"), BUTTON_PLAIN);
  button_set_height(other, 56);
  other->chosen = other_chosen;
  other->data = s;
}

// ---- The sample --------------------------------------------------------------------------

static void tried(void *data, widget *w) {
  stage *s = data;
  s->access_page.tried = (int)w->number;
  access_rows_again(s);
}

static void add_try(stage *s, widget *row, const char *id, const char *label,
  button_look look, int number) {
  widget *w = button_create(row, id, NULL, label, look);
  w->box.grow = 1;
  w->number = (uint32_t)number;
  w->chosen = tried;
  w->data = s;
}

static void letters_changed(void *data, widget *w) {
  access_settings a = access_rows_now(data);
  a.easy_reading = w->value > 0.5;
  stage_want_access(data, &a);
}

static void look_chosen(void *data, widget *w) {
  access_settings a = access_rows_now(data);
  a.theme = (theme_name)w->number;
  stage_want_access(data, &a);
}

static void add_sample(stage *s, widget *side) {
  static const char *const answers[] = {
    N_("Take your time. You can stop whenever you like."), N_("You chose Yes."),
    N_("You chose Not now.")};
  widget *card = card_box_create(side, "sample", _("How it will look"));
  card->box.gap = 12;
  label_create(card, "sample-title", TEXT_STRONG, _("How it will look"));
  widget *inner = group_create(card, "sample-inner", _("To try it out"));
  inner->surface = SURFACE_GROUP;
  inner->fill = TOKEN_PAPER;
  inner->radius = 18;
  inner->box.gap = 16;
  widget_pad(inner, 16, 16);
  label_create(inner, "sample-words", TEXT_LEAD, _(answers[s->access_page.tried % 3]));
  widget *row = wrap_create(inner, "sample-row", 12);
  add_try(s, row, "sample-yes", _("Yes"), BUTTON_PRIMARY, 1);
  add_try(s, row, "sample-no", _("Not now"), BUTTON_PLAIN, 2);
  label_create(card, "letters-name", TEXT_CAPTION, _("Letters"));
  widget *letters = segment_create(card, "letters", _("Letters"));
  segment_add(letters, "letters-clear", NULL, _("Clear"));
  segment_add(letters, "letters-easy", NULL, _("Easy reading"));
  segment_choose(&s->view, letters, s->access.easy_reading);
  letters->changed = letters_changed;
  letters->data = s;
}

static void add_looks(stage *s, widget *side) {
  static const char *const names[][2] = {{"look-paper", N_("Paper")},
    {"look-evening", N_("Evening")}, {"look-contrast", N_("Contrast")}};
  widget *card = card_box_create(side, "looks", _("Colours"));
  card->box.gap = 12;
  label_create(card, "looks-title", TEXT_STRONG, _("Colours"));
  const bool large = s->view.target > 80;
  widget *row =
    large ? wrap_create(card, "looks-row", 10) : grid_create(card, "looks-row", 3, 10);
  for (uint32_t i = THEME_PAPER; i < THEME_COUNT; i++) {
    widget *w =
      setting_look(row, names[i][0], _(names[i][1]), (theme_name)i, i == s->access.theme);
    w->chosen = look_chosen;
    w->data = s;
  }
}

// ---- The page ----------------------------------------------------------------------------

void access_kept(const stage *s, widget *parent) {
  char words[256];
  const bool named = s->room.called[0] != 0;
  if (named)
    snprintf(
      words, sizeof words, _("Kept with %s, not with this computer"), s->room.called);
  mark_create(parent, "kept", named ? "saved" : "clock",
    named ? words : _("For this time only: nothing of it is kept"));
}

// Another part of the page begins at its top.
static const char *scroll_id(const stage *s, char room[64]) {
  snprintf(room, 64, "scroll-%s", sections[s->access_page.section].id);
  return room;
}

static void add_wide(stage *s, widget *page) {
  widget *row = row_create(page, "access-row", 20);
  row->box.cross = CROSS_STRETCH;
  row->box.grow = 1;
  widget_pad(row, 24, 0);
  row->box.pad_bottom = 16;
  widget *rail = scroll_create(row, "sections-scroll", _("What you can change"));
  rail->box.grow = 0;
  rail->box.w = RAIL;
  widget *list = group_create(rail, "sections", _("What you can change"));
  list->box.gap = 8;
  widget_pad(list, 4, 4);
  add_sections(s, list, true);
  widget *card =
    card_box_create(row, "settings", _(sections[s->access_page.section].name));
  card->box.grow = 1;
  widget_pad(card, 12, 10);
  char id[64];
  widget *scroll =
    scroll_create(card, scroll_id(s, id), _(sections[s->access_page.section].name));
  access_rows(s, column_create(scroll, "settings-list", 4));
  widget *side = scroll_create(row, "side-scroll", _("How it will look"));
  side->box.grow = 0;
  side->box.w = SIDE;
  widget *stack = column_create(side, "side", 16);
  add_sample(s, stack);
  add_looks(s, stack);
}

static void add_narrow(stage *s, widget *page) {
  char id[64];
  widget *scroll = scroll_create(page, scroll_id(s, id), _("What you can change"));
  widget *body = column_create(scroll, "settings-body", 16);
  widget_pad(body, 24, 8);
  widget *list = group_create(body, "sections", _("What you can change"));
  list->box.flow = FLOW_WRAP;
  list->box.gap = 8;
  add_sections(s, list, false);
  widget *card =
    card_box_create(body, "settings", _(sections[s->access_page.section].name));
  access_rows(s, column_create(card, "settings-list", 4));
  add_sample(s, body);
  add_looks(s, body);
}

page_built page_access(stage *s) {
  char title[256];
  snprintf(title, sizeof title, _("Settings for %s"), s->room.called);
  widget *page = column_create(NULL, "page-access", 0);
  top_bar(s, page, s->room.called[0] ? title : _("Make it easier"),
    BAR_DONE | BAR_KEPT | BAR_STOP);
  if (s->view.width >= WIDE * fmax(1, s->text_scale * 0.9) && s->text_scale < 1.5)
    add_wide(s, page);
  else
    add_narrow(s, page);
  return (page_built){page, sections[s->access_page.section].id};
}
