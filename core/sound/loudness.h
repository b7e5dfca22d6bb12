// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps what is heard over three seconds at -16 LUFS or below, by steering the mixer's gain
// from outside the device's thread. [main]
#ifndef GESTO_SOUND_LOUDNESS_H
#define GESTO_SOUND_LOUDNESS_H

#include "core/sound/mixer.h"

typedef struct loudness loudness;

loudness *loudness_create(void);    // NULL: no memory
void loudness_destroy(loudness *l); // takes NULL
// Ten times a second or so. What it listens with (2 MiB) is there while there is something to
// listen to, and for as long after as that counts.
void loudness_steer(loudness *l, mixer *m);
bool loudness_rests(const loudness *l); // need not be called until the mixer makes more

#endif
