// SPDX-License-Identifier: GPL-3.0-or-later
// The widgets of one control, as large as their place allows. Each call makes them below
// `parent` and ties them to the link; panel_link_show() then shows the value. Main thread.
#ifndef GESTO_STAGE_PANEL_MAKE_H
#define GESTO_STAGE_PANEL_MAKE_H

#include "core/stage/panel_link.h"

// "control-brush", "control-brush-ink": the id of a control's widget, or of a part of it.
const char *panel_make_id(
  char *room, size_t size, const offer_control *c, const char *part);
// With large words the panels at the sides show icons alone, whose names are spoken.
bool panel_make_folds(const stage *s);

void panel_make_tools(panel_link *l, widget *parent);
void panel_make_colours(panel_link *l, widget *parent);
int panel_make_colour_columns(const stage *s);
void panel_make_size(
  panel_link *l, widget *parent); // a slider that stands, with its name
void panel_make_toggle(panel_link *l, widget *parent);
// What opens the list of choices.
void panel_make_pick(panel_link *l, widget *parent);
void panel_make_button(panel_link *l, widget *parent, double height);
// In a panel at the side; where the words are large, as an icon, if there is one of its name.
void panel_make_narrow_button(panel_link *l, widget *parent);
void panel_make_field(panel_link *l, widget *parent);
// The name above it and the control as it lies in a row or a sheet.
void panel_make_cell(panel_link *l, widget *parent, bool whole);
// The choices of a control as large buttons, one below the other; in two columns where they
// are many and the words not large.
bool panel_make_are_many(const panel_link *l);
void panel_make_choices(panel_link *l, widget *parent, widget_call *chosen);

#endif
