// SPDX-License-Identifier: GPL-3.0-or-later
// The controls of the exercise that runs, each with its value and the widgets that show it.
// The host owns the values: a client's wish becomes an event in the ring; what the exercise
// asks for comes back as TO_STAGE_CONTROL. Main thread.
#ifndef GESTO_STAGE_PANEL_LINK_H
#define GESTO_STAGE_PANEL_LINK_H

#include "core/stage/offer.h"
#include "core/ui/widget.h"

typedef struct chord chord; // core/ui/events.h
typedef struct stage stage;

typedef struct panel_link {
  stage *stage;
  const offer_control *control;
  widget *widget;  // slider, toggle, field, row, or the group of options; or NULL
  widget *caption; // its name and number, or NULL
  widget *row;     // what opens its group, at the first control of the group; or NULL
  double value;
  bool told;  // the exercise said it before
  bool ahead; // the client set it before that
  bool late;  // the exercise set it, and it does not show yet
} panel_link;

// Values as declared; no widgets yet.
void panel_link_reset(stage *s);
// The exercise is on its way again: it says of each what it is.
void panel_link_await(stage *s);
// What is in `top` (NULL: everything) is about to go.
void panel_link_let_go(stage *s, const widget *top);
// Brings its widgets up to date.
void panel_link_show(panel_link *l);
// A client set it. Where that could not be taken the widget shows the old value again.
void panel_link_take(panel_link *l, double value);
void panel_link_act(panel_link *l); // a client chose the button
// The value is now this: from the exercise. The first of each control shows at once, if the
// client was not quicker; what it sets again and again comes to show 2.5 times a second, so
// that no panel flashes.
void panel_link_set(stage *s, uint32_t control_id, double value);
void panel_link_show_late(stage *s);    // each turn
int panel_link_wait_ms(const stage *s); // until it has something to do; -1: nothing
// A key that a control asked for. False: none did.
bool panel_link_key(stage *s, chord c);

// On the panel of a client, and not at hand in the bar.
bool panel_link_on_panel(const panel_link *l);
// The first on the panel that stands in the same group; itself where it stands in none.
panel_link *panel_link_head(panel_link *l);
// "Sheet 2", "on", "50 %": its value in words; "" where it has none, as a button.
void panel_link_words(const panel_link *l, char *words, size_t room);
bool panel_link_has_colours(const stage *s); // the exercise declares a colour
// The first choice declared, for which those with GESTO_INSTEAD stand in; NULL: there is none.
panel_link *panel_link_first_choice(stage *s);

#endif
