// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/voice.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/link.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/keeper/child.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  RATE = 48000,
  CLIP_SECONDS = 300,
  CLIP_BYTES = CLIP_SECONDS * RATE * 2,
  KEPT = 64,
  KEPT_BYTES = 24 << 20,
  LIMIT_US = 4 * 1000 * 1000, // much more than the longest text takes
  DELAY_US = 100 * 1000,
  DELAY_MOST_US = 20 * 1000 * 1000,
};

typedef struct kept_clip {
  uint8_t key[crypto_hash_sha256_BYTES]; // of language, pace and words
  int fd;
  uint64_t frames, used;
  char hash[VOICE_HASH];
} kept_clip;

struct voice {
  child child;
  int end; // -1: none runs
  bool ready, works;
  uint64_t retry_us, delay_us;
  bool busy, sent, found; // found: it was there already
  uint32_t number;
  uint64_t until_us;
  int room_fd; // what the process writes into
  uint8_t key[crypto_hash_sha256_BYTES];
  kept_clip kept[KEPT];
  uint32_t kept_count;
  uint64_t kept_bytes, uses;
  int last_fd; // of a clip that is not kept; until the next turn
  link_message message, order;
};

result voice_create(voice **made) {
  voice *v = *made = calloc(1, sizeof *v);
  if (!v) return NO_MEMORY;
  v->end = v->room_fd = v->last_fd = -1;
  v->delay_us = DELAY_US;
  v->works = true; // until it is known
  return OK;
}

// ---- The process -------------------------------------------------------------------------

static void end_process(voice *v) {
  if (v->end < 0) return;
  child_kill(&v->child);
  io_close(v->end);
  v->end = -1;
  v->ready = false;
}

static void put_off(voice *v) {
  v->works = false;
  v->retry_us = clock_now_us() + v->delay_us;
  v->delay_us = v->delay_us * 2 < DELAY_MOST_US ? v->delay_us * 2 : DELAY_MOST_US;
}

static void start_process(voice *v) {
  int ends[2];
  if (clock_now_us() < v->retry_us) return;
  if (link_pair(ends) != OK) {
    put_off(v);
    return;
  }
  const program_start how = {.name = "gesto-voice",
    .keep = PLAYER_VARIABLES,
    .link = ends[1],
    .out = -1,
    .err = PROGRAM_SILENT};
  result done = child_start(&v->child, &how);
  io_close(ends[1]);
  v->end = ends[0];
  if (done == OK) return;
  end_process(v);
  put_off(v);
}

// ---- What was made before ------------------------------------------------------------------

static void key_of(const voice_wish *w, uint8_t key[crypto_hash_sha256_BYTES]) {
  crypto_hash_sha256_state s;
  char head[VOICE_LANGUAGE + 32];
  int n = snprintf(head, sizeof head, "%.31s %.3f\n", w->language, w->pace);
  crypto_hash_sha256_init(&s);
  crypto_hash_sha256_update(&s, (const uint8_t *)head, (unsigned long long)n);
  crypto_hash_sha256_update(&s, (const uint8_t *)w->words, strlen(w->words));
  crypto_hash_sha256_final(&s, key);
}

static kept_clip *find_kept(voice *v, const uint8_t *key) {
  for (uint32_t i = 0; i < v->kept_count; i++)
    if (memcmp(v->kept[i].key, key, sizeof v->kept[i].key) == 0) return &v->kept[i];
  return NULL;
}

static void drop_kept(voice *v, uint32_t i) {
  v->kept_bytes -= v->kept[i].frames * 2;
  io_close(v->kept[i].fd);
  v->kept[i] = v->kept[--v->kept_count];
}

static void drop_oldest(voice *v) {
  uint32_t oldest = 0;
  for (uint32_t i = 1; i < v->kept_count; i++)
    if (v->kept[i].used < v->kept[oldest].used) oldest = i;
  drop_kept(v, oldest);
}

static bool keep(voice *v, const voice_clip *clip) {
  uint64_t bytes = clip->frames * 2;
  if (bytes > KEPT_BYTES / 4) return false;
  while (v->kept_count == KEPT || v->kept_bytes + bytes > KEPT_BYTES) drop_oldest(v);
  kept_clip *k = &v->kept[v->kept_count++];
  *k = (kept_clip){.fd = clip->fd, .frames = clip->frames, .used = ++v->uses};
  memcpy(k->key, v->key, sizeof k->key);
  memcpy(k->hash, clip->hash, sizeof k->hash);
  v->kept_bytes += bytes;
  return true;
}

// ---- A wish --------------------------------------------------------------------------------

bool voice_idle(const voice *v) { return !v->busy; }
bool voice_works(const voice *v) { return v->works; }

