// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// A desk without a window for tests. Does what the file $FAKE_DO says, a line each, and prints
// what it hears to $FAKE_HEARD:
//   list | finish NAME | resume NAME | begin ALIAS | thumb PATH | refuse PATH
//   | replay PATH | hear PATH (7 s, as fast as it was) | no-replay PATH | report PATH
//   | client JSON | room JSON | picture JSON
// Each waits for its answer (begin and resume: until that session is over). Then it leaves.
#include "core/base/clock.h"
#include "core/base/link.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINK = 3 };

typedef struct fake {
  FILE *heard;
  memory_map page;
  bool began;
  link_message *in, *out;
} fake;

static void print_list(fake *f) {
  memory_map map;
  if (memory_map_open(&map, f->in->fds[0], false, f->in->big) != OK) exit(8);
  fprintf(f->heard, "list %.*s\n", (int)f->in->big, (const char *)map.bytes);
  memory_map_close(&map);
}

static void print_course(fake *f) {
  memory_map map;
  if (memory_map_open(&map, f->in->fds[0], false, f->in->big) != OK) exit(8);
  fprintf(f->heard, "course %.*s\n", (int)f->in->big, (const char *)map.bytes);
  memory_map_close(&map);
}

static void take_replay(fake *f) {
  memory_map_close(&f->page);
  if (memory_map_open(&f->page, f->in->fds[0], true, sizeof(player_page)) != OK) exit(7);
  fprintf(f->heard, "player %" PRIu64 "\n", f->in->big);
}

static void hear(fake *f) {
  const link_message *m = f->in;
  switch (m->kind) {
  case TO_DESK_PING:
    if (link_say(LINK, FROM_DESK_PONG, m->a, NULL) != OK) exit(0);
    break;
  case TO_DESK_LIST: print_list(f); break;
  case TO_DESK_SAID: fprintf(f->heard, "said %u %u %s\n", m->a, m->b, m->text); break;
  case TO_DESK_TOLD: fprintf(f->heard, "told %s\n", m->text); break;
  case TO_DESK_SESSION: fprintf(f->heard, "session %u\n", m->a); break;
  case TO_DESK_PIXELS:
    fprintf(
      f->heard, "pixels %u %u %u\n", m->a, (uint32_t)(m->big >> 32), (uint32_t)m->big);
    break;
  case TO_DESK_COURSE: print_course(f); break;
  case TO_DESK_PLAYER: take_replay(f); break;
  case TO_DESK_PROGRESS:
    fprintf(f->heard, "progress %u %" PRIu64 "\n", m->a, m->big);
    break;
  case TO_DESK_QUIT: exit(0);
  default: break;
  }
  fflush(f->heard);
}

static void show_replay(fake *f) {
  player_page *page = f->page.bytes;
  if (page) atomic_store(&page->shown, atomic_load(&page->commit));
}

// Until a message of this kind comes with its `a` as wanted; -1: any.
static void wait_for(fake *f, uint32_t kind, int64_t a) {
  for (;;) {
    result done = link_receive(LINK, f->in, 10);
    show_replay(f);
    if (done == NOT_NOW) continue;
    if (done != OK) exit(6);
    hear(f);
    bool right = f->in->kind == kind && (a < 0 || f->in->a == (uint32_t)a);
    if (f->in->kind == TO_DESK_SESSION && f->in->a == 1) f->began = true;
    link_drop_fds(f->in);
    if (right) return;
  }
}

static void ask(fake *f, uint32_t kind, const char *text) {
  *f->out = (link_message){.kind = kind, .a = 320, .b = 240, .value = 32};
  f->out->text_size = (uint32_t)snprintf(f->out->text, 4096, "%s", text);
  if (link_send(LINK, f->out) != OK) exit(5);
}

static void do_line(fake *f, const char *word, const char *rest) {
  char text[4096];
  if (!strcmp(word, "list")) {
    ask(f, FROM_DESK_LIST, "");
    wait_for(f, TO_DESK_LIST, -1);
  } else if (!strcmp(word, "finish")) {
    ask(f, FROM_DESK_FINISH, rest);
    wait_for(f, TO_DESK_SAID, -1);
  } else if (!strcmp(word, "resume") || !strcmp(word, "begin")) {
    snprintf(text, sizeof text, "{\"client\":\"%.200s\",\"exercise\":\"\"}", rest);
    bool begins = !strcmp(word, "begin");
    ask(f, begins ? FROM_DESK_BEGIN : FROM_DESK_RESUME, begins ? text : rest);
    wait_for(f, TO_DESK_SESSION, 1);
    wait_for(f, TO_DESK_SESSION, 0);
  } else if (!strcmp(word, "thumb")) {
    ask(f, FROM_DESK_THUMB, rest);
    wait_for(f, TO_DESK_PIXELS, -1);
  } else if (!strcmp(word, "refuse")) {
    ask(f, FROM_DESK_THUMB, rest);
    wait_for(f, TO_DESK_SAID, -1);
  } else if (!strcmp(word, "replay")) {
    ask(f, FROM_DESK_REPLAY, rest);
    wait_for(f, TO_DESK_COURSE, -1);
    ask(f, FROM_DESK_PLAY, "{\"number\":1,\"play\":true,\"speed\":32}");
    wait_for(f, TO_DESK_PROGRESS, 1);
  } else if (!strcmp(word, "hear")) {
    ask(f, FROM_DESK_REPLAY, rest);
    wait_for(f, TO_DESK_COURSE, -1);
    ask(f, FROM_DESK_PLAY, "{\"number\":1,\"play\":true,\"speed\":1,\"until\":7000000}");
    wait_for(f, TO_DESK_PROGRESS, 1);
  } else if (!strcmp(word, "no-replay")) {
    ask(f, FROM_DESK_REPLAY, rest);
    wait_for(f, TO_DESK_SAID, 0);
  } else if (!strcmp(word, "client") || !strcmp(word, "room")) {
    ask(f, strcmp(word, "room") ? FROM_DESK_CLIENT : FROM_DESK_ROOM, rest);
    wait_for(f, TO_DESK_SAID, -1);
  } else if (!strcmp(word, "picture")) {
    ask(f, FROM_DESK_PICTURE, rest);
    wait_for(f, TO_DESK_SAID, -1);
  } else if (!strcmp(word, "report")) {
    ask(f, FROM_DESK_REPORT, rest);
    wait_for(f, TO_DESK_SAID, -1);
  }
}

int main(void) {
  static fake f;
  const char *heard = getenv("FAKE_HEARD");
  const char *what = getenv("FAKE_DO");
  f.heard = fopen(heard ? heard : "/dev/null", "ae");
  FILE *todo = fopen(what ? what : "/dev/null", "re");
  f.in = calloc(1, sizeof *f.in);
  f.out = calloc(1, sizeof *f.out);
  if (!f.heard || !todo || !f.in || !f.out) return 9;
  ask(&f, FROM_DESK_HELLO, "");
  wait_for(&f, TO_DESK_LIST, -1);
  char line[4096], word[16], rest[4000];
  while (fgets(line, sizeof line, todo)) {
    rest[0] = 0;
    if (sscanf(line, "%15s %3999[^\n]", word, rest) >= 1) do_line(&f, word, rest);
  }
  ask(&f, FROM_DESK_BYE, "");
  return 0;
}
