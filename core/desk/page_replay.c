// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/page_replay.h"

#include "core/desk/listing.h"
#include "core/desk/replay_foot.h"
#include "core/desk/told.h"
#include "core/ui/draw.h"
#include "core/ui/widgets.h"

#include <stdio.h>
#include <string.h>

enum { BESIDE = 372, BESIDE_NARROW = 264, NARROW = 1200, SWATCH = 24, WORDS = 512 };

static void leave(void *data, widget *w) {
  (void)w;
  desk *d = data;
  replaying_close(d);
  desk_show(d, PAGE_SESSIONS);
}

static void leave_out(void *data, widget *w) {
  (void)w;
  desk *d = data;
  replaying_leave_out(d, !d->replaying.leaves_out);
}

// ---- Above ---------------------------------------------------------------------------------

static const char *title_of(const desk *d) {
  const char *title = listing_text(d->replaying.creation, "title");
  return *title ? title : _("No title");
}

// "Draw, 21 min, 214 strokes": plain facts.
static void facts_words(const desk *d, char *words, size_t room) {
  const replaying *r = &d->replaying;
  char length[64], strokes[64];
  listing_length(r->creation, length, sizeof length);
  happened_count_words(&r->course, strokes, sizeof strokes);
  snprintf(words, room, "%s, %s, %s",
    listing_exercise_name(d->listing, listing_text(r->creation, "exercise")), length,
    strokes);
}

static void build_bar(desk *d, widget *root) {
  char words[WORDS];
  widget *bar = row_create(root, "replay-bar", 24);
  bar->box.cross = CROSS_MIDDLE;
  widget *back = button_create(
    bar, "back", "back", listing_client_name(d->replaying.client), BUTTON_PLAIN);
  back->chosen = leave;
  back->data = d;
  widget *titles = column_create(bar, "replay-titles", 0);
  titles->box.grow = 1;
  label_create(titles, "replay-title", TEXT_HEADING, title_of(d));
  facts_words(d, words, sizeof words);
  label_create(titles, "said", TEXT_SMALL, *d->said ? d->said : words);
}

// ---- Beside --------------------------------------------------------------------------------

static void add_line(
  widget *parent, const char *id, const char *label, const char *words) {
  char name[64];
  snprintf(name, sizeof name, "%.40s-label", id);
  label_create(parent, name, TEXT_SMALL, label);
  label_create(parent, id, TEXT_BODY, words);
}

static void build_feelings(const desk *d, widget *column) {
  const json_t *told = d->replaying.session;
  const char *arriving = told_line(told, "Arriving"),
             *leaving = told_line(told, "Leaving");
  if (!*arriving && !*leaving) return;
  widget *card = card_box_create(column, "replay-feelings", _("Arriving, leaving"));
  widget *row = row_create(card, "replay-feelings-row", 16);
  row->box.cross = CROSS_START;
  told_points(row, "replay-points", told);
  widget *words = column_create(row, "replay-feelings-words", 4);
  words->box.grow = 1;
  if (*arriving) add_line(words, "replay-arriving", _("Arriving"), arriving);
  if (*leaving) add_line(words, "replay-leaving", _("Leaving"), leaving);
}

// What else was said that day, in the client's own words.
static void build_said(const desk *d, widget *column) {
  char title[128], id[64];
  size_t i = 0;
  const json_t *line = NULL;
  widget *card = NULL;
  // Translators: a client's name.
  snprintf(
    title, sizeof title, _("What %.80s said"), listing_client_name(d->replaying.client));
  json_array_foreach(listing_array(d->replaying.session, "told"), i, line) {
    const char *label = json_string_value(json_array_get(line, 0));
    const char *words = json_string_value(json_array_get(line, 1));
    if (!label || !words || !strcmp(label, "Arriving") || !strcmp(label, "Leaving"))
      continue;
    if (!card) {
      card = card_box_create(column, "replay-said", title);
      card->box.gap = 4;
      label_create(card, "replay-said-title", TEXT_STRONG, title);
    }
    snprintf(id, sizeof id, "replay-said-%zu", i);
    add_line(card, id, _(label), words);
  }
}

static void draw_swatch(const widget *w, view *v, cairo_t *cr) {
  draw_round_fill(cr, w->rect, 8, w->colour);
  draw_round_border(cr, w->rect, 8, 1.5, view_colour(v, TOKEN_CONTROL));
}

static void build_moment(desk *d, widget *column) {
  widget *card = card_box_create(column, "replay-moment", _("At this moment"));
  card->box.gap = 6;
  label_create(card, "replay-moment-title", TEXT_STRONG, _("At this moment"));
  widget *row = row_create(card, "replay-hand", 10);
  picture_create(row, "replay-colour", _("Colour"), draw_swatch)->box.w = SWATCH;
  widget *swatch = row->last;
  swatch->box.h = SWATCH;
  swatch->radius = 8;
  label_create(row, "replay-stroke", TEXT_BODY, _("Nothing is there yet."))->box.grow = 1;
  mark_create(card, "replay-back", "undo", _("This stroke was taken back later."));
  label_create(card, "replay-mark", TEXT_SMALL, _("Pause"));
  widget *chip =
    chip_create(card, "replay-leave-out", NULL, _("Without what was taken back"));
  chip->chosen = leave_out;
  chip->data = d;
}

