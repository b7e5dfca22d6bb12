// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/record/recipe.h"

#include "core/record/json_text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
  TAGS_MOST = 32,
  CONTROLS_MOST = 48,
  CHOICES_MOST = 24,
  SETTINGS_MOST = 48,
  ACCESS_MOST = 48,
  ID_MOST = 96,
  WORD_MOST = 32,
  VALUE_MOST = 200,
  MINUTES_LEAST = 5,
  MINUTES_MOST = 240,
};

typedef struct saying {
  char *why;
  size_t room;
} saying;

// Returns false, for `return refuse(…)`.
PRINTF_LIKE(2, 3)
static bool refuse(const saying *s, const char *format, ...) {
  va_list words;
  va_start(words, format);
  if (s->why && s->room) vsnprintf(s->why, s->room, format, words);
  va_end(words);
  return false;
}

// ---- Words -------------------------------------------------------------------------------

static bool is_word(const char *text, size_t most, const char *letters) {
  const size_t size = text ? strlen(text) : 0;
  return size > 0 && size <= most && strspn(text, letters) == size;
}

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static bool is_id(const char *text) {
  return is_word(text, ID_MOST, LOWER UPPER DIGITS "._-");
}

static bool is_key(const char *text) {
  return is_word(text, ID_MOST, LOWER UPPER DIGITS "._-#");
}

static bool is_member(const char *text) {
  return is_word(text, WORD_MOST, LOWER DIGITS "_");
}

bool recipe_is_tag(const char *word) {
  return is_word(word, WORD_MOST, LOWER DIGITS "-");
}

static bool is_language(const char *text) {
  return is_word(text, 16, LOWER UPPER DIGITS "_-@") && strspn(text, LOWER) >= 2;
}

// Words of a person: any script, one line, not empty.
static bool is_goal(const char *text) {
  const size_t size = text ? strlen(text) : 0;
  if (size == 0 || size > RECIPE_GOAL_BYTES || strspn(text, " ") == size) return false;
  for (size_t i = 0; i < size; i++)
    if ((unsigned char)text[i] < 32 || text[i] == 127) return false;
  return true;
}

static bool is_value(const char *text) { return text && strlen(text) <= VALUE_MOST; }

static bool is_control_that_may_go(const char *text) {
  return is_key(text) && strcmp(text, "undo") != 0 && strcmp(text, "redo") != 0;
}

#undef LOWER
#undef UPPER
#undef DIGITS

// ---- Lists of words ----------------------------------------------------------------------

typedef bool word_fn(const char *text);

static bool holds_twice(const json_t *list, size_t at) {
  for (size_t i = 0; i < at; i++)
    if (json_equal(json_array_get(list, i), json_array_get(list, at))) return true;
  return false;
}

static bool check_list(const json_t *list, size_t least, size_t most, word_fn *fits) {
  const size_t count = json_array_size(list);
  if (!json_is_array(list) || count < least || count > most) return false;
  for (size_t i = 0; i < count; i++)
    if (!fits(json_string_value(json_array_get(list, i))) || holds_twice(list, i))
      return false;
  return true;
}

static bool check_exercises(const json_t *value, const saying *s) {
  return check_list(value, 1, RECIPE_EXERCISES, is_id) ||
    refuse(s,
      "\"exercises\" is to be a list of 1 to %d different ids of exercises, such as "
      "\"org.gesto.draw\"; null offers all.",
      RECIPE_EXERCISES);
}

static bool check_leave_out(const json_t *value, const saying *s) {
  return check_list(value, 0, TAGS_MOST, recipe_is_tag) ||
    refuse(s,
      "\"leave_out\" is to be a list of at most %d different cautions, each of a-z, 0-9 "
      "and \"-\", such as \"inner-focus\".",
      TAGS_MOST);
}

static bool check_goals(const json_t *value, const saying *s) {
  return check_list(value, 0, RECIPE_GOALS, is_goal) ||
    refuse(s,
      "\"goals\" is to be a list of at most %d different goals in the client's words, "
      "each one line of at most %d bytes.",
      RECIPE_GOALS, RECIPE_GOAL_BYTES);
}

// ---- Panels ------------------------------------------------------------------------------

static bool check_only(const json_t *only) {
  const char *key;
  json_t *choices;
  if (!json_is_object(only) || json_object_size(only) > CONTROLS_MOST) return false;
  json_object_foreach((json_t *)only, key, choices) {
    if (!is_key(key) || !check_list(choices, 1, CHOICES_MOST, is_key)) return false;
  }
  return true;
}

static bool check_set(const json_t *set) {
  const char *key;
  json_t *value;
  if (!json_is_object(set) || json_object_size(set) > SETTINGS_MOST) return false;
  json_object_foreach((json_t *)set, key, value) {
    if (!is_key(key) || !is_value(json_string_value(value))) return false;
  }
  return true;
}

