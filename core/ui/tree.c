// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/tree.h"

#include <stdio.h>
#include <stdlib.h>

static void put_string(FILE *out, const char *s) {
  fputc('"', out);
  for (; *s; s++) {
    if (*s == '"' || *s == '\\')
      fprintf(out, "\\%c", *s);
    else if ((unsigned char)*s < 0x20)
      fprintf(out, "\\u%04x", (unsigned)*s);
    else
      fputc(*s, out);
  }
  fputc('"', out);
}

// A sheet takes the focus from all beneath it but what stays above.
static bool within_reach(const view *v, const widget *w) {
  if (!widget_can_focus(w)) return false;
  return !v->sheet || widget_is(w, STATE_ABOVE) || view_is_below(w, v->sheet);
}

static void put_states(FILE *out, const view *v, const widget *w) {
  const struct {
    bool on;
    const char *name;
  } states[] = {
    {v->focus == w, "focused"},
    {v->scan.at == w, "scanned"},
    {widget_is(w, STATE_DISABLED), "disabled"},
    {widget_is(w, STATE_SELECTED), "selected"},
    {widget_is(w, STATE_PRESSED), "pressed"},
    {widget_is(w, STATE_EMPTY), "empty"},
    {within_reach(v, w), "focusable"},
  };
  const char *between = "";
  fputs(",\"state\":[", out);
  for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
    if (!states[i].on) continue;
    fprintf(out, "%s\"%s\"", between, states[i].name);
    between = ",";
  }
  fputc(']', out);
}

static void put_number(FILE *out, double value) {
  const long long thousandths = (long long)(value * 1000 + (value < 0 ? -0.5 : 0.5));
  const long long whole = thousandths / 1000;
  const long long rest = thousandths % 1000;
  if (thousandths < 0 && whole == 0) fputc('-', out);
  fprintf(out, "%lld", whole); // by hand: a locale's comma is not JSON
  if (rest) fprintf(out, ".%03lld", rest < 0 ? -rest : rest);
}

static void put_rect(FILE *out, const char *name, rect r) {
  const double numbers[] = {r.x, r.y, r.w, r.h};
  fprintf(out, ",\"%s\":[", name);
  for (int i = 0; i < 4; i++) {
    if (i) fputc(',', out);
    put_number(out, numbers[i]);
  }
  fputc(']', out);
}

// Its words need more room than they have.
static bool is_cut(view *v, const widget *w) {
  const role r = w->sort->role;
  if (!w->sort->measure || w->first || r == ROLE_SCROLL || r == ROLE_FIELD) return false;
  const double across = w->rect.w - w->box.pad_left - w->box.pad_right;
  const double down = w->rect.h - w->box.pad_top - w->box.pad_bottom;
  const extent need = w->sort->measure((widget *)w, v, across);
  return need.w > across + 1 || need.h > down + 1;
}

static void put_look(FILE *out, view *v, const widget *w) {
  if (w->sort->colours) {
    const widget_colours c = w->sort->colours(w, v);
    fprintf(out, ",\"colours\":[\"%06x\",\"%06x\",\"%06x\"]", c.words, c.ground, c.edge);
  }
  const widget *group = w->sort->focusable ? scan_group(w) : NULL;
  if (group) {
    fputs(",\"group\":", out);
    put_string(out, group->id);
  }
  if (is_cut(v, w)) fputs(",\"cut\":true", out);
}

static void put_children(FILE *out, view *v, const widget *w, const char **between);

static void put_widget(FILE *out, view *v, const widget *w) {
  fputs("{\"id\":", out);
  put_string(out, w->id);
  fprintf(out, ",\"role\":\"%s\",\"label\":", role_name(w->sort->role));
  put_string(out, w->label);
  if (w->detail) {
    fputs(",\"detail\":", out);
    put_string(out, w->detail);
  }
  put_states(out, v, w);
  if (w->sort->role == ROLE_SLIDER || w->sort->role == ROLE_TOGGLE) {
    fputs(",\"value\":", out);
    put_number(out, w->value);
  }
  if (w->sort->state) {
    char said[160] = "";
    w->sort->state(w, said, sizeof said);
    fputs(",\"said\":", out);
    put_string(out, said);
  }
  put_rect(out, "rect", w->rect);
  if (v->scan.at == w) put_rect(out, "ring", v->scan.ring);
  put_look(out, v, w);
  if (w->first) {
    const char *between = "";
    fputs(",\"children\":[", out);
    put_children(out, v, w, &between);
    fputc(']', out);
  }
  fputc('}', out);
}

static void put_children(FILE *out, view *v, const widget *w, const char **between) {
  for (const widget *c = w->first; c; c = c->next) {
    if (c->state & STATE_HIDDEN) continue;
    if (c->sort->role == ROLE_BOX) {
      put_children(out, v, c, between);
      continue;
    }
    fputs(*between, out);
    *between = ",\n";
    put_widget(out, v, c);
  }
}

char *tree_json(view *v) {
  char *bytes = NULL;
  size_t size = 0;
  view_place(v);
  FILE *out = open_memstream(&bytes, &size);
  if (!out) return NULL;
  const char *between = "";
  fputc('[', out);
  if (v->over) {
    put_widget(out, v, v->over);
    between = ",\n";
  }
  if (v->sheet) {
    fputs(between, out);
    put_widget(out, v, v->sheet);
    between = ",\n";
  }
  if (v->root) put_children(out, v, v->root, &between);
  fputs("]\n", out);
  if (fclose(out) != 0) {
    free(bytes);
    return NULL;
  }
  return bytes;
}
