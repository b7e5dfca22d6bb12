// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/page_sessions.h"

#include "core/base/protocol.h"
#include "core/desk/listing.h"
#include "core/desk/room_change.h"
#include "core/desk/told.h"
#include "core/ui/widgets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RAIL = 320, THUMB_W = 208, THUMB_H = 130, PATH_ROOM = 1024, NAME_ROOM = 64 };
enum { SESSIONS_SHOWN = 100, WORKS_SHOWN = 12 };

// ---- What the buttons do

static void begin_session(void *data, widget *w) {
  (void)w;
  desk *d = data;
  const widget *alias = widget_find(d->view.root, "alias");
  const char *name = alias ? field_text(alias) : "";
  json_t *wish = json_pack(
    "{s:o, s:s}", "client", *name ? json_string(name) : json_null(), "exercise", "");
  char *words = json_dumps(wish, JSON_COMPACT);
  if (words) desk_ask(d, FROM_DESK_BEGIN, words);
  free(words);
  json_decref(wish);
}

static void add_client(void *data, widget *w) {
  desk *d = data;
  (void)w;
  const widget *alias = widget_find(d->view.root, "alias");
  snprintf(d->seek, sizeof d->seek, "%.120s", alias ? field_text(alias) : "");
  room_ask_client(d, NULL, d->seek, NULL);
}

static void open_room(void *data, widget *w) {
  (void)w;
  page_room_open(data);
}

static const json_t *client_shown(const desk *d) {
  const json_t *shown = listing_client(d->listing, d->client);
  return shown ? shown : json_array_get(listing_array(d->listing, "clients"), 0);
}

static void choose_client(void *data, widget *w) {
  desk *d = data;
  d->told_of[0] = 0;
  snprintf(d->client, sizeof d->client, "%s", w->id + strlen("client-"));
  desk_show(d, PAGE_SESSIONS);
}

static const desk_item *item_of(const desk *d, const widget *w) {
  return &d->items[w->number];
}

static void resume_session(void *data, widget *w) {
  desk_ask(data, FROM_DESK_RESUME, listing_text(item_of(data, w)->session, "name"));
}

static void finish_session(void *data, widget *w) {
  desk_ask(data, FROM_DESK_FINISH, listing_text(item_of(data, w)->session, "name"));
}

static void open_report(void *data, widget *w) {
  desk_ask(data, FROM_DESK_REPORT, listing_text(item_of(data, w)->session, "path"));
}

static void replay(void *data, widget *w) {
  desk *d = data;
  const desk_item *item = item_of(d, w);
  replaying_open(d, client_shown(d), item->session, item->creation);
}

// Of a work, or, where there is none, of the session's voice note.
static void sound_path(const desk_item *item, char *path, size_t room) {
  if (item->work) {
    listing_work_path(item->session, item->creation, item->work, path, room);
    return;
  }
  const int length = snprintf(path, room, "%s/%s", listing_text(item->session, "path"),
    listing_text(item->session, "note"));
  if (length < 0 || (size_t)length >= room) path[0] = 0;
}

static void listen(void *data, widget *w) {
  desk *d = data;
  char path[PATH_ROOM];
  sound_path(item_of(d, w), path, sizeof path);
  const bool stop = strcmp(d->playing, path) == 0;
  snprintf(d->playing, sizeof d->playing, "%s", stop ? "" : path);
  desk_ask(d, FROM_DESK_LISTEN, d->playing);
  page_sessions_refresh(d);
}

// ---- Pieces of the page

// The item's number, or -1 where the table is full: then the button is left out.
static int note_item(
  desk *d, const json_t *session, const json_t *creation, const json_t *work) {
  if (d->item_count == DESK_ITEMS) return -1;
  d->items[d->item_count] =
    (desk_item){.session = session, .creation = creation, .work = work};
  return (int)d->item_count++;
}

typedef struct wish_button { // a button that stands for an item
  const char *kind, *icon, *label;
  widget_call *chosen;
} wish_button;

