// SPDX-License-Identifier: GPL-3.0-or-later
// Works on their way from a player to the disk. Small ones are stored as they come; large ones
// wait here and are written piece by piece, so that a keeper never waits long for the disk.
// Keeper's main thread.
#ifndef GESTO_KEEPER_WORK_INTAKE_H
#define GESTO_KEEPER_WORK_INTAKE_H

#include "core/base/memory_map.h"
#include "core/base/result.h"
#include "core/keeper/works.h"
#include "core/record/archive.h"

#include <stdbool.h>
#include <stdint.h>

enum { INTAKE_AT_ONCE = 4 << 20, INTAKE_PIECE = 4 << 20 };

typedef struct intake_item intake_item;

typedef struct work_intake {
  made_works *works; // borrowed, like the session
  session *session;
  uint32_t creation;
  intake_item *first;
  io_saving saving; // of the first, once it is named
  uint32_t lost;    // since the round began
} work_intake;

void work_intake_init(work_intake *w, made_works *works, session *s, uint32_t creation);
// Takes what a player handed over; `fd` is sealed memory that begins with `bytes`, all lent
// for the call. What cannot be kept is said on stderr.
void work_intake_give(
  work_intake *w, const char *about_json, const void *bytes, size_t size, int fd);
// A work of this round was not even handed over whole.
void work_intake_lose(work_intake *w);
bool work_intake_busy(const work_intake *w);
void work_intake_turn(work_intake *w);  // writes one piece
void work_intake_drain(work_intake *w); // writes all that waits; takes a zeroed one

#endif
