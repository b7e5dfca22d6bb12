// SPDX-License-Identifier: GPL-3.0-or-later
// Reading OpenRaster: the list through expat, and of the archive only what the list names.
#include "core/media/open_raster.h"
#include "core/media/zip_memory.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

enum {
  LIST_BYTES_MAX = 1 << 20,
  SHEET_BYTES_MAX = 192 << 20,
  DEPTH_MAX = 16,
  PLACE_MAX = 1 << 16
};
static const uint64_t pixels_max = (uint64_t)2 * PICTURE_PIXELS_MAX; // of all sheets

typedef struct group { // what holds for all in it
  int64_t x, y;
  float opacity;
  bool hidden, blends;
} group;

typedef struct listing {
  XML_Parser parser;
  open_raster *to;
  char sources[RASTER_SHEETS_MAX][RASTER_NAME_MAX];
  group groups[DEPTH_MAX];
  uint32_t depth; // of groups; 0: outside the image
  result trouble; // the first
} listing;

static void refuse(listing *l, result why) {
  if (l->trouble == OK) l->trouble = why;
  XML_StopParser(l->parser, XML_FALSE);
}

static const char *text_of(const XML_Char **attributes, const char *key) {
  for (; attributes[0]; attributes += 2)
    if (strcmp(attributes[0], key) == 0) return attributes[1];
  return NULL;
}

static int64_t place_of(const XML_Char **attributes, const char *key) {
  const char *text = text_of(attributes, key);
  const long place = text ? strtol(text, NULL, 10) : 0;
  return place > PLACE_MAX ? PLACE_MAX : place < -PLACE_MAX ? -PLACE_MAX : place;
}

static group inside(const group *outer, const XML_Char **attributes) {
  const char *opacity = text_of(attributes, "opacity");
  const char *seen = text_of(attributes, "visibility");
  const char *way = text_of(attributes, "composite-op");
  float part = opacity ? strtof(opacity, NULL) : 1;
  if (!(part >= 0)) part = 0;
  if (part > 1) part = 1;
  return (group){.x = outer->x + place_of(attributes, "x"),
    .y = outer->y + place_of(attributes, "y"),
    .opacity = outer->opacity * part,
    .hidden = outer->hidden || (seen && strcmp(seen, "hidden") == 0),
    .blends = outer->blends || (way && strcmp(way, "svg:src-over") != 0)};
}

static void take_image(listing *l, const XML_Char **attributes) {
  const int64_t w = place_of(attributes, "w"), h = place_of(attributes, "h");
  if (w < 1 || h < 1) {
    refuse(l, BAD_DATA);
  } else if (w > PICTURE_SIDE_MAX || h > PICTURE_SIDE_MAX || w * h > PICTURE_PIXELS_MAX) {
    refuse(l, TOO_LARGE);
  } else {
    l->to->width = (uint32_t)w;
    l->to->height = (uint32_t)h;
  }
}

static void take_sheet(listing *l, const group *g, const XML_Char **attributes) {
  const char *source = text_of(attributes, "src");
  const char *name = text_of(attributes, "name");
  const char *selected = text_of(attributes, "selected");
  if (!source || strlen(source) >= RASTER_NAME_MAX) {
    refuse(l, BAD_DATA);
  } else if (l->to->count == RASTER_SHEETS_MAX) {
    refuse(l, TOO_LARGE);
  } else {
    const uint32_t at = l->to->count++;
    raster_sheet *s = &l->to->sheets[at];
    memcpy(l->sources[at], source, strlen(source) + 1);
    const size_t length = name ? strnlen(name, RASTER_NAME_MAX - 1) : 0;
    if (length) memcpy(s->name, name, length);
    s->x = (int32_t)g->x;
    s->y = (int32_t)g->y;
    s->opacity = g->opacity;
    s->hidden = g->hidden;
    s->blends = g->blends;
    s->selected = selected && strcmp(selected, "true") == 0;
  }
}

static void begin_element(void *data, const XML_Char *name, const XML_Char **attributes) {
  listing *l = data;
  const bool image = strcmp(name, "image") == 0;
  if ((l->depth == 0) != image) {
    refuse(l, BAD_DATA);
  } else if (image) {
    take_image(l, attributes);
    l->groups[l->depth++] = (group){.opacity = 1};
  } else if (strcmp(name, "stack") == 0 && l->depth == DEPTH_MAX) {
    refuse(l, TOO_LARGE);
  } else if (strcmp(name, "stack") == 0) {
    l->groups[l->depth] = inside(&l->groups[l->depth - 1], attributes);
    l->depth++;
  } else if (strcmp(name, "layer") == 0) {
    const group g = inside(&l->groups[l->depth - 1], attributes);
    take_sheet(l, &g, attributes);
  }
}

