// SPDX-License-Identifier: GPL-3.0-or-later
// Gesture scripts, read line by line.
#include "core/record/script.h"

#include "core/base/io.h"
#include "core/record/json_text.h"
#include "core/record/script_parse.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MOST = 64 * 1024 };

struct script {
  int fd;
  char *path;
  unsigned line;
  size_t start, end; // what is read and not used yet
  bool at_end;
  script_parser parser;
  char error[512];
  char buffer[LINE_MOST];
};

static result complain(script *s, result r, const char *what) {
  snprintf(s->error, sizeof s->error, "%s, line %u: %s.", s->path, s->line, what);
  return r;
}

static result refill(script *s) {
  memmove(s->buffer, s->buffer + s->start, s->end - s->start);
  s->end -= s->start;
  s->start = 0;
  if (s->end == sizeof s->buffer)
    return complain(s, BAD_DATA, "the line is too long (64 KiB)");
  size_t got = 0;
  const result r =
    io_read_full(s->fd, s->buffer + s->end, sizeof s->buffer - s->end, &got);
  if (r != OK) return complain(s, r, "the file cannot be read further");
  s->at_end = got < sizeof s->buffer - s->end;
  s->end += got;
  return OK;
}

// The next line that is not blank, without its line feed.
static result next_text(script *s, const char **text, size_t *size) {
  for (;;) {
    const char *from = s->buffer + s->start;
    const char *feed = memchr(from, '\n', s->end - s->start);
    if (!feed && !s->at_end) {
      const result r = refill(s);
      if (r != OK) return r;
      continue;
    }
    const size_t length = feed ? (size_t)(feed - from) : s->end - s->start;
    if (length == 0 && !feed) return ENDED;
    s->start += length + (feed ? 1 : 0);
    s->line++;
    size_t blank = 0;
    while (blank < length && strchr(" \t\r", from[blank])) blank++;
    if (blank == length) continue;
    *text = from;
    *size = length;
    return OK;
  }
}

static result next_object(script *s, json_t **object) {
  const char *text = NULL;
  char why[200] = "";
  size_t size = 0;
  *object = NULL;
  result r = next_text(s, &text, &size);
  if (r != OK) return r;
  r = json_text_read(text, size, object, why, sizeof why);
  if (r == NO_MEMORY) return r;
  if (r != OK) return complain(s, BAD_DATA, why);
  if (json_is_object(*object)) return OK;
  json_decref(*object);
  *object = NULL;
  return complain(s, BAD_DATA, "each line is one JSON object");
}

static result read_head(script *s, script_head *head) {
  json_t *object = NULL;
  char why[300] = "";
  s->line = 0;
  result r = next_object(s, &object);
  if (r == ENDED) {
    s->line = 1;
    return complain(s, BAD_DATA, "the file is empty");
  }
  if (r != OK) return r;
  r = script_parse_head(object, head, why, sizeof why);
  json_decref(object);
  return r == OK ? OK : complain(s, r, why);
}

result script_open(script **s, const char *path, script_head *head) {
  script *made = calloc(1, sizeof *made);
  *s = made;
  if (!made) return NO_MEMORY;
  made->fd = -1;
  made->path = strdup(path);
  if (!made->path) {
    script_close_file(made);
    *s = NULL;
    return NO_MEMORY;
  }
  const result r = io_open(AT_FDCWD, path, O_RDONLY, 0, &made->fd);
  if (r != OK) {
    snprintf(
      made->error, sizeof made->error, "%s cannot be read: %s.", path, result_text(r));
    return r;
  }
  return read_head(made, head);
}

result script_next(script *s, const script_names *names, script_line *line) {
  char why[300] = "";
  if (script_parse_rest(&s->parser, line)) return OK;
  json_t *object = NULL;
  result r = next_object(s, &object);
  if (r != OK) return r;
  r = script_parse_line(&s->parser, names, object, line, why, sizeof why);
  json_decref(object);
  return r == OK ? OK : complain(s, r, why);
}

const char *script_error(const script *s) {
  return s ? s->error : "There is not enough memory to read the script.";
}

void script_close_file(script *s) {
  if (!s) return;
  io_close(s->fd);
  script_parse_finish(&s->parser);
  free(s->path);
  free(s);
}
