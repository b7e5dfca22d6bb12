// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// A stage without a window for tests of what is heard: takes lines from the FIFO $TALK and
// writes what the keeper says to the file $TALK_LOG, each line with the milliseconds since it
// began. Lines:
//   choose ID | leave | close | bye          as a client would
//   action ID | pause | resume               of the exercise
//   voice JSON | say TEXT | note N           FROM_STAGE_VOICE, _SAY, _NOTE
//   hush 0|1 | volume N | chime KIND         on the sound page
#include "core/base/clock.h"
#include "core/base/link.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/base/ring.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINK = 3, WIDTH = 640, HEIGHT = 480, TICK_US = 1000000 / 60 };

typedef struct talker {
  FILE *log;
  int words;
  char line[8192];
  size_t length;
  ring ring;
  memory_map sound, page;
  uint32_t creation, chimes, shown;
  uint64_t began_us, player_us, time_us;
  bool playing, paused, over;
  link_message *in, *out;
} talker;

static void note(talker *t, const char *what, const char *text) {
  fprintf(
    t->log, "%" PRIu64 " %s %s\n", (clock_now_us() - t->began_us) / 1000, what, text);
  fflush(t->log);
}

static void say(talker *t, uint32_t kind, uint32_t a, const char *text) {
  if (link_say(LINK, kind, a, text) == ENDED) t->over = true;
}

static void choose(talker *t, const char *id) {
  *t->out = (link_message){
    .kind = FROM_STAGE_CHOOSE, .big = (uint64_t)WIDTH << 32 | HEIGHT, .value = 1};
  t->out->text_size = (uint32_t)snprintf(t->out->text, 128, "%s", id);
  if (link_send(LINK, t->out) != OK) t->over = true;
}

static void put(talker *t, uint32_t kind, gesto_event event) {
  ring_slot slot = {.kind = kind, .creation = t->creation};
  slot.as.event = event;
  slot.as.event.time = t->time_us;
  if (t->playing && ring_put(&t->ring, &slot) == OK) ring_ring(&t->ring);
}

// ---- What the keeper says ------------------------------------------------------------------

static void take_session(talker *t) {
  ring_finish(&t->ring);
  if (ring_open(&t->ring, t->in->fds[0], true) != OK) exit(8);
  if (!t->sound.bytes &&
    memory_map_open(&t->sound, t->in->fds[1], true, sizeof(sound_page)) != OK)
    exit(7);
  sound_page *page = t->sound.bytes;
  t->chimes = atomic_load(&page->chimes);
  atomic_store(&page->voice_volume, 1000);
  note(t, "session", "");
}

static void take_player(talker *t) {
  memory_map_close(&t->page);
  if (memory_map_open(&t->page, t->in->fds[0], true, sizeof(player_page)) != OK) exit(6);
  t->creation = t->in->a;
  t->time_us = t->in->big;
  t->player_us = clock_now_us();
  t->playing = true;
  note(t, "player", "");
}

static void hear(talker *t) {
  switch (t->in->kind) {
  case TO_STAGE_SESSION: take_session(t); break;
  case TO_STAGE_PLAYER: take_player(t); break;
  case TO_STAGE_SOUND: note(t, "sound", t->in->text); break;
  case TO_STAGE_CAPTION: note(t, "caption", t->in->text); break;
  case TO_STAGE_NOTE: note(t, "note", t->in->text); break;
  case TO_STAGE_LEFT:
    t->playing = false;
    note(t, "left", "");
    break;
  case TO_STAGE_CLOSED: note(t, "closed", t->in->text); break;
  case TO_STAGE_PING: say(t, FROM_STAGE_PONG, t->in->a, NULL); break;
  case TO_STAGE_QUIT: t->over = true; break;
  default: break;
  }
}

static void listen(talker *t) {
  result got = OK;
  while ((got = link_receive(LINK, t->in, 0)) == OK) {
    hear(t);
    link_drop_fds(t->in);
  }
  if (got == ENDED) t->over = true;
}

