// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/languages.h"

#include "core/base/beside.h"
#include "core/base/io.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { MOST = 64, NAME_ROOM = 20 };

typedef struct names {
  char each[MOST][NAME_ROOM];
  size_t count;
} names;

static result take(void *data, int dir, const char *name, bool is_dir) {
  names *n = data;
  (void)dir;
  if (is_dir && n->count < MOST && strlen(name) < NAME_ROOM)
    snprintf(n->each[n->count++], NAME_ROOM, "%s", name);
  return OK;
}

// Where no catalogues lie there is English all the same.
static void read_names(names *n) {
  char folder[PATH_MAX];
  take(n, -1, "en", true);
  // The dot: the folder may be a link.
  if (beside_program("words/.", folder, sizeof folder) != OK) return;
  const result read = io_each(AT_FDCWD, folder, take, n);
  (void)read;
}

// As gettext looks for them: by the whole name, then without country and what follows it.
static bool names_have(const names *n, const char *language) {
  const size_t whole = strlen(language), stem = strcspn(language, "_.@");
  for (size_t i = 0; i < n->count; i++) {
    const size_t length = strlen(n->each[i]);
    if ((length == whole || length == stem) && !strncmp(n->each[i], language, length))
      return true;
  }
  return false;
}

static const char *between(size_t i, size_t count) {
  if (i == 0) return "";
  return i + 1 < count ? ", " : " and ";
}

bool languages_have(const char *language, char *why, size_t room) {
  names n = {0};
  char list[MOST * (NAME_ROOM + 8)];
  size_t used = 0;
  read_names(&n);
  if (names_have(&n, language)) return true;
  for (size_t i = 0; i < n.count; i++)
    used += (size_t)snprintf(
      list + used, sizeof list - used, "%s\"%s\"", between(i, n.count), n.each[i]);
  snprintf(why, room, "no words in \"%s\" are here; there are in %s.", language, list);
  return false;
}
