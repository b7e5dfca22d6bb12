// SPDX-License-Identifier: GPL-3.0-or-later
// A shared object that is no exercise.
#include "broken.h"

GESTO_EXPORT int something_else(void);
int something_else(void) { return plain_purpose.size > 0; }