result voice_ask(voice *v, const voice_wish *w) {
  if (v->busy) return NOT_NOW;
  if (strlen(w->words) > VOICE_WORDS || strchr(w->language, '\n')) return TOO_LARGE;
  key_of(w, v->key);
  v->found = find_kept(v, v->key) != NULL;
  v->number = w->number;
  if (!v->found) {
    result made = memory_create("gesto-clip", CLIP_BYTES, &v->room_fd);
    if (made != OK) return made;
  }
  link_message *m = &v->order;
  m->kind = TO_VOICE_RENDER;
  m->a = w->number;
  m->b = 0;
  m->big = CLIP_BYTES;
  m->value = w->pace;
  m->text_size =
    (uint32_t)snprintf(m->text, sizeof m->text, "%.31s\n%s", w->language, w->words);
  v->busy = true;
  v->sent = false;
  v->until_us = clock_now_us() + LIMIT_US;
  return OK;
}

static void send_order(voice *v) {
  link_message *m = &v->order;
  m->fds[0] = v->room_fd;
  m->fd_count = 1;
  v->sent = link_send(v->end, m) == OK;
  m->fd_count = 0;
  if (!v->sent) end_process(v);
}

// A copy that is exactly as long, which nobody else has ever had for writing.
static result take_room(voice *v, uint64_t frames, voice_clip *clip) {
  memory_map map = {.bytes = NULL};
  int fd = -1;
  size_t size = (size_t)frames * 2;
  result done = memory_map_open(&map, v->room_fd, false, size);
  if (done == OK) done = memory_create("gesto-said", size, &fd);
  if (done == OK) done = io_write_all_at(fd, map.bytes, size, 0);
  memory_map_close(&map);
  if (done == OK) done = memory_seal(fd);
  if (done == OK) done = memory_map_open(&map, fd, false, size);
  if (done == OK) {
    uint8_t hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, map.bytes, size);
    sodium_bin2hex(clip->hash, sizeof clip->hash, hash, sizeof hash);
    clip->fd = fd;
    clip->frames = frames;
  } else {
    io_close(fd);
  }
  memory_map_close(&map);
  return done;
}

static void finish_wish(voice *v) {
  io_close(v->room_fd);
  v->room_fd = -1;
  v->busy = v->sent = v->found = false;
  sodium_memzero(v->order.text, sizeof v->order.text);
}

static void take_clip(voice *v, voice_clip *clip) {
  uint64_t frames = v->message.big;
  if (frames == 0 || frames > CLIP_BYTES / 2) return;
  if (take_room(v, frames, clip) != OK) return;
  if (!keep(v, clip)) v->last_fd = clip->fd;
}

// True: the wish is over, well or not.
static bool hear(voice *v, voice_clip *clip) {
  result got = link_receive(v->end, &v->message, 0);
  if (got == NOT_NOW) return false;
  if (got == OK) link_drop_fds(&v->message);
  if (got == OK && v->message.kind == FROM_VOICE_READY) {
    v->ready = v->works = true;
    v->delay_us = DELAY_US;
    return false;
  }
  bool mine = got == OK && v->busy && v->sent && v->message.kind == FROM_VOICE_CLIP &&
    v->message.a == v->number;
  if (mine) take_clip(v, clip);
  bool was_ready = v->ready, was_sent = v->sent;
  end_process(v); // it has said its word, or ended without one
  if (!was_ready) put_off(v);
  return was_sent;
}

static bool turn_process(voice *v, voice_clip *clip) {
  bool over = false;
  if (v->end < 0) start_process(v);
  if (v->end >= 0) over = hear(v, clip);
  if (!over && v->busy && !v->sent && v->ready) send_order(v);
  if (!over && v->busy && clock_now_us() >= v->until_us) {
    bool was_ready = v->ready;
    end_process(v);
    if (!was_ready) put_off(v);
    over = true;
  }
  return over;
}

static void give_kept(voice *v, voice_clip *clip) {
  kept_clip *k = find_kept(v, v->key);
  if (!k) return;
  k->used = ++v->uses;
  clip->fd = k->fd;
  clip->frames = k->frames;
  memcpy(clip->hash, k->hash, sizeof clip->hash);
}

bool voice_turn(voice *v, voice_clip *clip) {
  io_close(v->last_fd);
  v->last_fd = -1;
  *clip = (voice_clip){.number = v->number, .fd = -1};
  bool over = v->busy && v->found;
  if (over)
    give_kept(v, clip);
  else
    over = turn_process(v, clip);
  // Nobody waits for one that cannot be started.
  if (!over && v->busy && v->end < 0 && !v->works) over = true;
  if (over) finish_wish(v);
  return over;
}

void voice_wake(const voice *v, wake_set *w) {
  wake_on(w, v->end);
  if (v->end < 0) wake_by(w, v->retry_us);
  if (v->busy) wake_by(w, v->found ? 0 : v->until_us);
}

void voice_destroy(voice *v) {
  if (!v) return;
  end_process(v);
  while (v->kept_count) drop_kept(v, v->kept_count - 1);
  io_close(v->room_fd);
  io_close(v->last_fd);
  sodium_memzero(v, sizeof *v); // what a client may have written
  free(v);
}
