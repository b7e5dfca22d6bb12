// SPDX-License-Identifier: GPL-3.0-or-later
// A sound device through PortAudio. Opening may abort the process, and closing may never
// return when a sound server has died: so it is only opened after device_try() has done the
// same in a process of its own, and never closed. [main]
#ifndef GESTO_SOUND_DEVICE_H
#define GESTO_SOUND_DEVICE_H

#include "core/base/result.h"
#include "core/sound/mixer.h"

// Where the environment names one (GESTO_SOUND_DEVICE: part of its name, or "none"), that one;
// else a running JACK server; else the system's default.
MUST_USE result device_open(mixer *m, char *name, size_t room);
// Opens a device and plays silence for a moment. OK: callbacks came, and in time.
MUST_USE result device_try(void);
// Where a microphone would be opened: as above. Begins PortAudio; NOT_FOUND: there is none.
MUST_USE result device_find_input(int *index);

#endif
