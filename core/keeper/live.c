// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/live_inner.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/protocol.h"
#include "core/keeper/beginning.h"
#include "core/record/told.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  BEAT_US = 1000 * 1000,
  REST_US = 60 * 1000 * 1000, // while something is played its parts say when
  CLOSE_RETRY_US = 2 * 1000 * 1000,
  FAREWELL_US = 60 * 1000 * 1000, // a closed session's window may stay so long
  LAST_WORD_US =
    5 * 60 * 1000 * 1000, // and one that is settled so long without a last word
  LEAVE_MS = 1000,
};

// ---- Beginning ---------------------------------------------------------------------------

static void hear_trouble(void *data, uint32_t saving, const char *sentence) {
  (void)saving;
  live_say_notice(data, sentence);
}

static void give_up(live *l, const char *sentence) {
  fprintf(stderr, "gesto: %s\n", sentence);
  l->over = true;
  l->exit_code = 1;
}

void live_note_room(live *l) {
  if (!client_room_write(&l->room, l->setup.page->room)) l->setup.page->room[0] = 0;
}

// A session never waits for its recipe: what cannot be read is as usual.
static void open_room(live *l) {
  const result done = client_room_open(&l->room, l->setup.house->archive,
    session_client(l->sitting.session), &l->setup.wish, l->setup.page->room);
  if (done != OK)
    fprintf(stderr, "gesto: the client's room could not be read (%s); all is as usual.\n",
      result_text(done));
  client_room_settle_language(&l->room);
  live_note_room(l);
}

// What was let go of with Finish does not come back, though all ended in the middle of it.
static bool let_go_of_given(live *l) {
  closing_answers given = {0};
  closing_take_given(&l->sitting, &given);
  const result done = closing_let_go(&l->sitting, &given);
  closing_finish_answers(&given);
  return done == OK;
}

static result open_sitting(live *l, const char *name, char *why, size_t room) {
  const sitting_calls calls = {.data = l, .trouble = hear_trouble};
  archive *a = l->setup.house->archive;
  result done = OK;
  if (name) {
    done = sitting_resume(&l->sitting, a, name, &calls, why, room);
  } else {
    done = archive_client(a, l->setup.client, l->client_id);
    if (done != OK) snprintf(why, room, "The client's page could not be made.");
    if (done == FAILED && l->setup.client)
      (void)client_room_known(a, l->setup.client, why, room);
    if (done == OK) done = sitting_begin(&l->sitting, a, l->client_id, &calls, why, room);
  }
  if (done != OK) return done;
  l->open = true;
  l->sitting.exercises = &l->setup.house->exercises;
  if (name && !let_go_of_given(l))
    fprintf(stderr, "gesto: what was let go of is not gone yet; closing does it.\n");
  open_room(l);
  snprintf(l->setup.page->session, sizeof l->setup.page->session, "%s",
    session_name(l->sitting.session));
  l->setup.page->phase = PHASE_OPEN;
  return gallery_init(&l->gallery, l->sitting.session, l->stage.end, l->decoder);
}

static void resume_unfinished(live *l);

void live_begin_session(live *l) {
  char why[512];
  if (l->open || l->over) return;
  result done = open_sitting(l, l->setup.resume, why, sizeof why);
  if (done != OK) {
    give_up(l, why);
    return;
  }
  live_begin_clock(l);
  live_find_last(l);
  if (l->setup.resume) resume_unfinished(l);
}

static result allocate(live **made, const live_setup *setup) {
  live *l = calloc(1, sizeof *l);
  *made = l;
  if (!l) return NO_MEMORY;
  l->setup = *setup;
  l->sitting.ring = (ring_file){.fd = -1, .read_fd = -1};
  l->in = calloc(1, sizeof *l->in);
  l->out = calloc(1, sizeof *l->out);
  window_init(&l->stage, "gesto-stage", setup->hold->stage, TO_STAGE_PING);
  l->sound = (sound_link){.end = -1, .wave_fd = -1};
  result done = l->in && l->out ? decoder_create(&l->decoder) : NO_MEMORY;
  if (done != OK) return done;
  done =
    memory_map_open(&l->sound_page, setup->hold->sound_page, true, sizeof(sound_page));
  return done == OK ? live_begin_sound(l) : done;
}

