// SPDX-License-Identifier: GPL-3.0-or-later
// gesto-sound as its keeper sees it: started, given the wave of whatever sounds, started
// again with a growing delay when it ends (PortAudio can abort and hang). Keeper's main thread.
#ifndef GESTO_KEEPER_SOUND_LINK_H
#define GESTO_KEEPER_SOUND_LINK_H

#include "core/base/link.h"
#include "core/keeper/child.h"
#include "core/keeper/voice.h"
#include "core/keeper/wake.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct sound_link {
  int end; // -1: none
  child child;
  int page_fd; // of the sound page, borrowed
  int wave_fd; // a copy of what is attached; -1: nothing
  uint64_t retry_us, delay_us, started_us;
  link_message *message;
  bool runs, told;    // a device plays; `runs` and `why` were told at all
  bool fresh;         // and are others than before: whoever tells them on clears it
  uint64_t silent_us; // since when no device plays; 0: one does, or that is told
  char why[256];      // in its own words, "" if all is well
  char silent_why[256];
} sound_link;

// `page_fd`: a memfd of a sound_page. Starts nothing yet: the first turn does.
void sound_link_init(sound_link *s, int page_fd);
void sound_link_attach(sound_link *s, int wave_fd); // -1: detach
// Something that is spoken, beside the wave. `now`: instead of what is being said.
void sound_link_clip(sound_link *s, const voice_clip *clip, bool now);
void sound_link_quiet(sound_link *s); // what is being said ends
void sound_link_chime(sound_link *s, uint32_t kind, double seconds);
void sound_link_wake(const sound_link *s, wake_set *w);
void sound_link_turn(sound_link *s);
void sound_link_finish(sound_link *s);

#endif
