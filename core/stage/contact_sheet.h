// SPDX-License-Identifier: GPL-3.0-or-later
// Several pictures of one creation, small, side by side, as they come one after another.
#ifndef GESTO_STAGE_CONTACT_SHEET_H
#define GESTO_STAGE_CONTACT_SHEET_H

#include <cairo.h>
#include <stdbool.h>
#include <stdint.h>

// `sheet` (NULL: there is none yet) with the picture at `place` of `of`, from 0. Both are
// taken over. Of one picture alone there is no sheet: it is returned itself.
cairo_surface_t *contact_sheet_put(
  cairo_surface_t *sheet, cairo_surface_t *picture, uint32_t place, uint32_t of);
// The picture at that place by itself. The caller's.
cairo_surface_t *contact_sheet_see(cairo_surface_t *sheet, uint32_t place, uint32_t of);
// A copy on which only what goes is faint: `gone` says so of a place. The caller's; NULL: no
// memory.
cairo_surface_t *contact_sheet_without(cairo_surface_t *sheet, uint32_t of,
  bool (*gone)(const void *data, uint32_t place), const void *data);

#endif
