// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// From exec to the first frame on a screen, seen in the frame buffer of an Xvfb that writes it
// into a file: gesto-stage beside the least SDL window there can be, in turns.
//   time_start FRAME-BUFFER-FILE GESTO-STAGE BARE-WINDOW
// Times are wall time; CPU time (of the program alone, until that frame) is less noisy where
// others work, too.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/link.h"
#include "core/base/memory_map.h"
#include "tests/bench/figures.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROUNDS = 15, STAGE_FD = 3, LOOK_US = 100, PATIENCE_US = 10 * 1000 * 1000 };
// Fields of an XWD file's head, in words of 32 bits, most significant byte first.
enum { XWD_HEAD = 0, XWD_WIDTH = 4, XWD_HEIGHT = 5, XWD_LINE = 12, XWD_COLOURS = 19 };
enum { XWD_COLOUR_BYTES = 12, PLACES = 5 };

typedef struct screen {
  memory_map map;
  const uint32_t *places[PLACES]; // corners and middle
} screen;

typedef struct start {
  double ms[ROUNDS], cpu_ms[ROUNDS];
} start;

static void stop(const char *what, const char *of) {
  fprintf(stderr, "time_start: %s%s\n", what, of);
  exit(1);
}

static void need(bool good, const char *what) {
  if (!good) stop(what, "");
}

static void open_screen(screen *s, const char *path) {
  int fd = -1;
  need(io_open(AT_FDCWD, path, O_RDONLY, 0, &fd) == OK, path);
  need(memory_map_open(&s->map, fd, false, 128) == OK, "no frame buffer");
  io_close(fd);
  const uint32_t *head = s->map.bytes;
  const size_t line = ntohl(head[XWD_LINE]);
  const size_t w = ntohl(head[XWD_WIDTH]);
  const size_t h = ntohl(head[XWD_HEIGHT]);
  const char *first = (const char *)s->map.bytes + ntohl(head[XWD_HEAD]) +
    (size_t)ntohl(head[XWD_COLOURS]) * XWD_COLOUR_BYTES;
  const size_t at[PLACES][2] = {
    {8, 8}, {w - 9, 8}, {8, h - 9}, {w - 9, h - 9}, {w / 2, h / 2}};
  for (int i = 0; i < PLACES; i++)
    s->places[i] =
      (const uint32_t *)(const void *)(first + at[i][1] * line + at[i][0] * 4);
}

// The screen of an Xvfb is black until somebody paints on it.
static bool is_lit(const screen *s) {
  for (int i = 0; i < PLACES; i++)
    if ((*(const volatile uint32_t *)s->places[i] & 0xFFFFFF) == 0) return false;
  return true;
}

static bool is_dark(const screen *s) {
  for (int i = 0; i < PLACES; i++)
    if (*(const volatile uint32_t *)s->places[i] & 0xFFFFFF) return false;
  return true;
}

static void wait_until(
  const screen *s, bool (*so)(const screen *), const char *otherwise, const char *of) {
  const uint64_t until = clock_now_us() + PATIENCE_US;
  while (!so(s)) {
    if (clock_now_us() >= until) stop(otherwise, of);
    clock_sleep_us(LOOK_US);
  }
}

static double milliseconds(struct timeval t) {
  return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static void time_one(const screen *s, const char *program, start *to, int round) {
  int ends[2];
  need(link_pair(ends) == OK, "no link");
  posix_spawn_file_actions_t doings;
  posix_spawn_file_actions_init(&doings);
  posix_spawn_file_actions_adddup2(&doings, ends[1], STAGE_FD);
  char *argv[] = {(char *)program, NULL};
  pid_t pid = 0;
  const uint64_t before = clock_now_us();
  need(posix_spawn(&pid, program, &doings, NULL, argv, environ) == 0, program);
  wait_until(s, is_lit, "no window came of ", program);
  to->ms[round] = (double)(clock_now_us() - before) / 1e3;
  kill(pid, SIGKILL);
  struct rusage used;
  need(wait4(pid, NULL, 0, &used) == pid, "it is not ours");
  to->cpu_ms[round] = milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
  posix_spawn_file_actions_destroy(&doings);
  io_close(ends[0]);
  io_close(ends[1]);
  wait_until(s, is_dark, "the window stayed of ", program);
}

int main(int argc, char **argv) {
  static screen s;
  static start stage, bare, warm;
  need(argc == 4, "time_start FRAME-BUFFER-FILE GESTO-STAGE BARE-WINDOW");
  open_screen(&s, argv[1]);
  wait_until(&s, is_dark, "the screen is not empty", "");
  for (int i = 0; i < 2; i++) time_one(&s, argv[2], &warm, i);
  for (int i = 0; i < ROUNDS; i++) {
    time_one(&s, argv[3], &bare, i);
    time_one(&s, argv[2], &stage, i);
  }
  figures_row(&(figure_row){.name = "start-to-frame",
    .unit = "ms",
    .ours = figure_of(stage.ms, ROUNDS, 1),
    .theirs = figure_of(bare.ms, ROUNDS, 1),
    .peer = "bare window",
    .kind = FIGURE_AT_MOST,
    .goal = 100});
  figures_row(&(figure_row){.name = "start-cpu",
    .unit = "ms",
    .ours = figure_of(stage.cpu_ms, ROUNDS, 1),
    .theirs = figure_of(bare.cpu_ms, ROUNDS, 1),
    .peer = "bare window"});
  memory_map_close(&s.map);
  return 0;
}
