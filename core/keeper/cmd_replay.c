// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/io.h"
#include "core/keeper/commands.h"
#include "core/keeper/options.h"
#include "core/keeper/places.h"
#include "core/keeper/replay.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORK_BYTES_MAX ((size_t)1 << 30)
static const double SPEED_MAX = 100000;

typedef struct wishes {
  const char *to, *work; // NULL: not asked for
  uint64_t until_us;
  double speed;
  bool with_client, partly;
} wishes;

static bool read_number(const char *text, double least, double most, double *number) {
  char *end = NULL;
  *number = strtod(text, &end);
  return end != text && !*end && *number >= least && *number <= most;
}

static int refuse_number(const char *option, const char *text, const char *what) {
  fprintf(stderr, "gesto replay: %s takes %s, not \"%s\".\n", option, what, text);
  return EXIT_USAGE;
}

static int read_wishes(int argc, char **argv, wishes *w, const char **named) {
  const char *at = NULL, *speed = NULL;
  const option_rule rules[] = {{"--at", &at, NULL}, {"--speed", &speed, NULL},
    {"--to", &w->to, NULL}, {"--work", &w->work, NULL},
    {"--with-client", NULL, &w->with_client}, {0}};
  *w = (wishes){.until_us = UINT64_MAX};
  double number = 0;
  if (options_take(argc, argv, rules, named, 1, 1) < 0) return EXIT_USAGE;
  if (at && !read_number(at, 0, 1e9, &number))
    return refuse_number("--at", at, "seconds from the beginning");
  if (at) w->until_us = (uint64_t)(number * 1e6 + 0.5);
  w->partly = at != NULL;
  if (speed && strcmp(speed, "max") && !read_number(speed, 0.01, SPEED_MAX, &w->speed))
    return refuse_number(
      "--speed", speed, "\"max\" or how many times as fast as it was made");
  return EXIT_HELD;
}

// ---- Comparing -------------------------------------------------------------------------

static const char *compare_one(int dir, const replay_work *work) {
  char *bytes = NULL;
  size_t size = 0;
  const result r = io_load(dir, work->file, WORK_BYTES_MAX, &bytes, &size);
  const bool same = !r && size == work->size && !memcmp(bytes, work->bytes, size);
  free(bytes);
  if (r) return r == NOT_FOUND ? "is not in the record" : "cannot be read in the record";
  return same ? NULL : "differs from the record";
}

static bool was_made(const replay *r, const char *file) {
  for (uint32_t i = 0; i < r->count; i++)
    if (!strcmp(r->works[i].file, file)) return true;
  return false;
}

// Finished files that the replay did not bring forth.
static uint32_t name_missing(const char *path, const replay *r) {
  size_t i;
  json_t *work;
  uint32_t count = 0;
  json_t *facts = place_facts(path, "creation.json");
  json_array_foreach(json_object_get(facts, "works"), i, work) {
    const char *file = json_string_value(json_object_get(work, "file"));
    if (!file || was_made(r, file)) continue;
    printf("%s: is in the record and was not made again\n", file);
    count++;
  }
  json_decref(facts);
  return count;
}

static int compare(const char *path, int dir, const replay *r) {
  uint32_t different = 0;
  for (uint32_t i = 0; i < r->count; i++) {
    const char *how = compare_one(dir, &r->works[i]);
    printf("%s: %s\n", r->works[i].file, how ? how : "equals the record");
    different += how != NULL;
  }
  different += name_missing(path, r);
  return different ? EXIT_NOT_SO : EXIT_HELD;
}

// ---- Writing one -----------------------------------------------------------------------

static const char *kind_of(const char *to) {
  const char *dot = strrchr(to, '.');
  if (dot && !strcmp(dot, ".png")) return "picture";
  if (dot && !strcmp(dot, ".ora")) return "layers";
  if (dot && !strcmp(dot, ".flac")) return "sound";
  return dot && !strcmp(dot, ".json") ? "facts" : NULL;
}

