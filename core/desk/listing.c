// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/listing.h"

#include "core/base/memory_map.h"
#include "core/ui/say.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

result listing_read(int fd, size_t size, json_t **listing) {
  *listing = NULL;
  if (size > LISTING_BYTES_MAX) return TOO_LARGE;
  memory_map map = {0};
  result done = memory_map_open(&map, fd, false, size);
  if (done != OK) return done;
  *listing = json_loadb(map.bytes, size, JSON_REJECT_DUPLICATES, NULL);
  memory_map_close(&map);
  return *listing ? OK : BAD_DATA;
}

const char *listing_text(const json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  return text ? text : "";
}

json_t *listing_array(const json_t *object, const char *key) {
  json_t *array = json_object_get(object, key);
  return json_is_array(array) ? array : NULL;
}

json_t *listing_client(const json_t *listing, const char *id) {
  size_t i = 0;
  json_t *client = NULL;
  json_array_foreach(listing_array(listing, "clients"), i, client) {
    if (strcmp(listing_text(client, "id"), id) == 0) return client;
  }
  return NULL;
}

const char *listing_client_name(const json_t *client) {
  const char *alias = listing_text(client, "alias");
  return *alias ? alias : _("Guest");
}

static bool began(const json_t *session, time_t *when) {
  struct tm utc = {0};
  if (strptime(listing_text(session, "name"), "%Y%m%dT%H%M%SZ", &utc) == NULL &&
    strptime(listing_text(session, "began"), "%Y-%m-%dT%H:%M:%S", &utc) == NULL) {
    return false;
  }
  *when = timegm(&utc);
  return true;
}

void listing_when(const json_t *session, char *text, size_t room) {
  time_t when = 0;
  struct tm here = {0};
  static const char *const months[] = {N_("January"), N_("February"), N_("March"),
    N_("April"), N_("May"), N_("June"), N_("July"), N_("August"), N_("September"),
    N_("October"), N_("November"), N_("December")};
  if (began(session, &when) && localtime_r(&when, &here))
    // Translators: day, month, year, hour, minute.
    snprintf(text, room, _("%d %s %d, %02d:%02d"), here.tm_mday,
      _(months[here.tm_mon % 12]), 1900 + here.tm_year, here.tm_hour, here.tm_min);
  else
    snprintf(text, room, "%s", listing_text(session, "name"));
}

void listing_length(const json_t *session, char *text, size_t room) {
  double seconds = json_number_value(json_object_get(session, "seconds"));
  if (seconds < 60) {
    snprintf(text, room, _("under a minute"));
  } else {
    snprintf(text, room, _("%.0f min"), seconds / 60);
  }
}

void listing_creation_path(
  const json_t *session, const json_t *creation, char *path, size_t room) {
  int length = snprintf(path, room, "%s/creations/%s", listing_text(session, "path"),
    listing_text(creation, "name"));
  if (length < 0 || (size_t)length >= room) path[0] = 0;
}

void listing_work_path(const json_t *session, const json_t *creation, const json_t *work,
  char *path, size_t room) {
  listing_creation_path(session, creation, path, room);
  size_t used = strlen(path);
  int length = snprintf(path + used, room - used, "/%s", listing_text(work, "file"));
  if (used == 0 || length < 0 || (size_t)length >= room - used) path[0] = 0;
}

json_t *listing_work_of_kind(const json_t *creation, const char *kind) {
  size_t i = 0;
  json_t *work = NULL;
  json_array_foreach(listing_array(creation, "works"), i, work) {
    if (strcmp(listing_text(work, "kind"), kind) == 0) return work;
  }
  return NULL;
}

const char *listing_exercise_name(const json_t *listing, const char *id) {
  size_t i = 0;
  const json_t *one = NULL;
  json_array_foreach(listing_array(listing, "exercises"), i, one) {
    if (strcmp(listing_text(one, "id"), id) != 0) continue;
    return _(*listing_text(one, "title") ? listing_text(one, "title")
                                         : listing_text(one, "name"));
  }
  const char *dot = strrchr(id, '.');
  return dot ? dot + 1 : id;
}
