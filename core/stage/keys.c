// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/keys.h"

#include "core/ui/over.h"
#include "core/ui/say.h"
#include "core/ui/widgets.h"

#include <stdio.h>
#include <string.h>

enum { LETTER_BYTES = 16, KEY_GAP = 8, KEY_WIDE = 68, KEY_TALL = 56 };

static void typed(void *data, widget *key_of) {
  stage *s = data;
  widget *field = s->view.over_for;
  if (!field) return;
  if (strcmp(key_of->id, "key-space") == 0)
    field->sort->type(field, &s->view, " ");
  else
    field->sort->type(field, &s->view, key_of->label);
}

static void taken_back(void *data, widget *w) {
  stage *s = data;
  widget *field = s->view.over_for;
  (void)w;
  if (field) field->sort->press(field, &s->view, KEY_BACKSPACE, 0);
}

static void done(void *data, widget *w) {
  stage *s = data;
  (void)w;
  over_away(&s->view);
}

static widget *add_key(
  stage *s, widget *row, const char *id, const char *words, widget_call *call) {
  widget *w = button_create(row, id, NULL, words, BUTTON_PLAIN);
  button_set_height(w, KEY_TALL);
  w->box.min_w = KEY_WIDE;
  widget_pad(w, 10, 6);
  w->chosen = call;
  w->data = s;
  return w;
}

static widget *add_row(widget *list, int number) {
  char id[16];
  char name[48];
  snprintf(id, sizeof id, "keys-%d", number);
  snprintf(name, sizeof name, _("Row %d"), number + 1);
  widget *row = group_create(list, id, name);
  row->box.flow = FLOW_WRAP;
  row->box.sides = SIDES_FIXED;
  row->box.gap = KEY_GAP;
  row->box.gap_across = KEY_GAP;
  return row;
}

// "q w e|a s d": letters with spaces between them, rows with strokes.
static int add_letters(stage *s, widget *list, const char *letters) {
  int rows = 0;
  int keys = 0;
  widget *row = NULL;
  while (*letters) {
    const size_t n = strcspn(letters, " |");
    char letter[LETTER_BYTES];
    char id[24];
    if (!row) row = add_row(list, rows++);
    if (n > 0 && n < sizeof letter) {
      snprintf(letter, sizeof letter, "%.*s", (int)n, letters);
      snprintf(id, sizeof id, "key-%d", keys++);
      add_key(s, row, id, letter, typed);
    }
    letters += n;
    if (*letters == '|') row = NULL;
    if (*letters) letters++;
  }
  return rows;
}

void keys_open(stage *s, widget *field) {
  widget *box_of = card_box_create(NULL, "keys", _("Keys"));
  box_of->surface = SURFACE_SHEET;
  box_of->box.centred = true;
  widget *scroll = scroll_create(box_of, "keys-scroll", _("Keys"));
  scroll->box.sides = SIDES_FIXED;
  widget *list = column_create(scroll, "keys-list", KEY_GAP);
  list->box.cross = CROSS_MIDDLE;
  widget_pad(list, 9, 9);
  // Translators: the letters of your language as a keyboard has them, rows parted by |.
  const int rows =
    add_letters(s, list, _("q w e r t y u i o p|a s d f g h j k l|z x c v b n m"));
  widget *last = add_row(list, rows);
  add_key(s, last, "key-point", ".", typed);
  add_key(s, last, "key-comma", ",", typed);
  add_key(s, last, "key-question", "?", typed);
  add_key(s, last, "key-exclamation", "!", typed);
  add_key(s, last, "key-space", _("Space"), typed)->box.min_w = 160;
  add_key(s, last, "key-back", _("Take back"), taken_back);
  add_key(s, last, "key-done", _("Done"), done);
  over_show(&s->view, box_of, field);
}
