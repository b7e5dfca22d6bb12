// SPDX-License-Identifier: GPL-3.0-or-later
// gesto-voice: makes sound of words, once, locked like a player: no device, no network, no
// file but those that espeak-ng speaks by. A text of anybody may come here. The keeper holds
// one ready, ends one that hangs, and without any there are captions.
#include "core/base/link.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/base/sandbox.h"
#include "core/voice/clear.h"
#include "core/voice/speaker.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { LINK = 3, USAGE = 2, OPEN_FILES = 32 };
#define DATA_BYTES ((uint64_t)512 << 20)

static result lock(const speaker *s) {
  const char *const readable[] = {s->data,
#ifdef GESTO_SANITIZED
    "/proc/self",
#endif
    NULL};
  const sandbox_rules rules = {.readable = readable,
    .data_bytes = DATA_BYTES,
    .open_files = OPEN_FILES,
    .landlock_at_most = sandbox_landlock_mask(),
    .kill = getenv("GESTO_SANDBOX_KILL") != NULL,
    .link_fd = LINK};
  sandbox_report report;
  sandbox_close_from(LINK + 1);
  result done = sandbox_lock_player(&rules, &report);
  return done == OK ? sandbox_lock_code() : done;
}

static size_t write_clip(const link_message *m, const int16_t *samples, size_t count) {
  memory_map room = {.bytes = NULL};
  if (count == 0 || m->fd_count == 0 ||
    memory_map_open(&room, m->fds[0], true, count * sizeof *samples) != OK)
    return 0;
  memcpy(room.bytes, samples, count * sizeof *samples);
  memory_map_close(&room); // before the word, so that the keeper can seal it
  return count;
}

// The text is "language\nwords".
static size_t render(const speaker *s, link_message *m) {
  spoken raw = {0};
  int16_t *clip = NULL;
  size_t made = 0, most = (size_t)(m->big / sizeof *clip);
  char *words = strchr(m->text, '\n');
  if (!words) return 0;
  *words++ = 0;
  const speaker_wish wish = {
    .language = m->text, .words = words, .pace = m->value, .most = most};
  result done = speaker_say(&wish, &raw);
  const clear_wish plain = {
    .from = raw.samples, .count = raw.count, .rate = (uint32_t)s->rate, .most = most};
  if (done == OK) done = clear_sound(&plain, &clip, &made);
  free(raw.samples);
  size_t written = done == OK ? write_clip(m, clip, made) : 0;
  free(clip);
  return written;
}

static int serve(const speaker *s, link_message *m) {
  if (link_say(LINK, FROM_VOICE_READY, 0, NULL) != OK) return EXIT_FAILURE;
  do {
    if (link_receive(LINK, m, -1) != OK) return EXIT_SUCCESS;
  } while (m->kind != TO_VOICE_RENDER);
  uint32_t request = m->a;
  size_t frames = render(s, m);
  *m = (link_message){.kind = FROM_VOICE_CLIP, .a = request, .big = frames};
  return link_send(LINK, m) == OK ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int count, char **args) {
  (void)args;
  speaker s = {0};
  if (count > 1 || fcntl(LINK, F_GETFD) < 0 || isatty(LINK)) {
    fprintf(stderr, "gesto-voice is started by gesto; try \"gesto --help\".\n");
    return USAGE;
  }
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  signal(SIGPIPE, SIG_IGN);
  if (speaker_find(&s) != OK || lock(&s) != OK || speaker_open(&s) != OK)
    return EXIT_FAILURE;
  link_message *m = calloc(1, sizeof *m);
  int status = m ? serve(&s, m) : EXIT_FAILURE;
  free(m);
  _exit(status);
}
