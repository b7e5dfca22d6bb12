// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// What a locked process can no longer do: each attempt is made in a child of its own, with
// the kernel's Landlock, with that of Debian 12, and with none.
#include "sandbox_child.h"

#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

// ---- Reading: held by Landlock alone
static bool reads_passwords(void) { return opens("/etc/passwd", O_RDONLY); }
static bool reads_secret(void) { return opens(secret, O_RDONLY); }
static bool lists_home(void) { return opens(home, O_RDONLY | O_DIRECTORY); }
static bool reads_parent(void) {
  char path[64];
  (void)snprintf(path, sizeof path, "/proc/%d/cmdline", (int)getppid());
  return opens("/proc/1/cmdline", O_RDONLY) || opens(path, O_RDONLY);
}
static void *open_secret(void *got) {
  *(bool *)got = opens(secret, O_RDONLY);
  return NULL;
}
static bool reads_in_a_thread(void) {
  pthread_t thread;
  bool got = false;
  if (pthread_create(&thread, NULL, open_secret, &got) != 0) return false;
  pthread_join(thread, NULL);
  return got;
}

// ---- Writing
static bool writes_secret(void) { return opens(secret, O_WRONLY); }
static bool writes_open_file(void) {
  return opens(open_file, O_WRONLY) || opens(open_file, O_RDWR) ||
    opens(open_file, O_ACCMODE);
}
static bool truncates_by_reading(void) { return opens(open_file, O_RDONLY | O_TRUNC); }
static bool makes_file(void) {
  char path[224];
  (void)snprintf(path, sizeof path, "%s/new", open_dir);
  return opens(path, O_WRONLY | O_CREAT) || opens(path, O_RDONLY | O_CREAT) ||
    opens(open_dir, O_RDWR | O_TMPFILE);
}
static bool changes_names(void) {
  char path[224];
  (void)snprintf(path, sizeof path, "%s/other", open_dir);
  return rename(open_file, path) == 0 || unlink(open_file) == 0 ||
    link(open_file, path) == 0 || symlink("/", path) == 0 || mkdir(path, 0700) == 0 ||
    chmod(open_file, 0777) == 0 || truncate(open_file, 0) == 0;
}
static bool reopens_memory(void) {
  char path[64];
  (void)snprintf(path, sizeof path, "/proc/self/fd/%d", MEMFD);
  return opens(path, O_RDWR) || opens(path, O_WRONLY);
}
static bool reopens_file(void) {
  char path[64];
  (void)snprintf(path, sizeof path, "/proc/self/fd/%d", READ_ONLY_FILE);
  return opens(path, O_RDWR);
}
static bool shrinks_memory(void) {
  return ftruncate(MEMFD, 0) == 0 || ftruncate(MEMFD, 8192) == 0 ||
    fallocate(MEMFD, 3, 0, 4096) == 0;
}
static bool changes_flags(void) { return fcntl(MEMFD, F_SETFL, O_APPEND) == 0; }
static bool adds_seals(void) { return fcntl(MEMFD, F_ADD_SEALS, F_SEAL_WRITE) == 0; }
static bool copies_descriptors(void) {
  return dup(0) >= 0 || dup2(0, 50) >= 0 || fcntl(0, F_DUPFD, 50) >= 0 ||
    fcntl(0, F_DUPFD_CLOEXEC, 50) >= 0;
}

