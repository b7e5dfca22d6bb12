// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base record
// The picture that was put for a client: one at a time, true to its name, and gone when it is
// taken off, whichever call to the disk does not do.
#include "core/record/client.h"
#include "core/record/client_picture.h"
#include "tests/unit/archive_hand.h"

#include <dirent.h>
#include <errno.h>

static const char sea[] = "\x89PNG of the sea", hills[] = "\x89PNG of some hills";

static uint32_t count_files(room *r, const char *client) {
  char path[512];
  uint32_t n = 0;
  snprintf(path, sizeof path, "%s/clients/%s/pictures", r->path, client);
  DIR *dir = opendir(path);
  for (const struct dirent *e; dir && (e = readdir(dir));) n += e->d_name[0] != '.';
  if (dir) closedir(dir);
  return n;
}

static void assert_shows(room *r, const char *client, const char *wanted) {
  char *bytes = NULL, hash[PICTURE_HASH];
  size_t size = 0;
  assert_int_equal(client_picture_load(r->h.a, client, &bytes, &size, hash), OK);
  assert_string_equal(bytes, wanted);
  free(bytes);
}

static void assert_none(room *r, const char *client) {
  char *bytes = NULL, hash[PICTURE_HASH];
  size_t size = 0;
  assert_int_equal(client_picture_load(r->h.a, client, &bytes, &size, hash), NOT_FOUND);
  assert_null(bytes);
}

static void begin(room *r, char juno[24]) {
  assert_int_equal(hand_begin(&r->h, r->path), OK);
  assert_int_equal(archive_client(r->h.a, "Juno", juno), OK);
}

static void one_at_a_time(void **state) {
  room *r = *state;
  char juno[24];
  begin(r, juno);
  assert_none(r, juno);
  assert_int_equal(client_picture_put(r->h.a, juno, sea, sizeof sea), OK);
  assert_shows(r, juno, sea);
  assert_int_equal(client_picture_put(r->h.a, juno, sea, sizeof sea), OK);
  assert_int_equal(client_picture_put(r->h.a, juno, hills, sizeof hills), OK);
  assert_shows(r, juno, hills);
  assert_int_equal(count_files(r, juno), 1);
  holds(r->path);
  assert_int_equal(client_picture_drop(r->h.a, juno), OK);
  assert_none(r, juno);
  assert_int_equal(count_files(r, juno), 0);
  assert_int_equal(client_picture_drop(r->h.a, juno), OK);
  holds(r->path);
}

static void only_whole_ones(void **state) {
  room *r = *state;
  char juno[24], nobody[24] = "c-00000000000000000000";
  begin(r, juno);
  assert_int_equal(client_picture_put(r->h.a, juno, sea, 0), TOO_LARGE);
  assert_int_equal(client_picture_put(r->h.a, nobody, sea, sizeof sea), NOT_FOUND);
  assert_none(r, juno);
}

static void damaged(void **state) {
  room *r = *state;
  char juno[24], hash[PICTURE_HASH], path[512], *bytes = NULL;
  size_t size = 0;
  begin(r, juno);
  assert_int_equal(client_picture_put(r->h.a, juno, sea, sizeof sea), OK);
  client_picture_hash(sea, sizeof sea, hash);
  snprintf(path, sizeof path, "%s/clients/%s/pictures/%s.png", r->path, juno, hash);
  FILE *f = fopen(path, "w");
  assert_non_null(f);
  fputs("something else", f);
  fclose(f);
  assert_int_equal(client_picture_load(r->h.a, juno, &bytes, &size, hash), BAD_DATA);
  findings found = {0};
  assert_int_equal(verify_path(r->path, find, &found), BAD_DATA);
  assert_non_null(strstr(found.all, hash));
  assert_int_equal(remove(path), 0);
  found = (findings){0};
  assert_int_equal(verify_path(r->path, find, &found), BAD_DATA);
  assert_non_null(strstr(found.all, "is missing"));
}

// Either the one before is there, or the new one.
static void a_disk_that_refuses(void **state) {
  room *r = *state;
  char juno[24], hash[PICTURE_HASH];
  begin(r, juno);
  assert_int_equal(client_picture_put(r->h.a, juno, sea, sizeof sea), OK);
  for (uint64_t nth = 1;; nth++) {
    char *bytes = NULL;
    size_t size = 0;
    io_fail_at(nth, ENOSPC);
    const result done = client_picture_put(r->h.a, juno, hills, sizeof hills);
    io_fail_at(0, 0);
    assert_int_equal(client_picture_load(r->h.a, juno, &bytes, &size, hash), OK);
    assert_true(strcmp(bytes, sea) == 0 || strcmp(bytes, hills) == 0);
    const bool new = strcmp(bytes, hills) == 0;
    free(bytes);
    if (done == OK) {
      assert_true(new);
      break;
    }
    assert_true(nth < 100);
    if (new) assert_int_equal(client_picture_put(r->h.a, juno, sea, sizeof sea), OK);
  }
  holds(r->path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(one_at_a_time), TEST(only_whole_ones), TEST(damaged), TEST(a_disk_that_refuses)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
