// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// A stage without a window for tests: speaks the stage's protocol with the keeper and writes
// the input ring at 1000 Hz. What it wrote and saw goes to the file $FAKE_LOG, a line each:
//   seq N            slot N is in the ring
//   player US N B    a player came for creation N (B: brought back), gone US, frame US
//   session NAME, work, left, closed PATH, notice TEXT
// It finishes (leave, close with keep and process) once the file $FAKE_STOP exists, and
// hangs for ever while $FAKE_HANG exists. Stroke $FAKE_BREAK (from 1) is far to the right,
// where the exercises of tests/broken break, until that is said to have happened.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/link.h"
#include "core/base/protocol.h"
#include "core/base/ring.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINK = 3, WIDTH = 640, HEIGHT = 480, STROKE = 300, WAIT_US = 2000 * 1000 };

typedef struct fake {
  int log;
  ring ring;
  memory_map page;
  uint32_t creation, shown;
  uint64_t time_us, began_us, written, session_us;
  bool playing, chosen, leaving, closing, over, gone, broke, aside;
  link_message *in, *out;
} fake;

PRINTF_LIKE(2, 3) static void note(const fake *f, const char *format, ...) {
  char line[512];
  va_list list;
  va_start(list, format);
  int size = vsnprintf(line, sizeof line - 1, format, list);
  va_end(list);
  if (size < 0) return;
  if (size > (int)sizeof line - 2) size = (int)sizeof line - 2;
  line[size++] = '\n';
  if (write(f->log, line, (size_t)size) != size) exit(9);
}

static bool asked(const char *variable) {
  const char *path = getenv(variable);
  return path && access(path, F_OK) == 0;
}

static void say(fake *f, uint32_t kind, uint32_t a, const char *text) {
  if (link_say(LINK, kind, a, text) == ENDED) f->over = true;
}

static void choose(fake *f) {
  const char *exercise = getenv("FAKE_EXERCISE");
  *f->out = (link_message){
    .kind = FROM_STAGE_CHOOSE, .big = (uint64_t)WIDTH << 32 | HEIGHT, .value = 1};
  f->out->text_size =
    (uint32_t)snprintf(f->out->text, 128, "%s", exercise ? exercise : "org.gesto.draw");
  f->chosen = true;
  if (link_send(LINK, f->out) != OK) f->over = true;
}

static void take_session(fake *f) {
  ring_finish(&f->ring);
  if (ring_open(&f->ring, f->in->fds[0], true) != OK) exit(8);
  f->session_us = clock_now_us();
  const char *name = strstr(f->in->text, "\"session\":\"");
  if (name) note(f, "session %.*s", (int)strcspn(name + 11, "\""), name + 11);
  // Something made before: the keeper brings it back by itself.
  f->chosen = strstr(f->in->text, "\"next_creation\":1,") == NULL;
  if (!f->chosen) choose(f);
}

static void take_player(fake *f) {
  memory_map_close(&f->page);
  if (memory_map_open(&f->page, f->in->fds[0], true, sizeof(player_page)) != OK) exit(7);
  f->creation = f->in->a;
  f->shown = 0;
  if (f->in->big > f->time_us) f->time_us = f->in->big;
  if (!f->playing) {
    f->began_us = clock_now_us() - f->time_us;
    f->written = 0;
  }
  f->playing = true;
  f->gone = f->aside = false;
  note(f, "player %" PRIu64 " %u %u", clock_now_us(), f->in->a, f->in->b);
}

static void finish(fake *f) {
  char text[256];
  snprintf(text, sizeof text,
    "{\"works\":[{\"creation\":%u,\"keep\":\"keep\",\"process\":true,"
    "\"title\":\"Test\"}]}",
    f->creation);
  note(f, "left");
  say(f, FROM_STAGE_CLOSE, 0, text);
  f->closing = true;
}