static void start_stage(live *l) {
  if (window_start(&l->stage) != OK) {
    give_up(l,
      "The window's program, gesto-stage, cannot be started; please look whether it "
      "lies beside gesto.");
    return;
  }
  l->setup.page->stage_pid = l->stage.child.pid;
  l->setup.page->stage_said_hello = 0;
}

static void take_over(live *l);

result live_create(live **made, const live_setup *setup) {
  result done = allocate(made, setup);
  if (done != OK) {
    live_destroy(*made);
    *made = NULL;
    return done;
  }
  if (setup->page->session[0] || setup->page->stage_pid) {
    take_over(*made);
  } else {
    start_stage(*made);
  }
  return OK;
}

void live_destroy(live *l) {
  if (!l) return;
  performance_destroy(l->now);
  window_finish(&l->stage, 0);
  live_finish_sound(l);
  gallery_finish(&l->gallery);
  decoder_destroy(l->decoder);
  closing_finish_answers(&l->answers);
  client_room_done(&l->own);
  client_room_close(&l->room);
  if (l->open) sitting_finish(&l->sitting, false);
  memory_map_close(&l->sound_page);
  const int32_t desk_pid = l->setup.page->desk_pid;
  memset(l->setup.page, 0, offsetof(handover, close) + 1);
  l->setup.page->desk_pid = desk_pid;
  free(l->told);
  free(l->in);
  free(l->out);
  free(l);
}

// ---- The exercise ------------------------------------------------------------------------

static const char *menu_name(const live *l, const char *exercise_id) {
  const exercise_list *list = &l->setup.house->exercises;
  for (uint32_t i = 0; i < list->count; i++) {
    const exercise_entry *e = &list->entries[i];
    if (e->id && e->title && strcmp(e->id, exercise_id) == 0) return e->title;
  }
  return exercise_id;
}

static void hear_ready(void *data, const char *declared_json, bool again) {
  live *l = data;
  (void)declared_json;
  if (l->closing) return; // it is only here to be left: neither seen nor heard
  l->setup.page->phase = PHASE_PLAYING;
  live_say_player(l, again);
  player_proc *player = performance_player(l->now);
  sound_link_attach(&l->sound, player ? player_proc_wave_fd(player) : -1);
}

static void say_gone(live *l, uint32_t creation, bool comes_back, const char *sentence) {
  link_message *m = l->out;
  *m = (link_message){.kind = TO_STAGE_GONE,
    .a = creation,
    .b = comes_back,
    .big = (uint64_t)l->trouble.wall_us,
    .value = (double)l->trouble.inputs};
  m->text_size = (uint32_t)snprintf(m->text, 1024, "%s", sentence);
  if (m->text_size > 1023) m->text_size = 1023;
  result done = link_send(l->stage.end, m);
  (void)done; // a stage that is gone is told by what follows
}

static void hear_gone(void *data, bool comes_back, const char *sentence) {
  live *l = data;
  sound_link_attach(&l->sound, -1);
  // One that cannot be carried on may still be begun.
  const bool copy = l->now && performance_is_copy(l->now);
  if (!comes_back && l->now && !copy && l->aside_count < ASIDE_MAX) {
    char why[256];
    const exercise_entry *entry =
      live_find_exercise(l, performance_exercise(l->now), why, sizeof why);
    if (entry) l->aside[l->aside_count++] = entry;
  }
  if (l->now) live_note_trouble(l);
  say_gone(l, l->now ? performance_creation(l->now) : 0, comes_back, sentence);
}

static void hear_control(void *data, uint32_t id, double value) {
  live *l = data;
  *l->out = (link_message){.kind = TO_STAGE_CONTROL, .a = id, .value = value};
  result done = link_send(l->stage.end, l->out);
  (void)done; // the panel then shows an older value; the exercise has the new one
}

static void hear_spots(void *data) { live_say_spots(data); }

const exercise_entry *live_find_exercise(
  live *l, const char *id, char *why, size_t room) {
  const exercise_entry *entry = house_exercise(l->setup.house, id, why, room);
  if (entry && !client_room_offers(&l->room, &l->setup.house->exercises, entry)) {
    snprintf(why, room, "This exercise is not in this room. Please choose another one.");
    return NULL;
  }
  for (uint32_t i = 0; entry && i < l->aside_count; i++) {
    if (l->aside[i] != entry) continue;
    snprintf(
      why, room, "This exercise cannot go on just now. Please choose another one.");
    return NULL;
  }
  return entry;
}

