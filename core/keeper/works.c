// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/works.h"

#include "core/base/io.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ABOUT_MAX = 1 << 20, FACTS_MAX = 4 << 20 };

static void copy_text(char *to, size_t room, const json_t *from, const char *key) {
  const char *text = json_string_value(json_object_get(from, key));
  snprintf(to, room, "%s", text ? text : "");
}

uint32_t works_paper(const json_t *about) {
  const json_int_t n = json_integer_value(json_object_get(about, "paper"));
  return n > 0 && n <= WORKS_PAPERS ? (uint32_t)n : 0;
}

void works_find(made_works *w, int dir) {
  char *bytes = NULL;
  size_t size = 0, i = 0;
  json_t *one = NULL;
  *w = (made_works){0};
  if (io_load(dir, "creation.json", ABOUT_MAX, &bytes, &size) != OK) return;
  json_t *about = json_loadb(bytes, size, 0, NULL);
  free(bytes);
  json_array_foreach(json_object_get(about, "works"), i, one) {
    if (w->count == WORKS_MAX) break;
    made_work *work = &w->items[w->count++];
    copy_text(work->kind, sizeof work->kind, one, "kind");
    copy_text(work->file, sizeof work->file, one, "file");
    copy_text(work->title, sizeof work->title, one, "title");
    work->width = (uint32_t)json_integer_value(json_object_get(one, "width"));
    work->height = (uint32_t)json_integer_value(json_object_get(one, "height"));
    work->paper = works_paper(one);
  }
  json_decref(about);
}

void works_begin_round(made_works *w) { w->kept = 0; }

result works_end_round(made_works *w, session *s, uint32_t creation) {
  result first = OK;
  while (w->count > w->kept) {
    const result done = session_drop_work(s, creation, w->items[--w->count].file);
    if (first == OK && done != NOT_FOUND) first = done;
  }
  return first;
}

static bool begins_with(const void *bytes, size_t size, const char *mark, size_t length) {
  return size > length && memcmp(bytes, mark, length) == 0;
}

// No decoder runs here: only what a file must begin with.
static bool is_of_kind(const char *kind, const void *bytes, size_t size) {
  if (strcmp(kind, "picture") == 0)
    return begins_with(bytes, size, "\x89PNG\r\n\x1a\n", 8);
  if (strcmp(kind, "layers") == 0) return begins_with(bytes, size, "PK\3\4", 4);
  if (strcmp(kind, "sound") == 0) return begins_with(bytes, size, "fLaC", 4);
  if (strcmp(kind, "facts") != 0 || size > FACTS_MAX) return false;
  json_t *facts = json_loadb(bytes, size, 0, NULL);
  json_decref(facts);
  return facts != NULL;
}

static bool in_this_round(const made_works *w, const char *file) {
  for (uint32_t i = 0; i < w->kept; i++) {
    if (strcmp(w->items[i].file, file) == 0) return true;
  }
  return false;
}

static result name_file(const made_works *w, const char *name, made_work *work) {
  for (uint32_t i = 0; i < WORKS_MAX; i++) {
    archive_work_name(work->kind, name, i, work->file);
    if (!in_this_round(w, work->file)) return OK;
  }
  return TOO_LARGE;
}

static uint32_t size_of(const json_t *about, const char *key) {
  json_int_t n = json_integer_value(json_object_get(about, key));
  return n > 0 && n <= 8192 ? (uint32_t)n : 0;
}

static const char *text_of(const json_t *about, const char *key) {
  const char *text = json_string_value(json_object_get(about, key));
  return text ? text : "";
}

static void remember(made_works *w, const made_work *work) {
  uint32_t at = w->kept++;
  for (uint32_t i = at; i < w->count; i++) {
    if (strcmp(w->items[i].file, work->file) != 0) continue;
    w->items[i] = w->items[at];
    w->items[at] = *work;
    return;
  }
  if (w->count < WORKS_MAX) w->items[w->count++] = w->items[at];
  w->items[at] = *work;
}

static result name_work(
  const made_works *w, const void *bytes, size_t size, named_work *named) {
  const json_t *about = named->about;
  made_work *work = &named->work;
  *work =
    (made_work){.width = size_of(about, "width"), .height = size_of(about, "height")};
  json_int_t frames = json_integer_value(json_object_get(about, "frames"));
  work->frames = frames > 0 ? (uint64_t)frames : 0;
  work->paper = works_paper(about);
  snprintf(work->kind, sizeof work->kind, "%s", text_of(about, "kind"));
  snprintf(work->title, sizeof work->title, "%s", text_of(about, "title"));
  if (!is_of_kind(work->kind, bytes, size)) return BAD_DATA;
  const char *name = text_of(about, strcmp(work->kind, "facts") == 0 ? "name" : "title");
  return w->kept == WORKS_MAX ? TOO_LARGE : name_file(w, name, work);
}

result works_name(const made_works *w, const char *about_json, const void *bytes,
  size_t size, named_work *named) {
  *named = (named_work){.about = json_loads(about_json, 0, NULL)};
  result done =
    json_is_object(named->about) ? name_work(w, bytes, size, named) : BAD_DATA;
  if (done != OK) works_forget_name(named);
  return done;
}

void works_forget_name(named_work *named) {
  json_decref(named->about);
  *named = (named_work){0};
}

static work_info info_of(const named_work *named) {
  return (work_info){.kind = named->work.kind,
    .title = text_of(named->about, "title"),
    .about = json_string_value(json_object_get(named->about, "about")),
    .width = named->work.width,
    .height = named->work.height,
    .frames = named->work.frames,
    .paper = named->work.paper};
}

result works_put(made_works *w, session *s, uint32_t creation, const named_work *named,
  const void *bytes, size_t size) {
  const work_info info = info_of(named);
  result done = session_put_work(s, creation, named->work.file, &info, bytes, size);
  if (done == OK) remember(w, &named->work);
  return done;
}

result works_keep(made_works *w, session *s, uint32_t creation, const named_work *named,
  io_saving *written, size_t size) {
  const work_info info = info_of(named);
  result done = session_keep_work(s, creation, &info, written, size);
  if (done == OK) remember(w, &named->work);
  return done;
}
