// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a gesture script: it ends in a sentence or in lines that, written again, are
// read as the same.
#define _GNU_SOURCE 1
#include "core/record/json_text.h"
#include "core/record/script.h"
#include "core/record/script_parse.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char declared[] =
  "{\"controls\":[{\"id\":1,\"kind\":\"choice\",\"key\":\"brush\",\"choices\":[{\"key\":"
  "\"pencil\"},"
  "{\"key\":\"ink\"}]},{\"id\":2,\"kind\":\"colour\",\"key\":\"colour\"},{\"id\":3,"
  "\"kind\":\"toggle\","
  "\"key\":\"grid\"},{\"id\":4,\"kind\":\"range\",\"key\":\"size\"},{\"id\":5,\"kind\":"
  "\"button\","
  "\"key\":\"undo\"},{\"id\":6,\"kind\":\"text\",\"key\":\"words\"}]}";

// A line that was read, as text, and read once more.
static void again(const script_names *names, const script_line *line) {
  char *text = NULL, why[300];
  size_t size = 0;
  json_t *object = NULL;
  script_line back;
  script_parser fresh = {0};
  FILE *to = open_memstream(&text, &size);
  if (!to) return;
  if (script_write_line(to, names, line) != OK) abort();
  fclose(to);
  if (json_text_read(text, size, &object, NULL, 0) != OK) abort();
  if (script_parse_line(&fresh, names, object, &back, why, sizeof why) != OK) abort();
  if (back.kind != line->kind) abort();
  if (memcmp(&back.event, &line->event, sizeof back.event) != 0) abort();
  json_decref(object);
  script_parse_finish(&fresh);
  free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static script_names *names;
  script *s = NULL;
  script_head head;
  script_line line;
  char path[64];
  if (!names && script_names_create(&names, declared) != OK) return 0;
  const int fd = memfd_create("script", 0);
  if (fd < 0 || write(fd, data, size) != (ssize_t)size) abort();
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  result r = script_open(&s, path, &head);
  if (r != OK && script_error(s)[0] == 0) abort();
  while (r == OK) {
    r = script_next(s, names, &line);
    if (r == OK)
      again(names, &line);
    else if (r != ENDED && script_error(s)[0] == 0)
      abort();
  }
  script_close_file(s);
  close(fd);
  return 0;
}
