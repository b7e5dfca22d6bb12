// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/pigment.h"

#include "core/studio/pigment_lanes.h"

pigment pigment_of(float red, float green, float blue) {
  const pigment_light light = {lanes_all(red), lanes_all(green), lanes_all(blue)};
  const pigment_light dimmed = pigment_dimmed(light);
  pigment p;
  for (int i = 0; i < PIGMENT_BANDS; i++) {
    p.bands[i] = pigment_log(pigment_band(dimmed, i))[0];
  }
  return p;
}

void pigment_colour(const pigment *p, float rgb[3]) {
  for (int k = 0; k < 3; k++) {
    lanes_f sum = lanes_all(0.0f);
    for (int i = 0; i < PIGMENT_BANDS; i++) {
      sum += pigment_power(lanes_all(p->bands[i])) * pigment_back[k][i];
    }
    rgb[k] = pigment_undimmed(sum)[0];
  }
}
