// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/page_replay.h"

#include "core/base/protocol.h"
#include "core/ui/widgets.h"

#include <stdio.h>

static const double speeds[] = {1, 8, 32};
enum { SPEEDS = sizeof speeds / sizeof speeds[0] };

static void leave(void *data, widget *w) {
  (void)w;
  desk *d = data;
  desk_ask(d, FROM_DESK_REPLAY, "");
  desk_show(d, PAGE_SESSIONS);
}

static void choose_speed(void *data, widget *segment) {
  desk *d = data;
  if (segment->value < 0 || segment->value >= SPEEDS) return;
  desk_start_replay(d, d->replayed, d->replay_title, speeds[(int)segment->value]);
}

static void again(void *data, widget *w) {
  (void)w;
  desk *d = data;
  desk_start_replay(d, d->replayed, d->replay_title, d->replay_speed);
}

static void time_words(const desk *d, char *words, size_t room) {
  const unsigned now = (unsigned)(d->replay_us / 1000000);
  const unsigned all = (unsigned)(d->replay_length_us / 1000000);
  snprintf(words, room, _("%u:%02u of %u:%02u"), now / 60, now % 60, all / 60, all % 60);
}

static void build_bar(desk *d, widget *root) {
  widget *bar = row_create(root, "replay-bar", 16);
  bar->box.cross = CROSS_MIDDLE;
  widget *back = button_create(bar, "back", "back", _("Back"), BUTTON_PLAIN);
  back->chosen = leave;
  back->data = d;
  label_create(bar, "replay-title", TEXT_HEADING,
    *d->replay_title ? d->replay_title : _("No title"));
  spacer_create(bar, "replay-bar-space");
  char words[64];
  time_words(d, words, sizeof words);
  label_create(bar, "replay-time", TEXT_LABEL, words);
}

static void build_foot(desk *d, widget *root) {
  widget *foot = row_create(root, "replay-foot", 16);
  foot->box.cross = CROSS_MIDDLE;
  widget *segment = segment_create(foot, "replay-speed", _("Speed"));
  segment->box.min_w = 420;
  segment_add(segment, "speed-1", NULL, _("As it was"));
  segment_add(segment, "speed-8", NULL, _("8 times"));
  segment_add(segment, "speed-32", NULL, _("32 times"));
  for (int i = 0; i < SPEEDS; i++) {
    if (speeds[i] == d->replay_speed) segment_choose(&d->view, segment, i);
  }
  segment->changed = choose_speed;
  segment->data = d;
  widget *b = button_create(foot, "again", "play", _("From the start"), BUTTON_PLAIN);
  button_set_height(b, 56);
  b->chosen = again;
  b->data = d;
  label_create(
    foot, "said", TEXT_SMALL, *d->said ? d->said : _("Made again from its record."));
}

widget *page_replay_build(desk *d) {
  widget *root = column_create(NULL, "replay-page", 16);
  widget_pad(root, 24, 16);
  build_bar(d, root);
  widget *area = picture_create(root, "replay-area", _("The work as it was made"), NULL);
  area->box.grow = 1;
  if (d->live.kept) picture_set_surface(&d->view, area, d->live.kept);
  build_foot(d, root);
  return root;
}

void page_replay_refresh(desk *d) {
  widget *time = widget_find(d->view.root, "replay-time");
  char words[64];
  time_words(d, words, sizeof words);
  if (time) widget_set_label(time, words);
  if (time) view_changed(&d->view, time);
  widget *said = widget_find(d->view.root, "said");
  if (said && *d->said) {
    widget_set_label(said, d->said);
    view_moved(&d->view);
  }
}
