// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/room_picture.h"

#include "core/base/protocol.h"
#include "core/desk/desk.h"
#include "core/desk/listing.h"
#include "core/desk/room_change.h"
#include "core/ui/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 208, HEIGHT = 130, PATH_ROOM = 4096 };

static void ask(desk *d, const char *path) {
  json_t *wish =
    json_pack("{s:s, s:s}", "client", listing_text(room_client(d), "id"), "path", path);
  char *words = wish ? json_dumps(wish, JSON_COMPACT) : NULL;
  if (words) desk_ask(d, FROM_DESK_PICTURE, words);
  free(words);
  json_decref(wish);
}

// As people write it, and as other programs copy it.
static void put(desk *d, const char *path) {
  static const char file[] = "file://";
  char whole[PATH_ROOM];
  const char *home = getenv("HOME");
  if (strncmp(path, file, sizeof file - 1) == 0) path += sizeof file - 1;
  const bool short_form = path[0] == '~' && path[1] == '/' && home;
  const int n = snprintf(
    whole, sizeof whole, "%s%s", short_form ? home : "", path + (short_form ? 1 : 0));
  if (n > 0 && (size_t)n < sizeof whole) ask(d, whole);
}

static void path_typed(void *data, widget *w) {
  desk *d = data;
  snprintf(d->edit.picture, sizeof d->edit.picture, "%s", field_text(w));
}

static void put_typed(void *data, widget *w) {
  desk *d = data;
  (void)w;
  put(d, d->edit.picture);
}

static void take_off(void *data, widget *w) {
  (void)w;
  ask(data, "");
}

void room_picture_dropped(desk *d, const char *path) {
  if (d->page == PAGE_ROOM && *listing_text(room_client(d), "alias")) put(d, path);
}

static void ask_pixels(desk *d, const char *path) {
  link_message m = {.kind = FROM_DESK_THUMB, .a = DESK_ITEMS, .b = WIDTH * 2};
  m.text_size = (uint32_t)snprintf(m.text, PATH_ROOM, "%s", path);
  desk_ask_message(d, &m);
}

void room_picture_show(desk *d, cairo_surface_t *pixels) {
  widget *shown = widget_find(d->view.root, "picture-now");
  if (shown) picture_set_surface(&d->view, shown, pixels);
}

static widget *add_button(
  desk *d, widget *row, const char *id, const char *label, widget_call *chosen) {
  widget *b = button_create(row, id, NULL, label, BUTTON_PLAIN);
  button_set_height(b, 48);
  b->chosen = chosen;
  b->data = d;
  return b;
}

static void add_shown(desk *d, widget *card, const char *path) {
  widget *row = row_create(card, "picture-row", 16);
  widget *shown = picture_create(row, "picture-now", _("The picture to draw on"), NULL);
  shown->box.w = WIDTH;
  shown->box.h = HEIGHT;
  ask_pixels(d, path);
  add_button(d, row, "picture-off", _("Take it off"), take_off);
}

void room_picture_add(desk *d, widget *card) {
  const char *path = listing_text(room_client(d), "picture");
  if (*path) add_shown(d, card, path);
  widget *row = row_create(card, "picture-file-row", 12);
  widget *field = field_create(row, "picture-file", _("File"), _("~/Pictures/sea.jpg"));
  field->box.grow = 1;
  field_set_text(&d->view, field, d->edit.picture);
  field->changed = path_typed;
  field->data = d;
  add_button(d, row, "picture-put", _("Put this picture"), put_typed);
}
