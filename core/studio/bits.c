// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/bits.h"

#include <stdlib.h>
#include <string.h>

enum { WORD = 64 };

result bits_init(bits *b, uint32_t width, uint32_t height) {
  *b = (bits){.width = width, .height = height, .across = (width + WORD - 1) / WORD};
  b->words = calloc((size_t)b->across * height, sizeof *b->words);
  return b->words == NULL ? NO_MEMORY : OK;
}

void bits_finish(bits *b) {
  free(b->words);
  *b = (bits){0};
}

uint32_t bits_count(const bits *b) { return b->across * b->height; }

static uint64_t one(uint32_t x) { return (uint64_t)1 << x % WORD; }

bool bits_has(const bits *b, uint32_t x, uint32_t y) {
  return (b->words[(size_t)y * b->across + x / WORD] & one(x)) != 0;
}

void bits_set(bits *b, uint32_t x, uint32_t y) {
  b->words[(size_t)y * b->across + x / WORD] |= one(x);
}

void bits_take_off(bits *b, const bits *what) {
  for (uint32_t i = 0; i < bits_count(b); i++) b->words[i] &= ~what->words[i];
}

bool bits_are_none(const bits *b) {
  for (uint32_t i = 0; i < bits_count(b); i++)
    if (b->words[i] != 0) return false;
  return true;
}

void bits_add(bits *b, const bits *more) {
  for (uint32_t i = 0; i < bits_count(b); i++) b->words[i] |= more->words[i];
}

void bits_copy(bits *to, const bits *from) {
  memcpy(to->words, from->words, bits_count(to) * sizeof *to->words);
}

// Those of the last word of a row that lie on the paper.
static uint64_t inside(const bits *b) {
  const uint32_t over = b->width % WORD;
  return over == 0 ? UINT64_MAX : one(over) - 1;
}

void bits_turn_over(bits *b) {
  for (uint32_t i = 0; i < bits_count(b); i++) {
    const bool is_last = i % b->across == b->across - 1;
    b->words[i] = ~b->words[i] & (is_last ? inside(b) : UINT64_MAX);
  }
}

// ---- Shrinking and growing -----------------------------------------------------------

// Word m of a row and its neighbours; what lies beyond the row is `beyond`.
typedef struct three {
  uint64_t before, here, after;
} three;

static three word_at(const bits *b, const uint64_t *row, uint32_t m, uint64_t beyond) {
  const uint32_t last = b->across - 1;
  const uint64_t filled = beyond & ~inside(b);
  return (three){.before = m == 0 ? beyond : row[m - 1],
    .here = row[m] | (m == last ? filled : 0),
    .after = m == last ? beyond : row[m + 1] | (m + 1 == last ? filled : 0)};
}

// Pixel by pixel, what lies n to the left or to the right of it.
static uint64_t left_of(three w, uint32_t n) {
  return w.here << n | w.before >> (WORD - n);
}
static uint64_t right_of(three w, uint32_t n) {
  return w.here >> n | w.after << (WORD - n);
}

static void shrink_across(const bits *b, uint64_t *to, uint32_t reach) {
  for (uint32_t y = 0; y < b->height; y++) {
    const uint64_t *row = b->words + (size_t)y * b->across;
    for (uint32_t m = 0; m < b->across; m++) {
      const three w = word_at(b, row, m, UINT64_MAX);
      uint64_t all = w.here;
      for (uint32_t n = 1; n <= reach; n++) all &= left_of(w, n) & right_of(w, n);
      *to++ = all;
    }
  }
}

static void shrink_down(bits *b, const uint64_t *from, uint32_t reach) {
  for (uint32_t y = 0; y < b->height; y++) {
    const uint32_t top = y < reach ? 0 : y - reach;
    const uint32_t bottom = b->height - y <= reach ? b->height - 1 : y + reach;
    for (uint32_t m = 0; m < b->across; m++) {
      uint64_t all = m == b->across - 1 ? inside(b) : UINT64_MAX;
      for (uint32_t at = top; at <= bottom; at++) all &= from[(size_t)at * b->across + m];
      b->words[(size_t)y * b->across + m] = all;
    }
  }
}

