// SPDX-License-Identifier: GPL-3.0-or-later
// All that the client's window knows: the session, the running exercise, what was made, the
// page that shows. Pages are built from it and ask for the next page; the loop turns them.
// Main thread.
#ifndef GESTO_STAGE_STAGE_H
#define GESTO_STAGE_STAGE_H

#include "core/base/link.h"
#include "core/base/ring.h"
#include "core/light/live.h"
#include "core/stage/aside.h"
#include "core/stage/choosing.h"
#include "core/stage/closer.h"
#include "core/stage/dab.h"
#include "core/stage/fingers.h"
#include "core/stage/input.h"
#include "core/stage/lines.h"
#include "core/stage/lost.h"
#include "core/stage/mix.h"
#include "core/stage/offer.h"
#include "core/stage/outbox.h"
#include "core/stage/page_access.h"
#include "core/stage/panel_fade.h"
#include "core/stage/panel_hold.h"
#include "core/stage/panel_link.h"
#include "core/stage/room.h"
#include "core/stage/said.h"
#include "core/stage/saved.h"
#include "core/stage/session_clock.h"
#include "core/stage/speaking.h"
#include "core/stage/spots.h"
#include "core/stage/voice_note.h"
#include "core/ui/access.h"
#include "core/ui/view.h"

#include <stdbool.h>
#include <stdint.h>

enum { STAGE_OFFERS = 24, STAGE_MADE = 48, MADE_PICTURES = 24 };

typedef enum page_name {
  PAGE_STAY, // no other page is wanted
  PAGE_WAIT, // the keeper has not said anything yet
  PAGE_WELCOME,
  PAGE_CHOOSE,
  PAGE_TALK,
  PAGE_EXERCISE,
  PAGE_LOST,   // the exercise ended by itself
  PAGE_ACCESS, // make it easier
  PAGE_CALM,   // Stop
  PAGE_CLOSING,
  PAGE_LEAVING, // Finish was pressed: the feeling once more
  PAGE_FAREWELL,
  PAGE_COUNT
} page_name;

typedef enum sheet_name {
  SHEET_STAY,
  SHEET_NONE,
  SHEET_PAUSE,
  SHEET_PICK,   // the choices of one control
  SHEET_MIX,    // a colour, beside the work
  SHEET_REST,   // rows of the panel for which there is no room
  SHEET_GROUP,  // the controls of one group, beside the work
  SHEET_CLOSER, // closer to the paper by single presses, beside the work
  SHEET_SET,    // all controls of an exercise, where the panel has no room
  SHEET_WISH,   // the wish of today, edited later
  SHEET_WORD,   // the client's own word for the place on the feeling field
  SHEET_MORE,   // say more
  SHEET_PAPERS, // which papers of a creation stay
  SHEET_ABOUT,  // what an exercise is for
  SHEET_HERE,   // here and now
  SHEET_LOST,   // why an exercise ended, for the therapist
} sheet_name;

typedef enum answer {
  ANSWER_NONE = -1,
  ANSWER_KEEP,
  ANSWER_PRIVATE,
  ANSWER_LET_GO
} answer;

typedef struct ending {           // how an exercise lets a client end what they made
  const char *word, *said, *icon; // to the keeper; on the screen
  answer answer;                  // what becomes of it, unless they say otherwise
} ending;

typedef struct made { // a creation, for closing
  uint32_t creation;
  char title[512], exercise[96], kind[16];
  double seconds;
  cairo_surface_t *picture;       // or NULL; of several: all of them, small
  uint32_t pictures;              // how many those are
  uint32_t papers[MADE_PICTURES]; // of which paper each is, from 1; 0: of none
  uint32_t papers_gone;           // let go of while the others stay, bit n - 1: paper n
  answer answer;
  bool process;        // "and how I made it"
  const ending *ended; // by an act of the client's; NULL: it was not
  bool partly_gone;    // so that how it was made is not kept
} made;