static performance_setup setup_for(
  live *l, const exercise_entry *entry, const live_choice *choice) {
  float scale = choice->scale > 0 ? choice->scale : 1;
  const uint32_t percent = choice->look_flags >> 16; // of the size of words
  return (performance_setup){.session = l->sitting.session,
    .recorder = l->sitting.recorder,
    .ring = &l->sitting.ring,
    .spares = &l->sitting.spares,
    .exercise = entry,
    .mode = MODE_LIVE,
    .seed = house_seed(),
    .width = (float)choice->width / scale,
    .height = (float)choice->height / scale,
    .scale = scale,
    .text_scale = percent > 0 ? (float)percent / 100 : 1,
    .look_flags = choice->look_flags & 0xFFFF,
    .language = l->speech.language,
    .with_frame = true,
    .calls = {.data = l,
      .ready = hear_ready,
      .gone = hear_gone,
      .control = hear_control,
      .spots = hear_spots,
      .said = live_hear_said,
      .cue = live_hear_cue}};
}

static void note_choice(live *l, const live_choice *choice) {
  handover *page = l->setup.page;
  memcpy(page->exercise, choice->exercise, sizeof page->exercise);
  page->width = choice->width;
  page->height = choice->height;
  page->scale = choice->scale;
  page->look_flags = choice->look_flags;
  page->carry_on = choice->carry_on;
  page->creation = page->back = 0;
  page->phase = PHASE_CHOOSING;
}

void live_choose(live *l, const live_choice *choice) {
  char why[512];
  if (l->closing) return;
  if (l->now) { // the one before was not left: first that
    l->pending = *choice;
    performance_leave(l->now);
    return;
  }
  note_choice(l, choice);
  const exercise_entry *entry = live_find_exercise(l, choice->exercise, why, sizeof why);
  result done = entry ? OK : NOT_FOUND;
  if (choice->carry_on && strcmp(l->last.exercise, choice->exercise) != 0)
    done = NOT_FOUND;
  if (entry && done == OK) {
    client_room_done(&l->own);
    done = client_room_entry(&l->room, entry, &l->own);
  }
  if (entry && done == OK) {
    performance_setup setup = setup_for(l, &l->own, choice);
    if (choice->carry_on) setup.from = &l->last;
    done = performance_begin(&l->now, &setup);
  }
  if (entry && done != OK) {
    snprintf(why, sizeof why,
      "This exercise could not be begun (%s). Please choose another "
      "one, or try again.",
      result_text(done));
  }
  if (done != OK) {
    l->setup.page->phase = PHASE_OPEN;
    say_gone(l, 0, false, why);
    return;
  }
  l->setup.page->creation = performance_creation(l->now);
}

void live_leave(live *l) {
  if (!l->now) return;
  l->setup.page->phase = l->closing ? PHASE_CLOSING : PHASE_LEAVING;
  sound_link_attach(&l->sound, -1);
  performance_leave(l->now);
}

static void finish_performance(live *l) {
  performance *p = l->now;
  speech_drop(&l->speech, performance_creation(p));
  const gallery_entry entry = {.creation = performance_creation(p),
    .exercise = menu_name(l, performance_exercise(p)),
    .seconds = (double)performance_time_us(p) / 1e6,
    .works = performance_works(p)};
  gallery_add(&l->gallery, &entry);
  performance_destroy(p);
  l->now = NULL;
  // What is still to be made again, for a keeper after us.
  l->setup.page->creation = l->closing ? session_wanting(l->sitting.session) : 0;
  if (!l->closing) l->setup.page->phase = PHASE_OPEN;
  if (!l->closing) live_turn_back(l, entry.creation);
  if (l->pending.exercise[0] && !l->closing) {
    live_choice choice = l->pending;
    l->pending.exercise[0] = 0;
    live_choose(l, &choice);
  }
}

// ---- Closing -----------------------------------------------------------------------------

void live_close(live *l) {
  if (l->closing || !l->open) return;
  l->closing = true;
  l->setup.page->phase = PHASE_CLOSING;
  if (l->now) live_leave(l);
}

void live_take_last_word(live *l) {
  l->last_word_due = false;
  l->setup.page->last_word_due = 0;
}

void live_end(live *l) {
  if (l->closed || !l->open) {
    l->over = true;
    return;
  }
  l->bye = true;
  live_take_last_word(l);
  live_close(l);
}

