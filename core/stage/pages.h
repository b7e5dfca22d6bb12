// SPDX-License-Identifier: GPL-3.0-or-later
// The pages and sheets of a client's session. Main thread.
#ifndef GESTO_STAGE_PAGES_H
#define GESTO_STAGE_PAGES_H

#include "core/stage/stage.h"
#include "core/ui/say.h"
#include "core/ui/widgets.h"

typedef struct page_built {
  widget *root;      // the caller's
  const char *focus; // id of who has the focus first; NULL: nobody
} page_built;

page_built page_build(stage *s, page_name page);
page_built sheet_build(stage *s, sheet_name sheet); // SHEET_NONE: no root
// A sheet beside the work, from which it takes no key away: "sheet-<id>". Its title stands in
// `list` already, which scrolls and takes what else there is.
widget *sheet_beside(const char *id, const char *title, double gap, widget **list);
// The button "done", which closes the sheet.
widget *sheet_add_done(stage *s, widget *parent, const char *words, button_look look);

page_built page_welcome(stage *s);
page_built page_choose(stage *s);
page_built page_exercise(stage *s);
page_built page_lost(stage *s);
page_built sheet_lost(stage *s);
page_built sheet_wish(stage *s);
page_built sheet_word(stage *s);
page_built sheet_more(stage *s);
page_built sheet_papers(stage *s);
page_built sheet_about(stage *s); // what an exercise is for
page_built sheet_here(stage *s);  // here and now
page_built sheet_mix(stage *s);   // a colour
page_built page_access(stage *s);
page_built page_closing(stage *s);
// On that page, if it shows: what became of the creation at this place changed elsewhere.
void closing_show(stage *s, uint32_t place);
page_built page_leaving(stage *s);
page_built page_farewell(stage *s);
bool farewell_fades(const stage *s); // it is coming up: to be drawn again at each turn
page_built page_quiet(stage *s, page_name page); // wait, talk, calm

enum {
  BAR_TITLE = 1,
  BAR_SAVED = 2,
  BAR_PAUSE = 4,
  BAR_STOP = 8,
  BAR_BACK = 16,
  BAR_AT_HAND = 32,
  BAR_WISH = 64,       // the wish of today, where there is room for it
  BAR_EASIER = 128,    // make it easier
  BAR_CLOCK = 512,     // how much time is left, where that is planned
  BAR_NOT_TODAY = 256, // in the place of Pause and Stop
  BAR_DONE = 1024,     // in the place of the logo: back to where one was
  BAR_KEPT = 2048,     // whether what is set here stays, and with whom
};
// The bar at the top; the same corner holds Pause and Stop on every page.
widget *top_bar(stage *s, widget *page, const char *title, uint32_t what);
// A line below the bar for what must be said; hidden while there is nothing.
void notice_line(stage *s, widget *page);
// A row of ways on, once all are in it: breaks into lines where it is too long for the window.
void ways_fit(stage *s, widget *row);
// A page: a column with the bar, the notice and a body that scrolls. Returns the body.
widget *reading_page(stage *s, widget *page);

// The area of the exercise: shows its last picture, takes pointers for it. Its spots are its
// children, "spot-<id>": a key is a tap in their middle, with the tool GESTO_SWITCH.
widget *area_create(stage *s, widget *parent, const char *label);
// Brings the area's children up to date with s->spots; the focus stays with the same id.
void area_show_spots(stage *s);

#endif
