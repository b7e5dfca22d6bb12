// SPDX-License-Identifier: GPL-3.0-or-later
// Scanning: a ring that goes from group to group and from item to item, moved by time or by a
// switch, so that one switch is enough for everything. It needs the tree alone: the exercise
// comes first, then Pause and Stop, then the page in reading order; a sheet takes over.
// Time is an argument. Thread of the window.
#ifndef GESTO_UI_SCAN_H
#define GESTO_UI_SCAN_H

#include "core/ui/access.h"
#include "core/ui/geometry.h"

#include <cairo.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct view view;
typedef struct widget widget;

#define SCAN_NEVER UINT64_MAX

typedef struct scan {
  widget *at;   // the item, or the first of the group; NULL: not begun
  bool within;  // among the items of a group
  bool leaving; // at the end of them: the ring is around the group, a choice leaves it
  int rounds;   // through the items without a choice
  rect ring;    // where it is drawn; no width: nowhere
  double radius;
  bool stale;              // things were laid out anew
  uint64_t due_us;         // when it moves by itself
  uint64_t down_us, up_us; // of the switch; down_us 0: it is up
  int which;
  bool spent;       // the press has done its work, or does not count
  uint64_t lift_us; // when what it pressed is let go of; 0: nothing
} scan;

// A switch went down or came up; 0: the first one. True: it was taken.
bool scan_switch(view *v, int which, bool down, uint64_t now_us);
// Does what is due and says when it wants to be called next; SCAN_NEVER: not at all.
uint64_t scan_tick(view *v, uint64_t now_us);
void scan_begin_anew(view *v);
// Goes on at `at`, among the items of its group or at the group.
void scan_stay(view *v, widget *at, bool within);
void scan_forget(view *v, const widget *gone);
const widget *scan_group(const widget *w); // to which it belongs; NULL: to none
void scan_draw(view *v, cairo_t *cr);

#endif
