// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/paper_choice.h"

#include "core/stage/answers.h"
#include "core/stage/contact_sheet.h"
#include "core/stage/pages.h"
#include "core/stage/said.h"

#include <math.h>
#include <stdio.h>

enum { PICTURE_HEIGHT = 132, COLUMN = 250, GAP = 20 };

static bool is_gone(const void *data, uint32_t place) {
  const made *m = data;
  const uint32_t n = place < MADE_PICTURES ? m->papers[place] : 0;
  return n > 0 && (m->papers_gone >> (n - 1) & 1);
}

cairo_surface_t *papers_picture(const made *m) {
  if (!m->picture) return NULL;
  if (m->papers_gone && m->pictures > 1 && m->answer != ANSWER_LET_GO)
    return contact_sheet_without(m->picture, m->pictures, is_gone, m);
  return cairo_surface_reference(m->picture);
}

bool papers_say(const made *m, char *words, size_t room) {
  const uint32_t gone = answers_papers(m, true), all = answers_papers(m, false);
  if (gone == 0 || m->answer == ANSWER_LET_GO) return false;
  snprintf(words, room,
    ngettext("%u of %u papers is let go", "%u of %u papers are let go", gone), gone, all);
  return true;
}

// ---- The way there -----------------------------------------------------------------------

static void way_chosen(void *data, widget *w) {
  stage *s = data;
  s->aside.papers = w->number;
  s->aside.papers_answer = s->made[w->number].answer;
  stage_open(s, SHEET_PAPERS);
}

void papers_add_way(stage *s, widget *card, uint32_t place) {
  char id[32];
  snprintf(id, sizeof id, "made-%u-papers", place);
  widget *way = chip_create(card, id, "gallery", " "); // papers_show_way fills it
  way->number = place;
  way->chosen = way_chosen;
  way->data = s;
}

void papers_show_way(stage *s, const made *m, widget *way) {
  char words[160];
  const bool some = m->answer == ANSWER_KEEP || m->answer == ANSWER_PRIVATE;
  widget_set_state(way, STATE_HIDDEN, !some || answers_papers(m, false) < 2);
  widget_set_label(
    way, papers_say(m, words, sizeof words) ? words : _("Choose paper by paper"));
  view_moved(&s->view);
}

// ---- The sheet ---------------------------------------------------------------------------

static made *chosen(stage *s) {
  return s->aside.papers < s->made_count ? &s->made[s->aside.papers] : NULL;
}

static void paper_changed(void *data, widget *w) {
  stage *s = data;
  made *m = chosen(s);
  if (!m) return;
  const uint32_t bit = UINT32_C(1) << (m->papers[w->number] - 1);
  m->papers_gone = w->value > 0.5 ? m->papers_gone & ~bit : m->papers_gone | bit;
  if (m->papers_gone) m->process = false;
  m->answer = answers_all_gone(m) ? ANSWER_LET_GO : (answer)s->aside.papers_answer;
  closing_show(s, s->aside.papers);
  said_touch(s);
}

static void add_paper(stage *s, widget *grid, const made *m, uint32_t place) {
  char id[32];
  char words[96];
  snprintf(id, sizeof id, "paper-%u-box", place);
  widget *column = column_create(grid, id, 4);
  snprintf(id, sizeof id, "paper-%u-picture", place);
  snprintf(words, sizeof words, _("Paper %u"), m->papers[place]);
  widget *picture = picture_create(column, id, words, NULL);
  picture->box.h = PICTURE_HEIGHT;
  cairo_surface_t *shown =
    m->picture ? contact_sheet_see(m->picture, place, m->pictures) : NULL;
  picture_set_surface(&s->view, picture, shown);
  if (shown) cairo_surface_destroy(shown);
  snprintf(id, sizeof id, "paper-%u", place);
  snprintf(words, sizeof words, _("Paper %u stays"), m->papers[place]);
  widget *stays = toggle_create(column, id, words);
  stays->value = is_gone(m, place) ? 0 : 1;
  widget_set_state(stays, STATE_SELECTED, stays->value > 0.5);
  stays->number = place;
  stays->changed = paper_changed;
  stays->data = s;
}

page_built sheet_papers(stage *s) {
  const made *m = chosen(s);
  if (!m) return (page_built){0};
  const double room = fmin(s->view.width - 160, 3 * (COLUMN + GAP) * s->text_scale);
  const int fit = (int)fmax(1, floor((room + GAP) / (COLUMN * s->text_scale + GAP)));
  widget *sheet = sheet_create("sheet-papers", _("Which papers stay?"));
  sheet->box.min_w = fmin(room, s->view.width - 80);
  widget *scroll = scroll_create(sheet, "papers-scroll", _("Which papers stay?"));
  widget *list = column_create(scroll, "papers-list", 10);
  widget_pad(list, 8, 8);
  list->box.pad_right = 16; // the bar of the scroll
  label_create(list, "title", TEXT_TITLE, _("Which papers stay?"));
  label_create(list, "papers-lead", TEXT_BODY,
    _("What you let go is gone with Finish. Until then you can bring it back."))
    ->words = TOKEN_INK_2;
  widget *grid = grid_create(list, "papers", fit, GAP);
  for (uint32_t i = 0; i < m->pictures && i < MADE_PICTURES; i++)
    if (m->papers[i]) add_paper(s, grid, m, i);
  sheet_add_done(s, sheet, _("Done"), BUTTON_PRIMARY);
  return (page_built){sheet, "paper-0"};
}
