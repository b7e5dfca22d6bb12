// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/fonts.h"

#include "core/base/beside.h"

#include <fontconfig/fontconfig.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

void fonts_prepare(void) {
  char path[PATH_MAX];
  if (beside_program("assets/fonts.conf", path, sizeof path) == OK &&
    access(path, R_OK) == 0)
    setenv("FONTCONFIG_FILE", path, 0);
  // FcInit() would also read all settings that one could choose: five times as long.
  FcConfig *own = FcConfigCreate();
  if (own && FcConfigParseAndLoad(own, NULL, FcTrue) && FcConfigBuildFonts(own))
    FcConfigSetCurrent(own);
  if (own) FcConfigDestroy(own); // the library keeps it
}