static void hear(fake *f) {
  switch (f->in->kind) {
  case TO_STAGE_SESSION: take_session(f); break;
  case TO_STAGE_PLAYER: take_player(f); break;
  case TO_STAGE_GONE:
    f->gone = f->broke = true;
    f->aside = f->in->b == 0;
    note(f, "gone %" PRIu64 " %u %s", clock_now_us(), f->in->b, f->in->text);
    break;
  case TO_STAGE_WORK: note(f, "work %s", f->in->text); break;
  case TO_STAGE_LEFT: finish(f); break;
  case TO_STAGE_CLOSED:
    note(f, "closed %s", f->in->text);
    say(f, FROM_STAGE_BYE, 0, NULL);
    f->over = true;
    break;
  case TO_STAGE_PING: say(f, FROM_STAGE_PONG, f->in->a, NULL); break;
  case TO_STAGE_NOTICE: note(f, "notice %s", f->in->text); break;
  case TO_STAGE_QUIT: f->over = true; break;
  default: break;
  }
}

static void listen(fake *f) {
  for (;;) {
    result done = link_receive(LINK, f->in, 0);
    if (done == NOT_NOW) return;
    if (done != OK) {
      f->over = f->over || done == ENDED;
      return;
    }
    hear(f);
    link_drop_fds(f->in);
  }
}

static gesto_event next_event(const fake *f) {
  const uint64_t n = f->written % STROKE;
  gesto_event e = {.time = f->time_us, .source = 1};
  e.type = n == 0 ? GESTO_POINTER_DOWN : GESTO_POINTER_MOVE;
  if (n == STROKE - 1) e.type = GESTO_POINTER_UP;
  const char *breaks = getenv("FAKE_BREAK");
  const bool here =
    breaks && !f->broke && f->written / STROKE + 1 == strtoull(breaks, NULL, 10);
  e.as.pointer.x = (float)(here ? 500 : 40 + n % 50);
  e.as.pointer.y = (float)(20 + f->written / STROKE % 40 * 10);
  e.as.pointer.pressure = 0.5f;
  e.as.pointer.tool = GESTO_PEN;
  return e;
}

static void write_one(fake *f) {
  ring_slot slot = {.kind = SLOT_EVENT, .creation = f->creation};
  f->time_us += 1000;
  slot.as.event = next_event(f);
  if (ring_put(&f->ring, &slot) != OK) return;
  f->written++;
  note(f, "seq %" PRIu64, slot.seq);
}

static void write_due(fake *f) {
  if (!f->playing || f->leaving || f->time_us >= clock_now_us() - f->began_us) return;
  for (int i = 0; i < 20 && f->time_us < clock_now_us() - f->began_us; i++) write_one(f);
  ring_ring(&f->ring);
}

static void take_picture(fake *f) {
  player_page *page = f->page.bytes;
  if (!page) return;
  const uint32_t commit = atomic_load(&page->commit);
  if (commit == atomic_load(&page->shown)) return;
  if (f->shown == 0) note(f, "frame %" PRIu64, clock_now_us());
  f->shown = commit;
  atomic_store(&page->shown, commit);
  ring_ring(&f->ring);
}

static void decide(fake *f) {
  while (asked("FAKE_HANG")) clock_sleep_us(10000);
  if (f->session_us && !f->chosen && !f->playing) choose(f);
  bool forgotten =
    f->session_us && !f->playing && !f->gone && clock_now_us() - f->session_us > WAIT_US;
  if (forgotten && !f->leaving) {
    f->session_us = clock_now_us();
    choose(f);
  }
  if (!asked("FAKE_STOP") || f->leaving) return;
  if (!f->aside && (!f->playing || f->gone)) return;
  f->leaving = true;
  say(f, FROM_STAGE_LEAVE, f->creation, NULL);
}

int main(void) {
  const char *log = getenv("FAKE_LOG");
  static fake f;
  f.log = open(log ? log : "/dev/null", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  f.in = calloc(1, sizeof *f.in);
  f.out = calloc(1, sizeof *f.out);
  if (f.log < 0 || !f.in || !f.out) return 9;
  note(&f, "stage %d", getpid());
  *f.out = (link_message){.kind = FROM_STAGE_HELLO, .a = WIDTH, .b = HEIGHT};
  if (link_send(LINK, f.out) != OK) return 6;
  while (!f.over) {
    listen(&f);
    decide(&f);
    write_due(&f);
    take_picture(&f);
    clock_sleep_us(500);
  }
  return 0;
}
