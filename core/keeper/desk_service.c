// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/desk_service.h"

#include "core/keeper/desk_inner.h"
#include "core/keeper/desk_room.h"

#include "core/base/protocol.h"
#include "core/keeper/options.h"
#include "core/keeper/warden.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAVE_MS = 1000 };

// ---- The client's session ----------------------------------------------------------------

static void say_session(desk *d, bool runs) {
  result done = link_say(d->window.end, TO_DESK_SESSION, runs, NULL);
  (void)done; // a desk that is started later is told at its HELLO
}

static void forget_words(desk *d) {
  free(d->client);
  free(d->exercise);
  free(d->resume);
  free(d->language);
  d->client = d->exercise = d->resume = d->language = NULL;
}

static char *copy(const char *text) { return text ? strdup(text) : NULL; }

void desk_begin_session(desk *d, const desk_wish *wish) {
  if (d->live) {
    desk_say(d, 0, false, "A session is going on already.");
    return;
  }
  desk_listen_stop(&d->listen, d->sounds ? &d->sound : NULL);
  forget_words(d);
  d->client = copy(wish->client);
  d->exercise = copy(wish->exercise);
  d->resume = copy(wish->resume);
  d->language = copy(wish->room.language);
  const live_setup setup = {.house = d->house,
    .hold = &d->life->hold,
    .page = d->life->page,
    .client = d->client,
    .exercise = d->exercise,
    .resume = d->resume,
    .wish = {.minutes = wish->room.minutes, .language = d->language}};
  d->told = 0;
  if (live_create(&d->live, &setup) == OK) {
    say_session(d, true);
  } else {
    desk_say(d, 0, false, "There is no memory left to begin a session with.");
  }
}

// What the client gave can be read before they leave.
static void tell(desk *d) {
  uint32_t count = 0;
  const char *told = live_told(d->live, &count);
  if (count == d->told) return;
  if (link_say(d->window.end, TO_DESK_TOLD, 0, told) == OK) d->told = count;
}

static void turn_live(desk *d) {
  if (!d->live) return;
  live_turn(d->live);
  tell(d);
  if (!live_over(d->live)) return;
  bool good = live_exit_code(d->live) == 0;
  live_destroy(d->live);
  d->live = NULL;
  say_session(d, false);
  if (!good) {
    desk_say(d, 0, false,
      "The session's window ended early. What was made is kept and can be "
      "taken up from here.");
  }
  desk_send_list(d);
}

static void turn_finishing(desk *d) {
  if (!d->finishing || !finishing_turn(d->finishing)) return;
  const char *text = "";
  bool good = finishing_outcome(d->finishing, &text) == OK;
  desk_say(d, 0, good, text);
  finishing_destroy(d->finishing);
  d->finishing = NULL;
  desk_send_list(d);
}

// ---- A second gesto ----------------------------------------------------------------------

static bool can_begin(desk *d, const desk_wish *wish, char *said, size_t room) {
  if (wish->client && !client_room_known(d->house->archive, wish->client, said, room))
    return false;
  if (!wish->exercise) return true;
  const exercise_entry *entry = house_exercise(d->house, wish->exercise, said, room);
  if (!entry) return false;
  if (client_room_would_offer(
        d->house->archive, wish->client, &d->house->exercises, entry))
    return true;
  snprintf(said, room,
    "the room of \"%s\" leaves %s out; \"gesto room\" shows and changes it.",
    wish->client, wish->exercise);
  return false;
}

static bool begin_asked(desk *d, const char *text, char *said, size_t room) {
  json_t *asked = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
  const json_int_t minutes = json_integer_value(json_object_get(asked, "minutes"));
  const desk_wish wish = {.client = json_string_value(json_object_get(asked, "client")),
    .exercise = json_string_value(json_object_get(asked, "exercise")),
    .room = {.minutes = minutes > 0 ? (uint32_t)minutes : 0,
      .language = json_string_value(json_object_get(asked, "language"))}};
  const bool begins = asked && can_begin(d, &wish, said, room);
  if (begins) {
    desk_begin_session(d, &wish);
    snprintf(
      said, room, "Gesto is open already with this archive; the session begins there.");
  }
  json_decref(asked);
  return begins && d->live;
}

// A client who is there is not disturbed.
static bool hear_door(
  void *data, uint32_t kind, const char *text, char *said, size_t room) {
  desk *d = data;
  if (d->live) {
    snprintf(
      said, room, "A session is open with this archive; please end that one first.");
    return false;
  }
  if (kind == ASK_SESSION) return begin_asked(d, text, said, room);
  snprintf(
    said, room, "Gesto is open already with this archive; its desk comes to the front.");
  return link_say(d->window.end, TO_DESK_RAISE, 0, NULL) == OK;
}

// ---- Turns -------------------------------------------------------------------------------

static void start_window(desk *d) {
  if (window_start(&d->window) != OK) {
    fputs(
      "gesto: the desk's program, gesto-desk, cannot be started; please look whether it "
      "lies beside gesto. \"gesto session\" needs none.\n",
      stderr);
    d->bye = true;
    d->exit_code = EXIT_NOT_SO;
    return;
  }
  d->life->page->desk_pid = d->window.child.pid;
}

