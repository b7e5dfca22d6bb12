// SPDX-License-Identifier: GPL-3.0-or-later
// Monotonic and wall time, and the futex that our processes wake each other with.
#ifndef GESTO_BASE_CLOCK_H
#define GESTO_BASE_CLOCK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

uint64_t clock_now_us(void); // CLOCK_MONOTONIC
int64_t clock_wall_us(void); // CLOCK_REALTIME, since 1970, UTC
void clock_sleep_us(uint64_t us);

// Shared between processes. Waits while *word == seen, at most timeout_us (0: for ever).
// False: the time was up. Spurious wakes count as true. Works on a read-only map.
bool futex_wait(const _Atomic uint32_t *word, uint32_t seen, uint64_t timeout_us);
void futex_wake(const _Atomic uint32_t *word); // all who wait

#endif
