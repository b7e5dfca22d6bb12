// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/plain_stream.h"

#include "core/base/io.h"
#include "core/keeper/plain_text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { LETTER = 4, PIECE = 1024 };

typedef struct plain {
  int fd;
  char held[LETTER + 1]; // the beginning of a letter, as a write may end inside one
  size_t size;
  char out[PIECE + LETTER];
  size_t made;
} plain;

static bool flush(plain *p) {
  const bool good = p->made == 0 || io_write_all(p->fd, p->out, p->made) == OK;
  p->made = 0;
  return good;
}

static bool put(plain *p, const char *bytes, size_t size) {
  memcpy(p->out + p->made, bytes, size);
  p->made += size;
  return p->made < PIECE || flush(p);
}

// More bytes may still make a letter of it.
static bool is_begun(const plain *p) {
  const unsigned char first = (unsigned char)p->held[0];
  const size_t whole = first < 0xc2 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (size_t i = 1; i < p->size; i++)
    if (((unsigned char)p->held[i] & 0xc0) != 0x80) return false;
  return p->size < whole && first <= 0xf4;
}

// Takes away from the front what is whole, or certainly no letter.
static bool settle(plain *p, bool last) {
  while (p->size > 0) {
    p->held[p->size] = 0;
    const bool line = p->held[0] == '\n';
    const size_t size = line ? 1 : plain_letter(p->held);
    if (size == 0 && is_begun(p) && !last) return true;
    if (!put(p, size ? p->held : " ", size ? size : 1)) return false;
    const size_t gone = size ? size : 1;
    p->size -= gone;
    memmove(p->held, p->held + gone, p->size);
  }
  return true;
}

static ssize_t write_plain(void *data, const char *bytes, size_t size) {
  plain *p = data;
  for (size_t i = 0; i < size; i++) {
    p->held[p->size++] = bytes[i];
    if (!settle(p, false)) return 0;
  }
  return flush(p) ? (ssize_t)size : 0;
}

static int close_plain(void *data) {
  plain *p = data;
  const bool good = settle(p, true) && flush(p);
  free(p);
  return good ? 0 : EOF;
}

FILE *plain_stream(int fd) {
  plain *p = calloc(1, sizeof *p);
  if (!p) return NULL;
  p->fd = fd;
  const cookie_io_functions_t calls = {.write = write_plain, .close = close_plain};
  FILE *made = fopencookie(p, "w", calls);
  if (!made) {
    free(p);
    return NULL;
  }
  setvbuf(made, NULL, _IOLBF, 0);
  return made;
}
