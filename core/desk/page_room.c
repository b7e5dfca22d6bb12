// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/page_room.h"

#include "core/base/protocol.h"
#include "core/desk/desk.h"
#include "core/desk/listing.h"
#include "core/desk/room_change.h"
#include "core/desk/room_picture.h"
#include "core/desk/room_tools.h"
#include "core/ui/say.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_ROOM = 64 };

// ---- What is typed -----------------------------------------------------------------------

static void begin_edit(desk *d) {
  const json_t *client = room_client(d), *goals = room_member(d, "goals");
  room_edit *e = &d->edit;
  if (strcmp(e->of, listing_text(client, "id")) == 0) return;
  *e = (room_edit){0};
  snprintf(e->of, sizeof e->of, "%s", listing_text(client, "id"));
  snprintf(e->alias, sizeof e->alias, "%s", listing_text(client, "alias"));
  for (size_t i = 0; i < EDIT_GOALS && i < json_array_size(goals); i++)
    snprintf(
      e->goals[i], sizeof e->goals[i], "%s", json_string_value(json_array_get(goals, i)));
}

void page_room_open(desk *d) {
  d->edit.of[0] = 0;
  d->said[0] = 0;
  desk_show(d, PAGE_ROOM);
}

static void leave(void *data, widget *w) {
  (void)w;
  desk_show(data, PAGE_SESSIONS);
}

static void begin_session(void *data, widget *w) {
  desk *d = data;
  (void)w;
  json_t *wish =
    json_pack("{s:s, s:s}", "client", listing_text(room_client(d), "id"), "exercise", "");
  char *words = json_dumps(wish, JSON_COMPACT);
  if (words) desk_ask(d, FROM_DESK_BEGIN, words);
  free(words);
  json_decref(wish);
}

static void alias_typed(void *data, widget *w) {
  desk *d = data;
  snprintf(d->edit.alias, sizeof d->edit.alias, "%.120s", field_text(w));
}

static void keep_alias(void *data, widget *w) {
  desk *d = data;
  (void)w;
  room_ask_client(d, d->edit.of, d->edit.alias, NULL);
}

static void goal_typed(void *data, widget *w) {
  desk *d = data;
  char *goal = d->edit.goals[w->number % EDIT_GOALS];
  snprintf(goal, sizeof d->edit.goals[0], "%.500s", field_text(w));
}

static void keep_goals(void *data, widget *w) {
  desk *d = data;
  (void)w;
  json_t *list = json_array();
  for (int i = 0; i < EDIT_GOALS; i++)
    if (d->edit.goals[i][0]) json_array_append_new(list, json_string(d->edit.goals[i]));
  if (json_array_size(list) == 0) {
    json_decref(list);
    list = json_null();
  }
  room_change(d, "goals", list);
}

// ---- Pieces ------------------------------------------------------------------------------

static widget *add_card(
  widget *list, const char *id, const char *title, const char *about) {
  char part[NAME_ROOM];
  widget *card = card_box_create(list, id, title);
  card->box.gap = 10;
  widget_pad(card, 20, 16);
  snprintf(part, sizeof part, "%s-title", id);
  label_create(card, part, TEXT_STRONG, title);
  snprintf(part, sizeof part, "%s-about", id);
  if (about) label_create(card, part, TEXT_SMALL, about);
  return card;
}

static widget *add_button(
  desk *d, widget *row, const char *id, const char *label, widget_call *chosen) {
  widget *b = button_create(row, id, NULL, label, BUTTON_PLAIN);
  button_set_height(b, 48);
  b->chosen = chosen;
  b->data = d;
  return b;
}

static void add_name(desk *d, widget *list) {
  const bool guest = !d->edit.alias[0] && !*listing_text(room_client(d), "alias");
  widget *card = add_card(list, "name-card", _("Name or initials"),
    guest
      ? _("A guest becomes a client by a name. Of a guest nothing of this page is kept.")
      : NULL);
  widget *row = row_create(card, "name-row", 12);
  widget *field = field_create(row, "name", _("Name or initials"), _("As you call them"));
  field->box.grow = 1;
  field_set_text(&d->view, field, d->edit.alias);
  field->changed = alias_typed;
  field->data = d;
  add_button(d, row, "keep-name", _("Keep this name"), keep_alias);
}

static void add_members(desk *d, widget *list) {
  size_t i;
  json_t *one;
  const json_t *members = listing_array(room_client(d), "members");
  if (!members) return;
  widget *card = add_card(list, "members-card", _("Who belongs to this group"),
    _("Its sessions show with each of them."));
  widget *row = wrap_create(card, "members-row", 16);
  json_array_foreach(members, i, one) {
    char id[NAME_ROOM];
    const json_t *client =
      listing_client(d->listing, json_is_string(one) ? json_string_value(one) : "");
    snprintf(id, sizeof id, "belongs-%zu", i);
    if (client) mark_create(row, id, "person", listing_client_name(client));
  }
}

