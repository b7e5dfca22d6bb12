// SPDX-License-Identifier: GPL-3.0-or-later
// What was let go of after its session was closed. Private to core/record; archive_forget
// in archive.h does it.
#ifndef GESTO_RECORD_FORGET_H
#define GESTO_RECORD_FORGET_H

#include <stdbool.h>

// True if a fact in later/ says that this creation ("01-draw") of this session was let go.
bool forget_is_known(int client_dir, const char *in_session, const char *name);

#endif
