// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/saver.h"

#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/player/say.h"

#include <malloc.h>
#include <string.h>

void saving_answer(saving *s, gesto_result answer, uint64_t size) {
  blob_finish(&s->state);
  state_let_go(&s->rest);
  say(s->link,
    &(saying){.kind = FROM_PLAYER_SAVED,
      .a = s->request,
      .b = (uint32_t)answer,
      .big = size,
      .value = (double)s->seq,
      .text = s->version});
  io_close(s->fd);
  s->fd = -1;
}

// The map goes before the word, so that the keeper can seal what it gave.
static gesto_result hand_over(const saving *s) {
  memory_map to = {0};
  if (memory_map_open(&to, s->fd, true, 1) != OK) return GESTO_FAILED;
  const bool fits = s->state.size <= to.size;
  if (fits) memcpy(to.bytes, s->state.at, s->state.size);
  memory_map_close(&to);
  return fits ? GESTO_OK : GESTO_NO_SPACE;
}

static void *complete(void *data) {
  saving *s = data;
  gesto_result r = state_complete(&s->state, &s->rest);
  const uint64_t size = s->state.size;
  if (r == GESTO_OK) r = hand_over(s);
  saving_answer(s, r, r == GESTO_OK ? size : 0);
  malloc_trim(0); // what this took, and the lines before it, which come and go in tiles
  return NULL;
}

void saver_give(saver *s, const saving *what) {
  saver_finish(s);
  s->now = *what;
  s->running = pthread_create(&s->thread, NULL, complete, &s->now) == 0;
  if (!s->running) complete(&s->now);
}

void saver_finish(saver *s) {
  if (s->running) pthread_join(s->thread, NULL);
  s->running = false;
}
