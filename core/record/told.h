// SPDX-License-Identifier: GPL-3.0-or-later
// What a client said on arriving and leaving, as words for people: from the facts check_in
// and check_out of session.json (docs/session-format.md). No sums, no judgement; what was
// skipped is written out, what was not asked is not there. Any thread.
#ifndef GESTO_RECORD_TOLD_H
#define GESTO_RECORD_TOLD_H

#include <jansson.h>

// {"told":[["Arriving","a little unpleasant, much energy"],["Wish of today","\u201cSea\u201d"]…],
// "points":[[-0.2,0.4],null],"note":"note.flac"}: the places on the feeling field, arriving
// and leaving, and the file of a voice note, or "". A new reference; empty lists where nothing
// was said. NULL: no memory.
json_t *told_of(const json_t *facts);
// The same from and as JSON text; the caller frees. NULL: no JSON, or no memory.
char *told_json(const char *facts);

#endif
