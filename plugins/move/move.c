// SPDX-License-Identifier: GPL-3.0-or-later
// Move: a few slow steps, at one's own pace, each of which can be left out.
#include "move.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const step *move_step(const move *m) { return &m->routine.steps[m->now.step]; }

const step *move_next(const move *m) {
  return m->now.step + 1 < m->routine.count ? &m->routine.steps[m->now.step + 1] : NULL;
}

const char *move_say(const move *m, const step *s) { return s->say[m->now.way]; }

layout move_layout(const move *m) {
  return layout_make(m->width, m->height, m->text_scale);
}

double move_seconds_left(const move *m) {
  return move_step(m)->seconds * (1 - m->now.progress) / m->now.pace;
}

double move_seconds_in_all(const move *m) {
  double left = move_seconds_left(m);
  for (uint32_t i = m->now.step + 1; i < m->routine.count; i++)
    left += m->routine.steps[i].seconds / m->now.pace;
  return left;
}

// Names are file names of assets, so only plain ones are taken.
static bool plain(const char *name) {
  size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
  return n > 0 && name[n] == 0 && n < ROUTINE_NAME - 8;
}

bool move_use_routine(move *m, const char *name) {
  char file[ROUTINE_NAME], why[160], line[240];
  size_t size = 0;
  if (strcmp(name, "built-in") == 0) {
    routine_built_in(&m->routine);
    return true;
  }
  if (!plain(name)) return false;
  snprintf(file, sizeof file, "%s.json", name);
  const char *text = m->host->asset(m->host, file, &size);
  routine *found = malloc(sizeof *found);
  bool good = text && found && routine_read(found, text, size, why, sizeof why);
  if (good) m->routine = *found;
  free(found);
  if (text && !good) {
    snprintf(line, sizeof line, "Routine %s is left aside. %s", file, why);
    m->host->log(m->host, GESTO_LOG_WARNING, line);
  }
  return good;
}

static void choose_routine(move *m) {
  const char *wanted = m->host->setting(m->host, "routine");
  const char *name = wanted ? wanted : "settle";
  if (!move_use_routine(m, name)) {
    name = "built-in";
    move_use_routine(m, name);
  }
  snprintf(m->now.routine, sizeof m->now.routine, "%s", name);
}

static void *create(const gesto_host *host) {
  move *m = calloc(1, sizeof *m);
  if (!m) return NULL;
  *m = (move){
    .host = host, .width = 1280, .height = 700, .text_scale = 1, .now = {.pace = 1}};
  choose_routine(m);
  return m;
}

static void destroy(void *self) { free(self); }

static const double AHEAD_SECONDS = 1;

// ---- Steps -------------------------------------------------------------------------------

static void show_all(const move *m) { m->host->changed(m->host, 0, 0, 0, 0); }

// ---- What is heard: the words of a step a second before it begins, and a soft note with it ----

const char *move_word(const move *m, const char *words) {
  const gesto_words *w = m->host->extension(m->host, GESTO_WORDS);
  return w ? w->word(m->host, words) : words;
}

static void say(const move *m, const char *text, bool interrupt) {
  const gesto_speech *s = m->host->extension(m->host, GESTO_SPEECH);
  if (s && text[0]) s->say(m->host, move_word(m, text), interrupt);
}

static void sound_step(const move *m) {
  const gesto_cues *c = m->host->extension(m->host, GESTO_CUES);
  if (c) c->cue(m->host, GESTO_CUE_STEP, 0);
}

static void announce(move *m, uint32_t which, bool interrupt) {
  if (m->told == which + 1) return;
  m->told = which + 1;
  say(m,
    which < m->routine.count ? move_say(m, &m->routine.steps[which]) : m->routine.after,
    interrupt);
}

static void announce_next(move *m) {
  if (move_seconds_left(m) <= AHEAD_SECONDS) announce(m, m->now.step + 1, false);
}

static void step_begins(move *m) {
  m->now.progress = 0;
  if (m->now.log_count == LOG_ROOM) return;
  m->now.log[m->now.log_count++] =
    (log_entry){.began_us = m->host->now(m->host), .step = m->now.step};
}

