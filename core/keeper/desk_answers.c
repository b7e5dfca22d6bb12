// SPDX-License-Identifier: GPL-3.0-or-later
// What the desk asks, and what it is answered.
#include "core/keeper/desk_inner.h"

#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/keeper/desk_list.h"
#include "core/keeper/desk_room.h"
#include "core/record/report.h"

#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DESK_VOLUME = 700 }; // as the sound program itself begins

void desk_say(desk *d, uint32_t request, bool done, const char *text) {
  link_message *m = d->out;
  *m = (link_message){.kind = TO_DESK_SAID, .a = request, .b = done};
  size_t size = strlen(text);
  if (size > LINK_TEXT_MAX) size = 0;
  memcpy(m->text, text, size);
  m->text[size] = 0;
  m->text_size = (uint32_t)size;
  result sent = link_send(d->window.end, m);
  (void)sent; // a desk that is gone asks again
}

void desk_send_list(desk *d) {
  int fd = -1;
  uint64_t size = 0;
  result done = desk_list_make(d->house, d->life->page->session, &fd, &size);
  if (done != OK) {
    char why[256];
    snprintf(why, sizeof why, "The archive could not be listed: %s.", result_text(done));
    desk_say(d, 0, false, why);
    return;
  }
  *d->out = (link_message){.kind = TO_DESK_LIST, .big = size, .fd_count = 1, .fds = {fd}};
  result sent = link_send(d->window.end, d->out);
  (void)sent;
  io_close(fd);
}

// Only what lies in the archive, whatever the desk asks for.
static bool in_archive(const desk *d, const char *path) {
  const char *root = archive_path(d->house->archive);
  size_t length = strlen(root);
  return strncmp(path, root, length) == 0 && path[length] == '/' && !strstr(path, "/../");
}

// ---- Pictures ----------------------------------------------------------------------------

static void hear_thumb(desk *d) {
  if (d->thumb_count == THUMBS_MAX || !in_archive(d, d->in->text)) {
    desk_say(d, d->in->a, false, "");
    return;
  }
  thumb_wish *w = &d->thumbs[d->thumb_count];
  *w =
    (thumb_wish){.request = d->in->a, .longest = d->in->b, .path = strdup(d->in->text)};
  if (w->path) d->thumb_count++;
}

static void drop_first(desk *d) {
  free(d->thumbs[0].path);
  memmove(d->thumbs, d->thumbs + 1, --d->thumb_count * sizeof d->thumbs[0]);
  d->decoding = false;
}

static void send_pixels(desk *d, const decoded *picture) {
  if (picture->fd < 0) {
    desk_say(d, picture->request, false, "");
    return;
  }
  *d->out = (link_message){.kind = TO_DESK_PIXELS,
    .a = picture->request,
    .big = (uint64_t)picture->width << 32 | picture->height,
    .fd_count = 1,
    .fds = {picture->fd}};
  result sent = link_send(d->window.end, d->out);
  (void)sent;
  io_close(picture->fd);
}

void desk_turn_thumbs(desk *d) {
  decoded picture;
  if (d->decoding && decoder_turn(d->decoder, &picture)) {
    send_pixels(d, &picture);
    drop_first(d);
  }
  while (!d->decoding && d->thumb_count > 0) {
    const decoder_wish wish = {.request = d->thumbs[0].request,
      .dir = AT_FDCWD,
      .name = d->thumbs[0].path,
      .longest = d->thumbs[0].longest};
    if (decoder_ask(d->decoder, &wish) == OK) {
      d->decoding = true;
      return;
    }
    desk_say(d, wish.request, false, "");
    drop_first(d);
  }
}

// ---- Sessions ----------------------------------------------------------------------------

static void hear_begin(desk *d) {
  json_t *wish = json_loads(d->in->text, 0, NULL);
  const char *client = json_string_value(json_object_get(wish, "client"));
  const char *exercise = json_string_value(json_object_get(wish, "exercise"));
  desk_begin_session(d,
    &(desk_wish){.client = client && client[0] ? client : NULL,
      .exercise = exercise && exercise[0] ? exercise : NULL});
  json_decref(wish);
}

static void hear_finish(desk *d) {
  char why[512];
  if (d->finishing || strcmp(d->in->text, d->life->page->session) == 0) {
    desk_say(d, 0, false, "One moment, please: another session is just being closed.");
  } else if (finishing_begin(&d->finishing, d->house, d->in->text, why, sizeof why) !=
    OK) {
    desk_say(d, 0, false, why);
  }
}

// ---- Listening, replays, reports ---------------------------------------------------------

// The page is the client's window's, which sets how loud it is and hushes it with Stop. Here
// none is open: what it left does not keep the therapist from hearing, and before the first
// one it is not silent.
static void let_sound(const desk *d) {
  memory_map map = {0};
  if (memory_map_open(&map, d->life->hold.sound_page, true, sizeof(sound_page)) != OK)
    return;
  sound_page *page = map.bytes;
  uint32_t none = 0;
  atomic_store(&page->hush, 0);
  atomic_compare_exchange_strong(&page->volume, &none, DESK_VOLUME);
  memory_map_close(&map);
}

