// SPDX-License-Identifier: GPL-3.0-or-later
// The way of a pointer from the device to a widget, for hands that shake, cannot drag or
// cannot press: the shortest press and the guard against a second one, smoothing,
// click-move-click, dwelling, and the name that shows while something is pressed long.
// The same events at the same times always give the same. Thread of the window.
#ifndef GESTO_UI_HAND_H
#define GESTO_UI_HAND_H

#include "core/ui/pointer.h"

#include <cairo.h>
#include <stdbool.h>

typedef struct view view;
typedef struct widget widget;

#define HAND_NEVER UINT64_MAX

enum { HAND_CONTACTS = 16 };

typedef struct hand_contact {
  bool used;
  bool waits;   // its DOWN is not yet as long as the shortest press
  bool ignored; // it counts for nothing until it is up
  bool holds;   // it is up, and what it took hold of follows until the next click
  pointer first, raw, smooth;
  widget *on;        // what it pressed; NULL: nothing, or it is gone
  uint64_t since_us; // DOWN
} hand_contact;

typedef struct hand {
  hand_contact contacts[HAND_CONTACTS];
  double last_x, last_y; // where the last press ended, and when
  uint64_t last_us;
  pointer rests;                // where the pointer is, since when it dwells there
  widget *dwells_on;            // or NULL
  char dwelt_id[64];            // whose it was that went away beneath the pointer
  bool dwelt;                   // it was pressed and must be left first
  const widget *named;          // pressed long: its name shows; NULL: nobody's
  const widget *hovers, *shows; // below a pointer; whose name is on the screen
  uint64_t hovers_us;           // since when
  double part;                  // of the dwelling time, 0 to 1
} hand;

// The way in: calls view_deliver() with what is left of it. False: nobody took it.
bool hand_point(view *v, const pointer *p);
// Does what is due and says when it wants to be called next; HAND_NEVER: not at all.
uint64_t hand_tick(view *v, uint64_t now_us);
void hand_let_go(view *v); // forgets every contact; nothing is delivered
void hand_leave(view *v);  // the pointer left the window
void hand_forget(view *v, const widget *gone);
void hand_draw(view *v, cairo_t *cr); // the ring of dwelling, the name
// Whose name shows: what is pressed long, and of what shows no words itself (STATE_WORDLESS)
// also what has the focus or the ring of scanning, and what a pointer rests on.
const widget *hand_named(const view *v);

#endif
