// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/room_change.h"

#include "core/base/protocol.h"
#include "core/desk/listing.h"
#include "core/ui/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const json_t *room_client(const desk *d) {
  const json_t *shown = listing_client(d->listing, d->client);
  return shown ? shown : json_array_get(listing_array(d->listing, "clients"), 0);
}

json_t *room_member(const desk *d, const char *name) {
  return json_object_get(json_object_get(room_client(d), "room"), name);
}

static void ask(desk *d, uint32_t kind, json_t *wish) {
  char *words = wish ? json_dumps(wish, JSON_COMPACT) : NULL;
  if (words) desk_ask(d, kind, words);
  free(words);
  json_decref(wish);
}

void room_change(desk *d, const char *name, json_t *value) {
  const json_t *client = room_client(d);
  json_t *wish = json_pack(
    "{s:s, s:{s:o}}", "client", listing_text(client, "id"), "room", name, value);
  ask(d, FROM_DESK_ROOM, wish);
}

void room_ask_client(desk *d, const char *id, const char *alias, json_t *members) {
  json_t *wish = json_pack("{s:s}", "alias", alias);
  if (id) json_object_set_new(wish, "client", json_string(id));
  if (members) json_object_set_new(wish, "members", members);
  ask(d, FROM_DESK_CLIENT, wish);
}

// ---- Lists of words ----------------------------------------------------------------------

static bool has(const json_t *list, const char *word) {
  size_t i;
  json_t *one;
  json_array_foreach(list, i, one) {
    const char *text = json_string_value(one);
    if (text && strcmp(text, word) == 0) return true;
  }
  return false;
}

static void add(json_t *list, const char *word) {
  if (word[0] && !has(list, word)) json_array_append_new(list, json_string(word));
}

static void take_out(json_t *list, const char *word) {
  for (size_t i = json_array_size(list); i-- > 0;) {
    const char *text = json_string_value(json_array_get(list, i));
    if (text && strcmp(text, word) == 0) json_array_remove(list, i);
  }
}

static json_t *copy_or_new(const json_t *list) {
  return list ? json_copy((json_t *)list) : json_array();
}

// ---- Exercises ---------------------------------------------------------------------------

static void add_all_here(const desk *d, json_t *list) {
  size_t i;
  json_t *one;
  json_array_foreach(listing_array(d->listing, "exercises"), i, one)
    add(list, listing_text(one, "id"));
}

json_t *room_order(const desk *d) {
  json_t *order = copy_or_new(room_member(d, "exercises"));
  add_all_here(d, order);
  return order;
}

bool room_is_offered(const desk *d, const char *id) {
  const json_t *order = room_member(d, "exercises");
  return !order || has(order, id);
}

static json_t *offered(const desk *d) {
  const json_t *order = room_member(d, "exercises");
  return order ? json_copy((json_t *)order) : room_order(d);
}

// All of them as in the menu is as usual, so that a new exercise is offered, too.
static void set_offered(desk *d, json_t *list) {
  json_t *menu = json_array();
  add_all_here(d, menu);
  const bool usual = json_equal(menu, list);
  json_decref(menu);
  if (usual) {
    json_decref(list);
    list = json_null();
  }
  room_change(d, "exercises", list);
}

void room_offer(desk *d, const char *id, bool on) {
  json_t *list = offered(d);
  if (on)
    add(list, id);
  else
    take_out(list, id);
  if (json_array_size(list) > 0) {
    set_offered(d, list);
    return;
  }
  json_decref(list);
  snprintf(d->said, sizeof d->said, "%s", _("One exercise at least is offered."));
}

void room_move(desk *d, const char *id, int by) {
  json_t *list = offered(d);
  const int count = (int)json_array_size(list);
  int at = 0;
  while (at < count && strcmp(json_string_value(json_array_get(list, at)), id) != 0) at++;
  const int to = at + by;
  if (at == count || to < 0 || to >= count) {
    json_decref(list);
    return;
  }
  json_t *one = json_incref(json_array_get(list, at));
  json_array_remove(list, at);
  json_array_insert_new(list, to, one);
  set_offered(d, list);
}

// ---- Panels ------------------------------------------------------------------------------

static json_t *panel_of(const desk *d, const json_t *exercise) {
  return json_object_get(room_member(d, "panels"), listing_text(exercise, "id"));
}

