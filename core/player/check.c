// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/check.h"
#include <stdio.h>
int check_run(const char *path, voices *instruments) { (void)path, (void)instruments; return 1; }
