// SPDX-License-Identifier: GPL-3.0-or-later
// A window program (gesto-stage or gesto-desk) and its link: started, pinged each 0.7 s,
// started anew when it hangs or ends. The link outlives program and keeper: the warden holds
// both of its ends. Keeper's main thread.
#ifndef GESTO_KEEPER_WINDOW_H
#define GESTO_KEEPER_WINDOW_H

#include "core/base/link.h"
#include "core/base/result.h"
#include "core/keeper/child.h"
#include "core/keeper/wake.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum window_news {
  WINDOW_WELL = 1,
  WINDOW_ENDED, // it is gone
  WINDOW_HUNG,  // it did not answer and was ended
} window_news;

enum { WINDOW_ENDS_ROOM = 64 };

typedef struct window {
  const char *program;
  int end, other_end; // ours, the program's: borrowed
  uint32_t ping_kind;
  child child;
  bool heard;    // since it was started
  uint32_t ping; // number of the last one
  bool awaits;   // its answer has not come
  uint64_t ping_us, patience, looked_us;
  uint64_t stirred_us; // 0: it does not say when it stirs
  uint64_t ends_us[WINDOW_ENDS_ROOM];
  uint32_t ends;
} window;

void window_init(window *w, const char *program, const int ends[2], uint32_t ping_kind);
// Starts it. What an earlier one had not read from its link is thrown away.
MUST_USE result window_start(window *w);
// Takes over one that runs. NOT_FOUND.
MUST_USE result window_adopt(window *w, int32_t pid);
// Any word of it counts as an answer.
void window_heard(window *w);
// It said more than an answer: it is pinged often for a while. Then it rests, and so do we,
// until it stirs. One of which this is never said is pinged all the time.
void window_stirred(window *w);
void window_wake(const window *w, wake_set *set);
window_news window_look(window *w);
// True after five ends within 10 s (times patience): it is not to be started again.
bool window_gives_up(const window *w);
// Waits up to timeout_ms for it to leave by itself, then ends it.
void window_finish(window *w, int timeout_ms);

#endif
