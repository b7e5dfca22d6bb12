// SPDX-License-Identifier: GPL-3.0-or-later
// One touch of a brush: an ellipse whose cover falls off from its middle, laid over the pixels
// of a tile in one or more passes, or weighing what is there. The covers are those that
// libmypaint's brushes are tuned to, its coverage of pixels by dabs under 3 px included. Pure;
// any thread.
#ifndef GESTO_STUDIO_DAB_H
#define GESTO_STUDIO_DAB_H

#include "core/studio/pigment.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct dab {
  float x, y, radius; // pixels of the paper
  float hardness;     // above 0, up to 1
  float aspect;       // 1 or more: length to width
  float angle;        // degrees
  // From here on 0 to 1.
  float red, green, blue;
  float alpha; // what it paints towards: 1 paints, 0 rubs out
  float opacity;
  float lock, tint,
    poster;      // keeps alpha, keeps lightness, cuts into levels: how much of each
  float levels;  // hundredths of so many levels
  float pigment; // 0 mixes as light, 1 as paint
} dab;

// Pixels x0..x1-1, y0..y1-1.
typedef struct dab_area {
  int x0, y0, x1, y1;
} dab_area;

// Where a dab is, for each pixel: the squared distance from its middle in units of its radius.
// A large dab's is, in each row, square * (x - lean * y)^2 + rest * y^2; a small one's is more
// work (see dab_cover.h).
typedef struct dab_shape {
  float x, y, reach_x, reach_y; // its middle and half of the box around it
  float square, lean, rest, inverse_square;
  float cosine, sine, xx, xy, yy, soft_from; // of a small one,
  float along,
    across; // and of one that stands straight: what is xx and yy along its axis
  float inner,
    outer; // how cover falls off up to a squared distance of `hardness`, and after
  bool small, hollow;  // hollow: it falls off more steeply at first
  bool level, upright; // a small one whose axis is that of x, or that of y
} dab_shape;

// False: it touches nothing.
bool dab_shape_of(const dab *d, dab_shape *s);
// The shape in which a brush looks for the colour that it takes up: a circle, its hardness a
// half.
bool dab_look_of(float x, float y, float radius, dab_shape *s);
// The pixels that it can reach of so many pixels; false: none.
bool dab_reach(const dab_shape *s, int width, int height, dab_area *area);

typedef enum dab_pass_kind {
  DAB_PLAIN = 1,      // towards a colour, or towards nothing
  DAB_SMUDGE,         // towards a colour of some alpha
  DAB_LOCKED,         // towards a colour, alpha stays
  DAB_PIGMENT,        // the same as paint, towards full alpha,
  DAB_PIGMENT_SMUDGE, // towards any alpha,
  DAB_PIGMENT_LOCKED, // and where alpha stays
  DAB_TINT,           // takes the colour on and stays as light as it was
  DAB_POSTER,         // to the nearest of some levels
} dab_pass_kind;

// One way in which a dab changes pixels.
typedef struct dab_pass {
  dab_pass_kind kind;
  uint16_t strength;                // up to TILE_MOST
  uint16_t red, green, blue, alpha; // up to TILE_MOST, not multiplied with one another
  uint16_t levels;
  const pigment *paint; // of the colour, for passes that mix as paint
} dab_pass;

enum { DAB_PASSES = 6 };
// What is to be done for a dab, in this order; returns how many. They borrow `paint`, which is
// that of the dab's colour, and may be NULL for a dab that does not mix as paint.
int dab_passes(const dab *d, const pigment *paint, dab_pass passes[DAB_PASSES]);

// Sums over pixels: covers, and channels (red, green, blue, alpha) times the covers.
typedef struct dab_sums {
  int64_t channels[4], weight;
} dab_sums;

// Pixels whose colours are mixed as paint, each with a weight.
enum { DAB_PLACES = 24 };
typedef struct dab_places {
  uint16_t rgba[DAB_PLACES * 4];
  float weight[DAB_PLACES];
  int count;
} dab_places;

// The part of the work that takes many pixels at once, for one kind of processor. Every one
// gives the same bits.
typedef struct dab_kernel {
  const char *name;
  // `rgba` is the tile whose top left pixel is at left, top on the paper.
  void (*paint)(const dab_shape *s, const dab_pass *p, uint16_t *rgba, int left, int top);
  // `s`: of dab_look_of.
  void (*weigh)(
    const dab_shape *s, const uint16_t *rgba, int left, int top, dab_sums *sums);
  // The paint of a colour, each part 0 to 1.
  void (*take_paint)(const float rgb[3], pigment *paint);
  // The colour of them all mixed, and their mean alpha. False: there is none, and nothing is
  // written.
  bool (*mix)(const dab_places *p, float rgb[3], float *alpha);
} dab_kernel;

extern const dab_kernel dab_kernel_plain, dab_kernel_sse41, dab_kernel_avx2,
  dab_kernel_avx512;
#if defined __x86_64__ || defined __i386__
// True: this processor can run it.
bool dab_kernel_avx512_runs(void);
#endif
// The fastest that this processor can run.
const dab_kernel *dab_kernel_best(void);

#endif
