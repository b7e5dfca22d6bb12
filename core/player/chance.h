// SPDX-License-Identifier: GPL-3.0-or-later
// Random numbers that are the same in every replay: xoshiro256**, seeded through splitmix64.
// Any thread, one at a time.
#ifndef GESTO_PLAYER_CHANCE_H
#define GESTO_PLAYER_CHANCE_H

#include <stdint.h>

typedef struct chance {
  uint64_t word[4];
} chance;

void chance_seed(chance *c, uint64_t seed);
uint64_t chance_next(chance *c);
// One step of splitmix64: spreads a number over all 64 bits.
uint64_t chance_mix(uint64_t number);

#endif
