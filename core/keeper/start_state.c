// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/start_state.h"

#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/keeper/player_proc.h"

#include <stdio.h>
#include <stdlib.h>

static const char START[] = "start";

result start_state_take(const last_time *from, start_copy *copy) {
  *copy = (start_copy){.from = from};
  result done = last_time_load(from, PLAYER_STATE_MAX, &copy->bytes, &copy->size);
  if (done == OK && copy->size > 0) return OK;
  start_state_let_go(copy);
  return done == OK ? BAD_DATA : done;
}

result start_state_keep(const start_copy *copy, int dir, beginning *b) {
  const last_time *from = copy->from;
  snprintf(b->from, sizeof b->from, "%s/%s", from->session, from->creation);
  snprintf(b->from_version, sizeof b->from_version, "%s",
    from->version[0] ? from->version : b->version);
  return io_save(dir, START, copy->bytes, copy->size);
}

void start_state_let_go(start_copy *copy) {
  free(copy->bytes);
  *copy = (start_copy){0};
}

result start_state_open(const beginning *b, int dir, snapshot *found) {
  *found = (snapshot){0};
  if (!b->from[0]) return OK;
  char *bytes = NULL;
  size_t size = 0;
  int fd = -1;
  result done = io_load(dir, START, PLAYER_STATE_MAX, &bytes, &size);
  if (done == OK && size == 0) done = BAD_DATA;
  if (done == OK) done = memory_create("gesto-start", size, &fd);
  if (done == OK) done = io_write_all_at(fd, bytes, size, 0);
  if (done == OK) done = memory_seal(fd);
  free(bytes);
  if (done != OK) {
    io_close(fd);
    return done;
  }
  *found = (snapshot){.width = b->width,
    .height = b->height,
    .scale = b->scale,
    .text_scale = b->text_scale,
    .look_flags = b->look_flags,
    .fd = fd,
    .size = size};
  snprintf(found->version, sizeof found->version, "%s", b->from_version);
  return OK;
}

void start_state_order(const beginning *b, const snapshot *start, player_order *order) {
  if (start->fd <= 0) return;
  order->state_fd = start->fd;
  order->state_size = start->size;
  order->state_version = b->from_version;
  order->anew = true;
}
