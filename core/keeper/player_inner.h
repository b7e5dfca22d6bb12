// SPDX-License-Identifier: GPL-3.0-or-later
// What the files behind player_proc.h share: one player process as its keeper holds it.
// Keeper's main thread.
#ifndef GESTO_KEEPER_PLAYER_INNER_H
#define GESTO_KEEPER_PLAYER_INNER_H

#include "core/keeper/player_memory.h"
#include "core/keeper/player_order.h"
#include "core/keeper/player_proc.h"
#include "core/keeper/player_watch.h"

enum { PLAYER_REPORTS_A_TURN = 512, PLAYER_FAREWELL_MS = 300 };

struct player_proc {
  pid_t pid; // -1: gone
  int link;
  player_state state;
  bool ordered, told, farewell, quitting, condemned, paced, follows, killed;
  bool works_asked, gave_up, began;
  uint64_t started_us, ordered_us, first_seq, last_seq, data_bytes;
  uint64_t second_us, in_second;     // what it said in this second
  uint32_t bad_packets, logs, wants; // wants: in this round of works
  char *exercise;                    // id, if the list knows it
  ordered_memory memory;
  memory_map page;
  ring *bell;
  bool with_feed, held;
  player_calls calls;
  player_watch watch;
  lent_memory lent;
  char why[512];
  page_report reports[PLAYER_REPORTS_A_TURN];
  link_message in, out, order; // `order` waits while the player is still starting
};

bool player_is_over(const player_proc *p); // ENDED, REFUSED or CRASHED
// One plain line, whatever is in it.
void player_set_why(player_proc *p, const char *format, ...) PRINTF_LIKE(2, 3);

// Sends and rings: a player sleeps at the bell of its ring, not at its link.
MUST_USE result player_say(player_proc *p, const link_message *m);
link_message *player_blank(player_proc *p, uint32_t kind, uint32_t a); // p->out, emptied
MUST_USE result player_send_order(player_proc *p);

void player_take_reports(player_proc *p);
// It is gone or has closed its link, or must go: waits for its end and says how it came.
void player_finish(player_proc *p);
// It broke a rule that no player of ours breaks: it is ended, and that counts as its own
// doing. Once `p->condemned` is set nothing that it said is heard any more.
void player_condemn(player_proc *p, const char *why);
void player_tell_end(player_proc *p);
void player_end_hanging(player_proc *p);

void player_hear(player_proc *p); // the message in p->in

#endif
