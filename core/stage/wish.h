// SPDX-License-Identifier: GPL-3.0-or-later
// Pieces of the pages of arriving and leaving: the wish of today with what can be picked, the
// feeling field with the client's own word for it. Main thread.
#ifndef GESTO_STAGE_WISH_H
#define GESTO_STAGE_WISH_H

#include "core/stage/said.h"

typedef struct stage stage;
typedef struct widget widget;

// The field "wish" and the chips "goal-1"…, "idea-1"…: what is touched is in s->said.
void wish_create(stage *s, widget *column);
// The wish, to be pressed and edited: "wish-shown". Nothing where there is none.
void wish_show(stage *s, widget *bar);
// The field "feeling"; the button "feeling-word", which shows once there is a dot.
void felt_create(stage *s, widget *column, const felt *f, double side);
void felt_word_create(stage *s, widget *column, const felt *f);

#endif
