// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/manifest.h"

#include "core/base/growing.h"
#include "core/base/io.h"
#include "core/record/bytes.h"
#include "core/record/text.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { PIECE = 256 * 1024, DEPTH_MOST = 8 };

// ---- Walking and hashing

typedef struct walk {
  int root, depth;
  const char *prefix; // "" or "creations/01-draw/"
  manifest_walk_fn *each;
  void *data;
} walk;

static result walk_entry(void *data, int dir, const char *name, bool is_dir) {
  const walk *w = data;
  char path[4096];
  const int size =
    snprintf(path, sizeof path, "%s%s%s", w->prefix, name, is_dir ? "/" : "");
  if (size < 0 || (size_t)size >= sizeof path) return TOO_LARGE;
  result r = w->each(w->data, w->root, path);
  if (r != OK || !is_dir) return r;
  if (w->depth == DEPTH_MOST) return BAD_DATA;
  walk below = {w->root, w->depth + 1, path, w->each, w->data};
  return io_each(dir, name, walk_entry, &below);
}

result manifest_walk(int dir, manifest_walk_fn *each, void *data) {
  walk all = {dir, 0, "", each, data};
  return io_each(dir, ".", walk_entry, &all);
}

static result hash_fd(int fd, char sha256[65], uint64_t *size) {
  crypto_hash_sha256_state state;
  uint8_t hash[crypto_hash_sha256_BYTES];
  uint8_t *piece = malloc(PIECE);
  if (!piece) return NO_MEMORY;
  crypto_hash_sha256_init(&state);
  *size = 0;
  size_t got = 0;
  result r = OK;
  do {
    r = io_read_full(fd, piece, PIECE, &got);
    if (r != OK) break;
    crypto_hash_sha256_update(&state, piece, got);
    *size += got;
  } while (got == PIECE);
  free(piece);
  crypto_hash_sha256_final(&state, hash);
  bytes_to_hex(hash, sizeof hash, sha256);
  return r;
}

result manifest_hash(
  int dir, const char *path, char sha256[65], uint64_t *size, _Bool sync) {
  int fd = -1;
  struct stat info;
  const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
  result r = io_open(dir, path, flags, 0, &fd);
  if (r != OK) return errno == ELOOP ? BAD_DATA : r;
  if (fstat(fd, &info) != 0)
    r = result_of_errno(errno);
  else if (!S_ISREG(info.st_mode))
    r = BAD_DATA;
  if (r == OK && sync) r = io_sync(fd);
  if (r == OK) r = hash_fd(fd, sha256, size);
  io_close(fd);
  return r;
}

// ---- Writing

// Any name but control characters, hidden files and ways out of the folder.
static bool is_path(const char *path) {
  const size_t size = strlen(path);
  for (size_t i = 0; i < size; i++)
    if ((uint8_t)path[i] < 32 || path[i] == 127) return false;
  return size > 0 && size < 1024 && path[0] != '/' && path[0] != '.' &&
    !strstr(path, "/.") && !strstr(path, "//");
}

typedef struct listed {
  char *line; // path first, so that lines sort by it
  char *path;
} listed;

typedef struct listing {
  listed *lines;
  size_t count, room;
} listing;

static result list_line(listing *all, char *path, char *line) {
  listed *lines = growing_list(all->lines, all->count, &all->room, sizeof *lines);
  if (!lines) return NO_MEMORY;
  all->lines = lines;
  lines[all->count++] = (listed){line, path};
  return OK;
}

static result sync_dir(int dir, const char *path) {
  int fd = -1;
  result r = io_open_dir(dir, path, &fd);
  if (r == OK) r = io_sync(fd);
  io_close(fd);
  return r;
}

static result list_file(void *data, int dir, const char *path) {
  listing *all = data;
  char hash[65], *line = NULL, *copy = NULL;
  uint64_t size = 0;
  if (strcmp(path, "MANIFEST") == 0) return OK; // of an attempt that was cut off
  if (!is_path(path)) return BAD_DATA;
  if (path[strlen(path) - 1] == '/') return sync_dir(dir, path);
  result r = manifest_hash(dir, path, hash, &size, true);
  if (r != OK) return r;
  copy = strdup(path);
  if (asprintf(&line, "%s %llu %s\n", hash, (unsigned long long)size, path) < 0)
    line = NULL;
  r = copy && line ? list_line(all, copy, line) : NO_MEMORY;
  if (r == OK) return OK;
  free(copy);
  free(line);
  return r;
}

static int by_path(const void *a, const void *b) {
  return strcmp(((const listed *)a)->path, ((const listed *)b)->path);
}

