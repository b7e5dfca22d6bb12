// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/replay_foot.h"

#include "core/desk/scrubber.h"
#include "core/ui/widgets.h"

#include <stdio.h>

enum { BUTTON_H = 48, TIME_W = 128, LONG_TIME_W = 156, SPEED_W = 96, NARROW = 1000 };

#define HOUR_US ((uint64_t)3600 * 1000 * 1000)

// ---- What is pressed -----------------------------------------------------------------------

static void scrub_asked(void *data, widget *w) {
  desk *d = data;
  switch ((scrub)w->number) {
  case SCRUB_TO: replaying_go(d, scrubber_time(w)); break;
  case SCRUB_DRAG: replaying_drag(d, scrubber_time(w)); break;
  case SCRUB_LET_GO: replaying_let_go(d); break;
  case SCRUB_STROKE_BACK: replaying_step(d, false); break;
  case SCRUB_STROKE_ON: replaying_step(d, true); break;
  case SCRUB_PLAY: replaying_play(d, !d->replaying.plays); break;
  }
}

static void play(void *data, widget *w) {
  desk *d = data;
  (void)w;
  replaying_play(d, !d->replaying.plays);
}

static void step_back(void *data, widget *w) {
  (void)w;
  replaying_step(data, false);
}

static void step_on(void *data, widget *w) {
  (void)w;
  replaying_step(data, true);
}

static void slower(void *data, widget *w) {
  desk *d = data;
  (void)w;
  if (d->replaying.speed > 0) replaying_set_speed(d, d->replaying.speed - 1);
}

static void faster(void *data, widget *w) {
  desk *d = data;
  (void)w;
  replaying_set_speed(d, d->replaying.speed + 1);
}

static void skip(void *data, widget *w) {
  desk *d = data;
  (void)w;
  replaying_set_skips(d, !d->replaying.skips);
}

// ---- Words ---------------------------------------------------------------------------------

static void time_words(const desk *d, char *words, size_t room) {
  const unsigned now = (unsigned)(d->replaying.at_us / 1000000);
  const unsigned all = (unsigned)(d->replaying.course.end_us / 1000000);
  snprintf(words, room, _("%u:%02u of %u:%02u"), now / 60, now % 60, all / 60, all % 60);
}

static void speed_words(const desk *d, char *words, size_t room) {
  const double speed = replaying_speed(&d->replaying);
  if (speed < 1)
    snprintf(words, room, "%s", _("Half as fast"));
  else if (speed < 2)
    snprintf(words, room, "%s", _("Real time"));
  else
    snprintf(words, room, _("%.0f times"), speed);
}

// ---- The tree ------------------------------------------------------------------------------

typedef struct sign { // a button that shows its icon alone
  const char *id, *icon, *label;
  widget_call *chosen;
} sign;

static widget *sign_button(desk *d, widget *row, const sign *s, button_look look) {
  widget *b = button_create(row, s->id, s->icon, s->label, look);
  widget_set_state(b, STATE_WORDLESS, true);
  button_set_height(b, BUTTON_H);
  widget_pad(b, 10, 8);
  b->chosen = s->chosen;
  b->data = d;
  return b;
}

static void build_ways(desk *d, widget *row) {
  const sign signs[] = {{"replay-play", "play", _("Play"), play},
    {"replay-stroke-back", "back", _("One step back"), step_back},
    {"replay-stroke-on", "forward", _("One step on"), step_on}};
  sign_button(d, row, &signs[0], BUTTON_PRIMARY);
  sign_button(d, row, &signs[1], BUTTON_PLAIN)->box.min_w = BUTTON_H;
  sign_button(d, row, &signs[2], BUTTON_PLAIN)->box.min_w = BUTTON_H;
  const bool hours = d->replaying.course.end_us >= HOUR_US;
  label_create(row, "replay-clock", TEXT_LABEL, _("Time"))->box.w =
    hours ? LONG_TIME_W : TIME_W;
}

static void build_pace(desk *d, widget *row) {
  const sign signs[] = {{"replay-slower", "minus", _("Slower"), slower},
    {"replay-faster", "plus", _("Faster"), faster}};
  sign_button(d, row, &signs[0], BUTTON_PLAIN)->box.min_w = BUTTON_H;
  widget *speed = label_create(row, "replay-speed", TEXT_LABEL_ON, _("Speed"));
  speed->box.w = SPEED_W;
  speed->align = ALIGN_MIDDLE;
  sign_button(d, row, &signs[1], BUTTON_PLAIN)->box.min_w = BUTTON_H;
  widget *pauses = chip_create(row, "replay-skip", NULL, _("Skip pauses"));
  widget_pad(pauses, 12, 6);
  pauses->chosen = skip;
  pauses->data = d;
}

void replay_foot_build(desk *d, widget *parent) {
  widget *card = card_box_create(parent, "replay-foot", _("Time"));
  card->box.gap = 12;
  widget_pad(card, 16, 12);
  widget *strip = scrubber_create(card, "replay-time", _("Time"), &d->replaying.course);
  strip->changed = scrub_asked;
  strip->data = d;
  const bool narrow = d->view.width < NARROW;
  widget *row = narrow ? column_create(card, "replay-buttons", 8)
                       : row_create(card, "replay-buttons", 8);
  build_ways(d, row_create(row, "replay-ways", 6));
  if (!narrow) spacer_create(row, "replay-space");
  build_pace(d, row_create(row, "replay-pace", 6));
}

static void set_words(desk *d, const char *id, const char *words) {
  widget *w = widget_find(d->view.root, id);
  if (!w) return;
  widget_set_label(w, words);
  view_changed(&d->view, w);
}

static void set_state(desk *d, const char *id, uint32_t state, bool on) {
  widget *w = widget_find(d->view.root, id);
  if (!w || widget_is(w, state) == on) return;
  widget_set_state(w, state, on);
  view_changed(&d->view, w);
}

void replay_foot_refresh(desk *d) {
  const replaying *r = &d->replaying;
  char words[64];
  widget *strip = widget_find(d->view.root, "replay-time");
  widget *button = widget_find(d->view.root, "replay-play");
  if (!strip || !button) return;
  scrubber_set(&d->view, strip, r->at_us);
  button->icon = icon_find(r->plays ? "pause" : "play");
  set_words(d, "replay-play", r->plays ? _("Hold") : _("Play"));
  time_words(d, words, sizeof words);
  set_words(d, "replay-clock", words);
  speed_words(d, words, sizeof words);
  set_words(d, "replay-speed", words);
  set_state(d, "replay-slower", STATE_DISABLED, r->speed == 0);
  set_state(d, "replay-faster", STATE_DISABLED, r->speed + 1 == REPLAYING_SPEEDS);
  set_state(d, "replay-skip", STATE_SELECTED, r->skips);
}
