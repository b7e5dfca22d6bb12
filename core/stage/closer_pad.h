// SPDX-License-Identifier: GPL-3.0-or-later
// Closer to the paper by single presses, for keys, switches and dwelling: a row of the panel
// that opens a pad of buttons beside the work, which stays in sight. Main thread.
#ifndef GESTO_STAGE_CLOSER_PAD_H
#define GESTO_STAGE_CLOSER_PAD_H

typedef struct page_built page_built; // pages.h
typedef struct stage stage;
typedef struct widget widget;

// The row, where the exercise has a paper; else nothing.
void closer_pad_row(stage *s, widget *parent);
page_built closer_pad_sheet(stage *s); // SHEET_CLOSER

#endif
