// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of a panel, as many as there is room for: where some would be out of sight, the
// last one in sight opens the others beside the work. Thread of the window.
#ifndef GESTO_STAGE_PANEL_ROWS_H
#define GESTO_STAGE_PANEL_ROWS_H

typedef struct page_built page_built; // pages.h
typedef struct stage stage;
typedef struct widget widget;

// An empty box that takes what is left over; its children are rows of panel_row.h or buttons.
widget *panel_rows_create(widget *parent);
// All rows are in it. An empty one goes.
void panel_rows_end(stage *s, widget *rows);
page_built panel_rows_sheet(stage *s); // SHEET_REST: those for which there is no room

#endif
