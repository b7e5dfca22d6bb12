// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/pigment.h"

#include "core/studio/pigment_lanes.h"

pigment pigment_of(float red, float green, float blue) {
  const pigment_light light = {lanes_all(red), lanes_all(green), lanes_all(blue)};
  const pigment_light dimmed = pigment_dimmed(light);
  lanes_f v[PIGMENT_BANDS];
  for (int i = 0; i < PIGMENT_BANDS; i++) v[i] = pigment_band(dimmed, i);
  pigment_logs(v);
  pigment p;
  for (int i = 0; i < PIGMENT_BANDS; i++) p.bands[i] = v[i][0];
  return p;
}

void pigment_colour(const pigment *p, float rgb[3]) {
  lanes_f v[PIGMENT_BANDS];
  for (int i = 0; i < PIGMENT_BANDS; i++) v[i] = lanes_all(p->bands[i]);
  pigment_powers(v);
  const pigment_light seen = pigment_seen(v);
  rgb[0] = seen.red[0];
  rgb[1] = seen.green[0];
  rgb[2] = seen.blue[0];
}
