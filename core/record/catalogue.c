// SPDX-License-Identifier: GPL-3.0-or-later
// The index: filled from the folders, asked for lists. Whatever is wrong with the file, it
// is made again.
#include "core/record/catalogue.h"

#include "core/base/io.h"
#include "core/record/catalogue_fill.h"
#include "core/record/told.h"

#include <jansson.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char schema[] =
  "PRAGMA secure_delete = ON;"
  "PRAGMA journal_mode = DELETE;"
  "PRAGMA user_version = 1;"
  "CREATE TABLE IF NOT EXISTS client (id TEXT PRIMARY KEY, alias TEXT);"
  "CREATE TABLE IF NOT EXISTS session (name TEXT PRIMARY KEY, client TEXT, began TEXT,"
  " seconds REAL, interrupted INTEGER, told TEXT);"
  "CREATE TABLE IF NOT EXISTS creation (session TEXT, number INTEGER, name TEXT,"
  " exercise TEXT, title TEXT, consent TEXT, process INTEGER, seconds REAL,"
  " PRIMARY KEY (session, number));"
  "CREATE TABLE IF NOT EXISTS work (session TEXT, number INTEGER, place INTEGER, file "
  "TEXT,"
  " kind TEXT, title TEXT, bytes INTEGER, PRIMARY KEY (session, number, place));"
  "CREATE INDEX IF NOT EXISTS session_client ON session (client, name);";

static result result_of(int code) {
  switch (code & 0xff) {
  case SQLITE_OK:
  case SQLITE_DONE:
  case SQLITE_ROW: return OK;
  case SQLITE_NOMEM: return NO_MEMORY;
  case SQLITE_FULL: return NO_SPACE;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB: return BAD_DATA;
  case SQLITE_BUSY:
  case SQLITE_LOCKED: return NOT_NOW;
  case SQLITE_READONLY:
  case SQLITE_PERM: return NOT_ALLOWED;
  default: return FAILED;
  }
}

static char *path_of(const archive *a) {
  char *path = NULL;
  return asprintf(&path, "%s/catalogue.sqlite", archive_path(a)) < 0 ? NULL : path;
}

static result open_base(const char *path, int flags, sqlite3 **base) {
  int code = sqlite3_open_v2(path, base, flags, NULL);
  if (code == SQLITE_OK) code = sqlite3_busy_timeout(*base, 2000);
  // Reads the file for the first time: an old form or no catalogue at all shows here.
  sqlite3_stmt *ask = NULL;
  if (code == SQLITE_OK)
    code = sqlite3_prepare_v2(*base, "PRAGMA user_version", -1, &ask, NULL);
  if (code == SQLITE_OK) code = sqlite3_step(ask);
  const bool other = code == SQLITE_ROW && sqlite3_column_int(ask, 0) > 1;
  sqlite3_finalize(ask);
  if (other) return TOO_NEW;
  const result r = result_of(code);
  if (r != OK || flags & SQLITE_OPEN_READONLY) return r;
  return result_of(sqlite3_exec(*base, schema, NULL, NULL, NULL));
}

static void remove_files(archive *a) {
  static const char *const names[] = {"catalogue.sqlite", "catalogue.sqlite-journal",
    "catalogue.sqlite-wal", "catalogue.sqlite-shm"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    (void)!io_unlink(archive_dir(a), names[i]);
  }
}

typedef result fill_fn(sqlite3 *base, archive *a, const char *only);

static result fill_one_session(sqlite3 *base, archive *a, const char *path) {
  (void)a;
  return catalogue_fill_session(base, path);
}

static result fill_everything(sqlite3 *base, archive *a, const char *only) {
  (void)only;
  return catalogue_fill_all(base, a);
}

static result fill_in_one(sqlite3 *base, archive *a, fill_fn *fill, const char *only) {
  result r = result_of(sqlite3_exec(base, "BEGIN IMMEDIATE", NULL, NULL, NULL));
  if (r != OK) return r;
  r = fill(base, a, only);
  if (r == OK) r = result_of(sqlite3_exec(base, "COMMIT", NULL, NULL, NULL));
  if (r != OK) sqlite3_exec(base, "ROLLBACK", NULL, NULL, NULL);
  return r;
}

