// SPDX-License-Identifier: GPL-3.0-or-later
// How broad the brush is, where a small screen has no room for the slider: a row that shows
// the true dab in its true colour and opens the slider beside the work. Main thread.
#ifndef GESTO_STAGE_PANEL_SIZE_H
#define GESTO_STAGE_PANEL_SIZE_H

#include "core/stage/panel_link.h"

// Makes the row, as l->row; panel_size_show() fills it.
void panel_size_row(panel_link *l, widget *parent);
// The dab is so large now, in layout pixels, and of this colour.
void panel_size_show(panel_link *l, double radius, uint32_t rgb);

#endif
