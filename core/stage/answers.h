// SPDX-License-Identifier: GPL-3.0-or-later
// What a client chose for each thing that was made, as JSON: for the keeper at Finish, and in
// drafts. Main thread.
#ifndef GESTO_STAGE_ANSWERS_H
#define GESTO_STAGE_ANSWERS_H

#include "core/stage/stage.h"

#include <jansson.h>

// [{"creation":1,"keep":"keep"|"private"|"let-go","process":bool,"title":"Sea","let_go":[papers
// that go while the others stay]}…]. What has no answer is not named, but for its title with
// `drafts`. The caller owns it.
json_t *answers_write(const stage *s, bool drafts);
void answers_read(stage *s, const json_t *works);
// What it is called from now on: as much of it as there is room for, to a whole letter.
void answers_call(made *m, const char *title);
// How the client ended it in the exercise, by the word of TO_STAGE_WORK ("": not at all). That
// is their answer for as long as they give no other.
void answers_end(made *m, const char *word);
// How many papers it has pictures of, or how many of those are let go of.
uint32_t answers_papers(const made *m, bool gone);
bool answers_all_gone(const made *m); // each of its papers is
// True while what becomes of it is what its ending showed.
bool answers_as_ended(const made *m);

#endif
