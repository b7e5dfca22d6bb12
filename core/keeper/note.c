// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/note.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/note_parts.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  OPEN_US = 8 * 1000 * 1000, // a sound library may take its time
  LOOK_US = 50 * 1000,
  TELL_US = 100 * 1000,
  SECONDS_MOST = 300,
  LEAST_FRAMES = NOTE_RATE / 4, // less is a slip of the hand
  LEAVE_MS = 100,
};

static void set_state(note *n, note_state state) {
  n->state = state;
  n->fresh = true;
  n->level = 0;
  bool on = state == NOTE_OPENING || state == NOTE_ON;
  if (n->page) atomic_store(&n->page->microphone, on ? 1 : 0);
}

result note_init(note *n, sound_page *page) {
  *n = (note){.page = page, .end = -1, .page_fd = -1, .raw_fd = -1};
  n->pcm_fd = n->room_fd = -1;
  n->message = calloc(1, sizeof *n->message);
  if (page) atomic_store(&page->microphone, 0); // of a keeper before us
  return n->message ? OK : NO_MEMORY;
}

static bool is_there(const note *n, const char *name) {
  int fd = -1;
  bool there = io_open(session_dir(n->session), name, O_RDONLY, 0, &fd) == OK;
  io_close(fd);
  return there;
}

bool note_file_there(const note *n) { return is_there(n, NOTE_FILE); }

static double fact_seconds(const session *s) {
  char *facts = session_facts(s);
  json_t *all = facts ? json_loads(facts, 0, NULL) : NULL;
  double seconds =
    json_number_value(json_object_get(json_object_get(all, "voice_note"), "seconds"));
  json_decref(all);
  free(facts);
  return seconds;
}

void note_open(note *n, session *s) {
  if (n->session) return;
  n->session = s;
  bool kept = note_file_there(n);
  n->seconds = kept ? fact_seconds(s) : 0;
  set_state(n, kept ? NOTE_KEPT : NOTE_NONE);
  if (is_there(n, NOTE_RAW)) note_encode_begin(n); // the one before us was ended in it
}

// ---- The microphone --------------------------------------------------------------------------

static void drop_microphone(note *n) {
  if (n->end >= 0) {
    result said = link_say(n->end, TO_SOUND_QUIT, 0, NULL);
    (void)said;
    child_end(&n->microphone, LEAVE_MS);
  }
  io_close(n->end);
  io_close(n->page_fd);
  memory_map_close(&n->ring);
  n->end = n->page_fd = -1;
  if (n->page) atomic_store(&n->page->microphone, 0);
}

static void close_raw(note *n) {
  io_close(n->raw_fd);
  n->raw_fd = -1;
}

static void remove_raw(const session *s) {
  result gone = io_unlink(session_dir(s), NOTE_RAW);
  if (gone == OK) gone = io_sync(session_dir(s));
  (void)gone; // NOT_FOUND is what is wanted
}

void note_forget_raw(const session *s) { remove_raw(s); }

// What was there before is there still.
static void back_to_rest(note *n, note_state without) {
  drop_microphone(n);
  close_raw(n);
  remove_raw(n->session);
  bool kept = note_file_there(n);
  n->seconds = kept ? fact_seconds(n->session) : 0;
  set_state(n, kept ? NOTE_KEPT : without);
}

static result start_microphone(note *n) {
  static const char *const args[] = {"--microphone", NULL};
  int ends[2];
  result done = memory_create_shared("gesto-note", sizeof(note_page), &n->page_fd);
  if (done == OK) done = memory_map_open(&n->ring, n->page_fd, true, sizeof(note_page));
  if (done == OK) done = link_pair(ends);
  if (done != OK) return done;
  const program_start how = {
    .name = "gesto-sound", .args = args, .link = ends[1], .out = -1, .err = -1};
  done = child_start(&n->microphone, &how);
  io_close(ends[1]);
  n->end = ends[0];
  link_message *m = n->message;
  *m = (link_message){.kind = TO_SOUND_RECORD, .fds = {n->page_fd}, .fd_count = 1};
  if (done == OK) done = link_send(n->end, m);
  m->fd_count = 0;
  return done;
}

static void begin(note *n, sound_link *sound) {
  if (n->state != NOTE_NONE && n->state != NOTE_KEPT && n->state != NOTE_NO_MICROPHONE)
    return;
  note_stop_listening(n, sound);
  n->frames = 0;
  n->seconds = 0;
  n->until_us = clock_now_us() + OPEN_US;
  set_state(n, NOTE_OPENING); // before the microphone: the house is silent by then
  result done = io_open(
    session_dir(n->session), NOTE_RAW, O_WRONLY | O_CREAT | O_TRUNC, 0600, &n->raw_fd);
  if (done == OK) done = start_microphone(n);
  if (done != OK) back_to_rest(n, NOTE_NO_MICROPHONE);
}

enum { PIECE = 4096 };

static result write_piece(note *n, uint32_t from, uint32_t count) {
  uint8_t bytes[PIECE * 3];
  const note_page *shared = n->ring.bytes;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t bits = (uint32_t)shared->frames[(from + i) % NOTE_RING];
    bytes[3 * i] = (uint8_t)bits;
    bytes[3 * i + 1] = (uint8_t)(bits >> 8);
    bytes[3 * i + 2] = (uint8_t)(bits >> 16);
  }
  return io_write_all(n->raw_fd, bytes, (size_t)count * 3);
}

