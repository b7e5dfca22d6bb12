// SPDX-License-Identifier: GPL-3.0-or-later
// The tree of a screen as JSON, for tests, scanning and a later bridge to screen readers:
// {"id","role","label","state":["focused"…],"value","rect":[x,y,w,h],
// "colours":["words","ground","edge" as drawn],"group" of scanning,"ring" of scanning, "cut":
// true if its words have too little room, "children":[…]}.
// Boxes that only keep others in place are passed over. Thread of the window.
#ifndef GESTO_UI_TREE_H
#define GESTO_UI_TREE_H

#include "core/ui/view.h"

#include <stddef.h>

// All of what is shown (what is above, the sheet, the root). The caller frees it;
// NULL: no memory. What stands in text fields is left out: it may be anybody's.
char *tree_json(view *v);

#endif
