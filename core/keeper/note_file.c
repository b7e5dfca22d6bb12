// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/note_parts.h"

#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

enum {
  LIMIT_US = 60 * 1000 * 1000,
  WORDS_A_TURN = 64,
  BYTES_A_FRAME = 3,
  TURN_US = 20 * 1000,
  TAIL_US = 300 * 1000, // the player's first blocks
};
#define RAW_MOST ((size_t)310 * NOTE_RATE * BYTES_A_FRAME)

// As sound_file_room says it of two channels.
static uint64_t room_for(uint64_t frames) {
  return frames * 6 + frames / 64 + (64 << 10);
}

// ---- Made into a file ------------------------------------------------------------------------

void note_encode_drop(note *n) {
  player_proc_destroy(n->encoder);
  io_close(n->pcm_fd);
  io_close(n->room_fd);
  n->encoder = NULL;
  n->pcm_fd = n->room_fd = -1;
  n->sent = false;
}

static void rest(note *n, bool kept) {
  note_encode_drop(n);
  n->state = kept ? NOTE_KEPT : NOTE_NONE;
  n->fresh = true;
}

static void give_up(note *n, const char *why) {
  fprintf(stderr, "gesto: a voice note could not be made into a file: %s.\n", why);
  rest(n, note_file_there(n));
}

static result load_raw(note *n) {
  char *bytes = NULL;
  size_t size = 0;
  result done = io_load(session_dir(n->session), NOTE_RAW, RAW_MOST, &bytes, &size);
  n->frames = size / BYTES_A_FRAME;
  if (done == OK && n->frames == 0) done = BAD_DATA;
  if (done == OK)
    done = memory_create("gesto-note-raw", (size_t)n->frames * BYTES_A_FRAME, &n->pcm_fd);
  if (done == OK)
    done = io_write_all_at(n->pcm_fd, bytes, (size_t)n->frames * BYTES_A_FRAME, 0);
  if (done == OK) done = memory_seal(n->pcm_fd);
  free(bytes);
  return done;
}

void note_encode_begin(note *n) {
  n->state = NOTE_MAKING;
  n->fresh = true;
  n->until_us = clock_now_us() + LIMIT_US;
  result done = load_raw(n);
  if (done == OK)
    done = memory_create("gesto-note-file", (size_t)room_for(n->frames), &n->room_fd);
  if (done == OK) done = player_proc_start(&n->encoder, false);
  if (done != OK) give_up(n, result_text(done));
}

static result send_order(note *n) {
  link_message *m = n->message;
  *m = (link_message){.kind = TO_PLAYER_ENCODE,
    .a = 1,
    .big = n->frames,
    .fds = {n->pcm_fd, n->room_fd},
    .fd_count = 2};
  result done = link_send(player_proc_fd(n->encoder), m);
  m->fd_count = 0;
  n->sent = done == OK;
  return done;
}

static result note_fact(note *n) {
  json_t *fact = json_pack("{s:s, s:f}", "file", NOTE_FILE, "seconds", n->seconds);
  char *text = fact ? json_dumps(fact, JSON_COMPACT) : NULL;
  json_decref(fact);
  result done = text ? session_set_fact(n->session, "voice_note", text) : NO_MEMORY;
  free(text);
  if (done == OK) done = session_save(n->session);
  if (done == OK) done = session_flow(n->session, "{\"fact\":\"voice_note\"}");
  return done;
}

// The memory could still be painted over until it is sealed; then it is what it says.
static result keep_file(note *n, uint64_t size) {
  memory_map map = {.bytes = NULL};
  int dir = session_dir(n->session);
  if (size == 0 || size > room_for(n->frames)) return BAD_DATA;
  result done = memory_seal(n->room_fd);
  if (done == OK) done = memory_map_open(&map, n->room_fd, false, (size_t)size);
  if (done == OK) done = io_save(dir, NOTE_FILE, map.bytes, (size_t)size);
  memory_map_close(&map);
  n->seconds = (double)n->frames / NOTE_RATE;
  if (done == OK) done = note_fact(n);
  if (done == OK) done = io_unlink(dir, NOTE_RAW);
  if (done == OK) done = io_sync(dir);
  return done;
}

static void hear(note *n) {
  for (int i = 0; i < WORDS_A_TURN; i++) {
    result got = link_receive(player_proc_fd(n->encoder), n->message, 0);
    if (got == NOT_NOW) return;
    if (got != OK && got != BAD_DATA) {
      give_up(n, "the program that makes it ended");
      return;
    }
    link_drop_fds(n->message);
    if (got != OK || n->message->kind != FROM_PLAYER_ENCODED) continue;
    result kept = n->message->b == 1 ? keep_file(n, n->message->big) : FAILED;
    if (kept == OK)
      rest(n, true);
    else
      give_up(n, result_text(kept));
    return;
  }
}

void note_encode_turn(note *n) {
  if (!n->encoder) return;
  if (player_proc_state(n->encoder) == PLAYER_STARTING) player_proc_handle(n->encoder);
  player_state state = player_proc_state(n->encoder);
  if (state > PLAYER_SPARE || clock_now_us() > n->until_us) {
    give_up(n, "it took too long, or its program ended");
    return;
  }
  if (state == PLAYER_SPARE && !n->sent && send_order(n) != OK) {
    give_up(n, "its program does not answer");
    return;
  }
  if (n->sent) hear(n);
}

void note_encode_wake(const note *n, wake_set *w) {
  if (!n->encoder) return;
  wake_on(w, player_proc_fd(n->encoder));
  wake_by(w, n->until_us);
  if (!n->sent) wake_by(w, clock_now_us() + TURN_US);
}

// ---- Listened to -------------------------------------------------------------------------------

void note_stop_listening(note *n, sound_link *sound) {
  if (!n->listens) return;
  desk_listen_stop(&n->heard, sound);
  n->listens = false;
  n->fresh = true;
}

void note_listen(note *n, sound_link *sound) {
  char path[PATH_MAX];
  if (n->state != NOTE_KEPT || n->listens) return;
  snprintf(path, sizeof path, "%s/" NOTE_FILE, session_path(n->session));
  sound_link_quiet(sound);
  if (desk_listen_begin(&n->heard, path) != OK) return;
  n->listens = true;
  n->fresh = true;
  n->heard_until_us = 0;
}

void note_turn_listening(note *n, sound_link *sound) {
  if (!n->listens) return;
  bool was_sent = n->heard.sent;
  bool runs = desk_listen_turn(&n->heard, sound);
  if (n->heard.sent && !was_sent)
    n->heard_until_us = clock_now_us() + (uint64_t)(n->seconds * 1e6) + TAIL_US;
  bool over = n->heard_until_us && clock_now_us() > n->heard_until_us;
  if (!runs || over) note_stop_listening(n, sound);
}
