// SPDX-License-Identifier: GPL-3.0-or-later
// How a person reaches the screen: scanning with switches, dwelling, steady hands, sizes,
// look and voice, as plain values. Whoever keeps them (the room's recipe of a client) or shows
// them (the page "Make it easier") fills one in, stage_set_access() makes it count at once.
// Ranges are those of access_keep_within(). The direction of the screen is not among them: it
// follows the language (say_is_right_to_left). Any thread.
#ifndef GESTO_UI_ACCESS_H
#define GESTO_UI_ACCESS_H

#include "core/ui/theme.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum access_scanning {
  SCANNING_OFF,
  SCANNING_ONE_SWITCH,   // the first of the two that are bound
  SCANNING_TWO_SWITCHES, // the first moves, the second chooses
} access_scanning;

typedef enum access_pace { // of one switch
  PACE_AUTO,               // the ring moves by itself, a press chooses
  PACE_STEP,               // a short press moves, a long one chooses
} access_pace;

typedef enum access_steady { STEADY_OFF, STEADY_LIGHT, STEADY_STRONG } access_steady;

typedef enum access_switch_kind {
  SWITCH_NONE,
  SWITCH_KEY,   // number: SDL_Scancode, whatever the layout of the keyboard
  SWITCH_MOUSE, // number: SDL_BUTTON_LEFT…
  SWITCH_PAD,   // number: SDL_GameControllerButton
  SWITCH_NOTE,  // number: MIDI note
} access_switch_kind;

typedef struct access_switch {
  access_switch_kind kind;
  uint32_t number;
} access_switch;

enum { ACCESS_SWITCHES = 2, ACCESS_LONG_MS = 600 };

typedef struct access_settings {
  access_scanning scanning;
  access_pace pace;
  uint32_t item_ms;    // 600 to 6000: time on each item
  bool groups_first;   // a row, then its items
  bool rest_on_last;   // after a choice the ring stays there; else it begins anew
  bool cancel_by_long; // a long press leaves the group (PACE_AUTO)
  access_switch switches[ACCESS_SWITCHES];
  uint32_t dwell_ms; // 0: off; 600 to 3000
  uint32_t target;   // least size of a target: 64, 80, 96, 128
  access_steady steady;
  uint32_t
    shortest_ms; // 0, 80, 200, 400: shorter presses do not count, nor does a second
                 // one at the same place within that time
  bool click_move_click; // a click takes hold, the next lets go
  bool easy_reading;
  bool left_handed;
  bool reduced_motion;
  theme_name theme;
  uint32_t text_percent; // 100, 115, 130, 150, 175, 200
  bool spoken_labels;
  uint32_t voice_percent; // 70, 85, 100, 115, 130, 150: how fast words are spoken
  bool captions;
  bool muted;
  uint32_t volume; // 0 to 1000
} access_settings;

// As the screen is for someone of whom nothing is known.
access_settings access_defaults(void);
// Every value to the nearest one that is allowed.
void access_keep_within(access_settings *a);
// The allowed values of a step-wise setting, for a stepper: the next one up (+1) or down (-1)
// from `value`, or `value` itself at the end.
uint32_t access_next_target(uint32_t value, int step);
uint32_t access_next_text(uint32_t value, int step);
uint32_t access_next_shortest(uint32_t value, int step);
uint32_t access_next_voice(uint32_t value, int step);
uint32_t access_next_item(uint32_t value, int step);  // by 200 ms
uint32_t access_next_dwell(uint32_t value, int step); // off, then by 200 ms

#endif
