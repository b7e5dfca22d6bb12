// SPDX-License-Identifier: GPL-3.0-or-later
// Choosing: a card for each exercise, from what it declares; two of them side
// by side, where client and therapist choose together.
#include "core/stage/about.h"
#include "core/stage/card.h"
#include "core/stage/closeness.h"
#include "core/stage/motifs.h"
#include "core/stage/pages.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool two_stand(const stage *s) {
  return s->choosing.together && choosing_picked(&s->choosing) == 2;
}

// ---- What a client decides ---------------------------------------------------------------

static void card_chosen(void *data, widget *w) {
  stage *s = data;
  if (!s->choosing.together || two_stand(s)) {
    stage_choose_one(s, &s->offers[w->number]);
    return;
  }
  choosing_pick(s, w->number);
  widget_set_state(w, STATE_SELECTED, choosing_is_picked(&s->choosing, w->number));
  view_changed(&s->view, w);
  if (two_stand(s)) stage_go(s, PAGE_CHOOSE);
}

static void talk_chosen(void *data, widget *w) {
  (void)w;
  stage_just_talk(data);
}

static void last_chosen(void *data, widget *w) {
  (void)w;
  stage_carry_on_last(data);
}

static void together_chosen(void *data, widget *w) {
  (void)w;
  choosing_join(data, true);
}

static void all_chosen(void *data, widget *w) {
  (void)w;
  choosing_join(data, false);
}

static void about_chosen(void *data, widget *w) {
  stage *s = data;
  (void)w;
  stage_about(s, s->choosing.first);
}

static void finish_chosen(void *data, widget *w) {
  (void)w;
  stage_leave(data, PAGE_CLOSING);
}

static void before_chosen(void *data, widget *w) {
  (void)w;
  choosing_turn(data, false);
}

static void more_chosen(void *data, widget *w) {
  (void)w;
  choosing_turn(data, true);
}

// ---- Cards -------------------------------------------------------------------------------

enum { SHORT = 256, LONG = 640, TALL = 680 };

