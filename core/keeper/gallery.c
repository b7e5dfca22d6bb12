// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/gallery.h"

#include "core/base/io.h"
#include "core/base/protocol.h"
#include "core/keeper/ending.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THUMB_SIDE = 480, JSON_MAX = 1 << 20 };

result gallery_init(gallery *g, session *s, int link, decoder *d) {
  *g =
    (gallery){.session = s, .link = link, .decoder = d, .out = calloc(1, sizeof *g->out)};
  return g->out ? OK : NO_MEMORY;
}

void gallery_finish(gallery *g) {
  free(g->items);
  free(g->out);
  *g = (gallery){0};
}

// A picture says most, then a sound.
static int rank(const made_work *w) {
  if (strcmp(w->kind, "picture") == 0) return 3;
  return strcmp(w->kind, "sound") == 0 ? 2 : 1;
}

static gallery_item *add_item(gallery *g, uint32_t creation) {
  gallery_item *larger = realloc(g->items, (g->count + 1) * sizeof *larger);
  if (!larger) return NULL;
  g->items = larger;
  gallery_item *item = &larger[g->count++];
  *item = (gallery_item){.creation = creation};
  return item;
}

static void show_work(gallery_item *item, const made_work *w) {
  if (rank(w) == 3 && item->picture_count < GALLERY_PICTURES) {
    item->papers[item->picture_count] = w->paper;
    snprintf(
      item->pictures[item->picture_count++], sizeof *item->pictures, "%s", w->file);
  }
  if (item->has_work && rank(&item->work) >= rank(w)) return;
  item->work = *w;
  item->has_work = true;
}

void gallery_add(gallery *g, const gallery_entry *entry) {
  gallery_item *item = g->out ? add_item(g, entry->creation) : NULL;
  if (!item) return;
  snprintf(item->exercise, sizeof item->exercise, "%s", entry->exercise);
  item->seconds = entry->seconds;
  item->left = true;
  for (uint32_t i = 0; i < entry->works->count; i++)
    show_work(item, &entry->works->items[i]);
  item->left_owed = true;
}

// ---- What an earlier keeper finished -----------------------------------------------------

static void copy_text(char *to, size_t room, const json_t *from, const char *key) {
  const char *text = json_string_value(json_object_get(from, key));
  snprintf(to, room, "%s", text ? text : "");
}

static void find_works(gallery_item *item, const json_t *about) {
  size_t i = 0;
  json_t *one = NULL;
  json_array_foreach(json_object_get(about, "works"), i, one) {
    made_work w = {0};
    copy_text(w.kind, sizeof w.kind, one, "kind");
    copy_text(w.file, sizeof w.file, one, "file");
    w.width = (uint32_t)json_integer_value(json_object_get(one, "width"));
    w.height = (uint32_t)json_integer_value(json_object_get(one, "height"));
    w.paper = works_paper(one);
    show_work(item, &w);
  }
}

static const char *menu_name(const exercise_list *list, const char *id) {
  for (uint32_t i = 0; id && i < list->count; i++) {
    const exercise_entry *e = &list->entries[i];
    if (e->id && e->title && strcmp(e->id, id) == 0) return e->title;
  }
  return id ? id : "";
}

static void find_one(gallery *g, uint32_t creation, const exercise_list *list) {
  char *bytes = NULL;
  size_t size = 0;
  int dir = session_creation_dir(g->session, creation);
  if (dir < 0 || io_load(dir, "creation.json", JSON_MAX, &bytes, &size) != OK) return;
  json_t *about = json_loadb(bytes, size, 0, NULL);
  free(bytes);
  gallery_item *item = about ? add_item(g, creation) : NULL;
  if (item) {
    const json_t *seconds = json_object_get(json_object_get(about, "facts"), "seconds");
    item->seconds = json_number_value(seconds);
    item->left = json_is_number(seconds);
    snprintf(item->exercise, sizeof item->exercise, "%s",
      menu_name(list, json_string_value(json_object_get(about, "exercise"))));
    find_works(item, about);
    item->told = true;
  }
  json_decref(about);
}

void gallery_find(gallery *g, const exercise_list *list) {
  for (uint32_t n = 1; n <= session_creation_count(g->session); n++) find_one(g, n, list);
}