static widget *item_button(desk *d, widget *parent, int number, const wish_button *what) {
  if (number < 0) return NULL;
  char id[NAME_ROOM];
  snprintf(id, sizeof id, "%s-%d", what->kind, number);
  widget *b = button_create(parent, id, what->icon, what->label, BUTTON_PLAIN);
  button_set_height(b, 48);
  b->number = (uint32_t)number;
  b->chosen = what->chosen;
  b->data = d;
  return b;
}

static void ask_picture(desk *d, int number, const json_t *work) {
  const desk_item *item = &d->items[number];
  link_message m = {.kind = FROM_DESK_THUMB, .a = (uint32_t)number, .b = THUMB_W * 2};
  listing_work_path(item->session, item->creation, work, m.text, PATH_ROOM);
  m.text_size = (uint32_t)strlen(m.text);
  desk_ask_message(d, &m);
}

static void draw_sound_motif(const widget *w, view *v, cairo_t *cr) {
  static const token ring_colours[] = {TOKEN_INDIGO, TOKEN_OCHRE, TOKEN_PLUM};
  const double x = w->rect.x + w->rect.w / 2, y = w->rect.y + w->rect.h / 2;
  cairo_save(cr);
  cairo_set_line_width(cr, 7);
  for (int i = 0; i < 3; i++) {
    const uint32_t rgb = view_colour(v, ring_colours[i]);
    cairo_set_source_rgb(
      cr, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
    cairo_new_sub_path(cr);
    cairo_arc(cr, x, y, w->rect.h * (0.40 - 0.11 * i), -1.57 + i, 3.1 + 0.6 * i);
    cairo_stroke(cr);
  }
  cairo_restore(cr);
}

// That it is there is honest; nothing else of it shows.
static void add_private(widget *row, int session, int n) {
  char id[NAME_ROOM];
  snprintf(id, sizeof id, "private-%d-%d", session, n);
  widget *place = column_create(row, id, 8);
  place->surface = SURFACE_GROUP;
  place->box.w = 132;
  place->box.h = THUMB_H;
  place->box.centred = true;
  place->box.cross = CROSS_MIDDLE;
  snprintf(id, sizeof id, "private-%d-%d-words", session, n);
  mark_create(place, id, "private", _("private"));
}

static void add_buttons(desk *d, widget *column, int number) {
  const desk_item *item = &d->items[number];
  char id[NAME_ROOM];
  snprintf(id, sizeof id, "buttons-%d", number);
  widget *buttons = row_create(column, id, 8);
  const json_t *sound = listing_work_of_kind(item->creation, "sound");
  if (sound) {
    item_button(d, buttons, note_item(d, item->session, item->creation, sound),
      &(wish_button){"listen", "sound", _("Listen"), listen});
  }
  if (json_is_true(json_object_get(item->creation, "process"))) {
    item_button(d, buttons, note_item(d, item->session, item->creation, NULL),
      &(wish_button){"replay", "clock", _("Replay"), replay});
  } else {
    snprintf(id, sizeof id, "not-kept-%d", number);
    label_create(column, id, TEXT_CAPTION, _("How it was made was not kept."));
  }
}

static void add_thumb(desk *d, widget *column, int number, const char *title) {
  const json_t *work = d->items[number].work;
  char id[NAME_ROOM];
  snprintf(id, sizeof id, "picture-%d", number);
  widget *thumb = picture_create(column, id, title, work ? NULL : draw_sound_motif);
  thumb->box.w = THUMB_W;
  thumb->box.h = THUMB_H;
  if (work) ask_picture(d, number, work);
}

// One more paper of the same creation: replay and the rest stand with the first.
static void add_paper(desk *d, widget *row, int first, const json_t *work, size_t place) {
  const desk_item *item = &d->items[first];
  const int number = note_item(d, item->session, item->creation, work);
  if (number < 0) return;
  char id[NAME_ROOM], words[64];
  snprintf(id, sizeof id, "work-%d", number);
  widget *column = column_create(row, id, 8);
  column->box.min_w = THUMB_W;
  snprintf(words, sizeof words, _("Picture %zu"), place);
  add_thumb(d, column, number, words);
  snprintf(id, sizeof id, "title-%d", number);
  label_create(column, id, TEXT_CAPTION, words);
}

static void add_papers(desk *d, widget *row, int first, const json_t *creation) {
  size_t i = 0, place = 0;
  const json_t *work = NULL;
  json_array_foreach(listing_array(creation, "works"), i, work) {
    if (strcmp(listing_text(work, "kind"), "picture") != 0) continue;
    if (++place > 1) add_paper(d, row, first, work, place);
  }
}

static void add_creation(
  desk *d, widget *row, const json_t *session, const json_t *creation) {
  const json_t *picture = listing_work_of_kind(creation, "picture");
  const int number = note_item(d, session, creation, picture);
  if (number < 0) return;
  char id[NAME_ROOM];
  snprintf(id, sizeof id, "work-%d", number);
  widget *column = column_create(row, id, 8);
  column->box.min_w = THUMB_W;
  const char *title = listing_text(creation, "title");
  if (!*title)
    title = listing_exercise_name(d->listing, listing_text(creation, "exercise"));
  const bool facts = !picture && !listing_work_of_kind(creation, "sound");
  if (!facts) add_thumb(d, column, number, title);
  snprintf(id, sizeof id, "title-%d", number);
  label_create(column, id, TEXT_LABEL, title);
  add_buttons(d, column, number);
  add_papers(d, row, number, creation);
}

static void show_told(void *data, widget *w) {
  desk *d = data;
  const char *name = listing_text(item_of(d, w)->session, "name");
  const bool shown = strcmp(d->told_of, name) == 0;
  snprintf(d->told_of, sizeof d->told_of, "%s", shown ? "-" : name);
  desk_show(d, PAGE_SESSIONS);
}

// "Draw 21 min, Loop 12 min"
static void exercises_words(
  const desk *d, const json_t *session, char *words, size_t room) {
  size_t i = 0, used = 0;
  const json_t *creation = NULL;
  words[0] = 0;
  json_array_foreach(listing_array(session, "creations"), i, creation) {
    char length[64];
    listing_length(creation, length, sizeof length);
    const int n = snprintf(words + used, room - used, "%s%s %s", used ? ", " : "",
      listing_exercise_name(d->listing, listing_text(creation, "exercise")), length);
    if (n < 0 || (size_t)n >= room - used) return;
    used += (size_t)n;
  }
}

// What the client wanted of this session; what was skipped is no heading by itself.
static const char *heading_of(const json_t *session) {
  static const char *const labels[] = {
    "Wish of today", "Chosen for today", "Goals for today", "Today"};
  static const char skipped[] = "Skipped";
  for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
    const char *line = told_line(session, labels[i]);
    if (*line && strcmp(line, skipped) != 0) return say_declared(line);
  }
  const bool wish_skipped = strcmp(told_line(session, labels[0]), skipped) == 0;
  return wish_skipped ? _("The wish of today was skipped") : "";
}