static void say_closed(live *l) {
  l->closed = true;
  l->closed_us = clock_now_us();
  live_say_settled(l);
  l->setup.page->session[0] = 0;
  l->setup.page->phase = PHASE_NONE;
  result done = link_say(l->stage.end, TO_STAGE_CLOSED, 0, l->path);
  (void)done; // whoever is not there any more need not know
}

void live_tell(live *l) {
  char *facts = session_facts(l->sitting.session);
  char *told = facts ? told_json(facts) : NULL;
  free(facts);
  if (!told) return;
  free(l->told);
  l->told = told;
  l->told_count++;
}

const char *live_told(const live *l, uint32_t *count) {
  *count = l->told_count;
  return l->told ? l->told : "";
}

// True: the client may still say how they leave.
static bool awaits_last_word(live *l) {
  if (!l->last_word_due) return false;
  if (!l->answers.settled && closing_settle(&l->sitting, &l->answers) == OK) {
    l->settled_us = clock_now_us();
    live_say_settled(l);
    live_tell(l);
  }
  return l->answers.settled && clock_now_us() - l->settled_us < LAST_WORD_US;
}

// A work that the disk had no room for is made again from its journal, once before each
// attempt to close. True: it is being made.
static bool makes_again(live *l) {
  const uint32_t creation = session_wanting(l->sitting.session);
  const bool due = creation > 0 && !l->made_again;
  l->made_again = due;
  if (!due) return false;
  gallery_drop(&l->gallery, creation);
  l->setup.page->creation = creation;
  live_bring_back(l, creation);
  live_leave(l);
  return l->now != NULL;
}

static void turn_closing(live *l) {
  if (l->now || clock_now_us() < l->close_retry_us) return;
  if (makes_again(l)) return;
  gallery_finish(&l->gallery);
  if (awaits_last_word(l) || note_settles(&l->note)) return;
  note_close(&l->note, &l->sound);
  result done = closing_session(&l->sitting, &l->answers, false, l->path, sizeof l->path);
  if (done == OK) {
    l->open = false;
    say_closed(l);
    return;
  }
  l->close_retry_us = clock_now_us() + CLOSE_RETRY_US;
  live_say_notice(l, l->path);
  if (l->bye) give_up(l, l->path);
}

// ---- The stage's end ---------------------------------------------------------------------

static void meet_stage_end(live *l, bool hung) {
  sound_page *page = l->sound_page.bytes;
  atomic_store(&page->hush, 1);
  note_hear(&l->note, NOTE_END, &l->sound); // nobody could see that it listens
  l->setup.page->stage_pid = 0;
  if (l->open) ring_ring(&l->sitting.ring.input); // it ended before it could, maybe
  if (l->bye || l->closed) {
    l->over = l->over || l->closed;
    return;
  }
  if (window_gives_up(&l->stage) || (!l->open && l->stage.ends > 1)) {
    give_up(l,
      l->open ? "The window ended again and again. The session is kept as it is and "
                "can be taken up from the desk."
              : "The window could not be opened. Is there a screen ($DISPLAY)? "
                "\"gesto play\" needs none.");
    return;
  }
  if (l->now) performance_end_contacts(l->now);
  l->calm = hung;
  start_stage(l);
}

static void turn_stage(live *l) {
  live_hear_stage(l);
  if (l->stage.child.pid <= 0) {
    l->over = l->over || l->closed;
    return;
  }
  window_news news = window_look(&l->stage);
  if (news == WINDOW_WELL) return;
  live_hear_stage(l); // its last words
  meet_stage_end(l, news == WINDOW_HUNG);
}

// ---- Taking over from the keeper before --------------------------------------------------

void live_bring_back(live *l, uint32_t creation) {
  const handover *page = l->setup.page;
  const char *json = recorder_begin_json(l->sitting.recorder, creation);
  char why[512];
  beginning begun = {0};
  if (!json || beginning_read(&begun, json) != OK) return;
  const exercise_entry *entry = live_find_exercise(l, begun.exercise, why, sizeof why);
  beginning_finish(&begun);
  const live_choice choice = {.width = page->width,
    .height = page->height,
    .scale = page->scale,
    .look_flags = page->look_flags};
  if (!entry) {
    say_gone(l, creation, false, why);
    return;
  }
  performance_setup setup = setup_for(l, entry, &choice);
  if (performance_resume(&l->now, &setup, creation) != OK) {
    say_gone(l, creation, false,
      "This exercise cannot go on just now. What you made so far "
      "is kept.");
  }
}