static void begin_sounds(desk *d) {
  if (!d->live) let_sound(d);
  if (d->sounds) return;
  sound_link_init(&d->sound, d->life->hold.sound_page);
  d->sounds = true;
}

static void turn_replay_sound(desk *d) {
  uint32_t number = 0;
  const int wave = d->replay ? desk_replay_wave(d->replay, &number) : -1;
  if (wave < 0) number = 0;
  if (number == d->heard) return;
  begin_sounds(d);
  sound_link_attach(&d->sound, wave);
  d->heard = number;
}

void desk_turn_sound(desk *d) {
  if (d->listen.player && !desk_listen_turn(&d->listen, &d->sound))
    desk_listen_stop(&d->listen, &d->sound);
  if (!d->listen.player) turn_replay_sound(d);
  if (d->sounds && (d->listen.player || d->replay)) sound_link_turn(&d->sound);
}

static void hear_listen(desk *d) {
  begin_sounds(d);
  desk_listen_stop(&d->listen, &d->sound);
  if (!d->in->text[0]) return;
  bool good =
    in_archive(d, d->in->text) && desk_listen_begin(&d->listen, d->in->text) == OK;
  if (!good) desk_say(d, 0, false, "This sound cannot be played.");
}

static void hear_replay(desk *d) {
  char why[512] = "This creation cannot be replayed.";
  desk_replay_destroy(d->replay);
  d->replay = NULL;
  turn_replay_sound(d);
  if (!d->in->text[0]) return;
  desk_listen_stop(&d->listen, d->sounds ? &d->sound : NULL);
  const desk_replay_ask ask = {.house = d->house,
    .path = d->in->text,
    .width = d->in->a,
    .height = d->in->b,
    .link = d->window.end};
  bool good =
    in_archive(d, ask.path) && desk_replay_begin(&d->replay, &ask, why, sizeof why) == OK;
  if (!good) desk_say(d, 0, false, why);
}

static void open_page(desk *d, const char *path) {
  char program[] = "xdg-open";
  char *argv[] = {program, (char *)path, NULL};
  pid_t pid = 0;
  posix_spawnattr_t attributes;
  sigset_t none;
  sigemptyset(&none);
  if (posix_spawnattr_init(&attributes) != 0) return;
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  child_forget(&d->browser);
  // Without a browser the sentence with the path has to do.
  int missing = posix_spawnp(&pid, program, NULL, &attributes, argv, environ);
  if (!missing && child_adopt(&d->browser, pid) != OK) d->browser = (child){0};
  posix_spawnattr_destroy(&attributes);
}

// Beside what the person at the desk keeps, never in the archive, which nobody writes by hand.
static bool report_place(const char *session_path, char *path, size_t room) {
  const char *home = getenv("HOME");
  const char *slash = strrchr(session_path, '/');
  int length = snprintf(path, room, "%s/gesto-report-%s.html",
    home && home[0] == '/' ? home : "/tmp", slash ? slash + 1 : "session");
  return length > 0 && (size_t)length < room;
}

static void hear_report(desk *d) {
  char path[PATH_MAX], why[1024] = "This session cannot be reported.";
  bool good = in_archive(d, d->in->text) &&
    report_place(d->in->text, path, sizeof path) &&
    report_write(d->in->text, path, false, why, sizeof why) == OK;
  if (good) open_page(d, path);
  desk_say(d, d->in->a, good, good ? path : why);
}

// ------------------------------------------------------------------------------------------

static void hear(desk *d) {
  window_heard(&d->window);
  switch (d->in->kind) {
  case FROM_DESK_HELLO:
    *d->out = (link_message){.kind = TO_DESK_SESSION, .a = d->live != NULL};
    if (link_send(d->window.end, d->out) == OK) desk_send_list(d);
    d->told = 0; // it knows of nothing yet
    if (house_missing_wall()) desk_say(d, 0, false, house_missing_wall());
    break;
  case FROM_DESK_LIST: desk_send_list(d); break;
  case FROM_DESK_BEGIN: hear_begin(d); break;
  case FROM_DESK_RESUME:
    desk_begin_session(d, &(desk_wish){.resume = d->in->text});
    break;
  case FROM_DESK_FINISH: hear_finish(d); break;
  case FROM_DESK_CLIENT: desk_hear_client(d); break;
  case FROM_DESK_ROOM: desk_hear_room(d); break;
  case FROM_DESK_PICTURE: desk_hear_picture(d); break;
  case FROM_DESK_THUMB: hear_thumb(d); break;
  case FROM_DESK_LISTEN: hear_listen(d); break;
  case FROM_DESK_REPLAY: hear_replay(d); break;
  case FROM_DESK_PLAY:
    if (d->replay) desk_replay_go(d->replay, d->in->text);
    break;
  case FROM_DESK_REPORT: hear_report(d); break;
  case FROM_DESK_BYE: d->bye = true; break;
  default: break;
  }
}

void desk_hear(desk *d) {
  enum { WORDS_A_TURN = 64 };
  for (int i = 0; i < WORDS_A_TURN; i++) {
    result done = link_receive(d->window.end, d->in, 0);
    if (done == BAD_DATA) continue;
    if (done != OK) return;
    link_drop_fds(d->in);
    hear(d);
  }
}
