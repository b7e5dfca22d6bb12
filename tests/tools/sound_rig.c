// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// Plays keeper, stage and player to gesto-sound: starts PROGRAM with a link, lets it ask for
// blocks of full-scale noise or of a soft sine, and prints what happened. Usage:
//   sound_rig PROGRAM noise|sine SECONDS [hush|close|wait-device]
// hush: Stop after SECONDS; close: ends the link after SECONDS; wait-device: SECONDS count
// from when a device runs. Lines: "state JSON", "asked N", "late N", "peak N", "exit N MS".
#include "core/base/clock.h"
#include "core/base/link.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct rig {
  memory_map wave, page;
  int fds[2], end;
  pid_t program;
  bool noise, device;
  uint64_t made;
  uint32_t seed, peak;
  link_message message;
} rig;

static float sample(rig *r) {
  r->seed = r->seed * 1664525 + 1013904223;
  if (r->noise) return (float)((int32_t)r->seed / 2147483648.0);
  return 0.1f * sinf((float)(r->made % 48000) * 440 * 6.2831853f / 48000);
}

static void answer(rig *r) {
  wave_page *wave = r->wave.bytes;
  uint32_t asked = atomic_load(&wave->asked), done = atomic_load(&wave->done);
  if (asked == done) {
    futex_wait(&wave->asked, asked, 20000);
    return;
  }
  for (; done != asked; done++)
    for (uint32_t i = 0; i < WAVE_FRAMES; i++, r->made++)
      wave->out[done % WAVE_SLOTS][0][i] = wave->out[done % WAVE_SLOTS][1][i] = sample(r);
  atomic_store(&wave->done, done);
}

static bool begin(rig *r, const char *path) {
  int ends[2];
  if (memory_create("wave", sizeof(wave_page), &r->fds[0]) != OK ||
    memory_create("page", sizeof(sound_page), &r->fds[1]) != OK ||
    memory_map_open(&r->wave, r->fds[0], true, sizeof(wave_page)) != OK ||
    memory_map_open(&r->page, r->fds[1], true, sizeof(sound_page)) != OK ||
    link_pair(ends) != OK)
    return false;
  atomic_store(&((sound_page *)r->page.bytes)->volume, 1000);
  r->end = ends[0];
  r->program = fork();
  if (r->program == 0) {
    if (ends[1] != 3)
      dup2(ends[1], 3);
    else if (dup2(ends[1], 9) < 0 || dup2(9, 3) < 0)
      _exit(9); // drops close-on-exec
    execl(path, path, (char *)NULL);
    _exit(9);
  }
  close(ends[1]);
  r->message = (link_message){.kind = TO_SOUND_ATTACH, .fd_count = 2};
  memcpy(r->message.fds, r->fds, sizeof r->fds);
  return r->program > 0 && link_send(r->end, &r->message) == OK;
}

static void listen(rig *r) {
  sound_page *page = r->page.bytes;
  uint32_t peak = atomic_load(&page->peak);
  if (peak > r->peak) r->peak = peak;
  if (r->end < 0) return;
  while (link_receive(r->end, &r->message, 0) == OK) {
    if (r->message.kind == FROM_SOUND_STATE) printf("state %s\n", r->message.text);
    r->device |= strstr(r->message.text, "\"running\":true") != NULL;
  }
  fflush(stdout);
}

static bool ended(rig *r, uint64_t since_us) {
  int status = 0;
  if (waitpid(r->program, &status, WNOHANG) != r->program) return false;
  listen(r);
  uint64_t ms = (clock_now_us() - since_us) / 1000;
  printf("exit %d %llu\n",
    WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status),
    (unsigned long long)ms);
  return true;
}

static void act(rig *r, const char *what) {
  if (strcmp(what, "hush") == 0) atomic_store(&((sound_page *)r->page.bytes)->hush, 1);
  if (strcmp(what, "close") == 0) {
    close(r->end);
    r->end = -1;
  }
}

int main(int count, char **args) {
  static rig r;
  if (count < 4 || !begin(&r, args[1])) return 2;
  const char *what = count > 4 ? args[4] : "";
  bool wait_device = strcmp(what, "wait-device") == 0, acted = false;
  uint64_t from = clock_now_us(), length = (uint64_t)(atof(args[3]) * 1e6), acted_us = 0;
  r.noise = strcmp(args[2], "noise") == 0;
  for (;;) {
    answer(&r);
    listen(&r);
    if (ended(&r, acted ? acted_us : from)) break;
    if (wait_device && !r.device) from = clock_now_us();
    if (clock_now_us() - from < length) continue;
    if (!acted) {
      acted_us = clock_now_us();
      acted = true;
      wave_page *wave = r.wave.bytes;
      printf("asked %u\nlate %u\npeak %u\n", atomic_load(&wave->asked),
        atomic_load(&wave->late), r.peak);
      act(&r, what);
    } else if (clock_now_us() - acted_us > 15000000) {
      kill(r.program, SIGKILL);
    }
  }
  return 0;
}
