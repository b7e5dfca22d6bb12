// SPDX-License-Identifier: GPL-3.0-or-later
// Mixing as paint, in lanes (see dab_lanes.h). Sums, products and conversions alone, in one
// order, so that every processor comes to the same bits.
#ifndef GESTO_STUDIO_PIGMENT_LANES_H
#define GESTO_STUDIO_PIGMENT_LANES_H

#include "core/studio/dab_lanes.h"
#include "core/studio/pigment.h"

// What the primaries reflect, and the way back: numbers of libmypaint (ISC licence).
static const float pigment_red[PIGMENT_BANDS] = {0.009281362787953f, 0.009732627042016f,
  0.011254252737167f, 0.015105578649573f, 0.024797924177217f, 0.083622585502406f,
  0.977865045723212f, 1.0f, 0.999961046144372f, 0.999999992756822f};
static const float pigment_green[PIGMENT_BANDS] = {0.002854127435775f, 0.003917589679914f,
  0.012132151699187f, 0.748259205918013f, 1.0f, 0.865695937531795f, 0.037477469241101f,
  0.022816789725717f, 0.021747419446456f, 0.021384940572308f};
static const float pigment_blue[PIGMENT_BANDS] = {0.537052150373386f, 0.546646402401469f,
  0.575501819073983f, 0.258778829633924f, 0.041709923751716f, 0.012662638828324f,
  0.007485593127390f, 0.006766900622462f, 0.006699764779016f, 0.006676219883241f};
static const float pigment_back[3][PIGMENT_BANDS] = {
  {0.026595621243689f, 0.049779426257903f, 0.022449850859496f, -0.218453689278271f,
    -0.256894883201278f, 0.445881722194840f, 0.772365886289756f, 0.194498761382537f,
    0.014038157587820f, 0.007687264480513f},
  {-0.032601672674412f, -0.061021043498478f, -0.052490001018404f, 0.206659098273522f,
    0.572496335158169f, 0.317837248815438f, -0.021216624031211f, -0.019387668756117f,
    -0.001521339050858f, -0.000835181622534f},
  {0.339475473216284f, 0.635401374177222f, 0.771520797089589f, 0.113222640692379f,
    -0.055251113343776f, -0.048222578468680f, -0.012966666339586f, -0.001523814504223f,
    -0.000094718948810f, -0.000051604594741f}};
// Nothing is quite black: there would be no logarithm of it.
static const float pigment_least = 0.001f;

// A colour of light, each lane's own.
typedef struct pigment_light {
  lanes_f red, green, blue;
} pigment_light;

// The bands are worked on side by side, so that none waits for another's last sum.

// Base 2, of numbers above 0.
ALWAYS_INLINE void pigment_logs(lanes_f v[PIGMENT_BANDS]) {
  lanes_f m[PIGMENT_BANDS], exponent[PIGMENT_BANDS];
  for (int i = 0; i < PIGMENT_BANDS; i++) {
    exponent[i] = lanes_float(((lanes_i)v[i] - 0x3F800000) >> 23);
    m[i] = (lanes_f)(((lanes_i)v[i] & 0x007FFFFF) | 0x3F800000);
  }
  for (int i = 0; i < PIGMENT_BANDS; i++) {
    const lanes_f square = m[i] * m[i];
    const lanes_f low = m[i] * 4.726252849542f - 2.690565391449f;
    const lanes_f middle = m[i] * 1.328925757725f - 3.075439649119f;
    const lanes_f high = m[i] * 0.033442290815f - 0.322608348055f;
    v[i] = (high * square + middle) * square + low + exponent[i];
  }
}

// 2 to the power of each, from -100 to a little above 0.
ALWAYS_INLINE void pigment_powers(lanes_f v[PIGMENT_BANDS]) {
  lanes_i whole[PIGMENT_BANDS];
  for (int i = 0; i < PIGMENT_BANDS; i++) {
    whole[i] = lanes_whole(v[i]);
    v[i] = v[i] - lanes_float(whole[i]);
  }
  for (int i = 0; i < PIGMENT_BANDS; i++) {
    const lanes_f square = v[i] * v[i], low = v[i] * 0.693844979039f + 1.000015669441f;
    const lanes_f high = v[i] * 0.058846259467f + 0.243113077452f;
    const lanes_f p = (square * 0.009568400745f + high) * square + low;
    v[i] = (lanes_f)((lanes_i)p + (whole[i] << 23));
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
  pigment_light sum = {lanes_all(0.0f), lanes_all(0.0f), lanes_all(0.0f)};
  for (int i = 0; i < PIGMENT_BANDS; i++) {
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
  pigment_logs(v);
  for (int i = 0; i < PIGMENT_BANDS; i++) v[i] += share * (paint->bands[i] - v[i]);
  pigment_powers(v);
  return pigment_seen(v);
}

#endif
