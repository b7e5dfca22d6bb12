// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// What a locked process can still do, what bounds it, and when the lock is not taken.
#include "sandbox_child.h"

#include <dlfcn.h>
#include <poll.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>

static void *answer_42(void *data) { return *(int *)data == 1 ? data : NULL; }

static bool threads_work(void) {
  for (int i = 0; i < 8; i++) {
    int one = 1;
    void *answer = NULL;
    pthread_t thread;
    if (pthread_create(&thread, NULL, answer_42, &one) != 0) return false;
    if (pthread_join(thread, &answer) != 0 || answer != &one) return false;
    (void)pthread_setname_np(pthread_self(), "still here");
  }
  return true;
}

static bool reading_works(void) {
  char *bytes = NULL;
  size_t size = 0;
  bool good = io_load(AT_FDCWD, open_file, 100, &bytes, &size) == OK && size == 6;
  free(bytes);
  return good && opens(open_dir, O_RDONLY | O_DIRECTORY);
}

static bool memory_works(void) {
  char *large = malloc(16 << 20);
  if (!large) return false;
  memset(large, 1, 16 << 20);
  free(large);
  memory_map map;
  if (memory_map_open(&map, MEMFD, true, 4096) != OK) return false;
  *(char *)map.bytes = 1;
  memory_map_close(&map);
  return true;
}

static bool memory_is_bounded(void) {
  if (SANITIZED) return true;
  for (int i = 0; i < 64; i++) {
    char *piece =
      mmap(NULL, 4 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (piece == MAP_FAILED) return i > 4 && i < 17;
  }
  return false;
}

static bool time_and_chance_work(void) {
  struct timespec now;
  char bytes[16];
  return syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now) == 0 &&
    syscall(SYS_getrandom, bytes, sizeof bytes, 0) == sizeof bytes &&
    poll(NULL, 0, 1) == 0;
}

static bool large_writes_are_refused_calmly(void) {
  char byte = 1;
  return pwrite(MEMFD, &byte, 1, LARGEST) < 0 && errno == EFBIG;
}

static bool few_files_can_be_open(void) {
  int opened = 0;
  while (opened < 100 && open(open_file, O_RDONLY) >= 0) opened++;
  return opened > 10 && opened < 64 && errno == EMFILE;
}

static bool loads_library(void) {
  return dlopen("libpng16.so.16", RTLD_NOW | RTLD_LOCAL) != NULL;
}

static void *executable(void) {
  void *page =
    mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return page == MAP_FAILED ? NULL : page;
}

static bool code_can_be_locked(void) {
  void *before = executable();
  if (!before || !loads_library() || sandbox_lock_code() != OK) return false;
  void *page =
    mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  bool became = page != MAP_FAILED && mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
  bool again = syscall(SYS_seccomp, 1, 0, NULL) == 0 || errno != EPERM;
  return !executable() && !became && !again && !dlopen("libFLAC.so.12", RTLD_NOW) &&
    threads_work() && reading_works() && memory_works();
}

static void what_a_player_needs_is_left(void **state) {
  (void)state;
  static const struct {
    const char *name;
    deed *what;
  } needs[] = {
    {"threads", threads_work},
    {"reading what is on the list", reading_works},
    {"memory", memory_works},
    {"a bound on memory", memory_is_bounded},
    {"time and chance", time_and_chance_work},
    {"a bound on files", large_writes_are_refused_calmly},
    {"a bound on descriptors", few_files_can_be_open},
    {"loading a library", loads_library},
    {"no new code after lock_code", code_can_be_locked},
  };
  for (size_t i = 0; i < sizeof needs / sizeof *needs; i++) {
    for (int kill = 0; kill < 2; kill++) {
      int status =
        run_locked(needs[i].what, (mode){.landlock_at_most = -1, .kill = kill});
      if (!went(status, THROUGH)) {
        fail_msg("%s: status %#x, kill %d", needs[i].name, status, kill);
      }
    }
  }
}

