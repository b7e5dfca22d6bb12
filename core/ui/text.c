// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/text.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE = 512 };

typedef struct style_row {
  double size, line; // pixels; line as a multiple of size
  PangoWeight weight;
  bool display;
} style_row;

static const style_row styles[TEXT_STYLES] = {
  [TEXT_CUE] = {46, 1.16, PANGO_WEIGHT_SEMIBOLD, true},
  [TEXT_TIMER] = {64, 1.0, PANGO_WEIGHT_SEMIBOLD, true},
  [TEXT_TITLE] = {34, 1.2, PANGO_WEIGHT_SEMIBOLD, true},
  [TEXT_CARD_TITLE] = {28, 1.25, PANGO_WEIGHT_SEMIBOLD, true},
  [TEXT_HEADING] = {24, 1.25, PANGO_WEIGHT_SEMIBOLD, true},
  [TEXT_LEAD] = {20, 1.4, PANGO_WEIGHT_NORMAL, false},
  [TEXT_BODY] = {18, 1.4, PANGO_WEIGHT_NORMAL, false},
  [TEXT_STRONG] = {18, 1.35, PANGO_WEIGHT_SEMIBOLD, false},
  [TEXT_BUTTON] = {19, 1.25, PANGO_WEIGHT_SEMIBOLD, false},
  [TEXT_BUTTON_56] = {17, 1.25, PANGO_WEIGHT_SEMIBOLD, false},
  [TEXT_BUTTON_48] = {16, 1.25, PANGO_WEIGHT_SEMIBOLD, false},
  [TEXT_LABEL] = {17, 1.35, PANGO_WEIGHT_MEDIUM, false},
  [TEXT_LABEL_ON] = {17, 1.35, PANGO_WEIGHT_SEMIBOLD, false},
  [TEXT_SMALL] = {16, 1.4, PANGO_WEIGHT_NORMAL, false},
  [TEXT_CAPTION] = {15, 1.3, PANGO_WEIGHT_MEDIUM, false},
  [TEXT_CAPTION_ON] = {15, 1.3, PANGO_WEIGHT_SEMIBOLD, false},
};

typedef struct cached {
  char *words;
  text_look look;
  uint64_t used;
  PangoLayout *layout;
} cached;

struct text_engine {
  PangoContext *context;
  double scale;
  bool easy, right_to_left;
  uint64_t turn;
  cached cache[CACHE];
};

text_engine *text_create(void) {
  text_engine *t = g_new0(text_engine, 1);
  t->scale = 1;
  t->context = pango_font_map_create_context(pango_cairo_font_map_get_default());
  // Grey antialiasing and free positions: letters stay in place at every scale.
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_SLIGHT);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(t->context, options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(t->context, FALSE);
  return t;
}

static void forget(cached *c) {
  if (c->layout) g_object_unref(c->layout);
  g_free(c->words);
  *c = (cached){0};
}

void text_destroy(text_engine *t) {
  if (!t) return;
  for (size_t i = 0; i < CACHE; i++) forget(&t->cache[i]);
  g_object_unref(t->context);
  g_free(t);
}

void text_set_scale(text_engine *t, double scale) {
  if (fabs(t->scale - scale) < 1e-9) return;
  t->scale = scale;
  for (size_t i = 0; i < CACHE; i++) forget(&t->cache[i]);
}

