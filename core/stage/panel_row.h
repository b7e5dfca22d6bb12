// SPDX-License-Identifier: GPL-3.0-or-later
// A row of the panel that opens something: an icon, a name, and below it a short word of how
// things stand ("Mirror / Off"). Thread of the window.
#ifndef GESTO_STAGE_PANEL_ROW_H
#define GESTO_STAGE_PANEL_ROW_H

#include "core/ui/view.h"

// `icon_name` may be unknown: then it has none. STATE_WORDLESS: the icon alone shows.
widget *panel_row_create(
  widget *parent, const char *id, const char *icon_name, const char *name);
// The word below the name; STATE_SELECTED: it stands in for something else.
void panel_row_set(view *v, widget *row, const char *word, bool selected);

#endif