static const int writing = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

result catalogue_rebuild(archive *a) {
  sqlite3 *base = NULL;
  char *path = path_of(a);
  if (!path) return NO_MEMORY;
  remove_files(a);
  result r = open_base(path, writing, &base);
  if (r == OK) r = fill_in_one(base, a, fill_everything, NULL);
  sqlite3_close(base);
  free(path);
  return r;
}

static result add(archive *a, fill_fn *fill, const char *only) {
  sqlite3 *base = NULL;
  char *path = path_of(a);
  if (!path) return NO_MEMORY;
  result r = open_base(path, SQLITE_OPEN_READWRITE, &base);
  if (r == OK) r = fill_in_one(base, a, fill, only);
  sqlite3_close(base);
  free(path);
  // None yet, or one that is of no use.
  return r == OK || r == NO_MEMORY || r == NO_SPACE ? r : catalogue_rebuild(a);
}

result catalogue_add_session(archive *a, const char *session_path) {
  return add(a, fill_one_session, session_path);
}

result catalogue_note_client(archive *a, const char *client_id) {
  return add(a, catalogue_fill_client, client_id);
}

// ---- Lists

static json_t *text_column(sqlite3_stmt *row, int column) {
  const char *said = (const char *)sqlite3_column_text(row, column);
  return said ? json_string(said) : json_null();
}

typedef struct listing {
  sqlite3 *base;
  const archive *a;
  bool with_private;
  const char *alias;
} listing;

typedef json_t *row_fn(const listing *l, sqlite3_stmt *row);

// An array of what `each` makes of the rows; NULL rows are passed over. NULL: not possible.
static json_t *rows(
  const listing *l, const char *ask, const char *key, json_int_t number, row_fn *each) {
  sqlite3_stmt *row = NULL;
  json_t *list = json_array();
  int code = sqlite3_prepare_v2(l->base, ask, -1, &row, NULL);
  if (code == SQLITE_OK && key)
    code = sqlite3_bind_text(row, 1, key, -1, SQLITE_TRANSIENT);
  if (code == SQLITE_OK && number) code = sqlite3_bind_int64(row, 2, number);
  while (code == SQLITE_OK && (code = sqlite3_step(row)) == SQLITE_ROW) {
    json_t *made = each(l, row);
    code = made && json_array_append_new(list, made) == 0 ? SQLITE_OK : SQLITE_NOMEM;
  }
  sqlite3_finalize(row);
  if (code == SQLITE_DONE) return list;
  json_decref(list);
  return NULL;
}

static json_t *work_row(const listing *l, sqlite3_stmt *row) {
  (void)l;
  return json_pack("{s:o,s:o,s:o,s:I}", "file", text_column(row, 0), "kind",
    text_column(row, 1), "title", text_column(row, 2), "bytes",
    (json_int_t)sqlite3_column_int64(row, 3));
}

static json_t *creation_row(const listing *l, sqlite3_stmt *row) {
  const char *of = (const char *)sqlite3_column_text(row, 0);
  json_t *works = rows(l,
    "SELECT file, kind, title, bytes FROM work WHERE session = ?1 AND "
    "number = ?2 ORDER BY place",
    of, sqlite3_column_int64(row, 1), work_row);
  if (!works) return NULL;
  return json_pack("{s:I,s:o,s:o,s:o,s:o,s:b,s:f,s:o}", "number",
    (json_int_t)sqlite3_column_int64(row, 1), "name", text_column(row, 2), "exercise",
    text_column(row, 3), "title", text_column(row, 4), "consent", text_column(row, 5),
    "process", sqlite3_column_int(row, 6), "seconds", sqlite3_column_double(row, 7),
    "works", works);
}

// Made from names, so that an archive may be moved.
static json_t *path_column(const listing *l, sqlite3_stmt *row) {
  char path[4096];
  snprintf(path, sizeof path, "%s/clients/%s/sessions/%s", archive_path(l->a),
    (const char *)sqlite3_column_text(row, 1), (const char *)sqlite3_column_text(row, 0));
  return json_string(path);
}