// The link goes on working, descriptors and all.
static bool answers_with_what_came(void) {
  static link_message m;
  if (link_receive(LINK_FD, &m, 2000) != OK || m.fd_count != 1) return false;
  memory_map map;
  if (memory_map_open(&map, m.fds[0], true, 4096) != OK) return false;
  memcpy(map.bytes, "hello", 6);
  memory_map_close(&map);
  link_drop_fds(&m);
  return link_say(LINK_FD, 8, 1, "done") == OK;
}

static void the_link_works_from_inside(void **state) {
  (void)state;
  int to_parent[2];
  assert_int_equal(link_pair(to_parent), OK);
  pid_t child = fork();
  if (child == 0) {
    int other = prepare();
    if (other < 0) _exit(LOCK_REFUSED);
    place(to_parent[1], LINK_FD);
    if (lock((mode){.landlock_at_most = -1, .kill = true}) != OK) _exit(LOCK_REFUSED);
    _exit(answers_with_what_came() ? THROUGH : HELD);
  }
  static link_message m;
  int fd = -1;
  assert_int_equal(memory_create("work", 4096, &fd), OK);
  m = (link_message){.kind = 7, .fds = {fd}, .fd_count = 1};
  assert_int_equal(link_send(to_parent[0], &m), OK);
  assert_int_equal(link_receive(to_parent[0], &m, 5000), OK);
  assert_string_equal(m.text, "done");
  int status = 0;
  waitpid(child, &status, 0);
  assert_true(went(status, THROUGH));
  memory_map map;
  assert_int_equal(memory_map_open(&map, fd, false, 4096), OK);
  assert_string_equal(map.bytes, "hello");
  memory_map_close(&map);
  assert_int_equal(memory_seal(fd), OK);
  io_close(fd);
  io_close(to_parent[0]);
  io_close(to_parent[1]);
}

static void *wait_for_byte(void *data) {
  char byte = 0;
  (void)!read(*(int *)data, &byte, 1);
  return NULL;
}

static void a_second_thread_stops_the_lock(void **state) {
  (void)state;
  if (SANITIZED) skip();
  pid_t child = fork();
  if (child == 0) {
    int ends[2];
    pthread_t thread;
    if (pipe(ends) != 0 || prepare() < 0) _exit(1);
    if (sandbox_thread_count() != 1) _exit(2);
    if (pthread_create(&thread, NULL, wait_for_byte, &ends[0]) != 0) _exit(3);
    if (sandbox_thread_count() != 2) _exit(4);
    if (lock((mode){.landlock_at_most = -1}) != NOT_NOW) _exit(5);
    _exit(opens(secret, O_RDONLY) ? 0 : 6); // nothing was taken
  }
  int status = 0;
  waitpid(child, &status, 0);
  assert_int_equal(status, 0);
}

static void descriptors_are_closed_from_a_number_on(void **state) {
  (void)state;
  pid_t child = fork();
  if (child == 0) {
    if (prepare() < 0) _exit(1);
    sandbox_close_from(OTHER_SOCKET);
    bool kept = fcntl(LINK_FD, F_GETFD) >= 0;
    bool closed = fcntl(OTHER_SOCKET, F_GETFD) < 0 && fcntl(MEMFD, F_GETFD) < 0;
    _exit(kept && closed ? 0 : 2);
  }
  int status = 0;
  waitpid(child, &status, 0);
  assert_int_equal(status, 0);
}

static void the_report_says_which_landlock_holds(void **state) {
  (void)state;
  for (int most = -1; most < 4; most++) {
    pid_t child = fork();
    if (child == 0) {
      const char *none[] = {NULL};
      sandbox_rules rules = {none, LARGEST, 64, most, false, LINK_FD};
      sandbox_report report;
      int abi = sandbox_landlock_abi();
      int expected = most >= 0 && abi > most ? most : abi;
      if (sandbox_lock_player(&rules, &report) != OK) _exit(1);
      _exit(report.seccomp && report.landlock_abi == expected ? 0 : 2);
    }
    int status = 0;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_a_player_needs_is_left),
    cmocka_unit_test(the_link_works_from_inside),
    cmocka_unit_test(a_second_thread_stops_the_lock),
    cmocka_unit_test(descriptors_are_closed_from_a_number_on),
    cmocka_unit_test(the_report_says_which_landlock_holds),
  };
  return cmocka_run_group_tests(tests, make_files, remove_files);
}
