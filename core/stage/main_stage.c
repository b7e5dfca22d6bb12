// SPDX-License-Identifier: GPL-3.0-or-later
// gesto-stage: the client's window. Started by the warden with its link to the keeper as
// descriptor 3; a test may name another descriptor in GESTO_STAGE_LINK.
#include "core/stage/door.h"
#include "core/stage/loop.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>

enum { LINK_FD = 3 };

static double number_from(const char *name, double otherwise) {
  const char *value = getenv(name);
  return value && value[0] ? atof(value) : otherwise;
}

static int link_fd(void) {
  const int fd = (int)number_from("GESTO_STAGE_LINK", LINK_FD);
  int kind = 0;
  socklen_t size = sizeof kind;
  const bool socket = getsockopt(fd, SOL_SOCKET, SO_TYPE, &kind, &size) == 0;
  if (!socket || kind != SOCK_SEQPACKET) return -1;
  fcntl(fd, F_SETFD, FD_CLOEXEC);
  return fd;
}

static theme_name theme_from_room(void) {
  const char *value = getenv("GESTO_THEME");
  for (theme_name t = THEME_PAPER; value && t < THEME_COUNT; t++)
    if (strcmp(value, theme_of(t)->name) == 0) return t;
  return THEME_PAPER;
}

static void say_hello(stage *s) {
  link_message *m = stage_message(s, FROM_STAGE_HELLO);
  m->a = (uint32_t)s->view.dirty.width;
  m->b = (uint32_t)s->view.dirty.height;
  stage_send(s);
}

static void open_stage(stage *s, window *w, int link) {
  int32_t width = 0;
  int32_t height = 0;
  window_size(w, &width, &height);
  stage_init(s, width, height, number_from("GESTO_SCALE", window_guess_scale(w)));
  s->link = link;
  s->theme = theme_from_room();
  s->text_scale = number_between(number_from("GESTO_TEXT_SCALE", 1), 1, 2);
  view_set_look(&s->view, s->theme, s->scale, s->text_scale);
  say_hello(s);
}

int main(int argc, char **argv) {
  static stage s;
  static loop l;
  static window w;
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); // a core dump would hold what a client typed
  const int link = link_fd();
  if (link < 0) {
    fputs("gesto-stage: this program is started by gesto; please run gesto.\n", stderr);
    return 2;
  }
  const int width = (int)number_from("GESTO_WINDOW_WIDTH", 0);
  const int height = (int)number_from("GESTO_WINDOW_HEIGHT", 0);
  if (!window_open(&w, "Gesto", width, height)) {
    fprintf(stderr, "gesto-stage: no window can be opened here (%s). Please start it where "
      "there is a display.\n", SDL_GetError());
    return 3;
  }
  open_stage(&s, &w, link);
  int status = 0;
  if (loop_init(&l, &s, &w) && door_open(&s, argc, argv)) loop_run(&l);
  else status = 2;
  door_close();
  if (s.input.creation) input_pause(&s.input, s.now_us);
  stage_say(&s, FROM_STAGE_BYE, 0, NULL);
  loop_finish(&l);
  stage_finish(&s);
  window_close(&w);
  SDL_Quit();
  return status;
}
