// SPDX-License-Identifier: GPL-3.0-or-later
// Making a journal, appending to it, and taking one up again after a crash.
#include "core/record/journal.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/record/bytes.h"
#include "core/record/journal_format.h"

#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct journal {
  int fd;
  uint64_t bytes; // up to the end of the last whole frame
  uint32_t salt, next_seq;
  bool spoilt;
  uint8_t *buffer; // frame head and payload, so that a frame is one write
  size_t room;
};

static void encode_head(const journal_head *head, uint8_t out[JOURNAL_HEAD_SIZE]) {
  memset(out, 0, JOURNAL_HEAD_SIZE);
  for (size_t i = 0; i < 8; i++) out[i] = (uint8_t)JOURNAL_MAGIC[i];
  bytes_put_u16(out + 8, JOURNAL_VERSION);
  bytes_put_u16(out + 10, JOURNAL_VERSION);
  bytes_put_u32(out + 12, head->salt);
  memcpy(out + 16, head->session, 16);
  memcpy(out + 32, head->writer, 8);
  bytes_put_u64(out + 40, (uint64_t)head->started_us);
  bytes_put_u32(out + 60, crc32c(0, out, 60));
}

uint32_t journal_frame_check(uint32_t salt, const uint8_t *frame, size_t payload) {
  uint8_t salted[4 + 12];
  bytes_put_u32(salted, salt);
  memcpy(salted + 4, frame, 12);
  const uint32_t crc = crc32c(0, salted, sizeof salted);
  return crc32c(crc, frame + JOURNAL_FRAME_HEAD, payload);
}

// The folder that `name` lies in, and the last part of the name.
static result open_folder(int dir, const char *name, int *fd, const char **last) {
  char folder[4096] = ".";
  const char *slash = strrchr(name, '/');
  *last = slash ? slash + 1 : name;
  if (slash) {
    if ((size_t)(slash - name) >= sizeof folder - 1) return TOO_LARGE;
    snprintf(folder, sizeof folder, "%.*s/", (int)(slash - name), name);
  }
  return io_open_dir(dir, folder, fd);
}

static result new_journal(journal **j, int fd, uint32_t salt) {
  *j = calloc(1, sizeof **j);
  if (!*j) return NO_MEMORY;
  **j = (journal){.fd = fd, .salt = salt, .next_seq = 1, .bytes = JOURNAL_HEAD_SIZE};
  return OK;
}

// The head is there before the name is: a journal that can be seen can be opened.
static result create_in(int folder, const char *name, const uint8_t *head, int *fd) {
  struct stat info;
  if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0) return EXISTS;
  const result r = io_save(folder, name, head, JOURNAL_HEAD_SIZE);
  return r == OK ? io_open(folder, name, O_WRONLY | O_APPEND, 0, fd) : r;
}

result journal_create(journal **j, int dir, const char *name, const uint8_t session[16],
  const uint8_t writer[8]) {
  *j = NULL;
  journal_head head = {.started_us = clock_wall_us()};
  memcpy(head.session, session, 16);
  memcpy(head.writer, writer, 8);
  if (sodium_init() < 0) return FAILED;
  randombytes_buf(&head.salt, sizeof head.salt);
  uint8_t bytes[JOURNAL_HEAD_SIZE];
  encode_head(&head, bytes);
  int fd = -1, folder = -1;
  const char *last = NULL;
  result r = open_folder(dir, name, &folder, &last);
  if (r == OK) r = create_in(folder, last, bytes, &fd);
  io_close(folder);
  if (r == OK) r = new_journal(j, fd, head.salt);
  if (r != OK) io_close(fd);
  return r;
}

void journal_close(journal *j) {
  if (!j) return;
  io_close(j->fd);
  free(j->buffer);
  free(j);
}

int journal_fd(const journal *j) { return j->fd; }

uint64_t journal_bytes(const journal *j) { return j->bytes; }

static result make_room(journal *j, size_t size) {
  if (size <= j->room) return OK;
  const size_t room = size < 4096 ? 4096 : size;
  uint8_t *bigger = realloc(j->buffer, room);
  if (!bigger) return NO_MEMORY;
  j->buffer = bigger;
  j->room = room;
  return OK;
}

static bool always_critical(uint8_t type) {
  return type >= FRAME_BEGIN && type <= FRAME_REVIVED;
}

