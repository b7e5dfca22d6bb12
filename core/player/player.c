// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/player.h"

#include "core/base/protocol.h"
#include "core/player/decode.h"
#include "core/player/encode.h"
#include "core/player/intake.h"
#include "core/player/listen.h"
#include "core/player/lock.h"
#include "core/player/say.h"
#include "core/player/stage_run.h"

#include <stdlib.h>

static const char LOST_PAST[] =
  "What was done long ago cannot be read any more. It is made again from the journal.";

typedef struct player {
  int link;
  voices *instruments;
  stage_run *run; // NULL: a spare
  listener *listener;
  bool ending;
  int status;
} player;

static void refuse(player *p, const char *why) {
  say(p->link, &(saying){.kind = FROM_PLAYER_REFUSED, .text = why});
  p->ending = true;
  p->status = 1;
}

static void take_order(player *p, link_message *m) {
  char why[1024] =
    "There is no memory for this exercise. Close something and begin again.";
  if (p->run) return;
  stage_run *run = calloc(1, sizeof *run);
  if (run && stage_run_begin(run, p->link, m, p->instruments, why, sizeof why) == OK) {
    p->run = run;
    return;
  }
  refuse(p, why);
  if (run) stage_run_finish(run);
  free(run);
}

static void take_listen(player *p, link_message *m) {
  listener_destroy(p->listener);
  if (listener_create(&p->listener, m) == OK) return;
  say(p->link,
    &(saying){.kind = FROM_PLAYER_LOG,
      .a = GESTO_LOG_WARNING,
      .text = "This recording could not be read."});
  listener_destroy(p->listener);
  p->listener = NULL;
}

static void hear(player *p, link_message *m) {
  switch (m->kind) {
  case TO_PLAYER_ORDER: take_order(p, m); break;
  case TO_PLAYER_DECODE: decode_picture(p->link, m); break;
  case TO_PLAYER_ENCODE: encode_sound(p->link, m); break;
  case TO_PLAYER_INTAKE: intake_picture(p->link, m); break;
  case TO_PLAYER_LISTEN: take_listen(p, m); break;
  case TO_PLAYER_QUIT: p->ending = true; break;
  default:
    if (p->run) stage_run_hear(p->run, m);
  }
  link_drop_fds(m);
}

// False: nothing came, or the end has.
static bool hear_one(player *p, link_message *m, int timeout_ms) {
  result r = link_receive(p->link, m, timeout_ms);
  if (r == ENDED || r == FAILED) p->ending = true;
  if (r == OK) hear(p, m);
  return r == OK && !p->ending;
}

static void run_turn(player *p, link_message *m) {
  uint32_t bell = stage_run_bell(p->run);
  while (hear_one(p, m, 0)) {}
  if (p->ending) return;
  bool more = stage_run_turn(p->run);
  // To go on would be another course than the journal's: the keeper begins again from there.
  if (p->run->machine->lost_past) {
    refuse(p, LOST_PAST);
  } else if (p->run->fell_behind) {
    p->ending = true;
    p->status = 1;
  } else if (!more) {
    stage_run_wait(p->run, bell);
  }
}

static void end(player *p) {
  listener_destroy(p->listener);
  if (p->run) stage_run_finish(p->run);
  free(p->run);
  if (p->status == 0) say(p->link, &(saying){.kind = FROM_PLAYER_FAREWELL});
}

int player_run(int link, voices *instruments, int landlock_abi) {
  player p = {.link = link, .instruments = instruments};
  link_message *m = malloc(sizeof *m);
  if (!m) return 1;
  lock_warm_up();
  if (instruments && voices_renew(instruments) != OK) p.instruments = NULL;
  say(link, &(saying){.kind = FROM_PLAYER_READY, .a = (uint32_t)landlock_abi});
  while (!p.ending) {
    if (p.run)
      run_turn(&p, m);
    else
      hear_one(&p, m, -1);
  }
  end(&p);
  free(m);
  return p.status;
}
