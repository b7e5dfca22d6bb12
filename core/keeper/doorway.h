// SPDX-License-Identifier: GPL-3.0-or-later
// One keeper per archive and machine: a second `gesto` on the same archive hands
// what it was asked to the first, by a socket beside the input ring. Keeper's main thread.
#ifndef GESTO_KEEPER_DOORWAY_H
#define GESTO_KEEPER_DOORWAY_H

#include "core/base/result.h"
#include "core/keeper/wake.h"
#include "core/record/archive.h"

#include <stdbool.h>
#include <stddef.h>

enum { DOORWAY_CALLERS = 4 };

typedef struct doorway {
  int listening;                // -1: nobody can come in
  int callers[DOORWAY_CALLERS]; // who was let in and has not said anything yet; -1: free
  char name[64];
} doorway;

// Who holds the archive's lock opens it. A failure leaves none: a second `gesto` then only says
// that the archive is in use.
MUST_USE result doorway_open(doorway *d, const archive *a);
void doorway_close(doorway *d);
void doorway_wake(const doorway *d, wake_set *w);
// One who came: `kind` is ASK_DESK or ASK_SESSION, `text` what it says. True: done. A sentence
// for the caller goes into `said`, at most `room` bytes.
typedef bool doorway_call(
  void *data, uint32_t kind, const char *text, char *said, size_t room);
void doorway_turn(doorway *d, doorway_call *call, void *data);

// From the second one: says on stderr what the first one said. True: it was handed over, and
// `code` is how the program ends. False: nobody holds that archive, or does not answer.
bool doorway_hand_over(
  const char *archive_path, uint32_t kind, const char *text, int *code);

#endif