bool room_offers_choice(
  const desk *d, const json_t *exercise, const json_t *control, const char *choice) {
  const json_t *panel = panel_of(d, exercise);
  const char *name = listing_text(control, "key");
  if (!choice[0]) return !has(json_object_get(panel, "hide"), name);
  const json_t *only = json_object_get(json_object_get(panel, "only"), name);
  return !only || has(only, choice);
}

static json_t *all_choices(const json_t *control) {
  json_t *list = json_array();
  size_t i;
  json_t *one;
  json_array_foreach(listing_array(control, "choices"), i, one)
    add(list, listing_text(one, "key"));
  return list;
}

// In the order of the exercise. NULL: all of them.
static json_t *choices_left(const desk *d, const json_t *exercise, const json_t *control,
  const char *choice, bool on) {
  json_t *all = all_choices(control), *left = json_array();
  size_t i;
  json_t *one;
  json_array_foreach(all, i, one) {
    const char *name = json_string_value(one);
    const bool stays =
      strcmp(name, choice) == 0 ? on : room_offers_choice(d, exercise, control, name);
    if (stays) add(left, name);
  }
  if (json_array_size(left) == json_array_size(all)) {
    json_decref(left);
    left = NULL;
  }
  json_decref(all);
  return left;
}

static json_t *part_of(json_t *panel, const char *name, json_t *empty) {
  json_t *part = json_object_get(panel, name);
  if (!part) json_object_set(panel, name, empty);
  json_decref(empty);
  return json_object_get(panel, name);
}

static void drop_if_empty(json_t *panel, const char *name) {
  const json_t *part = json_object_get(panel, name);
  if (part && json_object_size(part) + json_array_size(part) == 0)
    json_object_del(panel, name);
}

static void set_panel(desk *d, const json_t *exercise, json_t *panel) {
  static const char *const parts[] = {"only", "hide", "set"};
  for (int i = 0; i < 3; i++) drop_if_empty(panel, parts[i]);
  if (json_object_size(panel) == 0) {
    json_decref(panel);
    panel = json_null();
  }
  room_change(d, "panels", json_pack("{s:o}", listing_text(exercise, "id"), panel));
}

static bool change_only(const desk *d, json_t *panel, const json_t *exercise,
  const json_t *control, const char *choice, bool on) {
  json_t *only = part_of(panel, "only", json_object());
  json_t *left = choices_left(d, exercise, control, choice, on);
  if (left && json_array_size(left) == 0) {
    json_decref(left);
    return false;
  }
  if (left)
    json_object_set_new(only, listing_text(control, "key"), left);
  else
    json_object_del(only, listing_text(control, "key"));
  return true;
}

void room_offer_choice(
  desk *d, const json_t *exercise, const json_t *control, const char *choice, bool on) {
  const json_t *before = panel_of(d, exercise);
  json_t *panel = before ? json_deep_copy(before) : json_object();
  const char *name = listing_text(control, "key");
  bool fine = true;
  if (choice[0]) {
    fine = change_only(d, panel, exercise, control, choice, on);
  } else {
    json_t *hide = part_of(panel, "hide", json_array());
    if (on)
      take_out(hide, name);
    else
      add(hide, name);
  }
  if (fine) {
    set_panel(d, exercise, panel);
    return;
  }
  json_decref(panel);
  snprintf(d->said, sizeof d->said, "%s", _("One of them at least is offered."));
}

// ---- Cautions ----------------------------------------------------------------------------

json_t *room_cautions(const desk *d) {
  json_t *all = json_array();
  size_t i, k;
  json_t *one, *word;
  json_array_foreach(listing_array(d->listing, "exercises"), i, one) {
    json_array_foreach(listing_array(one, "cautions"), k, word)
      add(all, json_string_value(word));
  }
  json_array_foreach(room_member(d, "leave_out"), i, one)
    add(all, json_string_value(one));
  return all;
}

bool room_leaves_out(const desk *d, const char *caution) {
  return has(room_member(d, "leave_out"), caution);
}

void room_leave_out(desk *d, const char *caution, bool out) {
  json_t *list = copy_or_new(room_member(d, "leave_out"));
  if (out)
    add(list, caution);
  else
    take_out(list, caution);
  if (json_array_size(list) == 0) {
    json_decref(list);
    list = json_null();
  }
  room_change(d, "leave_out", list);
}
