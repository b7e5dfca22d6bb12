// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/sitting.h"

#include <stdio.h>
#include <string.h>

static result tell(result done, const char *what, char *why, size_t room) {
  if (done != OK) snprintf(why, room, "%s: %s.", what, result_text(done));
  return done;
}

static result make_recorder(sitting *s, const sitting_calls *calls) {
  recorder_setup setup = {.input = &s->ring.input,
    .session = session_id(s->session),
    .writer = archive_room(s->archive),
    .data = calls->data,
    .trouble = calls->trouble};
  return recorder_create(&s->recorder, &setup);
}

result sitting_begin(sitting *s, archive *a, const char *client_id,
  const sitting_calls *calls, char *why, size_t room) {
  *s = (sitting){.archive = a, .ring = {.fd = -1, .read_fd = -1}};
  result done = tell(session_begin(&s->session, a, client_id),
    "A session could not be begun in the archive; please look whether its disk is there "
    "and has room",
    why, room);
  if (done != OK) return done;
  done =
    tell(ring_file_create(&s->ring, session_name(s->session), session_id(s->session)),
      "There is no room in memory for what a client does (16 MiB in $XDG_RUNTIME_DIR or "
      "/dev/shm); please close other programs",
      why, room);
  if (done == OK) done = tell(make_recorder(s, calls), "No recorder", why, room);
  if (done != OK) {
    session_take_back(s->session);
    s->session = NULL;
    sitting_finish(s, false);
  }
  return done;
}

static void take_up_creations(sitting *s) {
  for (uint32_t n = 1; n <= session_creation_count(s->session); n++) {
    int dir = session_creation_dir(s->session, n);
    if (dir < 0) continue;
    result done = recorder_resume(s->recorder, n, dir);
    if (done != OK && done != NOT_FOUND) {
      fprintf(stderr, "gesto: the journal of %s could not be taken up: %s.\n",
        session_creation_name(s->session, n), result_text(done));
    }
  }
}

result sitting_resume(sitting *s, archive *a, const char *live_name,
  const sitting_calls *calls, char *why, size_t room) {
  *s = (sitting){.archive = a, .ring = {.fd = -1, .read_fd = -1}};
  result done = tell(session_resume(&s->session, a, live_name),
    "This session could not be taken up again", why, room);
  if (done != OK) return done;
  const uint8_t *id = session_id(s->session);
  done = ring_file_open(&s->ring, live_name, id);
  const bool fresh = done != OK;
  if (fresh) done = ring_file_create(&s->ring, live_name, id);
  done = tell(done, "There is no room in memory for what a client does", why, room);
  if (done == OK) done = tell(make_recorder(s, calls), "No recorder", why, room);
  if (done != OK) {
    sitting_finish(s, true);
    return done;
  }
  take_up_creations(s);
  if (fresh) recorder_start_ring(s->recorder);
  recorder_turn(s->recorder);
  return OK;
}

void sitting_finish(sitting *s, bool keep_ring) {
  spares_finish(&s->spares);
  recorder_destroy(s->recorder);
  s->recorder = NULL;
  if (keep_ring) {
    ring_file_finish(&s->ring);
  } else {
    ring_file_remove(&s->ring);
  }
  if (s->session) session_close_handle(s->session);
  *s = (sitting){.ring = {.fd = -1, .read_fd = -1}};
}

void sitting_wake(sitting *s, wake_set *w) {
  recorder_wake(s->recorder, w);
  spares_wake(&s->spares, w);
}

void sitting_turn(sitting *s) {
  recorder_turn(s->recorder);
  spares_turn(&s->spares);
}

typedef struct rescue {
  archive *archive;
  const char *except;
} rescue;

static result rescue_one(
  void *data, const char *client_id, const char *name, const char *path, bool live) {
  (void)client_id;
  (void)path;
  (void)live;
  sitting s;
  char why[512];
  const sitting_calls calls = {0};
  const rescue *r = data;
  if (strcmp(name, r->except) == 0 || !ring_file_exists(name)) return OK;
  if (sitting_resume(&s, r->archive, name, &calls, why, sizeof why) != OK) return OK;
  result done = recorder_flush(s.recorder);
  // What is not on disk yet is still in the ring: that stays for the next try.
  sitting_finish(&s, done != OK);
  return OK;
}

void sitting_rescue_all(archive *a, const char *except) {
  rescue r = {.archive = a, .except = except};
  result done = archive_each_session(a, true, rescue_one, &r);
  (void)done; // one that cannot be read is shown by the desk as it is
}
