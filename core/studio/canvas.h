// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas: paper of a fixed size made of 64 x 64 tiles (RGBA, 15 bit, premultiplied),
// copy-on-write, with undo and redo, painted on by libmypaint's brush dynamics through our
// own surface. No file, no window, no clock. One thread.
#ifndef GESTO_STUDIO_CANVAS_H
#define GESTO_STUDIO_CANVAS_H

#include "core/api/gesto.h"
#include "core/base/result.h"
#include "core/studio/piece.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct canvas canvas;

// The grain of paper.
typedef enum canvas_texture {
  CANVAS_SMOOTH = 0,
  CANVAS_FINE,
  CANVAS_ROUGH,
  CANVAS_WOVEN,
  CANVAS_TEXTURES // how many there are
} canvas_texture;

typedef struct canvas_rect {
  int32_t x, y, w, h; // pixels; w == 0: nothing
} canvas_rect;

// Paper of width x height pixels; `scale` pixels per unit of the stage. `brushes` gives the
// text of a brush by name (borrowed): the canvas knows no files.
typedef const char *canvas_brush_fn(void *data, const char *name);
MUST_USE result canvas_create(canvas **c, uint32_t width, uint32_t height, float scale,
  canvas_brush_fn *brushes, void *data);
void canvas_destroy(canvas *c); // takes NULL
// Once, for a canvas that is new: its past has no end from then on, as all of it that is over
// some 256 MiB lies in the store, which outlives the canvas and those that it shares with.
MUST_USE result canvas_keep_in(canvas *c, const piece_store *store);
void canvas_size(const canvas *c, uint32_t *width, uint32_t *height);

enum { CANVAS_NAME_MAX = 64 };

// What the next line is painted with.
typedef struct canvas_tools {
  char brush[CANVAS_NAME_MAX]; // "": none was chosen yet
  float size;
  uint32_t rgb, folds;
  uint32_t smoothing, ruler; // enum smoothing, ruler_shape
} canvas_tools;

// Pointer events in order, one stroke at a time per source; only the first contact paints.
// A fresh brush at each DOWN, so that the same events give the same bits from any point
// between two strokes.
MUST_USE result canvas_stroke(canvas *c, const gesto_event *pointer);
MUST_USE result canvas_set_brush(canvas *c, const char *name); // NOT_FOUND
MUST_USE result canvas_set_size(canvas *c, float units);       // 1 = as the brush is made
const canvas_tools *canvas_hand(const canvas *c); // what it holds; the canvas's
// How broad a line of what the hand holds is, in units; a change of brush or size is worked
// out once. 0: nothing is held.
float canvas_dab(canvas *c);
MUST_USE result canvas_set_colour(canvas *c, uint32_t rgb);   // 0xRRGGBB
MUST_USE result canvas_set_mirror(canvas *c, uint32_t folds); // 1, 2, 4, 6, 8, 12
// 0 off, 1 light, 2 strong, 3 steady: how much of a hand's tremor stays out of the line
// (core/studio/smoothing.h). 0 off, 1 straight, 2 soft: a ruler (core/studio/ruler.h).
MUST_USE result canvas_set_smoothing(canvas *c, uint32_t how);
MUST_USE result canvas_set_ruler(canvas *c, uint32_t shape);
MUST_USE result canvas_fill(canvas *c, float x, float y);
// "paper" n (0xRRGGBB), "texture" n (canvas_texture), "add", "choose" n, "show" n, "hide" n,
// "raise" n, "lower" n, "clear" n (0: all of them, and what lies underneath), "opacity 40" n
// (percent, 0 to 100). Sheets are numbered from 1 in the order they were made, at most 3
// (NO_SPACE). "new": an empty paper of the same colour and texture; the one before is kept
// (nothing happens if that is empty, too; NO_SPACE); "turn" n: paper n lies here, from 1 in the
// order they were made. All but "choose" can be undone. NOT_NOW in a stroke; NOT_FOUND.
MUST_USE result canvas_sheet(canvas *c, const char *what, uint32_t n);
// The picture that lies under all sheets from now on, and is neither painted on nor rubbed
// out: `argb` is cairo's premultiplied ARGB32 of the whole paper, NULL takes it off. Can be
// undone; the same one again changes nothing. NOT_NOW in a stroke.
MUST_USE result canvas_put_under(canvas *c, const uint32_t *argb, size_t stride_bytes);
bool canvas_has_under(const canvas *c);
// How many papers there are, and which lies here: from 1. A bare one has nothing on it.
uint32_t canvas_papers(const canvas *c);
uint32_t canvas_paper_here(const canvas *c);
bool canvas_paper_is_bare(const canvas *c, uint32_t n);
// How many steps were made in the life of this object; more after a call: it left one.
uint64_t canvas_steps(const canvas *c);
bool canvas_undo(canvas *c);
bool canvas_redo(canvas *c);
bool canvas_can_undo(const canvas *c);
// Not OK: undo or redo answered false because a step is not to be had from the store any more.
// What is there to be seen stands, but is not what the same events lead to elsewhere.
result canvas_trouble(const canvas *c);
bool canvas_can_redo(const canvas *c);
bool canvas_in_stroke(const canvas *c);