// From arriving to leaving, the wish in the client's own words, how long what was worked on.
static void add_said(desk *d, widget *card, int number, const json_t *session) {
  char id[NAME_ROOM], words[512];
  const json_t *lines = listing_array(session, "told");
  snprintf(id, sizeof id, "session-%d-said", number);
  widget *row = row_create(card, id, 16);
  snprintf(id, sizeof id, "session-%d-points", number);
  told_points(row, id, session);
  snprintf(id, sizeof id, "session-%d-words", number);
  widget *column = column_create(row, id, 4);
  column->box.grow = 1;
  const char *heading = heading_of(session);
  snprintf(id, sizeof id, "session-%d-wish", number);
  if (*heading) label_create(column, id, TEXT_STRONG, heading);
  exercises_words(d, session, words, sizeof words);
  snprintf(id, sizeof id, "session-%d-exercises", number);
  if (words[0]) label_create(column, id, TEXT_SMALL, words);
  if (json_array_size(lines) == 0) return;
  item_button(
    d, row, number, &(wish_button){"told", "say", _("What was said"), show_told});
  snprintf(id, sizeof id, "session-%d-told", number);
  if (strcmp(d->told_of, listing_text(session, "name")) == 0)
    told_lines(column_create(card, id, 4), id, session);
}

