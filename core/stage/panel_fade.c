// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/panel_fade.h"

#include "core/stage/stage.h"

#include <math.h>

enum { NEAR = 96, STEP_US = 40 * 1000, REST_US = 240 * 1000, GENTLE_US = 240 * 1000 };
static const double faded = 0.7; // it shows with 30 %

static const char *const panels[] = {"panel-left", "panel-right", "panel-below"};
enum { PANELS = sizeof panels / sizeof panels[0] };

void panel_fade_point(stage *s, const pointer *p) {
  panel_fade *f = &s->fade;
  if (p->tool != GESTO_PEN && p->tool != GESTO_ERASER) return;
  const bool ends = p->phase == PHASE_UP || p->phase == PHASE_CANCEL;
  f->pen = !ends && (f->pen || p->phase == PHASE_DOWN);
  if (f->pen && !f->lasts) f->turned_us = s->now_us;
  f->lasts |= f->pen;
  f->x = p->x;
  f->y = p->y;
  if (ends) f->up_us = s->now_us;
}

static widget *panel_at(const stage *s, int i) {
  widget *root = s->page == PAGE_EXERCISE ? s->view.root : NULL;
  return root ? widget_find(root, panels[i]) : NULL;
}

// Nothing shines through in a theme of plain black and white, or below a sheet.
static bool may_fade(const stage *s) { return !s->view.theme->solid && !s->view.sheet; }

static double goal_of(const stage *s, const widget *panel) {
  const panel_fade *f = &s->fade;
  const bool near = rect_holds(rect_grown(panel->rect, NEAR), f->x, f->y);
  const bool holds = f->pen || s->now_us - f->up_us < REST_US;
  if (!may_fade(s) || !near) return 0;
  if (f->pen) return faded;
  return holds ? panel->fade : 0; // between two strokes it waits
}

static double towards(double now, double goal, double step) {
  return goal > now ? fmin(goal, now + step) : fmax(goal, now - step);
}

void panel_fade_turn(stage *s) {
  panel_fade *f = &s->fade;
  const uint64_t passed = s->now_us - f->turned_us;
  if (!f->lasts || passed < STEP_US) return;
  f->turned_us = s->now_us;
  f->lasts = f->pen;
  const double step = s->view.still
    ? 1
    : faded * (double)(passed < GENTLE_US ? passed : GENTLE_US) / GENTLE_US;
  for (int i = 0; i < PANELS; i++) {
    widget *panel = panel_at(s, i);
    if (!panel) continue;
    const double next = towards(panel->fade, goal_of(s, panel), step);
    f->lasts |= next > 0;
    if (fabs(next - panel->fade) < 1e-6) continue;
    panel->fade = next;
    view_changed(&s->view, panel);
  }
}

int panel_fade_wait_ms(const stage *s) {
  int ms = -1;
  for (int i = 0; s->fade.lasts && i < PANELS; i++) {
    const widget *panel = panel_at(s, i);
    if (!panel) continue;
    const bool moves = fabs(goal_of(s, panel) - panel->fade) > 1e-6;
    if (moves || panel->fade > 0) ms = STEP_US / 1000;
  }
  return ms;
}
