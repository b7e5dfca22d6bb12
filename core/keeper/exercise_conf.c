// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/exercise_conf.h"

#include "core/record/recipe.h"

#include <ini.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// inih cuts a line at 200 bytes without a word.
enum { LINE_MAX_BYTES = 195, BAD_LINES_MAX = 64, MEMORY_MIN = 128, MEMORY_MAX = 1536 };
enum { MEMORY_USUAL = 1536 };

typedef struct parsing {
  exercise_list *list;
  const char *folder, *name;
  uint32_t keys;
  bool no_memory;
} parsing;

void exercise_refuse(exercise_entry *entry, const char *format, ...) {
  if (entry->refused) return;
  va_list list;
  va_start(list, format);
  if (vasprintf(&entry->refused, format, list) < 0) entry->refused = NULL;
  va_end(list);
}

static exercise_entry *entry_of(parsing *p, const char *section) {
  exercise_list *list = p->list;
  for (uint32_t i = 0; i < list->count; i++)
    if (!strcmp(list->entries[i].section, section)) return &list->entries[i];
  exercise_entry *more = realloc(list->entries, (list->count + 1) * sizeof(*more));
  if (!more) return NULL;
  list->entries = more;
  exercise_entry *entry = &more[list->count];
  *entry = (exercise_entry){.section = strdup(section), .memory_mib = MEMORY_USUAL};
  if (!entry->section) return NULL;
  list->count++;
  return entry;
}

// ---- Keys ------------------------------------------------------------------------------

static bool leads_out(const char *path) {
  for (const char *part = path; part; part = strchr(part, '/')) {
    part += *part == '/';
    if (!strncmp(part, "..", 2) && (part[2] == '/' || !part[2])) return true;
  }
  return path[0] == '/';
}

static bool set_path(const parsing *p, exercise_entry *entry, const char *value) {
  if (!value[0])
    exercise_refuse(entry, "%s: [%s] names no file; write its name after \"path =\".",
      p->name, entry->section);
  else if (leads_out(value))
    exercise_refuse(entry,
      "%s: the path \"%s\" of [%s] leads out of the plugins folder; "
      "put the file into that folder and name it from there.",
      p->name, value, entry->section);
  free(entry->path);
  return asprintf(&entry->path, "%s%s", p->folder, value) >= 0;
}

static void set_memory(const parsing *p, exercise_entry *entry, const char *value) {
  char *end = NULL;
  const long mib = strtol(value, &end, 10);
  if (*end || mib < MEMORY_MIN || mib > MEMORY_MAX)
    exercise_refuse(entry,
      "%s: memory of [%s] is \"%s\"; write a number of MiB from %d to "
      "%d, or leave the line out.",
      p->name, entry->section, value, MEMORY_MIN, MEMORY_MAX);
  else
    entry->memory_mib = (uint32_t)mib;
}

static bool set_sha256(const parsing *p, exercise_entry *entry, const char *value) {
  if (!value[0]) return true;
  if (strlen(value) != 64 || strspn(value, "0123456789abcdefABCDEF") != 64)
    exercise_refuse(entry,
      "%s: sha256 of [%s] is not 64 hexadecimal digits; take them from "
      "sha256sum, or leave the line out.",
      p->name, entry->section);
  free(entry->sha256);
  entry->sha256 = strdup(value);
  return entry->sha256 != NULL;
}

static bool add_setting(exercise_entry *entry, const char *key, const char *value) {
  exercise_setting *more =
    realloc(entry->settings, (entry->setting_count + 1) * sizeof(*more));
  if (!more) return false;
  entry->settings = more;
  exercise_setting *setting = &more[entry->setting_count++];
  *setting = (exercise_setting){strdup(key), strdup(value)};
  return setting->key && setting->value;
}

static bool set_title(exercise_entry *entry, const char *value) {
  free(entry->title);
  entry->title = value[0] ? strdup(value) : NULL;
  return entry->title || !value[0];
}

// "inner-focus, free-expression" as "inner-focus free-expression".
static bool set_cautions(const parsing *p, exercise_entry *entry, const char *value) {
  static const char between[] = " \t,";
  char *words = calloc(1, strlen(value) + 1);
  if (!words) return false;
  size_t used = 0;
  for (const char *at = value + strspn(value, between); *at; at += strspn(at, between)) {
    char word[40];
    const size_t n = strcspn(at, between);
    snprintf(word, sizeof word, "%.*s", (int)(n < sizeof word ? n : sizeof word - 1), at);
    if (!recipe_is_tag(word))
      exercise_refuse(entry,
        "%s: \"%s\" among the cautions of [%s] is no word of a-z, 0-9 and \"-\" (32 "
        "letters at most); write it so.",
        p->name, word, entry->section);
    if (used) words[used++] = ' ';
    memcpy(words + used, at, n);
    used += n;
    at += n;
  }
  free(entry->cautions);
  entry->cautions = words;
  return true;
}

