// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/io.h"
#include "core/keeper/commands.h"
#include "core/keeper/exercise_list.h"
#include "core/keeper/options.h"
#include "core/keeper/places.h"
#include "core/keeper/story_script.h"
#include "core/record/journal.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// The session's own journal holds no gestures: its facts are printed as they are.
static int print_flow(const char *path) {
  journal_reader *reader = NULL;
  journal_frame frame;
  result r = journal_reader_open(&reader, AT_FDCWD, path);
  while (!r) {
    r = journal_next(reader, &frame);
    if (!r && frame.type == FRAME_FLOW)
      printf("%.*s\n", (int)frame.size, (const char *)frame.payload);
  }
  journal_reader_close(reader);
  if (r == ENDED) return EXIT_HELD;
  fprintf(stderr,
    "gesto journal: %s cannot be read to its end (%s); \"gesto verify\" tells "
    "more.\n",
    path, result_text(r));
  return EXIT_NOT_SO;
}

static int print_story(const story *s, const char *named) {
  char why[512];
  beginning begun;
  exercise_list list;
  if (beginning_read(&begun, s->begin_json)) {
    fprintf(stderr, "gesto journal: the beginning of %s cannot be understood.\n", named);
    return EXIT_NOT_SO;
  }
  if (exercise_list_read(&list, NULL, why, sizeof(why)))
    fprintf(stderr, "gesto journal: %s\n", why);
  exercise_list_probe(&list);
  const exercise_entry *entry = exercise_list_find(&list, begun.exercise);
  if (!entry)
    fprintf(stderr,
      "gesto journal: %s is not installed, so its controls are written by their "
      "numbers.\n",
      begun.exercise);
  if (begun.from[0])
    fprintf(stderr,
      "gesto journal: this creation began as a copy of %s; \"gesto replay\" makes it "
      "again, and the script by itself only what was added.\n",
      begun.from);
  const result r = story_script_write(stdout, s, &begun, entry ? entry->declared : NULL);
  exercise_list_finish(&list);
  beginning_finish(&begun);
  if (r)
    fprintf(stderr, "gesto journal: not all of it could be written out (%s).\n",
      result_text(r));
  else if (s->damaged)
    fprintf(stderr,
      "gesto journal: %s is damaged; this is what can still be read of it.\n", named);
  return r || s->damaged ? EXIT_NOT_SO : EXIT_HELD;
}

static int print_creation(const char *path, const char *named) {
  int dir = -1;
  story s = {.dir = -1};
  result r = io_open_dir(AT_FDCWD, path, &dir);
  if (!r) r = story_open(&s, dir);
  int answer = EXIT_NOT_SO;
  if (r == NOT_FOUND)
    fprintf(stderr,
      "gesto journal: there is no journal in %s; how it was made was not kept.\n", path);
  else if (r)
    fprintf(stderr,
      "gesto journal: %s cannot be read (%s); \"gesto verify\" tells more.\n", named,
      result_text(r));
  else
    answer = print_story(&s, named);
  story_finish(&s);
  io_close(dir);
  return answer;
}

static bool is_flow(const char *named) {
  const size_t n = strlen(named);
  return n >= 15 && !strcmp(named + n - 15, "session.journal");
}

int journal_command(int argc, char **argv, const char *archive) {
  bool with_client = false;
  const char *named = NULL;
  char path[PATH_MAX];
  const option_rule rules[] = {{"--with-client", NULL, &with_client}, {0}};
  if (options_take(argc, argv, rules, &named, 1, 1) < 0) return EXIT_USAGE;
  if (is_flow(named)) return print_flow(named);
  if (place_find(archive, named, PLACE_CREATION, path, sizeof(path))) {
    fprintf(stderr,
      "gesto journal: %s is no journal and no creation; \"gesto list\" shows "
      "what there is.\n",
      named);
    return EXIT_NOT_SO;
  }
  if (!with_client && place_is_private(path)) {
    fprintf(stderr,
      "gesto journal: this creation is private; with the client present, add "
      "--with-client.\n");
    return EXIT_NOT_SO;
  }
  return print_creation(path, named);
}