// What changed since the last call, in pixels of the paper, at most `room` rectangles that do
// not overlap by much; returns how many. Of a line that is being drawn the part that has not
// settled yet is shown from here to the next event, and never hashed, shared or saved.
uint32_t canvas_take_damage(canvas *c, canvas_rect *rects, uint32_t room);
// Composes sheets over paper into XRGB32 (cairo RGB24) pixels of `rect`.
void canvas_render(
  const canvas *c, canvas_rect rect, uint32_t *xrgb, size_t stride_bytes);
// One sheet by itself: what lies on it, cut to the tiles that hold anything.
typedef struct canvas_sheet_picture {
  canvas_rect where; // pixels of the paper; w == 0: nothing is on it
  uint8_t *rgba;     // straight 8-bit RGBA of `where`; the caller frees; NULL: nothing
  uint32_t number;   // from 1, in the order they were made
  bool hidden;
  uint8_t opacity; // percent
} canvas_sheet_picture;
// What lies there; sheets are numbered from 1.
typedef struct canvas_look {
  uint32_t sheets, chosen, paper; // paper: 0xRRGGBB
  canvas_texture texture;
  uint8_t order[3];              // numbers, lowest first
  uint8_t hidden[3], opacity[3]; // of sheet n at n - 1
} canvas_look;
void canvas_see(const canvas *c, canvas_look *look);
uint32_t canvas_sheet_count(const canvas *c);
// `place`: from 0, the lowest.
MUST_USE result canvas_see_sheet(
  const canvas *c, uint32_t place, canvas_sheet_picture *p);
// What lies underneath by itself; its number is 0.
MUST_USE result canvas_see_under(const canvas *c, canvas_sheet_picture *p);
// The finished picture, straight 8-bit RGBA, width * height * 4 bytes, opaque paper.
void canvas_picture(const canvas *c, uint8_t *rgba);
// The paper alone, in its colour and with its grain, in the same way.
void canvas_paper_picture(const canvas *c, uint8_t *rgba);
// A 64-bit hash of every sheet's pixels and order, of every paper: equal canvases, equal hash.
uint64_t canvas_hash(const canvas *c);

// State for recovery. With history it refers to what lies in the store, and all marks can be
// undone or done again; where there is no store it has the newest of them, some 16 MiB of each
// (and always one). Without history it stands by itself. Never in the middle of a stroke
// (NOT_NOW). The caller frees *bytes.
MUST_USE result canvas_save(
  const canvas *c, bool with_history, uint8_t **bytes, size_t *size);
MUST_USE result canvas_load(
  canvas *c, const uint8_t *bytes, size_t size); // BAD_DATA: unchanged
// A canvas that shares all tiles with this one, for canvas_save and canvas_destroy alone. It
// costs next to nothing, and may be saved and destroyed in another thread while this one is
// painted on. NOT_NOW in a stroke. It saves to the same bytes.
MUST_USE result canvas_share(const canvas *c, bool with_history, canvas **shared);
// The same for what can be seen of paper `n` (from 1) alone, in a stroke too: for
// canvas_picture, canvas_see_sheet and canvas_destroy in another thread. NOT_FOUND.
MUST_USE result canvas_share_paper(const canvas *c, uint32_t n, canvas **shared);

#endif