// ---- What the test wants -------------------------------------------------------------------

static void chime(talker *t, uint32_t kind) {
  sound_page *page = t->sound.bytes;
  atomic_store(&page->chime[t->chimes % CHIMES_WAITING], kind);
  atomic_store(&page->chimes, ++t->chimes);
}

static void on_page(talker *t, const char *word, uint32_t number) {
  sound_page *page = t->sound.bytes;
  if (!page) return;
  if (strcmp(word, "hush") == 0) atomic_store(&page->hush, number);
  if (strcmp(word, "volume") == 0) atomic_store(&page->volume, number);
  if (strcmp(word, "chime") == 0) chime(t, number);
}

static void obey(talker *t, const char *word, const char *rest) {
  const uint32_t number = (uint32_t)atoi(rest);
  note(t, word, rest);
  if (strcmp(word, "choose") == 0) choose(t, rest);
  if (strcmp(word, "leave") == 0) say(t, FROM_STAGE_LEAVE, t->creation, NULL);
  if (strcmp(word, "bye") == 0) say(t, FROM_STAGE_BYE, 0, NULL);
  if (strcmp(word, "voice") == 0) say(t, FROM_STAGE_VOICE, 0, rest);
  if (strcmp(word, "say") == 0) say(t, FROM_STAGE_SAY, 0, rest);
  if (strcmp(word, "note") == 0) say(t, FROM_STAGE_NOTE, number, NULL);
  if (strcmp(word, "close") == 0)
    say(t, FROM_STAGE_CLOSE, 0,
      "{\"works\":[{\"creation\":1,\"keep\":\"keep\",\"process\":true}]}");
  if (strcmp(word, "action") == 0)
    put(t, SLOT_EVENT, (gesto_event){.type = GESTO_ACTION, .as.control.id = number});
  if (strcmp(word, "pause") == 0 || strcmp(word, "resume") == 0) {
    t->paused = word[0] == 'p';
    put(t, SLOT_EVENT, (gesto_event){.type = t->paused ? GESTO_PAUSE : GESTO_RESUME});
  }
  on_page(t, word, number);
}

static void take_words(talker *t) {
  char c = 0;
  while (read(t->words, &c, 1) == 1) {
    if (c != '\n') {
      if (t->length < sizeof t->line - 1) t->line[t->length++] = c;
      continue;
    }
    t->line[t->length] = 0;
    t->length = 0;
    char *rest = strchr(t->line, ' ');
    if (rest) *rest++ = 0;
    obey(t, t->line, rest ? rest : "");
  }
}

static void tick(talker *t) {
  const uint64_t now = clock_now_us();
  if (!t->playing || now - t->player_us < TICK_US) return;
  if (!t->paused) t->time_us += now - t->player_us;
  t->player_us = now;
  put(t, SLOT_ADVANCE, (gesto_event){.time = 0});
  player_page *page = t->page.bytes;
  const uint32_t commit = atomic_load(&page->commit);
  if (commit == t->shown) return;
  t->shown = commit;
  atomic_store(&page->shown, commit);
  ring_ring(&t->ring);
}

int main(void) {
  static talker t;
  const char *log = getenv("TALK_LOG");
  const char *words = getenv("TALK");
  t.log = fopen(log ? log : "/dev/null", "ae");
  t.words = open(words ? words : "/dev/null", O_RDWR | O_NONBLOCK | O_CLOEXEC);
  t.in = calloc(1, sizeof *t.in);
  t.out = calloc(1, sizeof *t.out);
  t.began_us = clock_now_us();
  if (!t.log || t.words < 0 || !t.in || !t.out) return 9;
  *t.out = (link_message){.kind = FROM_STAGE_HELLO, .a = WIDTH, .b = HEIGHT};
  if (link_send(LINK, t.out) != OK) return 5;
  while (!t.over) {
    listen(&t);
    take_words(&t);
    tick(&t);
    clock_sleep_us(1000);
  }
  return 0;
}
