// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/program.h"

#include "core/stage/door.h"
#include "core/stage/loop.h"
#include "core/ui/fonts.h"
#include "core/ui/say.h"

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
  access_settings a = s->access;
  a.theme = theme_from_room();
  a.text_percent = (uint32_t)(number_from("GESTO_TEXT_SCALE", 1) * 100 + 0.5);
  stage_set_access(s, &a);
  say_hello(s);
}

// What is to be freed at the end, whatever came of it.
typedef struct whole {
  stage s;
  loop l;
  window w;
} whole;

static int run(whole *all, int argc, char **argv) {
  int status = 2;
  if (loop_init(&all->l, &all->s, &all->w) && door_open(&all->s, argc, argv)) {
    loop_run(&all->l);
    status = 0;
  }
  door_close();
  if (all->s.input.creation) input_pause(&all->s.input, all->s.now_us);
  outbox_turn(&all->s);
  stage_say(&all->s, FROM_STAGE_BYE, 0, NULL);
  loop_finish(&all->l);
  stage_finish(&all->s);
  return status;
}

// What somebody copied is not for whoever comes next. Ours while the window is open, and gone
// with it.
static void empty_clipboard(void) {
  SDL_SetClipboardText("");
  SDL_SetPrimarySelectionText("");
}

int program_run(int argc, char **argv) {
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); // a core dump would hold what a client typed
  const int link = link_fd();
  if (link < 0) {
    fputs("gesto-stage: this program is started by gesto; please run gesto.\n", stderr);
    return 2;
  }
  whole *all = calloc(1, sizeof *all);
  if (!all) return 2;
  const int width = (int)number_from("GESTO_WINDOW_WIDTH", 0);
  const int height = (int)number_from("GESTO_WINDOW_HEIGHT", 0);
  int status = 3;
  say_begin();
  fonts_prepare();
  if (window_open(&all->w, "Gesto", width, height)) {
    empty_clipboard();
    open_stage(&all->s, &all->w, link);
    status = run(all, argc, argv);
    empty_clipboard(); // another program may have filled it meanwhile
  } else {
    fprintf(stderr,
      "gesto-stage: no window can be opened here (%s). Please start it where "
      "there is a display.\n",
      SDL_GetError());
  }
  window_close(&all->w);
  SDL_Quit();
  free(all);
  return status;
}
