// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/play.h"

#include "core/keeper/client_room.h"
#include "core/keeper/closing.h"
#include "core/keeper/house.h"
#include "core/keeper/options.h"
#include "core/keeper/script_driver.h"
#include "core/keeper/sitting.h"
#include "core/keeper/speech.h"
#include "core/record/script.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES_MAX = 64, LOAD_TURN_US = 20 * 1000 };

typedef struct playing {
  house house;
  sitting sitting;
  closing_answers answers;
  double speed;
  speech speech;     // nothing is heard, but what was said is journalled
  uint32_t creation; // that plays
} playing;

static void say_saving(void *data, uint32_t saving, const char *sentence) {
  (void)data;
  (void)saving;
  if (sentence[0]) fprintf(stderr, "gesto: %s\n", sentence);
}

static void hear_said(void *data, const char *words, bool now, uint64_t time_us) {
  playing *p = data;
  char plain[SAY_BYTES + 1];
  uint64_t show_ms = 0;
  const speech_said said = {
    .creation = p->creation, .time_us = time_us, .now = now, .words = words};
  p->speech.recorder = p->sitting.recorder;
  if (speech_say(&p->speech, &said, plain, &show_ms)) speech_settle(&p->speech);
}

// ---- One script --------------------------------------------------------------------------

static result begin_performance(playing *p, const script_head *head, performance **made) {
  char why[1024];
  const exercise_entry *entry =
    house_exercise(&p->house, head->exercise, why, sizeof why);
  if (!entry) {
    fprintf(stderr, "gesto: %s\n", why);
    return NOT_FOUND;
  }
  const performance_setup setup = {.session = p->sitting.session,
    .recorder = p->sitting.recorder,
    .ring = &p->sitting.ring,
    .spares = &p->sitting.spares,
    .exercise = entry,
    .mode = MODE_TIMED,
    .seed = head->seed,
    .width = head->width,
    .height = head->height,
    .scale = head->scale,
    .look_flags = head->look_flags,
    .text_scale = head->text_scale,
    .calls = {.data = p, .said = hear_said}};
  result done = performance_begin(made, &setup);
  if (done == OK) p->creation = performance_creation(*made);
  if (done != OK) {
    fprintf(
      stderr, "gesto: %s could not be begun: %s.\n", head->exercise, result_text(done));
  }
  return done;
}

// False: it was set aside before it was there.
static bool wait_for_state(script_driver *d, performance_state wanted) {
  for (;;) {
    performance_state at = performance_where(d->performance);
    if (at == wanted) return true;
    if (at == PERFORMANCE_ASIDE || at == PERFORMANCE_LEFT) return false;
    script_driver_turn(d, LOAD_TURN_US);
  }
}

static result play_close(playing *p, script_driver *d, const script_line *line) {
  uint32_t creation = performance_creation(d->performance);
  result done = closing_add(
    &p->answers, creation, line->close.keep, line->close.process, line->close.title);
  if (done != OK) return done;
  closing_answer *said = &p->answers.items[p->answers.count - 1];
  said->t_us = line->event.time;
  said->papers_gone = line->close.papers_gone;
  done = script_driver_advance(d, line->event.time);
  return done == OK ? ENDED : done;
}

static result play_line(playing *p, script_driver *d, const script_line *line) {
  switch (line->kind) {
  case SCRIPT_ADVANCE: return script_driver_advance(d, line->event.time);
  case SCRIPT_CLOSE: return play_close(p, d, line);
  default: return script_driver_event(d, &line->event);
  }
}

// OK: all of it. BAD_DATA: a line that could not be understood; FAILED: set aside.
static result play_lines(
  playing *p, script_driver *d, script *from, const script_names *names) {
  script_line line;
  result done = OK;
  while ((done = script_next(from, names, &line)) == OK) {
    result put = play_line(p, d, &line);
    if (put == ENDED && line.kind == SCRIPT_CLOSE) return OK;
    if (put != OK) {
      fprintf(stderr, "gesto: %s\n", performance_why(d->performance));
      return FAILED;
    }
  }
  if (done == ENDED) return OK;
  fprintf(stderr, "gesto: %s\n", script_error(from));
  return BAD_DATA;
}

static result play_performance(playing *p, script_driver *d, script *from) {
  if (!wait_for_state(d, PERFORMANCE_LIVE)) {
    fprintf(stderr, "gesto: %s\n", performance_why(d->performance));
    return FAILED;
  }
  script_names *names = NULL;
  result done = script_names_create(&names, performance_declared(d->performance));
  if (done != OK) return done;
  script_driver_init(d, d->sitting, d->performance, p->speed);
  done = play_lines(p, d, from, names);
  script_names_destroy(names);
  return done;
}

