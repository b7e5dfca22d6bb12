// SPDX-License-Identifier: GPL-3.0-or-later
// What the keeper must not miss: facts that the client gave, and Finish. If its queue is full
// (a slow disk), they wait here and go in their order. Main thread.
#ifndef GESTO_STAGE_OUTBOX_H
#define GESTO_STAGE_OUTBOX_H

#include <stdbool.h>
#include <stdint.h>

typedef struct stage stage;

enum { OUTBOX_MOST = 16, OUTBOX_AGAIN_MS = 50 };

typedef struct outbox {
  struct {
    uint32_t kind, a;
    char *text; // JSON
  } items[OUTBOX_MOST];
  uint32_t count;
} outbox;

// Takes over `text` (from malloc; NULL: none). Sent at once where that is possible.
void outbox_put(stage *s, uint32_t kind, uint32_t a, char *text);
void outbox_turn(stage *s);
bool outbox_waits(const stage *s);
void outbox_finish(stage *s); // wipes what was never sent

#endif
