// SPDX-License-Identifier: GPL-3.0-or-later
// Finished works and the facts of a creation, in its creation.json.
#include "core/base/io.h"
#include "core/record/archive_parts.h"
#include "core/record/json_text.h"

#include <string.h>

static json_t *describe(const char *file, const work_info *info, size_t size) {
  json_t *work = json_pack("{s:s,s:s,s:s,s:I}", "file", file, "kind", info->kind, "title",
    info->title ? info->title : "", "bytes", (json_int_t)size);
  bool fine = work != NULL;
  if (fine && info->about)
    fine = json_object_set_new(work, "about", json_string(info->about)) == 0;
  if (fine && info->width) {
    fine = json_object_set_new(work, "width", json_integer(info->width)) == 0 &&
      json_object_set_new(work, "height", json_integer(info->height)) == 0;
  }
  if (fine && info->frames)
    fine =
      json_object_set_new(work, "frames", json_integer((json_int_t)info->frames)) == 0;
  if (fine && info->paper)
    fine = json_object_set_new(work, "paper", json_integer(info->paper)) == 0;
  if (fine) return work;
  json_decref(work);
  return NULL;
}

// Takes the place of the entry for the same file, or comes last.
static result list_work(json_t *works, const char *file, json_t *work) {
  size_t i;
  json_t *entry;
  json_array_foreach(works, i, entry) {
    if (strcmp(json_text_string(entry, "file", ""), file) == 0)
      return json_array_set_new(works, i, work) == 0 ? OK : NO_MEMORY;
  }
  return json_array_append_new(works, work) == 0 ? OK : NO_MEMORY;
}

// How a work's bytes come into the folder: all at once, or they are there already.
typedef struct content {
  const void *bytes;
  io_saving *written; // or NULL
  size_t size;
} content;

static result save(const creation *c, const char *file, const content *what) {
  return what->written ? io_save_end(what->written)
                       : io_save(c->dir, file, what->bytes, what->size);
}

static result put(
  creation *c, const char *file, const work_info *info, const content *what) {
  if (!names_is_work(file)) return BAD_DATA;
  json_t *work = describe(file, info, what->size);
  if (!work) return BAD_DATA; // a title that is not UTF-8, or no memory
  json_t *before = json_copy(json_object_get(c->about, "works"));
  result r = list_work(json_object_get(c->about, "works"), file, work);
  if (r == OK && !json_text_fits(c->about, JSON_TEXT_MOST / 4 * 3)) r = TOO_LARGE;
  if (r == OK) r = save(c, file, what);
  if (r == OK) {
    json_decref(before);
    return session_save_creation(c);
  }
  if (before) (void)json_object_set_new(c->about, "works", before);
  return r;
}

result session_put_work(session *s, uint32_t number, const char *file,
  const work_info *info, const void *bytes, size_t size) {
  creation *c = session_find(s, number);
  const content what = {.bytes = bytes, .size = size};
  return c ? put(c, file, info, &what) : NOT_FOUND;
}

result session_keep_work(
  session *s, uint32_t number, const work_info *info, io_saving *written, size_t size) {
  creation *c = session_find(s, number);
  const content what = {.written = written, .size = size};
  result r = c ? put(c, written->name, info, &what) : NOT_FOUND;
  io_save_drop(written);
  return r;
}

result session_drop_work(session *s, uint32_t number, const char *file) {
  creation *c = session_find(s, number);
  if (!c) return NOT_FOUND;
  json_t *works = json_object_get(c->about, "works");
  for (size_t i = 0; i < json_array_size(works); i++) {
    if (strcmp(json_text_string(json_array_get(works, i), "file", ""), file) != 0)
      continue;
    json_array_remove(works, i);
    const result r = session_save_creation(c);
    return r == OK ? io_unlink(c->dir, file) : r;
  }
  return NOT_FOUND;
}

result session_creation_fact(
  session *s, uint32_t number, const char *key, const char *json) {
  creation *c = session_find(s, number);
  json_t *value = NULL;
  if (!c) return NOT_FOUND;
  result r = json_text_read(json, strlen(json), &value, NULL, 0);
  if (r != OK) return r;
  json_t *facts = json_object_get(c->about, "facts");
  r = json_text_set(c->about, JSON_TEXT_MOST / 2, facts, key, value);
  return r == OK ? session_save_creation(c) : r;
}
