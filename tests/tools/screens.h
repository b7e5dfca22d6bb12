// SPDX-License-Identifier: GPL-3.0-or-later
// Every page and sheet of the client's window, filled as in a real session, without a window:
// for those who look at them (render_screens) and for what is checked of all (test_screens).
#ifndef GESTO_TESTS_SCREENS_H
#define GESTO_TESTS_SCREENS_H

#include "core/base/beside.h"
#include "core/stage/colour.h"
#include "core/stage/keys.h"
#include "core/stage/pages.h"
#include "core/stage/panel.h"
#include "core/ui/say.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct sight { // one way to look at a screen
  int32_t width, height;
  theme_name look;
  int words;            // percent
  const char *language; // "en", "de", "ar"; "xx": every text of ours in brackets
  bool left, easy;      // for a left hand; easy reading
  uint32_t target;      // least size; 0: as usual
} sight;

typedef struct screen {
  const char *name;
  page_name page;
  sheet_name sheet;
  const char *exercise; // that runs, "draw"; NULL: none
  const char *control;  // whose choices SHEET_PICK shows, or whose group, or colour
  uint32_t works;
  void (*prepare)(stage *s); // before the page is built; NULL: nothing
  const char *field;         // for which the keys are on the screen; NULL: none
} screen;

// What the client wrote and the keeper says is not ours to translate; "xx" sees that it is not.
static bool screens_bracketed;
static const char *screens_own(const char *words) {
  static char room[8][256];
  static int next;
  char *to = room[next++ % 8];
  snprintf(to, sizeof room[0], screens_bracketed ? "\u27e6%s\u27e7" : "%s", words);
  return to;
}

// ---- What each is filled with ------------------------------------------------------------

static void screens_lose(stage *s) {
  s->coming_back = true;
  s->lost_count = 1;
  snprintf(s->sentence, sizeof s->sentence, "%s", screens_own("It ended by itself."));
}

static void screens_lose_often(stage *s) {
  screens_lose(s);
  s->coming_back = false;
  s->lost_count = 2;
}

static void screens_arrive(stage *s) {
  arriving *a = &s->said.arriving;
  s->room.known = true;
  snprintf(s->room.called, sizeof s->room.called, "%s", screens_own("Juno"));
  snprintf(s->said.called, sizeof s->said.called, "%s", screens_own("Juno"));
  a->goal_count = 2;
  snprintf(a->goals[0], sizeof a->goals[0], "%s", screens_own("Sleep better"));
  snprintf(a->goals[1], sizeof a->goals[1], "%s", screens_own("Talk about school"));
}

static void screens_feel(stage *s) {
  arriving *a = &s->said.arriving;
  screens_arrive(s);
  a->feeling = (felt){.given = true, .pleasant = -0.35, .energy = 0.4};
  snprintf(a->feeling.word, sizeof a->feeling.word, "%s", screens_own("foggy"));
  snprintf(a->wish, sizeof a->wish, "%s",
    screens_own("A bit of quiet. And to try the wide brush again."));
  a->goals_picked = 1;
  a->ideas_picked = 2;
}

static void screens_plan(stage *s, uint32_t gone) {
  s->now_us = (uint64_t)3600 * 1000 * 1000;
  s->clock.minutes = 50;
  s->clock.began_us = s->now_us - (uint64_t)gone * 60 * 1000 * 1000;
}

static void screens_plan_far(stage *s) { screens_plan(s, 12); }
static void screens_plan_near(stage *s) { screens_plan(s, 46); }
static void screens_plan_over(stage *s) { screens_plan(s, 50); }

static void screens_remember(stage *s) {
  screens_feel(s);
  screens_plan(s, 3);
  s->said.asked = true;
  s->choosing.last = &s->offers[0];
  s->choosing.last_seconds = 1290;
}

static void screens_newer(stage *s) {
  screens_remember(s);
  s->choosing.newer_stays = true;
}

static void screens_join(stage *s) {
  screens_remember(s);
  s->choosing.together = true;
  choosing_pick(s, 1);
}

static void screens_pair(stage *s) {
  screens_join(s);
  choosing_pick(s, 2);
}

static void screens_have_voice(stage *s) {
  screens_remember(s);
  s->speaking.voice = true;
}

static void screens_leave(stage *s) {
  leaving *l = &s->said.leaving;
  screens_feel(s);
  l->answered[0] = l->answered[2] = true;
  l->answers[0] = 81;
  l->answers[2] = 38;
  l->feeling = (felt){.given = true, .pleasant = 0.45, .energy = -0.2};
}