static void go_on(live *l, uint32_t phase, const live_choice *choice, uint32_t creation) {
  l->setup.page->phase = phase;
  if (phase == PHASE_CHOOSING && creation == 0) {
    live_choose(l, choice);
    return;
  }
  if (creation > 0) live_bring_back(l, creation);
  l->setup.page->creation = creation;
  if (phase == PHASE_LEAVING) live_leave(l);
  if (phase != PHASE_CLOSING) return;
  l->last_word_due = l->setup.page->last_word_due != 0;
  if (l->setup.page->close[0]) {
    result done = closing_read(&l->answers, l->setup.page->close);
    (void)done; // what cannot be read is private
  }
  live_close(l);
}

// A session that was cut off goes on with what was being made, where the hand was lifted.
static void resume_unfinished(live *l) {
  gallery_find(&l->gallery, &l->setup.house->exercises);
  const uint32_t creation = gallery_unfinished(&l->gallery);
  if (creation == 0) return;
  gallery_drop(&l->gallery, creation);
  go_on(l, PHASE_PLAYING, NULL, creation);
  if (l->now) performance_end_contacts(l->now);
}

// A session that is not in .live/ any more was closed by the one before us.
static void take_over_session(live *l) {
  const handover *page = l->setup.page;
  char why[512], name[sizeof page->session];
  snprintf(name, sizeof name, "%s", page->session);
  uint32_t phase = page->phase;
  uint32_t creation = page->creation;
  live_choice choice = {.carry_on = page->carry_on != 0,
    .width = page->width,
    .height = page->height,
    .scale = page->scale,
    .look_flags = page->look_flags};
  memcpy(choice.exercise, page->exercise, sizeof choice.exercise);
  if (open_sitting(l, name, why, sizeof why) != OK) {
    if (phase != PHASE_CLOSING) fprintf(stderr, "gesto: %s\n", why);
    say_closed(l);
    return;
  }
  live_find_last(l);
  gallery_find(&l->gallery, &l->setup.house->exercises);
  gallery_drop(&l->gallery, creation);
  go_on(l, phase, &choice, creation);
}

static void take_over(live *l) {
  bool had_hello = l->setup.page->stage_said_hello != 0;
  bool stage_lives = window_adopt(&l->stage, l->setup.page->stage_pid) == OK;
  if (!had_hello) l->stage.heard = false;
  if (l->setup.page->session[0]) take_over_session(l);
  live_say_notice(l, l->notice); // what the one before us said holds no more
  if (l->over || stage_lives) return;
  if (l->now) performance_end_contacts(l->now);
  start_stage(l);
}

// ---- Turns -------------------------------------------------------------------------------

void live_wake(live *l, wake_set *w) {
  window_wake(&l->stage, w);
  live_wake_sound(l, w);
  wake_by(w, clock_now_us() + (l->now && !l->closing ? REST_US : BEAT_US));
  if (!l->open) return;
  sitting_wake(&l->sitting, w);
  if (l->now) performance_wake(l->now, w);
  gallery_wake(&l->gallery, w);
}

static void turn_session(live *l) {
  sitting_turn(&l->sitting);
  if (l->now) performance_turn(l->now);
  if (l->now && performance_where(l->now) == PERFORMANCE_LEFT) finish_performance(l);
  gallery_turn(&l->gallery);
  atomic_store(&l->sitting.ring.input.head->keeper_beat_us, clock_now_us());
  if (l->closing) turn_closing(l);
}

void live_turn(live *l) {
  if (l->over) return;
  if (!l->closed || l->stage.child.pid > 0) turn_stage(l);
  live_turn_sound(l);
  if (l->open && !l->over) turn_session(l);
  if (!l->closed) return;
  bool waited = clock_now_us() - l->closed_us > FAREWELL_US;
  if (waited || l->bye || l->stage.child.pid <= 0) {
    window_finish(&l->stage, l->bye ? LEAVE_MS : 0);
    l->over = true;
  }
}

bool live_over(const live *l) { return l->over; }

int live_exit_code(const live *l) { return l->exit_code; }

const char *live_path(const live *l) { return l->path; }
