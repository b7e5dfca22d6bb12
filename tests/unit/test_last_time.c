// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base record
// What a client can carry on with: the newest of theirs that stayed and has a state.
#include "core/record/last_time.h"
#include "tests/unit/session_hand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

typedef struct house {
  archive *a;
  scratch room;
  char client[24];
} house;

static bool suits_all(void *data, const char *exercise) {
  (void)data;
  return exercise[0] != 0;
}

static bool suits_one(void *data, const char *exercise) {
  return strcmp(data, exercise) == 0;
}

static int set_up(void **state) {
  static house h;
  char why[512];
  h = (house){0};
  assert_int_equal(scratch_make(&h.room), 0);
  assert_int_equal(archive_open(&h.a, h.room.path, true, why, sizeof why), OK);
  assert_int_equal(archive_lock(h.a), OK);
  assert_int_equal(archive_client(h.a, "Robin", h.client), OK);
  *state = &h;
  return 0;
}

static int tear_down(void **state) {
  house *h = *state;
  archive_close(h->a);
  scratch_remove(&h->room);
  return 0;
}

typedef struct piece {
  const char *exercise, *state; // state NULL: it has none
  consent keep;
} piece;

static void keep_session(
  house *h, const char *client, const piece *made, uint32_t count) {
  session *s = NULL;
  char path[4096];
  uint32_t n = 0;
  assert_int_equal(session_begin(&s, h->a, client), OK);
  for (uint32_t i = 0; i < count; i++) {
    assert_int_equal(session_add_creation(s, made[i].exercise, &n), OK);
    assert_int_equal(session_creation_fact(s, n, "state_version", "\"1.2\""), OK);
    const answer said = {.keep = made[i].keep};
    assert_int_equal(session_apply(s, n, &said, made[i].state,
                       made[i].state ? strlen(made[i].state) : 0),
      OK);
  }
  assert_int_equal(session_finish(s, false, path, sizeof path), OK);
  session_close_handle(s);
}

static void assert_found(house *h, const char *exercise, const char *text) {
  last_time l;
  char *bytes = NULL;
  size_t size = 0;
  assert_int_equal(last_time_find(h->a, h->client, suits_all, NULL, &l), OK);
  assert_string_equal(l.exercise, exercise);
  assert_string_equal(l.version, "1.2");
  assert_int_equal(last_time_load(&l, 1 << 20, &bytes, &size), OK);
  assert_string_equal(bytes, text);
  free(bytes);
}

static void nothing_was_made(void **state) {
  house *h = *state;
  last_time l;
  assert_int_equal(last_time_find(h->a, h->client, suits_all, NULL, &l), NOT_FOUND);
  keep_session(h, h->client, NULL, 0);
  const piece gone[] = {
    {"org.gesto.draw", "sea", CONSENT_LET_GO}, {"org.gesto.move", NULL, CONSENT_KEEP}};
  keep_session(h, h->client, gone, 2);
  assert_int_equal(last_time_find(h->a, h->client, suits_all, NULL, &l), NOT_FOUND);
  assert_int_equal(last_time_find(h->a, "../c", suits_all, NULL, &l), BAD_DATA);
}

static void the_newest_that_stayed_is_found(void **state) {
  house *h = *state;
  const piece first[] = {{"org.gesto.draw", "old", CONSENT_KEEP}};
  const piece second[] = {{"org.gesto.draw", "sea", CONSENT_KEEP},
    {"org.gesto.loop", "mine", CONSENT_PRIVATE}, {"org.gesto.move", "x", CONSENT_LET_GO}};
  keep_session(h, h->client, first, 1);
  assert_found(h, "org.gesto.draw", "old");
  keep_session(h, h->client, second, 3);
  assert_found(h, "org.gesto.loop", "mine"); // private: the client's own
  last_time l;
  char draw[] = "org.gesto.draw";
  assert_int_equal(last_time_find(h->a, h->client, suits_one, draw, &l), OK);
  assert_string_equal(l.creation, "01-draw");
}

// Sessions that a script plays begin in one and the same second.
static void the_last_of_one_second_is_found(void **state) {
  house *h = *state;
  char words[8];
  for (int i = 0; i < 12; i++) {
    snprintf(words, sizeof words, "sea %d", i);
    keep_session(h, h->client, &(piece){"org.gesto.draw", words, CONSENT_KEEP}, 1);
    assert_found(h, "org.gesto.draw", words);
  }
}

static void a_newer_one_that_lost_its_state_is_told(void **state) {
  house *h = *state;
  last_time l;
  const piece with[] = {{"org.gesto.draw", "sea", CONSENT_KEEP}};
  const piece without[] = {{"org.gesto.draw", NULL, CONSENT_KEEP}};
  keep_session(h, h->client, without, 1);
  assert_int_equal(last_time_find(h->a, h->client, suits_all, NULL, &l), NOT_FOUND);
  assert_true(l.newer_stays);
  keep_session(h, h->client, with, 1);
  assert_int_equal(last_time_find(h->a, h->client, suits_all, NULL, &l), OK);
  assert_false(l.newer_stays);
  keep_session(h, h->client, without, 1);
  assert_int_equal(last_time_find(h->a, h->client, suits_all, NULL, &l), OK);
  assert_true(l.newer_stays);
  assert_found(h, "org.gesto.draw", "sea");
  char loop[] = "org.gesto.loop";
  assert_int_equal(last_time_find(h->a, h->client, suits_one, loop, &l), NOT_FOUND);
  assert_false(l.newer_stays);
}

static void nobody_elses_is(void **state) {
  house *h = *state;
  char other[24];
  last_time l;
  const piece made[] = {{"org.gesto.draw", "sea", CONSENT_KEEP}};
  assert_int_equal(archive_client(h->a, "Ada", other), OK);
  keep_session(h, other, made, 1);
  assert_int_equal(last_time_find(h->a, h->client, suits_all, NULL, &l), NOT_FOUND);
}

static void what_was_changed_since_is_refused(void **state) {
  house *h = *state;
  last_time l;
  char path[4400];
  char *bytes = NULL;
  size_t size = 0;
  int dir = -1;
  const piece made[] = {{"org.gesto.draw", "sea", CONSENT_KEEP}};
  keep_session(h, h->client, made, 1);
  assert_int_equal(last_time_find(h->a, h->client, suits_all, NULL, &l), OK);
  snprintf(path, sizeof path, "%s/creations/%s", l.path, l.creation);
  assert_int_equal(io_open_dir(AT_FDCWD, path, &dir), OK);
  assert_int_equal(io_save(dir, "state", "sex", 3), OK);
  io_close(dir);
  assert_int_equal(last_time_load(&l, 1 << 20, &bytes, &size), BAD_DATA);
  assert_null(bytes);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {TEST(nothing_was_made),
    TEST(the_newest_that_stayed_is_found), TEST(the_last_of_one_second_is_found),
    TEST(a_newer_one_that_lost_its_state_is_told), TEST(nobody_elses_is),
    TEST(what_was_changed_since_is_refused)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
