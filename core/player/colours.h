// SPDX-License-Identifier: GPL-3.0-or-later
// The colours of the theme by name, as an exercise may ask for them. Any thread.
#ifndef GESTO_PLAYER_COLOURS_H
#define GESTO_PLAYER_COLOURS_H

#include <stdint.h>

// 0xRRGGBB of a token ("ink", "surface"...) in the theme that the look's flags ask for; the
// ink of that theme for a name that is not known.
uint32_t colours_find(const char *token, uint32_t look_flags);

#endif