result journal_append(
  journal *j, uint8_t type, uint8_t flags, const void *payload, uint32_t size) {
  if (j->spoilt || j->next_seq == UINT32_MAX) return FAILED;
  if (size > JOURNAL_PAYLOAD_MAX) return TOO_LARGE;
  const size_t whole = JOURNAL_FRAME_HEAD + (size_t)size;
  result r = make_room(j, whole);
  if (r != OK) return r;
  uint8_t *frame = j->buffer;
  bytes_put_u16(frame, JOURNAL_SYNC);
  frame[2] = type;
  frame[3] = (uint8_t)(flags | (always_critical(type) ? FRAME_CRITICAL : 0));
  bytes_put_u32(frame + 4, size);
  bytes_put_u32(frame + 8, j->next_seq);
  if (size) memcpy(frame + JOURNAL_FRAME_HEAD, payload, size);
  bytes_put_u32(frame + 12, journal_frame_check(j->salt, frame, size));
  r = io_write_all(j->fd, frame, whole);
  if (r != OK) {
    j->spoilt = true;
    // If this does not succeed either, the torn bytes are cut off at the next opening.
    (void)!io_truncate(j->fd, j->bytes);
    return r;
  }
  j->bytes += whole;
  j->next_seq++;
  return OK;
}

typedef struct survey {
  uint64_t end; // after the last whole frame
  uint32_t next_seq;
  bool gap; // damage with whole frames behind it
  uint32_t salt;
  uint64_t tail; // torn bytes after `end`
} survey;

static result look_through(const memory_map *map, survey *found) {
  journal_reader *reader = NULL;
  result r = journal_reader_over(&reader, map->bytes, map->size);
  if (r != OK) return r;
  *found = (survey){
    .end = JOURNAL_HEAD_SIZE, .next_seq = 1, .salt = journal_reader_head(reader)->salt};
  for (;;) {
    journal_frame frame;
    r = journal_next(reader, &frame);
    if (r == OK) {
      found->end = frame.at + JOURNAL_FRAME_HEAD + frame.size;
      found->next_seq = frame.seq + 1;
    } else if (r == BAD_DATA) {
      uint64_t skipped = 0;
      r = journal_skip_damage(reader, &skipped);
      if (r == OK) found->gap = true;
    }
    if (r != OK || found->gap) break;
  }
  journal_reader_close(reader);
  if (found->gap) return BAD_DATA;
  return r == ENDED ? OK : r;
}

// Copies the torn bytes to the first free "<name>.torn-N" and makes sure they are there.
static result save_tail(int folder, const char *name, const uint8_t *tail, size_t size,
  char *torn, size_t room) {
  int fd = -1;
  result r = EXISTS;
  for (int n = 1; n < 10000 && r == EXISTS; n++) {
    if ((size_t)snprintf(torn, room, "%s.torn-%d", name, n) >= room) return TOO_LARGE;
    r = io_open(folder, torn, O_CREAT | O_EXCL | O_WRONLY, 0600, &fd);
  }
  if (r != OK) return r;
  r = io_write_all(fd, tail, size);
  if (r == OK) r = io_sync(fd);
  io_close(fd);
  if (r == OK) r = io_sync(folder);
  if (r != OK) {
    (void)!io_unlink(folder, torn);
  }
  return r;
}

static result note_recovery(journal *j, uint64_t cut, const char *torn) {
  json_t *note = json_pack("{s:I,s:s}", "bytes", (json_int_t)cut, "file", torn);
  char *text = note ? json_dumps(note, JSON_COMPACT) : NULL;
  json_decref(note);
  if (!text) return NO_MEMORY;
  const result r = journal_append(j, FRAME_RECOVERED, 0, text, (uint32_t)strlen(text));
  free(text);
  return r == OK ? io_sync(j->fd) : r;
}

// Cuts off what follows the last whole frame, once it lies safely beside the journal.
static result cut_tail(
  int folder, const char *name, int fd, survey *found, char *torn, size_t room) {
  memory_map map = {0};
  result r = memory_map_open(&map, fd, false, JOURNAL_HEAD_SIZE);
  if (r == OK) r = look_through(&map, found);
  found->tail = r == OK ? map.size - found->end : 0;
  if (found->tail > 0) {
    const uint8_t *tail = (const uint8_t *)map.bytes + found->end;
    r = save_tail(folder, name, tail, (size_t)found->tail, torn, room);
  }
  memory_map_close(&map);
  return r == OK && found->tail > 0 ? io_truncate(fd, found->end) : r;
}

result journal_open(journal **j, int dir, const char *name) {
  *j = NULL;
  int folder = -1, fd = -1;
  char torn[NAME_MAX + 1];
  const char *last = NULL;
  survey found = {0};
  result r = open_folder(dir, name, &folder, &last);
  if (r == OK) r = io_open(folder, last, O_RDWR | O_APPEND, 0, &fd);
  if (r == OK) r = cut_tail(folder, last, fd, &found, torn, sizeof torn);
  io_close(folder);
  if (r == OK) r = new_journal(j, fd, found.salt);
  if (r != OK) {
    io_close(fd);
    return r;
  }
  (*j)->bytes = found.end;
  (*j)->next_seq = found.next_seq;
  if (found.tail > 0) r = note_recovery(*j, found.tail, torn);
  if (r != OK) {
    journal_close(*j);
    *j = NULL;
  }
  return r;
}
