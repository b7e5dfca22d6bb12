// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/room_tools.h"

#include "core/desk/desk.h"
#include "core/desk/listing.h"
#include "core/desk/page_room.h"
#include "core/desk/room_change.h"
#include "core/ui/say.h"

#include <stdio.h>
#include <string.h>

enum { NAME_ROOM = 64 };

static json_t *exercise_called(const desk *d, const char *id) {
  size_t i;
  json_t *one;
  json_array_foreach(listing_array(d->listing, "exercises"), i, one) {
    if (strcmp(listing_text(one, "id"), id) == 0) return one;
  }
  return NULL;
}

static const char *title_of(const json_t *exercise, const char *otherwise) {
  const char *title = listing_text(exercise, "title");
  if (!*title) title = listing_text(exercise, "name");
  return *title ? say_declared(title) : otherwise;
}

static void switch_on(widget *w, bool on) {
  w->value = on;
  widget_set_state(w, STATE_SELECTED, on);
}

// ---- Exercises in their order ------------------------------------------------------------

// The id of the exercise in that place; the list is the caller's.
static const char *id_at(const desk *d, uint32_t at, json_t **order) {
  *order = room_order(d);
  const char *id = json_string_value(json_array_get(*order, at));
  return id ? id : "";
}

static void offered_changed(void *data, widget *w) {
  json_t *order = NULL;
  const char *id = id_at(data, w->number, &order);
  room_offer(data, id, w->value > 0.5);
  json_decref(order);
  page_room_refresh(data);
}

static void move(desk *d, const widget *w, int by) {
  json_t *order = NULL;
  const char *id = id_at(d, w->number, &order);
  room_move(d, id, by);
  json_decref(order);
}

static void earlier(void *data, widget *w) { move(data, w, -1); }

static void later(void *data, widget *w) { move(data, w, 1); }

static void add_move(
  desk *d, widget *row, uint32_t at, const char *word, const char *label, bool up) {
  char id[NAME_ROOM];
  snprintf(id, sizeof id, "%s-%u", word, at);
  widget *b = button_create(row, id, NULL, label, BUTTON_PLAIN);
  button_set_height(b, 48);
  b->number = at;
  b->chosen = up ? earlier : later;
  b->data = d;
}

// What the words of its card rest on; a client never reads this.
static void add_sources(widget *card, const json_t *exercise, uint32_t at) {
  char id[NAME_ROOM];
  const char *words = listing_text(json_object_get(exercise, "purpose"), "sources");
  if (!words[0]) return;
  snprintf(id, sizeof id, "exercise-%u-sources", at);
  label_create(card, id, TEXT_SMALL, say_declared(words))->words = TOKEN_INK_2;
}

void room_tools_exercises(desk *d, widget *card) {
  json_t *order = room_order(d);
  for (uint32_t i = 0; i < json_array_size(order); i++) {
    const char *exercise = json_string_value(json_array_get(order, i));
    char id[NAME_ROOM];
    snprintf(id, sizeof id, "exercise-%u-row", i);
    widget *row = row_create(card, id, 12);
    snprintf(id, sizeof id, "exercise-%u", i);
    widget *w = toggle_create(row, id, title_of(exercise_called(d, exercise), exercise));
    w->box.grow = 1;
    switch_on(w, room_is_offered(d, exercise));
    w->number = i;
    w->changed = offered_changed;
    w->data = d;
    add_sources(card, exercise_called(d, exercise), i);
    if (!room_is_offered(d, exercise)) continue;
    add_move(d, row, i, "earlier", _("Earlier"), true);
    add_move(d, row, i, "later", _("Later"), false);
  }
  json_decref(order);
}

// ---- Cautions ----------------------------------------------------------------------------

static void caution_changed(void *data, widget *w) {
  json_t *all = room_cautions(data);
  const char *caution = json_string_value(json_array_get(all, w->number));
  if (caution) room_leave_out(data, caution, w->value > 0.5);
  json_decref(all);
}

void room_tools_cautions(desk *d, widget *list) {
  json_t *all = room_cautions(d);
  if (json_array_size(all) == 0) {
    json_decref(all);
    return;
  }
  widget *card = card_box_create(list, "cautions-card", _("Leave out"));
  widget_pad(card, 20, 16);
  card->box.gap = 10;
  label_create(card, "cautions-title", TEXT_STRONG, _("Leave out"));
  label_create(card, "cautions-about", TEXT_SMALL,
    _("An exercise that is about one of these is not offered, wherever it stands."));
  for (uint32_t i = 0; i < json_array_size(all); i++) {
    const char *caution = json_string_value(json_array_get(all, i));
    char id[NAME_ROOM], words[40];
    snprintf(id, sizeof id, "caution-%s", caution);
    snprintf(words, sizeof words, "%s", caution);
    for (char *c = words; *c; c++)
      if (*c == '-') *c = ' ';
    widget *w = toggle_create(card, id, words);
    switch_on(w, room_leaves_out(d, caution));
    w->number = i;
    w->changed = caution_changed;
    w->data = d;
  }
  json_decref(all);
}

