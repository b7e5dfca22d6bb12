// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/desk_room.h"

#include "core/keeper/desk_inner.h"
#include "core/record/client.h"
#include "core/record/client_picture.h"
#include "core/record/recipe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_at(const json_t *object, const char *name) {
  const char *text = json_string_value(json_object_get(object, name));
  return text ? text : "";
}

// ---- The list ----------------------------------------------------------------------------

static json_t *client_in(json_t *clients, const char *id) {
  size_t i;
  json_t *one;
  json_array_foreach(clients, i, one) {
    if (strcmp(text_at(one, "id"), id) == 0) return one;
  }
  return NULL;
}

static bool copy(json_t *to, const json_t *facts, const char *name) {
  json_t *value = json_object_get(facts, name);
  return !value || json_object_set(to, name, value) == 0;
}

typedef struct gathering {
  archive *archive;
  json_t *clients;
} gathering;

static bool note_picture(
  const gathering *g, json_t *to, const char *id, const json_t *facts) {
  const char *hash = client_picture_of(facts);
  if (!*hash) return true;
  json_t *path =
    json_sprintf("%s/clients/%s/pictures/%s.png", archive_path(g->archive), id, hash);
  return path && json_object_set_new(to, "picture", path) == 0;
}

static result note_client(void *data, const char *id, const json_t *facts) {
  const gathering *g = data;
  json_t *clients = g->clients;
  json_t *one = client_in(clients, id);
  if (!one && !text_at(facts, "alias")[0]) return OK; // a guest of whom nothing is kept
  if (!one) {
    one = json_pack("{s:s, s:[]}", "id", id, "sessions");
    if (json_array_append_new(clients, one) != 0) return NO_MEMORY;
  }
  json_t *recipe = recipe_of_facts(facts);
  const bool whole = recipe && json_object_set_new(one, "room", recipe) == 0 &&
    copy(one, facts, "alias") && copy(one, facts, "guest") && copy(one, facts, "kind") &&
    copy(one, facts, "members") && note_picture(g, one, id, facts);
  return whole ? OK : NO_MEMORY;
}

static int by_name(const void *a, const void *b) {
  return strcmp(
    text_at(*(json_t *const *)a, "name"), text_at(*(json_t *const *)b, "name"));
}

// Puts the array into another order.
static result order(json_t *list, int (*by)(const void *, const void *)) {
  const size_t count = json_array_size(list);
  json_t **all = calloc(count ? count : 1, sizeof(json_t *));
  if (!all) return NO_MEMORY;
  for (size_t i = 0; i < count; i++) all[i] = json_incref(json_array_get(list, i));
  qsort(all, count, sizeof(json_t *), by);
  json_array_clear(list);
  for (size_t i = 0; i < count; i++) json_array_append_new(list, all[i]);
  free(all);
  return OK;
}

static result give_to(json_t *member, const json_t *group) {
  json_t *own = json_object_get(member, "sessions");
  size_t i;
  json_t *one;
  json_array_foreach(json_object_get(group, "sessions"), i, one) {
    json_t *with = json_copy(one);
    json_object_set(with, "group", json_object_get(group, "alias"));
    if (json_array_append_new(own, with) != 0) return NO_MEMORY;
  }
  return order(own, by_name);
}

// A group's sessions show under every member, too.
static result share_groups(json_t *clients) {
  size_t i, k;
  json_t *group, *id;
  result done = OK;
  json_array_foreach(clients, i, group) {
    if (strcmp(text_at(group, "kind"), "group") != 0) continue;
    json_array_foreach(json_object_get(group, "members"), k, id) {
      json_t *member =
        json_is_string(id) ? client_in(clients, json_string_value(id)) : NULL;
      if (member && member != group && done == OK &&
        strcmp(text_at(member, "kind"), "group") != 0)
        done = give_to(member, group);
    }
  }
  return done;
}

// Names of sessions begin with their time.
static const char *last_session(const json_t *client) {
  const json_t *sessions = json_object_get(client, "sessions");
  const size_t count = json_array_size(sessions);
  return count ? text_at(json_array_get(sessions, count - 1), "name") : "";
}

static int by_last_session(const void *a, const void *b) {
  const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
  const int later = strcmp(last_session(y), last_session(x));
  return later ? later : strcmp(text_at(x, "alias"), text_at(y, "alias"));
}

