// SPDX-License-Identifier: GPL-3.0-or-later
// What can be set, and why one would come here: data that the host turns into the panel.
#ifndef DRAW_DECLARED_H
#define DRAW_DECLARED_H

#include "gesto.h"

#define N_(words) (words) // shown or said: to be translated

// Numbers of controls are in journals: never changed, never used again.
enum {
  BRUSH = 1,
  SIZE,
  COLOUR,
  MIRROR,
  UNDO,
  REDO,
  NEW_PAPER,
  MORE,
  SMOOTH,
  RULER,
  SHEET,
  ADD_SHEET,
  SHEET_SHOWN,
  SHEET_OPACITY,
  RAISE,
  LOWER,
  EARLIER_PAPER,
  PAPER,
  TEXTURE,
  UNDER,
  LATER_PAPER,
  WASH_AWAY,
  TEAR,
  BURY,
  SHEETS_THERE,
  CONTROLS // one more than the last
};
enum { RUB_OUT = 5 };                                 // its place among the brushes
enum { FILL_A_SHAPE = 13 };                           // among what is behind More
enum { SMOOTH_LIGHT = 1, SMOOTH_STEADY = 3 };         // among the ways to smooth
enum { OWN_PICTURE = 1, FIRST_STARTER, UNDERS = 12 }; // among what may lie underneath

extern const gesto_control draw_controls[];
extern const gesto_purpose draw_purpose;
// In the order of their values; a NULL key ends.
extern const gesto_choice draw_brushes[], draw_more[], draw_mirrors[], draw_smooths[],
  draw_rulers[], draw_unders[], draw_sheets[], draw_textures[];
// The palette, and the colours of paper: keys are "#rrggbb".
extern const gesto_choice draw_colours[], draw_papers[];

#endif