// ---- Tools -------------------------------------------------------------------------------

// A widget's number: which exercise, control and choice; the last one: the control as a whole.
enum { WHOLE = 0xFF };

static uint32_t pack(size_t exercise, size_t control, size_t choice) {
  return (uint32_t)(exercise << 16 | control << 8 | choice);
}

static void tool_chosen(void *data, widget *w) {
  desk *d = data;
  const json_t *exercise =
    json_array_get(listing_array(d->listing, "exercises"), w->number >> 16);
  const json_t *control =
    json_array_get(listing_array(exercise, "controls"), w->number >> 8 & 0xFF);
  const uint32_t at = w->number & 0xFF;
  const json_t *choice = json_array_get(listing_array(control, "choices"), at);
  if (!control || (at != WHOLE && !choice)) return;
  room_offer_choice(d, exercise, control, at == WHOLE ? "" : listing_text(choice, "key"),
    !widget_is(w, STATE_SELECTED));
  page_room_refresh(d);
}

static void add_tool(
  desk *d, widget *row, uint32_t number, const char *label, bool offered) {
  char id[NAME_ROOM];
  snprintf(
    id, sizeof id, "tool-%u-%u-%u", number >> 16, number >> 8 & 0xFF, number & 0xFF);
  widget *chip = chip_create(row, id, offered ? "check" : NULL, label);
  widget_set_state(chip, STATE_SELECTED, offered);
  chip->number = number;
  chip->chosen = tool_chosen;
  chip->data = d;
}

static bool is_for_client(const json_t *control) {
  size_t i;
  json_t *flag;
  json_array_foreach(listing_array(control, "flags"), i, flag) {
    const char *name = json_string_value(flag);
    if (strcmp(name, "therapist") == 0 || strcmp(name, "unseen") == 0) return false;
  }
  const char *name = listing_text(control, "key");
  return strcmp(name, "undo") != 0 && strcmp(name, "redo") != 0;
}

static void add_choices(
  desk *d, widget *card, const json_t *exercise, size_t e, size_t c) {
  const json_t *control = json_array_get(listing_array(exercise, "controls"), c);
  char id[NAME_ROOM];
  snprintf(id, sizeof id, "choices-%zu-%zu-name", e, c);
  label_create(card, id, TEXT_CAPTION, say_declared(listing_text(control, "name")));
  snprintf(id, sizeof id, "choices-%zu-%zu", e, c);
  widget *row = wrap_create(card, id, 8);
  size_t i;
  const json_t *choice;
  json_array_foreach(listing_array(control, "choices"), i, choice) {
    if (i < WHOLE)
      add_tool(d, row, pack(e, c, i), say_declared(listing_text(choice, "name")),
        room_offers_choice(d, exercise, control, listing_text(choice, "key")));
  }
}

static bool is_choice(const json_t *control) {
  return strcmp(listing_text(control, "kind"), "choice") == 0;
}

static void add_panel(desk *d, widget *list, const json_t *exercise, size_t e) {
  char id[NAME_ROOM], words[256];
  snprintf(id, sizeof id, "panel-%zu", e);
  snprintf(words, sizeof words, _("Tools of %s"), title_of(exercise, ""));
  widget *card = card_box_create(list, id, words);
  widget_pad(card, 20, 16);
  card->box.gap = 10;
  snprintf(id, sizeof id, "panel-%zu-title", e);
  label_create(card, id, TEXT_STRONG, words);
  snprintf(id, sizeof id, "panel-%zu-row", e);
  widget *row = wrap_create(card, id, 8);
  size_t c;
  const json_t *control;
  json_array_foreach(listing_array(exercise, "controls"), c, control) {
    if (c < 0xFF && is_for_client(control))
      add_tool(d, row, pack(e, c, WHOLE), say_declared(listing_text(control, "name")),
        room_offers_choice(d, exercise, control, ""));
  }
  json_array_foreach(listing_array(exercise, "controls"), c, control) {
    if (c < 0xFF && is_for_client(control) && is_choice(control) &&
      room_offers_choice(d, exercise, control, ""))
      add_choices(d, card, exercise, e, c);
  }
}

void room_tools_panels(desk *d, widget *list) {
  size_t i;
  const json_t *exercise;
  json_array_foreach(listing_array(d->listing, "exercises"), i, exercise) {
    if (room_is_offered(d, listing_text(exercise, "id"))) add_panel(d, list, exercise, i);
  }
}
