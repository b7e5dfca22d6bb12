// SPDX-License-Identifier: GPL-3.0-or-later
// `gesto room`: the room of a client, shown and set.
#include "core/base/io.h"
#include "core/keeper/client_room.h"
#include "core/keeper/commands.h"
#include "core/keeper/languages.h"
#include "core/keeper/options.h"
#include "core/keeper/picture_intake.h"
#include "core/keeper/plain_text.h"
#include "core/record/client.h"
#include "core/record/client_picture.h"
#include "core/record/recipe.h"
#include "core/record/recipe_access.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MOST = 1 << 20 };

// ---- Showing -----------------------------------------------------------------------------

static void print_name(const char *name) { printf("  %-10s ", name); }

static void print_value(const json_t *value) {
  size_t i;
  json_t *one;
  if (json_is_string(value)) plain_print(stdout, json_string_value(value));
  if (json_is_integer(value)) printf("%lld", (long long)json_integer_value(value));
  if (json_is_real(value)) printf("%g", json_real_value(value));
  if (json_is_boolean(value)) fputs(json_is_true(value) ? "yes" : "no", stdout);
  json_array_foreach(value, i, one) {
    if (i) fputs(", ", stdout);
    print_value(one);
  }
  if (json_is_array(value) && !json_array_size(value)) fputs("none", stdout);
}

static void print_pairs(const json_t *object, const char *between) {
  const char *key;
  json_t *value;
  bool later = false;
  json_object_foreach((json_t *)object, key, value) {
    printf("%s%s%s", later ? "; " : "", key, between);
    print_value(value);
    later = true;
  }
}

static void print_panel(const char *id, const json_t *panel) {
  static const char *const names[] = {"only", "set"};
  static const char *const between[] = {": ", " = "};
  printf("  panel      %s", id);
  for (int i = 0; i < 2; i++) {
    const json_t *part = json_object_get(panel, names[i]);
    if (!json_object_size(part)) continue;
    printf("  %s ", names[i]);
    print_pairs(part, between[i]);
  }
  if (json_array_size(json_object_get(panel, "hide"))) {
    fputs("  without ", stdout);
    print_value(json_object_get(panel, "hide"));
  }
  putchar('\n');
}

static void print_line(const char *name, const json_t *value, const char *otherwise) {
  print_name(name);
  if (value)
    print_value(value);
  else
    fputs(otherwise, stdout);
  putchar('\n');
}

static void print_offered(const client_room *r) {
  char why[1024];
  exercise_list list;
  if (exercise_list_read(&list, NULL, why, sizeof why)) return;
  exercise_list_probe(&list);
  json_t *all = client_room_exercises(r, &list, NULL, NULL);
  size_t i;
  json_t *one;
  print_name("offered");
  json_array_foreach(all, i, one) {
    const char *title = json_string_value(json_object_get(one, "title"));
    if (!title) title = json_string_value(json_object_get(one, "name"));
    if (i) fputs(", ", stdout);
    plain_print(stdout, title ? title : "");
  }
  puts(json_array_size(all) ? "" : "nothing: no exercise that is here fits this room");
  json_decref(all);
  exercise_list_finish(&list);
}

static void print_room(const client_room *r) {
  const json_t *recipe = r->recipe;
  const char *id;
  json_t *panel;
  size_t i;
  json_t *goal;
  plain_print(stdout, r->called[0] ? r->called : r->guest ? "guest" : r->id);
  putchar('\n');
  print_line("exercises", json_object_get(recipe, "exercises"), "all, as in the menu");
  print_line("leaves out", json_object_get(recipe, "leave_out"), "none");
  print_offered(r);
  json_object_foreach(json_object_get(recipe, "panels"), id, panel) {
    print_panel(id, panel);
  }
  print_line("loudness", json_object_get(recipe, "loudness"), "100");
  print_line("minutes", json_object_get(recipe, "minutes"), "no end is set");
  print_line("language", json_object_get(recipe, "language"), "the computer's");
  json_array_foreach(json_object_get(recipe, "goals"), i, goal) {
    print_line("goal", goal, "");
  }
  print_name("picture");
  puts(r->picture[0] ? "one to draw on" : "none");
  print_name("access");
  print_pairs(json_object_get(recipe, "access"), " = ");
  puts(json_object_size(json_object_get(recipe, "access")) ? "" : "as usual");
}

static int show(const client_room *r, bool as_json) {
  if (!as_json) {
    print_room(r);
    return EXIT_HELD;
  }
  const int bad = json_dumpf(r->recipe, stdout, JSON_INDENT(2));
  putchar('\n');
  return bad ? EXIT_NOT_SO : EXIT_HELD;
}

// ---- Setting -----------------------------------------------------------------------------

// An archive may hold what another machine has; what is set here is to be here.
static bool speaks(const json_t *changes, char *why, size_t room) {
  const char *language = json_string_value(json_object_get(changes, "language"));
  return !language || languages_have(language, why, room);
}

