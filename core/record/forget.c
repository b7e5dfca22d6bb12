// SPDX-License-Identifier: GPL-3.0-or-later
// Letting go of a creation after its session was closed.
#include "core/record/forget.h"
#include "core/base/io.h"
#include "core/record/archive_parts.h"
#include "core/record/catalogue.h"
#include "core/record/facts.h"
#include "core/record/json_text.h"
#include "core/record/keys.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct place {
  char client[32], session[NAMES_STAMP], creation[64];
  unsigned number;
} place;

// "<archive>/clients/<client>/sessions/<session>/creations/<NN-name>", links resolved as far
// as the folder is still there.
static bool locate(const archive *a, const char *path, place *at) {
  const size_t root = strlen(a->path);
  char *real = realpath(path, NULL);
  const char *whole = real ? real : path;
  int end = 0;
  const bool fits = strncmp(whole, a->path, root) == 0 &&
    sscanf(whole + root, "/clients/%31[^/]/sessions/%63[^/]/creations/%63[^/]%n",
      at->client, at->session, at->creation, &end) == 3 &&
    (whole[root + (size_t)end] == 0 || strcmp(whole + root + end, "/") == 0);
  const bool fine = fits && names_is_client(at->client) && names_is_stamp(at->session) &&
    sscanf(at->creation, "%u-", &at->number) == 1 && at->creation[0] != '.';
  free(real);
  return fine;
}

typedef struct look_up {
  const char *session, *creation;
} look_up;

static result is_that(void *data, int dir, const char *name, bool is_dir) {
  const look_up *wanted = data;
  json_t *fact = NULL;
  if (is_dir || name[0] == '.' || facts_load(dir, name, &fact) != OK) return OK;
  const bool same = strcmp(json_text_string(fact, "kind", ""), "forgotten") == 0 &&
    strcmp(json_text_string(fact, "session", ""), wanted->session) == 0 &&
    strcmp(json_text_string(fact, "creation", ""), wanted->creation) == 0;
  json_decref(fact);
  return same ? ENDED : OK;
}

bool forget_is_known(int client_dir, const char *in_session, const char *name) {
  look_up wanted = {in_session, name};
  return io_each(client_dir, "later", is_that, &wanted) == ENDED;
}

static result note(archive *a, const place *at) {
  char folder[64];
  int home = -1;
  snprintf(folder, sizeof folder, "clients/%s", at->client);
  result r = io_open_dir(a->dir, folder, &home);
  if (r == OK && forget_is_known(home, at->session, at->creation)) {
    io_close(home);
    return OK;
  }
  io_close(home);
  if (r != OK) return r;
  return archive_put_fact(a, at->client, "later", "later/1",
    json_pack("{s:s,s:s,s:s}", "kind", "forgotten", "session", at->session, "creation",
      at->creation));
}

static result destroy(archive *a, const place *at) {
  char folder[256];
  int creations = -1;
  snprintf(
    folder, sizeof folder, "clients/%s/sessions/%s/creations", at->client, at->session);
  result r = keys_destroy(a->keys, at->session, at->number);
  if (r == NOT_FOUND) r = OK;
  if (r == OK) r = io_open_dir(a->dir, folder, &creations);
  if (r == OK) r = io_remove_tree(creations, at->creation);
  io_close(creations);
  return r == NOT_FOUND ? OK : r;
}

result archive_forget(archive *a, const char *creation_path, char *why, size_t room) {
  place at = {0};
  char session_path[4096];
  int there = -1;
  if (!locate(a, creation_path, &at)) {
    snprintf(why, room,
      "%s is no creation of a closed session in %s; name its folder, as "
      "`gesto list` shows it.",
      creation_path, a->path);
    return NOT_FOUND;
  }
  snprintf(session_path, sizeof session_path, "%s/clients/%s/sessions/%s", a->path,
    at.client, at.session);
  result r = io_open_dir(AT_FDCWD, session_path, &there);
  io_close(there);
  if (r == OK) r = note(a, &at);
  if (r == OK) r = destroy(a, &at);
  if (r == OK) r = catalogue_add_session(a, session_path);
  if (r != OK)
    snprintf(why, room, "%s could not be let go of completely: %s; do it again.",
      creation_path, result_text(r));
  return r;
}