result desk_room_list(archive *a, json_t *clients) {
  gathering g = {.archive = a, .clients = clients};
  result done = client_each(a, note_client, &g);
  if (done == OK) done = share_groups(clients);
  return done == OK ? order(clients, by_last_session) : done;
}

// ---- What the desk asks ------------------------------------------------------------------

static void say_kept(desk *d, result done, const char *said, const char *why) {
  desk_send_list(d);
  desk_say(d, 0, done == OK, done == OK ? said : why);
}

static void name_trouble(
  archive *a, const char *alias, result done, char *why, size_t room) {
  if (done == FAILED && client_say_unread(a, alias, why, room)) return;
  if (done == EXISTS)
    snprintf(why, room, "Somebody is called so already. Please choose another name.");
  else if (done == BAD_DATA)
    snprintf(why, room, "A name is one line of at most 100 bytes, and not empty.");
  else
    snprintf(why, room, "That could not be kept: %s.", result_text(done));
}

static bool are_clients(archive *a, const json_t *members) {
  size_t i;
  json_t *one;
  json_array_foreach(members, i, one) {
    char id[24];
    if (!json_is_string(one) || client_find(a, json_string_value(one), id) != OK)
      return false;
  }
  return !members || (json_is_array(members) && json_array_size(members) > 0);
}

void desk_hear_client(desk *d) {
  char id[24], why[1024] = "";
  archive *a = d->house->archive;
  json_t *wish = json_loads(d->in->text, JSON_REJECT_DUPLICATES, NULL);
  const char *alias = text_at(wish, "alias"), *client = text_at(wish, "client");
  const json_t *members = json_object_get(wish, "members");
  result done = BAD_DATA;
  if (client[0])
    done = client_name(a, client, alias);
  else if (are_clients(a, members))
    done = client_make(a, alias, members, id);
  if (done != OK) name_trouble(a, alias, done, why, sizeof why);
  json_decref(wish);
  say_kept(d, done, "Kept.", why);
}

static result change_room(archive *a, const char *client, const json_t *changes) {
  json_t *facts = NULL;
  result done = client_facts(a, client, &facts);
  if (done != OK) return done;
  json_t *now = recipe_of_facts(facts);
  json_t *other = recipe_facts(now, changes);
  done = other ? client_note(a, client, other) : NO_MEMORY;
  json_decref(now);
  json_decref(facts);
  return done;
}

void desk_hear_room(desk *d) {
  char why[512] = "";
  json_t *wish = json_loads(d->in->text, JSON_REJECT_DUPLICATES, NULL);
  const json_t *changes = json_object_get(wish, "room");
  result done = recipe_check(changes, why, sizeof why);
  if (done == OK) {
    done = change_room(d->house->archive, text_at(wish, "client"), changes);
    if (done != OK)
      snprintf(why, sizeof why, "That could not be kept: %s.", result_text(done));
  }
  json_decref(wish);
  say_kept(d, done, "Kept. It counts from the next session on.", why);
}

// ---- A picture to draw on ------------------------------------------------------------------

void desk_hear_picture(desk *d) {
  char why[5000] = "";
  archive *a = d->house->archive;
  json_t *wish = json_loads(d->in->text, JSON_REJECT_DUPLICATES, NULL);
  const char *client = text_at(wish, "client"), *path = text_at(wish, "path");
  if (picture_intake_is_on(&d->picture)) {
    desk_say(d, 0, false, "One moment, please: another picture is just being opened.");
  } else if (path[0]) {
    const result done =
      picture_intake_begin(&d->picture, a, client, path, why, sizeof why);
    if (done != OK) say_kept(d, done, "", why);
  } else {
    const result done = client_picture_drop(a, client);
    snprintf(why, sizeof why, "It could not be taken off: %s.", result_text(done));
    say_kept(d, done, "It is taken off. What was drawn on it stays as it is.", why);
  }
  json_decref(wish);
}

void desk_turn_picture(desk *d) {
  char why[5000] = "";
  result done = OK;
  if (!picture_intake_turn(&d->picture, &done, why, sizeof why)) return;
  picture_intake_finish(&d->picture);
  char kept[sizeof why + 80];
  snprintf(kept, sizeof kept, "Kept. %s",
    why[0] ? why : "It is offered in Draw from the next session on.");
  say_kept(d, done, kept, why);
}
