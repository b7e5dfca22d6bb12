// SPDX-License-Identifier: GPL-3.0-or-later
// `gesto session`: a session at once, without the desk.
#include "core/base/protocol.h"
#include "core/keeper/doorway.h"
#include "core/keeper/keeper_life.h"
#include "core/keeper/languages.h"
#include "core/keeper/live.h"
#include "core/keeper/options.h"
#include "core/keeper/warden.h"
#include "core/record/recipe.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

// Nobody comes between while a client is there.
static bool hear_door(
  void *data, uint32_t kind, const char *text, char *said, size_t room) {
  (void)data;
  (void)kind;
  (void)text;
  snprintf(said, room, "A session is open with this archive; please end that one first.");
  return false;
}

static void run(live *l, keeper_life *k, doorway *door) {
  while (!live_over(l)) {
    wake_set w;
    wake_init(&w);
    live_wake(l, &w);
    doorway_wake(door, &w);
    keeper_life_wake(k, &w);
    wake_wait(&w);
    if (keeper_life_asked_to_end(k)) live_end(l);
    doorway_turn(door, hear_door, NULL);
    live_turn(l);
  }
}

typedef struct wishes { // what was typed
  const char *client, *exercise;
  room_wish room;
} wishes;

static int run_session(keeper_life *k, house *h, const wishes *asked) {
  const live_setup setup = {.house = h,
    .hold = &k->hold,
    .page = k->page,
    .client = asked->client,
    .exercise = asked->exercise,
    .wish = asked->room};
  live *l = NULL;
  if (live_create(&l, &setup) != OK) {
    fputs("gesto: there is no memory left to begin a session with.\n", stderr);
    return EXIT_NOT_SO;
  }
  doorway door;
  const result opened = doorway_open(&door, h->archive);
  (void)opened; // without it a second gesto is told by the lock
  run(l, k, &door);
  doorway_close(&door);
  int code = live_exit_code(l) == 0 ? EXIT_HELD : EXIT_NOT_SO;
  if (code == EXIT_HELD && live_path(l)[0]) puts(live_path(l));
  live_destroy(l);
  return code;
}

// Said here, to whoever typed it, and not in the client's window.
static bool knows(keeper_life *k, house *h, const wishes *asked) {
  char why[1024];
  if (k->page->session[0]) return true;
  if (asked->client && !client_room_known(h->archive, asked->client, why, sizeof why)) {
    fprintf(stderr, "gesto: %s\n", why);
    return false;
  }
  if (!asked->exercise) return true;
  const exercise_entry *entry = house_exercise(h, asked->exercise, why, sizeof why);
  if (entry && client_room_would_offer(h->archive, asked->client, &h->exercises, entry))
    return true;
  if (entry)
    snprintf(why, sizeof why,
      "the room of \"%s\" leaves %s out; \"gesto room\" shows and changes it.",
      asked->client, asked->exercise);
  fprintf(stderr, "gesto: %s\n", why);
  return false;
}

static int keep(const warden_hold *hold, const char *archive_path, const wishes *asked) {
  keeper_life k;
  house h = {0};
  int code = EXIT_NOT_SO;
  if (keeper_life_begin(&k, hold) != OK) {
    fputs("gesto: what the warden left could not be read.\n", stderr);
  } else if (house_open(&h, archive_path, k.page->session, &hold->lock) == OK) {
    if (knows(&k, &h, asked)) code = run_session(&k, &h, asked);
  }
  house_close(&h);
  keeper_life_end(&k);
  fflush(stdout);
  return code;
}

// The same limits as in a room.
static bool take_room(const char *minutes, const char *language, room_wish *wish) {
  char why[256];
  char *end = NULL;
  const long n = minutes ? strtol(minutes, &end, 10) : 0;
  if (minutes && (!*minutes || *end || n < 1 || n > 100000)) {
    fprintf(stderr,
      "gesto session: \"%s\" is no number of minutes; \"--minutes 45\" is.\n", minutes);
    return false;
  }
  *wish = (room_wish){.minutes = (uint32_t)n, .language = language};
  json_t *recipe = json_object();
  if (minutes) json_object_set_new(recipe, "minutes", json_integer(n));
  if (language) json_object_set_new(recipe, "language", json_string(language));
  const bool holds = recipe_check(recipe, why, sizeof why) == OK;
  if (!holds) fprintf(stderr, "gesto session: %s\n", why);
  json_decref(recipe);
  return holds;
}

// Not asked again of a keeper that comes back: a session goes on, whatever lies beside it now.
static bool speaks(const char *language) {
  char why[512];
  if (!language || languages_have(language, why, sizeof why)) return true;
  fprintf(stderr, "gesto session: %s\n", why);
  return false;
}

static bool hand_over(const char *archive_path, const wishes *asked, int *code) {
  json_t *wish = json_pack("{s:s?, s:s?, s:i, s:s}", "client", asked->client, "exercise",
    asked->exercise, "minutes", (int)asked->room.minutes, "language",
    asked->room.language ? asked->room.language : "");
  char *text = json_dumps(wish, JSON_COMPACT);
  json_decref(wish);
  const bool handed = text && doorway_hand_over(archive_path, ASK_SESSION, text, code);
  free(text);
  return handed;
}

int session_command(int argc, char **argv, const char *archive_path) {
  const char *minutes = NULL, *language = NULL;
  wishes asked = {0};
  const option_rule rules[] = {{"--client", &asked.client, NULL},
    {"--exercise", &asked.exercise, NULL}, {"--minutes", &minutes, NULL},
    {"--language", &language, NULL}, {0}};
  if (options_take(argc, argv, rules, NULL, 0, 0) < 0) return EXIT_USAGE;
  if (!take_room(minutes, language, &asked.room)) return EXIT_USAGE;
  warden_hold hold;
  if (warden_inherited(&hold)) return keep(&hold, archive_path, &asked);
  if (!speaks(language)) return EXIT_USAGE;
  int code = EXIT_NOT_SO;
  if (hand_over(archive_path, &asked, &code)) return code;
  return warden_run(argc, argv, archive_path);
}
