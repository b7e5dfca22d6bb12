// SPDX-License-Identifier: GPL-3.0-or-later
// Papers of a creation that the client lets go of while the others stay: their pictures go, and
// the state to carry on from is made again without them. Keeper's main thread.
#ifndef GESTO_KEEPER_PAPERS_GONE_H
#define GESTO_KEEPER_PAPERS_GONE_H

#include "core/base/result.h"

#include <stdint.h>

struct sitting; // sitting.h

// Of which papers the creation has works, a bit each (bit n - 1: paper n). 0: of none.
uint32_t papers_gone_of(const struct sitting *s, uint32_t creation);
// Carries it out; once more does no harm. A player makes the state; where it cannot, or where
// that takes longer than some seconds, there is none any more. How the creation was made shows
// all papers and is the caller's to let go of. The session's players must be gone.
MUST_USE result papers_gone_let_go(struct sitting *s, uint32_t creation, uint32_t papers);

#endif
