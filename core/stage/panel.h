// SPDX-License-Identifier: GPL-3.0-or-later
// The panel made from what an exercise declares: tools and size on the left, colours on the
// right, or one bar below where there are no colours; what is at hand goes into the top bar.
// The host owns the values. Main thread.
#ifndef GESTO_STAGE_PANEL_H
#define GESTO_STAGE_PANEL_H

#include "core/stage/stage.h"
#include "core/ui/events.h"

// Values as declared; no widgets yet.
void panel_reset(stage *s);
// Builds what belongs there; does nothing where there is nothing.
void panel_left(stage *s, widget *parent);
void panel_right(stage *s, widget *parent);
void panel_below(stage *s, widget *parent);
void panel_at_hand(stage *s, widget *bar);
// All that stands below, one under the other: for SHEET_SET.
void panel_all(stage *s, widget *list);
// What is in `top` (or NULL) is about to go.
void panel_let_go(stage *s, const widget *top);
bool panel_has_at_hand(const stage *s);
widget *panel_pick_list(stage *s, widget *parent); // the options of s->picking
// The value is now this: from the exercise. What it sets again and again comes to show 2.5
// times a second, so that no panel flashes (decision 28 is about the area; this is beside it).
void panel_set(stage *s, uint32_t control_id, double value);
void panel_show_late(stage *s);    // each turn
int panel_wait_ms(const stage *s); // until it has something to do; -1: nothing
// A key that a control asked for. False: none did.
bool panel_key(stage *s, chord c);

#endif
