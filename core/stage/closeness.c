// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/closeness.h"

#include "core/ui/say.h"

#include <glib.h>
#include <string.h>

enum { STEM = 4, WORDS_MOST = 64 }; // letters that make two words related

typedef struct word_list {
  char *text; // lower case, cut into words
  char *words[WORDS_MOST];
  int count;
} word_list;

// What one may wish for, in plain words, by what an exercise says it is for.
static const char *const plain[][2] = {
  {"calm",
    N_("calm quiet slow slowly rest restful settle peace still soft gentle tired "
       "sleep alone breathe silence")},
  {"express",
    N_("show feeling feel angry sad happy tell draw drawing paint picture colour "
       "colours write sing")},
  {"energise", N_("move moving energy awake wake jump dance fast loud strong run wild")},
  {"connect", N_("together friend family company meet")},
  {"focus", N_("think clear concentrate careful exact attention")},
  {"ground", N_("here safe ground floor steady")},
};

static void list_init(word_list *l, const char *text) {
  *l = (word_list){.text = g_utf8_strdown(text, -1)};
  char *at = l->text;
  while (*at && l->count < WORDS_MOST) {
    while (*at && !g_unichar_isalpha(g_utf8_get_char(at))) at = g_utf8_next_char(at);
    if (!*at) return;
    l->words[l->count++] = at;
    while (*at && g_unichar_isalpha(g_utf8_get_char(at))) at = g_utf8_next_char(at);
    if (!*at) return;
    char *end = at;
    at = g_utf8_next_char(at);
    *end = 0;
  }
}

static void list_finish(word_list *l) { g_free(l->text); }

// The same word, or one that begins like the other: draw, drawing.
static bool related(const char *a, const char *b) {
  if (strcmp(a, b) == 0) return true;
  const size_t n = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
  return g_utf8_strlen(a, -1) >= STEM && g_utf8_strlen(b, -1) >= STEM &&
    strncmp(a, b, n) == 0;
}

static bool meets(const word_list *wish, const char *text) {
  word_list other;
  bool found = false;
  if (!g_utf8_validate(text, -1, NULL)) return false;
  list_init(&other, text);
  for (int i = 0; i < wish->count && !found; i++)
    for (int k = 0; k < other.count && !found; k++)
      found = related(wish->words[i], other.words[k]);
  list_finish(&other);
  return found;
}

static bool is_for(const offer *o, const char *goal) {
  size_t i = 0;
  json_t *one = NULL;
  const json_t *purpose = json_object_get(o->json, "purpose");
  json_array_foreach(json_object_get(purpose, "goals"), i, one) {
    const char *name = json_string_value(one);
    if (name && strcmp(name, goal) == 0) return true;
  }
  return false;
}

bool closeness_of(const char *wish, const offer *o) {
  word_list words;
  if (!wish[0] || !g_utf8_validate(wish, -1, NULL)) return false;
  list_init(&words, wish);
  bool found = meets(&words, o->title);
  for (size_t i = 0; i < sizeof plain / sizeof plain[0] && !found; i++)
    found = is_for(o, plain[i][0]) && meets(&words, _(plain[i][1]));
  list_finish(&words);
  return found;
}
