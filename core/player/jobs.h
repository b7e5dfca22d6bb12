// SPDX-License-Identifier: GPL-3.0-or-later
// Works on their way to the keeper: what works() handed over is encoded on a thread of its own
// into memory that the keeper gives, and announced on the link. One request at a time is
// gathered; several may be on their way.
#ifndef GESTO_PLAYER_JOBS_H
#define GESTO_PLAYER_JOBS_H

#include "core/base/link.h"
#include "core/player/machine.h"

typedef struct jobs jobs;

// `link` is borrowed.
MUST_USE result jobs_create(jobs **j, int link);
// Waits for what is being encoded. Takes NULL.
void jobs_destroy(jobs *j);
// [main] Calls works() and asks the keeper for memory for each thing it hands over. Answers
// the request itself when there is nothing.
void jobs_gather(jobs *j, machine *m, uint32_t request);
// [main] The keeper's answer to one of those (TO_PLAYER_MEMORY).
void jobs_take_memory(jobs *j, link_message *answer);

#endif
