// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/decoder.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/keeper/plain_text.h"
#include "core/keeper/player_proc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  FILE_MAX = 64 << 20,
  LIMIT_US = 5 * 1000 * 1000,
  INTAKE_US = 30 * 1000 * 1000,
  PNG_SPARE = 256 << 10, // over what its pixels come to
  SIDE_MAX = 2048,
  WORDS_A_TURN = 64
};

struct decoder {
  player_proc *player; // a spare that is never ordered; NULL: none just now
  bool busy, sent, takes_in;
  uint32_t request, longest;
  uint64_t until_us;
  int file_fd, room_fd;
  uint64_t file_size;
  link_message message;
};

result decoder_create(decoder **made) {
  *made = calloc(1, sizeof **made);
  if (!*made) return NO_MEMORY;
  (*made)->file_fd = (*made)->room_fd = -1;
  return OK;
}

static void drop_wish(decoder *d) {
  io_close(d->file_fd);
  io_close(d->room_fd);
  d->file_fd = d->room_fd = -1;
  d->busy = d->sent = false;
}

static void drop_player(decoder *d) {
  player_proc_destroy(d->player);
  d->player = NULL;
}

void decoder_destroy(decoder *d) {
  if (!d) return;
  drop_wish(d);
  drop_player(d);
  free(d);
}

static result load_file(decoder *d, const decoder_wish *wish) {
  char *bytes = NULL;
  size_t size = 0;
  result done = io_load(wish->dir, wish->name, FILE_MAX, &bytes, &size);
  if (done == OK && size == 0) done = BAD_DATA;
  if (done == OK) done = memory_create("gesto-picture", size, &d->file_fd);
  if (done == OK) done = io_write_all_at(d->file_fd, bytes, size, 0);
  if (done == OK) done = memory_seal(d->file_fd);
  free(bytes);
  d->file_size = size;
  return done;
}

result decoder_ask(decoder *d, const decoder_wish *wish) {
  if (d->busy) return NOT_NOW;
  uint32_t side = wish->longest < 16 ? 16 : wish->longest;
  d->longest = side > SIDE_MAX ? SIDE_MAX : side;
  d->request = wish->request;
  result done = load_file(d, wish);
  if (done == OK) {
    const size_t pixels = (size_t)4 * d->longest * d->longest;
    done = memory_create(
      "gesto-pixels", pixels + (wish->take_in ? PNG_SPARE : 0), &d->room_fd);
  }
  if (done == OK && !d->player) done = player_proc_start(&d->player, false);
  if (done != OK) {
    drop_wish(d);
    return done;
  }
  d->busy = true;
  d->takes_in = wish->take_in;
  d->until_us = clock_now_us() + (wish->take_in ? INTAKE_US : LIMIT_US);
  return OK;
}

static result send_wish(decoder *d) {
  link_message *m = &d->message;
  *m = (link_message){.kind = d->takes_in ? TO_PLAYER_INTAKE : TO_PLAYER_DECODE,
    .a = d->request,
    .b = d->longest,
    .big = d->file_size,
    .fds = {d->file_fd, d->room_fd, -1, -1, -1, -1},
    .fd_count = 2};
  result done = link_send(player_proc_fd(d->player), m);
  m->fd_count = 0;
  d->sent = done == OK;
  return done;
}

void decoder_wake(const decoder *d, wake_set *w) {
  if (!d->player || !d->busy) return;
  wake_on(w, player_proc_fd(d->player));
  wake_by(w, d->until_us);
}

static bool take_size(decoder *d, decoded *done) {
  uint32_t w = (uint32_t)(d->message.big >> 32);
  uint32_t h = (uint32_t)d->message.big;
  if (d->message.b != 1 || w == 0 || h == 0 || w > d->longest || h > d->longest)
    return false;
  if (memory_seal(d->room_fd) != OK) return false; // it could still be painted over
  *done = (decoded){.request = d->request, .fd = d->room_fd, .width = w, .height = h};
  d->room_fd = -1;
  return true;
}

// False: what was said fits no picture of ours, whoever said it.
static bool take_file(decoder *d, decoded *done) {
  done->answer = d->message.b;
  if (d->message.b != INTAKE_DONE) return true;
  const uint64_t most = (uint64_t)4 * d->longest * d->longest + PNG_SPARE;
  const bool fits = d->message.big > 0 && d->message.big <= most;
  if (!fits || memory_seal(d->room_fd) != OK) return false;
  done->bytes = (size_t)d->message.big;
  done->fd = d->room_fd;
  d->room_fd = -1;
  snprintf(done->blended, sizeof done->blended, "%.255s", d->message.text);
  plain_text(done->blended);
  return true;
}

// True if the wish is over, well or not. Its limit of time holds for one that talks on.
static bool hear(decoder *d, decoded *done) {
  for (int i = 0; i < WORDS_A_TURN; i++) {
    result got = link_receive(player_proc_fd(d->player), &d->message, 0);
    if (got == NOT_NOW) return false;
    if (got != OK && got != BAD_DATA) {
      drop_player(d);
      return true;
    }
    link_drop_fds(&d->message);
    const uint32_t wanted = d->takes_in ? FROM_PLAYER_INTAKEN : FROM_PLAYER_DECODED;
    if (got != OK || d->message.kind != wanted) continue;
    if (d->message.a != d->request) continue;
    const bool held = d->takes_in ? take_file(d, done) : take_size(d, done);
    // Who read foreign bytes is not asked again.
    if (!held || d->takes_in) drop_player(d);
    return true;
  }
  return false;
}

bool decoder_turn(decoder *d, decoded *done) {
  if (!d->busy) return false;
  *done = (decoded){.request = d->request, .fd = -1};
  if (d->player && player_proc_state(d->player) == PLAYER_STARTING) {
    player_proc_handle(d->player);
  }
  player_state state = d->player ? player_proc_state(d->player) : PLAYER_CRASHED;
  bool over = clock_now_us() >= d->until_us || state > PLAYER_SPARE;
  if (over) drop_player(d);
  if (!over && state == PLAYER_SPARE && !d->sent) over = send_wish(d) != OK;
  if (!over && d->sent) over = hear(d, done);
  if (over) drop_wish(d);
  return over;
}
