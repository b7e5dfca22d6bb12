// SPDX-License-Identifier: GPL-3.0-or-later
// The widgets. Each call makes one below `parent`; ids and labels are copied.
// Thread of the window.
#ifndef GESTO_UI_WIDGETS_H
#define GESTO_UI_WIDGETS_H

#include "core/ui/view.h"

typedef enum button_look {
  BUTTON_PLAIN,
  BUTTON_PRIMARY, // the way on
  BUTTON_QUIET,   // no edge until it is focused or pressed
  BUTTON_STOP,
} button_look;

// ---- Boxes: keep others in place
widget *row_create(widget *parent, const char *id, double gap);
widget *column_create(widget *parent, const char *id, double gap);
widget *grid_create(widget *parent, const char *id, int columns, double gap);
widget *wrap_create(widget *parent, const char *id, double gap);
widget *stack_create(widget *parent, const char *id);
widget *spacer_create(widget *parent, const char *id); // takes what is left over
widget *gap_create(widget *parent, const char *id, double w, double h);
widget *rule_create(widget *parent, const char *id); // a hairline
// A box that is spoken of: tools, colours.
widget *group_create(widget *parent, const char *id, const char *label);
widget *card_box_create(widget *parent, const char *id, const char *label);

// ---- Words and pictures
widget *label_create(widget *parent, const char *id, text_style style, const char *words);
// An icon with a word beside it, such as Saved.
widget *mark_create(
  widget *parent, const char *id, const char *icon_name, const char *words);
widget *logo_create(widget *parent, const char *id);
// `draw` paints within the widget's rect; NULL until picture_set_surface gives one.
typedef void picture_draw(const widget *w, view *v, cairo_t *cr);
widget *picture_create(
  widget *parent, const char *id, const char *label, picture_draw *draw);
// Shown whole, as large as fits. Keeps a reference; NULL: none.
void picture_set_surface(view *v, widget *w, cairo_surface_t *shown);

// ---- What can be chosen
widget *button_create(widget *parent, const char *id, const char *icon_name,
  const char *label, button_look look);           // 64 high
void button_set_height(widget *w, double height); // 64, 56 or 48
widget *tool_create(
  widget *parent, const char *id, const char *icon_name, const char *label);
widget *chip_create(
  widget *parent, const char *id, const char *icon_name, const char *label);
// A switch with its words beside it. value 0 or 1.
widget *toggle_create(widget *parent, const char *id, const char *label);
// A group of which one option is chosen; `number` of each counts from 0. value: the
// chosen one, -1: none yet.
widget *segment_create(widget *parent, const char *id, const char *label);
widget *segment_add(
  widget *segment, const char *id, const char *icon_name, const char *label);
void segment_choose(view *v, widget *segment, int chosen); // does not call changed
widget *swatch_create(widget *parent, const char *id, const char *label, uint32_t rgb);
widget *slider_create(widget *parent, const char *id, const char *label, double low,
  double high, double step);
void slider_set(view *v, widget *w, double value); // does not call changed
void slider_set_upright(widget *w);                // as the size of a brush
// The dab in its knob, as large as the knob allows; 0: it stands for any.
void slider_set_dab(view *v, widget *w, double radius);

// ---- Text field: at most 500 letters
widget *field_create(widget *parent, const char *id, const char *label, const char *hint);
// Several lines: as tall as `least`, growing to `most`, then it slides. Enter begins a line.
void field_set_lines(widget *w, int least, int most);
const char *field_text(const widget *w); // borrowed until it changes
void field_set_text(view *v, widget *w, const char *utf8);
// What an input method is composing, underlined; "" ends it.
void field_set_preedit(view *v, widget *w, const char *utf8);
rect field_caret(widget *w, view *v); // for the input method's window

// ---- Scroll: one child, taller than the room
widget *scroll_create(widget *parent, const char *id, const char *label);
void scroll_by(view *v, widget *scroll, double dy);
void scroll_show(view *v, widget *inside); // brings it into sight
// For who cannot drag (dwelling, click-move-click) an arrow shows where there is more: -1 or 1
// if x, y is on that up or down; 0: on none.
int scroll_arrow_at(const view *v, const widget *scroll, double x, double y);

// box.grow above 0: it takes the whole window, but for the row of what stays above.
widget *sheet_create(const char *id, const char *label);

#endif
