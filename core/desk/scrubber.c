// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/scrubber.h"

#include "core/ui/draw.h"
#include "core/ui/say.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MARKS_H = 38, BARS_H = 44, BAR = 6, PITCH = 9, BARS_MAX = 1024, SIDE = 18 };
enum { MARK = 32, MARK_APART = 36, KNOB = 14 };

typedef struct scrubber_own {
  const happened *of;
  uint64_t time_us;
  bool held; // by a pointer
  happened_bar bars[BARS_MAX];
  size_t bar_count; // 0: not counted yet
} scrubber_own;

static scrubber_own *own_of(const widget *w) { return w->own; }

// ---- Places ------------------------------------------------------------------------------

static double track(const widget *w) { return fmax(1, w->rect.w - 2 * SIDE); }

static double place_of(const widget *w, const view *v, uint64_t time_us) {
  const uint64_t end_us = own_of(w)->of->end_us;
  const double part = end_us ? (double)time_us / (double)end_us : 0;
  const double along = SIDE + number_between(part, 0, 1) * track(w);
  return w->rect.x + (v->right_to_left ? w->rect.w - along : along);
}

static uint64_t time_at(const widget *w, const view *v, double x) {
  const double along = v->right_to_left ? w->rect.x + w->rect.w - x : x - w->rect.x;
  const double part = number_between((along - SIDE) / track(w), 0, 1);
  return (uint64_t)(part * (double)own_of(w)->of->end_us);
}

static double ground_of(const widget *w) { return w->rect.y + MARKS_H + BARS_H; }

// ---- Marks: those that would cover each other stand as one -----------------------------

// The next mark after `index` that has a place of its own; mark_count: none.
static size_t next_shown(const widget *w, const view *v, size_t index) {
  const happened *h = own_of(w)->of;
  const double x = place_of(w, v, h->marks[index].at_us);
  do index++;
  while (index < h->mark_count &&
    fabs(place_of(w, v, h->marks[index].at_us) - x) < MARK_APART);
  return index;
}

// Of those that stand as one the one that says most: what a hand rested from, or took back.
static int weight_of(const happened_mark *m) {
  static const char *const kinds[] = {
    "set", "colour", "tool", "did", "redo", "undo", "silence", "pause"};
  int weight = (int)(sizeof kinds / sizeof kinds[0]) - 1;
  while (weight > 0 && strcmp(kinds[weight], m->kind) != 0) weight--;
  return weight;
}

static size_t weightiest(const happened *h, size_t from, size_t to) {
  size_t best = from;
  for (size_t i = from + 1; i < to; i++)
    if (weight_of(&h->marks[i]) > weight_of(&h->marks[best])) best = i;
  return best;
}

static void draw_mark(
  const widget *w, view *v, cairo_t *cr, const happened_mark *m, uint64_t at_us) {
  const double x = place_of(w, v, at_us);
  const double y = w->rect.y + MARK / 2.0 + 1;
  const bool rests = strcmp(m->kind, "silence") == 0 || strcmp(m->kind, "pause") == 0;
  const uint32_t rgb = view_colour(v, rests ? TOKEN_OCHRE : TOKEN_INK_2);
  const rect round = {x - MARK / 2.0, y - MARK / 2.0, MARK, MARK};
  draw_round_fill(cr, round, MARK / 2.0, view_colour(v, TOKEN_SURFACE));
  draw_round_border(cr, round, MARK / 2.0, v->theme->solid ? 2 : 1.5, rgb);
  const icon *shown = icon_facing(happened_icon(m), v->right_to_left);
  icon_draw(shown, cr, x - 9, y - 9, 18, 2, rgb);
}

static void draw_marks(const widget *w, view *v, cairo_t *cr) {
  const happened *h = own_of(w)->of;
  size_t next = 0;
  for (size_t i = 0; i < h->mark_count; i = next) {
    next = next_shown(w, v, i);
    draw_mark(w, v, cr, &h->marks[weightiest(h, i, next)], h->marks[i].at_us);
  }
}

// The mark whose circle is there; mark_count: none.
static size_t mark_at(const widget *w, const view *v, const pointer *p) {
  const happened *h = own_of(w)->of;
  size_t i = 0;
  if (p->y > w->rect.y + MARKS_H) return h->mark_count;
  while (i < h->mark_count && fabs(place_of(w, v, h->marks[i].at_us) - p->x) > MARK / 2.0)
    i = next_shown(w, v, i);
  return i;
}

// ---- Bars ----------------------------------------------------------------------------------

static void count_bars(widget *w) {
  scrubber_own *own = own_of(w);
  const size_t fit = (size_t)fmax(1, floor(track(w) / PITCH));
  const size_t count = fit < BARS_MAX ? fit : BARS_MAX;
  if (own->bar_count == count) return;
  own->bar_count = count;
  happened_bars(own->of, own->bars, count);
}

// What was taken back later is hollow: the upper part of its bar.
static void draw_bar(
  const happened_bar *bar, cairo_t *cr, double x, double ground, uint32_t rgb) {
  if (bar->active <= 0) {
    if (bar->rests) draw_line(cr, x, ground - 1, x + BAR - 1, ground - 1, 1.5, rgb);
    return;
  }
  const double height = 4 + sqrt(bar->active) * (BARS_H - 12);
  const double hollow = height * number_between(bar->taken_back, 0, 1);
  if (hollow > 1)
    draw_round_border(cr, (rect){x, ground - height, BAR, height}, 3, 1.5, rgb);
  if (height - hollow > 1)
    draw_round_fill(
      cr, (rect){x, ground - height + hollow, BAR, height - hollow}, 3, rgb);
}