static void add_goals(desk *d, widget *list) {
  widget *card = add_card(list, "goals-card", _("Goals in the client's own words"),
    _("At most three; set them together. They are offered again on arriving."));
  for (uint32_t i = 0; i < EDIT_GOALS; i++) {
    char id[NAME_ROOM], label[64];
    snprintf(id, sizeof id, "goal-%u", i + 1);
    snprintf(label, sizeof label, _("Goal %u"), i + 1);
    widget *field = field_create(card, id, label, label);
    field_set_text(&d->view, field, d->edit.goals[i]);
    field->number = i;
    field->changed = goal_typed;
    field->data = d;
  }
  widget *row = row_create(card, "goals-row", 12);
  spacer_create(row, "goals-space");
  add_button(d, row, "keep-goals", _("Keep these goals"), keep_goals);
}

// ---- One of several ----------------------------------------------------------------------

typedef struct option {
  const char *id, *label;
  int number; // 0: as usual
} option;

static const option loudness[] = {{"loud-30", "30 %", 30}, {"loud-50", "50 %", 50},
  {"loud-70", "70 %", 70}, {"loud-usual", N_("As usual"), 0}};
static const option minutes[] = {{"minutes-none", N_("No end"), 0},
  {"minutes-30", "30", 30}, {"minutes-45", "45", 45}, {"minutes-60", "60", 60},
  {"minutes-90", "90", 90}};
static const option languages[] = {{"language-usual", N_("The computer's"), 0},
  {"en", "English", 1}, {"de", "Deutsch", 1}, {"ar", "العربية", 1}};

static json_t *number_or_null(int number) {
  return number ? json_integer(number) : json_null();
}

static void loudness_chosen(void *data, widget *w) {
  room_change(data, "loudness", number_or_null(loudness[(int)w->value].number));
}

static void minutes_chosen(void *data, widget *w) {
  room_change(data, "minutes", number_or_null(minutes[(int)w->value].number));
}

static void language_chosen(void *data, widget *w) {
  const option *o = &languages[(int)w->value];
  room_change(data, "language", o->number ? json_string(o->id) : json_null());
}

static bool is_it(const json_t *now, const option *o) {
  if (json_is_string(now)) return o->number && strcmp(json_string_value(now), o->id) == 0;
  return (int)json_integer_value(now) == o->number;
}

typedef struct several {
  const char *id, *name, *member;
  const option *options;
  int count;
  widget_call *chosen;
} several;

static void add_several(desk *d, widget *card, const several *what) {
  char id[NAME_ROOM];
  const json_t *now = room_member(d, what->member);
  snprintf(id, sizeof id, "%s-name", what->id);
  label_create(card, id, TEXT_CAPTION, what->name);
  widget *seg = segment_create(card, what->id, what->name);
  for (int i = 0; i < what->count; i++) {
    segment_add(seg, what->options[i].id, NULL, _(what->options[i].label));
    if (is_it(now, &what->options[i])) segment_choose(&d->view, seg, i);
  }
  seg->changed = what->chosen;
  seg->data = d;
}

static void add_session(desk *d, widget *list) {
  const several all[] = {
    {"loudness", _("Loudness at most"), "loudness", loudness, 4, loudness_chosen},
    {"minutes", _("Minutes of a session"), "minutes", minutes, 5, minutes_chosen},
    {"language", _("Language"), "language", languages, 4, language_chosen}};
  widget *card = add_card(list, "session-card", _("The session"),
    _("A session that comes to its end says so calmly; it never stops by itself."));
  for (int i = 0; i < 3; i++) add_several(d, card, &all[i]);
}

// ---- How they reach the screen -----------------------------------------------------------

static void access_usual(void *data, widget *w) {
  (void)w;
  room_change(data, "access", json_null());
}

static void value_words(const json_t *value, char *words, size_t room) {
  char *text = NULL;
  if (json_is_string(value))
    snprintf(words, room, "%s", json_string_value(value));
  else if (json_is_boolean(value))
    snprintf(words, room, "%s", json_is_true(value) ? _("yes") : _("no"));
  else
    text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
  if (text) snprintf(words, room, "%s", text);
  free(text);
}

// "text percent: 150; theme: evening"
static void access_words(const json_t *access, char *words, size_t room) {
  const char *name;
  json_t *value;
  size_t n = 0;
  words[0] = 0;
  json_object_foreach((json_t *)access, name, value) {
    char said[256] = "", called[64];
    snprintf(called, sizeof called, "%s", name);
    for (char *c = called; *c; c++)
      if (*c == '_') *c = ' ';
    value_words(value, said, sizeof said);
    if (n < room)
      n += (size_t)snprintf(words + n, room - n, "%s%s: %s", n ? "; " : "", called, said);
  }
}

