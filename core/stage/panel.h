// SPDX-License-Identifier: GPL-3.0-or-later
// The panel made from what an exercise declares: tools and size on the left, colours on the
// right, or one bar below where there are no colours; what is at hand goes into the top bar;
// controls that stand together open beside the work. Main thread.
#ifndef GESTO_STAGE_PANEL_H
#define GESTO_STAGE_PANEL_H

#include <stdbool.h>

typedef struct page_built page_built; // pages.h
typedef struct stage stage;
typedef struct widget widget;

// Builds what belongs there; does nothing where there is nothing.
void panel_left(stage *s, widget *parent);
void panel_right(stage *s, widget *parent);
void panel_below(stage *s, widget *parent);
void panel_at_hand(stage *s, widget *bar);
bool panel_has_at_hand(const stage *s);
// SHEET_PICK: the choices of s->picking. SHEET_SET: all that stands below.
page_built panel_pick_sheet(stage *s);
page_built panel_set_sheet(stage *s);

#endif