static void turn_window(desk *d) {
  desk_hear(d);
  if (d->bye || window_look(&d->window) == WINDOW_WELL) return;
  desk_hear(d);
  if (d->bye) return;
  bool never = !d->window.heard && d->window.ends > 1;
  if (never || window_gives_up(&d->window)) {
    fputs(
      "gesto: the desk's window could not be kept open. Is there a screen ($DISPLAY)?\n",
      stderr);
    d->bye = true;
    d->exit_code = EXIT_NOT_SO;
    return;
  }
  start_window(d);
}

static void wake(desk *d) {
  wake_set w;
  wake_init(&w);
  keeper_life_wake(d->life, &w);
  doorway_wake(&d->door, &w);
  window_wake(&d->window, &w);
  decoder_wake(d->decoder, &w);
  desk_listen_wake(&d->listen, &w);
  picture_intake_wake(&d->picture, &w);
  if (d->replay) desk_replay_wake(d->replay, &w);
  if (d->sounds && (d->listen.player || d->replay)) sound_link_wake(&d->sound, &w);
  if (d->finishing) finishing_wake(d->finishing, &w);
  if (d->live) live_wake(d->live, &w);
  wake_wait(&w);
}

static void turn(desk *d) {
  if (d->browser.pid > 0 && !child_runs(&d->browser)) child_forget(&d->browser);
  turn_window(d);
  doorway_turn(&d->door, hear_door, d);
  turn_live(d);
  turn_finishing(d);
  desk_turn_thumbs(d);
  desk_turn_picture(d);
  desk_turn_sound(d);
  if (d->replay && desk_replay_turn(d->replay)) {
    desk_replay_destroy(d->replay);
    d->replay = NULL;
    desk_say(d, 0, false, "The replay ended early.");
  }
}

// A client's session outlives the desk's window.
static void run(desk *d) {
  while (!d->bye || d->live) {
    wake(d);
    if (keeper_life_asked_to_end(d->life)) {
      d->bye = true;
      if (d->live) live_end(d->live);
    }
    if (d->bye) {
      turn_live(d);
    } else {
      turn(d);
    }
  }
}

static void finish(desk *d) {
  doorway_close(&d->door);
  live_destroy(d->live);
  finishing_destroy(d->finishing);
  desk_replay_destroy(d->replay);
  desk_listen_stop(&d->listen, d->sounds ? &d->sound : NULL);
  if (d->sounds) sound_link_finish(&d->sound);
  result done = link_say(d->window.end, TO_DESK_QUIT, 0, NULL);
  (void)done;
  window_finish(&d->window, LEAVE_MS);
  child_forget(&d->browser);
  decoder_destroy(d->decoder);
  picture_intake_finish(&d->picture);
  for (uint32_t i = 0; i < d->thumb_count; i++) free(d->thumbs[i].path);
  forget_words(d);
  free(d->in);
  free(d->out);
}

// Another keeper of this warden was here before.
static void take_over(desk *d) {
  const handover *page = d->life->page;
  if (window_adopt(&d->window, page->desk_pid) != OK) start_window(d);
  if (page->stage_pid || page->session[0]) desk_begin_session(d, &(desk_wish){0});
}

static int serve(keeper_life *k, house *h) {
  desk *d = calloc(1, sizeof *d);
  if (!d) return EXIT_NOT_SO;
  *d = (desk){.life = k, .house = h};
  const result opened = doorway_open(&d->door, h->archive);
  (void)opened; // without it a second gesto is told by the lock
  d->in = calloc(1, sizeof *d->in);
  d->out = calloc(1, sizeof *d->out);
  window_init(&d->window, "gesto-desk", k->hold.desk, TO_DESK_PING);
  if (d->in && d->out && decoder_create(&d->decoder) == OK) {
    if (k->page->desk_pid) {
      take_over(d);
    } else {
      start_window(d);
    }
    run(d);
  }
  int code = d->exit_code;
  finish(d);
  free(d);
  return code;
}

static int keep(const warden_hold *hold, const char *archive_path) {
  keeper_life k;
  house h = {0};
  int code = EXIT_NOT_SO;
  if (keeper_life_begin(&k, hold) != OK) {
    fputs("gesto: what the warden left could not be read.\n", stderr);
  } else if (house_open(&h, archive_path, k.page->session, &hold->lock) == OK) {
    code = serve(&k, &h);
  }
  house_close(&h);
  keeper_life_end(&k);
  return code;
}

int desk_command(int argc, char **argv, const char *archive_path) {
  const option_rule rules[] = {{0}};
  if (options_take(argc, argv, rules, NULL, 0, 0) < 0) return EXIT_USAGE;
  warden_hold hold;
  if (warden_inherited(&hold)) return keep(&hold, archive_path);
  int code = EXIT_NOT_SO;
  if (doorway_hand_over(archive_path, ASK_DESK, "", &code)) return code;
  return warden_run(argc, argv, archive_path);
}
