// SPDX-License-Identifier: GPL-3.0-or-later
// The therapist's window as a whole: what it knows, what it asks of the keeper, and which
// page is shown. Pages build themselves from it. Thread of the window.
#ifndef GESTO_DESK_DESK_H
#define GESTO_DESK_DESK_H

#include "core/base/link.h"
#include "core/desk/page_room.h"
#include "core/desk/replaying.h"
#include "core/light/live.h"
#include "core/ui/say.h"
#include "core/ui/view.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum desk_page {
  PAGE_SESSIONS = 1,
  PAGE_ROOM, // of a client
  PAGE_REPLAY,
  PAGE_COVERED
} desk_page;

// What a button on a page stands for; the number of the widget counts these. All borrowed
// from the listing; a page that is built anew begins anew.
typedef struct desk_item {
  const json_t *session, *creation, *work; // the last two: or NULL
} desk_item;
enum { DESK_ITEMS = 1024 };

struct desk {
  view view;
  int link;          // to the keeper
  link_message *out; // for what is asked
  live live;         // the replay's player
  waiter_post bell;  // for its bell
  json_t *listing;   // or NULL: not there yet
  desk_item items[DESK_ITEMS];
  uint32_t item_count;
  desk_page page;
  char client[32];   // id of the client whose sessions are shown; "": the first
  char told_of[128]; // name of the session whose answers are written out; "": the newest
  json_t *told;      // what the client whose session runs said, from Finish on; or NULL
  room_edit edit;
  char seek[128]; // a client of this name is to be shown once it is in the list; "": none
  char said[512]; // the keeper's last sentence
  replaying replaying;
  char playing[1024]; // path of the sound that is heard; "": none
  bool raise;         // the window is to come to the front
  bool ended;         // the window was closed, or the keeper said so
};

// Asks the keeper; words may be NULL. What cannot be sent is said on the page.
void desk_ask(desk *d, uint32_t kind, const char *words);
void desk_ask_message(desk *d, const link_message *m);
// Builds the page that is due and shows it; keeps nothing of the one before.
void desk_show(desk *d, desk_page page);
void desk_show_again(
  desk *d); // the same, with the focus and what is in sight as they were
// Takes one message of the keeper's; what rides along that nobody takes is dropped by the
// caller.
void desk_hear(desk *d, link_message *m);
void desk_resize(desk *d);       // the view has another size
void desk_take_picture(desk *d); // if the replay's player has a new one
MUST_USE result desk_init(desk *d, int32_t width_px, int32_t height_px, double scale);
void desk_finish(desk *d); // takes a zeroed one

#endif
