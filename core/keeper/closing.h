// SPDX-License-Identifier: GPL-3.0-or-later
// The end of a session: what the client said of each creation is journalled and applied, the
// session closed, indexed, and its ring removed. Keeper's main thread.
#ifndef GESTO_KEEPER_CLOSING_H
#define GESTO_KEEPER_CLOSING_H

#include "core/base/result.h"
#include "core/record/archive.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sitting; // sitting.h

typedef struct closing_answer {
  uint32_t creation;
  consent keep;
  bool process, assumed; // assumed: nobody said so
  uint32_t papers_gone;  // let go of while the others stay, bit n - 1: paper n
  char *title;           // or NULL; the holder's own
  uint64_t t_us;         // exercise time of the answer; 0: when the creation ended
} closing_answer;

typedef struct closing_answers {
  closing_answer *items;
  uint32_t count;
  bool settled;    // they are carried out
} closing_answers; // zeroed: nothing was said

// One more; `title` is copied. "keep", "private", "let-go"; anything else means private.
MUST_USE result closing_add(closing_answers *a, uint32_t creation, const char *keep,
  bool process, const char *title);
// Reads the text of FROM_STAGE_CLOSE. BAD_DATA: not that; what is not said stays private.
MUST_USE result closing_read(closing_answers *a, const char *json);
void closing_finish_answers(closing_answers *a);

// Brings the text of FROM_STAGE_CLOSE to disk before anything is done about it, so that what
// was said holds whatever happens to us. It goes once it is carried out.
MUST_USE result closing_keep_given(struct sitting *s, const char *json);
// Adds the answers that were given before we were cut off; none: `a` stays as it is.
void closing_take_given(const struct sitting *s, closing_answers *a);
// Carries out those that let go of something, and only those.
MUST_USE result closing_let_go(struct sitting *s, const closing_answers *a);

// Carries the answers out: what was let go of is gone, the rest is as was chosen. All players
// must be gone. Once is enough, more does no harm. NO_SPACE: a work is not on disk yet and is
// to be made again first (session_wanting); what was let go of is gone nevertheless.
MUST_USE result closing_settle(struct sitting *s, closing_answers *a);
// Closes the session, settled or not: creations without an answer are as the client ended
// them (ending.h), or private. All players
// must be gone. On OK the sitting is over (finished), and `path` is the closed folder. On
// failure the session stays in .live/ and `path` holds a sentence.
MUST_USE result closing_session(
  struct sitting *s, closing_answers *a, bool interrupted, char *path, size_t room);

#endif
