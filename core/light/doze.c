// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/light/doze.h"

#include "core/base/io.h"

#include <poll.h>
#include <SDL_syswm.h>
#include <sys/eventfd.h>
#include <X11/extensions/XInput2.h>
#include <X11/Xlib.h>

static Display *display_of(SDL_Window *window) {
  SDL_SysWMinfo about;
  SDL_VERSION(&about.version);
  if (!SDL_GetWindowWMInfo(window, &about)) return NULL;
  return about.subsystem == SDL_SYSWM_X11 ? about.info.x11.display : NULL;
}

// SDL listens to every motion of every pointer on the screen, for games that catch it: each
// motion over our window would wake us twice, and each over another one once.
static void forget_raw_motion(Display *display) {
  const Window root = DefaultRootWindow(display);
  int count = 0;
  XIEventMask *masks = XIGetSelectedEvents(display, root, &count);
  for (int i = 0; masks && i < count; i++) {
    if (masks[i].mask_len <= XI_RawMotion / 8) continue;
    XIClearMask(masks[i].mask, XI_RawMotion);
    XISelectEvents(display, root, &masks[i], 1);
  }
  XFree(masks);
}

bool doze_init(doze *d, SDL_Window *window) {
  *d = (doze){.display = display_of(window), .wake = -1};
  if (d->display) forget_raw_motion(d->display);
  d->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return d->wake >= 0;
}

void doze_finish(doze *d) {
  if (d->wake > 0) io_close(d->wake);
  *d = (doze){.wake = -1};
}

// SDL wakes a loop that waits in its own call by itself.
void doze_wake(const doze *d) {
  if (d->display) eventfd_write(d->wake, 1);
}

static bool take(SDL_Event *e) {
  return SDL_PeepEvents(e, 1, SDL_GETEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) > 0;
}

// What Xlib has read already, while it waited for an answer, would not wake the poll.
static void wait_under_x(const doze *d, int ms) {
  if (XEventsQueued(d->display, QueuedAlready) > 0) {
    SDL_PumpEvents();
    ms = 0;
  }
  if (SDL_HasEvents(SDL_FIRSTEVENT, SDL_LASTEVENT)) ms = 0;
  XFlush(d->display);
  struct pollfd p[2] = {{.fd = ConnectionNumber((Display *)d->display), .events = POLLIN},
    {.fd = d->wake, .events = POLLIN}};
  const bool signalled = poll(p, 2, ms) < 0; // SDL makes a QUIT of some signals
  eventfd_t times = 0;
  if (p[1].revents) eventfd_read(d->wake, &times);
  if (signalled || p[0].revents) SDL_PumpEvents();
}

bool doze_next(doze *d, SDL_Event *e, int ms) {
  if (!d->display) return ms < 0 ? SDL_WaitEvent(e) : SDL_WaitEventTimeout(e, ms);
  wait_under_x(d, ms);
  return take(e);
}
