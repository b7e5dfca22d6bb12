// SPDX-License-Identifier: GPL-3.0-or-later
// Loop's picture. Reads the state and changes nothing.
#include "loop.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <stdio.h>

typedef struct brush { // what every piece of the picture needs
  const loop *l;
  cairo_t *to;
  layout at;
  uint32_t look;
  cairo_rectangle_int_t clip;
} brush;

static const uint32_t lane_colours[LANES] = {
  0x3B63C4, 0xB85C00, 0x0B8F74, 0x95508A, 0x4A3C05, 0x2F3944};

static void ink(const brush *b, uint32_t rgb, double alpha) {
  cairo_set_source_rgba(b->to, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0,
    (rgb & 255) / 255.0, alpha);
}

static uint32_t token(const brush *b, const char *name) {
  return b->l->host->colour(b->l->host, name);
}

// The lanes' colours were chosen on paper; elsewhere they are made lighter.
static uint32_t lane_colour(const brush *b, uint32_t lane) {
  uint32_t c = lane_colours[lane];
  if (b->look & GESTO_CONTRAST) return token(b, "ink");
  if (!(b->look & GESTO_EVENING)) return c;
  uint32_t light = 0;
  for (uint32_t shift = 0; shift <= 16; shift += 8) {
    uint32_t part = c >> shift & 255;
    light |= (part + (255 - part) * 55 / 100) << shift;
  }
  return light;
}

static bool seen(const brush *b, const place *p) {
  return p->x - 10 < (float)(b->clip.x + b->clip.width) &&
    p->x + p->w + 10 > (float)b->clip.x &&
    p->y - 10 < (float)(b->clip.y + b->clip.height) &&
    p->y + p->h + 10 > (float)b->clip.y;
}

static void rounded(const brush *b, const place *p, double radius) {
  double r = fmin(radius, fmin(p->w, p->h) / 2), x = p->x, y = p->y, w = p->w, h = p->h;
  cairo_new_sub_path(b->to);
  cairo_arc(b->to, x + w - r, y + r, r, -M_PI / 2, 0);
  cairo_arc(b->to, x + w - r, y + h - r, r, 0, M_PI / 2);
  cairo_arc(b->to, x + r, y + h - r, r, M_PI / 2, M_PI);
  cairo_arc(b->to, x + r, y + r, r, M_PI, 3 * M_PI / 2);
  cairo_close_path(b->to);
}

