// SPDX-License-Identifier: GPL-3.0-or-later
// The voice note of a client, from the microphone to a file of the session. The microphone is
// a process of its own (gesto-sound --microphone) that lives only while it is on. What it hears
// goes to note.pcm at once, so that nothing said is lost; a player makes note.flac of it; a
// fact of the session names it. Let go means gone. Keeper's main thread.
#ifndef GESTO_KEEPER_NOTE_H
#define GESTO_KEEPER_NOTE_H

#include "core/base/link.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/keeper/child.h"
#include "core/keeper/desk_listen.h"
#include "core/keeper/sound_link.h"
#include "core/keeper/wake.h"
#include "core/record/archive.h"

#include <stdbool.h>
#include <stdint.h>

#define NOTE_FILE "note.flac"
#define NOTE_RAW "note.pcm"

typedef enum note_state { // as TO_STAGE_NOTE names them, in this order
  NOTE_NONE,
  NOTE_OPENING,
  NOTE_ON,
  NOTE_MAKING,
  NOTE_KEPT,
  NOTE_NO_MICROPHONE,
} note_state;

typedef struct note {
  session *session; // borrowed; NULL: no session is open
  sound_page *page; // borrowed: says that a microphone is on
  note_state state;
  bool fresh;     // there is something to tell: whoever tells it clears it
  double seconds; // so far, or of the file
  uint32_t level; // 0..1000
  child microphone;
  int end, page_fd; // -1: none
  memory_map ring;  // note_page
  int raw_fd;       // note.pcm; -1: not open
  uint64_t frames;  // in it
  uint64_t until_us, told_us;
  player_proc *encoder;
  bool sent;
  int pcm_fd, room_fd; // what the encoder reads and writes
  desk_listen heard;
  bool listens;
  uint64_t heard_until_us;
  link_message *message;
} note;

MUST_USE result note_init(note *n, sound_page *page);
// The session is open: what an earlier keeper left there is taken up.
void note_open(note *n, session *s);
// It is about to be closed, or let be: nothing is under way any more. What was not ended by
// the client is gone; what is a note stays.
void note_close(note *n, sound_link *sound);
void note_finish(note *n);
void note_hear(note *n, uint32_t what, sound_link *sound); // NOTE_BEGIN…
// Something is on its way that closing should wait for. Ends what is being recorded.
bool note_settles(note *n);
void note_wake(const note *n, wake_set *w);
void note_turn(note *n, sound_link *sound);
// TO_STAGE_NOTE's text; the caller frees. NULL: no memory.
char *note_json(const note *n);
// Of a session that is closed later, from the desk: removes what was not ended by the client.
void note_forget_raw(const session *s);

#endif
