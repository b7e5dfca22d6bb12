// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// Plays keeper to gesto-voice: has WORDS made into sound and writes them, mono 16 bits at
// 48000, to standard output; what happened goes to standard error. Usage:
//   voice_rig PROGRAM LANGUAGE PACE WORDS
#include "core/base/clock.h"
#include "core/base/link.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROOM = 300 * 48000 * 2, WAIT_MS = 20000 };

static pid_t start(const char *path, int link) {
  pid_t child = fork();
  if (child != 0) return child;
  if (link == 3 ? dup2(3, 9) < 0 || dup2(9, 3) < 0 : dup2(link, 3) < 0) _exit(9);
  execl(path, path, (char *)NULL);
  _exit(9);
}

static bool await(int end, link_message *m, uint32_t kind) {
  return link_receive(end, m, WAIT_MS) == OK && m->kind == kind;
}

int main(int count, char **args) {
  static link_message m;
  memory_map map = {.bytes = NULL};
  int ends[2], fd = -1, status = 0;
  if (count < 5 || link_pair(ends) != OK || memory_create("clip", ROOM, &fd) != OK ||
    memory_map_open(&map, fd, false, ROOM) != OK)
    return 2;
  uint64_t began = clock_now_us();
  pid_t child = start(args[1], ends[1]);
  close(ends[1]);
  bool ready = await(ends[0], &m, FROM_VOICE_READY);
  fprintf(
    stderr, "ready %d %llu us\n", ready, (unsigned long long)(clock_now_us() - began));
  began = clock_now_us();
  m = (link_message){.kind = TO_VOICE_RENDER, .a = 7, .big = ROOM, .fd_count = 1};
  m.value = atof(args[3]);
  m.fds[0] = fd;
  m.text_size = (uint32_t)snprintf(m.text, sizeof m.text, "%s\n%s", args[2], args[4]);
  bool made =
    ready && link_send(ends[0], &m) == OK && await(ends[0], &m, FROM_VOICE_CLIP);
  uint64_t frames = made ? m.big : 0;
  fprintf(stderr, "frames %llu %llu us\n", (unsigned long long)frames,
    (unsigned long long)(clock_now_us() - began));
  if (frames * 2 <= ROOM) fwrite(map.bytes, 2, (size_t)frames, stdout);
  waitpid(child, &status, 0);
  fprintf(stderr, "exit %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 100);
  return 0;
}