// ---- Others
static bool opens_socket(void) {
  const int families[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET};
  int pair[2];
  for (size_t i = 0; i < 5; i++) {
    if (socket(families[i], SOCK_DGRAM, 0) >= 0) return true;
    if (socket(families[i], SOCK_STREAM, 0) >= 0) return true;
  }
  return socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0;
}
static bool talks_past_the_link(void) {
  char byte = 1;
  struct iovec part = {&byte, 1};
  struct msghdr packet = {.msg_iov = &part, .msg_iovlen = 1};
  return sendmsg(OTHER_SOCKET, &packet, MSG_DONTWAIT) >= 0 ||
    send(OTHER_SOCKET, &byte, 1, MSG_DONTWAIT) >= 0 ||
    (recvmsg(OTHER_SOCKET, &packet, MSG_DONTWAIT) < 0 && errno != EPERM);
}
static bool starts_program(void) {
  char *const none[] = {NULL};
  char *const words[] = {"sh", "-c", "exit 10", NULL}; // THROUGH
  execve("/bin/sh", words, none);
  return errno != EPERM;
}
static bool forks(void) {
  pid_t child = fork();
  if (child == 0) _exit(0);
  if (child > 0) return true;
  return syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL) >= 0 || errno != EPERM;
}
static bool clones_the_new_way(void) {
  return syscall(SYS_clone3, NULL, 0) >= 0 || errno != ENOSYS;
}
static bool traces(void) {
  char byte = 0;
  struct iovec here = {&byte, 1}, there = {&byte, 1};
  return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 ||
    ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0 ||
    syscall(SYS_process_vm_readv, getppid(), &here, 1, &there, 1, 0) >= 0;
}
static bool signals(void) {
  pid_t self = getpid();
  return kill(1, 0) == 0 || kill(self, 0) == 0 || kill(0, 0) == 0 ||
    syscall(SYS_tgkill, 1, 1, 0) == 0 || syscall(SYS_tkill, self, 0) == 0 ||
    syscall(SYS_pidfd_open, self, 0) >= 0;
}
static bool shares_memory(void) {
  return mmap(NULL, 4096, PROT_READ, MAP_SHARED | MAP_ANONYMOUS, -1, 0) != MAP_FAILED ||
    memfd_create("more", 0) >= 0 || syscall(SYS_shmget, 0, 4096, 01600) >= 0;
}
static bool loosens_itself(void) {
  struct rlimit wide = {RLIM_INFINITY, RLIM_INFINITY};
  bool wider = !SANITIZED &&
    (setrlimit(RLIMIT_DATA, &wide) == 0 || prctl(PR_SET_PDEATHSIG, 0) == 0 ||
      prctl(PR_SET_DUMPABLE, 1) == 0);
  return wider || syscall(SYS_unshare, CLONE_NEWUSER) == 0 ||
    syscall(SYS_personality, 0x0400000) >= 0;
}
static bool inherits_priority(void) {
  static _Atomic uint32_t word;
  return syscall(SYS_futex, &word, FUTEX_LOCK_PI, 0, NULL, NULL, 0) == 0 ||
    errno != EPERM;
}
static bool types_into_terminal(void) {
  char key = 'x';
  return ioctl(0, TIOCSTI, &key) == 0 || errno != EPERM;
}

// Doors of the kernel that no exercise needs. EPERM and nothing else: another answer would
// mean that the call was looked at.
static bool finds_another_door(void) {
  const long doors[] = {SYS_io_uring_setup, SYS_io_uring_enter, SYS_bpf, SYS_keyctl,
    SYS_add_key, SYS_perf_event_open, SYS_userfaultfd, SYS_mount, SYS_umount2, SYS_chroot,
    SYS_pivot_root, SYS_setns, SYS_open_by_handle_at, SYS_name_to_handle_at,
    SYS_init_module, SYS_finit_module, SYS_kexec_load, SYS_reboot, SYS_swapon,
    SYS_settimeofday, SYS_clock_settime, SYS_setuid, SYS_setresuid, SYS_capset,
    SYS_openat2, SYS_open_tree, SYS_fsopen, SYS_move_mount, SYS_process_madvise,
    SYS_pidfd_getfd, SYS_execveat, SYS_memfd_create, SYS_splice, SYS_vmsplice, SYS_tee,
    SYS_sendfile, SYS_copy_file_range, SYS_inotify_init1, SYS_fanotify_init,
    SYS_timer_create, SYS_eventfd2, SYS_pipe2, SYS_epoll_create1, SYS_msgget, SYS_semget,
    SYS_mq_open, SYS_quotactl, SYS_acct, SYS_syslog, SYS_kcmp, SYS_seccomp + 100000, 452};
  for (size_t i = 0; i < sizeof doors / sizeof *doors; i++) {
    if (syscall(doors[i], -1, -1, -1, -1, -1, -1) >= 0 || errno != EPERM) {
      (void)fprintf(stderr, "call %ld: errno %d\n", doors[i], errno);
      return true;
    }
  }
  return false;
}

typedef struct attempt {
  const char *name;
  deed *what;
  bool by_landlock; // nothing but Landlock holds it
} attempt;

static const attempt attempts[] = {
  {"read the list of users", reads_passwords, true},
  {"read a file at home", reads_secret, true},
  {"list the home folder", lists_home, true},
  {"look at other processes", reads_parent, true},
  {"read from a thread", reads_in_a_thread, true},
  {"write a file at home", writes_secret, false},
  {"write a file that may be read", writes_open_file, false},
  {"truncate while opening for reading", truncates_by_reading, false},
  {"make a file", makes_file, false},
  {"rename, remove, link, make a folder", changes_names, false},
  {"open shared memory again for writing", reopens_memory, false},
  {"open a read-only file again for writing", reopens_file, false},
  {"resize shared memory", shrinks_memory, false},
  {"change the flags of a descriptor", changes_flags, false},
  {"seal what others write", adds_seals, false},
  {"copy a descriptor", copies_descriptors, false},
  {"open a socket", opens_socket, false},
  {"use another socket than the link", talks_past_the_link, false},
  {"start a program", starts_program, false},
  {"fork", forks, false},
  {"fork by clone3", clones_the_new_way, false},
  {"trace or read another process", traces, false},
  {"signal another process", signals, false},
  {"make shared memory", shares_memory, false},
  {"loosen its own limits", loosens_itself, false},
  {"use a priority inheriting futex", inherits_priority, false},
  {"type into the terminal", types_into_terminal, false},
  {"use another door of the kernel", finds_another_door, false},
};

