// SPDX-License-Identifier: GPL-3.0-or-later
// A microphone through PortAudio, in a process that lives only as long as it is on: opened when
// the keeper asks, gone with the process. [main]
#ifndef GESTO_SOUND_MICROPHONE_H
#define GESTO_SOUND_MICROPHONE_H

// Serves `link` until it ends, and ends the process. What is heard goes into the note page of
// TO_SOUND_RECORD; FROM_SOUND_STATE says whether there is a microphone.
_Noreturn void microphone_run(int link);

#endif
