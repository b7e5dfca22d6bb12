// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/order.h"

#include "core/base/io.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum {
  WITH_FEED = 1,
  WITH_WAVE = 2,
  WITH_STATE = 4,
  WITH_TAPES = 8,
  WITH_PICTURE = 16,
  WITH_PIECES = 32,
  SETTINGS_MAX = 256
};

static char *text_at(const json_t *o, const char *key) {
  const char *text = json_string_value(json_object_get(o, key));
  return strdup(text ? text : "");
}

static uint64_t number_at(const json_t *o, const char *key) {
  return (uint64_t)json_integer_value(json_object_get(o, key));
}

static float real_at(const json_t *list, size_t i) {
  return (float)json_number_value(json_array_get(list, i));
}

static result read_settings(settings *s, json_t *from) {
  size_t count = json_object_size(from);
  if (count > SETTINGS_MAX) return TOO_LARGE;
  s->all = calloc(count ? count : 1, sizeof *s->all);
  if (!s->all) return NO_MEMORY;
  const char *key = NULL;
  json_t *value = NULL;
  json_object_foreach(from, key, value) {
    const char *text = json_string_value(value);
    if (!text) continue;
    setting *one = &s->all[s->count++];
    *one = (setting){.key = strdup(key), .value = strdup(text)};
    if (!one->key || !one->value) return NO_MEMORY;
  }
  return OK;
}

static machine_mode mode_of(const char *text) {
  if (strcmp(text, "timed") == 0) return MACHINE_TIMED;
  return strcmp(text, "replay") == 0 ? MACHINE_REPLAY : MACHINE_LIVE;
}

static result read_text(order *o, json_t *text) {
  const json_t *stage = json_object_get(text, "stage"),
               *look = json_object_get(text, "look");
  char *mode = text_at(text, "mode");
  o->path = text_at(text, "path");
  o->assets = text_at(text, "assets");
  o->version = text_at(text, "version");
  o->language = text_at(text, "language");
  if (!mode || !o->path || !o->assets || !o->version || !o->language) {
    free(mode);
    return NO_MEMORY;
  }
  o->mode = mode_of(mode);
  free(mode);
  o->creation = (uint32_t)number_at(text, "creation");
  o->seed = number_at(text, "seed");
  o->first_seq = number_at(text, "first_seq");
  o->feed_count = number_at(text, "feed_count");
  o->width = real_at(stage, 0);
  o->height = real_at(stage, 1);
  o->scale = real_at(stage, 2);
  o->look_flags = (uint32_t)number_at(look, "flags");
  o->text_scale = (float)json_number_value(json_object_get(look, "text_scale"));
  o->anew = json_is_true(json_object_get(text, "anew"));
  if (!(o->text_scale > 0)) o->text_scale = 1;
  bool sane = o->width > 0 && o->width < 32768 && o->height > 0 && o->height < 32768 &&
    o->scale > 0 && o->scale < 64;
  return sane ? read_settings(&o->set, json_object_get(text, "settings")) : BAD_DATA;
}

static void take_fds(order *o, link_message *m) {
  uint32_t next = 0;
  int *const optional[] = {&o->page_fd, &o->ring_fd, &o->frame_fd,
    m->b & WITH_FEED ? &o->feed_fd : NULL, m->b & WITH_WAVE ? &o->wave_fd : NULL,
    m->b & WITH_STATE ? &o->state_fd : NULL, m->b & WITH_TAPES ? &o->tapes_fd : NULL,
    m->b & WITH_PICTURE ? &o->picture_fd : NULL,
    m->b & WITH_PIECES ? &o->pieces_fd : NULL,
    m->b & WITH_PIECES ? &o->piece_file_fd : NULL};
  for (size_t i = 0; i < sizeof optional / sizeof *optional; i++) {
    if (!optional[i] || next == m->fd_count) continue;
    *optional[i] = m->fds[next];
    m->fds[next++] = -1;
  }
}

result order_read(order *o, link_message *m) {
  *o = (order){.page_fd = -1,
    .ring_fd = -1,
    .frame_fd = -1,
    .feed_fd = -1,
    .wave_fd = -1,
    .state_fd = -1,
    .tapes_fd = -1,
    .pieces_fd = -1,
    .piece_file_fd = -1,
    .picture_fd = -1};
  json_t *text = json_loadb(m->text, m->text_size, 0, NULL);
  result r = json_is_object(text) ? read_text(o, text) : BAD_DATA;
  json_decref(text);
  if (r != OK) return r;
  take_fds(o, m);
  o->state_size = m->big;
  o->picture_size = m->value > 0 && m->value < UINT32_MAX ? (size_t)m->value : 0;
  return o->page_fd < 0 ? BAD_DATA : OK;
}

void order_close_fds(order *o) {
  int *const fds[] = {&o->page_fd, &o->ring_fd, &o->frame_fd, &o->feed_fd, &o->wave_fd,
    &o->state_fd, &o->tapes_fd, &o->picture_fd, &o->pieces_fd, &o->piece_file_fd};
  for (size_t i = 0; i < sizeof fds / sizeof *fds; i++) {
    io_close(*fds[i]);
    *fds[i] = -1;
  }
}

void order_finish(order *o) {
  order_close_fds(o);
  for (uint32_t i = 0; i < o->set.count; i++) {
    free(o->set.all[i].key);
    free(o->set.all[i].value);
  }
  free(o->set.all);
  free(o->path);
  free(o->assets);
  free(o->version);
  free(o->language);
}
