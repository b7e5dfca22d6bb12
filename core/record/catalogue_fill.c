// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/catalogue_fill.h"

#include "core/base/io.h"
#include "core/record/client.h"
#include "core/record/json_text.h"
#include "core/record/manifest.h"
#include "core/record/names.h"
#include "core/record/told.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct filling {
  sqlite3 *base;
  const char *session;
  int dir;
} filling;

// One row. `form`: a letter for each ?: s text (NULL allowed), i int64, d double.
static result put(sqlite3 *base, const char *what, const char *form, ...) {
  sqlite3_stmt *row = NULL;
  int code = sqlite3_prepare_v2(base, what, -1, &row, NULL);
  va_list values;
  va_start(values, form);
  for (int i = 0; form[i] && code == SQLITE_OK; i++) {
    if (form[i] == 's')
      code =
        sqlite3_bind_text(row, i + 1, va_arg(values, const char *), -1, SQLITE_TRANSIENT);
    else if (form[i] == 'i')
      code = sqlite3_bind_int64(row, i + 1, va_arg(values, int64_t));
    else
      code = sqlite3_bind_double(row, i + 1, va_arg(values, double));
  }
  va_end(values);
  if (code == SQLITE_OK) code = sqlite3_step(row);
  sqlite3_finalize(row);
  if (code == SQLITE_DONE) return OK;
  if (code == SQLITE_NOMEM) return NO_MEMORY;
  return code == SQLITE_FULL ? NO_SPACE : FAILED;
}

static result put_works(const filling *f, int64_t number, const json_t *works) {
  size_t i;
  json_t *work;
  result r = OK;
  json_array_foreach(works, i, work) {
    if (r != OK) return r;
    r = put(f->base, "INSERT INTO work VALUES (?,?,?,?,?,?,?)", "siisssi", f->session,
      number, (int64_t)i, json_text_string(work, "file", ""),
      json_text_string(work, "kind", ""), json_text_string(work, "title", ""),
      (int64_t)json_text_number(work, "bytes", 0));
  }
  return r;
}

static result put_creation(const filling *f, const json_t *entry) {
  char file[128];
  json_t *about = NULL;
  const char *name = json_text_string(entry, "name", "");
  const int64_t number = (int64_t)json_text_number(entry, "number", 0);
  if (!name[0] || strchr(name, '/')) return OK; // let go
  snprintf(file, sizeof file, "creations/%.64s/creation.json", name);
  // Let go after the session: the folder is not there any more.
  if (json_text_load(f->dir, file, &about) != OK) return OK;
  const char *title = json_text_string(about, "title", NULL);
  result r = put(f->base, "INSERT INTO creation VALUES (?,?,?,?,?,?,?,?)", "sissssid",
    f->session, number, name, json_text_string(about, "exercise", ""), title,
    json_text_string(about, "consent", "private"),
    (int64_t)json_is_true(json_object_get(about, "process")),
    json_text_number(about, "seconds", 0));
  if (r == OK) r = put_works(f, number, json_object_get(about, "works"));
  json_decref(about);
  return r;
}

static double seconds_between(const json_t *about) {
  const int64_t began = names_time_read(json_text_string(about, "began", ""));
  const int64_t ended = names_time_read(json_text_string(about, "ended", ""));
  return began < 0 || ended < began ? 0 : (double)(ended - began) / 1e6;
}

static result put_client(const filling *f, const char *client) {
  json_t *facts = NULL;
  int home = -1;
  result r = io_open_dir(f->dir, "../..", &home);
  if (r == OK) r = client_about(home, &facts);
  io_close(home);
  if (r != OK) return r == NO_MEMORY ? r : OK;
  r = put(f->base, "INSERT OR REPLACE INTO client VALUES (?,?)", "ss", client,
    json_text_string(facts, "alias", NULL));
  json_decref(facts);
  return r;
}