static bool check_panel(const char *id, const json_t *panel, const saying *s) {
  const char *key;
  json_t *value;
  if (!is_id(id) || !json_is_object(panel))
    return refuse(
      s, "\"panels\" is to name exercises, each with an object; \"%.96s\" is not.", id);
  json_object_foreach((json_t *)panel, key, value) {
    const bool only = strcmp(key, "only") == 0, hide = strcmp(key, "hide") == 0;
    if (only && !check_only(value))
      return refuse(s,
        "\"only\" of %s is to name controls, each with a list of the choices (or "
        "colours, \"#rrggbb\") that are offered.",
        id);
    if (hide && !check_list(value, 0, CONTROLS_MOST, is_control_that_may_go))
      return refuse(s,
        "\"hide\" of %s is to be a list of controls that are not offered; undo and redo "
        "always are.",
        id);
    if (!only && !hide && (strcmp(key, "set") != 0 || !check_set(value)))
      return refuse(s,
        "the panel of %s may have \"only\", \"hide\" and \"set\" (keys with texts as "
        "values); \"%.40s\" does not fit.",
        id, key);
  }
  return true;
}

static bool check_panels(const json_t *panels, const saying *s) {
  const char *id;
  json_t *panel;
  if (!json_is_object(panels) || json_object_size(panels) > RECIPE_EXERCISES)
    return refuse(
      s, "\"panels\" is to be an object with at most %d exercises.", RECIPE_EXERCISES);
  json_object_foreach((json_t *)panels, id, panel) {
    if (json_is_null(panel) && is_id(id)) continue;
    if (!check_panel(id, panel, s)) return false;
  }
  return true;
}

// ---- Access ------------------------------------------------------------------------------

// What the values mean is the stage's affair; here only that they are small.
static bool is_setting(const json_t *value) {
  if (json_is_number(value)) return isfinite(json_number_value(value));
  if (json_is_string(value)) return strlen(json_string_value(value)) <= WORD_MOST;
  if (!json_is_array(value)) return json_is_boolean(value) || json_is_null(value);
  for (size_t i = 0; i < json_array_size(value); i++) {
    const json_t *one = json_array_get(value, i);
    if (!json_is_string(one) || strlen(json_string_value(one)) > WORD_MOST) return false;
  }
  return json_array_size(value) <= TAGS_MOST;
}

static bool check_access(const json_t *access, const saying *s) {
  const char *key;
  json_t *value;
  if (!json_is_object(access) || json_object_size(access) > ACCESS_MOST)
    return refuse(
      s, "\"access\" is to be an object of at most %d settings.", ACCESS_MOST);
  json_object_foreach((json_t *)access, key, value) {
    if (!is_member(key) || !is_setting(value))
      return refuse(s,
        "\"%.40s\" in \"access\" is no setting; a value is a number, true, false, a "
        "short word or a list of words.",
        key);
  }
  return true;
}

// ---- Numbers and language ----------------------------------------------------------------

static bool check_loudness(const json_t *value, const saying *s) {
  const json_int_t n = json_integer_value(value);
  return (json_is_integer(value) && n >= RECIPE_LOUDNESS_LEAST && n <= 100) ||
    refuse(s,
      "\"loudness\" is to be a whole number from %d to 100, per cent of the usual "
      "ceiling.",
      RECIPE_LOUDNESS_LEAST);
}

static bool check_minutes(const json_t *value, const saying *s) {
  const json_int_t n = json_integer_value(value);
  return (json_is_integer(value) && n >= MINUTES_LEAST && n <= MINUTES_MOST) ||
    refuse(s, "\"minutes\" is to be a whole number from %d to %d; null sets no end.",
      MINUTES_LEAST, MINUTES_MOST);
}

static bool check_language(const json_t *value, const saying *s) {
  return is_language(json_string_value(value)) ||
    refuse(s, "\"language\" is to be a language's short name, such as \"de\" or \"ar\".");
}

// ---- The whole ---------------------------------------------------------------------------

typedef struct member {
  const char *name;
  bool (*check)(const json_t *value, const saying *s);
  size_t spread; // not 0: each member of it is a fact of its own, "name.member", so many
} member;

static const member members[] = {{"exercises", check_exercises, 0},
  {"leave_out", check_leave_out, 0}, {"panels", check_panels, RECIPE_EXERCISES},
  {"loudness", check_loudness, 0}, {"minutes", check_minutes, 0},
  {"language", check_language, 0}, {"goals", check_goals, 0},
  {"access", check_access, ACCESS_MOST}};
enum { MEMBERS = sizeof members / sizeof members[0] };

static const member *member_of(const char *name, size_t size) {
  for (size_t i = 0; i < MEMBERS; i++)
    if (strlen(members[i].name) == size && strncmp(members[i].name, name, size) == 0)
      return &members[i];
  return NULL;
}

static bool check_member(const char *name, const json_t *value, const saying *s) {
  const member *m = member_of(name, strlen(name));
  if (!m)
    return refuse(s,
      "there is no \"%.40s\" in a room; it may have exercises, leave_out, panels, "
      "loudness, minutes, language, goals and access.",
      name);
  return json_is_null(value) || m->check(value, s);
}

