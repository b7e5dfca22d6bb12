// SPDX-License-Identifier: GPL-3.0-or-later
// One screen: the tree of widgets, the sheet above it, the look, what must be drawn again,
// and who has the pointer and the focus. Draws into any Cairo image; knows no window.
// Thread of the window.
#ifndef GESTO_UI_VIEW_H
#define GESTO_UI_VIEW_H

#include "core/ui/access.h"
#include "core/ui/dirty.h"
#include "core/ui/hand.h"
#include "core/ui/scan.h"
#include "core/ui/shadow.h"
#include "core/ui/widget.h"

enum { VIEW_POINTERS = 16 };

typedef struct view_grip { // a pointer that is down
  bool used, scrolls;
  uint32_t source;
  widget *held; // NULL: it was let go of
  double start_x, start_y, last_y;
} view_grip;

struct view {
  text_engine *text;
  const theme *theme;
  double scale, text_scale; // pixels per layout pixel; 1 to 2
  double width, height;     // layout pixels
  widget *root, *sheet;     // owned; sheet or NULL
  widget *over, *over_for;  // owned or NULL, see over.h; for whom it is
  widget *focus;            // or NULL
  bool focus_shown;         // the ring shows: a key was used last
  char beneath[64];         // id of who had the focus before the sheet; "": nobody
  widget *pressed;          // has a key down that it wants to hear the end of, or NULL
  key pressed_key;
  bool placed;            // the layout holds
  bool still;             // as little motion as can be
  bool right_to_left;     // how the language is written
  access_settings access; // view_set_access
  bool area_steadies;     // the exercise smooths what touches its area by itself
  double target;          // what can be chosen is at least this large; 0: as it likes
  dirty dirty;
  shadow shadow;
  view_grip grips[VIEW_POINTERS];
  widget_call *escape;  // Escape was pressed and nobody took it
  widget_call *outside; // a press beside a sheet that stands aside; or NULL
  // What is said where focus or scanning ring come to: label, then state. NULL: silence.
  void (*say)(void *data, const char *label, const char *state);
  // Something is about to be chosen; or NULL.
  void (*chose)(void *data, const widget *w);
  // A switch chose a widget that may want more than a press (a slider: steps; a field: keys),
  // or a finger or dwelling a field. False: it is pressed like any other.
  bool (*enter)(void *data, widget *w);
  // While set, switches steer something within a widget instead of the ring: each move, and
  // each choice. False: that is over.
  bool (*steer)(void *data, bool chosen);
  hand hand;
  scan scan;
  uint64_t now_us;    // the latest time that view_tick() was told
  char composed[128]; // text that was taken from an input method which may still send it
  void *data;
};

void view_init(view *v, int32_t width_px, int32_t height_px, double scale);
void view_finish(view *v); // takes a zeroed one
void view_resize(view *v, int32_t width_px, int32_t height_px);
// scale 1 to 2 and text 1 to 2 are kept within that.
void view_set_look(view *v, theme_name look, double scale, double text_scale);
// How a person reaches it, and whether the language is written from the right.
void view_set_access(view *v, const access_settings *a, bool right_to_left);
// Takes over `root` and destroys what was there. The focus goes to `focus` (an id) or to
// nobody.
void view_show(view *v, widget *root, const char *focus);
// A sheet above all; NULL: away with it. The focus moves into it and comes back to the widget
// of the same id.
void view_show_sheet(view *v, widget *sheet, const char *focus);
// Destroys it; nothing of the view refers to it then.
void view_remove(view *v, widget *w);
bool view_is_below(const widget *w, const widget *top); // or is it
// Nothing of the view refers to it any more, and no place changes: whoever makes it may
// destroy it.
void view_forget(view *v, widget *w);
enum { VIEW_RING_REACH = 9 }; // how far focus ring and selection go beyond a widget
void view_changed(view *v, const widget *w); // it looks different
void view_dirty(view *v, rect r);            // layout pixels
void view_moved(view *v);                    // sizes changed: lay out anew and draw all
void view_place(view *v);                    // does so now, if need be
// Draws what is dirty into `onto` (RGB24 or ARGB32 of the view's size in pixels) and leaves
// the list as it is for whoever presents; dirty_clear() it then.
void view_paint(view *v, cairo_surface_t *onto);
widget *view_at(view *v, double x, double y); // what takes a pointer there; NULL: nothing
// Does what is due by now (rings that move, presses that last) and says when it wants to be
// called next; SCAN_NEVER: not before the next input.
uint64_t view_tick(view *v, uint64_t now_us);
// Which one is bound to it, 0 or 1; -1: none, or there is no scanning.
int view_switch_number(const view *v, access_switch which);
// A switch as it is bound in the settings. False: it is bound to nothing.
bool view_switch(view *v, access_switch which, bool down, uint64_t now_us);
// By way of the hand's settings. False: nobody took it.
bool view_point(view *v, const pointer *p);
bool view_deliver(view *v, const pointer *p); // what hand.h lets through
bool view_enter(view *v, widget *w);          // asks view.enter
// A key on `w`, as if it had the focus. False: it does not take it.
bool view_press_on(view *v, widget *w, key k, uint32_t with);
bool view_press(view *v, key k, uint32_t with);
// The key came up. Any other key ends what is pressed, too. False: nobody waited for it.
bool view_lift(view *v, key k);
bool view_type(view *v, const char *utf8);
void view_wheel(view *v, double x, double y, double lines);
// Ends every press without choosing: the window lost the focus, a page goes.
void view_let_go(view *v);
uint32_t view_colour(const view *v, token which);
// The top of what takes input now: the sheet if there is one.
widget *view_top(const view *v);

#endif
