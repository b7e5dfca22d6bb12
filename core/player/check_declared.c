// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/check_declared.h"

#include "core/player/declared.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *shared_by(const gesto_control *a, const gesto_control *b) {
  if (a->id == b->id) return "id";
  if (strcmp(a->key, b->key) == 0) return "key";
  return strcmp(a->name, b->name) == 0 ? "name" : NULL;
}

// The control before `at` that shares something with it; *what it is.
static const gesto_control *double_of(const exercise *e, uint32_t at, const char **what) {
  for (uint32_t i = 0; i < at; i++) {
    *what = shared_by(&e->controls[i], &e->controls[at]);
    if (*what) return &e->controls[i];
  }
  return NULL;
}

static void check_unique(tap *t, const exercise *e) {
  const char *what = NULL;
  uint32_t at = 0;
  const gesto_control *other = NULL;
  while (at < e->control_count && !(other = double_of(e, at, &what))) at++;
  tap_line(t, !other, "ids, keys and names of controls are unique",
    "\"%s\" and \"%s\" have the same %s.", other ? other->key : "",
    other ? e->controls[at].key : "", what ? what : "");
}

static bool is_key(const char *key) {
  for (; *key; key++) {
    if (*key <= ' ' || *key > '~') return false;
  }
  return true;
}

static const char *key_flaw(const gesto_control *c) {
  if (!is_key(c->key)) return c->key;
  uint32_t count = c->kind == GESTO_CHOICE ? exercise_choice_count(c) : 0;
  for (uint32_t i = 0; i < count; i++) {
    if (!is_key(c->choices[i].key)) return c->choices[i].key;
    for (uint32_t j = 0; j < i; j++) {
      if (strcmp(c->choices[i].key, c->choices[j].key) == 0) return c->choices[i].key;
    }
  }
  return NULL;
}

static void check_keys(tap *t, const exercise *e) {
  const char *flaw = NULL;
  for (uint32_t i = 0; i < e->control_count && !flaw; i++)
    flaw = key_flaw(&e->controls[i]);
  tap_line(t, !flaw, "keys are plain ASCII without spaces, and unique in each choice",
    "The key \"%s\" is not.", flaw ? flaw : "");
}

static bool has_choice(const gesto_control *c, const char *key, size_t length) {
  const uint32_t count = c->kind == GESTO_CHOICE ? exercise_choice_count(c) : 0;
  for (uint32_t i = 0; i < count; i++) {
    const char *one = c->choices[i].key;
    if (strlen(one) == length && strncmp(one, key, length) == 0) return true;
  }
  return false;
}

static bool is_in_order(const gesto_control *c) {
  const char *at = c->order ? c->order : "";
  while (*(at += strspn(at, " "))) {
    const size_t length = strcspn(at, " ");
    if (!has_choice(c, at, length)) return false;
    at += length;
  }
  return true;
}

static bool is_limited(const exercise *e, const gesto_control *c) {
  for (uint32_t i = 0; c->limit && i < e->control_count; i++) {
    const gesto_control *by = &e->controls[i];
    if (by->id == c->limit) return by->kind == GESTO_RANGE && by->low >= 1;
  }
  return !c->limit;
}

static void check_choices(tap *t, const exercise *e) {
  const gesto_control *flaw = NULL;
  for (uint32_t i = 0; i < e->control_count && !flaw; i++) {
    const gesto_control *c = &e->controls[i];
    if (!is_in_order(c) || !is_limited(e, c)) flaw = c;
  }
  tap_line(t, !flaw,
    "the order of choices names choices, and what limits them is a range from 1",
    "That of \"%s\" does not.", flaw ? flaw->key : "");
}

static bool is_within(const gesto_control *c) {
  switch (c->kind) {
  case GESTO_RANGE: return c->initial >= c->low && c->initial <= c->high && c->step >= 0;
  case GESTO_TOGGLE: return c->initial == 0 || c->initial == 1;
  case GESTO_CHOICE:
    return c->initial >= 0 && c->initial < exercise_choice_count(c) &&
      c->initial == floor(c->initial);
  case GESTO_COLOUR: return c->initial >= 0 && c->initial <= 0xFFFFFF;
  default: return true;
  }
}

static void check_initial(tap *t, const exercise *e) {
  const gesto_control *flaw = NULL;
  for (uint32_t i = 0; i < e->control_count && !flaw; i++) {
    if (!is_within(&e->controls[i])) flaw = &e->controls[i];
  }
  tap_line(t, !flaw, "what a control begins with lies within its bounds",
    "\"%s\" begins with %g.", flaw ? flaw->key : "", flaw ? flaw->initial : 0);
}

static bool says_something(const char *text) { return text && text[0]; }

void check_declared(tap *t, const exercise *e) {
  const gesto_purpose *p = &e->purpose;
  tap_line(t,
    says_something(p->invitation) && says_something(p->why) && says_something(p->steps),
    "its purpose says what to do and why",
    "Fill in invitation, why and steps of gesto_purpose, as an offer to the client.");
  tap_line(t, p->goals && p->goals[0], "its purpose names a goal",
    "Add one of assets/goals, such as \"calm\".");
  tap_line(t, says_something(e->entry.author) && says_something(e->entry.licence),
    "author and licence are named", "Fill in both.");
  check_unique(t, e);
  check_keys(t, e);
  check_initial(t, e);
  check_choices(t, e);
  char *json = declared_json(e);
  tap_line(t, json != NULL, "all of its texts are UTF-8", "One of them is not.");
  free(json);
}
