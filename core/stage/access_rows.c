// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/access_rows.h"

#include "core/stage/about.h"
#include "core/stage/pages.h"
#include "core/stage/setting.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

access_settings access_rows_now(const stage *s) {
  return s->access_waits ? s->next_access : s->access;
}

void access_rows_again(stage *s) {
  const access_settings a = access_rows_now(s);
  stage_want_access(s, &a);
}

// ---- Values in words ---------------------------------------------------------------------

typedef void words_fn(uint32_t value, char *words, size_t room);

static void seconds_words(uint32_t ms, char *words, size_t room) {
  if (ms)
    snprintf(words, room, _("%.*f s"), ms % 100 ? 2 : 1, ms / 1000.0);
  else
    snprintf(words, room, "%s", _("Off"));
}

static void target_words(uint32_t value, char *words, size_t room) {
  const char *name = value <= 64 ? _("Usual")
    : value <= 80                ? _("Large")
    : value <= 96                ? _("Larger")
                                 : _("Largest");
  snprintf(words, room, "%s", name);
}

static void percent_words(uint32_t value, char *words, size_t room) {
  snprintf(words, room, _("%u %%"), value);
}

static void steady_words(uint32_t value, char *words, size_t room) {
  static const char *const names[] = {N_("Off"), N_("Gentle"), N_("Strong")};
  snprintf(words, room, "%s", _(names[value % 3]));
}

static uint32_t next_steady(uint32_t value, int step) {
  if (step < 0) return value > STEADY_OFF ? value - 1 : value;
  return value < STEADY_STRONG ? value + 1 : value;
}

// ---- What there is -----------------------------------------------------------------------

typedef uint32_t next_fn(uint32_t value, int step);

typedef struct row {
  const char *id, *icon, *name, *about;
  size_t at;     // in access_settings
  next_fn *next; // of a step; NULL: yes or no
  words_fn *words;
} row;

#define AT(field) offsetof(access_settings, field)
static const row rows[] = {
  {"scanning", "hands", N_("One-switch scanning"),
    N_("Highlight moves, a switch chooses"), AT(scanning), NULL, NULL},
  {"item", "forward", N_("Scanning pace"), N_("Time on each item"), AT(item_ms),
    access_next_item, seconds_words},
  {"dwell", "eye", N_("Dwell to press"), N_("Rest on a button instead of pressing"),
    AT(dwell_ms), access_next_dwell, seconds_words},
  {"target", "square", N_("Target size"), N_("How large buttons are at least"),
    AT(target), access_next_target, target_words},
  {"text", "note", N_("Text size"), N_("Pages make room; nothing is cut"),
    AT(text_percent), access_next_text, percent_words},
  {"motion", "leaf", N_("Reduced motion"), N_("Fades only, nothing travels"),
    AT(reduced_motion), NULL, NULL},
  {"voice", "say", N_("Voice cues"), N_("Speak labels and steps aloud"),
    AT(spoken_labels), NULL, NULL},
  {"muted", "mute", N_("No sound"), N_("All is silent until you change it"), AT(muted),
    NULL, NULL},
  {"voice-pace", "forward", N_("Pace of the voice"), N_("How fast words are spoken"),
    AT(voice_percent), access_next_voice, percent_words},
  {"captions", "report", N_("Captions"), N_("Show in words what is spoken"), AT(captions),
    NULL, NULL},
  {"left", "mirror", N_("Left-handed layout"), N_("Mirrors tools, Pause and Stop too"),
    AT(left_handed), NULL, NULL},
  {"steady", "cross", N_("Steady hand"), N_("Smooths what a trembling hand does"),
    AT(steady), next_steady, steady_words},
  {"shortest", "clock", N_("Shortest press"),
    N_("Shorter touches, and a second one at once, do not count"), AT(shortest_ms),
    access_next_shortest, seconds_words},
  {"click", "brush", N_("Click, move, click"),
    N_("A press takes hold, the next one lets go"), AT(click_move_click), NULL, NULL},
  {"groups", "sheet", N_("Groups first"), N_("First a row, then what is in it"),
    AT(groups_first), NULL, NULL},
  {"rest", "pause", N_("Rest on the last"),
    N_("After a choice the highlight stays there"), AT(rest_on_last), NULL, NULL},
  {"long", "back", N_("A long press goes back"), N_("It leaves the group"),
    AT(cancel_by_long), NULL, NULL},
};
#undef AT
enum { ROWS = sizeof rows / sizeof rows[0] };

