// SPDX-License-Identifier: GPL-3.0-or-later
// What live.c and the files live_*.c share. Theirs alone.
#ifndef GESTO_KEEPER_LIVE_INNER_H
#define GESTO_KEEPER_LIVE_INNER_H

#include "core/base/link.h"
#include "core/base/memory_map.h"
#include "core/keeper/closing.h"
#include "core/keeper/gallery.h"
#include "core/keeper/live.h"
#include "core/keeper/note.h"
#include "core/keeper/performance.h"
#include "core/keeper/sitting.h"
#include "core/keeper/sound_link.h"
#include "core/keeper/speech.h"
#include "core/keeper/trouble.h"
#include "core/keeper/window.h"

#include <jansson.h>
#include <limits.h>

enum { ASIDE_MAX = 16 };

typedef struct live_choice { // what the stage asked for
  char exercise[128];
  bool carry_on;                      // with what is left from last time
  uint32_t width, height, look_flags; // as in FROM_STAGE_CHOOSE
  float scale;
} live_choice;

struct live {
  live_setup setup;
  sitting sitting;
  client_room room;
  exercise_entry own;  // of the exercise that runs, with the room's settings
  bool open;           // the sitting has begun
  performance *now;    // or NULL
  live_choice pending; // begins once `now` is left; exercise "": none
  const exercise_entry *aside[ASIDE_MAX]; // not offered any more in this session
  uint32_t aside_count;
  window stage;
  sound_link sound;
  speech speech;
  bool voice_told; // that words can be spoken
  note note;
  memory_map sound_page;
  decoder *decoder;
  gallery gallery;
  closing_answers answers;
  trouble trouble; // of the exercise that ended by itself last
  last_time last;  // what can be carried on; no exercise: nothing
  bool closing, closed, bye, over;
  bool last_word_due; // closing: the works are settled, but the client is still there
  uint64_t settled_us;
  char *told; // what the client said, as told_json of record/told.h; NULL: not given yet
  uint32_t told_count;
  bool calm; // the next stage begins on the calm page
  uint64_t close_retry_us, closed_us;
  bool made_again; // what the disk had no room for, since the last attempt to close
  int exit_code;
  link_message *in, *out;
  char client_id[24];
  char notice[512];
  char path[PATH_MAX];
};

// live_stage.c: the words between keeper and stage.
void live_hear_stage(live *l);
void live_say_player(live *l, bool again);
void live_say_spots(live *l);
void live_say_notice(live *l, const char *sentence);
void live_say_settled(live *l); // that it could not be closed is true no more

// live_choice.c: what a client chooses beside an exercise of the menu.
void live_find_last(live *l);
void live_begin_clock(live *l);
void live_set_minutes(live *l, uint32_t minutes);
void live_add_choices(const live *l, json_t *to); // members of TO_STAGE_SESSION
// A creation that was left goes on where it was, as soon as it is left.
void live_go_back(live *l, uint32_t creation);
void live_turn_back(live *l, uint32_t left); // this one has just been left

// live_trouble.c: what is noted for the therapist.
void live_note_trouble(live *l);  // the exercise that runs has ended by itself
void live_write_trouble(live *l); // FROM_STAGE_TROUBLE

// live_sound.c: what is spoken, and whether there is sound.
MUST_USE result live_begin_sound(live *l);
void live_finish_sound(live *l);
void live_wake_sound(const live *l, wake_set *w);
void live_turn_sound(live *l);
void live_say_sound(live *l);
void live_say_note(live *l);
bool live_hear_sound(live *l); // l->in; false: it was about something else
void live_hear_said(void *data, const char *words, bool now, uint64_t time_us);
void live_hear_cue(void *data, uint32_t kind, double seconds);

// live_exercise.c: the exercise that is on.
const exercise_entry *live_find_exercise(live *l, const char *id, char *why, size_t room);
void live_choose(live *l, const live_choice *choice);
void live_leave(live *l);
void live_finish_performance(live *l); // it was left: its works go to the gallery
void live_bring_back(live *l, uint32_t creation);

// live.c
void live_begin_session(live *l);
void live_note_room(live *l); // the room is other than it was
void live_close(live *l);     // with what l->answers holds
void live_take_last_word(live *l);
void live_tell(live *l); // what the client gave may be read from now on

#endif
