// SPDX-License-Identifier: GPL-3.0-or-later
// Of several papers each by itself: which stay, and which are let go of at closing. All stay
// unless the client says otherwise. Main thread.
#ifndef GESTO_STAGE_PAPER_CHOICE_H
#define GESTO_STAGE_PAPER_CHOICE_H

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct made made;
typedef struct stage stage;
typedef struct widget widget;

// The way there, on the card of the creation at that place; it shows where there are several
// papers of which some stay.
void papers_add_way(stage *s, widget *card, uint32_t place);
void papers_show_way(stage *s, const made *m, widget *way);
// Its picture as the card shows it: papers that are let go of are faint. The caller's; NULL:
// there is none.
cairo_surface_t *papers_picture(const made *m);
// "2 of 5 papers are let go". False: none is, or all of it is, and there are no words.
bool papers_say(const made *m, char *words, size_t room);

#endif