static void note_end(move *m, bool skipped) {
  log_entry *e = m->now.log_count ? &m->now.log[m->now.log_count - 1] : NULL;
  if (!e || e->ended_us || e->step != m->now.step)
    return; // there was no more room for it
  e->ended_us = m->host->now(m->host);
  e->way = m->now.way;
  e->pace = m->now.pace;
  e->skipped = skipped;
}

static void step_ends(move *m, bool skipped) {
  note_end(m, skipped);
  announce(m, m->now.step + 1, skipped);
  sound_step(m);
  if (m->now.step + 1 < m->routine.count) {
    m->now.step++;
    step_begins(m);
  } else {
    m->now.phase = PHASE_AFTER;
    m->now.progress = 0;
  }
  show_all(m);
}

static void begin(move *m) {
  if (m->now.phase == PHASE_STEPS) return;
  m->now.phase = PHASE_STEPS;
  m->now.step = 0;
  m->now.rounds++;
  m->told = 0;
  announce(m, 0, true);
  step_begins(m);
  show_all(m);
}

static void set_control(move *m, uint32_t id, double value) {
  if (id == MOVE_WAY && value >= 0 && value < WAYS) m->now.way = (uint32_t)value;
  if (id == MOVE_PACE && value >= 0.5 && value <= 1.5) m->now.pace = value;
  show_all(m);
}

static void press(move *m, float x, float y) {
  layout at = move_layout(m);
  const place *p = &at.begin;
  if (m->now.phase == PHASE_STEPS) return;
  if (x >= p->x && y >= p->y && x < p->x + p->w && y < p->y + p->h) begin(m);
}

static void event(void *self, const gesto_event *event) {
  move *m = self;
  switch (event->type) {
  case GESTO_STAGE:
    m->width = event->as.stage.width;
    m->height = event->as.stage.height;
    show_all(m);
    break;
  case GESTO_LOOK:
    m->text_scale = event->as.look.text_scale;
    show_all(m);
    break;
  case GESTO_CONTROL_SET:
    set_control(m, event->as.control.id, event->as.control.value);
    break;
  case GESTO_ACTION:
    if (event->as.control.id == MOVE_BEGIN) begin(m);
    if (event->as.control.id == MOVE_SKIP && m->now.phase == PHASE_STEPS)
      step_ends(m, true);
    break;
  case GESTO_POINTER_DOWN: press(m, event->as.pointer.x, event->as.pointer.y); break;
  case GESTO_PAUSE:
    if (!m->paused) m->now.pauses++;
    m->paused = true;
    break;
  case GESTO_RESUME: m->paused = false; break;
  default: break;
  }
}

static bool tick(void *self) {
  move *m = self;
  if (m->now.phase != PHASE_STEPS) return false;
  double before = ceil(move_seconds_left(m));
  m->now.progress += m->now.pace / (60 * move_step(m)->seconds);
  announce_next(m);
  if (m->now.progress >= 1 - 1e-9) {
    step_ends(m, false);
    return m->now.phase == PHASE_STEPS;
  }
  layout at = move_layout(m);
  if (++m->ticks % 2 == 0)
    m->host->changed(
      m->host, at.x - at.r - 4, at.y - at.r - 4, 2 * at.r + 8, 2 * at.r + 8);
  if (ceil(move_seconds_left(m)) != before)
    m->host->changed(m->host, at.words.x, at.words.y, at.words.w, at.words.h);
  return true;
}

// ---- For who does not see it ----------------------------------------------------------------

static uint32_t list_spots(const void *self, gesto_spot *spots, uint32_t room) {
  const move *m = self;
  layout at = move_layout(m);
  if (m->now.phase == PHASE_STEPS) return 0;
  if (room == 0) return 1;
  spots[0] =
    (gesto_spot){.x = at.begin.x, .y = at.begin.y, .w = at.begin.w, .h = at.begin.h};
  snprintf(spots[0].name, sizeof spots[0].name, "%s",
    move_word(m, m->now.phase == PHASE_BEFORE ? N_("Begin") : N_("Once more")));
  return 1;
}

