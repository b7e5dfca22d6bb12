// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/sound_link.h"

#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/protocol.h"
#include "core/keeper/plain_text.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  DELAY_US = 100 * 1000,
  DELAY_MOST_US = 10 * 1000 * 1000,
  STEADY_US = 500 * 1000, // ran so long: the next end is not a repeat
  FADE_MS = 500,
  SILENT_US = 3 * 1000 * 1000,
};

void sound_link_init(sound_link *s, int page_fd) {
  *s = (sound_link){.end = -1,
    .page_fd = page_fd,
    .wave_fd = -1,
    .delay_us = DELAY_US,
    .message = calloc(1, sizeof *s->message)};
}

static void say_wave(sound_link *s) {
  if (s->end < 0 || !s->message) return;
  if (s->wave_fd < 0) {
    result done = link_say(s->end, TO_SOUND_DETACH, 0, NULL);
    (void)done; // if it is gone, the turn finds out
    return;
  }
  link_message *m = s->message;
  m->kind = TO_SOUND_ATTACH;
  m->a = m->b = m->text_size = 0;
  m->big = 0;
  m->fds[0] = s->wave_fd;
  m->fds[1] = s->page_fd;
  m->fd_count = 2;
  result done = link_send(s->end, m);
  (void)done;
  m->fd_count = 0;
}

void sound_link_attach(sound_link *s, int wave_fd) {
  io_close(s->wave_fd);
  s->wave_fd = wave_fd < 0 ? -1 : fcntl(wave_fd, F_DUPFD_CLOEXEC, 3);
  say_wave(s);
}

static void say_page(sound_link *s) {
  link_message *m = s->message;
  if (s->end < 0 || !m) return;
  *m = (link_message){.kind = TO_SOUND_PAGE, .fd_count = 1};
  m->fds[0] = s->page_fd;
  result done = link_send(s->end, m);
  (void)done;
  m->fd_count = 0;
}

void sound_link_clip(sound_link *s, const voice_clip *clip, bool now) {
  link_message *m = s->message;
  if (s->end < 0 || !m) return;
  *m =
    (link_message){.kind = TO_SOUND_CLIP, .b = now, .big = clip->frames, .fd_count = 1};
  m->fds[0] = clip->fd;
  result done = link_send(s->end, m);
  (void)done; // it was shown
  m->fd_count = 0;
}

void sound_link_quiet(sound_link *s) {
  if (s->end < 0) return;
  result done = link_say(s->end, TO_SOUND_QUIET, 0, NULL);
  (void)done;
}

void sound_link_chime(sound_link *s, uint32_t kind, double seconds) {
  link_message *m = s->message;
  if (s->end < 0 || !m) return;
  *m = (link_message){.kind = TO_SOUND_CHIME, .a = kind, .value = seconds};
  result done = link_send(s->end, m);
  (void)done;
}

static void put_off(sound_link *s) {
  uint64_t now = clock_now_us();
  if (s->started_us && now - s->started_us > STEADY_US) s->delay_us = DELAY_US;
  s->retry_us = now + s->delay_us;
  s->delay_us = s->delay_us * 2 < DELAY_MOST_US ? s->delay_us * 2 : DELAY_MOST_US;
}

static void close_it(sound_link *s) {
  child_kill(&s->child);
  io_close(s->end);
  s->end = -1;
}

static void start(sound_link *s) {
  int ends[2];
  if (link_pair(ends) != OK) {
    put_off(s);
    return;
  }
  const program_start how = {
    .name = "gesto-sound", .link = ends[1], .out = -1, .err = -1};
  result done = child_start(&s->child, &how);
  io_close(ends[1]);
  s->end = ends[0];
  s->started_us = clock_now_us();
  if (done != OK) {
    close_it(s);
    s->started_us = 0;
    put_off(s);
    return;
  }
  say_page(s);
  if (s->wave_fd >= 0) say_wave(s);
}

void sound_link_wake(const sound_link *s, wake_set *w) {
  if (s->silent_us) wake_by(w, s->silent_us + SILENT_US + 1);
  if (s->end >= 0) {
    wake_on(w, s->end);
    wake_on(w, s->child.fd);
  } else {
    wake_by(w, s->retry_us);
  }
}

// A device that comes back soon was never away.
static void tell(sound_link *s, bool runs, const char *why) {
  s->silent_us = 0;
  if (s->told && s->runs == runs && strcmp(s->why, why) == 0) return;
  s->runs = runs;
  s->told = s->fresh = true;
  snprintf(s->why, sizeof s->why, "%.200s", why);
  plain_text(s->why);
}

static void fall_silent(sound_link *s, const char *why) {
  if (!s->silent_us) s->silent_us = clock_now_us();
  snprintf(s->silent_why, sizeof s->silent_why, "%.200s", why);
}

static void take_state(sound_link *s, const char *text) {
  json_t *o = json_loads(text, 0, NULL);
  const char *why = json_string_value(json_object_get(o, "why"));
  if (o && json_is_true(json_object_get(o, "running")))
    tell(s, true, "");
  else if (o)
    fall_silent(s, why ? why : "");
  json_decref(o);
}

static void hear(sound_link *s) {
  enum { WORDS_A_TURN = 64 };
  for (int i = 0; s->message && i < WORDS_A_TURN; i++) {
    if (link_receive(s->end, s->message, 0) != OK) return;
    link_drop_fds(s->message);
    if (s->message->kind == FROM_SOUND_STATE) take_state(s, s->message->text);
  }
}

void sound_link_turn(sound_link *s) {
  if (s->silent_us && clock_now_us() - s->silent_us > SILENT_US)
    tell(s, false, s->silent_why);
  if (s->end < 0) {
    if (clock_now_us() >= s->retry_us) start(s);
    return;
  }
  hear(s);
  if (child_runs(&s->child)) return;
  close_it(s);
  put_off(s);
  if (s->delay_us > 4 * DELAY_US)
    fall_silent(s, "the sound program ends again and again");
}

void sound_link_finish(sound_link *s) {
  if (s->end >= 0) {
    result done = link_say(s->end, TO_SOUND_QUIT, 0, NULL);
    (void)done;
    child_end(&s->child, FADE_MS);
  }
  io_close(s->end);
  io_close(s->wave_fd);
  free(s->message);
  *s = (sound_link){.end = -1, .wave_fd = -1};
}
