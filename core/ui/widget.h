// SPDX-License-Identifier: GPL-3.0-or-later
// The object that screens are made of. Widgets form a tree, live until they are taken out,
// and each has an id, a role and a label: focus, speech, tests and the dumped tree go by
// them. Thread of the window.
#ifndef GESTO_UI_WIDGET_H
#define GESTO_UI_WIDGET_H

#include "core/ui/geometry.h"
#include "core/ui/icons.h"
#include "core/ui/pointer.h"
#include "core/ui/text.h"
#include "core/ui/theme.h"

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct view view;
typedef struct widget widget;

typedef enum role {
  ROLE_BOX = 1, // only keeps others in place
  ROLE_GROUP,
  ROLE_TEXT,
  ROLE_BUTTON,
  ROLE_TOGGLE,
  ROLE_OPTION, // one of a group of which one is chosen
  ROLE_SLIDER,
  ROLE_FIELD,
  ROLE_FEELING, // one dot on a square
  ROLE_PICTURE,
  ROLE_CARD,
  ROLE_SCROLL,
  ROLE_SHEET,
  ROLE_AREA, // an exercise's own
  ROLE_COUNT
} role;

enum {                     // widget.state
  STATE_HIDDEN = 1 << 0,   // takes no room
  STATE_DISABLED = 1 << 1, // cannot be chosen, passed over by focus
  STATE_SELECTED = 1 << 2,
  STATE_PRESSED = 1 << 3,
  STATE_EMPTY = 1 << 4, // a slider that has no answer yet, an area without a picture
  STATE_ABOVE = 1 << 5, // stays in sight and in reach while a sheet shows: Stop
  STATE_FIRST = 1 << 6, // scanned right after the exercise itself: Pause, Stop
  STATE_WORDLESS =
    1 << 7,             // shows no words: an icon or a colour alone; the label is spoken
  STATE_ASIDE = 1 << 8, // a sheet beside what opened it: what is beneath stays in sight
};

typedef enum flow { FLOW_COLUMN, FLOW_ROW, FLOW_GRID, FLOW_WRAP, FLOW_STACK } flow;
// What happens to left and right inside a box where the window is mirrored.
typedef enum sides {
  SIDES_WINDOW,  // mirrored with the window: for a left hand, and from the right
  SIDES_READING, // only where the language is written from the right
  SIDES_FIXED,   // never: the keys of a keyboard
} sides;
typedef enum cross { CROSS_STRETCH, CROSS_START, CROSS_MIDDLE, CROSS_END } cross;

// What a widget wishes for. Lengths in layout pixels; 0: no wish.
typedef struct box {
  flow flow;
  sides sides;
  cross cross; // how children stand across the direction of flow
  double pad_left, pad_top, pad_right, pad_bottom;
  double gap, gap_across; // gap_across: between rows of grid and wrap; 0: as gap
  double grow;            // its part of what is left over
  double w, h;            // exactly
  double min_w, min_h, max_w;
  int columns;  // of a grid
  bool equal;   // row: all children as wide as each other
  bool centred; // row or column: what is left over goes before and after the children
} box;

typedef enum surface { // how a container's own ground looks
  SURFACE_NONE,
  SURFACE_CARD,  // rounded, bordered, shadowed
  SURFACE_GROUP, // rounded, bordered: segments
  SURFACE_SHEET, // a card above everything
} surface;

typedef enum key {
  KEY_TAB = 1,
  KEY_SPACE,
  KEY_ENTER,
  KEY_ESCAPE,
  KEY_LEFT,
  KEY_RIGHT,
  KEY_UP,
  KEY_DOWN,
  KEY_HOME,
  KEY_END,
  KEY_PAGE_UP,
  KEY_PAGE_DOWN,
  KEY_BACKSPACE,
  KEY_DELETE,
} key;
enum { WITH_SHIFT = 1, WITH_CONTROL = 2, WITH_ALT = 4 };

typedef struct widget_colours {
  uint32_t words, ground, edge; // 0xRRGGBB, as they are drawn
} widget_colours;

// What sets one sort of widget apart; static tables. A NULL function: nothing.
typedef struct widget_sort {
  role role;
  bool focusable;
  // The size of the content (without padding) when `width` is there; 0: no limit.
  extent (*measure)(widget *w, view *v, double width);
  void (*place)(widget *w, view *v, rect inside); // instead of the box's flow
  void (*draw)(widget *w, view *v, cairo_t *cr);
  void (*draw_after)(widget *w, view *v, cairo_t *cr); // above its children
  // True: taken. After a DOWN that was taken all of that source comes here.
  bool (*point)(widget *w, view *v, const pointer *p);
  bool (*press)(widget *w, view *v, key k, uint32_t with);
  // The key that press() took came up again, or the press ended with something else.
  void (*lift)(widget *w, view *v);
  bool (*type)(widget *w, view *v, const char *utf8); // text that was typed
  void (*leave)(widget *w, view *v); // the focus goes elsewhere, or the page goes
  void (*state)(const widget *w, char *words, size_t room); // said after the label
  widget_colours (*colours)(const widget *w, const view *v);
  void (*finish)(widget *w); // frees `own`
} widget_sort;

typedef void widget_call(void *data, widget *w);

struct widget {
  const widget_sort *sort;
  char id[64];
  char *label, *detail; // owned; label is never NULL
  widget *parent, *first, *last, *next, *previous;
  box box;
  rect rect; // where it is, from the view's top left
  uint32_t state;
  surface surface;
  token fill, words, edge; // TOKEN_NONE: as its sort does
  text_style style;
  text_align align;
  const icon *icon;
  double icon_size, radius;
  double value, low, high, step;
  double fade;     // 0: it is drawn whole; towards 1: what is beneath shows through
  uint32_t colour; // swatches
  uint32_t number; // the user's own: a control's id, an index
  widget_call *chosen, *changed;
  void *data; // for chosen and changed; borrowed
  void *own;  // of the sort
};

// Makes one below `parent` (NULL: a root). `id` and `label` are copied; a label is needed
// for every role but ROLE_BOX (asserted).
widget *widget_create(
  const widget_sort *sort, widget *parent, const char *id, const char *label);
// With all below it, out of its tree. Takes NULL. The view must not refer to it any more:
// use view_remove for what is shown.
void widget_destroy(widget *w);
void widget_set_label(widget *w, const char *label);
void widget_set_detail(widget *w, const char *detail); // NULL: none
void widget_set_state(widget *w, uint32_t flag, bool on);
bool widget_is(const widget *w, uint32_t flag);
bool widget_shown(const widget *w); // neither it nor any above is hidden
bool widget_can_focus(const widget *w);
void widget_to_end(widget *w); // becomes the last child of its parent
// The first of this id below (or at) `root`; NULL: none.
widget *widget_find(widget *root, const char *id);
// The next one in reading order, `root` and all below it; NULL after the last.
widget *widget_after(const widget *root, const widget *w);
token widget_ground(const widget *w); // what it stands on, or its own fill
const char *role_name(role r);
void widget_pad(widget *w, double across, double down);

#endif
