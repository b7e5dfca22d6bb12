// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/spots.h"

#include "core/ui/say.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { FARTHEST = 32768 };

const spot *spots_find(const spots *s, uint32_t id) {
  for (uint32_t i = 0; i < s->count; i++)
    if (s->all[i].id == id) return &s->all[i];
  return NULL;
}

static bool read_side(const json_t *o, const char *key, double low, double *to) {
  *to = json_number_value(json_object_get(o, key));
  return *to >= low && *to <= FARTHEST;
}

static bool read_where(const json_t *o, rect *r) {
  return read_side(o, "x", -FARTHEST, &r->x) && read_side(o, "y", -FARTHEST, &r->y) &&
    read_side(o, "w", 1.0 / 16, &r->w) && read_side(o, "h", 1.0 / 16, &r->h);
}

// What has no name is called by its number: it can be chosen all the same.
static void read_name(spot *to, const char *name, uint32_t number) {
  size_t n = name ? strlen(name) : 0;
  if (n >= sizeof to->name) n = sizeof to->name - 1;
  while (n > 0 && name && ((unsigned char)name[n] & 0xC0) == 0x80) n--;
  if (n == 0) {
    snprintf(to->name, sizeof to->name, _("Place %u"), number);
    return;
  }
  memcpy(to->name, name, n);
  to->name[n] = 0;
  for (char *c = to->name; *c; c++)
    if ((unsigned char)*c < ' ' || *c == 127) *c = ' ';
}

static void read_one(spots *s, const json_t *o) {
  spot one = {0};
  const json_int_t id = json_integer_value(json_object_get(o, "id"));
  if (id < 0 || id > UINT32_MAX || !read_where(o, &one.where)) return;
  one.id = (uint32_t)id;
  if (s->count == SPOTS_MAX || spots_find(s, one.id)) return;
  read_name(&one, json_string_value(json_object_get(o, "name")), s->count + 1);
  s->all[s->count++] = one;
}

bool spots_read(spots *s, const char *json, size_t size) {
  json_t *list = json_loadb(json, size, 0, NULL);
  const bool is_list = json_is_array(list);
  if (is_list) s->count = 0;
  size_t i = 0;
  json_t *item = NULL;
  json_array_foreach(list, i, item) read_one(s, item);
  json_decref(list);
  return is_list;
}