result recipe_check(const json_t *recipe, char *why, size_t room) {
  const saying s = {why, room};
  const char *name;
  json_t *value;
  bool holds = json_is_object(recipe) || refuse(&s, "a room is one JSON object.");
  json_object_foreach((json_t *)recipe, name, value) {
    holds = holds && check_member(name, value, &s);
  }
  return holds ? OK : BAD_DATA;
}

result recipe_read(
  const char *text, size_t size, json_t **recipe, char *why, size_t room) {
  char inner[256] = "";
  result r = json_text_read(text, size, recipe, inner, sizeof inner);
  if (r != OK) snprintf(why, room, "this is no JSON that can be read: %s.", inner);
  if (r == OK) r = recipe_check(*recipe, why, room);
  if (r == OK) return OK;
  json_decref(*recipe);
  *recipe = NULL;
  return r;
}

// ---- Facts -------------------------------------------------------------------------------

// Puts a fact where it belongs. What belongs nowhere is passed over, as is one too many.
static bool take_fact(json_t *recipe, const char *fact, json_t *value) {
  const size_t size = strcspn(fact, ".");
  const member *m = member_of(fact, size);
  if (!m || json_is_null(value) || (m->spread > 0) != (fact[size] == '.')) return true;
  if (!m->spread) return json_object_set(recipe, m->name, value) == 0;
  json_t *whole = json_object_get(recipe, m->name);
  if (!whole && json_object_set_new(recipe, m->name, json_object()) != 0) return false;
  whole = json_object_get(recipe, m->name);
  if (json_object_size(whole) >= m->spread) return true;
  return json_object_set(whole, fact + size + 1, value) == 0;
}

// So that one that is strange harms no other.
static bool holds_alone(const char *fact, json_t *value) {
  json_t *alone = json_object();
  const bool holds =
    alone && take_fact(alone, fact, value) && recipe_check(alone, NULL, 0) == OK;
  json_decref(alone);
  return holds;
}

json_t *recipe_of_facts(const json_t *facts) {
  const char *fact;
  json_t *value;
  json_t *recipe = json_object();
  bool whole = recipe != NULL;
  json_object_foreach((json_t *)facts, fact, value) {
    if (whole && holds_alone(fact, value)) whole = take_fact(recipe, fact, value);
  }
  if (whole) return recipe;
  json_decref(recipe);
  return NULL;
}

static bool differs(const json_t *before, const json_t *after) {
  if (!before || json_is_null(before)) return !json_is_null(after);
  return !json_equal(before, after);
}

static bool spread(json_t *facts, const char *name, const json_t *before, json_t *after) {
  char fact[256];
  const char *key;
  json_t *value;
  bool whole = true;
  if (json_is_null(after)) { // all of it as usual
    json_object_foreach((json_t *)before, key, value) {
      snprintf(fact, sizeof fact, "%s.%s", name, key);
      whole = whole && json_object_set_new(facts, fact, json_null()) == 0;
    }
    return whole;
  }
  json_object_foreach(after, key, value) {
    snprintf(fact, sizeof fact, "%s.%s", name, key);
    if (whole && differs(json_object_get(before, key), value))
      whole = json_object_set(facts, fact, value) == 0;
  }
  return whole;
}

json_t *recipe_facts(const json_t *now, const json_t *changes) {
  const char *name;
  json_t *value;
  json_t *facts = json_object();
  bool whole = facts != NULL;
  json_object_foreach((json_t *)changes, name, value) {
    const member *m = member_of(name, strlen(name));
    const json_t *before = json_object_get(now, name);
    if (!m || !whole) continue;
    if (m->spread)
      whole = spread(facts, name, before, value);
    else if (differs(before, value))
      whole = json_object_set(facts, name, value) == 0;
  }
  if (whole) return facts;
  json_decref(facts);
  return NULL;
}

// By way of facts: what two rooms read of them is what the one that wrote them has.
json_t *recipe_apply(const json_t *now, const json_t *changes) {
  json_t *all = recipe_facts(NULL, now);
  json_t *other = all ? recipe_facts(now, changes) : NULL;
  json_t *recipe =
    other && json_object_update(all, other) == 0 ? recipe_of_facts(all) : NULL;
  json_decref(all);
  json_decref(other);
  return recipe;
}

// ---- What it says of an exercise ---------------------------------------------------------

static bool list_has(const json_t *list, const char *word) {
  size_t i;
  json_t *one;
  json_array_foreach(list, i, one) {
    const char *text = json_string_value(one);
    if (text && word && strcmp(text, word) == 0) return true;
  }
  return false;
}

bool recipe_leaves_out(const json_t *recipe, const json_t *cautions) {
  size_t i;
  json_t *one;
  const json_t *out = json_object_get(recipe, "leave_out");
  json_array_foreach(cautions, i, one) {
    if (list_has(out, json_string_value(one))) return true;
  }
  return false;
}

int recipe_place(const json_t *recipe, const char *exercise_id, int menu_place) {
  const json_t *order = json_object_get(recipe, "exercises");
  if (!order) return menu_place;
  size_t i;
  json_t *one;
  json_array_foreach(order, i, one) {
    if (strcmp(json_string_value(one), exercise_id) == 0) return (int)i;
  }
  return -1;
}