static json_t *read_changes(const char *path) {
  char *text = NULL, why[512] = "";
  size_t size = 0;
  json_t *changes = NULL;
  const result r = io_load(AT_FDCWD, path, FILE_MOST, &text, &size);
  if (r)
    fprintf(stderr, "gesto room: %s cannot be read (%s).\n", path, result_text(r));
  else if (recipe_read(text, size, &changes, why, sizeof why) ||
    recipe_access_check(json_object_get(changes, "access"), why, sizeof why) ||
    !speaks(changes, why, sizeof why)) {
    fprintf(stderr, "gesto room: nothing was set from %s: %s\n", path, why);
    json_decref(changes);
    changes = NULL;
  }
  free(text);
  return changes;
}

static int change(archive *a, const client_room *r, const char *path) {
  json_t *changes = read_changes(path);
  if (!changes) return EXIT_NOT_SO;
  json_t *facts = recipe_facts(r->recipe, changes);
  json_decref(changes);
  const result done = facts ? client_note(a, r->id, facts) : NO_MEMORY;
  if (!done) return EXIT_HELD;
  fprintf(stderr, "gesto room: nothing was set, as %s cannot be written (%s).\n",
    archive_path(a), result_text(done));
  return EXIT_NOT_SO;
}

static int find(archive *a, const char *who, client_room *r) {
  char id[24], why[1024];
  const result found = client_find(a, who, id);
  if (found == FAILED && client_say_unread(a, who, why, sizeof why))
    fprintf(stderr, "gesto room: %s\n", why);
  else if (found == NOT_FOUND)
    fprintf(stderr,
      "gesto room: nobody is called \"%s\" here; \"gesto list\" shows who there is.\n",
      who);
  else if (found || client_room_open(r, a, id, NULL, ""))
    fprintf(stderr, "gesto room: what is known of \"%s\" cannot be read.\n", who);
  else
    return EXIT_HELD;
  return EXIT_NOT_SO;
}

static int open_archive(archive **a, const char *path, bool to_write) {
  char why[1024];
  if (!archive_open(a, path, to_write, why, sizeof why)) return EXIT_HELD;
  fprintf(stderr, "gesto room: %s\n", why);
  return EXIT_NOT_SO;
}

// ---- A picture to draw on ----------------------------------------------------------------

static int put_picture(archive *a, const client_room *r, const char *path) {
  char why[5000] = "";
  const result put = picture_intake_run(a, r->id, path, why, sizeof why);
  if (why[0])
    fprintf(stderr, "gesto room: %s%s\n", put == OK ? "" : "nothing was put. ", why);
  return put == OK ? EXIT_HELD : EXIT_NOT_SO;
}

static int take_picture_off(archive *a, const client_room *r) {
  const result done = client_picture_drop(a, r->id);
  if (!done) return EXIT_HELD;
  fprintf(stderr,
    "gesto room: the picture was not taken off, as %s cannot be written (%s).\n",
    archive_path(a), result_text(done));
  return EXIT_NOT_SO;
}

// ---- The command -------------------------------------------------------------------------

typedef struct wishes {
  const char *set, *picture; // files, or NULL
  bool no_picture, as_json;
} wishes;

static bool writes(const wishes *w) { return w->set || w->picture || w->no_picture; }

static int carry_out(archive *a, client_room *r, const wishes *w) {
  int code = EXIT_HELD;
  if (writes(w) && r->guest) {
    fputs("gesto room: of a guest nothing is kept; name the guest at the desk first.\n",
      stderr);
    return EXIT_NOT_SO;
  }
  if (w->picture) code = put_picture(a, r, w->picture);
  if (!code && w->no_picture) code = take_picture_off(a, r);
  if (!code && w->set) code = change(a, r, w->set);
  return code;
}

int room_command(int argc, char **argv, const char *archive_at) {
  const char *who = NULL;
  wishes w = {0};
  archive *a = NULL;
  client_room r = {0};
  const option_rule rules[] = {{"--json", NULL, &w.as_json}, {"--set", &w.set, NULL},
    {"--picture", &w.picture, NULL}, {"--no-picture", NULL, &w.no_picture}, {0}};
  if (options_take(argc, argv, rules, &who, 1, 1) < 0) return EXIT_USAGE;
  if (w.picture && w.no_picture) {
    fputs(
      "gesto room: --picture puts one, --no-picture takes it off; say which.\n", stderr);
    return EXIT_USAGE;
  }
  int code = open_archive(&a, archive_at, false);
  if (!code && writes(&w)) { // only what is there is opened for writing
    archive_close(a);
    a = NULL;
    code = open_archive(&a, archive_at, true);
  }
  if (!code) code = find(a, who, &r);
  if (!code) code = carry_out(a, &r, &w);
  client_room_close(&r);
  if (!code) code = find(a, who, &r);
  if (!code) code = show(&r, w.as_json);
  client_room_close(&r);
  archive_close(a);
  return code;
}