// What the ring holds goes to the disk. False: no more can or may be taken.
static bool take_frames(note *n) {
  note_page *shared = n->ring.bytes;
  uint32_t taken = atomic_load(&shared->taken);
  uint32_t fresh = atomic_load(&shared->written) - taken;
  uint64_t room = (uint64_t)SECONDS_MOST * NOTE_RATE - n->frames;
  if (fresh > NOTE_RING) return false; // nobody of ours writes so
  if (fresh > room) fresh = (uint32_t)room;
  for (uint32_t done = 0; done < fresh;) {
    uint32_t count = fresh - done < PIECE ? fresh - done : PIECE;
    if (write_piece(n, taken + done, count) != OK) return false;
    done += count;
    n->frames += count;
    atomic_store(&shared->taken, taken + done);
  }
  n->seconds = (double)n->frames / NOTE_RATE;
  uint32_t level = atomic_load(&shared->level);
  n->level = level < 1000 ? level : 1000;
  return n->frames < (uint64_t)SECONDS_MOST * NOTE_RATE;
}

static void end_recording(note *n) {
  if (n->state == NOTE_OPENING) {
    back_to_rest(n, NOTE_NONE);
    return;
  }
  if (n->state != NOTE_ON) return;
  (void)take_frames(n);
  drop_microphone(n);
  result synced = io_sync_data(n->raw_fd);
  (void)synced; // it is read back at once
  close_raw(n);
  if (n->frames < LEAST_FRAMES)
    back_to_rest(n, NOTE_NONE);
  else
    note_encode_begin(n);
}

static void hear_microphone(note *n) {
  result got = link_receive(n->end, n->message, 0);
  if (got == NOT_NOW) return;
  if (got == OK) link_drop_fds(n->message);
  bool state = got == OK && n->message->kind == FROM_SOUND_STATE;
  if (state && n->state == NOTE_OPENING && strstr(n->message->text, "true")) {
    note_page *shared =
      n->ring.bytes; // what it heard while it was looked at is not meant
    atomic_store(&shared->taken, atomic_load(&shared->written));
    set_state(n, NOTE_ON);
  } else if (n->state == NOTE_OPENING) {
    back_to_rest(n, NOTE_NO_MICROPHONE);
  } else if (got != OK) {
    end_recording(n); // it was unplugged: what was said is kept
  }
}

static void turn_microphone(note *n) {
  hear_microphone(n);
  if (n->state == NOTE_OPENING && clock_now_us() > n->until_us)
    back_to_rest(n, NOTE_NO_MICROPHONE);
  if (n->state != NOTE_ON) return;
  if (!take_frames(n)) {
    end_recording(n);
    return;
  }
  if (clock_now_us() - n->told_us < TELL_US) return;
  n->told_us = clock_now_us();
  n->fresh = true;
}

// ---- What the client wants ---------------------------------------------------------------------

static void let_go(note *n, sound_link *sound) {
  if (n->state != NOTE_KEPT) return;
  note_stop_listening(n, sound);
  result gone = io_unlink(session_dir(n->session), NOTE_FILE);
  if (gone == NOT_FOUND) gone = OK;
  session_drop_fact(n->session, "voice_note");
  result saved = session_save(n->session);
  remove_raw(n->session); // syncs the folder
  if (gone == OK) gone = io_sync(session_dir(n->session));
  if (gone != OK || saved != OK)
    fprintf(stderr, "gesto: a voice note was not let go of wholly: %s.\n",
      result_text(gone != OK ? gone : saved));
  if (gone != OK) return; // it is there: it is not said to be gone
  n->seconds = 0;
  set_state(n, NOTE_NONE);
}

void note_hear(note *n, uint32_t what, sound_link *sound) {
  if (!n->session) return;
  switch (what) {
  case NOTE_BEGIN: begin(n, sound); break;
  case NOTE_END: end_recording(n); break;
  case NOTE_LISTEN: note_listen(n, sound); break;
  case NOTE_QUIET: note_stop_listening(n, sound); break;
  case NOTE_LET_GO: let_go(n, sound); break;
  default: break;
  }
}

bool note_settles(note *n) {
  if (!n->session) return false;
  end_recording(n);
  return n->state == NOTE_MAKING;
}

void note_close(note *n, sound_link *sound) {
  if (!n->session) return;
  note_stop_listening(n, sound);
  bool unfinished = n->state == NOTE_OPENING || n->state == NOTE_ON;
  note_encode_drop(n);
  drop_microphone(n);
  close_raw(n);
  if (unfinished) remove_raw(n->session);
  n->session = NULL;
  n->state = NOTE_NONE;
}

void note_finish(note *n) {
  note_close(n, NULL);
  free(n->message);
  *n = (note){.end = -1, .page_fd = -1, .raw_fd = -1, .pcm_fd = -1, .room_fd = -1};
}

// ---- Turns -------------------------------------------------------------------------------------

void note_wake(const note *n, wake_set *w) {
  if (n->end >= 0) {
    wake_on(w, n->end);
    wake_by(w, clock_now_us() + LOOK_US);
  }
  note_encode_wake(n, w);
  if (!n->listens) return;
  desk_listen_wake(&n->heard, w);
  wake_by(w, n->heard_until_us);
}

void note_turn(note *n, sound_link *sound) {
  if (!n->session) return;
  if (n->end >= 0) turn_microphone(n);
  if (n->state == NOTE_MAKING) note_encode_turn(n);
  note_turn_listening(n, sound);
}

char *note_json(const note *n) {
  static const char *const names[] = {
    "none", "opening", "on", "making", "kept", "no-microphone"};
  json_t *all = json_pack("{s:s, s:f, s:i, s:b}", "state", names[n->state], "seconds",
    n->seconds, "level", (int)n->level, "listens", (int)n->listens);
  char *text = all ? json_dumps(all, JSON_COMPACT) : NULL;
  json_decref(all);
  return text;
}