static const char *const shown[SECTION_COUNT][10] = {
  [SECTION_EASIER] = {"scanning", "item", "dwell", "target", "text", "motion", "voice",
    "left", "steady"},
  [SECTION_LOOK] = {"text", "target", "motion", "captions", "left"},
  [SECTION_SOUND] = {"muted", "voice", "voice-pace", "captions"},
  [SECTION_SWITCHES] = {"click", "steady", "shortest", "item", "groups", "rest", "long"}};

static const row *row_called(const char *id) {
  for (size_t i = 0; i < ROWS; i++)
    if (strcmp(rows[i].id, id) == 0) return &rows[i];
  return NULL;
}

// ---- Changing ----------------------------------------------------------------------------

static bool is_scanning(const row *r) { return strcmp(r->id, "scanning") == 0; }

static bool is_on(const access_settings *a, const row *r) {
  const void *at = (const char *)a + r->at;
  return is_scanning(r) ? a->scanning != SCANNING_OFF : *(const bool *)at;
}

static void toggled(void *data, widget *w) {
  stage *s = data;
  const row *r = &rows[w->number];
  access_settings a = access_rows_now(s);
  if (is_scanning(r))
    a.scanning = w->value > 0.5 ? SCANNING_ONE_SWITCH : SCANNING_OFF;
  else
    *(bool *)((char *)&a + r->at) = w->value > 0.5;
  stage_want_access(s, &a);
}

static void step(stage *s, const row *r, int by) {
  access_settings a = access_rows_now(s);
  uint32_t *value = (uint32_t *)(void *)((char *)&a + r->at);
  *value = r->next(*value, by);
  stage_want_access(s, &a);
}

static void stepped_down(void *data, widget *w) { step(data, &rows[w->number], -1); }

static void stepped_up(void *data, widget *w) { step(data, &rows[w->number], 1); }

// ---- Rows --------------------------------------------------------------------------------

static const char *part(char *room, size_t size, const char *id, const char *what) {
  snprintf(room, size, "%s-%s", id, what);
  return room;
}

static void add_rule(widget *list, const char *id) {
  char name[96];
  if (list->first) rule_create(list, part(name, sizeof name, id, "rule"));
}

static void add_toggle(stage *s, widget *list, const row *r) {
  widget *w = setting_toggle(list, r->id, r->icon, _(r->name), _(r->about));
  const bool on = is_on(&s->access, r);
  w->value = on;
  widget_set_state(w, STATE_SELECTED, on);
  w->number = (uint32_t)(r - rows);
  w->changed = toggled;
  w->data = s;
}

static void add_step(stage *s, widget *line, const row *r, bool up) {
  char id[64], label[160];
  snprintf(label, sizeof label, up ? _("%s: more") : _("%s: less"), _(r->name));
  widget *w = setting_step(
    line, part(id, sizeof id, r->id, up ? "more" : "less"), up ? "plus" : "minus", label);
  w->number = (uint32_t)(r - rows);
  w->chosen = up ? stepped_up : stepped_down;
  w->data = s;
  const uint32_t now =
    *(const uint32_t *)(const void *)((const char *)&s->access + r->at);
  widget_set_state(w, STATE_DISABLED, r->next(now, up ? 1 : -1) == now);
}

static void add_stepper(stage *s, widget *list, const row *r) {
  char id[64], words[64];
  widget *line = row_create(list, part(id, sizeof id, r->id, "line"), 2);
  line->box.min_h = 62;
  widget_pad(line, 16, 2);
  widget *name = setting_name(
    line, part(id, sizeof id, r->id, "name"), r->icon, _(r->name), _(r->about));
  name->box.grow = 1;
  add_step(s, line, r, false);
  const uint32_t now =
    *(const uint32_t *)(const void *)((const char *)&s->access + r->at);
  r->words(now, words, sizeof words);
  widget *value =
    label_create(line, part(id, sizeof id, r->id, "value"), TEXT_STRONG, words);
  value->align = ALIGN_MIDDLE;
  value->box.w = floor(84 * fmax(1, s->text_scale));
  add_step(s, line, r, true);
}

static void add_row(stage *s, widget *list, const row *r) {
  add_rule(list, r->id);
  if (r->next)
    add_stepper(s, list, r);
  else
    add_toggle(s, list, r);
}

// ---- Sound -------------------------------------------------------------------------------

// No page is built anew while the slider is held.
static void volume_changed(void *data, widget *w) {
  stage_set_volume(data, (uint32_t)lround(w->value));
}

static void add_volume(stage *s, widget *list) {
  widget *cell = column_create(list, "volume-cell", 4);
  widget_pad(cell, 16, 8);
  setting_name(cell, "volume-name", "sound", _("Loudness"),
    s->room.known && s->room.loudness < 100 ? _("It is set to be quieter in this room")
                                            : _("How loud everything is"));
  widget *volume = slider_create(cell, "volume", _("Loudness"), 0, 1000, 50);
  slider_set(&s->view, volume, s->volume);
  volume->changed = volume_changed;
  volume->data = s;
  const char *advice = stage_sound_advice(s);
  if (advice[0]) label_create(cell, "sound-advice", TEXT_SMALL, advice);
}

