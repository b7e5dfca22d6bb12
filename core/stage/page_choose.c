// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing: a card for each exercise, from what it declares (screens.md 02).
#include "core/stage/motifs.h"
#include "core/stage/pages.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void card_chosen(void *data, widget *w) {
  stage *s = data;
  stage_choose(s, &s->offers[w->number]);
}

static void talk_chosen(void *data, widget *w) {
  stage *s = data;
  (void)w;
  stage_fact(s, "just-talk");
  stage_go(s, PAGE_TALK);
}

static void finish_chosen(void *data, widget *w) {
  (void)w;
  stage_leave(data, PAGE_CLOSING);
}

enum { SHORT = 256 };

// The first sentence; all of it is for the card that explains the exercise.
static const char *in_short(const char *words, char room[SHORT]) {
  static const char *const ends[] = {". ", "! ", "? ", "\u2026 ", "\u3002", ".\n"};
  size_t n = strlen(words);
  for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
    const char *end = strstr(words, ends[i]);
    if (end && (size_t)(end - words) < n)
      n = (size_t)(end - words) + strcspn(ends[i], " \n");
  }
  if (n >= SHORT) n = SHORT - 1;
  while (n > 0 && ((unsigned char)words[n] & 0xC0) == 0x80) n--;
  snprintf(room, SHORT, "%.*s", (int)n, words);
  return room;
}

static int columns_for(const stage *s, double room) {
  const double card = 250 * (0.4 + 0.6 * s->text_scale) + 16;
  const int fit = (int)fmax(1, floor((room + 16) / card));
  const int most = s->offer_count > 4 ? 4 : (int)s->offer_count;
  return fit < most ? fit : most;
}

// Returns the first.
static const widget *add_cards(stage *s, widget *body) {
  widget *grid = grid_create(body, "cards", 1, 16);
  grid->box.columns = columns_for(s, s->view.width - 128);
  for (uint32_t i = 0; i < s->offer_count; i++) {
    const offer *o = &s->offers[i];
    const motif m = motif_of(o->id, i);
    char id[64];
    snprintf(id, sizeof id, "card-%s", o->id);
    char what[SHORT];
    char why[SHORT];
    widget *card = card_create(grid, id, o->title, in_short(o->invitation, what),
      in_short(o->why, why), m.tint, m.draw);
    card->number = i;
    card->chosen = card_chosen;
    card->data = s;
  }
  return grid->first;
}

static void add_ways_on(stage *s, widget *page) {
  widget *row = row_create(page, "ways-on", 16);
  widget_pad(row, s->view.width < 900 ? 24 : 64, 0);
  row->box.pad_bottom = 24;
  row->box.pad_top = 8;
  spacer_create(row, "ways-space");
  widget *talk = button_create(row, "talk", "say", _("Just talk today"), BUTTON_QUIET);
  talk->chosen = talk_chosen;
  talk->data = s;
  if (s->made_count == 0) return;
  widget *finish = button_create(row, "finish", NULL, _("Finish here"), BUTTON_PLAIN);
  finish->chosen = finish_chosen;
  finish->data = s;
}

page_built page_choose(stage *s) {
  widget *page = column_create(NULL, "page-choose", 0);
  top_bar(s, page, "Gesto", BAR_PAUSE | BAR_STOP);
  widget *body = reading_page(s, page);
  body->box.pad_top = 24;
  body->box.pad_bottom = 20;
  label_create(body, "title", TEXT_TITLE, _("What would you like to do?"));
  gap_create(body, "gap-1", 0, 6);
  widget *lead = label_create(body, "lead", TEXT_BODY,
    s->offer_count ? _("Choose any. You can change your mind whenever you want.")
                   : _("No exercise is set up here yet. You can talk, or finish."));
  lead->words = TOKEN_INK_2;
  gap_create(body, "gap-2", 0, 24);
  const widget *first = s->offer_count ? add_cards(s, body) : NULL;
  add_ways_on(s, page);
  return (page_built){page, first ? first->id : "talk"};
}