static result play_script(playing *p, const char *path) {
  script *from = NULL;
  script_head head;
  performance *made = NULL;
  result done = script_open(&from, path, &head);
  if (done != OK) {
    fprintf(stderr, "gesto: %s\n", from ? script_error(from) : result_text(done));
  } else {
    done = begin_performance(p, &head, &made);
  }
  if (done == OK) {
    script_driver d;
    script_driver_init(&d, &p->sitting, made, p->speed);
    done = play_performance(p, &d, from);
    performance_leave(made);
    wait_for_state(&d, PERFORMANCE_LEFT);
    if (done == OK && !performance_works_are_whole(made)) {
      fprintf(stderr,
        "gesto: not all that was made in %s could be kept as finished "
        "works; how it was made is in its journal.\n",
        path);
      done = FAILED;
    }
  }
  performance_destroy(made);
  speech_drop(&p->speech, p->creation);
  script_close_file(from);
  return done;
}

// ---- The session -------------------------------------------------------------------------

static result begin_session(playing *p, const char *client) {
  char id[24];
  char why[1024];
  const sitting_calls calls = {.trouble = say_saving};
  result done = archive_client(p->house.archive, client, id);
  if (done == FAILED && client &&
    !client_room_known(p->house.archive, client, why, sizeof why)) {
    fprintf(stderr, "gesto: %s\n", why);
    return done;
  }
  if (done == BAD_DATA && client) {
    fprintf(stderr,
      "gesto: the client's name is too long, or holds what no name can (a "
      "new line, for one); please give another.\n");
    return done;
  }
  if (done != OK) {
    fprintf(stderr, "gesto: the client could not be written to the archive: %s.\n",
      result_text(done));
    return done;
  }
  done = sitting_begin(&p->sitting, p->house.archive, id, &calls, why, sizeof why);
  if (done != OK) fprintf(stderr, "gesto: %s\n", why);
  p->sitting.exercises = &p->house.exercises;
  return done;
}

static int play_session(
  playing *p, const char *const *files, int count, const char *client) {
  if (begin_session(p, client) != OK) return EXIT_NOT_SO;
  int code = EXIT_HELD;
  for (int i = 0; i < count && code == EXIT_HELD; i++) {
    if (play_script(p, files[i]) != OK) code = EXIT_NOT_SO;
  }
  char path[PATH_MAX];
  result done = closing_session(&p->sitting, &p->answers, false, path, sizeof path);
  if (done != OK) {
    fprintf(stderr, "gesto: %s\n", path);
    sitting_finish(&p->sitting, true);
    return EXIT_NOT_SO;
  }
  puts(path);
  return code;
}

// No session is begun for a file that is not there. A pipe can be read only once.
static bool can_read(const char *const *files, int count) {
  for (int i = 0; i < count; i++) {
    struct stat kind;
    if (stat(files[i], &kind) == 0 && !S_ISREG(kind.st_mode)) continue;
    script *from = NULL;
    script_head head;
    const result done = script_open(&from, files[i], &head);
    if (done != OK)
      fprintf(stderr, "gesto: %s\n", from ? script_error(from) : result_text(done));
    script_close_file(from);
    if (done != OK) return false;
  }
  return true;
}

static bool read_speed(const char *text, double *speed) {
  *speed = 0;
  if (!text || strcmp(text, "max") == 0) return true;
  char *end = NULL;
  *speed = strtod(text, &end);
  if (end != text && *end == 0 && *speed > 0 && *speed <= 1000) return true;
  fprintf(
    stderr, "gesto: --speed takes \"max\" or a number above 0, not \"%s\".\n", text);
  return false;
}

int play_command(int argc, char **argv, const char *archive_path) {
  const char *client = NULL;
  const char *speed = NULL;
  const char *files[FILES_MAX];
  const option_rule rules[] = {
    {"--client", &client, NULL}, {"--speed", &speed, NULL}, {0}};
  int count = options_take(argc, argv, rules, files, 1, FILES_MAX);
  playing p = {0};
  if (count < 0 || !read_speed(speed, &p.speed)) return EXIT_USAGE;
  if (!can_read(files, count)) return EXIT_NOT_SO;
  if (house_open(&p.house, archive_path, "", NULL) != OK) return EXIT_NOT_SO;
  int code = EXIT_NOT_SO;
  if (speech_begin(&p.speech, NULL, NULL) == OK)
    code = play_session(&p, files, count, client);
  else
    fputs("gesto: there is no memory left to play with.\n", stderr);
  speech_finish(&p.speech);
  closing_finish_answers(&p.answers);
  house_close(&p.house);
  return code;
}
