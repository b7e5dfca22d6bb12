// SPDX-License-Identifier: GPL-3.0-or-later
// How a client ended a creation by an act of their own: washed away, torn, buried. What the
// picture did is what becomes of the files, unless the client says otherwise at closing. It
// stands as the fact "ending" in creation.json. Keeper's main thread.
#ifndef GESTO_KEEPER_ENDING_H
#define GESTO_KEEPER_ENDING_H

#include "core/record/archive.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct ending {
  const char *word; // in creation.json, and to the stage: "washed-away"
  consent keep;     // unless they say otherwise at closing
  bool partly; // that part is gone; of the rest nothing is said, but how it was made goes
} ending;

// `how`: GESTO_WASHED_AWAY…, a player's word. NULL: it has not been ended.
const ending *ending_of(uint64_t how);
// Of the creation whose folder this is. NULL: it has not been ended, or it is gone.
const ending *ending_find(int dir);
// Notes it, or (NULL) that it was taken back. Does nothing where that stands there already.
void ending_note(session *s, uint32_t creation, const ending *e);

#endif
