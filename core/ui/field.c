// SPDX-License-Identifier: GPL-3.0-or-later
// The text field of widgets.h: one line or several, caret, and what an input method composes.
#include "core/ui/draw.h"
#include "core/ui/widgets.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 2048, LETTERS = 500, INSET = 14 };

typedef struct field_own {
  char words[ROOM], preedit[128];
  char hint[128];
  size_t caret;    // a byte of words, at the start of a letter
  double slid;     // how far the words are moved to the left, or up where they are lines
  int least, most; // lines; most 1: they run on to the right
} field_own;

static text_look look_of(const widget *w) {
  const field_own *own = w->own;
  if (own->most == 1) return (text_look){.style = TEXT_LABEL};
  return (text_look){.style = TEXT_LEAD, .width = fmax(1, w->rect.w - 2 * INSET)};
}

static void shown_words(const field_own *own, char out[ROOM * 2]) {
  snprintf(out, ROOM * 2, "%.*s%s%s", (int)own->caret, own->words, own->preedit,
    own->words + own->caret);
}

static extent measure_field(widget *w, view *v, double width) {
  const field_own *own = w->own;
  if (width <= 0) width = 240;
  if (own->most == 1)
    return (extent){width, fmax(48, text_line_height(v->text, TEXT_LABEL) + 20)};
  char words[ROOM * 2];
  shown_words(own, words);
  const text_look look = {.style = TEXT_LEAD, .width = fmax(1, width - 2 * INSET)};
  const double line = text_line_height(v->text, TEXT_LEAD);
  const double tall = text_measure(v->text, look, words[0] ? words : own->hint).h;
  return (extent){
    width, number_between(tall, line * own->least, line * own->most) + 2 * INSET};
}

static widget_colours field_colours(const widget *w, const view *v) {
  const field_own *own = w->own;
  const bool empty = !own->words[0] && !own->preedit[0];
  return (widget_colours){view_colour(v, empty ? TOKEN_INK_2 : TOKEN_INK),
    view_colour(v, TOKEN_SURFACE), view_colour(v, TOKEN_CONTROL)};
}

// So that the caret, `at` to `at` + `size` of the words, is among the `room` that shows.
static void slide(field_own *own, double at, double size, double room) {
  if (at + size - own->slid > room) own->slid = at + size - room;
  if (at < own->slid) own->slid = at;
}

// Where the words begin.
static void origin(const widget *w, view *v, double *x, double *y) {
  const field_own *own = w->own;
  const bool one = own->most == 1;
  const double room = w->rect.w - 2 * INSET;
  char words[ROOM * 2];
  shown_words(own, words);
  const double wide = text_measure(v->text, look_of(w), words[0] ? words : own->hint).w;
  const double start = one && v->right_to_left ? fmax(0, room - wide) : 0;
  *x = w->rect.x + INSET + start - (one ? own->slid : 0);
  *y = one ? w->rect.y + (w->rect.h - text_line_height(v->text, TEXT_LABEL)) / 2
           : w->rect.y + INSET - own->slid;
}

static rect caret_at(const widget *w, view *v, const char *words, size_t index) {
  double x = 0;
  double y = 0;
  rect c = text_caret(v->text, look_of(w), words, index);
  origin(w, v, &x, &y);
  return (rect){c.x + x, c.y + y, c.w, c.h};
}

rect field_caret(widget *w, view *v) {
  field_own *own = w->own;
  char words[ROOM * 2];
  shown_words(own, words);
  const size_t index = own->caret + strlen(own->preedit);
  const rect c = text_caret(v->text, look_of(w), words, index);
  if (own->most == 1)
    slide(own, c.x, 2, w->rect.w - 2 * INSET);
  else
    slide(own, c.y, c.h, w->rect.h - 2 * INSET);
  return caret_at(w, v, words, index);
}

static void draw_preedit(widget *w, view *v, cairo_t *cr, const char *words) {
  const field_own *own = w->own;
  const rect from = caret_at(w, v, words, own->caret);
  const rect to = caret_at(w, v, words, own->caret + strlen(own->preedit));
  const double x = to.y > from.y ? w->rect.x + INSET : from.x; // it has wrapped
  const double y = to.y + to.h;
  draw_line(cr, x, y, to.x, y, 1.5, view_colour(v, TOKEN_INK));
}

static void draw_field(widget *w, view *v, cairo_t *cr) {
  field_own *own = w->own;
  const widget_colours c = field_colours(w, v);
  char words[ROOM * 2];
  shown_words(own, words);
  const rect caret = field_caret(w, v);
  if (v->focus != w) own->slid = 0; // who only reads it begins at the beginning
  draw_round_fill(cr, w->rect, w->radius, c.ground);
  draw_round_border(cr, w->rect, w->radius, v->theme->border, c.edge);
  cairo_save(cr);
  cairo_rectangle(
    cr, w->rect.x + INSET - 2, w->rect.y + 3, w->rect.w - 2 * INSET + 4, w->rect.h - 6);
  cairo_clip(cr);
  double x = 0;
  double y = 0;
  origin(w, v, &x, &y);
  text_draw(v->text, cr, look_of(w), words[0] ? words : own->hint, x, y, c.words);
  if (own->preedit[0]) draw_preedit(w, v, cr, words);
  if (v->focus == w)
    draw_line(
      cr, caret.x, caret.y, caret.x, caret.y + caret.h, 2, view_colour(v, TOKEN_INK));
  cairo_restore(cr);
}

static size_t before(const char *words, size_t at) {
  if (at == 0) return 0;
  do at--;
  while (at > 0 && (words[at] & 0xC0) == 0x80);
  return at;
}