static void screens_mix(stage *s) {
  s->mixing.before = 0x2F6B70;
  s->mixing.count = MIX_LAST;
  for (uint32_t i = 0; i < MIX_LAST; i++)
    s->mixing.last[i] = colour_rgb((colour){i / 10.0, 0.4 + 0.05 * i, 0.7});
}

static void screens_note(stage *s) {
  screens_leave(s);
  s->note = (voice_note){.state = NOTE_KEPT, .seconds = 34};
}

static void screens_section(stage *s, access_section section) {
  s->access_page = (access_page){.section = section, .back = PAGE_WELCOME};
}
static void screens_easier(stage *s) { screens_section(s, SECTION_EASIER); }
static void screens_look(stage *s) { screens_section(s, SECTION_LOOK); }
static void screens_sound(stage *s) { screens_section(s, SECTION_SOUND); }
static void screens_switches(stage *s) { screens_section(s, SECTION_SWITCHES); }
static void screens_language(stage *s) { screens_section(s, SECTION_LANGUAGE); }
static void screens_privacy(stage *s) { screens_section(s, SECTION_PRIVACY); }
static void screens_exercises(stage *s) { screens_section(s, SECTION_EXERCISES); }

static void screens_hill(cairo_t *cr, double y, double rise, uint32_t rgb) {
  cairo_set_source_rgba(
    cr, (rgb >> 16) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0, 0.35);
  for (int i = 0; i < 14; i++) {
    cairo_move_to(cr, -20, y + i * 9);
    cairo_curve_to(cr, 240, y - rise + i * 8, 640, y + rise + i * 11, 1000, y + i * 7);
    cairo_set_line_width(cr, 13);
    cairo_stroke(cr);
  }
}

// Something that was painted. The caller's.
static cairo_surface_t *screens_picture(void) {
  cairo_surface_t *p = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 968, 688);
  cairo_t *cr = cairo_create(p);
  cairo_set_source_rgb(cr, 1, 0.992, 0.973);
  cairo_paint(cr);
  for (int i = 0; i < 9; i++) {
    cairo_set_source_rgba(cr, 0.9, 0.757, 0.353, 0.4);
    cairo_set_line_width(cr, 11);
    cairo_arc(cr, 660, 190, 12 + 11 * i, 0.3 * i, 6.1 + 0.3 * i);
    cairo_stroke(cr);
  }
  screens_hill(cr, 360, 120, 0x2F6B70);
  screens_hill(cr, 450, 60, 0x2F6B70);
  screens_hill(cr, 560, -40, 0xA2432A);
  cairo_destroy(cr);
  return p;
}

static void screens_make_works(stage *s, uint32_t count) {
  static const struct {
    const char *title, *exercise, *kind;
    double seconds;
    answer answer;
  } works[] = {{"The pond in spring", "Draw", "picture", 1290, ANSWER_KEEP},
    {"Rain, then less rain", "Loop", "sound", 372, ANSWER_NONE},
    {"", "Move", "facts", 48, ANSWER_NONE},
    {"Everything that was on the way home", "Draw", "picture", 61, ANSWER_PRIVATE},
    {"Night", "Draw", "picture", 650, ANSWER_LET_GO}};
  for (uint32_t i = 0; i < count && i < 5; i++) {
    made *m = stage_made(s, i + 1);
    if (works[i].title[0])
      snprintf(m->title, sizeof m->title, "%s", screens_own(works[i].title));
    snprintf(m->exercise, sizeof m->exercise, "%s", works[i].exercise);
    snprintf(m->kind, sizeof m->kind, "%s", works[i].kind);
    m->seconds = works[i].seconds;
    m->answer = works[i].answer;
    m->process = i == 0;
    m->picture = works[i].kind[0] == 'p' ? screens_picture() : NULL;
  }
}

// Of five papers one is let go of.
static void screens_papers(stage *s) {
  made *m = &s->made[0];
  m->pictures = 5;
  for (uint32_t i = 0; i < m->pictures; i++) m->papers[i] = i + 1;
  m->papers_gone = 2;
  m->process = false;
}

