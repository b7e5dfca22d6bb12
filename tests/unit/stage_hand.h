// SPDX-License-Identifier: GPL-3.0-or-later
// A client's window without a screen in which an exercise is live: what is done in it comes into
// a ring of its own. Included once by each test program that has one.
#ifndef TESTS_STAGE_HAND_H
#define TESTS_STAGE_HAND_H

#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/stage/pages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

// Opens the exercise that is declared so (core/player/declared.h) in a stage that was zeroed,
// and gives it `to` to write in. Returns the ring's descriptor, for stage_hand_end.
static inline int stage_hand_begin(stage *s, ring *to, const char *declared) {
  const uint8_t session[16] = {7};
  int fd = -1;
  stage_init(s, 1280, 800, 1);
  json_t *json = json_loads(declared, 0, NULL);
  assert_int_equal(offer_read(&s->offers[s->offer_count++], json), OK);
  json_decref(json);
  assert_int_equal(memory_create("test-ring", 1 << 16, &fd), OK);
  assert_int_equal(ring_init(to, fd, 1 << 16, session), OK);
  stage_choose(s, &s->offers[0], false);
  stage_turn(s);
  input_begin(&s->input, to, 3, 0);
  input_start(&s->input, 1000);
  s->live.here = true;
  view_place(&s->view);
  return fd;
}

static inline void stage_hand_end(stage *s, ring *of, int fd) {
  s->live.here = false;
  stage_finish(s);
  ring_finish(of);
  io_close(fd);
}

#endif