typedef struct stage stage;
struct stage {
  view view;
  int link; // to the keeper; -1: none
  link_message *out;
  ring ring;
  bool has_ring;
  memory_map sound; // sound_page, or nothing
  uint32_t offer_count;
  const offer *chosen; // or NULL
  panel_link links[OFFER_CONTROLS];
  panel_hold hold;
  panel_fade fade;
  dab dab;
  mixing mixing;
  live live;
  spots spots; // of the exercise that runs
  input input;
  closer closer;
  fingers fingers;
  words_said said;
  outbox outbox;
  choosing choosing;
  session_clock clock;
  aside aside;
  stage_room room;
  access_page access_page;
  saved_watch saved;
  saved_state saved_now;
  made made[STAGE_MADE];
  uint32_t made_count;
  page_name page, next_page;
  page_name stopped_on; // where Stop was pressed
  page_name was_on;     // the window before this one; PAGE_STAY: not known
  bool was_calm;        // and Stop had been pressed there
  sheet_name sheet, next_sheet;
  uint32_t
    picking; // index of the control of SHEET_PICK, the first of SHEET_GROUP, SHEET_MIX
  widget *area, *saved_mark, *notice; // of the page that shows, or NULL
  int32_t area_w, area_h;             // pixels that the player was asked for
  char sentence[1024];                // why an exercise ended, as the keeper put it
  char keeper_notice[1024];
  bool has_chosen;      // something was chosen in this window
  bool coming_back;     // the keeper brings the exercise back
  bool awaited;         // an exercise was chosen, its player has not come
  bool leaving;         // works of a left exercise are on their way
  bool closing_sent;    // Finish was pressed
  bool closed;          // the keeper has closed the session
  uint64_t farewell_us; // when the farewell was first shown; 0: not yet
  bool keeper_gone;
  uint32_t lost_count; // how often the chosen exercise ended by itself
  lost lost;
  uint32_t
    eased_told; // of the times that its light was eased, those that the keeper knows
  uint64_t eased_told_us;  // when it was told last; 0: never
  uint64_t panel_shown_us; // when what an exercise set on its panel came to show
  access_settings
    access; // how this client reaches the screen; stage_set_access changes it
  access_settings next_access;
  bool access_waits;        // next_access is to count at the end of this turn
  uint64_t reach_us;        // when the view wants to be called next
  bool switch_is_down;      // a key that is a switch: what it would type is not meant
  crossing lines;           // drawing with a switch
  theme_name theme;         // of access, and the next two
  double scale, text_scale; // 1 to 2
  uint32_t volume;          // 0..1000
  speaking speaking;
  voice_note note;
  bool quit;
  waiter_post bell;    // for the player's bell
  uint64_t now_us;     // CLOCK_MONOTONIC of this turn
  uint64_t stirred_us; // when the keeper was told last that we stir
  // Last: room for many, of which what nobody offers is never touched.
  offer offers[STAGE_OFFERS];
};

void stage_init(stage *s, int32_t width_px, int32_t height_px, double scale);
void stage_finish(stage *s);
// Another page, or the same one built anew, at the end of this turn.
void stage_go(stage *s, page_name page);
void stage_open(stage *s, sheet_name sheet);
// Does what stage_go and stage_open asked for.
void stage_turn(stage *s);
void stage_rebuild(stage *s); // the size or the look changed
void stage_set_look(stage *s, theme_name look, double text_scale);
uint32_t stage_look_flags(const stage *s); // GESTO_EVENING…
// How this client reaches the screen, from now on: look, sizes, scanning, voice. Values out of
// range are kept within it. Pages are built anew. Not while a widget is being called: use
// stage_want_access there, which does it at the end of this turn.
void stage_set_access(stage *s, const access_settings *a);
void stage_want_access(stage *s, const access_settings *a);
// Says it to the keeper; without one, or if its queue is full, nothing happens.
void stage_say(stage *s, uint32_t kind, uint32_t a, const char *text);
// Before anything is taken in but a ping: should it never end, the keeper watches.
void stage_stirs(stage *s);
void stage_send(stage *s); // s->out, filled in by the caller after stage_message()
link_message *stage_message(stage *s, uint32_t kind);
void stage_fact(stage *s, const char *fact); // FROM_STAGE_FLOW {"fact":…}

// What a client decides.
void stage_choose(stage *s, const offer *o, bool last); // last: as it was left last time
void stage_pause(stage *s);
void stage_carry_on(stage *s);
void stage_stop(stage *s);
void stage_leave(stage *s, page_name then); // the exercise ends, its works are made
// Finish, or Skip below the questions: what was chosen is carried out.
void stage_close(stage *s, bool skipped);
void stage_hush(stage *s, bool on);
void stage_set_volume(stage *s, uint32_t thousandths);

// The area's size on this page in pixels; asks the keeper for another frame if it differs.
void stage_fit_area(stage *s);
void stage_take_picture(stage *s); // if the player has a new one or the old one is eased
void stage_look_saved(stage *s);   // brings the mark up to date
made *stage_made(stage *s, uint32_t creation); // finds or adds; NULL: too many

#endif
