// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/io.h"
#include "core/keeper/commands.h"
#include "core/keeper/options.h"
#include "core/keeper/places.h"
#include "core/keeper/take_home.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>

typedef struct exporting {
  char path[PATH_MAX]; // of a session's creations
  int to;
  bool made; // the folder was not there before
  bool with_client;
  uint32_t count, works, held_back; // files; works in all; private ones among them
  char *why;
  size_t room;
} exporting;

static result export_one(void *data, int dir, const char *name, bool is_dir) {
  exporting *e = data;
  char path[PATH_MAX + 256];
  (void)dir;
  if (!is_dir) return OK;
  snprintf(path, sizeof(path), "%s/%s", e->path, name);
  e->works++;
  if (!e->with_client && place_is_private(path)) {
    e->held_back++;
    return OK;
  }
  return take_home_creation(path, e->to, &e->count, e->why, e->room);
}

static result export_session(exporting *e, const char *session_path) {
  if ((size_t)snprintf(e->path, sizeof(e->path), "%s/creations", session_path) >=
    sizeof(e->path))
    return TOO_LARGE;
  const result r = io_each(AT_FDCWD, e->path, export_one, e);
  return r == NOT_FOUND ? OK : r; // nothing was made
}

static result open_target(exporting *e, const char *to) {
  const result r = io_make_dir(AT_FDCWD, to, 0755);
  e->made = r == OK;
  return r && r != EXISTS ? r : io_open_dir(AT_FDCWD, to, &e->to);
}

// Which of the two was named; 2: neither.
static int find_either(const char *archive, const char *named, char *path, bool *whole) {
  *whole = place_find(archive, named, PLACE_CREATION, path, PATH_MAX) != OK;
  if (*whole && place_find(archive, named, PLACE_SESSION, path, PATH_MAX)) {
    fprintf(stderr,
      "gesto export: %s is no creation and no session; \"gesto list\" shows what "
      "there is.\n",
      named);
    return EXIT_NOT_SO;
  }
  return EXIT_HELD;
}

// Nothing was there to be taken home: why, and what can be done.
static int say_nothing(const exporting *e) {
  if (e->held_back)
    fprintf(stderr,
      "gesto export: nothing was exported, as all that is here is private; with the "
      "client present, add --with-client.\n");
  else
    fprintf(stderr,
      "gesto export: nothing was exported, as %s; \"gesto list\" shows what there is.\n",
      e->works ? "no file was made of what is here" : "no work of this session stayed");
  return EXIT_NOT_SO;
}

static int say_files(const exporting *e, const char *to) {
  printf("%u file%s in %s\n", e->count, e->count == 1 ? "" : "s", to);
  if (e->held_back)
    printf("not among them, as private: %u work%s (--with-client takes all)\n",
      e->held_back, e->held_back == 1 ? "" : "s");
  return EXIT_HELD;
}

static int export_to(const char *path, bool whole, const char *to, bool with_client) {
  char why[1024] = "";
  exporting e = {.to = -1, .with_client = with_client, .why = why, .room = sizeof(why)};
  if (!whole && !with_client && place_is_private(path)) {
    fprintf(stderr,
      "gesto export: this creation is private; with the client present, add "
      "--with-client.\n");
    return EXIT_NOT_SO;
  }
  result r = open_target(&e, to);
  if (r)
    snprintf(why, sizeof(why),
      "%s cannot be used (%s); name a folder that can be written to.", to,
      result_text(r));
  else
    r = whole ? export_session(&e, path)
              : take_home_creation(path, e.to, &e.count, why, sizeof(why));
  io_close(e.to);
  if (!r && e.count) return say_files(&e, to);
  if (e.made) (void)!io_remove_dir(AT_FDCWD, to);
  if (!r) return say_nothing(&e);
  fprintf(stderr, "gesto export: %s\n", why[0] ? why : result_text(r));
  return EXIT_NOT_SO;
}

int export_command(int argc, char **argv, const char *archive) {
  bool with_client = false, whole = false;
  const char *named = NULL, *to = NULL;
  char path[PATH_MAX];
  const option_rule rules[] = {
    {"--to", &to, NULL}, {"--with-client", NULL, &with_client}, {0}};
  if (options_take(argc, argv, rules, &named, 1, 1) < 0) return EXIT_USAGE;
  if (!to) {
    fprintf(stderr, "gesto export: say where the files go with --to DIR.\n");
    return EXIT_USAGE;
  }
  const int missing = find_either(archive, named, path, &whole);
  return missing ? missing : export_to(path, whole, to, with_client);
}