static void end_element(void *data, const XML_Char *name) {
  listing *l = data;
  if (l->depth > 0 && (strcmp(name, "stack") == 0 || strcmp(name, "image") == 0))
    l->depth--;
}

// No OpenRaster has one, and entities would come with it.
static void refuse_doctype(void *data, const XML_Char *name, const XML_Char *system,
  const XML_Char *public, int has_subset) {
  (void)name, (void)system, (void)public, (void)has_subset;
  refuse(data, BAD_DATA);
}

// The list names the highest sheet first.
static void turn_over(listing *l) {
  open_raster *o = l->to;
  for (uint32_t i = 0, j = o->count; i + 1 < j; i++) {
    j--;
    const raster_sheet s = o->sheets[i];
    o->sheets[i] = o->sheets[j];
    o->sheets[j] = s;
    char source[RASTER_NAME_MAX];
    memcpy(source, l->sources[i], sizeof source);
    memcpy(l->sources[i], l->sources[j], sizeof source);
    memcpy(l->sources[j], source, sizeof source);
  }
}

static result read_list(listing *l, const uint8_t *bytes, size_t size) {
  l->parser = XML_ParserCreate(NULL);
  if (!l->parser) return NO_MEMORY;
  XML_SetUserData(l->parser, l);
  XML_SetElementHandler(l->parser, begin_element, end_element);
  XML_SetStartDoctypeDeclHandler(l->parser, refuse_doctype);
  const bool read =
    XML_Parse(l->parser, (const char *)bytes, (int)size, XML_TRUE) == XML_STATUS_OK;
  XML_ParserFree(l->parser);
  if (l->trouble != OK) return l->trouble;
  if (!read || l->to->width == 0) return BAD_DATA;
  turn_over(l);
  return OK;
}

static result read_sheet(zip_memory *z, const char *source, raster_sheet *s) {
  uint8_t *png = NULL;
  size_t size = 0;
  result r = zip_memory_get(z, source, SHEET_BYTES_MAX, &png, &size);
  if (r == OK) r = picture_read_png(&s->pixels, png, size);
  free(png);
  return r == NOT_FOUND ? BAD_DATA : r;
}

static result read_sheets(zip_memory *z, const listing *l) {
  uint64_t pixels = 0;
  result r = OK;
  for (uint32_t i = 0; i < l->to->count && r == OK; i++) {
    raster_sheet *s = &l->to->sheets[i];
    r = read_sheet(z, l->sources[i], s);
    pixels += (uint64_t)s->pixels.width * s->pixels.height;
    if (pixels > pixels_max) r = TOO_LARGE;
  }
  return r;
}

static result check_kind(zip_memory *z) {
  static const char kind[] = "image/openraster";
  uint8_t *bytes = NULL;
  size_t size = 0;
  result r = zip_memory_get(z, "mimetype", sizeof kind, &bytes, &size);
  if (r == OK && (size < sizeof kind - 1 || memcmp(bytes, kind, sizeof kind - 1) != 0))
    r = BAD_DATA;
  free(bytes);
  return r == OK || r == NO_MEMORY ? r : BAD_DATA;
}

static result read_all(zip_memory *z, listing *l) {
  uint8_t *list = NULL;
  size_t size = 0;
  result r = check_kind(z);
  if (r == OK) r = zip_memory_get(z, "stack.xml", LIST_BYTES_MAX, &list, &size);
  if (r == OK) r = read_list(l, list, size);
  if (r == OK) r = read_sheets(z, l);
  free(list);
  return r == NOT_FOUND ? BAD_DATA : r;
}

result open_raster_read(open_raster *o, const void *bytes, size_t size) {
  *o = (open_raster){0};
  zip_memory *z = NULL;
  result r = zip_memory_open(&z, bytes, size);
  listing *l = r == OK ? calloc(1, sizeof *l) : NULL;
  if (r == OK && !l) r = NO_MEMORY;
  if (r == OK) {
    l->to = o;
    r = read_all(z, l);
  }
  free(l);
  zip_memory_finish(z);
  if (r != OK) open_raster_finish(o);
  return r;
}
