// SPDX-License-Identifier: GPL-3.0-or-later
// After Finish (screens.md 07): what was chosen is read back, and the feeling is asked for once
// more, small.
#include "core/stage/feeling.h"
#include "core/stage/pages.h"
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

static void add_read_back(const stage *s, widget *body) {
  for (uint32_t i = 0; i < s->made_count; i++) {
    char id[32];
    char line[1200];
    snprintf(id, sizeof id, "chosen-%u", i);
    snprintf(
      line, sizeof line, _("%s: %s"), name_of(&s->made[i]), chosen_of(&s->made[i]));
    label_create(body, id, TEXT_SMALL, line);
  }
  if (s->made_count) gap_create(body, "gap-chosen", 0, 16);
}

page_built page_leaving(stage *s) {
  widget *page = column_create(NULL, "page-leaving", 0);
  top_bar(s, page, _("Closing"), BAR_SAVED);
  widget *body = reading_page(s, page);
  body->box.pad_top = 12;
  body->box.cross = CROSS_MIDDLE;
  label_create(body, "title", TEXT_TITLE, _("How are you leaving?"));
  gap_create(body, "gap-1", 0, 6);
  label_create(body, "lead", TEXT_BODY, _("Touch anywhere on the field, or skip it."))
    ->words = TOKEN_INK_2;
  gap_create(body, "gap-2", 0, 16);
  add_read_back(s, body);
  felt_create(s, body, &s->said.leaving.feeling, FEELING_SMALL_SIDE);
  felt_word_create(s, body, &s->said.leaving.feeling);
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
