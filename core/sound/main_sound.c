// SPDX-License-Identifier: GPL-3.0-or-later
// gesto-sound: the one process that opens a sound device. It may hang or die with it; the
// keeper starts a new one. Usage: gesto-sound (link on descriptor 3), gesto-sound --try, or
// gesto-sound --microphone (link on descriptor 3), which plays nothing.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/base/link.h"
#include "core/base/memory_map.h"
#include "core/sound/device.h"
#include "core/sound/loudness.h"
#include "core/sound/microphone.h"
#include "core/sound/silent_clock.h"

#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINK = 3, TURN_MS = 50, SPEECH_TURN_MS = 10, REST_TURN_MS = 10 * 1000 };
enum { LET_GO_FRAMES = MIXER_RATE / 20 };
enum {
  DEVICE_SILENT_US = 500 * 1000,
  TRY_AGAIN_US = 10 * 1000 * 1000,
  TRY_MOST_US = 5000 * 1000,
  FADE_US = 280 * 1000
};
enum { LEAVE_FOR_NEW = 3 }; // exit status: start me again

typedef struct program {
  mixer mixer;
  silent_clock clock;
  loudness *loudness;
  link_message in;
  memory_map page, wave, old_wave; // old_wave: still fading
  bool device;                     // callbacks come from one
  char device_name[128];
  uint64_t old_since;                 // mixer.frames when it was put aside
  uint64_t frames_seen, frames_at_us; // when the last callback was noticed
  pid_t trial;                        // a process that tries to open the device; 0: none
  uint64_t trial_at_us;               // when it began, or when the next one may
} program;

// ---- What the keeper is told -----------------------------------------------------------------

static void say_state(const program *p, const char *why) {
  json_t *state = json_pack("{s:s, s:b, s:i, s:s}", "device", p->device_name, "running",
    p->device, "rate", MIXER_RATE, "why", why);
  char *text = state ? json_dumps(state, JSON_COMPACT) : NULL;
  if (text && link_say(LINK, FROM_SOUND_STATE, 0, text) != OK) {
    // the end of the link is noticed where it is read
  }
  free(text);
  json_decref(state);
}

static void show_running(program *p) {
  sound_page *page = p->page.bytes;
  if (page) atomic_store(&page->running, p->device ? 1 : 0);
}

// ---- Leaving ---------------------------------------------------------------------------------

// Nothing is closed: closing a device may never return.
static _Noreturn void leave(program *p, int status) {
  p->device = false;
  show_running(p);
  if (p->trial) kill(p->trial, SIGKILL);
  _exit(status);
}

static _Noreturn void fade_and_leave(program *p) {
  mixer_end(&p->mixer);
  clock_sleep_us(FADE_US);
  leave(p, 0);
}

// ---- The device --------------------------------------------------------------------------------

static void begin_trial(program *p) {
  char *const args[] = {"gesto-sound", "--try", NULL};
  p->trial_at_us = clock_now_us();
  if (posix_spawn(&p->trial, "/proc/self/exe", NULL, NULL, args, environ) != 0)
    p->trial = 0;
}

static void use_device(program *p) {
  silent_clock_stop(&p->clock);
  mixer_skip_chimes(&p->mixer);
  if (device_open(&p->mixer, p->device_name, sizeof p->device_name) == OK) {
    p->device = true;
    p->frames_at_us = clock_now_us();
    show_running(p);
    say_state(p, "");
    return;
  }
  // PortAudio may be half open now; a new process is the clean way on.
  leave(p, LEAVE_FOR_NEW);
}

static void watch_trial(program *p) {
  int status = 0;
  uint64_t since = clock_now_us() - p->trial_at_us;
  if (!p->trial) {
    bool missed = !p->device && !mixer_rests(&p->mixer); // by somebody who plays
    if (missed && since > TRY_AGAIN_US) begin_trial(p);
    return;
  }
  if (since > TRY_MOST_US) kill(p->trial, SIGKILL);
  if (waitpid(p->trial, &status, WNOHANG) != p->trial) return;
  p->trial = 0;
  p->trial_at_us = clock_now_us();
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
    use_device(p);
  else
    say_state(p, "no sound device answers; time goes on in silence");
}

// A device that stops calling has died with its server: only this process can go on from that.
static void watch_device(program *p) {
  uint64_t frames = atomic_load(&p->mixer.frames), now = clock_now_us();
  if (!p->device) return;
  if (frames != p->frames_seen) {
    p->frames_seen = frames;
    p->frames_at_us = now;
  } else if (now - p->frames_at_us > DEVICE_SILENT_US) {
    p->device = false;
    say_state(p, "the sound device stopped answering");
    leave(p, LEAVE_FOR_NEW);
  }
}

// ---- The link ------------------------------------------------------------------------------------

