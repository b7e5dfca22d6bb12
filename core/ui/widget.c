// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/widget.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *copy(const char *words) {
  char *c = strdup(words);
  if (!c) abort(); // a window without its words is of no use
  return c;
}

static void join(widget *parent, widget *w) {
  w->parent = parent;
  w->previous = parent->last;
  if (parent->last)
    parent->last->next = w;
  else
    parent->first = w;
  parent->last = w;
}

static void part(widget *w) {
  widget *parent = w->parent;
  if (!parent) return;
  if (w->previous)
    w->previous->next = w->next;
  else
    parent->first = w->next;
  if (w->next)
    w->next->previous = w->previous;
  else
    parent->last = w->previous;
  w->parent = w->next = w->previous = NULL;
}

widget *widget_create(
  const widget_sort *sort, widget *parent, const char *id, const char *label) {
  assert(id && id[0]);
  assert(sort->role == ROLE_BOX || (label && label[0]));
  widget *w = calloc(1, sizeof *w);
  if (!w) abort();
  w->sort = sort;
  snprintf(w->id, sizeof w->id, "%s", id);
  w->label = copy(label ? label : "");
  w->style = TEXT_BODY;
  w->high = 1;
  if (parent) join(parent, w);
  return w;
}

void widget_destroy(widget *w) {
  if (!w) return;
  part(w);
  for (widget *c = w->first; c;) {
    widget *after = c->next;
    c->parent = NULL;
    widget_destroy(c);
    c = after;
  }
  if (w->sort->finish) w->sort->finish(w);
  free(w->label);
  free(w->detail);
  free(w);
}

void widget_set_label(widget *w, const char *label) {
  assert(label[0]);
  char *fresh = copy(label);
  free(w->label);
  w->label = fresh;
}

void widget_set_detail(widget *w, const char *detail) {
  char *fresh = detail ? copy(detail) : NULL;
  free(w->detail);
  w->detail = fresh;
}

void widget_set_state(widget *w, uint32_t flag, bool on) {
  w->state = on ? w->state | flag : w->state & ~flag;
}

bool widget_is(const widget *w, uint32_t flag) { return (w->state & flag) != 0; }

bool widget_shown(const widget *w) {
  for (; w; w = w->parent)
    if (w->state & STATE_HIDDEN) return false;
  return true;
}

bool widget_can_focus(const widget *w) {
  return w->sort->focusable && !(w->state & STATE_DISABLED) && widget_shown(w);
}

void widget_to_end(widget *w) {
  widget *parent = w->parent;
  if (!parent || parent->last == w) return;
  part(w);
  join(parent, w);
}

widget *widget_after(const widget *root, const widget *w) {
  if (w->first) return w->first;
  while (w != root && !w->next) w = w->parent;
  return w == root ? NULL : w->next;
}

widget *widget_find(widget *root, const char *id) {
  for (widget *w = root; w; w = widget_after(root, w))
    if (strcmp(w->id, id) == 0) return w;
  return NULL;
}

const char *role_name(role r) {
  static const char *const names[ROLE_COUNT] = {[ROLE_BOX] = "box",
    [ROLE_GROUP] = "group",
    [ROLE_TEXT] = "text",
    [ROLE_BUTTON] = "button",
    [ROLE_TOGGLE] = "toggle",
    [ROLE_OPTION] = "option",
    [ROLE_SLIDER] = "slider",
    [ROLE_FIELD] = "field",
    [ROLE_FEELING] = "feeling",
    [ROLE_PICTURE] = "picture",
    [ROLE_CARD] = "card",
    [ROLE_SCROLL] = "scroll",
    [ROLE_SHEET] = "sheet",
    [ROLE_AREA] = "area"};
  return names[r];
}

void widget_pad(widget *w, double across, double down) {
  w->box.pad_left = w->box.pad_right = across;
  w->box.pad_top = w->box.pad_bottom = down;
}

token widget_ground(const widget *w) {
  for (; w; w = w->parent) {
    if (w->fill) return w->fill;
    if (w->surface) return TOKEN_SURFACE;
  }
  return TOKEN_PAPER;
}
