// SPDX-License-Identifier: GPL-3.0-or-later
// The room recipe of a client: what is offered, in which order, how loud, how long, in which
// language, the client's own goals, and how this person reaches the screen. One JSON object,
// every member may be missing (docs/session-format.md, "The room"):
//   {"exercises":[ids in their order],"leave_out":[cautions],
//    "panels":{id:{"only":{control:[choices]},"hide":[controls],"set":{key:value}}},
//    "loudness":10..100,"minutes":5..240,"language":"de","goals":[at most 3],"access":{…}}
// Kept as facts about the client, one for each exercise's panel and each member of access,
// so that two rooms that change different things keep both. Any thread.
#ifndef GESTO_RECORD_RECIPE_H
#define GESTO_RECORD_RECIPE_H

#include "core/base/result.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum {
  RECIPE_EXERCISES = 24,
  RECIPE_GOALS = 3,
  RECIPE_GOAL_BYTES = 500,
  RECIPE_LOUDNESS_LEAST = 10
};

// A recipe, or changes to one, where null means "as usual" for a member, a panel, or a member
// of access. BAD_DATA: `why` gets one sentence that names what and the remedy.
MUST_USE result recipe_check(const json_t *recipe, char *why, size_t room);
// Reads and checks a text. The caller owns *recipe.
MUST_USE result recipe_read(
  const char *text, size_t size, json_t **recipe, char *why, size_t room);
// What of facts about a client is a recipe; what does not hold is left out. A new reference;
// NULL: no memory.
json_t *recipe_of_facts(const json_t *facts);
// Those facts that bring a client from `now` to `now` with `changes`; {} if nothing differs.
// A new reference; NULL: no memory.
json_t *recipe_facts(const json_t *now, const json_t *changes);
// `now` with `changes`: null takes a member away. Both were checked. A new reference; NULL: no
// memory.
json_t *recipe_apply(const json_t *now, const json_t *changes);
// True if one of the exercise's cautions is left out. `cautions`: array of texts, or NULL.
bool recipe_leaves_out(const json_t *recipe, const json_t *cautions);
// Its place in the client's order; -1: not offered. Without an order all are, and their place
// is the menu's.
int recipe_place(const json_t *recipe, const char *exercise_id, int menu_place);
// True for a word that cautions are made of: a-z, 0-9 and '-', 1 to 32 letters.
bool recipe_is_tag(const char *word);

#endif
