// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/keys.h"

#include "core/base/io.h"
#include "core/record/bytes.h"
#include "core/record/text.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_MOST = 1 << 20, HEAD = 13 + 32 + 1 };

static void wipe(char *bytes, size_t size) {
  if (bytes) sodium_memzero(bytes, size);
  free(bytes);
}

static result save(int dir, const char *name, const keys *k) {
  // Room at once: text that moved while it grew would leave copies of keys behind.
  text lines = {.room = HEAD + 80 * (k->count + 2)};
  lines.bytes = malloc(lines.room);
  if (!lines.bytes) return NO_MEMORY;
  text_format(&lines, "gesto keys/1 %s\n", k->session);
  for (size_t i = 0; i < k->count; i++) {
    char hex[65];
    bytes_to_hex(k->secrets[i], 32, hex);
    text_format(&lines, "%u %s\n", k->creations[i], hex);
    sodium_memzero(hex, sizeof hex);
  }
  text_seal(&lines);
  const result r = lines.failed ? NO_MEMORY : io_save(dir, name, lines.bytes, lines.size);
  wipe(lines.bytes, lines.room);
  return r;
}

result keys_begin(int dir, const char *name, const uint8_t session[16]) {
  keys none = {0};
  bytes_to_hex(session, 16, none.session);
  return save(dir, name, &none);
}

static result make_room(keys *k, size_t count) {
  k->creations = calloc(count, sizeof *k->creations);
  k->secrets = calloc(count, sizeof *k->secrets);
  return k->creations && k->secrets ? OK : NO_MEMORY;
}

// "<number> <64 hex>\n", numbers rising.
static const char *parse_line(keys *k, const char *line) {
  uint32_t number = 0;
  const char *at = line;
  for (; *at >= '0' && *at <= '9' && at - line < 6; at++)
    number = number * 10 + (uint32_t)(*at - '0');
  const size_t n = k->count;
  char hex[65];
  if (number == 0 || number > KEYS_MOST || line[0] == '0' || *at++ != ' ') return NULL;
  if (n > 0 && k->creations[n - 1] >= number) return NULL;
  if (strnlen(at, 65) < 65 || at[64] != '\n') return NULL;
  memcpy(hex, at, 64);
  hex[64] = 0;
  k->creations[n] = number;
  const bool fine = bytes_from_hex(hex, k->secrets[n], 32);
  sodium_memzero(hex, sizeof hex);
  if (fine) k->count++;
  return fine ? at + 65 : NULL;
}

static result parse_body(keys *k, const char *body, size_t size) {
  uint8_t id[16];
  if (size < HEAD || memcmp(body, "gesto keys/", 11) != 0) return BAD_DATA;
  if (memcmp(body + 11, "1 ", 2) != 0) return TOO_NEW;
  memcpy(k->session, body + 13, 32);
  if (body[HEAD - 1] != '\n' || !bytes_from_hex(k->session, id, 16)) return BAD_DATA;
  result r = make_room(k, size / 67 + 2);
  const char *at = body + HEAD;
  while (r == OK && *at) {
    at = parse_line(k, at);
    if (!at) r = BAD_DATA;
  }
  return r;
}

result keys_parse(keys *k, const char *bytes, size_t size) {
  *k = (keys){0};
  const size_t body = size <= FILE_MOST ? text_sealed_body(bytes, size) : 0;
  if (body == 0 || memchr(bytes, 0, body)) return BAD_DATA;
  char *copy = strndup(bytes, body);
  const result r = copy ? parse_body(k, copy, body) : NO_MEMORY;
  wipe(copy, body);
  if (r != OK) keys_finish(k);
  return r;
}

result keys_load(keys *k, int dir, const char *name) {
  char *bytes = NULL;
  size_t size = 0;
  *k = (keys){0};
  result r = io_load(dir, name, FILE_MOST, &bytes, &size);
  if (r == OK) r = keys_parse(k, bytes, size);
  wipe(bytes, size);
  return r;
}

result keys_add(int dir, const char *name, uint32_t creation) {
  keys old = {0}, new = {0};
  result r =
    creation == 0 || creation > KEYS_MOST ? TOO_LARGE : keys_load(&old, dir, name);
  if (r == OK) r = make_room(&new, old.count + 1);
  if (r == OK) {
    memcpy(new.session, old.session, sizeof new.session);
    size_t from = 0;
    while (from < old.count && old.creations[from] < creation) from++;
    const bool known = from < old.count && old.creations[from] == creation;
    for (size_t i = 0; i < old.count + (known ? 0 : 1); i++) {
      const bool fresh = !known && i == from;
      const size_t then = i - (!known && i > from ? 1 : 0);
      new.creations[i] = fresh ? creation : old.creations[then];
      if (fresh)
        randombytes_buf(new.secrets[i], 32);
      else
        memcpy(new.secrets[i], old.secrets[then], 32);
      new.count++;
    }
    r = save(dir, name, &new);
  }
  keys_finish(&old);
  keys_finish(&new);
  return r;
}

// The old file has lost its name by now; its bytes go as well, as far as the disk lets us.
static void overwrite(int fd) {
  struct stat info;
  if (fstat(fd, &info) != 0 || info.st_size <= 0) return;
  char *zeros = calloc(1, (size_t)info.st_size);
  if (zeros && io_write_all_at(fd, zeros, (size_t)info.st_size, 0) == OK)
    (void)!io_sync_data(fd);
  free(zeros);
}

result keys_destroy(int dir, const char *name, uint32_t creation) {
  keys k = {0};
  int fd = -1;
  result r = keys_load(&k, dir, name);
  if (r == OK && keys_has(&k, creation)) r = io_open(dir, name, O_RDWR, 0, &fd);
  if (r == OK && fd >= 0) {
    size_t kept = 0;
    for (size_t i = 0; i < k.count; i++) {
      if (k.creations[i] == creation) continue;
      k.creations[kept] = k.creations[i];
      memmove(k.secrets[kept++], k.secrets[i], 32);
    }
    const size_t all = k.count;
    k.count = kept;
    r = save(dir, name, &k);
    k.count = all;
    if (r == OK) overwrite(fd);
  }
  io_close(fd);
  keys_finish(&k);
  return r;
}

bool keys_has(const keys *k, uint32_t creation) {
  for (size_t i = 0; i < k->count; i++)
    if (k->creations[i] == creation) return true;
  return false;
}

void keys_finish(keys *k) {
  if (k->secrets) sodium_memzero(k->secrets, k->count * sizeof *k->secrets);
  free(k->secrets);
  free(k->creations);
  *k = (keys){0};
}
