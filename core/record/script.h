// SPDX-License-Identifier: GPL-3.0-or-later
// The gesture script: JSON Lines, the text form of a journal (design: commands page;
// docs/session-format.md). Any thread.
#ifndef GESTO_RECORD_SCRIPT_H
#define GESTO_RECORD_SCRIPT_H

#include "core/base/result.h"
#include "core/base/ring.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef struct script_head {
  char exercise[128];  // id
  float width, height; // stage, units
  float scale;         // pixels per unit; 1 if the script does not say
  uint64_t seed;
  uint32_t look_flags;
  float text_scale;
} script_head;

enum { SCRIPT_EVENT = 1, SCRIPT_ADVANCE, SCRIPT_CLOSE };
typedef struct script_close {
  char keep[16]; // "keep", "private", "let-go"
  bool process;
  uint32_t papers_gone; // let go of while the others stay, bit n - 1: paper n
  char title[512];
} script_close;

typedef struct script_line {
  uint32_t kind;     // SCRIPT_…
  gesto_event event; // rounded; .time in microseconds (also for ADVANCE and CLOSE)
  script_close close;
} script_line;

// How the script's reader and writer turn keys into numbers: controls by key, choices by
// key. `declared` is the JSON text of FROM_PLAYER_LOADED.
typedef struct script_names script_names;
MUST_USE result script_names_create(script_names **names, const char *declared_json);
void script_names_destroy(script_names *names);

typedef struct script script; // a script being read
// On failure *s still has to be closed, and script_error says a sentence (*s may be NULL).
MUST_USE result script_open(script **s, const char *path, script_head *head);
// OK, or ENDED, or BAD_DATA: script_error says line number and reason in a sentence.
MUST_USE result script_next(script *s, const script_names *names, script_line *line);
const char *script_error(const script *s);
void script_close_file(script *s);

MUST_USE result script_write_head(FILE *to, const script_head *head);
MUST_USE result script_write_line(
  FILE *to, const script_names *names, const script_line *line);

#endif
