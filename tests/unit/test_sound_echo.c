// SPDX-License-Identifier: GPL-3.0-or-later
// needs: player
// What a replay sounds like on its way to the loudspeaker: in order, begun with some in hand,
// silent where none came, and dropped where it runs ahead.
#include "core/base/clock.h"
#include "core/base/memory_map.h"
#include "core/player/sound_echo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct rig {
  wave_page *wave;
  sound_echo *echo;
  float next; // number of the block that is pushed next
} rig;

static int set_up(void **state) {
  rig *r = calloc(1, sizeof *r);
  r->wave = calloc(1, sizeof *r->wave);
  r->next = 1;
  *state = r;
  return sound_echo_create(&r->echo, r->wave) != OK;
}

static int tear_down(void **state) {
  rig *r = *state;
  sound_echo_destroy(r->echo);
  free(r->wave);
  free(r);
  return 0;
}

static void push(rig *r, int count) {
  float left[WAVE_FRAMES], right[WAVE_FRAMES];
  for (int n = 0; n < count; n++) {
    for (int i = 0; i < WAVE_FRAMES; i++) left[i] = right[i] = r->next;
    sound_echo_push(r->echo, left, right);
    r->next += 1;
  }
}

// The number in the next block that is heard; 0: silence.
static float hear(rig *r) {
  const uint32_t n = atomic_fetch_add(&r->wave->asked, 1);
  futex_wake(&r->wave->asked);
  while (atomic_load(&r->wave->done) != n + 1)
    futex_wait(&r->wave->done, atomic_load(&r->wave->done), 1000);
  float(*out)[WAVE_FRAMES] = r->wave->out[n % WAVE_SLOTS];
  assert_true(out[0][0] >= out[1][WAVE_FRAMES - 1] && out[0][0] <= out[1][0]);
  return out[0][0];
}

static void is_heard(rig *r, int from, int count) {
  for (int n = 0; n < count; n++) assert_true((int)hear(r) == (from ? from + n : 0));
}

static void in_order_and_with_some_in_hand(void **state) {
  rig *r = *state;
  is_heard(r, 0, 3);
  push(r, ECHO_AHEAD - 1);
  is_heard(r, 0, 1);
  push(r, 1);
  is_heard(r, 1, 50);
  push(r, 75);
  is_heard(r, 51, ECHO_AHEAD + 75 - 50);
  is_heard(r, 0, 2); // run dry: it waits until there are some again
  push(r, ECHO_AHEAD - 1);
  is_heard(r, 0, 1);
  push(r, 1);
  is_heard(r, ECHO_AHEAD + 76, 10);
}

static void what_runs_ahead_is_dropped(void **state) {
  rig *r = *state;
  is_heard(r, 0, 1);
  push(r, 10 * ECHO_BLOCKS + ECHO_AHEAD);
  is_heard(r, 10 * ECHO_BLOCKS + 1, ECHO_AHEAD);
  is_heard(r, 0, 1);
}

static void what_nobody_listened_to_is_not_heard_later(void **state) {
  rig *r = *state;
  is_heard(r, 0, 1);
  push(r, 2 * ECHO_AHEAD);
  is_heard(r, 1, 5);
  clock_sleep_us(250000);
  is_heard(r, 0, 1);
  push(r, ECHO_AHEAD);
  is_heard(r, 2 * ECHO_AHEAD + 1, 5);
}

#define WITH_RIG(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {WITH_RIG(in_order_and_with_some_in_hand),
    WITH_RIG(what_runs_ahead_is_dropped),
    WITH_RIG(what_nobody_listened_to_is_not_heard_later)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
