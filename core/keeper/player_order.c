// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/player_order.h"

#include "core/base/beside.h"
#include "core/base/io.h"
#include "core/keeper/program.h"

#include <fcntl.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
  SIDE_MAX = 8192,
  HAS_FEED = 1,
  HAS_WAVE = 2,
  HAS_STATE = 4,
  HAS_TAPES = 8,
  HAS_PICTURE = 16,
  HAS_PIECES = 32
};

result player_order_frame(uint32_t w, uint32_t h, int *fd) {
  *fd = -1;
  if (!w || !h || w > SIDE_MAX || h > SIDE_MAX) return TOO_LARGE;
  result r = memory_create_shared("gesto-frame", FRAME_BYTES(w, h), fd);
  const frame_head head = {.width = w, .height = h};
  if (!r) r = io_write_all_at(*fd, &head, sizeof(head), 0);
  if (r) {
    io_close(*fd);
    *fd = -1;
  }
  return r;
}

static uint32_t pixels(float units, float scale) {
  const float n = roundf(units * scale);
  return n >= 1 && n <= SIDE_MAX ? (uint32_t)n : 0;
}

static result make_memory(const player_order *order, ordered_memory *made) {
  *made = (ordered_memory){-1, -1, -1};
  result r = memory_create_shared("gesto-page", sizeof(player_page), &made->page_fd);
  if (!r && order->with_frame)
    r = player_order_frame(
      order->frame_w ? order->frame_w : pixels(order->width, order->scale),
      order->frame_h ? order->frame_h : pixels(order->height, order->scale),
      &made->frame_fd);
  if (!r && order->with_wave)
    r = memory_create_shared("gesto-wave", sizeof(wave_page), &made->wave_fd);
  return r;
}

static json_t *settings_json(const exercise_entry *exercise) {
  json_t *settings = json_object();
  for (uint32_t i = 0; i < exercise->setting_count; i++)
    json_object_set_new(
      settings, exercise->settings[i].key, json_string(exercise->settings[i].value));
  return settings;
}

static const char *mode_text(player_mode mode) {
  if (mode == MODE_TIMED) return "timed";
  return mode == MODE_REPLAY ? "replay" : "live";
}

static result write_text(const player_order *order, link_message *m) {
  char assets[4096];
  const result r = beside_program("assets/", assets, sizeof(assets));
  if (r) return r;
  json_t *text = json_pack(
    "{s:s, s:I, s:I, s:[f,f,f], s:{s:I, s:f}, s:o, s:s, s:s, s:I, s:I, s:s, s:s, s:I, "
    "s:b, s:s}",
    "path", order->exercise->path, "creation", (json_int_t)order->creation, "seed",
    (json_int_t)order->seed, "stage", (double)order->width, (double)order->height,
    (double)order->scale, "look", "flags", (json_int_t)order->look_flags, "text_scale",
    (double)order->text_scale, "settings", settings_json(order->exercise), "assets",
    assets, "mode", mode_text(order->mode), "first_seq", (json_int_t)order->first_seq,
    "feed_count", (json_int_t)order->feed_count, "id",
    order->exercise->id ? order->exercise->id : "", "version",
    order->state_version ? order->state_version : "", "memory",
    (json_int_t)order->exercise->memory_mib, "anew", (int)order->anew, "language",
    order->language ? order->language : "");
  if (!text) return BAD_DATA;
  const size_t size = json_dumpb(text, m->text, LINK_TEXT_MAX, JSON_COMPACT);
  json_decref(text);
  if (!size || size > LINK_TEXT_MAX) return TOO_LARGE;
  m->text[size] = 0;
  m->text_size = (uint32_t)size;
  return OK;
}

static result add_copy(link_message *m, int fd) {
  const int copy = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, 3);
  if (fd >= 0 && copy < 0) return FAILED;
  m->fds[m->fd_count++] = copy;
  return OK;
}

// What rides along and is not kept with the player.
typedef struct passed_on {
  tape_memory own_tapes;      // where the order brings none
  int tapes_fd;               // borrowed
  piece_memory own_pieces;    // the same
  const piece_memory *pieces; // or NULL
} passed_on;

static result make_passed_on(const player_order *order, passed_on *p) {
  result r = OK;
  const bool own = !order->tapes && order->exercise->wants_sound;
  if (own) r = tape_memory_create(&p->own_tapes);
  if (!r && own) p->tapes_fd = p->own_tapes.fd;
  if (!r && order->tapes && order->tapes->id) p->tapes_fd = order->tapes->fd;
  p->pieces = order->pieces && order->pieces->fd ? order->pieces : NULL;
  if (r || p->pieces || !order->exercise->wants_canvas) return r;
  p->pieces = &p->own_pieces;
  return piece_memory_borrow(&p->own_pieces, -1);
}

static bool has_picture(const player_order *order) { return order->picture_fd > 0; }

static result add_fds(const player_order *order, const ordered_memory *made,
  const passed_on *passed, link_message *m) {
  result r = add_copy(m, made->page_fd);
  if (!r) r = add_copy(m, order->ring_fd);
  if (!r) r = add_copy(m, made->frame_fd);
  if (!r && order->feed_fd >= 0) r = add_copy(m, order->feed_fd);
  if (!r && made->wave_fd >= 0) r = add_copy(m, made->wave_fd);
  if (!r && order->state_fd > 0) r = add_copy(m, order->state_fd);
  if (!r && passed->tapes_fd >= 0) r = add_copy(m, passed->tapes_fd);
  if (!r && has_picture(order)) r = add_copy(m, order->picture_fd);
  if (!r && passed->pieces) r = add_copy(m, passed->pieces->fd);
  if (!r && passed->pieces) r = add_copy(m, passed->pieces->read_file);
  return r;
}

result player_order_pack(
  const player_order *order, link_message *m, ordered_memory *made) {
  passed_on passed = {.tapes_fd = -1};
  m->fd_count = 0;
  result r = make_memory(order, made);
  if (!r) r = make_passed_on(order, &passed);
  if (!r) r = write_text(order, m);
  m->kind = TO_PLAYER_ORDER;
  m->a = made->frame_fd >= 0;
  m->b = (order->feed_fd >= 0 ? HAS_FEED : 0u) | (made->wave_fd >= 0 ? HAS_WAVE : 0u) |
    (order->state_fd > 0 ? HAS_STATE : 0u) | (passed.tapes_fd >= 0 ? HAS_TAPES : 0u) |
    (has_picture(order) ? HAS_PICTURE : 0u) | (passed.pieces ? HAS_PIECES : 0u);
  m->big = order->state_fd > 0 ? order->state_size : 0;
  m->value = has_picture(order) ? (double)order->picture_size : 0;
  if (!r) r = add_fds(order, made, &passed, m);
  tape_memory_finish(&passed.own_tapes);
  piece_memory_finish(&passed.own_pieces);
  if (!r) return OK;
  link_drop_fds(m);
  io_close(made->page_fd);
  io_close(made->frame_fd);
  io_close(made->wave_fd);
  *made = (ordered_memory){-1, -1, -1};
  return r;
}
