// SPDX-License-Identifier: GPL-3.0-or-later
// The desk's page of a client's room: name, goals, exercises and their order, cautions, tools,
// loudness, minutes, language. Each choice counts at once; what is typed, once it is kept.
// Thread of the window.
#ifndef GESTO_DESK_PAGE_ROOM_H
#define GESTO_DESK_PAGE_ROOM_H

#include <stdbool.h>
#include <stdint.h>

struct desk;
typedef struct widget widget;

enum { EDIT_GOALS = 3, EDIT_MEMBERS = 64 };

typedef struct room_edit { // typed and not yet kept
  char of[32];             // id of the client it is about
  char alias[128], goals[EDIT_GOALS][512], group[128];
  char picture[1024]; // path of a file
  uint64_t members;   // bits: those of the list that are to be in a group
} room_edit;

widget *page_room_build(struct desk *d);
void page_room_open(struct desk *d); // of the client that is shown
// The keeper's sentence changed.
void page_room_refresh(struct desk *d);

#endif