static void listing_finish(listing *all) {
  for (size_t i = 0; i < all->count; i++) {
    free(all->lines[i].line);
    free(all->lines[i].path);
  }
  free(all->lines);
}

result manifest_write(int dir, const uint8_t session[16]) {
  listing all = {0};
  text lines = {0};
  char hex[33];
  bytes_to_hex(session, 16, hex);
  result r = manifest_walk(dir, list_file, &all);
  if (all.count) qsort(all.lines, all.count, sizeof *all.lines, by_path);
  text_format(&lines, "gesto manifest/1 %s\n", hex);
  for (size_t i = 0; i < all.count; i++) text_say(&lines, all.lines[i].line);
  text_seal(&lines);
  if (r == OK && lines.failed) r = NO_MEMORY;
  if (r == OK) r = io_save(dir, "MANIFEST", lines.bytes, lines.size);
  text_finish(&lines);
  listing_finish(&all);
  return r;
}

// ---- Reading

static size_t count_lines(const char *bytes, size_t size) {
  size_t count = 0;
  for (size_t i = 0; i < size; i++) count += bytes[i] == '\n';
  return count;
}

static bool is_hex(const char *digits, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!digits[i] || !strchr("0123456789abcdef", digits[i])) return false;
  return true;
}

static bool parse_size(const char **at, uint64_t *size) {
  const char *from = *at;
  uint64_t value = 0;
  for (; **at >= '0' && **at <= '9'; ++*at) {
    if (*at - from == 18) return false;
    value = value * 10 + (uint64_t)(**at - '0');
  }
  *size = value;
  return *at > from && (*from != '0' || *at - from == 1) && *(*at)++ == ' ';
}

// "<64 hex> <size> <path>", ended by a zero.
static result parse_line(manifest *m, const char *line) {
  manifest_entry entry = {0};
  if (!is_hex(line, 64) || line[64] != ' ') return BAD_DATA;
  memcpy(entry.sha256, line, 64);
  const char *at = line + 65;
  if (!parse_size(&at, &entry.size) || !is_path(at) || at[strlen(at) - 1] == '/')
    return BAD_DATA;
  const char *before = m->count > 0 ? m->entries[m->count - 1].path : NULL;
  if (before && strcmp(before, at) >= 0) return BAD_DATA;
  entry.path = strdup(at);
  if (!entry.path) return NO_MEMORY;
  m->entries[m->count++] = entry;
  return OK;
}

static result parse_body(manifest *m, char *body) {
  static const char head[] = "gesto manifest/1 ";
  char *end = strchr(body, '\n');
  if (!end || strncmp(body, head, sizeof head - 1) != 0) return BAD_DATA;
  const char *id = body + sizeof head - 1;
  if (end - id != 32 || !is_hex(id, 32)) return BAD_DATA;
  memcpy(m->session, id, 32);
  result r = OK;
  for (char *line = end + 1; *line && r == OK; line = end + 1) {
    end = strchr(line, '\n');
    if (!end) return BAD_DATA;
    *end = 0;
    r = parse_line(m, line);
  }
  return r;
}

result manifest_parse(manifest *m, const char *bytes, size_t size) {
  *m = (manifest){0};
  static const char family[] = "gesto manifest/";
  const size_t body = size <= MANIFEST_MOST ? text_sealed_body(bytes, size) : 0;
  if (body < sizeof family || memchr(bytes, 0, body)) return BAD_DATA;
  if (memcmp(bytes, family, sizeof family - 1) != 0) return BAD_DATA;
  if (memcmp(bytes + sizeof family - 1, "1 ", 2) != 0) return TOO_NEW;
  char *copy = strndup(bytes, body);
  m->entries = calloc(count_lines(bytes, body) + 1, sizeof *m->entries);
  result r = copy && m->entries ? parse_body(m, copy) : NO_MEMORY;
  free(copy);
  if (r != OK) manifest_finish(m);
  return r;
}

result manifest_load(manifest *m, int dir) {
  char *bytes = NULL;
  size_t size = 0;
  *m = (manifest){0};
  result r = io_load(dir, "MANIFEST", MANIFEST_MOST, &bytes, &size);
  if (r == OK) r = manifest_parse(m, bytes, size);
  free(bytes);
  return r;
}

const manifest_entry *manifest_find(const manifest *m, const char *path) {
  size_t low = 0, high = m->count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const int order = strcmp(path, m->entries[middle].path);
    if (order == 0) return &m->entries[middle];
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

void manifest_finish(manifest *m) {
  for (size_t i = 0; i < m->count; i++) free(m->entries[i].path);
  free(m->entries);
  *m = (manifest){0};
}
