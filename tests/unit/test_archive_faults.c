// SPDX-License-Identifier: GPL-3.0-or-later
// The archive with each call refused once, and with its keeper ended anywhere: what had
// answered OK is there, and the session can be closed.
#include "core/record/names.h"
#include "tests/unit/archive_hand.h"

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static result count_session(
  void *data, const char *client, const char *name, const char *path, bool live) {
  assert_true(names_is_client(client));
  assert_true(names_is_stamp(name));
  assert_true(there(path, "session.json"));
  assert_int_equal(there(path, "MANIFEST"), !live);
  ++*(int *)data;
  return OK;
}

static const session *resumed_session(room *r, char *name) {
  int live = 0;
  assert_int_equal(archive_each_session(r->h.a, true, count_session, &live), OK);
  assert_in_range(live, 0, 1);
  if (live == 0) return NULL;
  assert_int_equal(session_resume(&r->h.s, r->h.a, name), OK);
  return r->h.s;
}

static result name_of(
  void *data, const char *client, const char *name, const char *path, bool live) {
  (void)client;
  (void)path;
  (void)live;
  snprintf(data, 128, "%s", name);
  return OK;
}

static uint32_t frames_in(int dir) {
  journal_reader *reader = NULL;
  journal_frame frame;
  uint32_t slots = 0;
  if (journal_reader_open(&reader, dir, "process.journal") != OK) return 0;
  while (journal_next(reader, &frame) == OK) slots += frame.type == FRAME_SLOTS;
  journal_reader_close(reader);
  return slots;
}

// What had answered OK before the call was refused is there when the session is taken up.
static void check_promises(const hand_run *before, session *s) {
  assert_true(session_creation_count(s) >= before->created);
  for (uint32_t n = 1; n <= before->created; n++) {
    const int dir = session_creation_dir(s, n);
    const bool let_go = n == 3 && before->applied >= 3;
    if (let_go) assert_int_equal(dir, -1);
    if (dir < 0) {
      assert_int_equal(n, 3); // being let go of
      continue;
    }
    static const char *const files[] = {"artwork.png", "loop-1.flac", "facts.json"};
    size_t size = 0;
    char *work = scratch_load(dir, files[(n - 1) % 3], &size);
    if (n <= before->works) assert_non_null(work);
    free(work);
    // Once answers have begun, 2 is private and 4 is taken for it.
    if (n % 2 || before->works < HAND_CREATIONS)
      assert_int_equal(frames_in(dir), before->frames[n - 1]);
  }
}

static bool refuse_once(room *r, uint64_t nth, int error) {
  char why[512] = "", name[128] = "";
  io_fail_at(nth, error);
  const result ran = hand_session(&r->h, r->path);
  const bool reached = io_calls() >= nth;
  io_fail_at(0, 0);
  const hand_run before = r->h;
  hand_finish(&r->h);
  if (ran != OK && !before.a && !there(r->path, "archive.json")) return reached;
  assert_int_equal(archive_open(&r->h.a, r->path, true, why, sizeof why), OK);
  assert_int_equal(archive_lock(r->h.a), OK);
  assert_int_equal(archive_each_session(r->h.a, true, name_of, name), OK);
  session *s = (session *)resumed_session(r, name);
  if (s) {
    assert_false(before.closed);
    check_promises(&before, s);
    assert_int_equal(session_finish(s, true, r->h.path, sizeof r->h.path), OK);
  } else if (before.created > 0) { // closed, whether or not it was told
    int closed = 0;
    assert_int_equal(archive_each_session(r->h.a, false, count_session, &closed), OK);
    assert_int_equal(closed, 1);
  }
  holds(r->path);
  return reached;
}

static void every_call_refused_once(void **state) {
  room *r = *state;
  uint64_t calls = 0;
  for (uint64_t nth = 1;; nth++) {
    const bool reached = refuse_once(r, nth, nth % 2 ? ENOSPC : EIO);
    hand_finish(&r->h);
    const result gone = io_remove_tree(r->s.dir, "archive");
    assert_true(gone == OK || gone == NOT_FOUND);
    if (!reached) break;
    calls++;
  }
  assert_true(calls > 150);
}

static void session_in_child(room *r, int promises, uint32_t rest_after) {
  hand_run h;
  if (hand_begin(&h, r->path) != OK) _exit(1);
  for (uint32_t n = 1; n <= HAND_CREATIONS; n++) {
    if (hand_create(&h, n) != OK) _exit(2);
    if (write(promises, "+", 1) != 1) _exit(3);
    if (n == rest_after) pause();
  }
  if (hand_answer(&h) != OK) _exit(4);
  if (session_finish(h.s, false, h.path, sizeof h.path) != OK) _exit(5);
  if (write(promises, "!", 1) != 1) _exit(6);
  pause();
  _exit(0);
}

// The keeper is ended at any moment: what it had told is there, and the session can be closed.
static void killed_anywhere(void **state) {
  room *r = *state;
  uint32_t interrupted = 0;
  for (unsigned round = 0; round < 40; round++) {
    char said[16] = "", why[512], name[128] = "";
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    // Each fourth round at a known place, so that some are interrupted on any machine.
    const uint32_t rest = round % 4 ? 0 : 1 + round / 4 % HAND_CREATIONS;
    if (child == 0) session_in_child(r, ends[1], rest);
    close(ends[1]);
    ssize_t told_so_far = 0;
    while (told_so_far < rest && read(ends[0], said + told_so_far, 1) == 1) told_so_far++;
    usleep(300 + round * 400);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    const ssize_t more = read(ends[0], said + told_so_far, sizeof said - 8);
    told_so_far += more > 0 ? more : 0;
    close(ends[0]);
    const bool closed = memchr(said, '!', sizeof said) != NULL;
    assert_int_equal(archive_open(&r->h.a, r->path, true, why, sizeof why), OK);
    assert_int_equal(archive_lock(r->h.a), OK);
    assert_int_equal(archive_each_session(r->h.a, true, name_of, name), OK);
    if (name[0]) {
      assert_false(closed);
      interrupted++;
      assert_int_equal(session_resume(&r->h.s, r->h.a, name), OK);
      assert_true((ssize_t)session_creation_count(r->h.s) >= told_so_far);
      assert_int_equal(session_finish(r->h.s, true, r->h.path, sizeof r->h.path), OK);
    }
    holds(r->path);
    hand_finish(&r->h);
    assert_int_equal(io_remove_tree(r->s.dir, "archive"), OK);
  }
  assert_true(interrupted >= 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(every_call_refused_once),
    TEST(killed_anywhere),
  };
  return cmocka_run_group_tests_name("archive_faults", tests, NULL, NULL);
}
