// SPDX-License-Identifier: GPL-3.0-or-later
// PCM that the keeper has collected, made into a FLAC file. Main thread.
#ifndef GESTO_PLAYER_ENCODE_H
#define GESTO_PLAYER_ENCODE_H

#include "core/base/link.h"

// Answers TO_PLAYER_ENCODE on `link`.
void encode_sound(int link, link_message *m);

#endif
