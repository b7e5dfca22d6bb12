// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/client_room.h"
#include "core/keeper/commands.h"
#include "core/keeper/exercise_list.h"
#include "core/keeper/options.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static const char *text_at(const json_t *declared, const char *key) {
  const char *text = json_string_value(json_object_get(declared, key));
  return text ? text : "";
}

static const char *or_empty(const char *text) { return text ? text : ""; }

static void print_line(const exercise_entry *entry) {
  json_t *declared = entry->declared ? json_loads(entry->declared, 0, NULL) : NULL;
  if (entry->refused)
    printf("%-24s %-18s %-9s %s\n", entry->section, or_empty(entry->title), "-",
      entry->refused);
  else
    printf("%-24s %-18s %-9s loads\n", entry->id,
      entry->title ? entry->title : text_at(declared, "name"),
      text_at(declared, "version"));
  json_decref(declared);
}

static json_t *entry_json(const exercise_entry *entry) {
  json_t *declared = entry->declared ? json_loads(entry->declared, 0, NULL) : NULL;
  const char *title = entry->title ? entry->title : text_at(declared, "name");
  json_t *all =
    json_pack("{s:s, s:s, s:s, s:s, s:b, s:s, s:s, s:o}", "section", entry->section, "id",
      or_empty(entry->id), "title", title, "version", text_at(declared, "version"),
      "loads", entry->refused == NULL, "why", or_empty(entry->refused), "path",
      or_empty(entry->path), "cautions", client_room_cautions(entry));
  json_decref(declared);
  return all;
}

static int print_json(const exercise_list *list) {
  json_t *all = json_array();
  for (uint32_t i = 0; i < list->count; i++)
    json_array_append_new(all, entry_json(&list->entries[i]));
  const int bad = json_dumpf(all, stdout, JSON_INDENT(2));
  json_decref(all);
  putchar('\n');
  return bad;
}

int exercises_command(int argc, char **argv, const char *archive_at) {
  bool as_json = false;
  const option_rule rules[] = {{"--json", NULL, &as_json}, {0}};
  char why[1024];
  exercise_list list;
  (void)archive_at;
  if (options_take(argc, argv, rules, NULL, 0, 0) < 0) return EXIT_USAGE;
  if (exercise_list_read(&list, NULL, why, sizeof(why))) {
    fprintf(stderr, "gesto exercises: %s\n", why);
    return EXIT_NOT_SO;
  }
  exercise_list_probe(&list);
  int code = EXIT_HELD;
  for (uint32_t i = 0; i < list.count; i++) {
    if (!as_json) print_line(&list.entries[i]);
    if (list.entries[i].refused) code = EXIT_NOT_SO;
  }
  if (as_json && print_json(&list)) code = EXIT_NOT_SO;
  exercise_list_finish(&list);
  return code;
}
