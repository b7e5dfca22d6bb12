// SPDX-License-Identifier: GPL-3.0-or-later
// Buttons that act again and again while they are held, by pointer or by key (Undo, Redo):
// first after 600 ms, then every 250 ms, until they have nothing more to do. A short press
// acts once, as that of any button. Main thread.
#ifndef GESTO_STAGE_PANEL_HOLD_H
#define GESTO_STAGE_PANEL_HOLD_H

#include <stdbool.h>
#include <stdint.h>

typedef struct stage stage;
typedef struct panel_link panel_link;

typedef struct panel_hold {
  panel_link *link; // NULL: none is held
  bool by_key;
  bool again;      // it has acted since it is held
  uint64_t due_us; // when it acts next
} panel_hold;

// A key that acted is down from now on; at the end of any key it is over.
void panel_hold_key(panel_link *l);
// The same for the button that has the focus, if it was Space or Enter. A switch acts once,
// however long it is pressed.
void panel_hold_focused(panel_link *l);
void panel_hold_key_up(stage *s);
// The button was let go of. True: it has acted meanwhile, and is not to act once more.
bool panel_hold_spent(panel_link *l);
void panel_hold_turn(stage *s);         // each turn
int panel_hold_wait_ms(const stage *s); // -1: nothing is held

#endif
