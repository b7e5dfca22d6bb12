// SPDX-License-Identifier: GPL-3.0-or-later
// Closing: what happens to each thing that was made (screens.md 07, decision 20). Nothing is
// preset.
#include "core/stage/pages.h"

#include <math.h>
#include <stdio.h>

static made *made_of(stage *s, const widget *w) { return &s->made[w->number]; }

static void title_changed(void *data, widget *w) {
  made *m = made_of(data, w);
  snprintf(m->title, sizeof m->title, "%s", field_text(w));
}

// The switch stands under Keep alone, and is off again when Keep is left.
static void show_process(stage *s, const made *m, widget *toggle) {
  widget_set_state(toggle, STATE_HIDDEN, m->answer != ANSWER_KEEP);
  toggle->value = m->process ? 1 : 0;
  widget_set_state(toggle, STATE_SELECTED, m->process);
  view_moved(&s->view);
}

static void answered(void *data, widget *segment) {
  stage *s = data;
  const uint32_t place = segment->parent->number;
  made *m = &s->made[place];
  m->answer = (answer)segment->value;
  if (m->answer != ANSWER_KEEP) m->process = false;
  show_process(s, m, segment->next);
}

static void process_changed(void *data, widget *w) {
  made_of(data, w)->process = w->value > 0.5;
}

static void finish_chosen(void *data, widget *w) {
  (void)w;
  stage_close(data, false);
}

static const char *motif_name(const made *m) {
  return m->kind[0] == 's' ? "music" : m->kind[0] == 'f' ? "report" : "gallery";
}

static void draw_kind(const widget *w, view *v, cairo_t *cr) {
  if (w->icon)
    icon_draw(w->icon, cr, w->rect.x + (w->rect.w - 64) / 2,
      w->rect.y + (w->rect.h - 64) / 2, 64, 1.5, view_colour(v, TOKEN_CONTROL));
}

static void add_picture(stage *s, widget *card, const made *m, uint32_t i) {
  char id[32];
  char label[160];
  snprintf(id, sizeof id, "made-%u-picture", i);
  snprintf(label, sizeof label, _("What you made in %s"),
    m->exercise[0] ? _(m->exercise) : "Gesto");
  widget *w = picture_create(card, id, label, draw_kind);
  w->icon = icon_find(motif_name(m));
  w->box.h = 152;
  w->box.min_w = 120;
  if (m->picture) picture_set_surface(&s->view, w, m->picture);
}

static void add_facts(widget *card, const made *m, uint32_t i) {
  char id[32];
  char facts[160];
  snprintf(id, sizeof id, "made-%u-facts", i);
  const long minutes = lround(m->seconds / 60);
  if (minutes < 1)
    snprintf(facts, sizeof facts, _("%s, under a minute"), _(m->exercise));
  else
    snprintf(facts, sizeof facts,
      ngettext("%s, %ld minute", "%s, %ld minutes", (unsigned long)minutes),
      _(m->exercise), minutes);
  label_create(card, id, TEXT_CAPTION, m->exercise[0] ? facts : _("Made today"));
}

static void add_title(stage *s, widget *card, const made *m, uint32_t i) {
  char id[32];
  snprintf(id, sizeof id, "made-%u-title", i);
  widget *w = field_create(card, id, _("Title"), _("Give it a name, or not"));
  field_set_text(&s->view, w, m->title);
  w->number = i;
  w->changed = title_changed;
  w->data = s;
}

static void add_answers(stage *s, widget *card, const made *m, uint32_t i) {
  static const char *const words[][3] = {{"keep", "keep", N_("Keep")},
    {"private", "private", N_("Private")}, {"let-go", "leaf", N_("Let go")}};
  char id[48];
  snprintf(id, sizeof id, "made-%u-answer", i);
  widget *seg = segment_create(card, id, _("What happens to it"));
  for (int k = 0; k < 3; k++) {
    snprintf(id, sizeof id, "made-%u-%s", i, words[k][0]);
    segment_add(seg, id, words[k][1], _(words[k][2]));
  }
  segment_choose(&s->view, seg, m->answer);
  seg->changed = answered;
  seg->data = s;
  snprintf(id, sizeof id, "made-%u-process", i);
  widget *toggle = toggle_create(card, id, _("And how I made it"));
  toggle->number = i;
  toggle->changed = process_changed;
  toggle->data = s;
  show_process(s, m, toggle);
}

static void add_made(stage *s, widget *grid, uint32_t i) {
  const made *m = &s->made[i];
  char id[32];
  char label[600];
  snprintf(id, sizeof id, "made-%u", i);
  snprintf(label, sizeof label, "%s", m->title[0] ? m->title : _("Without a title"));
  widget *card = card_box_create(grid, id, label);
  card->number = i;
  card->box.gap = 10;
  add_picture(s, card, m, i);
  add_title(s, card, m, i);
  add_facts(card, m, i);
  add_answers(s, card, m, i);
}

static void add_all(stage *s, widget *body) {
  const double room = s->view.width - 128;
  const double card = 340 * (0.3 + 0.7 * s->text_scale);
  const int fit = (int)fmax(1, floor((room + 20) / (card + 20)));
  widget *grid = grid_create(body, "made", fit < 3 ? fit : 3, 20);
  for (uint32_t i = 0; i < s->made_count; i++) add_made(s, grid, i);
}

page_built page_closing(stage *s) {
  widget *page = column_create(NULL, "page-closing", 0);
  top_bar(s, page, _("Closing"), BAR_SAVED | BAR_BACK | BAR_STOP);
  widget *body = reading_page(s, page);
  body->box.pad_top = 12;
  const bool any = s->made_count > 0;
  label_create(body, "title", TEXT_TITLE,
    any ? _("What happens to what you made?")
        : _("Nothing was made today, and that is fine."));
  gap_create(body, "gap-1", 0, 6);
  widget *lead = label_create(body, "lead", TEXT_BODY,
    any ? _("You decide. \u201cPrivate\u201d is kept but not shown in review. \u201cLet "
            "go\u201d is gone with "
            "Finish; until then you can change your mind. What you leave open stays "
            "private.")
        : _("You can go back, or finish."));
  lead->words = TOKEN_INK_2;
  gap_create(body, "gap-2", 0, 16);
  if (any) add_all(s, body);
  if (s->leaving)
    mark_create(body, "coming", "clock", _("What you made is being put together"));
  widget *row = row_create(page, "ways-on", 16);
  widget_pad(row, s->view.width < 900 ? 24 : 64, 16);
  row->box.pad_bottom = 24;
  spacer_create(row, "ways-space");
  widget *finish = button_create(row, "finish", NULL, _("Finish"), BUTTON_PRIMARY);
  finish->box.min_w = 220;
  finish->chosen = finish_chosen;
  finish->data = s;
  return (page_built){page, NULL};
}
