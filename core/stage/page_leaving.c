// SPDX-License-Identifier: GPL-3.0-or-later
// After Finish: what was chosen is read back, and the feeling is asked for once
// more, small.
#include "core/stage/feeling.h"
#include "core/stage/pages.h"
#include "core/stage/paper_choice.h"
#include "core/stage/wish.h"
#include "core/ui/say.h"

#include <math.h>
#include <stdio.h>

static void skip_chosen(void *data, widget *w) {
  (void)w;
  stage_say_goodbye(data, true);
}

static void done_chosen(void *data, widget *w) {
  (void)w;
  stage_say_goodbye(data, false);
}

static const char *name_of(const made *m) {
  if (m->title[0]) return m->title;
  return m->exercise[0] ? _(m->exercise) : _("Without a title");
}

static const char *chosen_of(const made *m) {
  switch (m->answer) {
  case ANSWER_KEEP: return m->process ? _("kept, and how you made it") : _("kept");
  case ANSWER_LET_GO: return _("let go");
  default: return _("private");
  }
}

static void add_read_back(const stage *s, widget *column) {
  label_create(column, "chosen-title", TEXT_HEADING, _("What you chose"));
  gap_create(column, "gap-chosen", 0, 4);
  for (uint32_t i = 0; i < s->made_count; i++) {
    char id[32];
    snprintf(id, sizeof id, "chosen-%u", i);
    widget *line = wrap_create(column, id, 12);
    line->box.gap_across = 0.1;
    snprintf(id, sizeof id, "chosen-%u-name", i);
    label_create(line, id, TEXT_STRONG, name_of(&s->made[i]));
    snprintf(id, sizeof id, "chosen-%u-answer", i);
    label_create(line, id, TEXT_BODY, chosen_of(&s->made[i]));
    char part[160];
    if (!papers_say(&s->made[i], part, sizeof part)) continue;
    snprintf(id, sizeof id, "chosen-%u-papers", i);
    label_create(line, id, TEXT_BODY, part);
  }
}

static void add_feeling(stage *s, widget *column, bool beside) {
  const double room = s->view.height - 408 * (0.4 + 0.6 * s->text_scale);
  column->box.cross = beside ? CROSS_START : CROSS_MIDDLE;
  felt_create(
    s, column, &s->said.leaving.feeling, fmax(200, fmin(room, FEELING_SMALL_SIDE)));
  felt_word_create(s, column, &s->said.leaving.feeling);
}

static void add_body(stage *s, widget *body) {
  const bool beside = s->made_count > 0 && s->view.width >= 960 * s->text_scale;
  label_create(body, "title", TEXT_TITLE, _("How are you leaving?"));
  gap_create(body, "gap-1", 0, 6);
  label_create(body, "lead", TEXT_BODY, _("Touch anywhere on the field, or skip it."))
    ->words = TOKEN_INK_2;
  gap_create(body, "gap-2", 0, 12);
  if (s->made_count == 0) body->box.cross = CROSS_MIDDLE;
  widget *both = beside ? row_create(body, "both", 64) : column_create(body, "both", 24);
  both->box.cross = CROSS_START;
  if (!beside) both->box.cross = CROSS_STRETCH;
  add_feeling(s, column_create(both, "felt", 8), beside);
  if (s->made_count == 0) return;
  widget *column = column_create(both, "chosen", 6);
  column->box.grow = beside;
  column->box.pad_top = beside ? 28 : 0;
  add_read_back(s, column);
}

page_built page_leaving(stage *s) {
  widget *page = column_create(NULL, "page-leaving", 0);
  top_bar(s, page, _("Closing"), BAR_SAVED | BAR_STOP);
  widget *body = reading_page(s, page);
  body->box.pad_top = 10;
  body->box.pad_bottom = 8;
  add_body(s, body);
  widget *row = row_create(page, "ways-on", 16);
  widget_pad(row, s->view.width < 900 ? 24 : 64, 16);
  row->box.pad_bottom = 24;
  spacer_create(row, "ways-space");
  widget *skip = button_create(row, "skip", NULL, _("Skip"), BUTTON_PLAIN);
  skip->chosen = skip_chosen;
  skip->data = s;
  skip->box.min_w = 140;
  widget *done = button_create(row, "done", NULL, _("Done"), BUTTON_PRIMARY);
  done->chosen = done_chosen;
  done->data = s;
  done->box.min_w = 140;
  return (page_built){page, "feeling"};
}