// What shows is what the client agreed to, and this says what that is.
static void build_consent(const desk *d, widget *column) {
  char words[WORDS];
  // Translators: a client's name.
  snprintf(words, sizeof words,
    _("%.80s kept this with how it was made. What was rubbed out or taken back is part "
      "of it."),
    listing_client_name(d->replaying.client));
  mark_create(column, "replay-kept", "shield", words);
}

static void build_beside(desk *d, widget *row) {
  widget *side = column_create(row, "replay-side", 0);
  side->box.w = d->view.width < NARROW ? BESIDE_NARROW : BESIDE;
  widget *scroll = scroll_create(side, "replay-beside", _("Beside the picture"));
  scroll->box.grow = 1;
  widget *column = column_create(scroll, "replay-beside-column", 12);
  widget_pad(column, 4, 4);
  build_feelings(d, column);
  build_moment(d, column);
  build_said(d, column);
  build_consent(d, column);
}

// ---- All of it -----------------------------------------------------------------------------

widget *page_replay_build(desk *d) {
  widget *root = column_create(NULL, "replay-page", 12);
  widget_pad(root, 24, 12);
  build_bar(d, root);
  widget *row = row_create(root, "replay-row", 20);
  row->box.cross = CROSS_STRETCH;
  row->box.grow = 1;
  widget *left = column_create(row, "replay-left", 12);
  left->box.grow = 1;
  widget *area = picture_create(left, "replay-area", _("The work as it was made"), NULL);
  area->box.grow = 1;
  area->fill = TOKEN_SURFACE;
  if (d->live.kept) picture_set_surface(&d->view, area, d->live.kept);
  replay_foot_build(d, left);
  build_beside(d, row);
  return root;
}

static void show_if(desk *d, const char *id, bool shown) {
  widget *w = widget_find(d->view.root, id);
  if (!w || widget_is(w, STATE_HIDDEN) == !shown) return;
  widget_set_state(w, STATE_HIDDEN, !shown);
  view_moved(&d->view);
}

static void set_words(desk *d, const char *id, const char *words) {
  widget *w = widget_find(d->view.root, id);
  if (!w || strcmp(w->label, words) == 0) return;
  widget_set_label(w, words);
  view_moved(&d->view);
}

// "Stroke 12 of 214, Ink"
static void hand_words(
  const replaying *r, const happened_stroke *s, char *words, size_t room) {
  if (!s) {
    snprintf(words, room, "%s", _("Nothing is there yet."));
    return;
  }
  happened_place_words(&r->course, r->at_us, words, room);
  const size_t used = strlen(words);
  if (*s->tool) snprintf(words + used, room - used, ", %s", _(s->tool));
}

static void refresh_hand(desk *d) {
  char words[WORDS];
  const replaying *r = &d->replaying;
  const size_t begun = happened_begun(&r->course, r->at_us);
  const happened_stroke *s = begun ? &r->course.strokes[begun - 1] : NULL;
  widget *swatch = widget_find(d->view.root, "replay-colour");
  hand_words(r, s, words, sizeof words);
  set_words(d, "replay-stroke", words);
  show_if(d, "replay-colour", s && s->colour >= 0);
  show_if(d, "replay-back", s && s->taken_back);
  if (!s || !swatch || s->colour < 0) return;
  swatch->colour = (uint32_t)s->colour;
  view_changed(&d->view, swatch);
}

// What was changed last, as long as it is not long ago.
static void refresh_mark(desk *d) {
  enum { LONG_AGO_US = 5 * 1000 * 1000 };
  char words[WORDS] = "";
  const replaying *r = &d->replaying;
  const size_t count = happened_marked(&r->course, r->at_us);
  const happened_mark *m = count ? &r->course.marks[count - 1] : NULL;
  if (m && r->at_us - m->at_us < LONG_AGO_US) happened_words(m, words, sizeof words);
  show_if(d, "replay-mark", words[0]);
  if (words[0]) set_words(d, "replay-mark", words);
}

void page_replay_refresh(desk *d) {
  widget *chip = widget_find(d->view.root, "replay-leave-out");
  if (!chip) return;
  replay_foot_refresh(d);
  refresh_hand(d);
  refresh_mark(d);
  if (*d->said) set_words(d, "said", d->said);
  show_if(d, "replay-leave-out", d->replaying.course.may_leave_out);
  widget_set_state(chip, STATE_SELECTED, d->replaying.leaves_out);
  view_changed(&d->view, chip);
}
