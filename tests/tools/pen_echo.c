// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// Prints what pen_x11 reads in a window of its own, taking the X server's test pointer for a
// pen, until that lifts three times: "down X Y", "move X Y", "up X Y", "hover X Y".
#include "core/stage/pen.h"

#include <poll.h>
#include <SDL.h>
#include <stdio.h>
#include <string.h>

enum { WAIT_MS = 20000, LIFTS = 3 };

static bool is_test_pointer(const char *name) { return strstr(name, "XTEST pointer"); }

int main(void) {
  static const char *const words[] = {[PHASE_DOWN] = "down",
    [PHASE_MOVE] = "move",
    [PHASE_UP] = "up",
    [PHASE_CANCEL] = "cancel",
    [PHASE_HOVER] = "hover"};
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return 2;
  SDL_Window *w = SDL_CreateWindow("pen", 0, 0, 800, 600, SDL_WINDOW_BORDERLESS);
  if (!w) return 2;
  SDL_PumpEvents();
  pen_reader *reader = pen_x11_open(w, is_test_pointer);
  if (!reader) return 3;
  pen p;
  pen_begin(&p, reader);
  printf("pens %u\n", p.count);
  fflush(stdout);
  struct pollfd waits = {.fd = reader->fd, .events = POLLIN};
  for (int lifts = 0; lifts < LIFTS && poll(&waits, 1, WAIT_MS) > 0;) {
    pointer q;
    while (pen_next(&p, 1, 1, &q)) {
      printf("%s %.0f %.0f\n", words[q.phase], q.x, q.y);
      lifts += q.phase == PHASE_UP;
    }
  }
  pen_finish(&p);
  SDL_Quit();
  return 0;
}