static void add_microphone(widget *list) {
  add_rule(list, "microphone");
  widget *name = setting_name(list, "microphone", "microphone", _("Microphone"),
    _("Off until you ask for it. When it is on, the screen says so."));
  name->box.min_h = 66;
  widget_pad(name, 16, 6);
}

// ---- Switches ----------------------------------------------------------------------------

static void count_changed(void *data, widget *w) {
  access_settings a = access_rows_now(data);
  a.scanning = (access_scanning)(int)w->value;
  stage_want_access(data, &a);
}

static void pace_changed(void *data, widget *w) {
  access_settings a = access_rows_now(data);
  a.pace = (access_pace)(int)w->value;
  stage_want_access(data, &a);
}

static void bind_chosen(void *data, widget *w) {
  stage *s = data;
  s->access_page.bind = w->number;
  access_rows_again(s);
}

static widget *add_segment(
  stage *s, widget *list, const char *id, const char *name, widget_call *changed) {
  char part_id[96];
  widget *cell = column_create(list, part(part_id, sizeof part_id, id, "cell"), 6);
  widget_pad(cell, 16, 8);
  label_create(cell, part(part_id, sizeof part_id, id, "name"), TEXT_STRONG, name);
  widget *seg = segment_create(cell, id, name);
  seg->changed = changed;
  seg->data = s;
  return seg;
}

static void add_switch(stage *s, widget *list, uint32_t which) {
  static const char *const names[] = {N_("First switch"), N_("Second switch")};
  const bool waits = s->access_page.bind == which + 1;
  char id[64], words[96];
  access_switch_words(s->access.switches[which], words, sizeof words);
  snprintf(id, sizeof id, "switch-%u-line", which + 1);
  widget *line = row_create(list, id, 12);
  line->box.min_h = 72;
  widget_pad(line, 16, 6);
  snprintf(id, sizeof id, "switch-%u-name", which + 1);
  widget *name = setting_name(line, id, "hands", _(names[which]),
    waits ? _("Press the switch that it is to be.") : words);
  name->box.grow = 1;
  snprintf(id, sizeof id, "switch-%u", which + 1);
  widget *w = button_create(line, id, NULL, waits ? _("Press it now") : _("Change"),
    waits ? BUTTON_PRIMARY : BUTTON_PLAIN);
  button_set_height(w, 48);
  w->number = which + 1;
  w->chosen = bind_chosen;
  w->data = s;
}

static void add_switches(stage *s, widget *list) {
  widget *seg = add_segment(s, list, "switches", _("Switches"), count_changed);
  segment_add(seg, "switches-none", NULL, _("None"));
  segment_add(seg, "switches-one", NULL, _("One"));
  segment_add(seg, "switches-two", NULL, _("Two"));
  segment_choose(&s->view, seg, (int)s->access.scanning);
  seg = add_segment(s, list, "pace", _("With one switch"), pace_changed);
  segment_add(seg, "pace-auto", NULL, _("Moves by itself"));
  segment_add(seg, "pace-step", NULL, _("A press moves"));
  segment_choose(&s->view, seg, (int)s->access.pace);
  for (uint32_t i = 0; i < ACCESS_SWITCHES; i++) {
    char id[64];
    snprintf(id, sizeof id, "switch-%u", i + 1);
    add_rule(list, id);
    add_switch(s, list, i);
  }
}

// ---- Language ----------------------------------------------------------------------------

typedef struct language {
  const char *code, *name; // in its own words
} language;

static const language languages[] = {
  {"en", "English"}, {"de", "Deutsch"}, {"ar", "العربية"}};
enum { LANGUAGES = sizeof languages / sizeof languages[0] };

const char *access_rows_language(const stage *s) {
  for (uint32_t i = 0; i < LANGUAGES; i++)
    if (room_speaks(s, languages[i].code)) return languages[i].name;
  return languages[0].name;
}

static void language_chosen(void *data, widget *w) {
  room_set_language(data, languages[w->number].code);
}

static void add_languages(stage *s, widget *list) {
  list->box.gap = 8;
  for (uint32_t i = 0; i < LANGUAGES; i++) {
    char id[64];
    snprintf(id, sizeof id, "language-%s", languages[i].code);
    widget *w = button_create(list, id, NULL, languages[i].name, BUTTON_PLAIN);
    button_set_height(w, 56);
    widget_set_state(w, STATE_SELECTED, room_speaks(s, languages[i].code));
    w->number = i;
    w->chosen = language_chosen;
    w->data = s;
  }
}

