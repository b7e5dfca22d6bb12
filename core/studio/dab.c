// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/dab.h"

#include "core/studio/tile.h"

#include <math.h>

// Dabs smaller than this cover pixels in part, and the mask must say how much.
static const float small_radius = 3.0f, least_radius = 0.1f;
// An edge harder than this looks the same.
static const float steepest = 16777216.0f;
// libmypaint's: mixing as paint is not exact enough for less.
static const float least_pigment = 150.0f / 32768.0f;

// The squared distance is xx * x^2 + xy * x * y + yy * y^2.
static inline void set_ellipse(const dab *d, dab_shape *s) {
  const float turn = d->angle * (3.14159265f / 180.0f);
  const bool turned = d->angle < 0.0f || d->angle > 0.0f;
  const float c = turned ? cosf(turn) : 1.0f, n = turned ? sinf(turn) : 0.0f;
  const float inverse = 1.0f / (d->radius * d->radius);
  const float wide = d->aspect * d->aspect;
  s->cosine = c;
  s->sine = n;
  s->xx = (n * n * wide + c * c) * inverse;
  s->yy = (c * c * wide + n * n) * inverse;
  s->xy = 2.0f * n * c * (1.0f - wide) * inverse;
}

static inline void set_circle(const dab *d, dab_shape *s) {
  s->xx = s->yy = 1.0f / (d->radius * d->radius);
  s->xy = 0.0f;
}

// Most dabs stand straight, and are less work.
static inline void find_straight(dab_shape *s) {
  const float next_to_none = 1e-6f;
  s->level = fabsf(s->sine) < next_to_none;
  s->upright = fabsf(s->cosine) < next_to_none;
  s->along = s->level ? s->xx : s->yy;
  s->across = s->level ? s->yy : s->xx;
}

static inline void set_small(const dab *d, dab_shape *s) {
  set_ellipse(d, s);
  find_straight(s);
  const float solid = d->radius > 1.0f ? d->radius - 1.0f : 0.0f;
  s->soft_from = solid * solid / d->aspect / (d->radius * d->radius);
  s->reach_x = s->reach_y = d->radius;
}

static inline void set_large(const dab *d, dab_shape *s) {
  if (d->aspect > 1.0f)
    set_ellipse(d, s);
  else
    set_circle(d, s);
  const float inverse = 1.0f / (d->radius * d->radius);
  s->square = s->xx;
  s->inverse_square = 1.0f / s->xx;
  s->lean = -0.5f * s->xy * s->inverse_square;
  s->rest = d->aspect * d->aspect * inverse * inverse * s->inverse_square;
  s->reach_y = sqrtf(1.0f / s->rest);
  s->reach_x = d->aspect > 1.0f ? d->radius : s->reach_y;
}

// Inlined: of what a brush looks at, most is known.
static inline bool find_shape(const dab *d, dab_shape *s) {
  if (!(d->radius >= least_radius && d->hardness > 0.0f && d->opacity > 0.0f))
    return false;
  if (!isfinite(d->x + d->y + d->radius + d->aspect + d->angle)) return false;
  *s = (dab_shape){.x = d->x, .y = d->y, .small = d->radius < small_radius};
  if (s->small)
    set_small(d, s);
  else
    set_large(d, s);
  const float h = d->hardness;
  s->inner = 1.0f / h - 1.0f;
  s->outer = h < 1.0f && h / (1.0f - h) < steepest ? h / (1.0f - h) : steepest;
  s->hollow = h < 0.5f;
  return true;
}

bool dab_shape_of(const dab *d, dab_shape *s) { return find_shape(d, s); }

bool dab_look_of(float x, float y, float radius, dab_shape *s) {
  const dab d = {.x = x,
    .y = y,
    .radius = fmaxf(radius, 1.0f),
    .hardness = 0.5f,
    .aspect = 1.0f,
    .opacity = 1.0f};
  if (!find_shape(&d, s)) return false;
  s->reach_x = s->reach_y = d.radius; // what else it is comes out of long divisions
  return true;
}

// The whole part of v, from low, which is not below 0, to high.
static int clamped(float v, int low, int high) {
  const float above = v > (float)low ? v : (float)low;
  return (int)(above < (float)high ? above : (float)high);
}

bool dab_reach(const dab_shape *s, int width, int height, dab_area *area) {
  area->x0 = clamped(s->x - s->reach_x - 1.0f, 0, width);
  area->y0 = clamped(s->y - s->reach_y - 1.0f, 0, height);
  area->x1 = clamped(s->x + s->reach_x + 2.0f, 0, width);
  area->y1 = clamped(s->y + s->reach_y + 2.0f, 0, height);
  return area->x0 < area->x1 && area->y0 < area->y1;
}

static uint16_t fixed(float v) {
  const int whole = (int)(v * (float)TILE_ONE);
  return (uint16_t)(whole < TILE_MOST ? whole : TILE_MOST);
}

typedef struct pass_list {
  const dab *dab;
  const pigment *paint;
  dab_pass *passes;
  int count;
} pass_list;

static void add_pass(pass_list *l, dab_pass_kind kind, float strength) {
  const dab *d = l->dab;
  dab_pass p = {.kind = kind, .strength = fixed(strength)};
  if (p.strength == 0) return;
  p.red = fixed(d->red);
  p.green = fixed(d->green);
  p.blue = fixed(d->blue);
  p.alpha = fixed(d->alpha);
  p.paint = l->paint;
  const int levels = (int)(d->levels * 100.0f + 0.5f);
  p.levels = (uint16_t)(levels < 1 ? 1 : levels > 128 ? 128 : levels);
  l->passes[l->count++] = p;
}

static void add_pigment(pass_list *l, dab_pass_kind kind, float strength) {
  if (!(strength > 0.0f)) return;
  if (kind != DAB_PIGMENT_SMUDGE) strength = fmaxf(strength, least_pigment);
  add_pass(l, kind, strength);
}

int dab_passes(const dab *d, const pigment *paint, dab_pass passes[DAB_PASSES]) {
  pass_list l = {.dab = d, .paint = paint, .passes = passes};
  const float free_part = (1.0f - d->tint) * (1.0f - d->poster) * d->opacity;
  const float normal = (1.0f - d->lock) * free_part;
  const float locked = d->alpha > 0.0f ? d->lock * free_part : 0.0f;
  const float light = 1.0f - d->pigment;
  const bool smudges = d->alpha > 0.0f && fixed(d->alpha) < TILE_MOST;
  add_pass(&l, smudges ? DAB_SMUDGE : DAB_PLAIN, normal * light);
  add_pass(&l, DAB_LOCKED, locked * light);
  add_pigment(
    &l, d->alpha < 1.0f ? DAB_PIGMENT_SMUDGE : DAB_PIGMENT, normal * d->pigment);
  add_pigment(&l, DAB_PIGMENT_LOCKED, locked * d->pigment);
  add_pass(&l, DAB_TINT, d->tint * d->opacity);
  add_pass(&l, DAB_POSTER, d->poster * d->opacity);
  return l.count;
}

#if defined __x86_64__ || defined __i386__
bool dab_kernel_avx512_runs(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avx512f") &&
    __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
}

const dab_kernel *dab_kernel_best(void) {
  if (dab_kernel_avx512_runs()) return &dab_kernel_avx512;
  if (__builtin_cpu_supports("avx2")) return &dab_kernel_avx2;
  return __builtin_cpu_supports("sse4.1") ? &dab_kernel_sse41 : &dab_kernel_plain;
}
#else
const dab_kernel *dab_kernel_best(void) { return &dab_kernel_plain; }
#endif
