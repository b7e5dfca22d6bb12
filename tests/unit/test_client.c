// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base record
// Who is meant by a name: the one who is known, somebody new, or nobody who can be told.
#include "core/record/client.h"
#include "core/record/names.h"
#include "tests/unit/archive_hand.h"

#include <dirent.h>

static char *only_file(const char *archive_at, const char *folder) {
  char path[4096];
  char *name = NULL;
  snprintf(path, sizeof path, "%s/%s", archive_at, folder);
  DIR *dir = opendir(path);
  assert_non_null(dir);
  for (const struct dirent *e; (e = readdir(dir));)
    if (e->d_name[0] != '.' && !name) name = strdup(e->d_name);
  closedir(dir);
  assert_non_null(name);
  return name;
}

static void clients(void **state) {
  room *r = *state;
  char robin[24], again[24], guest[24], other[24];
  assert_int_equal(hand_begin(&r->h, r->path), OK);
  assert_int_equal(archive_client(r->h.a, "Robin", robin), OK);
  assert_int_equal(archive_client(r->h.a, "Robin", again), OK);
  assert_string_equal(robin, again);
  assert_true(names_is_client(robin));
  assert_int_equal(archive_client(r->h.a, NULL, guest), OK);
  assert_int_equal(archive_client(r->h.a, NULL, other), OK);
  assert_string_not_equal(guest, other);
  static const char *const bad[] = {"", " Robin", "a\nb", "\xff\xfe", "a\x7f"};
  for (size_t i = 0; i < 5; i++)
    assert_int_equal(archive_client(r->h.a, bad[i], other), BAD_DATA);
  assert_int_equal(archive_client(r->h.a, "../../etc", other), OK); // a name is no path
  assert_true(names_is_client(other));
  session *none = NULL;
  assert_int_equal(session_begin(&none, r->h.a, "../../etc"), BAD_DATA);
  assert_null(none);
}

// An about file of one client that cannot be read, in three ways.
static void a_client_who_cannot_be_read(void **state) {
  room *r = *state;
  char zed[24], other[24], why[1024] = "", path[256];
  int about = -1;
  assert_int_equal(hand_begin(&r->h, r->path), OK);
  assert_int_equal(archive_client(r->h.a, "Zed", zed), OK);
  assert_false(client_say_unread(r->h.a, "Zed", why, sizeof why));
  snprintf(path, sizeof path, "clients/%s/about", zed);
  assert_int_equal(io_open_dir(archive_dir(r->h.a), path, &about), OK);
  char *name = only_file(r->path, path), *bytes = NULL, *huge = calloc(2 << 20, 1);
  size_t size = 0;
  assert_int_equal(io_load(about, name, 4096, &bytes, &size), OK);
  memset(huge, ' ', 2 << 20);
  for (int way = 0; way < 3; way++) {
    bytes[size / 2] ^= way == 0;
    const char *damaged = way == 2 ? huge : bytes;
    const size_t long_as[] = {size, size / 2, 2 << 20};
    assert_int_equal(io_save(about, name, damaged, long_as[way]), OK);
    bytes[size / 2] ^= way == 0;
    assert_int_equal(client_find(r->h.a, "Zed", other), FAILED);
    assert_int_equal(archive_client(r->h.a, "Zed", other), FAILED);
    assert_int_equal(client_make(r->h.a, "Ines", NULL, other), FAILED);
    assert_true(client_say_unread(r->h.a, "Zed", why, sizeof why));
    assert_non_null(strstr(why, zed));
    assert_non_null(strstr(why, name));
    assert_non_null(strstr(why, "gesto verify"));
    assert_int_equal(archive_client(r->h.a, "Robin", other), OK);
    assert_string_not_equal(other, zed);
    assert_int_equal(archive_client(r->h.a, zed, other), OK);
    assert_int_equal(archive_client(r->h.a, NULL, other), OK);
  }
  assert_int_equal(io_save(about, name, bytes, size), OK);
  assert_int_equal(archive_client(r->h.a, "Zed", other), OK);
  assert_string_equal(other, zed);
  free(huge);
  free(bytes);
  free(name);
  io_close(about);
}

int main(void) {
  const struct CMUnitTest tests[] = {TEST(clients), TEST(a_client_who_cannot_be_read)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
