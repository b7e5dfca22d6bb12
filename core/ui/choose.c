// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/choose.h"

#include <math.h>

// `w` may be gone afterwards.
static void choose(widget *w, view *v) {
  if (widget_is(w, STATE_DISABLED) || !w->chosen) return;
  if (v->chose) v->chose(v->data, w);
  w->chosen(w->data, w);
}

static void set_pressed(widget *w, view *v, bool on) {
  if (widget_is(w, STATE_PRESSED) == on) return;
  widget_set_state(w, STATE_PRESSED, on);
  view_changed(v, w);
}

bool choose_point(widget *w, view *v, const pointer *p) {
  if (widget_is(w, STATE_DISABLED)) return true;
  const bool inside = rect_holds(w->rect, p->x, p->y);
  const bool was = widget_is(w, STATE_PRESSED);
  const bool on = (p->phase == PHASE_DOWN || p->phase == PHASE_MOVE) && inside;
  set_pressed(w, v, on);
  if (p->phase == PHASE_UP && inside && was) choose(w, v);
  return true;
}

bool choose_press(widget *w, view *v, key k, uint32_t with) {
  if (with || (k != KEY_SPACE && k != KEY_ENTER)) return false;
  choose(w, v);
  return true;
}

extent face_measure(const face *f, view *v, double width) {
  if (!f->words[0]) return (extent){f->icon_size, f->icon_size};
  const double side = f->icon ? f->icon_size + f->gap : 0;
  const double beside = f->stacked ? 0 : side;
  text_look look = {.style = f->style};
  extent e = text_measure(v->text, look, f->words);
  if (width > 0 && e.w + beside > width) {
    look.width = fmax(1, width - beside);
    e = text_measure(v->text, look, f->words);
  }
  if (f->stacked) return (extent){fmax(e.w, f->icon ? f->icon_size : 0), e.h + side};
  return (extent){e.w + side, fmax(e.h, f->icon ? f->icon_size : 0)};
}

void face_draw(const face *f, view *v, cairo_t *cr, rect in, uint32_t rgb) {
  const extent all = face_measure(f, v, in.w);
  const double left = in.x + (in.w - all.w) / 2;
  const double y = in.y + (in.h - all.h) / 2;
  const double side = f->icon ? f->icon_size + f->gap : 0;
  text_look look = {.style = f->style,
    .width = f->stacked ? in.w : fmax(1, all.w - side),
    .align = f->stacked ? ALIGN_MIDDLE : ALIGN_START};
  const extent e = text_measure(v->text, look, f->words);
  const bool turned = v->right_to_left;
  const double icon_x = turned ? left + all.w - f->icon_size : left;
  if (f->icon)
    icon_draw(icon_facing(f->icon, turned), cr,
      f->stacked ? in.x + (in.w - f->icon_size) / 2 : icon_x,
      f->stacked ? y : in.y + (in.h - f->icon_size) / 2, f->icon_size, f->stroke, rgb);
  text_draw(v->text, cr, look, f->words, f->stacked ? in.x : left + (turned ? 0 : side),
    f->stacked ? y + side : in.y + (in.h - e.h) / 2, rgb);
}
