// SPDX-License-Identifier: GPL-3.0-or-later
// What an exercise is for, as it says itself, one screen each: asked for while choosing and in
// Pause. What it rests on is for the therapist, at the desk.
#include "core/stage/about.h"

#include "core/stage/pages.h"

#include <stdio.h>
#include <string.h>

static const offer *shown(const stage *s) {
  return s->aside.about < s->offer_count ? &s->offers[s->aside.about] : NULL;
}

static void close_chosen(void *data, widget *w) {
  (void)w;
  stage_leave_about(data);
}

static void one_chosen(void *data, widget *w) {
  stage *s = data;
  s->aside.about = (uint32_t)w->value;
  stage_open(s, SHEET_ABOUT);
}

static void aloud_chosen(void *data, widget *w) {
  stage *s = data;
  const offer *o = shown(s);
  char words[2048];
  (void)w;
  if (!o) return;
  snprintf(words, sizeof words, "%s\n%s\n%s", o->invitation, o->why, o->care);
  stage_speak(s, words);
}

static void begin_chosen(void *data, widget *w) {
  stage *s = data;
  const offer *o = shown(s);
  (void)w;
  stage_open(s, SHEET_NONE);
  if (o) stage_choose_one(s, o);
}

static void add_part(
  widget *list, const char *id, const char *heading, const char *words) {
  char name[32];
  if (!words[0]) return;
  snprintf(name, sizeof name, "about-%s-gap", id);
  gap_create(list, name, 0, 2);
  snprintf(name, sizeof name, "about-%s-name", id);
  label_create(list, name, TEXT_CAPTION, heading);
  snprintf(name, sizeof name, "about-%s", id);
  label_create(list, name, TEXT_BODY, words);
}

static void add_steps(widget *list, const offer *o) {
  size_t i = 0;
  json_t *one = NULL;
  char all[1024] = "";
  size_t used = 0;
  const json_t *purpose = json_object_get(o->json, "purpose");
  json_array_foreach(json_object_get(purpose, "steps"), i, one) {
    if (!json_is_string(one) || used >= sizeof all) continue;
    const char *words = say_declared(json_string_value(one));
    const int n =
      snprintf(all + used, sizeof all - used, "%s%s", used ? "\n" : "", words);
    used += n > 0 ? (size_t)n : 0;
  }
  add_part(list, "steps", _("How it goes"), all);
}

// All exercises at the top, so that each is one press away.
static void add_names(stage *s, widget *sheet) {
  if (s->offer_count < 2 || s->offer_count > CHOOSING_CARDS || s->chosen) return;
  widget *names = segment_create(sheet, "about-names", _("Which one"));
  for (uint32_t i = 0; i < s->offer_count; i++) {
    char id[64];
    snprintf(id, sizeof id, "about-name-%u", i);
    segment_add(names, id, NULL, s->offers[i].title);
  }
  segment_choose(&s->view, names, (int)s->aside.about);
  names->changed = one_chosen;
  names->data = s;
}

static widget *way(stage *s, widget *row, const char *id, const char *label,
  button_look look, widget_call *call) {
  widget *w = button_create(row, id, NULL, label, look);
  w->chosen = call;
  w->data = s;
  return w;
}

page_built sheet_about(stage *s) {
  const offer *o = shown(s);
  if (!o) return (page_built){0};
  char words[256];
  widget *sheet = sheet_create("sheet-about", o->title);
  sheet->box.min_w = 600;
  add_names(s, sheet);
  widget *scroll = scroll_create(sheet, "about-scroll", o->title);
  widget *list = column_create(scroll, "about-list", 6);
  widget_pad(list, 8, 4);
  label_create(list, "title", TEXT_TITLE, o->title);
  label_create(list, "about-invitation", TEXT_LEAD, o->invitation);
  add_part(list, "why", _("What it can be good for"), o->why);
  add_steps(list, o);
  add_part(list, "care", _("Take care of yourself"), o->care);
  widget *row = wrap_create(sheet, "about-ways", 12);
  snprintf(words, sizeof words, _("Choose %s"), o->title);
  if (!s->chosen) way(s, row, "about-begin", words, BUTTON_PRIMARY, begin_chosen);
  if (s->speaking.voice)
    way(s, row, "about-aloud", _("Read aloud"), BUTTON_PLAIN, aloud_chosen);
  way(s, row, "about-close", _("Close"), BUTTON_PLAIN, close_chosen);
  return (page_built){sheet, "about-close"};
}

void stage_about(stage *s, uint32_t place) {
  s->aside.about = place;
  s->aside.about_from = s->sheet;
  stage_open(s, SHEET_ABOUT);
}

void stage_leave_about(stage *s) {
  if (s->sheet != SHEET_ABOUT) return;
  const int from = s->aside.about_from;
  stage_be_quiet(s);
  stage_open(s, from > SHEET_NONE ? (sheet_name)from : SHEET_NONE);
}
