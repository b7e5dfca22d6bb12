// SPDX-License-Identifier: GPL-3.0-or-later
// `gesto-player --probe`: what a file declares, learnt in a process that was locked first.
#ifndef GESTO_PLAYER_PROBE_H
#define GESTO_PLAYER_PROBE_H

// Prints the JSON of declared.h on stdout, or one sentence on stderr; returns the exit status.
int probe_run(const char *path);

#endif