// Only when the device's thread has surely begun anew since, and plays something else.
static void let_old_wave_go(program *p) {
  if (!p->old_wave.bytes || mixer_plays(&p->mixer, p->old_wave.bytes)) return;
  if (atomic_load(&p->mixer.frames) - p->old_since < LET_GO_FRAMES) return;
  memory_map_close(&p->old_wave);
}

static void put_aside_wave(program *p, wave_page *next) {
  mixer_attach(&p->mixer, next);
  silent_clock_wake(&p->clock);
  for (uint32_t i = 0; i < 300 && p->old_wave.bytes; i++) { // two changes in one fade
    clock_sleep_us(1000);
    let_old_wave_go(p);
  }
  if (p->old_wave.bytes) leave(p, LEAVE_FOR_NEW); // the device's thread is stuck
  p->old_wave = p->wave;
  p->old_since = atomic_load(&p->mixer.frames);
  p->wave = (memory_map){.bytes = NULL};
}

static void take_page(program *p, int fd) {
  if (p->page.bytes || memory_map_open(&p->page, fd, true, sizeof(sound_page)) != OK)
    return;
  mixer_set_page(&p->mixer, p->page.bytes);
  show_running(p);
}

static void attach(program *p, const link_message *in) {
  memory_map wave = {.bytes = NULL};
  if (in->fd_count < 2 ||
    memory_map_open(&wave, in->fds[0], true, sizeof(wave_page)) != OK)
    return;
  take_page(p, in->fds[1]);
  put_aside_wave(p, wave.bytes);
  p->wave = wave;
}

// ---- What is spoken -------------------------------------------------------------------------

static void take_clip(program *p, const link_message *in) {
  if (in->fd_count == 0) return;
  result given = speech_give(&p->mixer.speech, in->fds[0], in->big, in->b == 1);
  (void)given; // one that cannot be played is silent; its words were shown
}

static void turn_speech(program *p) {
  speech_turn(&p->mixer.speech);
  if (!speech_rests(&p->mixer.speech)) silent_clock_wake(&p->clock);
}

// Asleep where nothing plays, fades, or is being tried; quick where words follow words.
static int turn_ms(program *p) {
  bool rests = mixer_rests(&p->mixer) && !p->old_wave.bytes && !p->trial && !p->device &&
    loudness_rests(p->loudness);
  if (!speech_rests(&p->mixer.speech)) return SPEECH_TURN_MS;
  return rests ? REST_TURN_MS : TURN_MS;
}

static void hear(program *p) {
  result got = link_receive(LINK, &p->in, turn_ms(p));
  if (got == ENDED) fade_and_leave(p);
  if (got != OK) return;
  switch (p->in.kind) {
  case TO_SOUND_ATTACH: attach(p, &p->in); break;
  case TO_SOUND_DETACH: put_aside_wave(p, NULL); break;
  case TO_SOUND_QUIT: fade_and_leave(p);
  case TO_SOUND_PAGE:
    if (p->in.fd_count > 0) take_page(p, p->in.fds[0]);
    break;
  case TO_SOUND_CLIP: take_clip(p, &p->in); break;
  case TO_SOUND_QUIET: speech_quiet(&p->mixer.speech); break;
  case TO_SOUND_CHIME: mixer_chime(&p->mixer, p->in.a, p->in.value); break;
  default: break;
  }
  link_drop_fds(&p->in);
}

static _Noreturn void run(program *p) {
  begin_trial(p);
  for (;;) {
    hear(p);
    turn_speech(p);
    watch_trial(p);
    watch_device(p);
    let_old_wave_go(p);
    loudness_steer(p->loudness, &p->mixer);
  }
}

// Sound libraries write dozens of lines that help nobody; a server is never to be started.
static void quiet_libraries(void) {
  int nowhere;
  if (io_open(AT_FDCWD, "/dev/null", O_WRONLY, 0, &nowhere) == OK) {
    dup2(nowhere, STDERR_FILENO);
    io_close(nowhere);
  }
  setenv("JACK_NO_START_SERVER", "1", 1);
}

int main(int count, char **args) {
  signal(SIGPIPE, SIG_IGN);
  if (count == 2 && strcmp(args[1], "--try") == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    quiet_libraries();
    _exit(device_try() == OK ? 0 : 1);
  }
  bool listens = count == 2 && strcmp(args[1], "--microphone") == 0;
  if ((count > 1 && !listens) || fcntl(LINK, F_GETFD) < 0) {
    fprintf(stderr, "gesto-sound is started by gesto; try \"gesto --help\".\n");
    return 2;
  }
  quiet_libraries();
  if (listens) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    microphone_run(LINK);
  }
  program *p = calloc(1, sizeof *p);
  if (!p) return 1;
  mixer_init(&p->mixer);
  p->loudness = loudness_create();
  if (!p->loudness) return 1;
  if (silent_clock_start(&p->clock, &p->mixer) != OK) return 1;
  run(p);
}