result bits_shrink(bits *b, uint32_t reach) {
  if (reach == 0) return OK;
  uint64_t *rows = malloc(bits_count(b) * sizeof *rows);
  if (rows == NULL) return NO_MEMORY;
  shrink_across(b, rows, reach < WORD ? reach : WORD - 1);
  shrink_down(b, rows, reach);
  free(rows);
  return OK;
}

// What lies in a word of that row, or beside it.
static uint64_t grown_across(const bits *b, const uint64_t *row, uint32_t m) {
  const three w = word_at(b, row, m, 0);
  return w.here | left_of(w, 1) | right_of(w, 1);
}

static uint64_t grown(const bits *b, const uint64_t *was, uint32_t y, uint32_t m) {
  const uint64_t *row = was + (size_t)y * b->across;
  uint64_t near = grown_across(b, row, m);
  if (y > 0) near |= grown_across(b, row - b->across, m);
  if (y + 1 < b->height) near |= grown_across(b, row + b->across, m);
  return near;
}

// Most words are full of it already, or have no room for it.
result bits_grow(bits *b, const bits *within) {
  uint64_t *was = malloc(bits_count(b) * sizeof *was);
  if (was == NULL) return NO_MEMORY;
  memcpy(was, b->words, bits_count(b) * sizeof *was);
  for (uint32_t y = 0; y < b->height; y++) {
    for (uint32_t m = 0; m < b->across; m++) {
      const size_t i = (size_t)y * b->across + m;
      const uint64_t room = within->words[i] & ~was[i];
      if (room != 0) b->words[i] |= room & grown(b, was, y, m);
    }
  }
  free(was);
  return OK;
}

// ---- Flooding ------------------------------------------------------------------------

// Within a word to both sides: twice as far with each step.
static uint64_t spread(uint64_t b, uint64_t through) {
  uint64_t up = b, down = b, up_way = through, down_way = through;
  for (uint32_t n = 1; n < WORD; n *= 2) {
    up |= up_way & up << n;
    up_way &= up_way << n;
    down |= down_way & down >> n;
    down_way &= down_way >> n;
  }
  return up | down;
}

// The words that have to be looked at (again), each once.
typedef struct waiting {
  uint32_t *ring, first, count, room;
  bool *is_in;
} waiting;

static void wait_for(waiting *q, uint32_t word) {
  if (q->is_in[word]) return;
  q->is_in[word] = true;
  q->ring[(q->first + q->count++) % q->room] = word;
}

static uint32_t next_of(waiting *q) {
  const uint32_t word = q->ring[q->first];
  q->first = (q->first + 1) % q->room;
  q->count--;
  q->is_in[word] = false;
  return word;
}

typedef struct flooding {
  bits *b;
  const bits *through;
  waiting queue;
} flooding;

static void pour(flooding *f, uint32_t word, uint64_t pixels) {
  const uint64_t fresh = pixels & f->through->words[word] & ~f->b->words[word];
  if (fresh == 0) return;
  f->b->words[word] |= fresh;
  wait_for(&f->queue, word);
}

static void flood_word(flooding *f, uint32_t word) {
  const uint32_t across = f->b->across, m = across > 0 ? word % across : 0;
  const uint64_t b = spread(f->b->words[word], f->through->words[word]);
  f->b->words[word] = b;
  if (word >= across) pour(f, word - across, b);
  if (word + across < bits_count(f->b)) pour(f, word + across, b);
  if (m > 0) pour(f, word - 1, b << (WORD - 1));
  if (m + 1 < across) pour(f, word + 1, b >> (WORD - 1));
}

result bits_flood(bits *b, const bits *through) {
  const uint32_t words = bits_count(b);
  if (words == 0 || b->across == 0) return OK;
  flooding f = {.b = b, .through = through};
  f.queue = (waiting){.ring = malloc(words * sizeof *f.queue.ring),
    .is_in = calloc(words, sizeof *f.queue.is_in),
    .room = words};
  const bool room = f.queue.ring != NULL && f.queue.is_in != NULL;
  for (uint32_t i = 0; i < words && room; i++)
    if (b->words[i] != 0) wait_for(&f.queue, i);
  while (f.queue.count > 0) flood_word(&f, next_of(&f.queue));
  free(f.queue.ring);
  free(f.queue.is_in);
  return room ? OK : NO_MEMORY;
}
