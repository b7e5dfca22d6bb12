// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/exercise_probe.h"

#include "core/base/beside.h"
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/keeper/patience.h"
#include "core/keeper/program.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { PROBE_MS = 2000, DECLARED_MAX = 256 * 1024, SENTENCE_MAX = 4096 };

static int probe_ms(void) { return PROBE_MS * (int)patience(); }

// ---- What was learnt before ------------------------------------------------------------

// A new build of the player may read the same file differently. Whoever starts waits for
// this: the player is large, so it is known by when it was written, and not by a hash.
static bool cache_name(const char *hash, char name[160]) {
  char player[4096];
  struct stat info;
  if (beside_program("gesto-player", player, sizeof(player)) || stat(player, &info) != 0)
    return false;
  snprintf(name, 160, "probe-%s-%jx-%jx-%lx.json", hash, (uintmax_t)info.st_ino,
    (uintmax_t)info.st_ctim.tv_sec, (unsigned long)info.st_ctim.tv_nsec);
  return true;
}

static result cache_open(int *dir) {
  const char *base = getenv("XDG_CACHE_HOME");
  const char *home = getenv("HOME");
  char path[4096];
  if (!base && !home) return NOT_FOUND;
  snprintf(path, sizeof(path), "%s%s", base ? base : home, base ? "" : "/.cache");
  result r = io_make_dir(AT_FDCWD, path, 0700);
  int at = -1;
  if (!r || r == EXISTS) r = io_open_dir(AT_FDCWD, path, &at);
  if (!r) r = io_make_dir(at, "gesto", 0700);
  if (!r || r == EXISTS) r = io_open_dir(at, "gesto", dir);
  io_close(at);
  return r;
}

static bool is_object(const char *text) {
  json_t *value = json_loads(text, 0, NULL);
  const bool good = json_is_object(value);
  json_decref(value);
  return good;
}

static char *cache_read(const char *name) {
  int dir = -1;
  char *text = NULL;
  size_t size = 0;
  if (cache_open(&dir)) return NULL;
  if (!io_load(dir, name, DECLARED_MAX, &text, &size) && !is_object(text)) {
    free(text);
    text = NULL;
  }
  io_close(dir);
  return text;
}

static void cache_write(const char *name, const char *text) {
  int dir = -1;
  if (cache_open(&dir)) return;
  if (io_save(dir, name, text, strlen(text)))
    fprintf(stderr,
      "gesto: what an exercise declares could not be remembered for later; "
      "starting takes a little longer.\n");
  io_close(dir);
}

// ---- Asking ----------------------------------------------------------------------------

// The text that a program left in a memory of fixed size.
static char *text_of(int fd, size_t room) {
  memory_map map;
  if (memory_map_open(&map, fd, false, room)) return NULL;
  char *text = strndup(map.bytes, room);
  memory_map_close(&map);
  return text;
}

static char *first_sentence(const char *said, const char *path, int status) {
  char *sentence = NULL;
  const size_t n = said ? strcspn(said, "\n") : 0;
  int made;
  if (n && status >= 0 && WIFEXITED(status))
    made = asprintf(&sentence, "%.*s", (int)n, said);
  else if (status >= 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
    made = asprintf(&sentence,
      "%s did not finish loading in %d seconds; ask its author for "
      "another version, or take it out of plugins.conf.",
      path, probe_ms() / 1000);
  else
    made = asprintf(&sentence,
      "%s ended while it was being loaded; ask its author for another "
      "version, or take it out of plugins.conf.",
      path);
  return made < 0 ? NULL : sentence;
}

static result ask(const char *path, int out, int err, int *status) {
  const char *const args[] = {"--probe", path, NULL};
  const char *const extra[] = {"HOME=/", "LANG=C.UTF-8", "OMP_NUM_THREADS=1", NULL};
  const program_start start = {.name = "gesto-player",
    .args = args,
    .extra = extra,
    .keep = PLAYER_VARIABLES,
    .link = -1,
    .out = out,
    .err = err};
  pid_t pid = -1;
  const result r = program_spawn(&start, &pid);
  if (!r) *status = program_wait(pid, probe_ms());
  return r;
}

static char *probe(const char *path, char **refused) {
  int out = -1, err = -1, status = -1;
  char *declared = NULL, *said = NULL;
  result r = memory_create("gesto-probe", DECLARED_MAX, &out);
  if (!r) r = memory_create("gesto-probe", SENTENCE_MAX, &err);
  if (!r) r = ask(path, out, err, &status);
  if (r &&
    asprintf(refused,
      "%s was not examined: gesto-player could not be started (%s); "
      "install Gesto again.",
      path, result_text(r)) < 0)
    *refused = NULL;
  if (!r) {
    declared = text_of(out, DECLARED_MAX);
    said = text_of(err, SENTENCE_MAX);
  }
  if (!r && (status != 0 || !declared || !is_object(declared))) {
    free(declared);
    declared = NULL;
    *refused = first_sentence(said, path, status);
  }
  free(said);
  io_close(out);
  io_close(err);
  return declared;
}

char *exercise_probe(const char *path, const char *hash, char **refused) {
  char name[160];
  *refused = NULL;
  const bool named = cache_name(hash, name);
  char *declared = named ? cache_read(name) : NULL;
  if (declared) return declared;
  declared = probe(path, refused);
  if (declared && named) cache_write(name, declared);
  if (!declared && !*refused)
    *refused = strdup("An exercise could not be examined; memory is short.");
  return declared;
}
