// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/chance.h"

uint64_t chance_mix(uint64_t number) {
  uint64_t z = number + UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return z ^ z >> 31;
}

void chance_seed(chance *c, uint64_t seed) {
  for (int i = 0; i < 4; i++) {
    c->word[i] = chance_mix(seed);
    seed += UINT64_C(0x9e3779b97f4a7c15);
  }
}

static uint64_t turned(uint64_t word, int bits) {
  return word << bits | word >> (64 - bits);
}

uint64_t chance_next(chance *c) {
  uint64_t *s = c->word;
  uint64_t answer = turned(s[1] * 5, 7) * 9;
  uint64_t shifted = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= shifted;
  s[3] = turned(s[3], 45);
  return answer;
}
