// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the journals of a creation, whole or torn, for what a keeper must know before it
// goes on with them. Changes nothing.
#ifndef GESTO_KEEPER_TRACK_SCAN_H
#define GESTO_KEEPER_TRACK_SCAN_H

#include "core/base/result.h"
#include "core/keeper/contacts.h"

#include <stdint.h>

typedef struct track_findings {
  uint32_t files;   // highest number; 1: process.journal alone
  char *begin_json; // the caller frees
  uint64_t first_seq, last_seq;
  contacts contacts;
} track_findings;

// NOT_FOUND: no journal with a BEGIN frame.
MUST_USE result track_scan(int dir, track_findings *found);
// "process.journal", "process-2.journal"...
void track_file_name(uint32_t number, char out[32]);

#endif
