// SPDX-License-Identifier: GPL-3.0-or-later
// What is left of a player: its last reports, and how it ended.
#include "core/base/io.h"
#include "core/keeper/plain_text.h"
#include "core/keeper/player_inner.h"
#include "core/keeper/program.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

enum { TURNS = PAGE_REPORTS / PLAYER_REPORTS_A_TURN };

bool player_is_over(const player_proc *p) {
  return p->state == PLAYER_ENDED || p->state == PLAYER_REFUSED ||
    p->state == PLAYER_CRASHED;
}

void player_set_why(player_proc *p, const char *format, ...) {
  va_list list;
  va_start(list, format);
  vsnprintf(p->why, sizeof(p->why), format, list);
  va_end(list);
  plain_text(p->why);
}

void player_condemn(player_proc *p, const char *why) {
  if (p->condemned || p->pid < 0) return;
  if (!p->why[0]) player_set_why(p, "%s", why);
  p->condemned = true;
  program_kill(p->pid);
}

static void note_place(player_proc *p) {
  if (!p->page.bytes) return;
  const player_page *page = p->page.bytes;
  if (atomic_load(&page->busy_since_us)) p->last_seq = atomic_load(&page->busy_seq);
  if (atomic_load(&page->taken_up)) p->began = true;
}

// The newest that it can know of. A replay's player has its slots from a feed, and what it
// reports is nobody's.
static uint64_t newest_seq(const player_proc *p) {
  return p->follows ? ring_written(p->bell) : UINT64_MAX - 1;
}

void player_take_reports(player_proc *p) {
  uint32_t count = PLAYER_REPORTS_A_TURN;
  if (!p->page.bytes || p->state == PLAYER_LOADING || p->condemned) return;
  const watch_bounds bounds = {.newest_seq = newest_seq(p), .paced = p->paced};
  // As many as the page holds, not as many as it goes on to be given meanwhile.
  for (int i = 0; i < TURNS && count == PLAYER_REPORTS_A_TURN; i++) {
    const result r = player_watch_take(
      &p->watch, p->page.bytes, &bounds, p->reports, PLAYER_REPORTS_A_TURN, &count);
    if (count && p->calls.reports) p->calls.reports(p->calls.data, p->reports, count);
    if (!r) continue;
    player_condemn(p, "The exercise damaged the memory that it shares with Gesto.");
    return;
  }
}

static void describe_end(player_proc *p, int status) {
  if (p->why[0]) return;
  if (status >= 0 && WIFSIGNALED(status))
    player_set_why(p, "The exercise's program ended by signal %d (%s).", WTERMSIG(status),
      strsignal(WTERMSIG(status)));
  else
    player_set_why(p, "The exercise's program ended by itself (status %d).",
      status >= 0 ? WEXITSTATUS(status) : -1);
}

// It is gone or has closed its link; reports that it wrote before still count.
void player_finish(player_proc *p) {
  const int status = program_wait(p->pid, p->farewell ? PLAYER_FAREWELL_MS : 20);
  p->killed =
    !p->why[0] && status >= 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  p->pid = -1;
  note_place(p);
  player_take_reports(p);
  if (p->farewell)
    p->state = PLAYER_ENDED;
  else if (p->state != PLAYER_REFUSED)
    p->state = PLAYER_CRASHED;
  if (p->state == PLAYER_CRASHED) describe_end(p, status);
  io_close(p->link);
  p->link = -1;
}

void player_tell_end(player_proc *p) {
  if (p->told || p->pid >= 0) return;
  p->told = true;
  if (p->calls.ended) p->calls.ended(p->calls.data, p->state);
}

void player_end_hanging(player_proc *p) {
  note_place(p);
  player_condemn(p, "The exercise did not answer any more.");
  player_finish(p);
}
