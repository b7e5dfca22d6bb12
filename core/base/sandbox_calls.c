// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sandbox_calls.h"

#include "core/base/seccomp.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PASS(name) \
  { .call = SYS_##name, .answer = SECCOMP_PASS, .test = SECCOMP_ALWAYS }
#define REFUSE(name) \
  { .call = SYS_##name, .answer = SECCOMP_REFUSE, .test = SECCOMP_ALWAYS }
#define PASS_IF(name, number, bits, wanted) \
  { \
    .call = SYS_##name, .answer = SECCOMP_PASS, .test = SECCOMP_IS, \
    .argument = (number), .mask = (uint32_t)(bits), .value = (uint32_t)(wanted) \
  }
#define PASS_UNLESS(name, number, bits, unwanted) \
  { \
    .call = SYS_##name, .answer = SECCOMP_PASS, .test = SECCOMP_IS_NOT, \
    .argument = (number), .mask = (uint32_t)(bits), .value = (uint32_t)(unwanted) \
  }
#define REFUSE_UNLESS(name, number, bits, wanted) \
  { \
    .call = SYS_##name, .answer = SECCOMP_REFUSE, .test = SECCOMP_IS_NOT, \
    .argument = (number), .mask = (uint32_t)(bits), .value = (uint32_t)(wanted) \
  }
#define ALL_BITS UINT32_MAX
#define NAMESPACES \
  (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | \
    CLONE_NEWPID | CLONE_NEWNET)

static const seccomp_rule plain_rules[] = {
  // What runs all the time stands first. Of futex not the priority inheriting kind, which
  // nothing here uses and which has been a way into the kernel.
  PASS_IF(futex, 1, FUTEX_CMD_MASK, FUTEX_WAIT),
  PASS_IF(futex, 1, FUTEX_CMD_MASK, FUTEX_WAKE),
  PASS_IF(futex, 1, FUTEX_CMD_MASK, FUTEX_WAIT_BITSET),
  PASS_IF(futex, 1, FUTEX_CMD_MASK, FUTEX_WAKE_BITSET),
  PASS_IF(futex, 1, FUTEX_CMD_MASK, FUTEX_CMP_REQUEUE),
  PASS_IF(futex, 1, FUTEX_CMD_MASK, FUTEX_WAKE_OP),
  PASS(read),
  PASS(write),
  PASS(clock_gettime),
  PASS(gettimeofday),
  PASS(ppoll),
  PASS(munmap),
  PASS(madvise),
  PASS(brk),
  PASS(close),
  PASS(lseek),
  PASS(pread64),
  PASS(pwrite64),
  PASS(writev),
  PASS(fstat),
  PASS(newfstatat),
  PASS(faccessat),
  PASS(getdents64),
  PASS(fstatfs),
  PASS(readlinkat),
  PASS(fadvise64),
  PASS(mprotect),
  PASS(mremap),
  PASS(exit),
  PASS(exit_group),
  PASS(rseq),
  PASS(set_robust_list),
  PASS(rt_sigprocmask),
  PASS(rt_sigaction),
  PASS(rt_sigreturn),
  PASS(getrandom),
  PASS(sysinfo),
  PASS(sched_getaffinity),
  PASS(sched_yield),
  PASS(clock_nanosleep),
  PASS(restart_syscall),
  PASS(getpid),
  PASS(gettid),
#ifdef SYS_poll // older names that newer machines do not have
  PASS(poll),
  PASS(access),
  PASS(readlink),
#endif

  // Reading only: it holds where Landlock does not, and against /proc/self/fd/N.
  PASS_IF(openat, 2, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY),
  // RLIMIT_DATA does not count shared memory.
  PASS_UNLESS(mmap, 3, MAP_SHARED | MAP_ANONYMOUS, MAP_SHARED | MAP_ANONYMOUS),
  // Threads, but no processes and no namespaces.
  PASS_IF(clone, 0, CLONE_THREAD | NAMESPACES, CLONE_THREAD),
  {.call = SYS_clone3, .answer = SECCOMP_UNKNOWN, .test = SECCOMP_ALWAYS},
  // Not F_SETFL, which would open a read-only or append-only descriptor further.
  PASS_IF(fcntl, 1, ALL_BITS, F_GETFD),
  PASS_IF(fcntl, 1, ALL_BITS, F_SETFD),
  PASS_IF(fcntl, 1, ALL_BITS, F_GETFL),
  PASS_IF(fcntl, 1, ALL_BITS, F_GET_SEALS),
  PASS_IF(prctl, 0, ALL_BITS, PR_SET_NAME),
  PASS_IF(ioctl, 1, ALL_BITS, TCGETS), // isatty() in stdio
  // A further filter can only take away; the second one closes this.
  PASS_IF(seccomp, 0, ALL_BITS, SECCOMP_SET_MODE_FILTER),

#ifdef GESTO_SANITIZED
  PASS(nanosleep),
  PASS(sigaltstack),
  PASS(prlimit64),
  PASS(prctl),
  PASS(membarrier),
  PASS(getuid),
  PASS(sched_getparam),
  PASS(sched_getscheduler),
#endif

  // Harmless wishes of libraries, which must not end the process when others do.
  REFUSE(fsync),
  REFUSE(fdatasync),
  REFUSE(dup),
  REFUSE(statfs),
  REFUSE(prctl),
  REFUSE(ioctl),
  REFUSE(mlock),
  REFUSE(sched_setscheduler),
  REFUSE(setpriority),
  REFUSE(pipe2),
};
enum { PLAIN_RULES = sizeof plain_rules / sizeof *plain_rules, OWN_RULES = 3 };

result sandbox_calls_lock(int link_fd, bool kill) {
  uint32_t link = (uint32_t)link_fd;
  seccomp_rule rules[PLAIN_RULES + OWN_RULES] = {
    PASS_IF(sendmsg, 0, ALL_BITS, link),
    PASS_IF(recvmsg, 0, ALL_BITS, link),
    // abort() and raise(); nobody else can be meant.
    PASS_IF(tgkill, 0, ALL_BITS, getpid()),
  };
  for (size_t i = 0; i < PLAIN_RULES; i++) rules[OWN_RULES + i] = plain_rules[i];
  return seccomp_filter(
    rules, PLAIN_RULES + OWN_RULES, kill ? SECCOMP_END : SECCOMP_REFUSE);
}

result sandbox_calls_lock_code(void) {
  static const seccomp_rule rules[] = {
    REFUSE_UNLESS(mmap, 2, PROT_EXEC, 0),
    REFUSE_UNLESS(mprotect, 2, PROT_EXEC, 0),
    REFUSE_UNLESS(pkey_mprotect, 2, PROT_EXEC, 0),
    REFUSE(seccomp),
  };
  return seccomp_filter(rules, sizeof rules / sizeof *rules, SECCOMP_PASS);
}

#ifdef GESTO_SANITIZED
// The search for leaks needs ptrace at the end, which a locked process does not have.
__attribute__((visibility("default"))) int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void) { return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1; }
#endif
