// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done to the sheets, the paper under them and the papers beside it.
#include "core/studio/canvas_parts.h"

#include <stdio.h>
#include <string.h>

static result add_sheet(easel *e) {
  sheet_stack *s = &e->stack;
  if (s->count == SHEETS_MAX) return NO_SPACE;
  uint8_t number = s->count;
  result r = easel_make_sheet(e, number);
  if (r != OK) return r;
  s->order[s->count++] = number;
  s->hidden[number] = 0;
  s->opacity[number] = 100;
  s->chosen = number;
  return OK;
}

// Up by 1 or down by -1 in the stack; at its end it stays.
static void shift_sheet(sheet_stack *s, uint32_t sheet, int by) {
  int from = 0;
  while (s->order[from] != sheet) from++;
  int to = from + by;
  if (to < 0 || to >= s->count) return;
  s->order[from] = s->order[to];
  s->order[to] = (uint8_t)sheet;
}

static result clear_sheet(easel *e, uint32_t sheet) {
  uint32_t tiles = e->across * e->down;
  for (uint32_t i = 0; i < tiles; i++) {
    if (easel_see(e, sheet, i) == NULL) continue;
    result r = easel_clear(e, sheet, i);
    if (r != OK) return r;
  }
  return OK;
}

// Where all go, what lies underneath goes along.
static result clear_sheets(easel *e, uint32_t n) {
  result r = n == 0 ? clear_sheet(e, UNDER_SHEET) : OK;
  for (uint32_t s = 0; s < e->stack.count && r == OK; s++) {
    if (n == 0 || n == s + 1) r = clear_sheet(e, s);
  }
  return r;
}

// "opacity 40": in percent.
static bool opacity_in(const char *what, uint8_t *percent) {
  int n = 0, used = 0;
  if (strncmp(what, "opacity ", 8) != 0 || strlen(what) > 11) return false;
  if (what[8] < '0' || what[8] > '9') return false;
  if (sscanf(what + 8, "%d%n", &n, &used) != 1 || what[8 + used] != '\0') return false;
  if (n > 100) return false;
  *percent = (uint8_t)n;
  return true;
}

static result set_paper(sheet_stack *s, uint32_t rgb) {
  if (rgb > 0xFFFFFF) return BAD_DATA;
  s->paper = rgb;
  return OK;
}

static result set_texture(sheet_stack *s, uint32_t texture) {
  if (texture >= CANVAS_TEXTURES) return BAD_DATA;
  s->texture = (uint8_t)texture;
  return OK;
}

// A paper that is still empty is new enough.
static result lay_new(easel *e) {
  const album_paper here = easel_paper(e, e->album.lies);
  return album_is_bare(&here, e->across * e->down) ? OK : easel_lay_new(e);
}

static result turn_to(easel *e, uint32_t n) {
  if (n < 1 || n > e->album.count) return NOT_FOUND;
  easel_turn(e, n - 1);
  return OK;
}

static result change_one(easel *e, const char *what, uint32_t n) {
  sheet_stack *s = &e->stack;
  if (n < 1 || n > s->count) return NOT_FOUND;
  if (strcmp(what, "choose") == 0)
    s->chosen = (uint8_t)(n - 1);
  else if (strcmp(what, "show") == 0)
    s->hidden[n - 1] = 0;
  else if (strcmp(what, "hide") == 0)
    s->hidden[n - 1] = 1;
  else if (strcmp(what, "raise") == 0)
    shift_sheet(s, n - 1, 1);
  else if (strcmp(what, "lower") == 0)
    shift_sheet(s, n - 1, -1);
  else if (strcmp(what, "clear") == 0)
    return clear_sheets(e, n);
  else if (!opacity_in(what, &s->opacity[n - 1]))
    return NOT_FOUND;
  return OK;
}

// Inside a step. Sheets and papers are counted from 1.
static result change(easel *e, const char *what, uint32_t n) {
  if (strcmp(what, "add") == 0) return add_sheet(e);
  if (strcmp(what, "paper") == 0) return set_paper(&e->stack, n);
  if (strcmp(what, "texture") == 0) return set_texture(&e->stack, n);
  if (strcmp(what, "new") == 0) return lay_new(e);
  if (strcmp(what, "turn") == 0) return turn_to(e, n);
  if (strcmp(what, "clear") == 0 && n == 0) return clear_sheets(e, 0);
  return change_one(e, what, n);
}

result canvas_sheet(canvas *c, const char *what, uint32_t n) {
  if (canvas_in_stroke(c)) return NOT_NOW;
  easel *e = &c->easel;
  easel_begin(e);
  sheet_stack before = e->stack;
  result r = change(e, what, n);
  if (r != OK) {
    easel_take_back(e);
    return r;
  }
  if (!sheet_stack_looks_same(&before, &e->stack)) {
    damage_add_all(&e->changed, e->width, e->height);
  }
  canvas_want_grains(c);
  return easel_commit(e);
}
