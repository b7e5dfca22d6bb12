// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/dab_kernel.h"

const dab_kernel dab_kernel_avx2 = {.name = "avx2",
  .paint = dab_kernel_paint,
  .weigh = dab_kernel_weigh,
  .take_paint = dab_kernel_take_paint,
  .mix = dab_kernel_mix};
