// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/here.h"

#include "core/base/clock.h"
#include "core/stage/pages.h"
#include "core/ui/draw.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

// ---- The day -----------------------------------------------------------------------------

static const char *part_of_day(int hour) {
  if (hour < 5) return _("at night");
  if (hour < 12) return _("in the morning");
  if (hour < 18) return _("in the afternoon");
  return _("in the evening");
}

typedef struct blank {
  const char *name, *words;
} blank;

// Languages put them in another order.
static void fill_in(char *to, size_t room, const char *pattern, const blank blanks[4]) {
  size_t n = 0;
  while (*pattern && n + 1 < room) {
    int i = 0;
    while (i < 4 && strncmp(pattern, blanks[i].name, strlen(blanks[i].name)) != 0) i++;
    if (i == 4) {
      to[n++] = *pattern++;
      continue;
    }
    const int length = snprintf(to + n, room - n, "%s", blanks[i].words);
    n += length > 0 ? (size_t)length : 0;
    pattern += strlen(blanks[i].name);
  }
  to[n < room ? n : room - 1] = 0;
}

void here_date_words(const struct tm *day, char *words, size_t room) {
  static const char *const days[] = {N_("Sunday"), N_("Monday"), N_("Tuesday"),
    N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday")};
  static const char *const months[] = {N_("January"), N_("February"), N_("March"),
    N_("April"), N_("May"), N_("June"), N_("July"), N_("August"), N_("September"),
    N_("October"), N_("November"), N_("December")};
  char number[16];
  snprintf(number, sizeof number, "%d", day->tm_mday);
  const blank blanks[4] = {{"{weekday}", _(days[day->tm_wday % 7])}, {"{day}", number},
    {"{month}", _(months[day->tm_mon % 12])}, {"{part}", part_of_day(day->tm_hour)}};
  fill_in(words, room, _("It is {weekday}, {day} {month}, {part}."), blanks);
}

static void today(char *words, size_t room) {
  const time_t now = (time_t)(clock_wall_us() / 1000000);
  struct tm day = {0};
  localtime_r(&now, &day);
  here_date_words(&day, words, room);
}

// ---- The page ----------------------------------------------------------------------------

static const char *const lines[] = {
  N_("You can stay on this page as long as you like."),
  N_("Feel your feet on the ground, and what you sit on."),
  N_("Look around. Name five things that you can see."),
  N_("Listen. What do you hear, near and far?"),
  N_("Breathe just as you like. A sip of water may help."),
};
enum { LINES = sizeof lines / sizeof lines[0] };

static void draw_hill(const rect *r, cairo_t *cr, const double hill[2]) {
  cairo_new_path(cr);
  cairo_move_to(cr, r->x, r->y + r->h * hill[1]);
  cairo_curve_to(cr, r->x + r->w * hill[0], r->y + r->h * (hill[1] - 0.2),
    r->x + r->w * hill[0], r->y + r->h * (hill[1] + 0.14), r->x + r->w,
    r->y + r->h * (hill[1] - 0.03));
  cairo_line_to(cr, r->x + r->w, r->y + r->h);
  cairo_line_to(cr, r->x, r->y + r->h);
  cairo_close_path(cr);
}

// Ground and sky, and nothing that moves.
static void draw_ground(const widget *w, view *v, cairo_t *cr) {
  static const double hills[][2] = {{0.36, 0.6}, {0.74, 0.72}, {0.42, 0.86}};
  const rect r = w->rect;
  const bool solid = v->theme->solid;
  cairo_save(cr);
  draw_round_path(cr, r, w->radius);
  cairo_clip(cr);
  draw_colour(cr, view_colour(v, solid ? TOKEN_SURFACE : TOKEN_SAGE_SOFT));
  cairo_paint(cr);
  cairo_new_path(cr);
  cairo_arc(cr, r.x + r.w * 0.7, r.y + r.h * 0.26, fmin(r.w, r.h) * 0.09, 0,
    6.28318530717958647692);
  draw_colour_alpha(cr, view_colour(v, TOKEN_OCHRE), solid ? 1 : 0.45);
  cairo_fill(cr);
  for (int i = 0; i < 3; i++) {
    draw_hill(&r, cr, hills[i]);
    draw_colour_alpha(cr, view_colour(v, TOKEN_SAGE), 0.22 + 0.2 * i);
    if (solid) {
      cairo_set_line_width(cr, 3);
      cairo_stroke(cr);
    } else {
      cairo_fill(cr);
    }
  }
  cairo_restore(cr);
}

static void back_chosen(void *data, widget *w) {
  (void)w;
  stage_leave_here(data);
}

static void this_place(const stage *s, char *words, size_t room) {
  if (s->aside.place[0])
    snprintf(words, room, _("You are here: %s."), s->aside.place);
  else
    snprintf(words, room, "%s", _("You are in this room."));
}

static void aloud_chosen(void *data, widget *w) {
  char words[1024];
  char place[160];
  (void)w;
  today(words, sizeof words);
  this_place(data, place, sizeof place);
  size_t n = strlen(words);
  n += (size_t)snprintf(words + n, sizeof words - n, "\n%s", place);
  for (int i = 0; i < LINES && n < sizeof words; i++)
    n += (size_t)snprintf(words + n, sizeof words - n, "\n%s", _(lines[i]));
  stage_speak(data, words);
}

static void add_words(const stage *s, widget *list) {
  char words[160];
  char id[24];
  label_create(list, "title", TEXT_TITLE, _("Here and now"));
  gap_create(list, "here-gap", 0, 2);
  today(words, sizeof words);
  label_create(list, "here-day", TEXT_LEAD, words);
  this_place(s, words, sizeof words);
  label_create(list, "here-place", TEXT_LEAD, words);
  for (int i = 0; i < LINES; i++) {
    snprintf(id, sizeof id, "here-%d", i + 1);
    label_create(list, id, TEXT_LEAD, _(lines[i]));
  }
}

static void add_ways(stage *s, widget *below) {
  if (below->sort->role == ROLE_BOX) gap_create(below, "here-gap-ways", 0, 12);
  widget *row = wrap_create(below, "here-ways", 16);
  widget *back = button_create(row, "here-back", "back", _("Go back"), BUTTON_PRIMARY);
  back->box.min_w = 200;
  back->chosen = back_chosen;
  back->data = s;
  if (!s->speaking.voice) return;
  widget *aloud =
    button_create(row, "here-aloud", "sound", _("Read aloud"), BUTTON_PLAIN);
  aloud->chosen = aloud_chosen;
  aloud->data = s;
}

page_built sheet_here(stage *s) {
  widget *sheet = sheet_create("sheet-here", _("Here and now"));
  sheet->box.grow = 1;
  sheet->surface = SURFACE_NONE;
  sheet->fill = TOKEN_PAPER;
  sheet->radius = 0;
  widget_pad(sheet, s->view.width < 900 ? 24 : 64, 24);
  const bool wide = s->view.width > 900 && s->text_scale < 1.5;
  widget *scroll = scroll_create(sheet, "here-scroll", _("Here and now"));
  widget *body =
    wide ? row_create(scroll, "here-body", 56) : column_create(scroll, "here-body", 24);
  widget_pad(body, 8, 8);
  // Where there is little room, the words have it.
  if (wide || s->view.height > 900 * s->text_scale) {
    widget *picture =
      picture_create(body, "here-picture", _("Hills and sun"), draw_ground);
    picture->radius = 32;
    picture->box.w = wide ? floor(s->view.width * 0.32) : 0;
    picture->box.h = wide ? floor(s->view.height * 0.5) : 240;
  }
  widget *list = column_create(body, "here-list", 14);
  list->box.grow = wide ? 1 : 0;
  add_words(s, list);
  add_ways(s, wide ? list : sheet);
  return (page_built){sheet, "here-back"};
}

// ---- There and back ----------------------------------------------------------------------

static bool is_hushed(const stage *s) {
  const sound_page *page = s->sound.bytes;
  return page && atomic_load(&page->hush) != 0;
}

void stage_here(stage *s) {
  if (s->sheet == SHEET_HERE || s->next_sheet == SHEET_HERE) return;
  s->aside.here_from = s->sheet;
  s->aside.hushed = is_hushed(s);
  s->aside.resumes =
    s->input.creation ? !s->input.paused : s->awaited && s->sheet != SHEET_PAUSE;
  stage_hush(s, true);
  if (s->input.creation) input_pause(&s->input, s->now_us);
  stage_fact(s, "here-and-now");
  stage_open(s, SHEET_HERE);
}

void stage_leave_here(stage *s) {
  if (s->sheet != SHEET_HERE) return;
  const aside *a = &s->aside;
  if (!a->hushed) stage_hush(s, false);
  if (a->resumes && s->live.here && s->page == PAGE_EXERCISE)
    input_resume(&s->input, s->now_us);
  stage_be_quiet(s);
  stage_open(s, a->here_from > SHEET_NONE ? (sheet_name)a->here_from : SHEET_NONE);
}
