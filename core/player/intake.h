// SPDX-License-Identifier: GPL-3.0-or-later
// A picture from outside, of any kind that is known, made into one of ours: PNG without
// anything that stood beside its pixels. Main thread.
#ifndef GESTO_PLAYER_INTAKE_H
#define GESTO_PLAYER_INTAKE_H

#include "core/base/link.h"

// Answers TO_PLAYER_INTAKE on `link`.
void intake_picture(int link, link_message *m);

#endif
