// SPDX-License-Identifier: GPL-3.0-or-later
// From the folders into the catalogue's tables. Private to core/record.
#ifndef GESTO_RECORD_CATALOGUE_FILL_H
#define GESTO_RECORD_CATALOGUE_FILL_H

#include "core/record/archive.h"

#include <sqlite3.h>

// Inside a transaction of the caller. A session that cannot be read is passed over: it is
// verify's to name.
MUST_USE result catalogue_fill_all(sqlite3 *base, archive *a);
// One closed session by its folder; what was known of it is taken out first.
MUST_USE result catalogue_fill_session(sqlite3 *base, const char *session_path);
// What a client is called, by the facts. One who has no name has no row yet.
MUST_USE result catalogue_fill_client(sqlite3 *base, archive *a, const char *id);

#endif
