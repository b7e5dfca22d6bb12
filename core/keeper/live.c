// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/live_inner.h"

#include "core/base/clock.h"
#include "core/base/protocol.h"
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
  if (l->now && performance_where(l->now) == PERFORMANCE_LEFT) live_finish_performance(l);
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
