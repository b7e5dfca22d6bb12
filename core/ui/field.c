// SPDX-License-Identifier: GPL-3.0-or-later
// The text field of widgets.h: one line, caret, and what an input method composes.
#include "core/ui/draw.h"
#include "core/ui/widgets.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 512, INSET = 14 };

typedef struct field_own {
  char words[ROOM], preedit[ROOM / 4];
  char hint[128];
  size_t caret; // a byte of words, at the start of a letter
  double slid;  // how far the words are moved to the left
} field_own;

static const text_look look = {.style = TEXT_LABEL};

static void shown_words(const field_own *own, char out[ROOM * 2]) {
  snprintf(out, ROOM * 2, "%.*s%s%s", (int)own->caret, own->words, own->preedit,
    own->words + own->caret);
}

static extent measure_field(widget *w, view *v, double width) {
  (void)w;
  return (extent){
    width > 0 ? width : 240, fmax(48, text_line_height(v->text, TEXT_LABEL) + 20)};
}

static widget_colours field_colours(const widget *w, const view *v) {
  const field_own *own = w->own;
  const bool empty = !own->words[0] && !own->preedit[0];
  return (widget_colours){view_colour(v, empty ? TOKEN_INK_2 : TOKEN_INK),
    view_colour(v, TOKEN_SURFACE), view_colour(v, TOKEN_CONTROL)};
}

rect field_caret(widget *w, view *v) {
  field_own *own = w->own;
  char words[ROOM * 2];
  shown_words(own, words);
  rect c = text_caret(v->text, look, words, own->caret + strlen(own->preedit));
  const double room = w->rect.w - 2 * INSET - 2;
  if (c.x - own->slid > room) own->slid = c.x - room;
  if (c.x < own->slid) own->slid = c.x;
  c.x += w->rect.x + INSET - own->slid;
  c.y = w->rect.y + (w->rect.h - c.h) / 2;
  return c;
}

static void draw_preedit(widget *w, view *v, cairo_t *cr, const char *words, double y) {
  const field_own *own = w->own;
  const double from = text_caret(v->text, look, words, own->caret).x;
  const double to = text_caret(v->text, look, words, own->caret + strlen(own->preedit)).x;
  const double x = w->rect.x + INSET - own->slid;
  draw_line(cr, x + from, y, x + to, y, 1.5, view_colour(v, TOKEN_INK));
}

static void draw_field(widget *w, view *v, cairo_t *cr) {
  const field_own *own = w->own;
  const widget_colours c = field_colours(w, v);
  char words[ROOM * 2];
  shown_words(own, words);
  const rect caret = field_caret(w, v);
  draw_round_fill(cr, w->rect, w->radius, c.ground);
  draw_round_border(cr, w->rect, w->radius, v->theme->border, c.edge);
  cairo_save(cr);
  cairo_rectangle(
    cr, w->rect.x + INSET - 2, w->rect.y, w->rect.w - 2 * INSET + 4, w->rect.h);
  cairo_clip(cr);
  text_draw(v->text, cr, look, words[0] ? words : own->hint,
    w->rect.x + INSET - own->slid, caret.y, c.words);
  if (own->preedit[0]) draw_preedit(w, v, cr, words, caret.y + caret.h);
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

static void changed(widget *w, view *v) {
  view_changed(v, w);
  if (w->changed) w->changed(w->data, w);
}

static void cut(widget *w, view *v, size_t from, size_t to) {
  field_own *own = w->own;
  if (from == to) return;
  memmove(own->words + from, own->words + to, strlen(own->words + to) + 1);
  own->caret = from;
  changed(w, v);
}

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
  case KEY_SPACE: return true; // comes as text
  default: return false;
  }
  view_changed(v, w);
  return true;
}

static bool type_field(widget *w, view *v, const char *utf8) {
  field_own *own = w->own;
  const size_t n = strlen(utf8);
  const size_t have = strlen(own->words);
  if (have + n >= ROOM) return true;
  memmove(own->words + own->caret + n, own->words + own->caret, have - own->caret + 1);
  memcpy(own->words + own->caret, utf8, n);
  own->caret += n;
  own->preedit[0] = 0;
  changed(w, v);
  return true;
}

static bool point_field(widget *w, view *v, const pointer *p) {
  field_own *own = w->own;
  if (p->phase != PHASE_DOWN) return true;
  own->caret =
    text_index_at(v->text, look, own->words, p->x - w->rect.x - INSET + own->slid, 1);
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
  .colours = field_colours,
  .finish = finish_field};

widget *field_create(
  widget *parent, const char *id, const char *label, const char *hint) {
  widget *w = widget_create(&field_sort, parent, id, label);
  field_own *own = calloc(1, sizeof *own);
  if (!own) abort();
  snprintf(own->hint, sizeof own->hint, "%s", hint);
  w->own = own;
  w->radius = 16;
  w->box.min_h = 48;
  return w;
}

const char *field_text(const widget *w) { return ((const field_own *)w->own)->words; }

void field_set_text(view *v, widget *w, const char *utf8) {
  field_own *own = w->own;
  if (strlen(utf8) >= ROOM) return;
  memcpy(own->words, utf8, strlen(utf8) + 1);
  own->caret = strlen(utf8);
  own->preedit[0] = 0;
  view_changed(v, w);
}

void field_set_preedit(view *v, widget *w, const char *utf8) {
  field_own *own = w->own;
  if (strlen(utf8) >= sizeof own->preedit) return;
  memcpy(own->preedit, utf8, strlen(utf8) + 1);
  view_changed(v, w);
}
