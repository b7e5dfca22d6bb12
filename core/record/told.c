// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/told.h"

#include "core/record/json_text.h"
#include "core/record/names.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { WORDS = 4096 };

static const char skipped[] = "Skipped";

// Words that did not fit end with a whole letter.
static void add(json_t *lines, const char *label, const char *words) {
  json_t *text = json_string(words);
  for (size_t n = strlen(words); !text && n > 0; n--) text = json_stringn(words, n - 1);
  if (json_string_length(text) > 0)
    json_array_append_new(lines, json_pack("[s,O]", label, text));
  json_decref(text);
}

static bool was_skipped(const json_t *said, const char *what) {
  size_t i;
  json_t *one;
  json_array_foreach(json_object_get(said, "skipped"), i, one) {
    const char *word = json_string_value(one);
    if (word && strcmp(word, what) == 0) return true;
  }
  return false;
}

// ---- The feeling field

// Words for a place on one axis, from its low end to its high end.
static const char *axis_word(double at, const char *const words[5]) {
  if (at <= -0.5) return words[0];
  if (at <= -0.15) return words[1];
  if (at < 0.15) return words[2];
  return at < 0.5 ? words[3] : words[4];
}

static bool read_point(const json_t *feeling, double *x, double *y) {
  const json_t *pleasant = json_object_get(feeling, "pleasant");
  const json_t *energy = json_object_get(feeling, "energy");
  if (!json_is_number(pleasant) || !json_is_number(energy)) return false;
  *x = fmax(-1, fmin(1, json_number_value(pleasant)));
  *y = fmax(-1, fmin(1, json_number_value(energy)));
  return true;
}

static void add_feeling(json_t *lines, const char *label, const json_t *said) {
  static const char *const pleasant[] = {"unpleasant", "a little unpleasant",
    "neither pleasant nor unpleasant", "a little pleasant", "pleasant"};
  static const char *const energy[] = {"little energy", "a little less energy",
    "some energy", "a little more energy", "much energy"};
  const json_t *feeling = json_object_get(said, "feeling");
  char words[WORDS];
  double x = 0, y = 0;
  if (!read_point(feeling, &x, &y)) {
    add(lines, label, was_skipped(said, "feeling") ? skipped : "");
    return;
  }
  const char *own = json_text_string(feeling, "word", "");
  snprintf(words, sizeof words, own[0] ? "%s, %s: \u201c%s\u201d" : "%s, %s",
    axis_word(x, pleasant), axis_word(y, energy), own);
  add(lines, label, words);
}

static json_t *point(const json_t *said) {
  double x = 0, y = 0;
  if (!read_point(json_object_get(said, "feeling"), &x, &y)) return json_null();
  return json_pack("[f,f]", x, y);
}

// ---- Wish and answers

static void add_quoted(json_t *lines, const char *label, const char *said) {
  char words[WORDS];
  snprintf(words, sizeof words, "\u201c%s\u201d", said);
  if (said[0]) add(lines, label, words);
}

static void add_list(json_t *lines, const char *label, const json_t *list) {
  char words[WORDS] = "";
  size_t i, used = 0;
  json_t *one;
  json_array_foreach(list, i, one) {
    const char *said = json_string_value(one);
    if (!said || used >= sizeof words) continue;
    const int n = snprintf(
      words + used, sizeof words - used, "%s\u201c%s\u201d", used ? ", " : "", said);
    used += n > 0 ? (size_t)n : 0;
  }
  add(lines, label, words);
}

static void add_arriving(json_t *lines, const json_t *said) {
  if (json_is_true(json_object_get(said, "not_today"))) {
    add(lines, "Today", "Not today");
    return;
  }
  add_feeling(lines, "Arriving", said);
  if (was_skipped(said, "wish")) add(lines, "Wish of today", skipped);
  add_quoted(lines, "Wish of today", json_text_string(said, "wish", ""));
  add_list(lines, "Goals for today", json_object_get(said, "goals"));
  add_list(lines, "Chosen for today", json_object_get(said, "ideas"));
}

// In the words that stood at both ends of the line.
static void put_answer(const json_t *question, char *words, size_t room) {
  const double answer = json_text_number(question, "answer", -1);
  const char *low = json_text_string(question, "low", "not at all");
  const char *high = json_text_string(question, "high", "very much");
  const char *nearer = answer < 50 ? low : high;
  if (answer < 0)
    snprintf(words, room, "%s", skipped);
  else if (answer <= 10 || answer >= 90)
    snprintf(words, room, "\u201c%s\u201d", nearer);
  else if (answer > 40 && answer < 60)
    snprintf(words, room, "between \u201c%s\u201d and \u201c%s\u201d", low, high);
  else
    snprintf(words, room, "nearer to \u201c%s\u201d than to \u201c%s\u201d", nearer,
      nearer == low ? high : low);
}

static void add_answers(json_t *lines, const json_t *said) {
  char words[WORDS];
  size_t i;
  json_t *question;
  json_array_foreach(json_object_get(said, "questions"), i, question) {
    put_answer(question, words, sizeof words);
    add(lines, json_text_string(question, "asked", "?"), words);
  }
  add_quoted(lines, "Said more", json_text_string(said, "more", ""));
}

static void add_note(json_t *lines, const json_t *note) {
  char words[64];
  const double seconds = json_text_number(note, "seconds", 0);
  const unsigned whole = seconds > 0 && seconds < 1e6 ? (unsigned)seconds : 0;
  if (!json_is_object(note)) return;
  snprintf(words, sizeof words, "a voice note, %u:%02u", whole / 60, whole % 60);
  add(lines, "Said aloud", words);
}

// ------------------------------------------------------------------------------------------

json_t *told_of(const json_t *facts) {
  json_t *lines = json_array();
  const json_t *in = json_object_get(facts, "check_in");
  const json_t *out = json_object_get(facts, "check_out");
  if (!lines) return NULL;
  add_arriving(lines, in);
  const json_t *note = json_object_get(facts, "voice_note");
  const char *file = json_text_string(note, "file", "");
  add_answers(lines, out);
  add_note(lines, note);
  add_feeling(lines, "Leaving", out);
  return json_pack("{s:o,s:[o,o],s:s}", "told", lines, "points", point(in), point(out),
    "note", names_is_work(file) ? file : "");
}

char *told_json(const char *facts) {
  json_t *read = NULL;
  if (json_text_read(facts, strlen(facts), &read, NULL, 0) != OK) return NULL;
  json_t *told = told_of(read);
  char *text = told ? json_dumps(told, JSON_COMPACT | JSON_REAL_PRECISION(6)) : NULL;
  json_decref(told);
  json_decref(read);
  return text;
}
