// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/seccomp.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OUR_MACHINE AUDIT_ARCH_X86_64
#define FIRST_FOREIGN_CALL 0x40000000u // x32
#elif defined(__aarch64__)
#define OUR_MACHINE AUDIT_ARCH_AARCH64
#define FIRST_FOREIGN_CALL UINT32_MAX
#else
#error \
  "Gesto's sandbox knows x86_64 and aarch64; add the audit number of this machine here"
#endif

enum { STEPS_PER_RULE = 6, STEPS_AROUND = 8 };

typedef struct program {
  struct sock_filter steps[SECCOMP_RULES_MAX * STEPS_PER_RULE + STEPS_AROUND];
  uint16_t count;
} program;

static void add(
  program *p, uint16_t code, uint32_t value, uint8_t if_true, uint8_t if_false) {
  p->steps[p->count++] = (struct sock_filter){code, if_true, if_false, value};
}

static void load(program *p, size_t offset) {
  add(p, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void jump_if_equal(program *p, uint32_t value, uint8_t if_true, uint8_t if_false) {
  add(p, BPF_JMP | BPF_JEQ | BPF_K, value, if_true, if_false);
}

static uint32_t kernel_answer(seccomp_answer answer) {
  switch (answer) {
  case SECCOMP_PASS: return SECCOMP_RET_ALLOW;
  case SECCOMP_REFUSE: return SECCOMP_RET_ERRNO | EPERM;
  case SECCOMP_UNKNOWN: return SECCOMP_RET_ERRNO | ENOSYS;
  case SECCOMP_END: break;
  }
  return SECCOMP_RET_KILL_PROCESS;
}

static void answer(program *p, seccomp_answer what) {
  add(p, BPF_RET | BPF_K, kernel_answer(what), 0, 0);
}

static size_t lower_half_of_argument(uint32_t argument) {
  return offsetof(struct seccomp_data, args) +
    argument * sizeof(uint64_t); // little endian
}

// Each rule begins and ends with the number of the call loaded.
static void add_rule(program *p, const seccomp_rule *rule) {
  if (rule->test == SECCOMP_ALWAYS) {
    jump_if_equal(p, (uint32_t)rule->call, 0, 1);
    answer(p, rule->answer);
    return;
  }
  bool is = rule->test == SECCOMP_IS;
  jump_if_equal(p, (uint32_t)rule->call, 0, 5);
  load(p, lower_half_of_argument(rule->argument));
  add(p, BPF_ALU | BPF_AND | BPF_K, rule->mask, 0, 0);
  jump_if_equal(p, rule->value, is ? 0 : 1, is ? 1 : 0);
  answer(p, rule->answer);
  load(p, offsetof(struct seccomp_data, nr));
}

static void add_machine_check(program *p) {
  load(p, offsetof(struct seccomp_data, arch));
  jump_if_equal(p, OUR_MACHINE, 1, 0);
  answer(p, SECCOMP_END);
  load(p, offsetof(struct seccomp_data, nr));
  add(p, BPF_JMP | BPF_JGE | BPF_K, FIRST_FOREIGN_CALL, 0, 1);
  answer(p, SECCOMP_END);
}

result seccomp_filter(const seccomp_rule *rules, size_t count, seccomp_answer otherwise) {
  if (count > SECCOMP_RULES_MAX) return TOO_LARGE;
  program p = {.count = 0};
  add_machine_check(&p);
  for (size_t i = 0; i < count; i++) add_rule(&p, &rules[i]);
  answer(&p, otherwise);
  const struct sock_fprog whole = {.len = p.count, .filter = p.steps};
  long r =
    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &whole);
  if (r == 0) return OK;
  return r > 0 ? FAILED : result_of_errno(errno); // above 0: a thread with other filters
}
