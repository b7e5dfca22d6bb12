// SPDX-License-Identifier: GPL-3.0-or-later
// A picture from outside on its way to a client: opened by a locked player alone, which makes
// a PNG of ours of it, and then put into the client's folder. What is refused leaves nothing
// behind. Keeper's main thread.
#ifndef GESTO_KEEPER_PICTURE_INTAKE_H
#define GESTO_KEEPER_PICTURE_INTAKE_H

#include "core/base/result.h"
#include "core/keeper/wake.h"
#include "core/record/archive.h"

#include <stdbool.h>
#include <stddef.h>

enum { PICTURE_SIDE = 2048 }; // what is larger is made smaller

typedef struct picture_intake {
  archive *archive; // borrowed
  struct decoder *decoder;
  char client[24], *path;
} picture_intake;

// On failure `why` has one sentence and there is nothing to finish.
MUST_USE result picture_intake_begin(picture_intake *p, archive *a, const char *client,
  const char *path, char *why, size_t room);
bool picture_intake_is_on(const picture_intake *p);
void picture_intake_wake(const picture_intake *p, wake_set *w);
// True once it is over: OK, or `why` has one sentence; with OK it may have one on what will
// look different here, or is "". The caller finishes it then.
bool picture_intake_turn(picture_intake *p, result *done, char *why, size_t room);
void picture_intake_finish(picture_intake *p); // takes a zeroed one
// All at once, for a command; `why` as above.
MUST_USE result picture_intake_run(
  archive *a, const char *client, const char *path, char *why, size_t room);

#endif
