// SPDX-License-Identifier: GPL-3.0-or-later
// The finished works of one creation, as its player handed them over: stored in the session
// and remembered, so that the stage can be told of them. Keeper's main thread.
#ifndef GESTO_KEEPER_WORKS_H
#define GESTO_KEEPER_WORKS_H

#include "core/base/result.h"
#include "core/record/archive.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

enum { WORKS_MAX = 48, WORKS_PAPERS = 32 };

typedef struct made_work {
  char kind[16], file[64], title[256]; // kind as in archive.h
  uint32_t width, height;              // pictures
  uint64_t frames;                     // sounds
  uint32_t paper;                      // which one it is of, from 1; 0: of none
} made_work;

typedef struct made_works {
  made_work items[WORKS_MAX];
  uint32_t count;
  uint32_t kept; // of items: how many came in this round
} made_works;    // zeroed: none

// Which paper a work is of, from 1, as a player or creation.json says it; 0: of none.
uint32_t works_paper(const json_t *about);
// What an earlier keeper stored, as the creation.json in `dir` lists it.
void works_find(made_works *w, int dir);
// A new round: what comes now replaces what has the same name.
void works_begin_round(made_works *w);
// The round is over and whole: what was stored before and was not handed over again (a loop
// that was taken away) goes out of the session. The first failure is returned.
MUST_USE result works_end_round(made_works *w, session *s, uint32_t creation);
// What a player says of a work, with the name that it gets.
typedef struct named_work {
  json_t *about; // the holder's
  made_work work;
} named_work;
// `about_json` as of FROM_PLAYER_WORK. BAD_DATA: it is not what it says (a picture that does
// not begin like a PNG, a sound not like FLAC, facts that are no JSON); TOO_LARGE.
MUST_USE result works_name(const made_works *w, const char *about_json, const void *bytes,
  size_t size, named_work *named);
void works_forget_name(named_work *named); // takes a zeroed one
// Stores it and remembers it: all at once, or what was written already into the folder of the
// creation under its name (which is over then). One at a time, in the order of names.
MUST_USE result works_put(made_works *w, session *s, uint32_t creation,
  const named_work *named, const void *bytes, size_t size);
MUST_USE result works_keep(made_works *w, session *s, uint32_t creation,
  const named_work *named, io_saving *written, size_t size);

#endif
