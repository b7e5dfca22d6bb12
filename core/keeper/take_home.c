// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/take_home.h"

#include "core/base/io.h"
#include "core/keeper/places.h"
#include "core/keeper/plain_text.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORK_BYTES_MAX ((size_t)1 << 30)
enum { WORDS_MAX = 120, TRIES_MAX = 1000 };

// Bytes of one UTF-8 letter; 0 if it may not stand in a file's name. Marks that turn the
// direction of writing could show another ending than there is.
static size_t letter(const char *text) {
  return strchr("/\\:*?\"<>|", text[0]) ? 0 : plain_letter(text);
}

static size_t clean(const char *text, char *out, size_t room) {
  size_t size = 0;
  while (*text) {
    const size_t n = letter(text);
    if (size + (n ? n : 1) >= room) break;
    if (n)
      memcpy(out + size, text, n);
    else
      out[size] = ' ';
    size += n ? n : 1;
    text += n ? n : 1;
  }
  while (size && strchr(" .", out[size - 1])) size--;
  out[size] = 0;
  const size_t first = strspn(out, " .-~");
  memmove(out, out + first, size - first + 1);
  return size - first;
}

void take_home_name(
  const char *title, const char *file, uint32_t again, char out[TAKE_HOME_NAME]) {
  char words[WORDS_MAX];
  const char *ending = strrchr(file, '.');
  if (!clean(title ? title : "", words, sizeof(words)))
    snprintf(words, sizeof(words), "%.*s",
      ending ? (int)(ending - file) : (int)strlen(file), file);
  if (again)
    snprintf(out, TAKE_HOME_NAME, "%s %u%.16s", words, again + 1, ending ? ending : "");
  else
    snprintf(out, TAKE_HOME_NAME, "%s%.16s", words, ending ? ending : "");
}

static bool is_there(int dir, const char *name) {
  int fd = -1;
  if (io_open(dir, name, O_RDONLY | O_NONBLOCK, 0, &fd) == NOT_FOUND) return false;
  io_close(fd);
  return true;
}

static result copy_file(int from, const char *file, int to, const char *title) {
  char name[TAKE_HOME_NAME];
  char *bytes = NULL;
  size_t size = 0;
  uint32_t again = 0;
  do take_home_name(title, file, again, name);
  while (is_there(to, name) && ++again < TRIES_MAX);
  if (again == TRIES_MAX) return EXISTS;
  result r = io_load(from, file, WORK_BYTES_MAX, &bytes, &size);
  if (!r) r = io_save(to, name, bytes, size);
  free(bytes);
  return r;
}

static const char *text_at(const json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  return text ? text : "";
}

// "Sea" for the only work of its kind, else "Sea - loop 1": what the exercise called it.
static void title_of(const json_t *facts, const json_t *work, char *out, size_t room) {
  size_t i, alike = 0;
  json_t *other;
  const char *whole = text_at(facts, "title"), *own = text_at(work, "title");
  json_array_foreach(json_object_get(facts, "works"), i, other) alike +=
    !strcmp(text_at(other, "kind"), text_at(work, "kind"));
  const bool both = whole[0] && own[0] && alike > 1;
  snprintf(out, room, "%s%s%s", whole, both ? " - " : "", both || !whole[0] ? own : "");
}

static bool is_plain_name(const char *file) {
  return file[0] && file[0] != '.' && !strchr(file, '/');
}

result take_home_creation(
  const char *path, int to, uint32_t *count, char *why, size_t room) {
  size_t i;
  json_t *work;
  int dir = -1;
  json_t *facts = place_facts(path, "creation.json");
  result r = facts ? io_open_dir(AT_FDCWD, path, &dir) : BAD_DATA;
  if (r)
    snprintf(why, room, "%s cannot be read (%s); \"gesto verify\" tells more.", path,
      result_text(r));
  json_array_foreach(json_object_get(facts, "works"), i, work) {
    char title[600];
    const char *file = text_at(work, "file");
    if (r || !is_plain_name(file)) continue;
    title_of(facts, work, title, sizeof(title));
    r = copy_file(dir, file, to, title);
    if (r)
      snprintf(
        why, room, "%s of %s could not be copied (%s).", file, path, result_text(r));
    else
      ++*count;
  }
  io_close(dir);
  json_decref(facts);
  return r;
}