uint32_t gallery_unfinished(const gallery *g) {
  uint32_t newest = 0;
  for (uint32_t i = 0; i < g->count; i++) {
    const gallery_item *item = &g->items[i];
    if (!item->left && item->creation > newest) newest = item->creation;
  }
  return newest;
}

void gallery_drop(gallery *g, uint32_t creation) {
  for (uint32_t i = 0; i < g->count; i++) {
    if (g->items[i].creation == creation) g->items[i--] = g->items[--g->count];
  }
}

// ---- Telling -----------------------------------------------------------------------------

void gallery_tell_again(gallery *g) {
  for (uint32_t i = 0; i < g->count; i++) {
    g->items[i].told = false;
    g->items[i].shown = 0;
  }
}

static void send_work(gallery *g, gallery_item *item, const decoded *picture) {
  link_message *m = g->out;
  const ending *e = ending_find(session_creation_dir(g->session, item->creation));
  json_t *text = json_pack("{s:i, s:s, s:s, s:f, s:s, s:i, s:i, s:s, s:i, s:i, s:i}",
    "creation", (int)item->creation, "title", "", "exercise", item->exercise, "seconds",
    item->seconds, "kind", item->work.kind, "width", picture ? (int)picture->width : 0,
    "height", picture ? (int)picture->height : 0, "ending", e ? e->word : "", "place",
    (int)item->shown, "of", (int)item->picture_count, "paper",
    item->shown < item->picture_count ? (int)item->papers[item->shown] : 0);
  size_t size = text ? json_dumpb(text, m->text, LINK_TEXT_MAX, JSON_COMPACT) : 0;
  json_decref(text);
  if (size > LINK_TEXT_MAX) size = 0;
  m->kind = TO_STAGE_WORK;
  m->a = item->creation;
  m->text_size = (uint32_t)size;
  m->text[size] = 0;
  m->fd_count = picture ? 1 : 0;
  m->fds[0] = picture ? picture->fd : -1;
  result done = link_send(g->link, m);
  (void)done; // a stage that is gone is told again when it is back
  m->fd_count = 0;
}

static void end_telling(gallery *g, gallery_item *item) {
  item->told = true;
  if (!item->left_owed) return;
  result done = link_say(g->link, TO_STAGE_LEFT, item->creation, NULL);
  item->left_owed = done != OK && done != ENDED;
}

static gallery_item *next_item(const gallery *g) {
  for (uint32_t i = 0; i < g->count; i++) {
    if (!g->items[i].told) return &g->items[i];
  }
  return NULL;
}

// Names one of its pictures: of a creation that is told anew meanwhile what was asked before is
// not the next.
static uint32_t request_of(const gallery_item *item) {
  return item->creation * GALLERY_PICTURES + item->shown;
}

static bool ask_picture(gallery *g, const gallery_item *item) {
  if (item->shown == item->picture_count) return false;
  const decoder_wish wish = {.request = request_of(item),
    .name = item->pictures[item->shown],
    .dir = session_creation_dir(g->session, item->creation),
    .longest = THUMB_SIDE};
  return wish.dir >= 0 && decoder_ask(g->decoder, &wish) == OK;
}

static void take_picture(gallery *g, const decoded *picture) {
  for (uint32_t i = 0; i < g->count; i++) {
    gallery_item *item = &g->items[i];
    if (request_of(item) != picture->request || item->told) continue;
    send_work(g, item, picture->fd >= 0 ? picture : NULL);
    if (++item->shown == item->picture_count) end_telling(g, item);
  }
  io_close(picture->fd);
  g->asked = 0;
}

void gallery_wake(const gallery *g, wake_set *w) {
  if (g->decoder) decoder_wake(g->decoder, w);
}

void gallery_turn(gallery *g) {
  decoded picture;
  if (g->asked && decoder_turn(g->decoder, &picture)) take_picture(g, &picture);
  gallery_item *item = NULL;
  while (!g->asked && (item = next_item(g))) {
    if (item->has_work && ask_picture(g, item)) {
      g->asked = item->creation;
      return;
    }
    if (item->has_work) send_work(g, item, NULL);
    end_telling(g, item);
  }
}