static const screen screens[] = {
  {.name = "wait", .page = PAGE_WAIT},
  {.name = "welcome", .page = PAGE_WELCOME, .prepare = screens_arrive},
  {.name = "welcome-felt", .page = PAGE_WELCOME, .prepare = screens_feel},
  {.name = "welcome-guest", .page = PAGE_WELCOME},
  {.name = "word", .page = PAGE_WELCOME, .sheet = SHEET_WORD, .prepare = screens_feel},
  {.name = "choose", .page = PAGE_CHOOSE, .works = 1, .prepare = screens_remember},
  {.name = "choose-first", .page = PAGE_CHOOSE},
  {.name = "choose-newer", .page = PAGE_CHOOSE, .works = 1, .prepare = screens_newer},
  {.name = "choose-join", .page = PAGE_CHOOSE, .prepare = screens_join},
  {.name = "choose-pair", .page = PAGE_CHOOSE, .prepare = screens_pair},
  {.name = "about",
    .page = PAGE_CHOOSE,
    .sheet = SHEET_ABOUT,
    .prepare = screens_have_voice},
  {.name = "wish", .page = PAGE_CHOOSE, .sheet = SHEET_WISH, .prepare = screens_feel},
  {.name = "talk", .page = PAGE_TALK, .prepare = screens_plan_far},
  {.name = "draw",
    .page = PAGE_EXERCISE,
    .exercise = "draw",
    .prepare = screens_plan_far},
  {.name = "loop",
    .page = PAGE_EXERCISE,
    .exercise = "loop",
    .prepare = screens_plan_over},
  {.name = "move", .page = PAGE_EXERCISE, .exercise = "move"},
  {.name = "draw-near-end",
    .page = PAGE_EXERCISE,
    .exercise = "draw",
    .prepare = screens_plan_near},
  {.name = "pause",
    .page = PAGE_EXERCISE,
    .sheet = SHEET_PAUSE,
    .exercise = "draw",
    .prepare = screens_plan_far},
  {.name = "pick",
    .page = PAGE_EXERCISE,
    .sheet = SHEET_PICK,
    .exercise = "loop",
    .control = "sound"},
  {.name = "group",
    .page = PAGE_EXERCISE,
    .sheet = SHEET_GROUP,
    .exercise = "draw",
    .control = "sheet"},
  {.name = "group-line",
    .page = PAGE_EXERCISE,
    .sheet = SHEET_GROUP,
    .exercise = "draw",
    .control = "smoothing"},
  {.name = "group-paper",
    .page = PAGE_EXERCISE,
    .sheet = SHEET_GROUP,
    .exercise = "draw",
    .control = "paper"},
  {.name = "mix",
    .page = PAGE_EXERCISE,
    .sheet = SHEET_MIX,
    .exercise = "draw",
    .control = "colour",
    .prepare = screens_mix},
  {.name = "rest", .page = PAGE_EXERCISE, .sheet = SHEET_REST, .exercise = "draw"},
  {.name = "here", .page = PAGE_EXERCISE, .sheet = SHEET_HERE, .exercise = "draw"},
  {.name = "easier", .page = PAGE_ACCESS, .prepare = screens_easier},
  {.name = "easier-look", .page = PAGE_ACCESS, .prepare = screens_look},
  {.name = "easier-sound", .page = PAGE_ACCESS, .prepare = screens_sound},
  {.name = "easier-switches", .page = PAGE_ACCESS, .prepare = screens_switches},
  {.name = "easier-language", .page = PAGE_ACCESS, .prepare = screens_language},
  {.name = "easier-privacy", .page = PAGE_ACCESS, .prepare = screens_privacy},
  {.name = "easier-exercises", .page = PAGE_ACCESS, .prepare = screens_exercises},
  {.name = "set", .page = PAGE_EXERCISE, .sheet = SHEET_SET, .exercise = "loop"},
  {.name = "keys", .page = PAGE_WELCOME, .prepare = screens_feel, .field = "wish"},
  {.name = "lost-details",
    .page = PAGE_LOST,
    .sheet = SHEET_LOST,
    .exercise = "draw",
    .prepare = screens_lose},
  {.name = "lost", .page = PAGE_LOST, .exercise = "draw", .prepare = screens_lose},
  {.name = "lost-twice",
    .page = PAGE_LOST,
    .exercise = "loop",
    .prepare = screens_lose_often},
  {.name = "calm", .page = PAGE_CALM, .exercise = "draw"},
  {.name = "closing-none", .page = PAGE_CLOSING},
  {.name = "closing-one", .page = PAGE_CLOSING, .works = 1},
  {.name = "closing", .page = PAGE_CLOSING, .works = 5, .prepare = screens_leave},
  {.name = "more",
    .page = PAGE_CLOSING,
    .sheet = SHEET_MORE,
    .works = 1,
    .prepare = screens_note},
  {.name = "papers",
    .page = PAGE_CLOSING,
    .sheet = SHEET_PAPERS,
    .works = 1,
    .prepare = screens_papers},
  {.name = "leaving", .page = PAGE_LEAVING, .works = 5, .prepare = screens_leave},
  {.name = "farewell", .page = PAGE_FAREWELL},
};
enum { SCREENS = sizeof screens / sizeof screens[0] };

