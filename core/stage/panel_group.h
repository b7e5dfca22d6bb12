// SPDX-License-Identifier: GPL-3.0-or-later
// Controls that stand together: one row with the group's name and how things stand opens them
// beside the work, which stays in sight; they stay open while several are set. Main thread.
#ifndef GESTO_STAGE_PANEL_GROUP_H
#define GESTO_STAGE_PANEL_GROUP_H

#include "core/stage/panel_link.h"

typedef struct page_built page_built; // pages.h

// The row for the group of which `head` is the first.
void panel_group_row(panel_link *head, widget *parent);
// One of its buttons was chosen: where there is nothing but buttons, that was it.
void panel_group_acted(stage *s);
// SHEET_GROUP: the controls of the group of s->picking.
page_built panel_group_sheet(stage *s);

#endif