// The first sentence; all of it is for the card that explains the exercise.
static const char *in_short(const char *words, char room[SHORT]) {
  static const char *const ends[] = {
    ". ", "! ", "? ", "\u2026 ", "\u3002", "\u061f ", ".\n"};
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

// What stands at the foot: what it can be good for, after a note where the client's own words
// come close to it. Where they come close to all, that says nothing.
static void foot_of(const stage *s, const offer *o, bool close, char foot[LONG]) {
  char why[SHORT];
  const char *words = two_stand(s) ? o->why : in_short(o->why, why);
  snprintf(foot, LONG, "%s%s%s", close ? _("Close to what you wrote.") : "",
    close ? " " : "", words);
}

static uint32_t close_ones(const stage *s, bool close[STAGE_OFFERS]) {
  char wish[2 * WISH_BYTES];
  uint32_t count = 0;
  arriving_line(&s->said.arriving, wish, sizeof wish);
  for (uint32_t i = 0; i < s->offer_count; i++)
    count += close[i] = closeness_of(wish, &s->offers[i]);
  return count;
}

static int columns_for(const stage *s, uint32_t cards) {
  const double room = s->view.width - (s->view.width < 900 ? 48 : 128);
  const double card = 250 * (0.4 + 0.6 * s->text_scale) + 16;
  const int fit = (int)fmax(1, floor((room + 16) / card));
  int most = cards < CHOOSING_CARDS ? (int)cards : CHOOSING_CARDS;
  if (most == 1) most = 2; // one by itself need not fill the window
  return fit < most ? fit : most;
}

// All of it stands in the window, the ways on below the cards.
static bool spread(const stage *s) {
  return s->view.width >= 1180 * s->text_scale && s->view.height >= 700 * s->text_scale;
}

static void add_card(stage *s, widget *grid, uint32_t place, bool close) {
  const offer *o = &s->offers[place];
  const motif m = motif_of(o->id, place);
  char id[160];
  char what[SHORT];
  char foot[LONG];
  snprintf(id, sizeof id, "card-%s", o->id);
  foot_of(s, o, close, foot);
  widget *card = card_create(grid, id, o->title,
    two_stand(s) ? o->invitation : in_short(o->invitation, what), foot, m.tint, m.draw);
  if (spread(s)) card->box.min_h = fmin(TALL, s->view.height - 332);
  card->number = place;
  card->chosen = card_chosen;
  card->data = s;
  const bool picked = !two_stand(s) && choosing_is_picked(&s->choosing, place);
  widget_set_state(card, STATE_SELECTED, picked);
}

// Returns the first.
static const widget *add_cards(stage *s, widget *body) {
  bool close[STAGE_OFFERS];
  const bool says_something = close_ones(s, close) < s->offer_count;
  widget *grid = grid_create(body, "cards", 1, 16);
  if (two_stand(s)) {
    grid->box.columns = columns_for(s, 2);
    for (int i = 0; i < 2; i++) add_card(s, grid, s->choosing.picked[i], false);
    return grid->first;
  }
  const uint32_t first = s->choosing.first;
  const uint32_t left = s->offer_count - first;
  const uint32_t count = left < CHOOSING_CARDS ? left : CHOOSING_CARDS;
  grid->box.columns = columns_for(s, s->offer_count);
  for (uint32_t i = first; i < first + count; i++)
    add_card(s, grid, i, says_something && close[i]);
  return grid->first;
}

// ---- Around them -------------------------------------------------------------------------

static widget *way(stage *s, widget *row, const char *id, const char *icon_name,
  const char *label, widget_call *call) {
  widget *w = button_create(row, id, icon_name, label, BUTTON_PLAIN);
  w->chosen = call;
  w->data = s;
  return w;
}

static const char *title_of(const stage *s) {
  if (two_stand(s)) return _("Which of these two?");
  if (s->choosing.together) return _("Choose two to look at together");
  return _("What would you like to do?");
}

static const char *lead_of(const stage *s) {
  if (s->offer_count == 0)
    return _("No exercise is set up here yet. You can talk, or finish.");
  if (two_stand(s)) return _("Talk about them as long as you like. One press begins it.");
  if (s->choosing.together)
    return _("One from each of you, or both from one. Then see which it is to be.");
  return _("Choose any. You can change your mind whenever you want.");
}

static void add_arrow(stage *s, widget *row, const char *id, const char *icon_name,
  const char *label, bool there, widget_call *call) {
  widget *w = way(s, row, id, icon_name, label, call);
  button_set_height(w, 56);
  widget_set_state(w, STATE_DISABLED, !there);
}

static void add_pages(stage *s, widget *row) {
  const uint32_t first = s->choosing.first;
  if (s->offer_count <= CHOOSING_CARDS || two_stand(s)) return;
  add_arrow(s, row, "cards-before", "back", _("Before"), first > 0, before_chosen);
  add_arrow(s, row, "cards-more", "forward", _("More"),
    first + CHOOSING_CARDS < s->offer_count, more_chosen);
}

// Whoever carries on is not to wonder where the newest went.
static void add_newer_stays(const stage *s, widget *words) {
  if (!s->choosing.newer_stays || s->choosing.together) return;
  label_create(words, "newer-stays", TEXT_SMALL,
    s->choosing.last ? _("What you made last time is kept, but cannot be carried on. "
                         "You can carry on with what came before it.")
                     : _("What you made last time is kept, but cannot be carried on."));
}

static void add_head(stage *s, widget *body) {
  widget *head = row_create(body, "head", 16);
  widget *words = column_create(head, "head-words", 6);
  words->box.grow = 1;
  label_create(words, "title", TEXT_TITLE, title_of(s));
  widget *lead = label_create(words, "lead", TEXT_BODY, lead_of(s));
  lead->words = TOKEN_INK_2;
  add_newer_stays(s, words);
  widget *pages = row_create(head, "head-pages", 12);
  add_pages(s, pages);
  if (s->offer_count == 0) return;
  widget *about = chip_create(pages, "about", "note", _("What are they for?"));
  about->chosen = about_chosen;
  about->data = s;
}

static void add_quiet_ways(stage *s, widget *row) {
  widget *talk = way(s, row, "talk", NULL, _("Just talk today"), talk_chosen);
  talk->fill = talk->edge = TOKEN_NONE;
  if (s->made_count > 0) way(s, row, "finish", NULL, _("Finish here"), finish_chosen);
}

static void add_ways(stage *s, widget *row) {
  char words[256];
  if (s->choosing.together) {
    if (two_stand(s) && s->offer_count > 2)
      way(s, row, "two-others", "back", _("Two others"), together_chosen);
    way(s, row, "all", NULL, _("See them all"), all_chosen);
  } else {
    const offer *last = s->choosing.last;
    if (last) {
      snprintf(words, sizeof words, _("Carry on with last time: %s"), last->title);
      way(s, row, "last-time", "undo", words, last_chosen);
    }
    if (s->offer_count > 1)
      way(s, row, "together", NULL, _("Let us choose together"), together_chosen);
  }
  if (spread(s)) spacer_create(row, "ways-space");
  if (!s->choosing.together) add_quiet_ways(s, row);
}

// In a small window they come after the cards, so that these keep their room.
static void add_ways_on(stage *s, widget *page, widget *body) {
  if (!spread(s)) {
    gap_create(body, "gap-ways", 0, 20);
    add_ways(s, wrap_create(body, "ways-on", 16));
    return;
  }
  widget *row = row_create(page, "ways-on", 16);
  widget_pad(row, 64, 0);
  row->box.pad_bottom = 32;
  row->box.pad_top = 4;
  add_ways(s, row);
}

page_built page_choose(stage *s) {
  widget *page = column_create(NULL, "page-choose", 0);
  if (s->choosing.first >= s->offer_count) s->choosing.first = 0;
  top_bar(s, page, "Gesto", BAR_WISH | BAR_CLOCK | BAR_PAUSE | BAR_STOP);
  widget *body = reading_page(s, page);
  body->box.pad_top = 24;
  body->box.pad_bottom = 16;
  add_head(s, body);
  gap_create(body, "gap-head", 0, 22);
  const widget *first = s->offer_count ? add_cards(s, body) : NULL;
  add_ways_on(s, page, body);
  return (page_built){page, first ? first->id : "talk"};
}
