// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/trouble.h"

#include "core/base/io.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void when(int64_t wall_us, const char *form, char *text, size_t room) {
  const time_t seconds = (time_t)(wall_us / 1000000);
  struct tm at = {0};
  gmtime_r(&seconds, &at);
  if (strftime(text, room, form, &at) == 0) text[0] = 0;
}

static int put_words(const trouble *t, char *text, size_t room) {
  char moment[40];
  when(t->wall_us, "%Y-%m-%d %H:%M:%S UTC", moment, sizeof moment);
  return snprintf(text, room,
    "An exercise of Gesto ended by itself. This page says how; it holds nothing of what "
    "was\n"
    "made, written or done.\n\n"
    "exercise         %s %s\n"
    "when             %s\n"
    "how              %s\n"
    "into it          %.1f s\n"
    "inputs recorded  %" PRIu64 "\n"
    "times in a row   %u\n",
    t->exercise, t->version, moment, t->how, (double)t->into_us / 1e6, t->inputs,
    t->times);
}

result trouble_write(const trouble *t, char *path, size_t room) {
  char words[2048];
  char stamp[40];
  char name[96];
  int dir = -1;
  const char *home = getenv("HOME");
  const int size = put_words(t, words, sizeof words);
  if (!t->exercise[0] || size <= 0 || (size_t)size >= sizeof words) return NOT_FOUND;
  if (!home || home[0] != '/') home = "/tmp";
  when(t->wall_us, "%Y%m%dT%H%M%SZ", stamp, sizeof stamp);
  snprintf(name, sizeof name, "gesto-trouble-%s.txt", stamp);
  const int length = snprintf(path, room, "%s/%s", home, name);
  if (length <= 0 || (size_t)length >= room) return TOO_LARGE;
  result done = io_open_dir(AT_FDCWD, home, &dir);
  if (done == OK) done = io_save(dir, name, words, (size_t)size);
  io_close(dir);
  return done;
}
