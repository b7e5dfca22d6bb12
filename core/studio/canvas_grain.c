// SPDX-License-Identifier: GPL-3.0-or-later
// The grains of a canvas's papers: made when one of them first has that texture.
#include "core/studio/canvas_parts.h"

static void want(canvas *c, uint32_t texture) {
  if (texture != CANVAS_SMOOTH && c->grains[texture] == NULL)
    c->grains[texture] = grain_create((canvas_texture)texture, c->scale);
}

void canvas_want_grains(canvas *c) {
  const album *a = &c->easel.album;
  want(c, c->easel.stack.texture);
  for (uint32_t n = 0; n < a->count; n++) want(c, a->papers[n].stack.texture);
}

void canvas_share_grains(canvas *to, const canvas *from) {
  for (uint32_t i = 0; i < CANVAS_TEXTURES; i++)
    to->grains[i] = grain_share(from->grains[i]);
}

void canvas_release_grains(canvas *c) {
  for (uint32_t i = 0; i < CANVAS_TEXTURES; i++) grain_release(c->grains[i]);
}

const grain *canvas_grain(const canvas *c) { return c->grains[c->easel.stack.texture]; }
