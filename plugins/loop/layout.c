// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout.h"

#include <math.h>

static void put_pads(layout *l, place in, float gap) {
  float w = (in.w - gap * (SCALE_NOTES - 1)) / SCALE_NOTES;
  float h = (in.h - gap * (PAD_ROWS - 1)) / PAD_ROWS;
  for (uint32_t i = 0; i < PAD_COUNT; i++) {
    uint32_t row = PAD_ROWS - 1 - i / SCALE_NOTES;
    l->pads[i] = (place){
      in.x + (float)(i % SCALE_NOTES) * (w + gap), in.y + (float)row * (h + gap), w, h};
  }
}

static void put_lanes(layout *l, place in, float gap) {
  float h = (in.h - gap * (LANES - 1)) / LANES;
  float words = fminf(140 * l->text, in.w * 0.34f);
  for (uint32_t i = 0; i < LANES; i++) {
    place lane = {in.x, in.y + (float)i * (h + gap), in.w, h};
    float button = fmaxf(48, fminf(64, h - 8));
    float pad = fminf(11, h * 0.14f);
    l->lanes[i] = lane;
    l->mutes[i] =
      (place){lane.x + lane.w - button - 6, lane.y + (h - button) / 2, button, button};
    l->beds[i] = (place){lane.x + 48 + words, lane.y + pad,
      fmaxf(0, l->mutes[i].x - 10 - lane.x - 48 - words), h - 2 * pad};
  }
}

layout layout_make(float width, float height, float text_scale) {
  width = fmaxf(width, 320); // smaller is not drawn smaller, only cut off
  height = fmaxf(height, 320);
  float margin = width > 900 ? 24 : 12;
  layout l = {.text = fmaxf(0.5f, fminf(text_scale, 1.5f))};
  place all = {margin, margin, width - 2 * margin, height - 2 * margin};
  float card = fmaxf(88, fminf(120, all.h * 0.17f));
  if (width >= height * 1.1f) {
    float left = floorf(all.w * 0.5f), gap = 24;
    put_lanes(&l, (place){all.x, all.y, left, all.h - card - 14}, 10);
    l.card = (place){all.x, all.y + all.h - card, left, card};
    put_pads(&l, (place){all.x + left + gap, all.y, all.w - left - gap, all.h - 34}, 12);
  } else {
    float lanes = floorf((all.h - card) * 0.46f);
    put_lanes(&l, (place){all.x, all.y, all.w, lanes}, 8);
    l.card = (place){all.x, all.y + lanes + 10, all.w, card - 20};
    put_pads(
      &l, (place){all.x, all.y + lanes + card, all.w, all.h - lanes - card - 30}, 10);
  }
  float disc = l.card.h - 16;
  l.disc = (place){l.card.x + 12, l.card.y + 8, disc, disc};
  return l;
}

bool place_holds(const place *p, float x, float y) {
  return x >= p->x && y >= p->y && x < p->x + p->w && y < p->y + p->h;
}
