// SPDX-License-Identifier: GPL-3.0-or-later
// The archive on disk: folders, random ids, keys, the one lock, sessions from begin to
// close, consent applied, manifests. Keeper only; one thread. No decoder of foreign bytes.
#ifndef GESTO_RECORD_ARCHIVE_H
#define GESTO_RECORD_ARCHIVE_H

#include "core/base/io.h"
#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct archive archive;

// Opens (and, if `create`, makes) the archive at `path`. Takes no lock. `room` state lies in
// $XDG_STATE_HOME/gesto. On failure `why` holds one sentence (what, where, what to do).
MUST_USE result archive_open(
  archive **a, const char *path, bool create, char *why, size_t room);
void archive_close(archive *a);
// Becomes the one keeper of this archive on this machine (OFD lock, close-on-exec) and lays
// the 8 MB reserve against a full disk. NOT_NOW: another has it.
MUST_USE result archive_lock(archive *a);
// The same for whoever goes on after another: `held` is a descriptor of the lock that the other
// had, and the archive's from then on. Where it is -1 or of another archive's lock, nobody gave
// this one away.
MUST_USE result archive_lock_again(archive *a, int held);
int archive_lock_fd(const archive *a);         // borrowed; -1: it is not ours
int archive_dir(const archive *a);             // borrowed
const char *archive_path(const archive *a);    // absolute
const uint8_t *archive_room(const archive *a); // 8 bytes
enum { ARCHIVE_PLACE = 96 };
// What people call the room that this machine stands in: the first line of the file `place`
// beside its number. "": nobody has said.
void archive_place(const archive *a, char name[ARCHIVE_PLACE]);
// Disk full: gives the reserve back so that a session can be closed. Once.
void archive_spend_reserve(archive *a);

// ---- Clients ----------------------------------------------------------------------------
// `id` gets "c-" + 20 hex digits (24 bytes with the zero). An alias or id that is known gives
// that client, an alias that is not a new one; NULL makes a new guest. FAILED: as client_find of
// client.h, which has the rest.
MUST_USE result archive_client(archive *a, const char *alias, char id[24]);

// ---- A session in progress (in .live/) ------------------------------------------------
typedef struct session session;
// Makes the live folder, session.json (open), session.journal, keys/<session>.
MUST_USE result session_begin(session **s, archive *a, const char *client_id);
// Ends one that was just begun and holds no creation, as if it had not been; takes the handle.
void session_take_back(session *s);
// Takes up a live session again after a crash (name = folder in .live/).
MUST_USE result session_resume(session **s, archive *a, const char *live_name);
void session_close_handle(session *s);        // frees; the folder stays as it is
const char *session_name(const session *s);   // <UTC>-<room>-<random>
const uint8_t *session_id(const session *s);  // 16 bytes, as in its journals
int session_dir(const session *s);            // borrowed
const char *session_path(const session *s);   // absolute, of the live folder
const char *session_client(const session *s); // id; borrowed
archive *session_archive(const session *s);   // that it lies in; borrowed
// A fact for session.json ("check_in", "check_out", ...: any JSON value) — kept in memory,
// written by session_finish and on each call to session_save (atomic).
MUST_USE result session_set_fact(session *s, const char *key, const char *json);
// It is not there any more (if it was): at the next save.
void session_drop_fact(session *s, const char *key);
// The facts said so far, as JSON text; the caller frees. NULL: no memory.
char *session_facts(const session *s);
MUST_USE result session_save(session *s);
// One line of the flow into session.journal (never titles, typed words or gestures).
MUST_USE result session_flow(session *s, const char *json);

// Makes creations/NN-<short> (short = last word of the exercise id, cleaned) and its
// key. *number counts from 1.
MUST_USE result session_add_creation(
  session *s, const char *exercise_id, uint32_t *number);
int session_creation_dir(session *s, uint32_t number); // borrowed until the session ends
const char *session_creation_name(session *s, uint32_t number); // "01-draw"
uint32_t session_creation_count(const session *s);
// session_apply was called for it and held, maybe before the session was taken up again.
bool session_creation_answered(const session *s, uint32_t number);
// The disk did not take a work of it, or all are there now. Kept in memory only: whoever
// takes a session up makes the works again.
void session_creation_want(session *s, uint32_t number, bool wanting);
// The first creation with a work that is still to be made again from its journal; 0: none.
uint32_t session_wanting(const session *s);
// Stores a finished work (atomic, replaced if it is there); `file` was made by
// archive_work_name. kind "picture", "layers", "sound", "facts".
typedef struct work_info {
  const char *kind, *title, *about; // about may be NULL
  uint32_t width, height;           // pictures
  uint64_t frames;                  // sounds
  uint32_t paper;                   // of several: which one it is, from 1; 0: of none
} work_info;
MUST_USE result session_put_work(session *s, uint32_t creation, const char *file,
  const work_info *info, const void *bytes, size_t size);
// The same for one that was written in pieces into the folder of the creation, under this
// name; `written` is over then.
MUST_USE result session_keep_work(
  session *s, uint32_t creation, const work_info *info, io_saving *written, size_t size);
// Takes a work out again that the exercise no longer hands over (a loop that was taken away):
// its entry, then its file. NOT_FOUND: no such work.
MUST_USE result session_drop_work(session *s, uint32_t creation, const char *file);
// "artwork.png", "artwork-2.png", "mix.flac", "loop-1.flac", "facts.json": from kind, title
// (sounds) or name (facts), reduced to a-z, 0-9 and '-', unique by `index` among those
// handed over in one round.
void archive_work_name(const char *kind, const char *name, uint32_t index, char out[64]);
// Facts for creation.json (any JSON value by key).
MUST_USE result session_creation_fact(
  session *s, uint32_t creation, const char *key, const char *json);

// What the client said of a creation.
typedef enum consent { CONSENT_PRIVATE = 1, CONSENT_KEEP, CONSENT_LET_GO } consent;
typedef struct answer {
  consent keep;
  bool process;      // with how it was made; only with CONSENT_KEEP
  const char *title; // or NULL
  bool assumed;      // nobody said so: the client left without choosing
} answer;
// Applies one answer: writes creation.json, removes what the table says, syncs. For private
// or keep without process, `state` is the state saved anew without history (NULL: none).
MUST_USE result session_apply(session *s, uint32_t creation, const answer *said,
  const void *state, size_t state_size);
// session.json closed, MANIFEST last, then one rename into the client's folder.
// `interrupted`: closed later, from the desk. The path of the closed folder goes to `path`.
MUST_USE result session_finish(session *s, bool interrupted, char *path, size_t room);

// Names of sessions in .live/ in order.
typedef result archive_each_fn(void *data, const char *client_id,
  const char *session_name, const char *path, bool live);
MUST_USE result archive_each_session(
  archive *a, bool live, archive_each_fn *each, void *data);

// ---- After the session ---------------------------------------------------------------
// Lets go of a creation in a closed session: key destroyed, folder gone, a "forgotten" fact
// in later/; the manifest's entry is then known to be forgotten, not missing.
MUST_USE result archive_forget(
  archive *a, const char *creation_path, char *why, size_t room);

#endif