// How many there are is no secret; what they are is.
static json_int_t private_count(const listing *l, const char *name) {
  sqlite3_stmt *row = NULL;
  static const char ask[] =
    "SELECT count(*) FROM creation WHERE session = ?1 AND consent = 'private'";
  json_int_t count = 0;
  if (sqlite3_prepare_v2(l->base, ask, -1, &row, NULL) == SQLITE_OK &&
    sqlite3_bind_text(row, 1, name, -1, SQLITE_TRANSIENT) == SQLITE_OK &&
    sqlite3_step(row) == SQLITE_ROW)
    count = sqlite3_column_int64(row, 0);
  sqlite3_finalize(row);
  return count;
}

static json_t *told_column(sqlite3_stmt *row, int column) {
  const char *text = (const char *)sqlite3_column_text(row, column);
  json_t *told = text ? json_loads(text, 0, NULL) : NULL;
  return told ? told : told_of(NULL);
}

static json_t *session_row(const listing *l, sqlite3_stmt *row) {
  const char *name = (const char *)sqlite3_column_text(row, 0);
  json_t *creations = rows(l,
    l->with_private ? "SELECT session, number, name, exercise, title, consent, process, "
                      "seconds FROM creation "
                      "WHERE session = ?1 ORDER BY number"
                    : "SELECT session, number, name, exercise, title, consent, process, "
                      "seconds FROM creation "
                      "WHERE session = ?1 AND consent <> 'private' ORDER BY number",
    name, 0, creation_row);
  if (!creations) return NULL;
  json_t *one = json_pack("{s:o,s:o,s:o,s:f,s:b,s:I,s:o}", "name", text_column(row, 0),
    "path", path_column(l, row), "began", text_column(row, 2), "seconds",
    sqlite3_column_double(row, 3), "interrupted", sqlite3_column_int(row, 4), "private",
    private_count(l, name), "creations", creations);
  json_t *told = told_column(row, 5);
  if (one && told) json_object_update(one, told);
  json_decref(told);
  return one;
}

static json_t *client_row(const listing *l, sqlite3_stmt *row) {
  json_t *sessions = rows(l,
    "SELECT name, client, began, seconds, interrupted, told FROM session WHERE "
    "client = ?1 ORDER BY name",
    (const char *)sqlite3_column_text(row, 0), 0, session_row);
  if (!sessions) return NULL;
  return json_pack("{s:o,s:o,s:o}", "id", text_column(row, 0), "alias",
    text_column(row, 1), "sessions", sessions);
}

static result list(const listing *l, char **json) {
  json_t *clients = rows(l,
    l->alias ? "SELECT id, alias FROM client WHERE alias = ?1 ORDER BY id"
             : "SELECT id, alias FROM client ORDER BY alias IS NULL, alias, id",
    l->alias, 0, client_row);
  json_t *whole = clients ? json_pack("{s:o}", "clients", clients) : NULL;
  *json = whole ? json_dumps(whole, JSON_INDENT(2) | JSON_REAL_PRECISION(15)) : NULL;
  json_decref(whole);
  return *json ? OK : FAILED;
}

result catalogue_list_json(
  archive *a, const char *alias, bool with_private, char **json) {
  listing l = {.a = a, .with_private = with_private, .alias = alias};
  char *path = path_of(a);
  *json = NULL;
  if (!path) return NO_MEMORY;
  result r = open_base(path, SQLITE_OPEN_READONLY, &l.base);
  if (r == OK) r = list(&l, json);
  sqlite3_close(l.base);
  free(path);
  if (r == OK || r == NO_MEMORY) return r;
  // No index, or none that can be read: the same tables in memory, from the folders.
  l.base = NULL;
  r = open_base(":memory:", writing, &l.base);
  if (r == OK) r = fill_in_one(l.base, a, fill_everything, NULL);
  if (r == OK) r = list(&l, json);
  sqlite3_close(l.base);
  return r;
}
