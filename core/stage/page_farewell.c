// SPDX-License-Identifier: GPL-3.0-or-later
// One line of farewell, which comes up softly; with as little motion as can be
// it is there at once.
#include "core/stage/pages.h"
#include "core/ui/draw.h"
#include "core/ui/say.h"

enum { FADE_US = 240 * 1000 };

// 1: nothing of the page shows yet; 0: all does.
static double veil_left(const stage *s) {
  const uint64_t gone_us = s->now_us - s->farewell_us;
  if (s->view.still || !s->farewell_us || gone_us >= FADE_US) return 0;
  return 1 - (double)gone_us / FADE_US;
}

static void draw_veil(widget *w, view *v, cairo_t *cr) {
  const double left = veil_left(v->data);
  if (left <= 0) return;
  cairo_rectangle(cr, w->rect.x, w->rect.y, w->rect.w, w->rect.h);
  draw_colour_alpha(cr, view_colour(v, TOKEN_PAPER), left * left);
  cairo_fill(cr);
}

static const widget_sort veiled_sort = {.role = ROLE_BOX, .draw_after = draw_veil};

bool farewell_fades(const stage *s) {
  return s->page == PAGE_FAREWELL && veil_left(s) > 0;
}

static void quit_chosen(void *data, widget *w) {
  stage *s = data;
  (void)w;
  s->quit = true;
}

static const char *lead_of(const stage *s) {
  if (s->said.not_today)
    return _("That is all right. Nothing is kept of today but that it was opened.");
  if (s->closed) return _("All is as you chose. Take your time to leave.");
  return _("What you chose is being put away now. You need not wait for it.");
}

page_built page_farewell(stage *s) {
  if (!s->farewell_us) s->farewell_us = s->now_us;
  widget *page = widget_create(&veiled_sort, NULL, "page-farewell", NULL);
  top_bar(s, page, "Gesto", 0);
  widget *body = reading_page(s, page);
  body->box.centred = true;
  body->box.cross = CROSS_MIDDLE;
  body->box.gap = 16;
  widget *title = label_create(body, "title", TEXT_CUE, _("Until another time"));
  title->align = ALIGN_MIDDLE;
  widget *lead = label_create(body, "lead", TEXT_LEAD, lead_of(s));
  lead->words = TOKEN_INK_2;
  lead->align = ALIGN_MIDDLE;
  lead->box.max_w = 640;
  gap_create(body, "gap-ways", 0, 16);
  if (!s->closed && !s->keeper_gone) return (page_built){page, NULL};
  widget *leave =
    button_create(body, "leave", NULL, _("Close the window"), BUTTON_PRIMARY);
  leave->chosen = quit_chosen;
  leave->data = s;
  return (page_built){page, "leave"};
}
