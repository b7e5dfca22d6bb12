// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/replay_show.h"

#include "core/base/io.h"
#include "core/keeper/options.h"
#include "core/keeper/replay_frames.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define FRAMES_MOST ((uint64_t)999999)

static void print_stroke(const course *c, size_t i) {
  const course_stroke *s = &c->strokes[i];
  const char *tool = json_string_value(s->tool);
  char colour[8] = "-";
  if (s->colour >= 0)
    snprintf(colour, sizeof colour, "#%06x", (unsigned)s->colour & 0xFFFFFF);
  printf("%5zu  %10.3f  %10.3f  %-16s  %-7s%s\n", i + 1, (double)s->from_us / 1e6,
    (double)s->to_us / 1e6, tool ? tool : "-", colour,
    s->taken_back ? "  taken back" : "");
}

int replay_show_strokes(const course *c, bool json) {
  json_t *all = json ? json_array() : NULL;
  for (size_t i = 0; i < c->stroke_count; i++) {
    if (json)
      json_array_append_new(all, course_stroke_json(c, i));
    else
      print_stroke(c, i);
  }
  if (json) json_dumpf(all, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
  if (json) putchar('\n');
  json_decref(all);
  return EXIT_HELD;
}

static int refuse(const char *format, const char *what, const char *why) {
  fprintf(stderr, format, what, why);
  return EXIT_NOT_SO;
}

static result open_folder(const char *path, int *folder) {
  const result made = io_make_dir(AT_FDCWD, path, 0755);
  return made && made != EXISTS ? made : io_open_dir(AT_FDCWD, path, folder);
}

static int write_frames(frames_request *q, const char *folder) {
  char why[1024];
  const uint64_t count = frames_count(q);
  if (count > FRAMES_MOST)
    return refuse("gesto replay: that would be more than %s pictures; %s.\n", "999999",
      "please take a higher --speed or a lower --fps");
  const result opened = open_folder(folder, &q->to);
  if (opened)
    return refuse("gesto replay: the folder \"%s\" cannot be used (%s); name a new one, "
                  "in a folder that is there.\n",
      folder, result_text(opened));
  const result done = frames_write(q, why, sizeof why);
  io_close(q->to);
  if (done) return refuse("gesto replay: %s%s\n", "", why);
  printf("%" PRIu64 " pictures, %" PRIu32 " for a second\n", count, q->a_second);
  return EXIT_HELD;
}

int replay_show_frames(const frames_wish *w) {
  timelapse lapse;
  const result shown = course_lapse(w->course, true, w->without, &lapse);
  frames_request q = {.dir = w->dir,
    .lapse = &lapse,
    .end_us = w->course->end_us,
    .exercises = w->exercises,
    .speed = w->speed,
    .a_second = w->a_second,
    .to = -1};
  const int answer = shown ? refuse("gesto replay: %s%s.\n", "", result_text(shown))
                           : write_frames(&q, w->folder);
  timelapse_finish(&lapse);
  return answer;
}
