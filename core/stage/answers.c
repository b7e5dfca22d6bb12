// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/answers.h"

#include "core/ui/say.h"

#include <stdio.h>
#include <string.h>

static const char *const words[] = {"keep", "private", "let-go"};

void answers_call(made *m, const char *title) {
  size_t n = strlen(title);
  if (n >= sizeof m->title) n = sizeof m->title - 1;
  while (n > 0 && ((unsigned char)title[n] & 0xC0) == 0x80) n--;
  memmove(m->title, title, n);
  m->title[n] = 0;
}

static const ending *ending_called(const char *word) {
  static const ending endings[] = {
    {"washed-away", N_("Washed away"), "wash-away", ANSWER_LET_GO},
    {"torn", N_("Torn up"), "tear", ANSWER_LET_GO},
    {"buried", N_("Buried"), "bury", ANSWER_PRIVATE},
  };
  for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
    if (strcmp(endings[i].word, word) == 0) return &endings[i];
  return NULL;
}

bool answers_as_ended(const made *m) { return m->ended && m->answer == m->ended->answer; }

void answers_end(made *m, const char *word) {
  const ending *now = ending_called(word);
  m->partly_gone = strcmp(word, "partly-gone") == 0;
  if (m->partly_gone) m->process = false;
  if (answers_as_ended(m) && now != m->ended) m->answer = ANSWER_NONE;
  m->ended = now;
  if (now && m->answer == ANSWER_NONE) m->answer = now->answer;
}

uint32_t answers_papers(const made *m, bool gone) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < m->pictures && i < MADE_PICTURES; i++)
    count += m->papers[i] && (!gone || (m->papers_gone >> (m->papers[i] - 1) & 1));
  return count;
}

bool answers_all_gone(const made *m) {
  return m->papers_gone && answers_papers(m, true) == answers_papers(m, false);
}

static json_t *papers_of(const made *m) {
  json_t *list = json_array();
  for (int n = 1; n <= 32; n++)
    if (m->papers_gone >> (n - 1) & 1) json_array_append_new(list, json_integer(n));
  return list;
}

static void read_papers(made *m, const json_t *list) {
  size_t i = 0;
  const json_t *one = NULL;
  m->papers_gone = 0;
  json_array_foreach(list, i, one) {
    const json_int_t n = json_integer_value(one);
    if (n >= 1 && n <= 32) m->papers_gone |= UINT32_C(1) << (n - 1);
  }
}

static json_t *answer_of(const made *m) {
  if (m->answer == ANSWER_NONE)
    return json_pack("{s:i,s:s}", "creation", (int)m->creation, "title", m->title);
  const bool part = m->papers_gone && m->answer != ANSWER_LET_GO;
  return json_pack("{s:i,s:s,s:b,s:s,s:o*}", "creation", (int)m->creation, "keep",
    words[m->answer], "process", m->answer == ANSWER_KEEP && m->process && !part, "title",
    m->title, "let_go", part ? papers_of(m) : NULL);
}

json_t *answers_write(const stage *s, bool drafts) {
  json_t *works = json_array();
  for (uint32_t i = 0; i < s->made_count; i++) {
    const made *m = &s->made[i];
    if (m->answer != ANSWER_NONE || (drafts && m->title[0]))
      json_array_append_new(works, answer_of(m));
  }
  return works;
}

static answer answer_called(const char *word) {
  for (int i = 0; word && i < 3; i++)
    if (strcmp(word, words[i]) == 0) return (answer)i;
  return ANSWER_NONE;
}

void answers_read(stage *s, const json_t *works) {
  size_t i = 0;
  json_t *one = NULL;
  json_array_foreach(works, i, one) {
    const char *title = json_string_value(json_object_get(one, "title"));
    const json_int_t n = json_integer_value(json_object_get(one, "creation"));
    made *m = n > 0 && n <= UINT32_MAX ? stage_made(s, (uint32_t)n) : NULL;
    if (!m) continue;
    if (title) answers_call(m, title);
    m->answer = answer_called(json_string_value(json_object_get(one, "keep")));
    read_papers(m, json_object_get(one, "let_go"));
    m->process =
      m->answer == ANSWER_KEEP && json_is_true(json_object_get(one, "process"));
  }
}
