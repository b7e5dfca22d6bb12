// SPDX-License-Identifier: GPL-3.0-or-later
// Writing OpenRaster. Reading is open_raster_read.c.
#include "core/media/open_raster.h"

#include "core/media/zip_memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SMALL_SIDE = 256, LINE_MAX = 1024, ENTRY_SPARE = 1024 };

static size_t png_room(uint32_t width, uint32_t height) {
  return (size_t)width * height * 4 / 100 * 101 + height + 4096;
}

size_t open_raster_room(const open_raster *o) {
  size_t room = png_room(o->width, o->height) + png_room(SMALL_SIDE, SMALL_SIDE) +
    (size_t)4 * ENTRY_SPARE;
  for (uint32_t i = 0; i < o->count; i++) {
    const picture *p = &o->sheets[i].pixels;
    room += png_room(p->width, p->height) + LINE_MAX + ENTRY_SPARE;
  }
  return room;
}

// ---- The list ----------------------------------------------------------------------

// What XML cannot hold in an attribute goes as a reference; control characters go.
static void put_escaped(FILE *to, const char *text) {
  for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
    if (*c == '<' || *c == '&' || *c == '"' || *c == '>')
      fprintf(to, "&#%d;", *c);
    else if (*c >= ' ' && *c != 127)
      fputc(*c, to);
  }
}

static void put_sheet(FILE *to, const raster_sheet *s, uint32_t number) {
  const int opacity = (int)((s->opacity < 0      ? 0
                                : s->opacity > 1 ? 1
                                                 : s->opacity) *
      10000 +
    0.5f);
  fputs("    <layer name=\"", to);
  put_escaped(to, s->name);
  fprintf(to,
    "\" src=\"data/sheet%u.png\" x=\"%d\" y=\"%d\" opacity=\"%d.%04d\" "
    "visibility=\"%s\" composite-op=\"svg:src-over\"%s/>\n",
    number, s->x, s->y, opacity / 10000, opacity % 10000,
    s->hidden ? "hidden" : "visible", s->selected ? " selected=\"true\"" : "");
}

static char *list_of(const open_raster *o, size_t *size) {
  char *text = NULL;
  FILE *to = open_memstream(&text, size);
  if (!to) return NULL;
  fprintf(to,
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<image version=\"0.0.5\" w=\"%u\" "
    "h=\"%u\">\n  <stack>\n",
    o->width, o->height);
  for (uint32_t i = o->count; i > 0; i--) put_sheet(to, &o->sheets[i - 1], i);
  fputs("  </stack>\n</image>\n", to);
  if (fclose(to) == 0) return text;
  free(text);
  return NULL;
}

// ---- The small picture -------------------------------------------------------------

// The mean of the pixels that one small pixel stands for, weighted by how opaque they are.
static void mean_of(
  const picture *p, uint32_t x, uint32_t y, uint32_t step, uint8_t *to) {
  uint64_t sum[4] = {0};
  uint64_t count = 0;
  for (uint32_t j = y * step; j < (y + 1) * step && j < p->height; j++)
    for (uint32_t i = x * step; i < (x + 1) * step && i < p->width; i++, count++) {
      const uint8_t *c = p->rgba + ((size_t)j * p->width + i) * 4;
      for (int k = 0; k < 3; k++) sum[k] += (uint64_t)c[k] * c[3];
      sum[3] += c[3];
    }
  for (int k = 0; k < 3; k++) to[k] = (uint8_t)(sum[3] ? sum[k] / sum[3] : 0);
  to[3] = (uint8_t)(count ? sum[3] / count : 0);
}

static result small_of(const picture *p, picture *small) {
  const uint32_t longer = p->width > p->height ? p->width : p->height;
  const uint32_t step = (longer + SMALL_SIDE - 1) / SMALL_SIDE;
  small->width = (p->width + step - 1) / step;
  small->height = (p->height + step - 1) / step;
  small->rgba = malloc((size_t)small->width * small->height * 4);
  if (!small->rgba) return NO_MEMORY;
  for (uint32_t y = 0; y < small->height; y++)
    for (uint32_t x = 0; x < small->width; x++)
      mean_of(p, x, y, step, small->rgba + ((size_t)y * small->width + x) * 4);
  return OK;
}

// ---- The archive -------------------------------------------------------------------

static result add_picture(zip_memory *z, const char *name, const picture *p) {
  const size_t room = png_room(p->width, p->height);
  uint8_t *png = malloc(room);
  if (!png) return NO_MEMORY;
  size_t size = 0;
  result r = picture_write_png(p, NULL, NULL, png, room, &size);
  if (r == OK) r = zip_memory_add(z, name, png, size, false); // it is packed already
  free(png);
  return r;
}

// Other programs want a picture for each sheet: an empty one is a clear pixel.
static result add_sheet(zip_memory *z, const raster_sheet *s, uint32_t number) {
  uint8_t clear[4] = {0};
  const picture nothing = {.width = 1, .height = 1, .rgba = clear};
  char name[32];
  snprintf(name, sizeof name, "data/sheet%u.png", number);
  return add_picture(z, name, s->pixels.rgba ? &s->pixels : &nothing);
}

static result add_small(zip_memory *z, const picture *whole) {
  picture small = {0};
  result r = small_of(whole, &small);
  if (r == OK) r = add_picture(z, "Thumbnails/thumbnail.png", &small);
  picture_finish(&small);
  return r;
}

static result add_all(
  zip_memory *z, const open_raster *o, const char *list, size_t size) {
  static const char kind[] = "image/openraster";
  result r = zip_memory_add(z, "mimetype", kind, sizeof kind - 1, false);
  if (r == OK) r = zip_memory_add(z, "stack.xml", list, size, true);
  for (uint32_t i = 0; i < o->count && r == OK; i++)
    r = add_sheet(z, &o->sheets[i], i + 1);
  if (r == OK) r = add_small(z, &o->whole);
  if (r == OK) r = add_picture(z, "mergedimage.png", &o->whole);
  return r;
}

result open_raster_write(const open_raster *o, void *to, size_t room, size_t *size) {
  *size = 0;
  size_t length = 0, ended = 0;
  char *list = list_of(o, &length);
  zip_memory *z = NULL;
  result r = list ? zip_memory_create(&z, to, room) : NO_MEMORY;
  if (r == OK) {
    r = add_all(z, o, list, length);
    const result closed = zip_memory_close(z, &ended);
    if (r == OK) r = closed;
  }
  free(list);
  if (r == OK) *size = ended;
  return r;
}

void open_raster_finish(open_raster *o) {
  for (uint32_t i = 0; i < o->count; i++) picture_finish(&o->sheets[i].pixels);
  picture_finish(&o->whole);
  *o = (open_raster){0};
}
