// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/commands.h"
#include "core/keeper/options.h"
#include "core/keeper/places.h"
#include "core/record/archive.h"

#include <limits.h>
#include <stdio.h>

static int forget(archive *a, const char *path) {
  char why[1024];
  const result locked = archive_lock(a);
  if (locked == NOT_NOW) {
    fprintf(stderr,
      "gesto forget: Gesto is open on this archive; close it first, or let go of "
      "the creation at its desk.\n");
    return EXIT_NOT_SO;
  }
  if (locked) {
    fprintf(
      stderr, "gesto forget: the archive cannot be locked (%s).\n", result_text(locked));
    return EXIT_NOT_SO;
  }
  if (archive_forget(a, path, why, sizeof(why))) {
    fprintf(stderr, "gesto forget: %s\n", why);
    return EXIT_NOT_SO;
  }
  puts("It is let go. Older copies of keys/ can still bring it back; replace them.");
  return EXIT_HELD;
}

int forget_command(int argc, char **argv, const char *archive_at) {
  const char *named = NULL;
  char path[PATH_MAX], why[1024];
  archive *a = NULL;
  if (options_take(argc, argv, NULL, &named, 1, 1) < 0) return EXIT_USAGE;
  if (place_find(archive_at, named, PLACE_CREATION, path, sizeof(path))) {
    fprintf(stderr,
      "gesto forget: %s is no creation; \"gesto list\" shows what there is.\n", named);
    return EXIT_NOT_SO;
  }
  if (archive_open(&a, archive_at, true, why, sizeof(why))) {
    fprintf(stderr, "gesto forget: %s\n", why);
    return EXIT_NOT_SO;
  }
  const int code = forget(a, path);
  archive_close(a);
  return code;
}
