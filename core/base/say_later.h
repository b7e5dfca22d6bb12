// SPDX-License-Identifier: GPL-3.0-or-later
// Marks words that whoever has a window translates when they are shown (core/ui/say.h). Any
// thread.
#ifndef GESTO_BASE_SAY_LATER_H
#define GESTO_BASE_SAY_LATER_H

#define N_(words) (words)

#endif