static void add_session(desk *d, widget *column, const json_t *session) {
  const int number = note_item(d, session, NULL, NULL);
  if (number < 0) return;
  char id[NAME_ROOM], when[128], length[64];
  listing_when(session, when, sizeof when);
  listing_length(session, length, sizeof length);
  snprintf(id, sizeof id, "session-%d", number);
  widget *card = card_box_create(column, id, when);
  card->box.gap = 12;
  snprintf(id, sizeof id, "session-%d-head", number);
  widget *head = row_create(card, id, 16);
  head->box.cross = CROSS_MIDDLE;
  snprintf(id, sizeof id, "session-%d-when", number);
  label_create(head, id, TEXT_STRONG, when);
  snprintf(id, sizeof id, "session-%d-length", number);
  label_create(head, id, TEXT_SMALL, length);
  snprintf(id, sizeof id, "session-%d-group", number);
  if (*listing_text(session, "group"))
    mark_create(head, id, "people", listing_text(session, "group"));
  snprintf(id, sizeof id, "session-%d-space", number);
  spacer_create(head, id);
  item_button(
    d, head, number, &(wish_button){"report", "report", _("Report"), open_report});
  add_said(d, card, number, session);
  snprintf(id, sizeof id, "session-%d-works", number);
  widget *row = wrap_create(card, id, 20);
  size_t i = 0;
  const json_t *creation = NULL;
  json_array_foreach(listing_array(session, "creations"), i, creation) {
    if (i < WORKS_SHOWN) add_creation(d, row, session, creation);
  }
  const json_int_t closed = json_integer_value(json_object_get(session, "private"));
  for (json_int_t n = 0; n < closed && n < WORKS_SHOWN; n++)
    add_private(row, number, (int)n);
}

static void add_interrupted(desk *d, widget *column) {
  size_t i = 0;
  const json_t *session = NULL;
  json_array_foreach(listing_array(d->listing, "live"), i, session) {
    const int number = note_item(d, session, NULL, NULL);
    if (number < 0) return;
    char id[NAME_ROOM], words[256], when[128];
    listing_when(session, when, sizeof when);
    snprintf(id, sizeof id, "interrupted-%d", number);
    widget *card = card_box_create(column, id, _("A session that was interrupted"));
    snprintf(words, sizeof words,
      _("The session of %s was interrupted. All that was made is safe."), when);
    snprintf(id, sizeof id, "interrupted-%d-words", number);
    label_create(card, id, TEXT_STRONG, words);
    snprintf(id, sizeof id, "interrupted-%d-row", number);
    widget *row = row_create(card, id, 12);
    item_button(
      d, row, number, &(wish_button){"resume", "play", _("Carry on"), resume_session});
    item_button(d, row, number,
      &(wish_button){"finish", "check", _("Close it, kept as private"), finish_session});
  }
}

// Guests have no name: the time of their last session tells them apart.
static void client_words(const json_t *client, char *words, size_t room) {
  const json_t *sessions = listing_array(client, "sessions");
  const size_t count = json_array_size(sessions);
  if (*listing_text(client, "alias") || count == 0) {
    snprintf(words, room, "%s", listing_client_name(client));
    return;
  }
  char when[128];
  listing_when(json_array_get(sessions, count - 1), when, sizeof when);
  snprintf(words, room, _("%s, %s"), listing_client_name(client), when);
}

static void add_clients(desk *d, widget *column, const json_t *shown) {
  size_t i = 0;
  const json_t *client = NULL;
  json_array_foreach(listing_array(d->listing, "clients"), i, client) {
    char id[NAME_ROOM], name[256];
    client_words(client, name, sizeof name);
    snprintf(id, sizeof id, "client-%s", listing_text(client, "id"));
    widget *b = button_create(column, id, NULL, name, BUTTON_QUIET);
    button_set_height(b, 48);
    widget_set_state(b, STATE_SELECTED, client == shown);
    b->chosen = choose_client;
    b->data = d;
  }
}

