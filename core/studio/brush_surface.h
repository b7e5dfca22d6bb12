// SPDX-License-Identifier: GPL-3.0-or-later
// The surface that libmypaint's brushes paint on: the chosen sheet of an easel, with mirrors.
// One thread, inside a step of the easel.
#ifndef GESTO_STUDIO_BRUSH_SURFACE_H
#define GESTO_STUDIO_BRUSH_SURFACE_H

#include "core/studio/pigment.h"

#include <libmypaint/mypaint-surface.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct dab_kernel dab_kernel; // dab.h
typedef struct easel easel;           // easel.h

typedef struct brush_surface {
  MyPaintSurface2 base; // first: libmypaint hands this back
  const dab_kernel *kernel;
  easel *easel;
  uint32_t sheet, folds;
  uint64_t dabs;   // drawn so far, each mirror image once
  float colour[3]; // that `paint` is made from
  pigment paint;
} brush_surface;

// True: there can be so many mirror images: 1, 2, 4, 6, 8 or 12.
bool brush_surface_folds(uint32_t folds);
// With `folds` mirror images. The easel is borrowed.
void brush_surface_init(brush_surface *s, easel *e, uint32_t sheet, uint32_t folds);

#endif