// What a later version may add is passed over.
static int take_key(void *data, const char *section, const char *key, const char *value) {
  parsing *p = data;
  exercise_entry *entry = entry_of(p, section);
  bool good = entry != NULL;
  p->keys++;
  if (good && !strcmp(key, "path") && entry->path)
    exercise_refuse(entry,
      "%s: [%s] has two paths; each exercise needs a section, with both brackets and "
      "a name of its own.",
      p->name, entry->section);
  else if (good && !strcmp(key, "path"))
    good = set_path(p, entry, value);
  else if (good && !strcmp(key, "title"))
    good = set_title(entry, value);
  else if (good && !strcmp(key, "sha256"))
    good = set_sha256(p, entry, value);
  else if (good && !strcmp(key, "cautions"))
    good = set_cautions(p, entry, value);
  else if (good && !strcmp(key, "memory"))
    set_memory(p, entry, value);
  else if (good && !strncmp(key, "set.", 4) && key[4])
    good = add_setting(entry, key + 4, value);
  p->no_memory = p->no_memory || !good;
  return 1;
}

// ---- Lines that cannot be understood ---------------------------------------------------

typedef struct bad_line {
  int number;
  char section[64];
} bad_line;

// The start of a line that is counted from 1; NULL if there are not so many.
static char *line_start(char *text, int number) {
  for (int i = 1; i < number && text; i++) {
    char *end = strchr(text, '\n');
    text = end ? end + 1 : NULL;
  }
  return text;
}

static void copy_section(char *to, size_t room, const char *line) {
  const size_t n = strcspn(line, "]\r\n;");
  snprintf(to, room, "%.*s", (int)(n < room ? n : room - 1), line);
}

// Leaves the line's end alone, so that the lines after it keep their numbers.
static void empty_line(char *line) {
  const size_t n = strcspn(line, "\n");
  memmove(line, line + n, strlen(line + n) + 1);
}

// Notes to which section a line belongs and takes it out of the text.
static void take_out(char *text, int number, bad_line *bad) {
  *bad = (bad_line){.number = number};
  char *line = text, *last = line_start(text, number);
  for (int i = 1; i <= number && line; i++) {
    if (*line == '[') copy_section(bad->section, sizeof(bad->section), line + 1);
    line = line_start(line, 2);
  }
  if (last) empty_line(last);
}

static bool says_nothing(const char *line) {
  const char first = line[strspn(line, " \t")];
  return first == ';' || first == '#' || first == '\n' || first == '\r' || !first;
}

// inih would read the rest of a long line as one of its own.
static int take_out_long(char *text, bad_line *bad, int room) {
  int count = 0, number = 1;
  for (char *line = text; line && count < room; line = line_start(line, 2), number++) {
    if (strcspn(line, "\n") <= LINE_MAX_BYTES) continue;
    if (says_nothing(line))
      empty_line(line);
    else
      take_out(text, number, &bad[count++]);
  }
  return count;
}

static void drop(exercise_list *list) {
  exercise_list_finish(list);
  *list = (exercise_list){0};
}

static int parse_once(parsing *p, const char *text) {
  drop(p->list);
  p->keys = 0;
  return ini_parse_string(text, take_key, p);
}

static void refuse_line(parsing *p, const bad_line *bad) {
  exercise_entry *entry = entry_of(p, bad->section[0] ? bad->section : "?");
  if (!entry) return;
  exercise_refuse(entry,
    "%s, line %d cannot be understood; write it as KEY = VALUE in fewer "
    "than %d letters, or take it out.",
    p->name, bad->number, LINE_MAX_BYTES);
}

static void finish_entries(const parsing *p) {
  for (uint32_t i = 0; i < p->list->count; i++) {
    exercise_entry *entry = &p->list->entries[i];
    if (!entry->path)
      exercise_refuse(entry, "%s: [%s] names no file; add a line \"path = NAME.so\".",
        p->name, entry->section);
  }
}

static result check_text(
  const char *text, size_t size, const char *name, char *why, size_t room) {
  if (size > CONF_BYTES_MAX) {
    snprintf(why, room, "%s is larger than %d KiB; it was not read.", name,
      CONF_BYTES_MAX / 1024);
    return TOO_LARGE;
  }
  json_t *whole = strlen(text) == size ? json_stringn(text, size) : NULL;
  if (!whole) {
    snprintf(
      why, room, "%s is not a text in UTF-8; save it as UTF-8 and start again.", name);
    return BAD_DATA;
  }
  json_decref(whole);
  return OK;
}

result exercise_conf_parse(exercise_list *list, char *text, size_t size,
  const char *folder, const char *name, char *why, size_t room) {
  *list = (exercise_list){0};
  const result r = check_text(text, size, name, why, room);
  if (r) return r;
  parsing p = {.list = list, .folder = folder, .name = name};
  bad_line bad[BAD_LINES_MAX];
  int bad_count = take_out_long(text, bad, BAD_LINES_MAX);
  for (int line = parse_once(&p, text); line > 0 && bad_count < BAD_LINES_MAX;
       line = parse_once(&p, text))
    take_out(text, line, &bad[bad_count++]);
  for (int i = 0; i < bad_count; i++) refuse_line(&p, &bad[i]);
  if (p.keys > CONF_KEYS_MAX || bad_count == BAD_LINES_MAX || p.no_memory) {
    drop(list);
    snprintf(why, room,
      "%s holds more than %d settings or too many unreadable lines; it was "
      "not read.",
      name, CONF_KEYS_MAX);
    return p.no_memory ? NO_MEMORY : TOO_LARGE;
  }
  finish_entries(&p);
  return OK;
}