static widget *build_rail(desk *d, widget *root, const json_t *shown) {
  widget *rail = column_create(root, "rail", 16);
  rail->box.w = RAIL;
  rail->fill = TOKEN_SUNKEN;
  widget_pad(rail, 24, 24);
  logo_create(rail, "logo");
  widget *alias =
    field_create(rail, "alias", _("Name or initials"), _("Name, or empty for a guest"));
  alias->box.min_h = 56;
  widget *start =
    button_create(rail, "start", "play", _("Start a session"), BUTTON_PRIMARY);
  start->chosen = begin_session;
  start->data = d;
  widget *add =
    button_create(rail, "add-client", "plus", _("Add this client"), BUTTON_PLAIN);
  button_set_height(add, 48);
  add->chosen = add_client;
  add->data = d;
  label_create(rail, "clients-title", TEXT_HEADING, _("Clients"));
  widget *scroll = scroll_create(rail, "clients", _("Clients"));
  scroll->box.grow = 1;
  widget *column = column_create(scroll, "clients-column", 8);
  add_clients(d, column, shown);
  mark_create(rail, "kept-here", "shield", _("Kept on this computer"));
  return rail;
}

static void add_sessions(desk *d, widget *column, const json_t *client) {
  const json_t *sessions = listing_array(client, "sessions");
  const size_t count = json_array_size(sessions);
  if (count > 0 && !d->told_of[0]) { // the newest, until another is asked for
    const json_t *newest = json_array_get(sessions, count - 1);
    snprintf(d->told_of, sizeof d->told_of, "%s", listing_text(newest, "name"));
  }
  if (count == 0) {
    label_create(column, "nothing-yet", TEXT_LEAD,
      _("Nothing here yet. What a client makes and keeps is shown here."));
    return;
  }
  for (size_t i = 0; i < count && i < SESSIONS_SHOWN; i++) {
    add_session(d, column, json_array_get(sessions, count - 1 - i)); // newest first
  }
}

widget *page_sessions_build(desk *d) {
  d->item_count = 0;
  const json_t *shown = client_shown(d);
  widget *root = row_create(NULL, "sessions-page", 0);
  root->box.cross = CROSS_STRETCH;
  build_rail(d, root, shown);
  widget *main = column_create(root, "main", 16);
  main->box.grow = 1;
  widget_pad(main, 32, 24);
  widget *head = row_create(main, "client-head", 16);
  label_create(
    head, "client-name", TEXT_TITLE, shown ? listing_client_name(shown) : _("Welcome"));
  spacer_create(head, "client-space");
  if (shown) {
    widget *b = button_create(head, "room", "settings", _("The room"), BUTTON_PLAIN);
    button_set_height(b, 48);
    b->chosen = open_room;
    b->data = d;
  }
  label_create(
    main, "said", TEXT_SMALL, *d->said ? d->said : _("Choose a session to look back."));
  widget *scroll = scroll_create(main, "sessions", _("Sessions"));
  scroll->box.grow = 1;
  widget *column = column_create(scroll, "sessions-column", 16);
  widget_pad(column, 4, 4);
  add_interrupted(d, column);
  add_sessions(d, column, shown);
  return root;
}

void page_sessions_picture(desk *d, uint32_t request, cairo_surface_t *pixels) {
  char id[NAME_ROOM];
  snprintf(id, sizeof id, "picture-%u", request);
  widget *thumb = widget_find(d->view.root, id);
  if (thumb) picture_set_surface(&d->view, thumb, pixels);
}

static void refresh_listen(desk *d, widget *w) {
  char path[PATH_ROOM];
  sound_path(item_of(d, w), path, sizeof path);
  widget_set_label(w, strcmp(path, d->playing) == 0 ? _("Quiet") : _("Listen"));
}

void page_sessions_refresh(desk *d) {
  widget *said = widget_find(d->view.root, "said");
  if (said && *d->said) widget_set_label(said, d->said);
  for (widget *w = d->view.root; w; w = widget_after(d->view.root, w)) {
    if (w->chosen == listen) refresh_listen(d, w);
  }
  view_moved(&d->view);
}
