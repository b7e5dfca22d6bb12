// SPDX-License-Identifier: GPL-3.0-or-later
// How many times as long as usual a program is waited for before it is taken for one that hangs,
// and how many times as often one may end: once. Programs under sanitizers, and tests on a busy
// machine (GESTO_PATIENCE in the environment: up to 1000), are slow without being ill.
#ifndef GESTO_KEEPER_PATIENCE_H
#define GESTO_KEEPER_PATIENCE_H

#include <stdint.h>

uint32_t patience(void); // 1 or more; any thread

#endif
