// SPDX-License-Identifier: GPL-3.0-or-later
// The widgets of a page of settings: a name with what it is for, a switch with both, a step
// up or down, a look to choose. Main thread.
#ifndef GESTO_STAGE_SETTING_H
#define GESTO_STAGE_SETTING_H

#include "core/ui/widgets.h"

// An icon, the name, and a small line below it.
widget *setting_name(widget *parent, const char *id, const char *icon_name,
  const char *name, const char *about);
// The same with a switch at its end; all of it is the target. value 0 or 1; `changed` is
// called.
widget *setting_toggle(widget *parent, const char *id, const char *icon_name,
  const char *name, const char *about);
// One of several parts of a page, at the start of its room; STATE_SELECTED: it shows.
widget *setting_section(
  widget *parent, const char *id, const char *icon_name, const char *name);
// A button that shows "plus" or "minus" alone; what it does is said by its label.
widget *setting_step(
  widget *parent, const char *id, const char *icon_name, const char *label);
// "Aa" in the colours of that look, its name below.
widget *setting_look(
  widget *parent, const char *id, const char *label, theme_name look, bool chosen);

#endif
