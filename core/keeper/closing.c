// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/closing.h"

#include "core/base/io.h"
#include "core/keeper/ending.h"
#include "core/keeper/note.h"
#include "core/keeper/papers_gone.h"
#include "core/keeper/player_proc.h"
#include "core/keeper/sitting.h"
#include "core/keeper/works.h"
#include "core/record/catalogue.h"
#include "core/record/journal.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATE_MAX = PLAYER_STATE_MAX };

static consent consent_of(const char *keep) {
  if (keep && strcmp(keep, "keep") == 0) return CONSENT_KEEP;
  if (keep && strcmp(keep, "let-go") == 0) return CONSENT_LET_GO;
  return CONSENT_PRIVATE;
}

static const char *consent_word(consent keep) {
  if (keep == CONSENT_KEEP) return "keep";
  return keep == CONSENT_LET_GO ? "let-go" : "private";
}

result closing_add(closing_answers *a, uint32_t creation, const char *keep, bool process,
  const char *title) {
  closing_answer *larger = realloc(a->items, (a->count + 1) * sizeof *larger);
  if (!larger) return NO_MEMORY;
  a->items = larger;
  closing_answer *one = &larger[a->count];
  *one = (closing_answer){.creation = creation, .keep = consent_of(keep)};
  one->process = process && one->keep == CONSENT_KEEP;
  if (title && title[0]) {
    one->title = strdup(title);
    if (!one->title) return NO_MEMORY;
  }
  a->count++;
  return OK;
}

static uint32_t papers_in(const json_t *list) {
  uint32_t papers = 0;
  size_t i = 0;
  const json_t *one = NULL;
  json_array_foreach(list, i, one) {
    const json_int_t n = json_integer_value(one);
    if (n >= 1 && n <= WORKS_PAPERS) papers |= UINT32_C(1) << (n - 1);
  }
  return papers;
}

result closing_read(closing_answers *a, const char *json) {
  json_t *all = json_loads(json, 0, NULL);
  json_t *works = json_object_get(all, "works");
  result done = json_is_array(works) ? OK : BAD_DATA;
  size_t i = 0;
  json_t *work = NULL;
  json_array_foreach(works, i, work) {
    json_int_t creation = json_integer_value(json_object_get(work, "creation"));
    if (done != OK || creation < 1 || creation > 9999) continue;
    done =
      closing_add(a, (uint32_t)creation, json_string_value(json_object_get(work, "keep")),
        json_is_true(json_object_get(work, "process")),
        json_string_value(json_object_get(work, "title")));
    if (done == OK)
      a->items[a->count - 1].papers_gone = papers_in(json_object_get(work, "let_go"));
  }
  json_decref(all);
  return done;
}

void closing_finish_answers(closing_answers *a) {
  for (uint32_t i = 0; i < a->count; i++) free(a->items[i].title);
  free(a->items);
  *a = (closing_answers){0};
}

static closing_answer answer_for(const closing_answers *a, uint32_t creation) {
  for (uint32_t i = a->count; i > 0; i--) {
    if (a->items[i - 1].creation == creation) return a->items[i - 1];
  }
  return (closing_answer){.creation = creation, .keep = CONSENT_PRIVATE, .assumed = true};
}

// Where nothing was said at closing, how the client ended it is their answer. The record of
// how it was made would show what is gone.
static closing_answer answer_of(
  const sitting *s, const closing_answers *a, uint32_t creation) {
  closing_answer said = answer_for(a, creation);
  const ending *e = ending_find(session_creation_dir(s->session, creation));
  const uint32_t papers = said.papers_gone ? papers_gone_of(s, creation) : 0;
  if (e && e->partly) said.process = false;
  if (said.papers_gone) said.process = false;
  if (papers && !(papers & ~said.papers_gone)) said.keep = CONSENT_LET_GO; // all of them
  if (e && !e->partly && said.assumed) {
    said.keep = e->keep;
    said.assumed = false;
  }
  return said;
}

// An answer that holds from before we were cut off is not taken back by silence; one that
// was let go of is gone.
static bool holds_already(const sitting *s, const closing_answer *said) {
  const bool gone = session_creation_dir(s->session, said->creation) < 0;
  return gone || (said->assumed && session_creation_answered(s->session, said->creation));
}

