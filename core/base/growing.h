// SPDX-License-Identifier: GPL-3.0-or-later
// A list that grows with what is put into it. Any thread.
#ifndef GESTO_BASE_GROWING_H
#define GESTO_BASE_GROWING_H

#include "core/base/result.h"

#include <stddef.h>

// `list` (NULL: of room 0) holds `count` things of `each` bytes. Where it is full it becomes
// twice as large, so that n things cost n steps in all, and *room says so. Returns the list with
// room for one more, which takes the place of the old one; NULL: there is no memory, the old
// one stays as it was.
MUST_USE void *growing_list(void *list, size_t count, size_t *room, size_t each);

#endif