void text_set_reading(text_engine *t, bool easy, bool right_to_left) {
  if (t->easy == easy && t->right_to_left == right_to_left) return;
  t->easy = easy;
  t->right_to_left = right_to_left;
  pango_context_set_base_dir(
    t->context, right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  for (size_t i = 0; i < CACHE; i++) forget(&t->cache[i]);
}

static double line_of(const text_engine *t, const style_row *row) {
  return t->easy ? fmax(row->line, row->display ? 1.35 : 1.6) : row->line;
}

// Letters that hold on to each other (Arabic and its kin, Devanagari and its) would be torn.
static bool is_joined(const char *words) {
  for (; *words; words = g_utf8_next_char(words)) {
    const gunichar c = g_utf8_get_char(words);
    if ((c >= 0x600 && c < 0xE00) || (c >= 0xFB50 && c < 0xFF00)) return true;
  }
  return false;
}

static void space_out(PangoAttrList *list, double between, guint from, guint to) {
  PangoAttribute *a = pango_attr_letter_spacing_new((int)(between * PANGO_SCALE));
  a->start_index = from;
  a->end_index = to;
  pango_attr_list_change(list, a);
}

// Wider letters help only together with wider words.
static void space(
  PangoAttrList *list, const text_engine *t, const style_row *row, const char *words) {
  const double em = row->size * t->scale;
  double letters = row->display ? -0.01 * em : 0;
  if (t->easy) letters = 0.03 * em;
  if (is_joined(words)) letters = 0;
  if (fabs(letters) > 0) space_out(list, letters, 0, G_MAXUINT);
  for (const char *c = words; t->easy && *c; c++)
    if (*c == ' ')
      space_out(list, letters + 0.12 * em, (guint)(c - words), (guint)(c - words) + 1);
}

static void dress(
  PangoLayout *layout, const text_engine *t, const style_row *row, const char *words) {
  const double scale = t->scale;
  PangoFontDescription *font = pango_font_description_new();
  const char *family =
    row->display ? "Inter Display, Inter, Noto Sans" : "Inter, Noto Sans";
  pango_font_description_set_family(font, t->easy ? "Andika, Noto Sans" : family);
  pango_font_description_set_weight(font, row->weight);
  pango_font_description_set_absolute_size(font, row->size * scale * PANGO_SCALE);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  PangoAttrList *list = pango_attr_list_new();
  pango_attr_list_insert(list,
    pango_attr_font_features_new(
      row->display ? "tnum=1" : "cv05=1,cv08=1,ss03=1,tnum=1"));
  pango_attr_list_insert(list,
    pango_attr_line_height_new_absolute(
      (int)(row->size * line_of(t, row) * scale * PANGO_SCALE)));
  space(list, t, row, words);
  pango_layout_set_attributes(layout, list);
  pango_attr_list_unref(list);
}

static PangoLayout *make(text_engine *t, text_look look, const char *words) {
  // Pango turns left and right for lines that run against the direction of its context.
  static const PangoAlignment alignments[][3] = {
    {PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT},
    {PANGO_ALIGN_RIGHT, PANGO_ALIGN_CENTER, PANGO_ALIGN_LEFT}};
  PangoLayout *layout = pango_layout_new(t->context);
  dress(layout, t, &styles[look.style], words);
  if (look.width > 0) {
    // The room after a line's last letter need not be there; Pango would have it.
    const double after = t->easy ? 0.04 * styles[look.style].size * t->scale : 0;
    pango_layout_set_width(layout, (int)ceil((look.width + after) * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, alignments[t->right_to_left][look.align]);
  }
  pango_layout_set_text(layout, words, -1);
  return layout;
}

static bool same(const cached *c, text_look look, const char *words) {
  return c->layout && c->look.style == look.style && c->look.align == look.align &&
    fabs(c->look.width - look.width) < 1e-6 && strcmp(c->words, words) == 0;
}

// A bucket of four neighbours; the one that was used longest ago makes room.
static PangoLayout *find(text_engine *t, text_look look, const char *words) {
  const guint key = g_str_hash(words) * 31u + (guint)look.style * 7u + (guint)look.width;
  cached *bucket = &t->cache[(key % (CACHE / 4)) * 4];
  cached *oldest = bucket;
  for (cached *c = bucket; c < bucket + 4; c++) {
    if (same(c, look, words)) {
      c->used = ++t->turn;
      return c->layout;
    }
    if (c->used < oldest->used) oldest = c;
  }
  forget(oldest);
  *oldest = (cached){.words = g_strdup(words),
    .look = look,
    .used = ++t->turn,
    .layout = make(t, look, words)};
  return oldest->layout;
}

double text_line_height(text_engine *t, text_style style) {
  return styles[style].size * line_of(t, &styles[style]) * t->scale;
}

extent text_measure(text_engine *t, text_look look, const char *words) {
  int w = 0;
  int h = 0;
  pango_layout_get_size(find(t, look, words), &w, &h);
  return (extent){ceil((double)w / PANGO_SCALE), ceil((double)h / PANGO_SCALE)};
}

void text_draw(text_engine *t, cairo_t *cr, text_look look, const char *words, double x,
  double y, uint32_t rgb) {
  cairo_set_source_rgb(
    cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
  cairo_move_to(cr, x, y);
  pango_cairo_show_layout(cr, find(t, look, words));
  cairo_new_path(cr); // else the next arc would draw a line from the text's last point
}

rect text_caret(text_engine *t, text_look look, const char *words, size_t index) {
  PangoRectangle strong;
  pango_layout_get_cursor_pos(find(t, look, words), (int)index, &strong, NULL);
  return (rect){(double)strong.x / PANGO_SCALE, (double)strong.y / PANGO_SCALE, 2,
    (double)strong.height / PANGO_SCALE};
}

size_t text_index_at(
  text_engine *t, text_look look, const char *words, double x, double y) {
  int index = 0;
  int trailing = 0;
  pango_layout_xy_to_index(find(t, look, words), (int)(x * PANGO_SCALE),
    (int)(y * PANGO_SCALE), &index, &trailing);
  const char *at = words + index;
  while (trailing-- > 0 && *at) at = g_utf8_next_char(at);
  return (size_t)(at - words);
}
