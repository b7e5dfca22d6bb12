// SPDX-License-Identifier: GPL-3.0-or-later
// What the files behind archive.h share. Private to core/record.
#ifndef GESTO_RECORD_ARCHIVE_PARTS_H
#define GESTO_RECORD_ARCHIVE_PARTS_H

#include "core/record/archive.h"
#include "core/record/journal.h"
#include "core/record/names.h"

#include <jansson.h>

struct archive {
  int dir, keys, lock, state; // folders and the held lock; -1: not open
  char *path;
  uint8_t room[8];
  char room_hex[17];
};

typedef struct creation {
  char name[40]; // "01-draw"; "" if there is none of this number
  char exercise[128];
  int dir;
  bool gone;       // let go
  bool wanting;    // a work of it found no room: its journal is all there is of that
  json_t *about;   // creation.json; NULL if gone
  int64_t minutes; // of one that is gone
} creation;

struct session {
  archive *a;
  int dir, creations; // folders
  char *path;
  char name[NAMES_STAMP];
  uint8_t id[16];
  json_t *about; // session.json but for its list of creations
  journal *flow;
  creation *list; // number n is list[n - 1]
  uint32_t count;
};

// A folder that is made if it is not there, and opened.
MUST_USE result archive_open_folder(int dir, const char *name, int *fd);
// Writes `facts` into clients/<client>/<folder>/<stamp>.json as a fact file of this room.
// Takes over `facts`.
MUST_USE result archive_put_fact(
  archive *a, const char *client, const char *folder, const char *form, json_t *facts);
// Moves a live session that is closed to its client: the one rename, made to last.
MUST_USE result archive_move_in(archive *a, const char *client, const char *name);

// The creation of that number, NULL if there is none or it was let go.
creation *session_find(const session *s, uint32_t number);
// creation.json, atomically.
MUST_USE result session_save_creation(creation *c);
// Key and folder of a creation that session.json says is let go.
MUST_USE result session_destroy_creation(session *s, uint32_t number);

#endif
