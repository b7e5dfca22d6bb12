// SPDX-License-Identifier: GPL-3.0-or-later
// Mixing a colour beside those that lie ready: a pad of hue and lightness, how strong it is,
// the colour large beside the one before, and the last ten that were mixed in this session.
// What is mixed is the value of a GESTO_COLOUR control. Main thread.
#ifndef GESTO_STAGE_MIX_H
#define GESTO_STAGE_MIX_H

#include <jansson.h>
#include <stdint.h>

typedef struct stage stage;
typedef struct widget widget;
typedef struct panel_link panel_link;

enum { MIX_LAST = 10 };

typedef struct mixing {
  uint32_t before;         // the colour when the pad was opened
  uint32_t last[MIX_LAST]; // 0xRRGGBB, the latest first
  uint32_t count;
  widget *row, *pad, *strength, *now, *name; // of what shows, or NULL
} mixing;

// What opens SHEET_MIX, for a control of which any colour can be had.
void mix_row(panel_link *l, widget *parent);
// What is in `top` (NULL: everything) is about to go; of an open pad what was mixed is kept.
void mix_let_go(stage *s, const widget *top);
// The control has another value: what shows of it follows.
void mix_show(panel_link *l);
// A switch chose the pad: rows of hues, then how light, one after the other.
void mix_enter(stage *s, widget *pad);
// For a window that is opened anew after this one: a list of numbers, and back.
json_t *mix_said(const stage *s);
void mix_read(stage *s, const json_t *said);

#endif
