// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/denormals.h"

#if defined(__x86_64__)

uint64_t denormals_off(void) {
  const uint32_t flush_and_zero = 1u << 15 | 1u << 6;
  uint32_t before = __builtin_ia32_stmxcsr();
  __builtin_ia32_ldmxcsr(before | flush_and_zero);
  return before;
}

void denormals_restore(uint64_t before) { __builtin_ia32_ldmxcsr((uint32_t)before); }

#elif defined(__aarch64__)

uint64_t denormals_off(void) {
  uint64_t before = 0;
  __asm__ volatile("mrs %0, fpcr" : "=r"(before));
  uint64_t with = before | UINT64_C(1) << 24;
  __asm__ volatile("msr fpcr, %0" : : "r"(with));
  return before;
}

void denormals_restore(uint64_t before) {
  __asm__ volatile("msr fpcr, %0" : : "r"(before));
}

#else

uint64_t denormals_off(void) { return 0; }

void denormals_restore(uint64_t before) { (void)before; }

#endif