static void add_access(desk *d, widget *list) {
  char words[1024];
  const json_t *access = room_member(d, "access");
  access_words(access, words, sizeof words);
  widget *card = add_card(list, "access-card", _("How they reach the screen"),
    _("The client sets it on \"Make it easier\"; it is kept with them."));
  label_create(card, "access-now", TEXT_LABEL, words[0] ? words : _("All as usual"));
  if (!words[0]) return;
  widget *row = row_create(card, "access-row", 12);
  add_button(d, row, "access-usual", _("All as usual again"), access_usual);
}

// ---- A group -----------------------------------------------------------------------------

static void member_changed(void *data, widget *w) {
  desk *d = data;
  const uint64_t bit = (uint64_t)1 << w->number;
  d->edit.members = w->value > 0.5 ? d->edit.members | bit : d->edit.members & ~bit;
}

static void group_typed(void *data, widget *w) {
  desk *d = data;
  snprintf(d->edit.group, sizeof d->edit.group, "%.120s", field_text(w));
}

static bool can_be_member(const json_t *client) {
  return *listing_text(client, "alias") && strcmp(listing_text(client, "kind"), "group");
}

static void make_group(void *data, widget *w) {
  desk *d = data;
  (void)w;
  size_t i;
  const json_t *client;
  json_t *members = json_array();
  json_array_foreach(listing_array(d->listing, "clients"), i, client) {
    if (i < EDIT_MEMBERS && (d->edit.members >> i & 1) && can_be_member(client))
      json_array_append_new(members, json_string(listing_text(client, "id")));
  }
  if (json_array_size(members) >= 2) {
    room_ask_client(d, NULL, d->edit.group, members);
    return;
  }
  json_decref(members);
  snprintf(d->said, sizeof d->said, "%s", _("A group has two members at least."));
  page_room_refresh(d);
}

static void add_group(desk *d, widget *list) {
  size_t i;
  const json_t *client;
  widget *card = add_card(list, "group-card", _("A group"),
    _("It has a room and sessions of its own. Choose who belongs to it."));
  json_array_foreach(listing_array(d->listing, "clients"), i, client) {
    char id[NAME_ROOM];
    if (i >= EDIT_MEMBERS || !can_be_member(client)) continue;
    snprintf(id, sizeof id, "member-%zu", i);
    widget *w = toggle_create(card, id, listing_client_name(client));
    w->value = (d->edit.members >> i & 1) != 0;
    widget_set_state(w, STATE_SELECTED, w->value > 0.5);
    w->number = (uint32_t)i;
    w->changed = member_changed;
    w->data = d;
  }
  widget *row = row_create(card, "group-row", 12);
  widget *field = field_create(row, "group-name", _("Name of the group"), _("Tuesday"));
  field->box.grow = 1;
  field_set_text(&d->view, field, d->edit.group);
  field->changed = group_typed;
  field->data = d;
  add_button(d, row, "make-group", _("Make this group"), make_group);
}

// ---- The page ----------------------------------------------------------------------------

static void add_bar(desk *d, widget *root) {
  char title[256];
  widget *bar = row_create(root, "room-bar", 16);
  widget *back = button_create(bar, "back", "back", _("Back"), BUTTON_PLAIN);
  back->chosen = leave;
  back->data = d;
  snprintf(title, sizeof title, _("The room of %s"), listing_client_name(room_client(d)));
  label_create(bar, "room-title", TEXT_HEADING, title);
  spacer_create(bar, "room-bar-space");
  widget *start =
    button_create(bar, "start-here", "play", _("Start a session"), BUTTON_PRIMARY);
  start->chosen = begin_session;
  start->data = d;
}

widget *page_room_build(desk *d) {
  begin_edit(d);
  widget *root = column_create(NULL, "room-page", 12);
  widget_pad(root, 24, 16);
  add_bar(d, root);
  label_create(root, "said", TEXT_SMALL,
    *d->said ? d->said : _("What is chosen here is kept at once and travels with them."));
  widget *scroll = scroll_create(root, "room-scroll", _("The room"));
  scroll->box.grow = 1;
  widget *list = column_create(scroll, "room-list", 16);
  widget_pad(list, 4, 4);
  const json_t *client = room_client(d);
  add_name(d, list);
  add_members(d, list);
  if (*listing_text(client, "alias")) {
    add_goals(d, list);
    add_session(d, list);
    room_tools_exercises(
      d, add_card(list, "exercises-card", _("Exercises"), _("Offered in this order.")));
    room_picture_add(d,
      add_card(list, "picture-card", _("A picture to draw on"),
        _("A photo, or a drawing they bring: PNG, JPEG or OpenRaster. Name the file, or "
          "drop it here. In Draw it is offered as \"My picture\" from the next session "
          "on. What a camera wrote beside it is not kept.")));
    room_tools_cautions(d, list);
    room_tools_panels(d, list);
    add_access(d, list);
  }
  add_group(d, list);
  return root;
}

void page_room_refresh(desk *d) {
  widget *said = widget_find(d->view.root, "said");
  if (said && *d->said) widget_set_label(said, d->said);
  view_moved(&d->view);
}
