// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/fonts.h"

#include "core/base/beside.h"

#include <limits.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <unistd.h>

void fonts_prepare(void) {
  char path[PATH_MAX];
  if (beside_program("assets/fonts.conf", path, sizeof path) == OK &&
    access(path, R_OK) == 0)
    setenv("FONTCONFIG_FILE", path, 0);
  pango_cairo_font_map_get_default(); // this begins it
}