// What the client said, as words. NULL: no memory.
static char *told_text(const json_t *about) {
  json_t *told = told_of(json_object_get(about, "facts"));
  char *text = told ? json_dumps(told, JSON_COMPACT | JSON_REAL_PRECISION(6)) : NULL;
  json_decref(told);
  return text;
}

static result put_session(const filling *f, const json_t *about) {
  size_t i;
  json_t *entry;
  const char *client = json_text_string(about, "client", "");
  char *told = told_text(about);
  result r = put_client(f, client);
  if (r == OK)
    r = put(f->base, "INSERT INTO session VALUES (?,?,?,?,?,?)", "sssdis", f->session,
      client, json_text_string(about, "began", ""), seconds_between(about),
      (int64_t)json_is_true(json_object_get(about, "interrupted")), told);
  free(told);
  json_array_foreach(json_object_get(about, "creations"), i, entry) if (r == OK) r =
    put_creation(f, entry);
  return r;
}

static result take_out(const filling *f) {
  static const char *const tables[] = {"DELETE FROM work WHERE session = ?",
    "DELETE FROM creation WHERE session = ?", "DELETE FROM session WHERE name = ?"};
  result r = OK;
  for (size_t i = 0; i < 3 && r == OK; i++) r = put(f->base, tables[i], "s", f->session);
  return r;
}

// A sync engine may have brought some of its files only.
static bool has_arrived(const filling *f) {
  manifest listed = {0};
  bool here = manifest_load(&listed, f->dir) == OK;
  for (size_t i = 0; i < listed.count && here; i++) {
    const manifest_entry *entry = &listed.entries[i];
    char creation[64] = "", folder[128];
    struct stat info;
    if (fstatat(f->dir, entry->path, &info, AT_SYMLINK_NOFOLLOW) == 0) {
      here = (uint64_t)info.st_size == entry->size;
      continue;
    }
    // A creation that is away as a whole was let go, or will be told apart by verify.
    here = sscanf(entry->path, "creations/%63[^/]", creation) == 1;
    snprintf(folder, sizeof folder, "creations/%s", creation);
    here = here && fstatat(f->dir, folder, &info, AT_SYMLINK_NOFOLLOW) != 0;
  }
  manifest_finish(&listed);
  return here;
}

result catalogue_fill_session(sqlite3 *base, const char *session_path) {
  const char *slash = strrchr(session_path, '/');
  filling f = {base, slash ? slash + 1 : session_path, -1};
  json_t *about = NULL;
  result r = take_out(&f);
  if (r != OK) return r;
  r = io_open_dir(AT_FDCWD, session_path, &f.dir);
  if (r == OK) r = json_text_load(f.dir, "session.json", &about);
  const bool closed = strcmp(json_text_string(about, "state", ""), "closed") == 0;
  if (r == OK && closed && has_arrived(&f))
    r = put_session(&f, about);
  else if (r != NO_MEMORY)
    r = OK;
  json_decref(about);
  io_close(f.dir);
  return r;
}

static result fill_each(
  void *data, const char *client, const char *name, const char *path, bool live) {
  (void)client;
  (void)name;
  (void)live;
  return catalogue_fill_session(data, path);
}

static result fill_named(void *data, const char *id, const json_t *facts) {
  const char *alias = json_text_string(facts, "alias", NULL);
  if (!alias) return OK;
  return put(data, "INSERT OR REPLACE INTO client VALUES (?,?)", "ss", id, alias);
}

result catalogue_fill_client(sqlite3 *base, archive *a, const char *id) {
  json_t *facts = NULL;
  result r = client_facts(a, id, &facts);
  if (r == OK) r = fill_named(base, id, facts);
  json_decref(facts);
  return r;
}

// Those who have no session yet are there, too, once they have a name.
result catalogue_fill_all(sqlite3 *base, archive *a) {
  const result r = archive_each_session(a, false, fill_each, base);
  return r == OK ? client_each(a, fill_named, base) : r;
}
