// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/sheets.h"

#include "core/media/open_raster.h"

#include <stdio.h>
#include <stdlib.h>

static result take_whole(const canvas *c, picture *p) {
  canvas_size(c, &p->width, &p->height);
  p->rgba = malloc((size_t)p->width * p->height * 4);
  if (!p->rgba) return NO_MEMORY;
  canvas_picture(c, p->rgba);
  return OK;
}

result sheets_write_picture(const canvas *c, const char *title, const char *about,
  void *to, size_t room, size_t *size) {
  picture whole = {0};
  result r = take_whole(c, &whole);
  if (r == OK) r = picture_write_png(&whole, title, about, to, room, size);
  picture_finish(&whole);
  return r;
}

uint64_t sheets_room(const canvas *c) {
  open_raster o = {.count = canvas_sheet_count(c) + 2}; // paper, and what lies on it
  canvas_size(c, &o.width, &o.height);
  for (uint32_t i = 0; i < o.count; i++)
    o.sheets[i].pixels = (picture){.width = o.width, .height = o.height};
  return open_raster_room(&o);
}

// Other programs have no paper of a colour: it becomes the lowest sheet.
static result take_paper(const canvas *c, const open_raster *o, raster_sheet *s) {
  *s = (raster_sheet){
    .name = "Paper", .pixels = {.width = o->width, .height = o->height}, .opacity = 1};
  s->pixels.rgba = malloc((size_t)o->width * o->height * 4);
  if (!s->pixels.rgba) return NO_MEMORY;
  canvas_paper_picture(c, s->pixels.rgba);
  return OK;
}

static raster_sheet sheet_of(const canvas_sheet_picture *p) {
  return (raster_sheet){.pixels = {.width = (uint32_t)p->where.w,
                          .height = (uint32_t)p->where.h,
                          .rgba = p->rgba},
    .x = p->where.x,
    .y = p->where.y,
    .opacity = (float)p->opacity / 100,
    .hidden = p->hidden};
}

static result take_sheet(const canvas *c, uint32_t place, open_raster *o) {
  canvas_sheet_picture p;
  canvas_look look;
  canvas_see(c, &look);
  const result r = canvas_see_sheet(c, place, &p);
  raster_sheet *s = &o->sheets[o->count++];
  *s = sheet_of(&p);
  s->selected = p.number == look.chosen;
  snprintf(s->name, sizeof s->name, "Sheet %u", p.number);
  return r;
}

static result take_under(const canvas *c, open_raster *o) {
  canvas_sheet_picture p;
  if (!canvas_has_under(c)) return OK;
  const result r = canvas_see_under(c, &p);
  raster_sheet *s = &o->sheets[o->count++];
  *s = sheet_of(&p);
  snprintf(s->name, sizeof s->name, "Underneath");
  return r;
}

static result take_all(const canvas *c, open_raster *o) {
  const uint32_t count = canvas_sheet_count(c);
  canvas_size(c, &o->width, &o->height);
  result r = take_whole(c, &o->whole);
  if (r == OK) r = take_paper(c, o, &o->sheets[o->count++]);
  if (r == OK) r = take_under(c, o);
  for (uint32_t i = 0; i < count && r == OK; i++) r = take_sheet(c, i, o);
  return r;
}

result sheets_write(const canvas *c, void *to, size_t room, size_t *size) {
  open_raster o = {0};
  result r = take_all(c, &o);
  if (r == OK) r = open_raster_write(&o, to, room, size);
  open_raster_finish(&o);
  return r;
}