static void draw_bars(widget *w, view *v, cairo_t *cr) {
  const scrubber_own *own = own_of(w);
  const double pitch = track(w) / (double)own->bar_count;
  const double ground = ground_of(w);
  const double now = place_of(w, v, own->time_us);
  for (size_t i = 0; i < own->bar_count; i++) {
    const double along = SIDE + ((double)i + 0.5) * pitch;
    const double x =
      w->rect.x + (v->right_to_left ? w->rect.w - along : along) - BAR / 2.0;
    const bool past = v->right_to_left ? x > now : x < now;
    draw_bar(
      &own->bars[i], cr, x, ground, view_colour(v, past ? TOKEN_PRIMARY : TOKEN_CONTROL));
  }
}

static void draw_knob(const widget *w, view *v, cairo_t *cr) {
  const double x = place_of(w, v, own_of(w)->time_us);
  const double y = ground_of(w) - BARS_H / 2.0;
  draw_line(
    cr, x, y - BARS_H / 2.0, x, y + BARS_H / 2.0 + 2, 4, view_colour(v, TOKEN_INK));
  draw_disc(cr, x, y, KNOB, view_colour(v, TOKEN_PRIMARY));
  draw_disc(cr, x, y, KNOB - 3, view_colour(v, TOKEN_SURFACE));
}

static void draw_scrubber(widget *w, view *v, cairo_t *cr) {
  count_bars(w);
  draw_marks(w, v, cr);
  draw_bars(w, v, cr);
  draw_knob(w, v, cr);
}

// ---- Hands ---------------------------------------------------------------------------------

static void ask(widget *w, scrub what) {
  w->number = what;
  if (w->changed) w->changed(w->data, w);
}

static void go(widget *w, view *v, uint64_t time_us) {
  scrubber_set(v, w, time_us);
  ask(w, own_of(w)->held ? SCRUB_DRAG : SCRUB_TO);
}

static bool point_scrubber(widget *w, view *v, const pointer *p) {
  scrubber_own *own = own_of(w);
  const bool down = p->phase == PHASE_DOWN;
  const size_t mark = down ? mark_at(w, v, p) : own->of->mark_count;
  if (down && mark < own->of->mark_count) {
    go(w, v, own->of->marks[mark].at_us);
  } else if (down || (p->phase == PHASE_MOVE && own->held)) {
    own->held = true;
    go(w, v, time_at(w, v, p->x));
  } else if (p->phase != PHASE_MOVE && own->held) {
    own->held = false;
    ask(w, SCRUB_LET_GO);
  }
  return true;
}

static void go_to_mark(widget *w, view *v, bool back) {
  const scrubber_own *own = own_of(w);
  const happened *h = own->of;
  const size_t here = happened_marked(h, own->time_us);
  if (!back && here < h->mark_count) go(w, v, h->marks[here].at_us);
  if (!back) return;
  size_t i = here;
  while (i > 0 && h->marks[i - 1].at_us >= own->time_us) i--;
  if (i > 0) go(w, v, h->marks[i - 1].at_us);
}

static bool press_scrubber(widget *w, view *v, key k, uint32_t with) {
  const bool turned = v->right_to_left;
  if (with) return false;
  switch (k) {
  case KEY_LEFT: ask(w, turned ? SCRUB_STROKE_ON : SCRUB_STROKE_BACK); return true;
  case KEY_RIGHT: ask(w, turned ? SCRUB_STROKE_BACK : SCRUB_STROKE_ON); return true;
  case KEY_PAGE_UP: go_to_mark(w, v, true); return true;
  case KEY_PAGE_DOWN: go_to_mark(w, v, false); return true;
  case KEY_HOME: go(w, v, 0); return true;
  case KEY_END: go(w, v, own_of(w)->of->end_us); return true;
  case KEY_SPACE:
  case KEY_ENTER: ask(w, SCRUB_PLAY); return true;
  default: return false;
  }
}

static void state_of(const widget *w, char *words, size_t room) {
  const scrubber_own *own = own_of(w);
  const unsigned now = (unsigned)(own->time_us / 1000000);
  const unsigned all = (unsigned)(own->of->end_us / 1000000);
  char place[96];
  snprintf(words, room, _("%u:%02u of %u:%02u"), now / 60, now % 60, all / 60, all % 60);
  happened_place_words(own->of, own->time_us, place, sizeof place);
  const size_t used = strlen(words);
  if (used < room) snprintf(words + used, room - used, ". %s", place);
}

static extent measure_scrubber(widget *w, view *v, double width) {
  (void)w, (void)v;
  return (extent){width > 0 ? width : 320, MARKS_H + BARS_H + 4};
}

static void finish_scrubber(widget *w) { free(w->own); }

static const widget_sort scrubber_sort = {.role = ROLE_SLIDER,
  .focusable = true,
  .measure = measure_scrubber,
  .draw = draw_scrubber,
  .point = point_scrubber,
  .press = press_scrubber,
  .state = state_of,
  .finish = finish_scrubber};

widget *scrubber_create(
  widget *parent, const char *id, const char *label, const happened *of) {
  widget *w = widget_create(&scrubber_sort, parent, id, label);
  scrubber_own *own = calloc(1, sizeof *own);
  if (!own) abort();
  own->of = of;
  w->own = own;
  w->radius = 12;
  w->high = (double)of->end_us / 1e6;
  return w;
}

void scrubber_set(view *v, widget *w, uint64_t time_us) {
  scrubber_own *own = own_of(w);
  own->time_us = time_us < own->of->end_us ? time_us : own->of->end_us;
  w->value = (double)own->time_us / 1e6;
  view_changed(v, w);
}

uint64_t scrubber_time(const widget *w) { return own_of(w)->time_us; }
