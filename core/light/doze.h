// SPDX-License-Identifier: GPL-3.0-or-later
// The sleep of a main loop that has a window: until the display says something, until another
// thread has pushed an event of its own, or until a time has come. Under X it sleeps on the
// display's connection itself, since SDL wakes a loop from another thread by way of the X
// server, and asks the connection a dozen times for each event.
#ifndef GESTO_LIGHT_DOZE_H
#define GESTO_LIGHT_DOZE_H

#include <SDL.h>
#include <stdbool.h>

typedef struct doze {
  void *display; // Xlib's, which is SDL's own; NULL: SDL itself waits
  int wake;      // an eventfd
} doze;

// [main] For a window that is open. False: the system gives no eventfd.
bool doze_init(doze *d, SDL_Window *window);
void doze_finish(doze *d); // [main] once nobody wakes it any more; takes a zeroed one
// [any] After SDL_PushEvent: the loop takes it up.
void doze_wake(const doze *d);
// [main] The next event, waiting up to `ms` (-1: for ever) where there is none. False: the time
// is over, or something came that is no event.
bool doze_next(doze *d, SDL_Event *e, int ms);

#endif