static void try_all(int landlock_at_most) {
  int abi = sandbox_landlock_abi();
  if (landlock_at_most >= 0 && abi > landlock_at_most) abi = landlock_at_most;
  for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
    const attempt *a = &attempts[i];
    bool open = a->by_landlock && abi == 0;
    int status = run_locked(a->what, (mode){.landlock_at_most = landlock_at_most});
    if (went(status, open ? THROUGH : HELD)) continue;
    fail_msg("%s: status %#x with Landlock ABI %d", a->name, status, abi);
  }
}

// Else the tests below would prove nothing.
static void unlocked_every_attempt_gets_through(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof attempts / sizeof *attempts; i++) {
    const attempt *a = &attempts[i];
    if (SANITIZED && a->what == loosens_itself) continue;
    pid_t child = fork();
    if (child == 0) _exit(prepare() >= 0 && a->what() ? THROUGH : HELD);
    int status = 0;
    waitpid(child, &status, 0);
    if (!went(status, THROUGH)) fail_msg("%s: status %#x", a->name, status);
    assert_int_equal(remove_files(NULL), 0);
    assert_int_equal(make_files(NULL), 0);
  }
}

static void all_is_held_with_the_kernels_landlock(void **state) {
  (void)state;
  if (sandbox_landlock_abi() == 0) skip();
  try_all(-1);
}

static void all_is_held_with_the_landlock_of_debian_12(void **state) {
  (void)state;
  if (sandbox_landlock_abi() < 2) skip();
  try_all(2);
}

// What is said where there is no Landlock: files can be read, nothing else is open.
static void without_landlock_only_reading_is_open(void **state) {
  (void)state;
  try_all(0);
}

static void every_landlock_up_to_the_kernels_is_taken(void **state) {
  (void)state;
  if (sandbox_landlock_abi() == 0) skip();
  for (int abi = 1; abi <= sandbox_landlock_abi(); abi++) {
    int status = run_locked(reads_passwords, (mode){.landlock_at_most = abi});
    if (!went(status, HELD)) fail_msg("ABI %d: status %#x", abi, status);
  }
}

static bool wishes_harmlessly(void) {
  return dup(0) < 0 && fsync(MEMFD) < 0 && prctl(PR_CAPBSET_READ, 0, 0, 0, 0) != 0;
}

static bool aborts(void) { abort(); }

static void a_refused_call_can_end_the_process(void **state) {
  (void)state;
  const mode kill = {.landlock_at_most = -1, .kill = true};
  int status = run_locked(opens_socket, kill);
  assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
  if (!SANITIZED) assert_true(went(run_locked(wishes_harmlessly, kill), THROUGH));
}

static void abort_keeps_its_name(void **state) {
  (void)state;
  int status = run_locked(aborts, (mode){.landlock_at_most = -1});
  assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

#ifdef __x86_64__
static bool calls_as_32_bit(void) {
  long answer = 20; // getpid in the old numbering
  __asm__ volatile("int $0x80" : "+a"(answer) : : "memory");
  return answer > 0;
}

static bool calls_as_x32(void) { return syscall(0x40000000L + SYS_getpid) > 0; }

static void other_numberings_end_the_process(void **state) {
  (void)state;
  deed *const deeds[] = {calls_as_32_bit, calls_as_x32};
  for (size_t i = 0; i < 2; i++) {
    int status = run_locked(deeds[i], (mode){.landlock_at_most = -1});
    assert_true(WIFSIGNALED(status) || (SANITIZED && !went(status, THROUGH)));
  }
}
#endif

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(unlocked_every_attempt_gets_through),
    cmocka_unit_test(all_is_held_with_the_kernels_landlock),
    cmocka_unit_test(all_is_held_with_the_landlock_of_debian_12),
    cmocka_unit_test(without_landlock_only_reading_is_open),
    cmocka_unit_test(every_landlock_up_to_the_kernels_is_taken),
    cmocka_unit_test(a_refused_call_can_end_the_process),
    cmocka_unit_test(abort_keeps_its_name),
#ifdef __x86_64__
    cmocka_unit_test(other_numberings_end_the_process),
#endif
  };
  return cmocka_run_group_tests(tests, make_files, remove_files);
}
