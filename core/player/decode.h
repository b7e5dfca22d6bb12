// SPDX-License-Identifier: GPL-3.0-or-later
// Foreign bytes turned into pixels for the others, who decode nothing themselves. Main thread.
#ifndef GESTO_PLAYER_DECODE_H
#define GESTO_PLAYER_DECODE_H

#include "core/base/link.h"

// Answers TO_PLAYER_DECODE on `link`.
void decode_picture(int link, link_message *m);

#endif
