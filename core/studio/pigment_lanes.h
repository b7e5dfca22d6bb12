// SPDX-License-Identifier: GPL-3.0-or-later
// Mixing as paint, in lanes (see dab_lanes.h). Sums, products and conversions alone, in one
// order, so that every processor comes to the same bits.
#ifndef GESTO_STUDIO_PIGMENT_LANES_H
#define GESTO_STUDIO_PIGMENT_LANES_H

#include "core/studio/dab_lanes.h"
#include "core/studio/pigment.h"

// What the primaries reflect, and the way back: numbers of libmypaint (ISC licence), whose first
// two bands and last three, each nearly alike, are one. The last place is of no band.
static const float pigment_red[PIGMENT_ROOM] = {0.009575486018f, 0.011254252737f,
  0.015105578650f, 0.024797924177f, 0.083622585502f, 0.977865045723f, 0.999997470699f,
  1.000000000000f};
static const float pigment_green[PIGMENT_ROOM] = {0.003547266649f, 0.012132151699f,
  0.748259205918f, 1.000000000000f, 0.865695937532f, 0.037477469241f, 0.022696456323f,
  0.000000000000f};
static const float pigment_blue[PIGMENT_ROOM] = {0.543305453997f, 0.575501819074f,
  0.258778829634f, 0.041709923752f, 0.012662638828f, 0.007485593127f, 0.006759317981f,
  0.000000000000f};
static const float pigment_back[3][PIGMENT_ROOM] = {
  {0.076375047502f, 0.022449850859f, -0.218453689278f, -0.256894883201f, 0.445881722195f,
    0.772365886290f, 0.216224183451f, 0.000000000000f},
  {-0.093622716173f, -0.052490001018f, 0.206659098274f, 0.572496335158f, 0.317837248815f,
    -0.021216624031f, -0.021744189430f, 0.000000000000f},
  {0.974876847394f, 0.771520797090f, 0.113222640692f, -0.055251113344f, -0.048222578469f,
    -0.012966666340f, -0.001670138048f, 0.000000000000f}};
// Nothing is quite black: there would be no logarithm of it.
static const float pigment_least = 0.001f;

// A colour of light, each lane's own.
typedef struct pigment_light {
  lanes_f red, green, blue;
} pigment_light;

// The bands are worked on side by side, so that none waits for another's last sum.

// Base 2, of numbers above 0.
ALWAYS_INLINE void pigment_logs(lanes_f *v, int count) {
  lanes_f m[PIGMENT_ROOM], exponent[PIGMENT_ROOM];
  for (int i = 0; i < count; i++) {
    exponent[i] = lanes_exponent(v[i]);
    m[i] = lanes_mantissa(v[i]);
  }
  for (int i = 0; i < count; i++) {
    const lanes_f square = m[i] * m[i];
    const lanes_f low = m[i] * 4.726252849542f - 2.690565391449f;
    const lanes_f middle = m[i] * 1.328925757725f - 3.075439649119f;
    const lanes_f high = m[i] * 0.033442290815f - 0.322608348055f;
    v[i] = (high * square + middle) * square + low + exponent[i];
  }
}

// 2 to the power of each, from -100 to a little above 0.
ALWAYS_INLINE void pigment_powers(lanes_f *v, int count) {
  lanes_e whole[PIGMENT_ROOM];
  for (int i = 0; i < count; i++) {
    whole[i] = lanes_cut(v[i]);
    v[i] = v[i] - lanes_of_cut(whole[i]);
  }
  for (int i = 0; i < count; i++) {
    const lanes_f square = v[i] * v[i], low = v[i] * 0.693844979039f + 1.000015669441f;
    const lanes_f high = v[i] * 0.058846259467f + 0.243113077452f;
    const lanes_f p = (square * 0.009568400745f + high) * square + low;
    v[i] = lanes_raised(p, whole[i]);
  }
}

ALWAYS_INLINE pigment_light pigment_dimmed(pigment_light l) {
  const float span = 1.0f - pigment_least;
  return (pigment_light){l.red * span + pigment_least, l.green * span + pigment_least,
    l.blue * span + pigment_least};
}

ALWAYS_INLINE lanes_f pigment_band(pigment_light dimmed, int band) {
  return dimmed.red * pigment_red[band] + dimmed.green * pigment_green[band] +
    dimmed.blue * pigment_blue[band];
}

ALWAYS_INLINE lanes_f pigment_undimmed(lanes_f v) {
  const float span = 1.0f / (1.0f - pigment_least);
  return lanes_between((v - pigment_least) * span, lanes_all(0.0f), lanes_all(1.0f));
}

// The colour of the light that the bands reflect.
ALWAYS_INLINE pigment_light pigment_seen(const lanes_f v[PIGMENT_BANDS]) {
  pigment_light sum = {
    v[0] * pigment_back[0][0], v[0] * pigment_back[1][0], v[0] * pigment_back[2][0]};
  for (int i = 1; i < PIGMENT_BANDS; i++) {
    sum.red += v[i] * pigment_back[0][i];
    sum.green += v[i] * pigment_back[1][i];
    sum.blue += v[i] * pigment_back[2][i];
  }
  return (pigment_light){
    pigment_undimmed(sum.red), pigment_undimmed(sum.green), pigment_undimmed(sum.blue)};
}

// Paint on a ground, `share` of it 0 to 1.
ALWAYS_INLINE pigment_light pigment_mixed(
  const pigment *paint, lanes_f share, pigment_light ground) {
  const pigment_light dimmed = pigment_dimmed(ground);
  lanes_f v[PIGMENT_BANDS];
  for (int i = 0; i < PIGMENT_BANDS; i++) v[i] = pigment_band(dimmed, i);
  pigment_logs(v, PIGMENT_BANDS);
  for (int i = 0; i < PIGMENT_BANDS; i++) v[i] += share * (paint->bands[i] - v[i]);
  pigment_powers(v, PIGMENT_BANDS);
  return pigment_seen(v);
}

#endif
