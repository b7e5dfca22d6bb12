// SPDX-License-Identifier: GPL-3.0-or-later
// Whether an exercise is close to the words of a wish: by its own words and by plain words for
// what it is meant for. It only says so; nothing is put in another order by it. Main thread.
#ifndef GESTO_STAGE_CLOSENESS_H
#define GESTO_STAGE_CLOSENESS_H

#include "core/stage/offer.h"

#include <stdbool.h>

// `wish`: as the client wrote it.
bool closeness_of(const char *wish, const offer *o);

#endif
