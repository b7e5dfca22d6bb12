// SPDX-License-Identifier: GPL-3.0-or-later
// `gesto session`: a session at once, without the desk.
#include "core/keeper/keeper_life.h"
#include "core/keeper/live.h"
#include "core/keeper/options.h"
#include "core/keeper/warden.h"

#include <stdio.h>

static void run(live *l, keeper_life *k) {
  while (!live_over(l)) {
    wake_set w;
    wake_init(&w);
    live_wake(l, &w);
    keeper_life_wake(k, &w);
    wake_wait(&w);
    if (keeper_life_asked_to_end(k)) live_end(l);
    live_turn(l);
  }
}

static int run_session(
  keeper_life *k, house *h, const char *client, const char *exercise) {
  const live_setup setup = {.house = h,
    .hold = &k->hold,
    .page = k->page,
    .client = client,
    .exercise = exercise};
  live *l = NULL;
  if (live_create(&l, &setup) != OK) {
    fputs("gesto: there is no memory left to begin a session with.\n", stderr);
    return EXIT_NOT_SO;
  }
  run(l, k);
  int code = live_exit_code(l) == 0 ? EXIT_HELD : EXIT_NOT_SO;
  if (code == EXIT_HELD && live_path(l)[0]) puts(live_path(l));
  live_destroy(l);
  return code;
}

// Said here, to whoever typed it, and not in the client's window.
static bool knows(keeper_life *k, house *h, const char *exercise) {
  char why[1024];
  if (!exercise || k->page->session[0] || house_exercise(h, exercise, why, sizeof why))
    return true;
  fprintf(stderr, "gesto: %s\n", why);
  return false;
}

static int keep(const warden_hold *hold, const char *archive_path, const char *client,
  const char *exercise) {
  keeper_life k;
  house h = {0};
  int code = EXIT_NOT_SO;
  if (keeper_life_begin(&k, hold) != OK) {
    fputs("gesto: what the warden left could not be read.\n", stderr);
  } else if (house_open(&h, archive_path, k.page->session) == OK) {
    if (knows(&k, &h, exercise)) code = run_session(&k, &h, client, exercise);
  }
  house_close(&h);
  keeper_life_end(&k);
  fflush(stdout);
  return code;
}

int session_command(int argc, char **argv, const char *archive_path) {
  const char *client = NULL;
  const char *exercise = NULL;
  const option_rule rules[] = {
    {"--client", &client, NULL}, {"--exercise", &exercise, NULL}, {0}};
  if (options_take(argc, argv, rules, NULL, 0, 0) < 0) return EXIT_USAGE;
  warden_hold hold;
  if (warden_inherited(&hold)) return keep(&hold, archive_path, client, exercise);
  return warden_run(argc, argv, archive_path);
}