static bool is_called(const replay_work *work, const char *name) {
  const size_t n = strlen(name);
  return !strcmp(work->title, name) || !strcmp(work->file, name) ||
    (!strncmp(work->file, name, n) && work->file[n] == '.');
}

static const replay_work *choose(const replay *r, const wishes *w) {
  const char *kind = kind_of(w->to);
  const replay_work *first = NULL;
  for (uint32_t i = 0; i < r->count; i++) {
    const replay_work *work = &r->works[i];
    if (strcmp(work->kind, kind)) continue;
    if (w->work ? is_called(work, w->work) : is_called(work, "mix")) return work;
    first = first || w->work ? first : work;
  }
  return first;
}

static result save_to(const char *to, const replay_work *work) {
  char folder[PATH_MAX];
  int dir = -1;
  snprintf(folder, sizeof(folder), "%s", to);
  char *slash = strrchr(folder, '/');
  const char *name = slash ? to + (slash - folder) + 1 : to;
  if (slash) slash[slash == folder] = 0;
  result r = io_open_dir(AT_FDCWD, slash ? folder : ".", &dir);
  if (!r) r = io_save(dir, name, work->bytes, work->size);
  io_close(dir);
  return r;
}

static int write_one(const replay *r, const wishes *w) {
  const replay_work *work = choose(r, w);
  if (!work) {
    fprintf(stderr, "gesto replay: there is no such work%s%s%s in this creation%s.\n",
      w->work ? " \"" : "", w->work ? w->work : "", w->work ? "\"" : "",
      w->partly ? " by then" : "");
    return EXIT_NOT_SO;
  }
  const result saved = save_to(w->to, work);
  if (!saved) return EXIT_HELD;
  fprintf(stderr,
    "gesto replay: %s could not be written (%s); name a file in a folder that "
    "is there.\n",
    w->to, result_text(saved));
  return EXIT_NOT_SO;
}

// ---- The command -----------------------------------------------------------------------

static int replay_folder(const char *path, int dir, const wishes *w) {
  char why[1024];
  exercise_list list;
  replay made;
  if (exercise_list_read(&list, NULL, why, sizeof(why)))
    fprintf(stderr, "gesto replay: %s\n", why);
  exercise_list_probe(&list);
  const replay_request request = {
    .dir = dir, .until_us = w->until_us, .speed = w->speed, .exercises = &list};
  int answer = EXIT_NOT_SO;
  if (replay_run(&made, &request, why, sizeof(why))) {
    fprintf(stderr, "gesto replay: %s\n", why);
  } else {
    if (made.note[0]) fprintf(stderr, "gesto replay: %s\n", made.note);
    answer = w->partly ? EXIT_HELD : compare(path, dir, &made);
    if (w->to && write_one(&made, w)) answer = EXIT_NOT_SO;
  }
  replay_finish(&made);
  exercise_list_finish(&list);
  return answer;
}

int replay_command(int argc, char **argv, const char *archive) {
  wishes w;
  const char *named = NULL;
  char path[PATH_MAX];
  const int bad = read_wishes(argc, argv, &w, &named);
  if (bad) return bad;
  if (w.to && !kind_of(w.to)) {
    fprintf(stderr,
      "gesto replay: --to takes a file that ends in .png, .ora, .flac or .json, not "
      "\"%s\".\n",
      w.to);
    return EXIT_USAGE;
  }
  if (place_find(archive, named, PLACE_CREATION, path, sizeof(path))) {
    fprintf(stderr,
      "gesto replay: %s is no creation; \"gesto list\" shows what there is.\n", named);
    return EXIT_NOT_SO;
  }
  if (!w.with_client && place_is_private(path)) {
    fprintf(stderr,
      "gesto replay: this creation is private; with the client present, add "
      "--with-client.\n");
    return EXIT_NOT_SO;
  }
  int dir = -1;
  const result r = io_open_dir(AT_FDCWD, path, &dir);
  if (r) {
    fprintf(stderr, "gesto replay: %s cannot be opened (%s).\n", path, result_text(r));
    return EXIT_NOT_SO;
  }
  const int answer = replay_folder(path, dir, &w);
  io_close(dir);
  return answer;
}
