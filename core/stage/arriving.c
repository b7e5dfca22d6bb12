// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/arriving.h"

#include "core/ui/geometry.h"
#include "core/ui/say.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *arriving_idea(uint32_t i) {
  static const char *const ideas[IDEAS] = {
    N_("Slow down"), N_("Get something out"), N_("Try something new"), N_("Just see")};
  return _(ideas[i]);
}

// ---- The feeling

// Hundredths are finer than any hand.
static double rounded(double at) { return round(number_between(at, -1, 1) * 100) / 100; }

void felt_write(const felt *f, json_t *said, json_t *skipped) {
  if (!f->given) {
    json_array_append_new(skipped, json_string("feeling"));
    return;
  }
  json_t *feeling = json_pack(
    "{s:f,s:f}", "pleasant", rounded(f->pleasant), "energy", rounded(f->energy));
  if (f->word[0]) json_object_set_new(feeling, "word", json_string(f->word));
  json_object_set_new(said, "feeling", feeling);
}

void felt_read(felt *f, const json_t *said) {
  const json_t *feeling = json_object_get(said, "feeling");
  const char *word = json_string_value(json_object_get(feeling, "word"));
  if (!json_is_object(feeling)) return;
  f->given = true;
  f->pleasant =
    number_between(json_number_value(json_object_get(feeling, "pleasant")), -1, 1);
  f->energy =
    number_between(json_number_value(json_object_get(feeling, "energy")), -1, 1);
  snprintf(f->word, sizeof f->word, "%s", word ? word : "");
}

// ---- What can be picked

typedef const char *pick_name(const arriving *a, uint32_t i);

static const char *goal_name(const arriving *a, uint32_t i) { return a->goals[i]; }

static const char *idea_name(const arriving *a, uint32_t i) {
  (void)a;
  return arriving_idea(i);
}

static json_t *picked(const arriving *a, uint32_t bits, uint32_t count, pick_name *name) {
  json_t *list = json_array();
  for (uint32_t i = 0; i < count; i++)
    if (bits >> i & 1) json_array_append_new(list, json_string(name(a, i)));
  return list;
}

static uint32_t picked_in(
  const arriving *a, const json_t *list, uint32_t count, pick_name *name) {
  uint32_t bits = 0;
  size_t k = 0;
  json_t *one = NULL;
  json_array_foreach(list, k, one) {
    for (uint32_t i = 0; json_is_string(one) && i < count; i++)
      if (strcmp(json_string_value(one), name(a, i)) == 0) bits |= 1u << i;
  }
  return bits;
}

void arriving_set_goals(arriving *a, const json_t *texts) {
  json_t *before = picked(a, a->goals_picked, a->goal_count, goal_name);
  size_t i = 0;
  json_t *text = NULL;
  a->goal_count = 0;
  json_array_foreach(texts, i, text) {
    const char *words = json_string_value(text);
    if (!words || !words[0] || strlen(words) >= GOAL_BYTES || a->goal_count == GOALS)
      continue;
    memcpy(a->goals[a->goal_count++], words, strlen(words) + 1);
  }
  a->goals_picked = picked_in(a, before, a->goal_count, goal_name);
  json_decref(before);
}

// ---- The wish

static void add_words(char *line, size_t room, const char *words) {
  const size_t used = strlen(line);
  if (words[0]) snprintf(line + used, room - used, "%s%s", used ? " \u00b7 " : "", words);
}

void arriving_line(const arriving *a, char *line, size_t room) {
  line[0] = 0;
  add_words(line, room, a->wish);
  for (uint32_t i = 0; i < a->goal_count; i++)
    if (a->goals_picked >> i & 1) add_words(line, room, a->goals[i]);
  for (uint32_t i = 0; i < IDEAS; i++)
    if (a->ideas_picked >> i & 1) add_words(line, room, arriving_idea(i));
}

bool arriving_wishes(const arriving *a) {
  return a->wish[0] || a->goals_picked || a->ideas_picked;
}

json_t *arriving_said(const arriving *a) {
  json_t *said = json_object();
  json_t *skipped = json_array();
  felt_write(&a->feeling, said, skipped);
  if (a->wish[0]) json_object_set_new(said, "wish", json_string(a->wish));
  if (a->goals_picked)
    json_object_set_new(
      said, "goals", picked(a, a->goals_picked, a->goal_count, goal_name));
  if (a->ideas_picked)
    json_object_set_new(said, "ideas", picked(a, a->ideas_picked, IDEAS, idea_name));
  if (!arriving_wishes(a)) json_array_append_new(skipped, json_string("wish"));
  json_object_set_new(said, "skipped", skipped);
  return said;
}

void arriving_read(arriving *a, const json_t *said) {
  const char *wish = json_string_value(json_object_get(said, "wish"));
  felt_read(&a->feeling, said);
  if (wish && strlen(wish) < WISH_BYTES) memcpy(a->wish, wish, strlen(wish) + 1);
  a->goals_picked |=
    picked_in(a, json_object_get(said, "goals"), a->goal_count, goal_name);
  a->ideas_picked |= picked_in(a, json_object_get(said, "ideas"), IDEAS, idea_name);
}
