// SPDX-License-Identifier: GPL-3.0-or-later
// Which part of a paper an area shows: the arithmetic that whoever steers a view and whoever
// paints it share, so that both come to the same. Places of the paper are in its units at
// birth, places of the area in units of the area, both from the top left. Pure; any thread.
#ifndef GESTO_BASE_PAPER_VIEW_H
#define GESTO_BASE_PAPER_VIEW_H

#include <stdbool.h>

#define PAPER_VIEW_CLOSEST 8.0

typedef struct paper_view {
  double zoom; // 1: the whole paper, as large as fits; up to PAPER_VIEW_CLOSEST
  double x, y; // the place of the paper in the middle of the area
} paper_view;

typedef struct paper_room { // all above 0
  double paper_w, paper_h;  // units of the paper at birth
  double area_w, area_h;    // units of the area
} paper_room;

typedef struct paper_place {
  double x, y;
} paper_place;

// The nearest view to a wish (which may be anything) that the paper cannot get lost in: where
// it is smaller than the area it lies in the middle, else it covers the area but for a margin,
// so that its edges can be brought out from beneath what lies over the area's corners.
paper_view paper_view_within(const paper_room *room, paper_view wish);
bool paper_view_is_whole(paper_view view);
// Units of the area for one unit of the paper.
double paper_view_scale(const paper_room *room, paper_view view);
// What of the paper lies at a place of the area.
paper_place paper_view_find(const paper_room *room, paper_view view, paper_place at);
// `factor` times as close; what is at the place `at` of the area stays there, as far as can be.
paper_view paper_view_zoomed(
  const paper_room *room, paper_view view, double factor, paper_place at);
// The paper moves by that much on the area.
paper_view paper_view_moved(
  const paper_room *room, paper_view view, double dx, double dy);

#endif
