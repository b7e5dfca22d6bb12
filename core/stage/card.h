// SPDX-License-Identifier: GPL-3.0-or-later
// The large card of an exercise: a picture, a name, what one can do, what it may help with.
// Main thread.
#ifndef GESTO_STAGE_CARD_H
#define GESTO_STAGE_CARD_H

#include "core/ui/widgets.h"

// A whole card to choose: `motif` paints the upper part.
widget *card_create(widget *parent, const char *id, const char *label,
  const char *invitation, const char *why, token tint, picture_draw *motif);

#endif
