// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/leaving.h"

#include "core/ui/geometry.h"
#include "core/ui/say.h"

#include <math.h>
#include <string.h>

question leaving_question(uint32_t i) {
  static const question questions[QUESTIONS] = {
    {"understood", N_("Did you feel understood?"), N_("not really"), N_("very much")},
    {"matters", N_("Did we do something that matters to you?"), N_("not really"),
      N_("very much")},
    {"say", N_("Did you have enough say today?"), N_("not enough"), N_("plenty")},
    {"speed", N_("Was it at your speed?"), N_("not really"), N_("just right")}};
  const question q = questions[i];
  return (question){q.id, _(q.asked), _(q.low), _(q.high)};
}

static json_t *write_question(const leaving *l, uint32_t i) {
  const question q = leaving_question(i);
  json_t *one = json_pack(
    "{s:s,s:s,s:s,s:s}", "id", q.id, "asked", q.asked, "low", q.low, "high", q.high);
  if (l->answered[i])
    json_object_set_new(one, "answer", json_integer(lround(l->answers[i])));
  else
    json_object_set_new(one, "skipped", json_true());
  return one;
}

json_t *leaving_said(const leaving *l, bool felt_asked) {
  json_t *said = json_object();
  json_t *skipped = json_array();
  json_t *questions = json_array();
  for (uint32_t i = 0; i < QUESTIONS; i++)
    json_array_append_new(questions, write_question(l, i));
  json_object_set_new(said, "questions", questions);
  if (l->more[0]) json_object_set_new(said, "more", json_string(l->more));
  if (felt_asked) felt_write(&l->feeling, said, skipped);
  json_object_set_new(said, "skipped", skipped);
  return said;
}

static void read_question(leaving *l, const json_t *one) {
  const char *id = json_string_value(json_object_get(one, "id"));
  const json_t *answer = json_object_get(one, "answer");
  for (uint32_t i = 0; i < QUESTIONS; i++) {
    if (!id || !json_is_number(answer) || strcmp(id, leaving_question(i).id) != 0)
      continue;
    l->answered[i] = true;
    l->answers[i] = number_between(json_number_value(answer), 0, 100);
  }
}

void leaving_read(leaving *l, const json_t *said) {
  const char *more = json_string_value(json_object_get(said, "more"));
  size_t i = 0;
  json_t *one = NULL;
  json_array_foreach(json_object_get(said, "questions"), i, one) read_question(l, one);
  if (more && strlen(more) < MORE_BYTES) memcpy(l->more, more, strlen(more) + 1);
  felt_read(&l->feeling, said);
}
