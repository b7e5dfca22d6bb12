// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/io.h"
#include "core/keeper/commands.h"
#include "core/keeper/options.h"
#include "core/keeper/places.h"
#include "core/keeper/replay.h"
#include "core/keeper/replay_show.h"

#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WORK_BYTES_MAX ((size_t)1 << 30)
static const double SPEED_MAX = 100000, LAPSE_SPEED = 8;
enum { FPS_USUAL = 25 };

typedef struct wishes {
  const char *to, *work, *frames; // NULL: not asked for
  uint64_t until_us, stroke;      // stroke 0: not asked for
  double speed;
  uint32_t fps;
  bool with_client, partly, skip_pauses, strokes, json, without;
} wishes;

typedef struct numbers { // as they were given; NULL: not
  const char *at, *stroke, *speed, *fps;
} numbers;

static bool read_number(const char *text, double least, double most, double *number) {
  char *end = NULL;
  if (text[strspn(text, "0123456789.")]) return false; // strtod takes more than people do
  *number = strtod(text, &end);
  return end != text && !*end && *number >= least && *number <= most;
}

static int refuse_number(const char *option, const char *text, const char *what) {
  fprintf(stderr, "gesto replay: %s takes %s, not \"%s\".\n", option, what, text);
  return EXIT_USAGE;
}

static bool read_whole(const char *text, double most, double *number) {
  return read_number(text, 1, most, number) && *number <= floor(*number);
}

static int read_numbers(const numbers *n, wishes *w) {
  double number = 0;
  if (n->at && !read_number(n->at, 0, 1e9, &number))
    return refuse_number("--at", n->at, "seconds from the beginning");
  if (n->at) w->until_us = (uint64_t)(number * 1e6 + 0.5);
  if (n->stroke && !read_whole(n->stroke, 1e9, &number))
    return refuse_number("--at-stroke", n->stroke, "the number of a stroke, from 1");
  if (n->stroke) w->stroke = (uint64_t)number;
  if (n->fps && !read_whole(n->fps, 120, &number))
    return refuse_number(
      "--fps", n->fps, "a whole number of pictures a second, 1 to 120");
  if (n->fps) w->fps = (uint32_t)number;
  const bool is_max = n->speed && !strcmp(n->speed, "max");
  if (n->speed && !is_max && !read_number(n->speed, 0.01, SPEED_MAX, &w->speed))
    return refuse_number(
      "--speed", n->speed, "\"max\" or how many times as fast as it was made");
  w->partly = n->at || n->stroke;
  return EXIT_HELD;
}

static int refuse_pair(const char *a, const char *b) {
  fprintf(stderr, "gesto replay: %s and %s do not go together; please take one.\n", a, b);
  return EXIT_USAGE;
}

static int refuse_alone(const char *a, const char *b) {
  fprintf(stderr, "gesto replay: %s says nothing without %s.\n", a, b);
  return EXIT_USAGE;
}

static int look_whether_they_fit(const numbers *n, const wishes *w) {
  if (n->at && n->stroke) return refuse_pair("--at", "--at-stroke");
  if (w->frames && w->partly)
    return refuse_pair("--frames", n->at ? "--at" : "--at-stroke");
  if (w->frames && n->speed && !(w->speed > 0))
    return refuse_pair("--frames", "--speed max");
  if (w->frames && w->to) return refuse_pair("--frames", "--to");
  if (w->strokes && w->frames) return refuse_pair("--strokes", "--frames");
  if (w->strokes && w->to) return refuse_pair("--strokes", "--to");
  if (w->strokes && w->partly)
    return refuse_pair("--strokes", n->at ? "--at" : "--at-stroke");
  if (w->strokes && n->speed) return refuse_pair("--strokes", "--speed");
  if (w->work && !w->to) return refuse_alone("--work", "--to");
  if (w->partly && !w->to) return refuse_alone(n->at ? "--at" : "--at-stroke", "--to");
  if (w->json && !w->strokes) return refuse_alone("--json", "--strokes");
  if (w->without && !w->frames) return refuse_alone("--without-undone", "--frames");
  if (n->fps && !w->frames) return refuse_alone("--fps", "--frames");
  if (w->skip_pauses && !w->frames && !(w->speed > 0))
    return refuse_alone("--skip-pauses", "--speed and a number");
  return EXIT_HELD;
}

