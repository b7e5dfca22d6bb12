// SPDX-License-Identifier: GPL-3.0-or-later
#include "hand.h"

#include "declared.h"

void hand_take_up(const gesto_host *host, const gesto_canvas *c, const settings *now) {
  const uint32_t *v = now->value;
  if (!hand_fills(now))
    c->set_brush(host, v[MORE] > 0 ? draw_more[v[MORE]].key : draw_brushes[v[BRUSH]].key);
  c->set_size(host, (float)v[SIZE] / 100.0f);
  c->set_colour(host, v[COLOUR]);
  c->set_mirror(host, 1u << v[MIRROR]);
  c->set_smoothing(host, v[SMOOTH]);
  c->set_ruler(host, v[RULER]);
}

bool hand_fills(const settings *now) { return now->value[MORE] == FILL_A_SHAPE; }

void hand_steady(const gesto_host *host, const settings *now, bool shakes) {
  if (host->setting(host, "smoothing") != NULL) return;
  if (shakes) host->set_control(host, SMOOTH, SMOOTH_STEADY);
  if (!shakes && now->value[SMOOTH] == SMOOTH_STEADY)
    host->set_control(host, SMOOTH, SMOOTH_LIGHT);
}
