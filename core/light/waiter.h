// SPDX-License-Identifier: GPL-3.0-or-later
// Threads that sleep for the main loop: one at the player's bell, one at the keeper's link.
// Each pushes an SDL user event when there is something, and the next once that one was dealt
// with.
#ifndef GESTO_LIGHT_WAITER_H
#define GESTO_LIGHT_WAITER_H

#include "core/light/doze.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

// Where a waiter says that there is something.
typedef struct waiter_post {
  uint32_t event;   // SDL event type that is pushed; 0: nobody waits
  const doze *doze; // of the loop that takes it
} waiter_post;

typedef struct waiter {
  pthread_t thread;
  bool runs;
  _Atomic bool stop;
  _Atomic uint32_t told; // TOLD, WAITS_FOR_IT; 0: what it pushed was dealt with
  waiter_post post;
  const _Atomic uint32_t *bell; // or NULL
  int fd;                       // or -1
  int wake[2];                  // a pipe that ends the wait for fd
} waiter;

// [main] False: no thread could be started.
bool waiter_start_bell(waiter *w, const _Atomic uint32_t *bell, waiter_post post);
bool waiter_start_fd(waiter *w, int fd, waiter_post post);
void waiter_go_on(waiter *w); // [main] the event was dealt with
void waiter_stop(
  waiter *w); // [main] returns once the thread has ended; takes a zeroed one

#endif