// ---- A stage -----------------------------------------------------------------------------

// What an exercise declares, as the player of this build reads it. "" if it cannot be had.
static const char *screens_declared(int i) {
  static const char *const names[] = {"draw", "loop", "move"};
  static char texts[3][32768];
  if (texts[i][0]) return texts[i];
  char folder[4096];
  char command[9000];
  if (beside_program("..", folder, sizeof folder) != OK) return "";
  snprintf(command, sizeof command, "'%s/gesto-player' --probe '%s/plugins/%s.so'",
    folder, folder, names[i]);
  FILE *in = popen(command, "r");
  if (!in) return "";
  const size_t n = fread(texts[i], 1, sizeof texts[i] - 1, in);
  texts[i][n] = 0;
  pclose(in);
  return texts[i];
}

// False: an exercise of this build could not be asked.
static bool screens_offer(stage *s) {
  for (int i = 0; i < 3; i++) {
    json_t *o = json_loads(screens_declared(i), 0, NULL);
    const bool read = o && offer_read(&s->offers[s->offer_count], o) == OK;
    json_decref(o);
    if (!read) return false;
    s->offer_count++;
  }
  return true;
}

// Before anything else: fonts and catalogues of this build.
static bool screens_begin(void) {
  char path[4096];
  if (beside_program("../assets/fonts.conf", path, sizeof path) != OK) return false;
  setenv("FONTCONFIG_FILE", path, 1);
  if (beside_program("../words", path, sizeof path) != OK) return false;
  say_init(path);
  return true;
}

// "xx" has its catalogue among the tests.
static void screens_speak(const char *language) {
  char path[4096];
  screens_bracketed = strcmp(language, "xx") == 0;
  if (beside_program(screens_bracketed ? "words" : "../words", path, sizeof path) == OK)
    say_init(path);
  say_language(language);
}

static bool screens_open(stage *s, const sight *how) {
  screens_speak(how->language);
  stage_init(s, how->width, how->height, 1);
  access_settings a = access_defaults();
  a.theme = how->look;
  a.text_percent = (uint32_t)how->words;
  a.left_handed = how->left;
  a.easy_reading = how->easy;
  if (how->target) a.target = how->target;
  stage_set_access(s, &a);
  return screens_offer(s);
}

static void screens_choose(stage *s, const screen *one) {
  s->chosen = NULL;
  for (uint32_t i = 0; one->exercise && i < s->offer_count; i++) {
    const char *end = strrchr(s->offers[i].id, '.');
    if (end && strcmp(end + 1, one->exercise) == 0) s->chosen = &s->offers[i];
  }
  panel_link_reset(s);
  for (uint32_t i = 0; one->control && s->chosen && i < s->chosen->control_count; i++)
    if (strcmp(s->chosen->controls[i].key, one->control) == 0) s->picking = i;
}

// Turns the stage to this screen and lays it out.
static void screens_go(stage *s, const screen *one) {
  screens_choose(s, one);
  s->closed = true;
  for (uint32_t i = 0; i < s->made_count; i++)
    if (s->made[i].picture) cairo_surface_destroy(s->made[i].picture);
  s->made_count = 0;
  s->sentence[0] = 0;
  s->lost_count = 0;
  s->coming_back = false;
  s->said = (words_said){0};
  s->choosing = (choosing){0};
  s->clock = (session_clock){0};
  s->room.called[0] = 0;
  s->note = (voice_note){0};
  s->choosing = (choosing){0};
  s->clock = (session_clock){0};
  s->speaking.voice = false;
  screens_make_works(s, one->works);
  if (one->prepare) one->prepare(s);
  if (s->live.kept) cairo_surface_destroy(s->live.kept);
  const bool drawn = one->exercise && strcmp(one->exercise, "draw") == 0;
  s->live.kept = drawn ? screens_picture() : NULL;
  stage_open(s, SHEET_NONE);
  stage_go(s, one->page);
  stage_turn(s);
  if (one->sheet) stage_open(s, one->sheet);
  stage_turn(s);
  widget *field = one->field ? widget_find(s->view.root, one->field) : NULL;
  if (field) keys_open(s, field);
  s->now_us += (uint64_t)10 * 1000 * 1000; // the farewell has come up
  view_place(&s->view);
}

#endif