static size_t after(const char *words, size_t at) {
  if (!words[at]) return at;
  do at++;
  while ((words[at] & 0xC0) == 0x80);
  return at;
}

// Lines more or fewer move all that is below.
static void fit(widget *w, view *v) {
  const field_own *own = w->own;
  view_changed(v, w);
  if (own->most > 1 && fabs(measure_field(w, v, w->rect.w).h - w->rect.h) > 0.5)
    view_moved(v);
}

static void changed(widget *w, view *v) {
  fit(w, v);
  if (w->changed) w->changed(w->data, w);
}

static void cut(widget *w, view *v, size_t from, size_t to) {
  field_own *own = w->own;
  if (from == to) return;
  memmove(own->words + from, own->words + to, strlen(own->words + to) + 1);
  own->caret = from;
  changed(w, v);
}

// A line up or down; false: there is none.
static bool go_line(widget *w, view *v, int step) {
  field_own *own = w->own;
  const text_look look = look_of(w);
  const rect c = text_caret(v->text, look, own->words, own->caret);
  const double y = c.y + c.h / 2 + step * text_line_height(v->text, TEXT_LEAD);
  if (own->most == 1 || y < 0 || y > text_measure(v->text, look, own->words).h)
    return false;
  own->caret = text_index_at(v->text, look, own->words, c.x, y);
  view_changed(v, w);
  return true;
}

static bool type_field(widget *w, view *v, const char *utf8);

static bool press_field(widget *w, view *v, key k, uint32_t with) {
  field_own *own = w->own;
  if (with & (WITH_CONTROL | WITH_ALT)) return false;
  if (own->preedit[0]) return k != KEY_TAB && k != KEY_ESCAPE; // the input method's
  switch (k) {
  case KEY_LEFT: own->caret = before(own->words, own->caret); break;
  case KEY_RIGHT: own->caret = after(own->words, own->caret); break;
  case KEY_HOME: own->caret = 0; break;
  case KEY_END: own->caret = strlen(own->words); break;
  case KEY_BACKSPACE: cut(w, v, before(own->words, own->caret), own->caret); break;
  case KEY_DELETE: cut(w, v, own->caret, after(own->words, own->caret)); break;
  case KEY_UP: return go_line(w, v, -1);
  case KEY_DOWN: return go_line(w, v, 1);
  case KEY_ENTER: return own->most > 1 && type_field(w, v, "\n");
  case KEY_SPACE: return true; // comes as text
  default: return false;
  }
  view_changed(v, w);
  return true;
}

static size_t letters(const char *utf8) {
  size_t count = 0;
  for (; *utf8; utf8++) count += (*utf8 & 0xC0) != 0x80;
  return count;
}

static bool type_field(widget *w, view *v, const char *utf8) {
  field_own *own = w->own;
  const size_t n = strlen(utf8);
  const size_t have = strlen(own->words);
  if (have + n >= ROOM || letters(own->words) + letters(utf8) > LETTERS) return true;
  memmove(own->words + own->caret + n, own->words + own->caret, have - own->caret + 1);
  memcpy(own->words + own->caret, utf8, n);
  own->caret += n;
  own->preedit[0] = 0;
  changed(w, v);
  return true;
}

// What is being composed is text: nobody who goes on loses it.
static void leave_field(widget *w, view *v) {
  field_own *own = w->own;
  if (!own->preedit[0]) return;
  snprintf(v->composed, sizeof v->composed, "%s", own->preedit);
  type_field(w, v, v->composed);
}

static bool point_field(widget *w, view *v, const pointer *p) {
  field_own *own = w->own;
  if (p->phase != PHASE_DOWN) return true;
  double x = 0;
  double y = 0;
  origin(w, v, &x, &y);
  own->caret = text_index_at(
    v->text, look_of(w), own->words, p->x - x, own->most == 1 ? 1 : p->y - y);
  view_changed(v, w);
  return true;
}

static void finish_field(widget *w) {
  if (w->own) explicit_bzero(w->own, sizeof(field_own)); // what a client typed
  free(w->own);
}

static const widget_sort field_sort = {.role = ROLE_FIELD,
  .focusable = true,
  .measure = measure_field,
  .draw = draw_field,
  .point = point_field,
  .press = press_field,
  .type = type_field,
  .leave = leave_field,
  .colours = field_colours,
  .finish = finish_field};

widget *field_create(
  widget *parent, const char *id, const char *label, const char *hint) {
  widget *w = widget_create(&field_sort, parent, id, label);
  field_own *own = calloc(1, sizeof *own);
  if (!own) abort();
  snprintf(own->hint, sizeof own->hint, "%s", hint);
  own->least = own->most = 1;
  w->own = own;
  w->radius = 16;
  w->box.min_h = 48;
  return w;
}

void field_set_lines(widget *w, int least, int most) {
  field_own *own = w->own;
  own->least = least;
  own->most = most;
  w->radius = 20;
}

const char *field_text(const widget *w) { return ((const field_own *)w->own)->words; }

void field_set_text(view *v, widget *w, const char *utf8) {
  field_own *own = w->own;
  if (strlen(utf8) >= ROOM) return;
  memcpy(own->words, utf8, strlen(utf8) + 1);
  own->caret = strlen(utf8);
  own->preedit[0] = 0;
  fit(w, v);
}

void field_set_preedit(view *v, widget *w, const char *utf8) {
  field_own *own = w->own;
  if (strlen(utf8) >= sizeof own->preedit) return;
  if (utf8[0]) v->composed[0] = 0; // the input method has gone on
  memcpy(own->preedit, utf8, strlen(utf8) + 1);
  fit(w, v);
}