static int read_wishes(int argc, char **argv, wishes *w, const char **named) {
  numbers n = {0};
  const option_rule rules[] = {{"--at", &n.at, NULL}, {"--at-stroke", &n.stroke, NULL},
    {"--speed", &n.speed, NULL}, {"--skip-pauses", NULL, &w->skip_pauses},
    {"--to", &w->to, NULL}, {"--work", &w->work, NULL}, {"--strokes", NULL, &w->strokes},
    {"--json", NULL, &w->json}, {"--frames", &w->frames, NULL}, {"--fps", &n.fps, NULL},
    {"--without-undone", NULL, &w->without}, {"--with-client", NULL, &w->with_client},
    {0}};
  *w = (wishes){.until_us = UINT64_MAX, .fps = FPS_USUAL};
  if (options_take(argc, argv, rules, named, 1, 1) < 0) return EXIT_USAGE;
  const int bad = read_numbers(&n, w);
  return bad ? bad : look_whether_they_fit(&n, w);
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

static const replay_work *choose_named(const replay *r, const wishes *w) {
  const char *kind = kind_of(w->to), *name = w->work ? w->work : "mix";
  for (uint32_t i = 0; i < r->count; i++)
    if (!strcmp(r->works[i].kind, kind) && is_called(&r->works[i], name))
      return &r->works[i];
  return NULL;
}

// What the client had before them, or the first.
static const replay_work *choose_seen(const replay *r, const char *kind) {
  const replay_work *best = NULL;
  uint32_t count = 0;
  for (uint32_t i = 0; i < r->count; i++) {
    const replay_work *work = &r->works[i];
    if (strcmp(work->kind, kind)) continue;
    if (!best || (work->in_front && !best->in_front)) best = work;
    count++;
  }
  if (count > 1)
    fprintf(stderr,
      "gesto replay: this is \"%s\"%s, one of %" PRIu32 "; --work names another.\n",
      best->title[0] ? best->title : best->file,
      best->in_front ? ", which lay in front" : "", count);
  return best;
}

static const replay_work *choose(const replay *r, const wishes *w) {
  const replay_work *named = choose_named(r, w);
  return named || w->work ? named : choose_seen(r, kind_of(w->to));
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

typedef struct place { // what is replayed
  const char *path;
  int dir;
  exercise_list *list;
  course course;
} place;

static int say_why(const char *why) {
  fprintf(stderr, "gesto replay: %s\n", why);
  return EXIT_NOT_SO;
}

static int refuse_stroke(const place *p, const wishes *w) {
  fprintf(stderr, "gesto replay: there is no stroke %" PRIu64 "; there are %zu.\n",
    w->stroke, p->course.stroke_count);
  return EXIT_NOT_SO;
}

static int make_again(place *p, const wishes *w) {
  char why[1024];
  replay made;
  const replay_request request = {.dir = p->dir,
    .until_us = w->until_us,
    .speed = w->speed,
    .lapse = w->skip_pauses ? &p->course.lapse : NULL,
    .exercises = p->list};
  int answer = EXIT_NOT_SO;
  if (replay_run(&made, &request, why, sizeof why)) {
    say_why(why);
  } else {
    if (made.note[0]) fprintf(stderr, "gesto replay: %s\n", made.note);
    answer = w->partly ? EXIT_HELD : compare(p->path, p->dir, &made);
    if (w->to && write_one(&made, w)) answer = EXIT_NOT_SO;
  }
  replay_finish(&made);
  return answer;
}

// By its course: strokes, pictures, or made again up to a stroke or without pauses.
static int replay_course(place *p, wishes *w) {
  char why[1024];
  if (course_open(&p->course, p->dir, p->list, why, sizeof why)) return say_why(why);
  if (w->strokes) return replay_show_strokes(&p->course, w->json);
  if (w->frames)
    return replay_show_frames(&(frames_wish){.dir = p->dir,
      .course = &p->course,
      .exercises = p->list,
      .speed = w->speed > 0 ? w->speed : LAPSE_SPEED,
      .without = w->without,
      .a_second = w->fps,
      .folder = w->frames});
  if (w->stroke && !course_stroke_time(&p->course, w->stroke, true, &w->until_us))
    return refuse_stroke(p, w);
  return make_again(p, w);
}

static int replay_folder(const char *path, int dir, wishes *w) {
  char why[1024];
  exercise_list list;
  place p = {.path = path, .dir = dir, .list = &list};
  if (exercise_list_read(&list, NULL, why, sizeof why)) say_why(why);
  exercise_list_probe(&list);
  const bool by_course = w->strokes || w->frames || w->stroke || w->skip_pauses;
  const int answer = by_course ? replay_course(&p, w) : make_again(&p, w);
  course_finish(&p.course);
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
      "gesto replay: \"%s\" is no creation; \"gesto list\" shows what there is.\n",
      named);
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