static size_t describe(const void *self, char *text, size_t room) {
  const move *m = self;
  int n = 0;
  if (room == 0) return 0;
  if (m->now.phase == PHASE_BEFORE)
    n = snprintf(text, room, "%s", move_word(m, m->routine.before));
  else if (m->now.phase == PHASE_AFTER)
    n = snprintf(text, room, "%s", move_word(m, m->routine.after));
  else
    n = snprintf(text, room, move_word(m, N_("Step %u of %u. %s. %d seconds left.")),
      m->now.step + 1, m->routine.count, move_word(m, move_say(m, move_step(m))),
      (int)ceil(move_seconds_left(m)));
  return n < 0 ? 0 : (size_t)n < room ? (size_t)n : room - 1;
}

static const void *extension(const char *id) {
  static const gesto_spots spots = {
    .size = sizeof spots, .list = list_spots, .describe = describe};
  return strcmp(id, GESTO_SPOTS) == 0 ? &spots : NULL;
}

// ---- Declarations ---------------------------------------------------------------------------

static const gesto_choice ways[] = {
  {"seated", "Seated"}, {"standing", "Standing"}, {"hands", "Hands only"}, {NULL, NULL}};
#define CONTROL .size = sizeof(gesto_control)
static const gesto_control controls[] = {
  {CONTROL, .id = MOVE_BEGIN, .kind = GESTO_BUTTON,
    .flags = GESTO_AT_HAND | GESTO_UNDOABLE, .key = "begin", .name = "Begin", .keys = "b",
    .hint = "Begins the steps, or once more."},
  {CONTROL, .id = MOVE_SKIP, .kind = GESTO_BUTTON,
    .flags = GESTO_AT_HAND | GESTO_UNDOABLE, .key = "skip", .name = "Skip this one",
    .keys = "s", .hint = "Goes on to the next step. It needs no reason."},
  {CONTROL, .id = MOVE_WAY, .kind = GESTO_CHOICE, .flags = GESTO_AT_HAND, .key = "way",
    .name = "Way", .choices = ways, .high = WAYS - 1, .step = 1},
  {CONTROL, .id = MOVE_PACE, .kind = GESTO_RANGE, .flags = GESTO_AT_HAND, .key = "pace",
    .name = "Pace", .low = 0.5, .high = 1.5, .step = 0.05, .initial = 1,
    .hint = "Slower or faster, from where you are now."},
  {.size = 0},
};
#undef CONTROL
static const char *const goals[] = {"calm", "energise", NULL};
static const gesto_purpose purpose = {.size = sizeof purpose,
  .goals = goals,
  .invitation = "You could move a little, seated, standing or with your hands only. "
                "Watching is fine, and so is leaving it.",
  .why =
    "Many people notice a little more ease after moving gently. Small movements count.",
  .steps = "Read what is there, and begin when you like\nMove as far as is comfortable\n"
           "Skip any step, go slower or faster\nAt the end, look around the room",
  .care = "Leave out what hurts or makes you dizzy. With a recent injury or operation, "
          "ask first which movements suit you. Imagining a movement is a full way of "
          "doing it.",
  .sources =
    "Koch et al. 2019 (dance movement therapy, small consistent effects); seated "
    "exercise pages of public health services."};

GESTO_EXPORT const gesto_exercise gesto_entry = {.abi = GESTO_ABI,
  .size = sizeof gesto_entry,
  .needs = GESTO_VERSION(1, 0),
  .id = "org.gesto.move",
  .name = "Move",
  .version = "1.0",
  .author = "Gesto",
  .licence = "GPL-3.0-or-later",
  .purpose = &purpose,
  .controls = controls,
  .create = create,
  .destroy = destroy,
  .event = event,
  .tick = tick,
  .draw = draw_move,
  .works = keep_works,
  .save = keep_save,
  .load = keep_load,
  .extension = extension};