static void write_at(
  const brush *b, const place *p, double size, bool strong, const char *words) {
  PangoLayout *text = pango_cairo_create_layout(b->to);
  PangoFontDescription *font = pango_font_description_from_string("Inter");
  pango_font_description_set_absolute_size(font, size * b->at.text * PANGO_SCALE);
  if (strong) pango_font_description_set_weight(font, PANGO_WEIGHT_SEMIBOLD);
  pango_layout_set_font_description(text, font);
  pango_layout_set_width(text, (int)(p->w * PANGO_SCALE));
  pango_layout_set_wrap(text, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text(text, words, -1);
  cairo_move_to(b->to, p->x, p->y);
  pango_cairo_show_layout(b->to, text);
  pango_font_description_free(font);
  g_object_unref(text);
}

// ---- Pads ----------------------------------------------------------------------------------

static void pad_face(const brush *b, uint32_t pad, bool lit) {
  static const char *const rows[PAD_ROWS] = {
    "ochre-soft", "sage-soft", "primary-soft", "indigo-soft"};
  const place *p = &b->at.pads[pad];
  bool contrast = b->look & GESTO_CONTRAST;
  rounded(b, p, 20);
  ink(b, token(b, lit ? "primary" : contrast ? "surface" : rows[pad / SCALE_NOTES]), 1);
  cairo_fill_preserve(b->to);
  ink(b, token(b, "control"), contrast ? 1 : 0.55);
  cairo_set_line_width(b->to, contrast ? 3 : 1.5);
  cairo_stroke(b->to);
}

static void draw_pad(const brush *b, uint32_t pad) {
  const place *p = &b->at.pads[pad];
  bool lit = b->l->glow[pad] > 0;
  for (uint32_t i = 0; i < FINGERS; i++)
    lit |= b->l->fingers[i].down && b->l->fingers[i].pad == pad;
  if (!seen(b, p)) return;
  pad_face(b, pad, lit);
  uint32_t colour = token(b, lit ? "surface" : "ink");
  uint32_t row = pad / SCALE_NOTES;
  double dot = fmin(p->w, p->h) * (0.13 - 0.026 * row);
  double inset = fmin(p->w, p->h) * 0.16 + 4;
  ink(b, colour, lit ? 0.8 : 0.36);
  cairo_arc(b->to, p->x + p->w - inset, p->y + p->h - inset, dot, 0, 2 * M_PI);
  cairo_fill(b->to);
  ink(b, colour, 1);
  write_at(b, &(place){p->x + 13, p->y + 10, p->w - 20, 30}, 19, true,
    scale_note_sign(&b->l->scale, pad));
}

// ---- Lanes ---------------------------------------------------------------------------------

static void corners(
  const brush *b, double x, double y, double r, uint32_t n, double turn) {
  for (uint32_t i = 0; i < n; i++) {
    double a = turn + 2 * M_PI * i / n;
    cairo_line_to(b->to, x + r * sin(a), y - r * cos(a));
  }
  cairo_close_path(b->to);
}

static void star(const brush *b, double x, double y, double r) {
  for (uint32_t i = 0; i < 10; i++) {
    double a = M_PI * i / 5, reach = i % 2 ? r * 0.48 : r;
    cairo_line_to(b->to, x + reach * sin(a), y - reach * cos(a));
  }
  cairo_close_path(b->to);
}

static void lane_sign(const brush *b, uint32_t lane, double x, double y) {
  cairo_new_path(b->to);
  switch (lane) {
  case 0: cairo_arc(b->to, x, y, 9, 0, 2 * M_PI); break;
  case 1: cairo_rectangle(b->to, x - 8.5, y - 8.5, 17, 17); break;
  case 2: corners(b, x, y + 2, 11, 3, 0); break;
  case 3: corners(b, x, y, 11, 4, 0); break;
  case 4: star(b, x, y, 11); break;
  default: corners(b, x, y, 10, 6, M_PI / 6);
  }
  ink(b, lane_colour(b, lane), 1);
  cairo_fill(b->to);
}

// Layers add up in the picture as they do in the ear.
static double column_height(const loop *l, uint32_t lane, uint32_t from, uint32_t to) {
  double highest = 0;
  for (uint32_t c = from; c < to && c < COLUMNS; c++) {
    double sum = 0;
    for (uint32_t i = 0; i < PASSES; i++) {
      const pass *p = &l->passes[i];
      bool taking =
        p->state == PASS_SPARE && l->phase > PHASE_ARMED && l->take_lane == lane;
      if (taking || (l->heard >> i & 1 && p->lane == lane)) sum += p->columns[c] / 255.0;
    }
    highest = fmax(highest, sum);
  }
  return fmin(1, sqrt(highest));
}

static void draw_wave(const brush *b, uint32_t lane, uint32_t bars) {
  const place *bed = &b->at.beds[lane];
  uint32_t strokes = (uint32_t)(bed->w / 5), columns = bars * COLUMNS_A_BAR;
  bool quiet = b->l->muted >> lane & 1;
  ink(b, lane_colour(b, lane), quiet ? 0.4 : 1);
  cairo_set_line_width(b->to, 3);
  cairo_set_line_cap(b->to, CAIRO_LINE_CAP_ROUND);
  for (uint32_t i = 0; i < strokes; i++) {
    uint32_t from = i * columns / strokes, to = (i + 1) * columns / strokes;
    double half =
      1 + (bed->h / 2 - 6) * column_height(b->l, lane, from, to > from ? to : from + 1);
    double x = bed->x + 5 + (bed->w - 10) * (i + 0.5) / strokes, y = bed->y + bed->h / 2;
    cairo_move_to(b->to, x, y - half);
    cairo_line_to(b->to, x, y + half);
  }
  cairo_stroke(b->to);
}

static void draw_head(const brush *b, uint32_t lane, int64_t anchor, int64_t length) {
  const place *bed = &b->at.beds[lane];
  int64_t now = loop_now(b->l);
  if (!b->l->runs || now < 0) return;
  int64_t into = ((now - anchor) % length + length) % length;
  double x = bed->x + 5 + (bed->w - 10) * (double)into / (double)length;
  ink(b, token(b, "ink"), 1);
  cairo_rectangle(b->to, x - 1.5, bed->y, 3, bed->h);
  cairo_fill(b->to);
}

static void draw_bed(const brush *b, uint32_t lane) {
  const place *bed = &b->at.beds[lane];
  const pass *first = loop_lane_first(b->l, lane);
  bool busy = b->l->phase > PHASE_ARMED && b->l->take_lane == lane;
  if (!first && !busy) {
    double dash[2] = {2, 7};
    ink(b, token(b, "control"), 1);
    cairo_set_line_width(b->to, 2);
    cairo_set_dash(b->to, dash, 2, 0);
    cairo_move_to(b->to, bed->x + 6, bed->y + bed->h / 2);
    cairo_line_to(b->to, bed->x + bed->w - 6, bed->y + bed->h / 2);
    cairo_stroke(b->to);
    cairo_set_dash(b->to, dash, 0, 0);
    return;
  }
  rounded(b, bed, 10);
  ink(b, token(b, "sunken"), 1);
  cairo_fill(b->to);
  uint32_t bars = first ? loop_lane_bars(b->l, lane) : 4;
  if (!first && loop_now(b->l) > 4 * (int64_t)loop_bar(b->l)) bars = BARS_MAX;
  draw_wave(b, lane, bars);
  if (first) draw_head(b, lane, first->anchor, first->length);
}

static void draw_mute(const brush *b, uint32_t lane) {
  const place *m = &b->at.mutes[lane];
  double x = m->x + m->w / 2 - 9, y = m->y + m->h / 2;
  bool quiet = b->l->muted >> lane & 1;
  ink(b, token(b, "ink"), 1);
  cairo_set_line_width(b->to, 1.9);
  cairo_set_line_join(b->to, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to(b->to, x, y - 3);
  cairo_line_to(b->to, x + 4, y - 3);
  cairo_line_to(b->to, x + 9, y - 7);
  cairo_line_to(b->to, x + 9, y + 7);
  cairo_line_to(b->to, x + 4, y + 3);
  cairo_line_to(b->to, x, y + 3);
  cairo_close_path(b->to);
  if (quiet) {
    cairo_move_to(b->to, x + 13, y - 3);
    cairo_line_to(b->to, x + 19, y + 3);
    cairo_move_to(b->to, x + 19, y - 3);
    cairo_line_to(b->to, x + 13, y + 3);
  } else {
    cairo_new_sub_path(b->to);
    cairo_arc(b->to, x + 10, y, 4.5, -M_PI / 4, M_PI / 4);
    cairo_new_sub_path(b->to);
    cairo_arc(b->to, x + 10, y, 9, -M_PI / 4, M_PI / 4);
  }
  cairo_stroke(b->to);
}

static void lane_edge(const brush *b, uint32_t lane, bool full, bool busy) {
  double dash[2] = {4, 4};
  rounded(b, &b->at.lanes[lane], 24);
  if (full || busy) {
    ink(b, token(b, "surface"), 1);
    cairo_fill_preserve(b->to);
  } else {
    cairo_set_dash(b->to, dash, 2, 0);
  }
  bool chosen = lane == b->l->lane;
  ink(b, token(b, busy ? "clay" : chosen ? "primary" : full ? "line" : "control"), 1);
  cairo_set_line_width(b->to, busy || chosen ? 2.5 : b->look & GESTO_CONTRAST ? 3 : 1.5);
  cairo_stroke(b->to);
  cairo_set_dash(b->to, dash, 0, 0);
}

static const char *preset_name(uint32_t preset) {
  for (uint32_t i = 0; i < SOUNDS; i++)
    if (loop_sounds[i].preset == preset) return loop_sounds[i].name;
  return N_("Sound");
}

static void draw_lane(const brush *b, uint32_t lane) {
  const place *p = &b->at.lanes[lane];
  const pass *first = loop_lane_first(b->l, lane);
  bool busy = b->l->phase != PHASE_REST && b->l->take_lane == lane;
  if (!seen(b, p)) return;
  lane_edge(b, lane, first, busy);
  lane_sign(b, lane, p->x + 28, p->y + p->h / 2);
  char state[64];
  words_lane(b->l, lane, state, sizeof state);
  const char *title = first ? preset_name(first->preset)
    : busy                  ? loop_sounds[b->l->sound].name
                            : N_("Empty");
  double middle = p->y + p->h / 2;
  float text = b->at.text, width = b->at.beds[lane].x - p->x - 56;
  ink(b, token(b, "ink"), 1);
  write_at(b, &(place){p->x + 50, (float)middle - 22 * text, width, 24}, 17, true,
    loop_word(b->l, title));
  ink(b, token(b, busy ? "clay" : "ink-2"), 1);
  write_at(b, &(place){p->x + 50, (float)middle + 1, width, 24}, 15, busy, state);
  draw_bed(b, lane);
  if (first) draw_mute(b, lane);
}

// ---- The disc --------------------------------------------------------------------------------

// How far round the ring is: through the loop that is recorded, or through the first one.
static double ring_part(const loop *l) {
  int64_t now = loop_now(l), bar = loop_bar(l);
  const pass *p = loop_lane_first(l, l->phase == PHASE_REST ? l->lane : l->take_lane);
  for (uint32_t lane = 0; lane < LANES && !p; lane++) p = loop_lane_first(l, lane);
  if (!l->runs) return 0;
  if (now < 0) return (double)(now + bar) / (double)bar;
  int64_t length = p ? p->length : 4 * bar, from = p ? p->anchor : 0;
  return (double)(((now - from) % length + length) % length) / (double)length;
}

static void draw_lights(const brush *b, double x, double y) {
  const loop *l = b->l;
  int64_t now = loop_now(l), bar = loop_bar(l);
  int64_t into = ((now % bar) + bar) % bar;
  uint32_t beat = (uint32_t)(into * 4 / bar);
  for (uint32_t i = 0; i < 4; i++) {
    cairo_arc(b->to, x + 22 * i, y, 6, 0, 2 * M_PI);
    if (i <= beat) {
      ink(b, token(b, "clay"), 1);
      cairo_fill_preserve(b->to);
    }
    ink(b, token(b, "control"), 1);
    cairo_set_line_width(b->to, 1.5);
    cairo_stroke(b->to);
  }
}

static void draw_disc(const brush *b) {
  const place *d = &b->at.disc;
  double x = d->x + d->w / 2, y = d->y + d->h / 2, r = d->w / 2 - 4;
  bool busy = b->l->phase != PHASE_REST;
  uint32_t colour = token(b, busy ? "clay" : "primary");
  ink(b, colour, 0.18);
  cairo_set_line_width(b->to, 7);
  cairo_arc(b->to, x, y, r, 0, 2 * M_PI);
  cairo_stroke(b->to);
  ink(b, colour, 1);
  cairo_set_line_cap(b->to, CAIRO_LINE_CAP_ROUND);
  if (b->l->runs) {
    cairo_arc(b->to, x, y, r, -M_PI / 2, -M_PI / 2 + 2 * M_PI * ring_part(b->l));
    cairo_stroke(b->to);
  }
  ink(b, token(b, "clay"), 1);
  cairo_arc(b->to, x, y, r - 12, 0, 2 * M_PI);
  cairo_fill(b->to);
  ink(b, token(b, "surface"), 1);
  double hole = (r - 12) * 0.32;
  if (b->l->phase > PHASE_ARMED)
    cairo_rectangle(b->to, x - hole, y - hole, 2 * hole, 2 * hole);
  else
    cairo_arc(b->to, x, y, hole, 0, 2 * M_PI);
  cairo_fill(b->to);
}

static void draw_card(const brush *b) {
  static const char *const titles[] = {N_("Record"), N_("Get ready"), N_("Recording"),
    N_("Adding a layer"), N_("Closing the loop")};
  const place *c = &b->at.card;
  if (!seen(b, c)) return;
  rounded(b, c, 28);
  ink(b, token(b, "surface"), 1);
  cairo_fill_preserve(b->to);
  ink(b, token(b, "line"), 1);
  cairo_set_line_width(b->to, b->look & GESTO_CONTRAST ? 3 : 1.5);
  cairo_stroke(b->to);
  draw_disc(b);
  const place *d = &b->at.disc;
  float x = d->x + d->w + 20, w = c->x + c->w - x - 12;
  bool counting = b->l->phase == PHASE_ARMED;
  ink(b, token(b, "ink"), 1);
  write_at(
    b, &(place){x, c->y + 16, w, 30}, 22, true, loop_word(b->l, titles[b->l->phase % 5]));
  char words[192];
  words_phase(b->l, words, sizeof words);
  ink(b, token(b, "ink-2"), 1);
  write_at(b, &(place){x, c->y + 20 + 28 * b->at.text, w, 50}, 16, false,
    b->l->notice ? loop_word(b->l, b->l->notice) : words);
  if (counting) draw_lights(b, c->x + c->w - 96, c->y + 30);
}

void draw_loop(const void *self, cairo_t *to, const gesto_frame *frame) {
  const loop *l = self;
  double x1, y1, x2, y2;
  cairo_clip_extents(to, &x1, &y1, &x2, &y2);
  brush b = {.l = l,
    .to = to,
    .look = frame->look,
    .at = layout_make(frame->width, frame->height, frame->text_scale),
    .clip = {
      (int)floor(x1), (int)floor(y1), (int)ceil(x2 - x1) + 1, (int)ceil(y2 - y1) + 1}};
  ink(&b, token(&b, "paper"), 1);
  cairo_paint(to);
  for (uint32_t i = 0; i < LANES; i++) draw_lane(&b, i);
  for (uint32_t i = 0; i < PAD_COUNT; i++) draw_pad(&b, i);
  draw_card(&b);
  const place *low = &b.at.pads[0];
  place below = {low->x, low->y + low->h + 10, frame->width - low->x, 30};
  if (!seen(&b, &below)) return;
  ink(&b, token(&b, "ink-2"), 1);
  write_at(
    &b, &below, 16, false, loop_word(l, "Every pad fits. Higher rows sound higher."));
}