static void journal_answer(sitting *s, const closing_answer *said) {
  const contacts *now = recorder_contacts(s->recorder, said->creation);
  if (!now) return;
  uint64_t t = said->t_us > now->time ? said->t_us : now->time;
  json_t *close = json_pack("{s:I, s:s, s:b, s:s}", "t", (json_int_t)t, "keep",
    consent_word(said->keep), "process", (int)said->process, "title",
    said->title ? said->title : "");
  char *text = close ? json_dumps(close, JSON_COMPACT) : NULL;
  json_decref(close);
  if (!text) return;
  result done = recorder_frame(
    s->recorder, said->creation, FRAME_CLOSE, 0, text, (uint32_t)strlen(text));
  (void)done; // creation.json says it, too
  free(text);
}

static result bring_to_disk(sitting *s) {
  result done = recorder_flush(s->recorder);
  if (done != NO_SPACE) return done;
  archive_spend_reserve(s->archive);
  return recorder_flush(s->recorder);
}

static result apply(sitting *s, const closing_answer *said) {
  char *state = NULL;
  size_t size = 0;
  const bool parts = said->papers_gone && said->keep != CONSENT_LET_GO;
  const result gone =
    parts ? papers_gone_let_go(s, said->creation, said->papers_gone) : OK;
  if (gone != OK) return gone;
  int dir = session_creation_dir(s->session, said->creation);
  result loaded = io_load(dir, "state", STATE_MAX, &state, &size);
  const answer to = {.keep = said->keep,
    .process = said->process,
    .title = said->title,
    .assumed = said->assumed};
  result done = session_apply(s->session, said->creation, &to,
    loaded == OK ? state : NULL, loaded == OK ? size : 0);
  if (loaded == OK) free(state);
  return done;
}

// ---- Answers that were given, until they are carried out

result closing_keep_given(sitting *s, const char *json) {
  const result done = session_set_fact(s->session, "given", json);
  return done == OK ? session_save(s->session) : done;
}

void closing_take_given(const sitting *s, closing_answers *a) {
  char *facts = session_facts(s->session);
  json_t *all = facts ? json_loads(facts, 0, NULL) : NULL;
  char *given = json_dumps(json_object_get(all, "given"), JSON_COMPACT);
  if (given && closing_read(a, given) != OK)
    fprintf(stderr, "gesto: answers that were given could not be read.\n");
  free(given);
  json_decref(all);
  free(facts);
}

result closing_let_go(sitting *s, const closing_answers *a) {
  result done = OK;
  for (uint32_t i = 0; i < a->count && done == OK; i++) {
    const closing_answer said = answer_for(a, a->items[i].creation);
    const bool known = said.creation <= session_creation_count(s->session);
    if (known && said.keep == CONSENT_LET_GO && !holds_already(s, &said))
      done = apply(s, &said);
  }
  return done;
}

// Before a journal goes, all that was made of it is there.
static result make_room(sitting *s, const closing_answers *a) {
  const result done = closing_let_go(s, a);
  if (done != OK || session_wanting(s->session) == 0) return done;
  archive_spend_reserve(s->archive);
  return NO_SPACE;
}

result closing_settle(sitting *s, closing_answers *a) {
  uint32_t count = session_creation_count(s->session);
  if (a->settled) return OK;
  if (session_wanting(s->session) > 0) {
    const result room = make_room(s, a);
    if (room != OK) return room;
  }
  for (uint32_t n = 1; n <= count; n++) {
    const closing_answer said = answer_of(s, a, n);
    if (!holds_already(s, &said)) journal_answer(s, &said);
  }
  result done = bring_to_disk(s);
  for (uint32_t n = 1; n <= count && done == OK; n++) {
    const closing_answer said = answer_of(s, a, n);
    if (!holds_already(s, &said)) done = apply(s, &said);
  }
  if (done == OK) {
    session_drop_fact(s->session, "given");
    done = session_save(s->session);
  }
  a->settled = done == OK;
  return done;
}

// What was said and never given is nobody's.
static result close_all(
  sitting *s, closing_answers *a, bool interrupted, char *path, size_t room) {
  result done = closing_settle(s, a);
  if (done != OK) return done;
  session_drop_fact(s->session, "draft");
  if (interrupted) note_forget_raw(s->session);
  return session_finish(s->session, interrupted, path, room);
}

result closing_session(
  sitting *s, closing_answers *a, bool interrupted, char *path, size_t room) {
  result done = close_all(s, a, interrupted, path, room);
  if (done != OK) {
    snprintf(path, room,
      "The session could not be closed (%s). Nothing is lost: it waits "
      "under \"sessions in progress\" and can be closed from there.",
      result_text(done));
    return done;
  }
  result indexed = catalogue_add_session(s->archive, path);
  if (indexed != OK) {
    fprintf(stderr,
      "gesto: the index was not brought up to date (%s); `gesto catalogue "
      "--rebuild` does it.\n",
      result_text(indexed));
  }
  sitting_finish(s, false);
  return OK;
}
