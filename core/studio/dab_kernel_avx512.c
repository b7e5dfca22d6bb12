// SPDX-License-Identifier: GPL-3.0-or-later
// Mixing as paint is long sums: twice as many pixels at once keep a processor busy while it
// waits for them. Everything else, and what is too narrow for so many, is done as with AVX2.
#include "core/studio/dab_mix_paint.h"

// px of half a dab's width.
static const float narrow = 8.0f;

ALWAYS_INLINE void paint_rows(const dab_shape *s, const dab_pass *p, uint16_t *rgba,
  int left, int top, dab_use *use) {
  const dab_painting paint = dab_paint_of(p);
  dab_large_rows(s, p->strength, s->hollow, rgba, left, top, use, &paint);
}

static void paint_widely(
  const dab_shape *s, const dab_pass *p, uint16_t *rgba, int left, int top) {
  const bool wide = !s->small && s->reach_x > narrow;
  if (wide && p->kind == DAB_PIGMENT)
    paint_rows(s, p, rgba, left, top, dab_mix_pigment);
  else if (wide && p->kind == DAB_PIGMENT_SMUDGE)
    paint_rows(s, p, rgba, left, top, dab_mix_pigment_smudge);
  else
    dab_kernel_avx2.paint(s, p, rgba, left, top);
}

static void weigh(
  const dab_shape *s, const uint16_t *rgba, int left, int top, dab_sums *sums) {
  dab_kernel_avx2.weigh(s, rgba, left, top, sums);
}

static void take_paint(const float rgb[3], pigment *paint) {
  dab_kernel_avx2.take_paint(rgb, paint);
}

static bool mix(const dab_places *p, float rgb[3], float *alpha) {
  return dab_kernel_avx2.mix(p, rgb, alpha);
}

const dab_kernel dab_kernel_avx512 = {.name = "avx512",
  .paint = paint_widely,
  .weigh = weigh,
  .take_paint = take_paint,
  .mix = mix};
