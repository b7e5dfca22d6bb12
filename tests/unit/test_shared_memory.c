// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// Memory that processes share, its seals, and the futex that they wake each other with.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/memory_map.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { FUTURE_WRITE = 0x10 }; // F_SEAL_FUTURE_WRITE, which older headers do not have

static void memory_is_zero_and_keeps_its_size(void **state) {
  (void)state;
  int fd = -1;
  memory_map map;
  assert_int_equal(memory_create("one", 10000, &fd), OK);
  assert_int_equal(memory_map_open(&map, fd, true, 10000), OK);
  assert_int_equal(map.size, 10000);
  const char *bytes = map.bytes;
  assert_true(bytes[0] == 0 && memcmp(bytes, bytes + 1, map.size - 1) == 0);
  assert_int_not_equal(ftruncate(fd, 0), 0);
  assert_int_not_equal(ftruncate(fd, 20000), 0);
  memory_map_close(&map);
  assert_null(map.bytes);
  memory_map_close(&map);
  io_close(fd);
}

static void a_seal_waits_for_the_last_writer(void **state) {
  (void)state;
  int fd = -1;
  memory_map writer, reader;
  assert_int_equal(memory_create("work", 4096, &fd), OK);
  assert_int_equal(memory_map_open(&writer, fd, true, 1), OK);
  memcpy(writer.bytes, "made", 5);
  assert_int_equal(memory_seal(fd), NOT_ALLOWED);
  memory_map_close(&writer);
  assert_int_equal(memory_seal(fd), OK);
  assert_int_equal(memory_seal(fd), OK); // it is so already
  assert_int_not_equal(memory_map_open(&writer, fd, true, 1), OK);
  assert_null(writer.bytes);
  assert_int_equal(memory_map_open(&reader, fd, false, 1), OK);
  assert_string_equal(reader.bytes, "made");
  memory_map_close(&reader);
  assert_true(write(fd, "x", 1) < 0 && errno == EPERM);
  io_close(fd);
}

static void what_stays_shared_takes_no_seal(void **state) {
  (void)state;
  int fd = -1;
  memory_map map;
  assert_int_equal(memory_create_shared("page", 4096, &fd), OK);
  assert_int_not_equal(memory_seal(fd), OK);
  assert_true(fcntl(fd, F_ADD_SEALS, FUTURE_WRITE) < 0 && errno == EPERM);
  assert_int_not_equal(ftruncate(fd, 0), 0);
  assert_int_equal(memory_map_open(&map, fd, true, 4096), OK);
  memory_map_close(&map);
  io_close(fd);
}

static void too_small_and_no_memory_are_refused(void **state) {
  (void)state;
  int fd = -1;
  memory_map map;
  assert_int_equal(memory_create("small", 100, &fd), OK);
  assert_int_equal(memory_map_open(&map, fd, false, 101), BAD_DATA);
  io_close(fd);
  fd = memfd_create("empty", MFD_CLOEXEC);
  assert_int_equal(memory_map_open(&map, fd, false, 0), BAD_DATA);
  io_close(fd);
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  assert_int_equal(memory_map_open(&map, ends[0], false, 1), BAD_DATA);
  assert_int_equal(memory_seal(ends[0]), BAD_DATA);
  io_close(ends[0]);
  io_close(ends[1]);
}

static void what_cannot_be_made_leaves_no_descriptor(void **state) {
  (void)state;
  int fd = 7;
  io_fail_at(1, ENOSPC);
  assert_int_equal(memory_create("none", 4096, &fd), NO_SPACE);
  io_fail_at(0, 0);
  assert_int_equal(fd, -1);
}

static void time_goes_forward(void **state) {
  (void)state;
  uint64_t before = clock_now_us();
  clock_sleep_us(2000);
  assert_true(clock_now_us() - before >= 2000);
  assert_true(clock_wall_us() > INT64_C(1600000000) * 1000000);
}

// The waiter has the page for reading only, as a player has the ring.
static void a_wake_crosses_processes(void **state) {
  (void)state;
  int fd = -1;
  memory_map mine, theirs;
  assert_int_equal(memory_create("bell", 4096, &fd), OK);
  assert_int_equal(memory_map_open(&mine, fd, true, 4096), OK);
  assert_int_equal(memory_map_open(&theirs, fd, false, 4096), OK);
  _Atomic uint32_t *bell = mine.bytes;
  pid_t child = fork();
  if (child == 0) {
    const _Atomic uint32_t *heard = theirs.bytes;
    while (atomic_load(heard) == 0) {
      if (!futex_wait(heard, 0, 20000000)) _exit(1);
    }
    _exit(0);
  }
  clock_sleep_us(20000); // most often it waits by now; the test holds either way
  atomic_store(bell, 1);
  futex_wake(bell);
  int status = 0;
  waitpid(child, &status, 0);
  assert_int_equal(status, 0);
  memory_map_close(&mine);
  memory_map_close(&theirs);
  io_close(fd);
}

static void a_wait_ends_by_time_or_at_once(void **state) {
  (void)state;
  _Atomic uint32_t word = 5;
  assert_true(futex_wait(&word, 4, 0)); // another number: no wait at all
  uint64_t before = clock_now_us();
  bool woken = futex_wait(&word, 5, 20000);
  assert_true(woken || clock_now_us() - before >= 20000);
  futex_wake(&word); // nobody waits
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(memory_is_zero_and_keeps_its_size),
    cmocka_unit_test(a_seal_waits_for_the_last_writer),
    cmocka_unit_test(what_stays_shared_takes_no_seal),
    cmocka_unit_test(too_small_and_no_memory_are_refused),
    cmocka_unit_test(what_cannot_be_made_leaves_no_descriptor),
    cmocka_unit_test(time_goes_forward),
    cmocka_unit_test(a_wake_crosses_processes),
    cmocka_unit_test(a_wait_ends_by_time_or_at_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
