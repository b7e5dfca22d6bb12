// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/desk_listen.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/memory_map.h"

#include <fcntl.h>
#include <stdlib.h>

enum { TURN_US = 20 * 1000 };
#define FILE_MAX ((size_t)512 << 20)

static result load(desk_listen *d, const char *path) {
  char *bytes = NULL;
  size_t size = 0;
  result done = io_load(AT_FDCWD, path, FILE_MAX, &bytes, &size);
  if (done == OK && size == 0) done = BAD_DATA;
  if (done == OK) done = memory_create("gesto-sound-file", size, &d->file_fd);
  if (done == OK) done = io_write_all_at(d->file_fd, bytes, size, 0);
  if (done == OK) done = memory_seal(d->file_fd);
  free(bytes);
  d->size = size;
  return done;
}

result desk_listen_begin(desk_listen *d, const char *path) {
  *d = (desk_listen){.file_fd = -1, .wave_fd = -1, .page_fd = -1};
  result done = load(d, path);
  if (done == OK)
    done = memory_create_shared("gesto-wave", sizeof(wave_page), &d->wave_fd);
  if (done == OK)
    done = memory_create_shared("gesto-page", sizeof(player_page), &d->page_fd);
  if (done == OK) done = player_proc_start(&d->player, false);
  if (done != OK) desk_listen_stop(d, NULL);
  return done;
}

void desk_listen_stop(desk_listen *d, sound_link *sound) {
  bool began = d->player || d->file_fd > 0;
  if (sound && d->player) sound_link_attach(sound, -1);
  player_proc_destroy(d->player);
  if (began) {
    io_close(d->file_fd);
    io_close(d->wave_fd);
    io_close(d->page_fd);
  }
  *d = (desk_listen){.file_fd = -1, .wave_fd = -1, .page_fd = -1};
}

void desk_listen_wake(const desk_listen *d, wake_set *w) {
  if (!d->player) return;
  wake_on(w, player_proc_fd(d->player));
  if (!d->sent) wake_by(w, clock_now_us() + TURN_US);
}

static result send_order(desk_listen *d) {
  link_message *m = calloc(1, sizeof *m);
  if (!m) return NO_MEMORY;
  *m = (link_message){.kind = TO_PLAYER_LISTEN,
    .big = d->size,
    .fd_count = 3,
    .fds = {d->file_fd, d->wave_fd, d->page_fd, -1, -1, -1}};
  result done = link_send(player_proc_fd(d->player), m);
  free(m);
  return done;
}

bool desk_listen_turn(desk_listen *d, sound_link *sound) {
  if (!d->player) return true;
  player_proc_handle(d->player);
  player_state state = player_proc_state(d->player);
  if (state == PLAYER_SPARE && !d->sent) {
    if (send_order(d) != OK) return false;
    d->sent = true;
    sound_link_attach(sound, d->wave_fd);
  }
  return state == PLAYER_STARTING || state == PLAYER_SPARE;
}