// ---- Words only --------------------------------------------------------------------------

static void add_words(widget *list, const char *id, const char *icon_name,
  const char *name, const char *about) {
  add_rule(list, id);
  widget *w = setting_name(list, id, icon_name, name, about);
  w->box.min_h = 66;
  widget_pad(w, 16, 8);
}

static void add_privacy(widget *list) {
  add_words(list, "privacy-you", "person", _("You decide what is kept"),
    _("At the end you say for each work: keep it, keep it private, or let it go. "
      "Nothing is decided before."));
  add_words(list, "privacy-private", "private", _("Private"),
    _("It is kept, and it is not shown in review."));
  add_words(list, "privacy-gone", "wash", _("Let go"),
    _("It is deleted when you finish, with all that shows how it was made."));
  add_words(list, "privacy-here", "shield", _("It stays here"),
    _("Gesto sends nothing over the internet."));
}

static void about_chosen(void *data, widget *w) { stage_about(data, w->number); }

static void clock_changed(void *data, widget *w) {
  stage_show_clock(data, w->value > 0.5);
}

static void add_clock(stage *s, widget *list) {
  if (s->clock.minutes == 0) return;
  add_rule(list, "clock");
  widget *w = setting_toggle(
    list, "clock", "clock", _("Time left"), _("Show how much time is left"));
  w->value = s->clock.hidden ? 0 : 1;
  widget_set_state(w, STATE_SELECTED, !s->clock.hidden);
  w->changed = clock_changed;
  w->data = s;
}

static void add_exercises(stage *s, widget *list) {
  for (uint32_t i = 0; i < s->offer_count; i++) {
    char id[64], part_id[96], words[256];
    snprintf(id, sizeof id, "here-%.40s", s->offers[i].id);
    add_words(list, id, "plug", s->offers[i].title, s->offers[i].invitation);
    widget *line = row_create(list, part(part_id, sizeof part_id, id, "line"), 0);
    line->box.pad_left = 42;
    line->box.pad_bottom = 4;
    snprintf(words, sizeof words, _("What is %s for?"), s->offers[i].title);
    widget *w = button_create(
      line, part(part_id, sizeof part_id, id, "about"), NULL, words, BUTTON_QUIET);
    button_set_height(w, 48);
    w->number = i;
    w->chosen = about_chosen;
    w->data = s;
  }
  if (!s->offer_count)
    add_words(list, "here-none", "plug", _("None just now"),
      _("You can talk, or finish, whenever you like."));
}

// ---- As usual again ----------------------------------------------------------------------

static void reset_row(access_settings *a, const access_settings *usual, const row *r) {
  const size_t size = r->next || is_scanning(r) ? sizeof(uint32_t) : sizeof(bool);
  memcpy((char *)a + r->at, (const char *)usual + r->at, size);
}

static void reset_chosen(void *data, widget *w) {
  stage *s = data;
  const access_section section = s->access_page.section;
  const access_settings usual = access_defaults();
  access_settings a = access_rows_now(s);
  (void)w;
  for (int i = 0; shown[section][i]; i++)
    reset_row(&a, &usual, row_called(shown[section][i]));
  if (section == SECTION_SOUND) a.volume = usual.volume;
  if (section == SECTION_LOOK) {
    a.theme = usual.theme;
    a.easy_reading = usual.easy_reading;
  }
  if (section == SECTION_SWITCHES) {
    a.scanning = usual.scanning;
    a.pace = usual.pace;
    memcpy(a.switches, usual.switches, sizeof a.switches);
  }
  stage_want_access(s, &a);
}

static void add_reset(stage *s, widget *list) {
  widget *line = row_create(list, "reset-line", 0);
  widget_pad(line, 16, 8);
  spacer_create(line, "reset-space");
  widget *w = button_create(line, "reset", "undo", _("This page as usual"), BUTTON_QUIET);
  button_set_height(w, 48);
  w->chosen = reset_chosen;
  w->data = s;
}

void access_rows(stage *s, widget *list) {
  const access_section section = s->access_page.section;
  if (section == SECTION_SOUND) add_volume(s, list);
  if (section == SECTION_SWITCHES) add_switches(s, list);
  for (int i = 0; shown[section][i]; i++) add_row(s, list, row_called(shown[section][i]));
  switch (section) {
  case SECTION_LOOK: add_clock(s, list); break;
  case SECTION_SOUND: add_microphone(list); break;
  case SECTION_LANGUAGE: add_languages(s, list); return;
  case SECTION_PRIVACY: add_privacy(list); return;
  case SECTION_EXERCISES: add_exercises(s, list); return;
  default: break;
  }
  add_reset(s, list);
}
