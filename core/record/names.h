// SPDX-License-Identifier: GPL-3.0-or-later
// Names and times as the archive writes them. Nothing that a person typed becomes a path.
// Private to core/record. Any thread.
#ifndef GESTO_RECORD_NAMES_H
#define GESTO_RECORD_NAMES_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NAMES_TIME = 40, NAMES_STAMP = 64, NAMES_SHORT = 25 };

// "2026-11-23T10:15:02.123456Z" of a wall clock time.
void names_time(int64_t wall_us, char out[NAMES_TIME]);
// Back again; -1 if it is no such text.
int64_t names_time_read(const char *text);
// "<20261123T101502Z>-<room>-<8 hex>": the moment and the one writer, never twice. The first
// five of the eight count the microseconds of that second, so that one writer's names sort by
// time; the others are random, as all eight were in older archives.
void names_stamp(int64_t wall_us, const char *room_hex, char out[NAMES_STAMP]);
// True for what names_stamp makes.
bool names_is_stamp(const char *name);
// True for "c-" and 20 hex digits.
bool names_is_client(const char *name);
// Last word of an exercise's id, cleaned: "org.gesto.slow-lines" gives "slow-lines".
void names_short(const char *exercise_id, char out[NAMES_SHORT]);
// True for the name of a finished work: a-z, 0-9, '-' and '.', and none of our own files.
bool names_is_work(const char *name);

#endif
