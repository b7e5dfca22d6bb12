// SPDX-License-Identifier: GPL-3.0-or-later
// What an exercise says reaches the keeper as it was said, within its limits, at the exercise's
// time; nothing that is no text, nothing out of draw(), and nothing in a replay.
#include "tests/unit/player_hand.h"

// With one press left of the line in the feed, or none.
static hand *begun(const char *mode, bool fed) {
  hand *h = calloc(1, sizeof *h);
  assert_non_null(h);
  static char path[600];
  snprintf(path, sizeof path, "%s", house_exercise("broken/says-badly"));
  hand_order o = {.path = path, .mode = mode, .seed = 1, .first_seq = 1, .frame = true};
  if (fed) {
    const uint8_t none[16] = {0};
    const size_t size = sizeof(ring_head) + 8 * sizeof(ring_slot);
    ring_slot press = {.seq = 1, .kind = SLOT_EVENT, .creation = 1};
    ring feed;
    press.as.event = (gesto_event){.time = 1000, .type = GESTO_POINTER_DOWN, .source = 1};
    press.as.event.as.pointer.x = 20;
    assert_int_equal(memory_create("feed", size, &o.feed_fd), OK);
    assert_int_equal(ring_init(&feed, o.feed_fd, size, none), OK);
    assert_int_equal(ring_put_feed(&feed, &press), OK);
    o.feed_count = 1;
    o.first_seq = 2;
    ring_finish(&feed);
  }
  hand_begin(h, &o);
  return h;
}

// After listen(), which had it end.
static void end(hand *h) {
  waitpid(h->pid, NULL, 0);
  hand_finish(h);
  free(h);
}

typedef struct told {
  uint32_t said, cues;
  char words[16][64];
  bool interrupt[16];
  uint64_t time_us[16];
  uint32_t chime;
  double seconds;
} told;

// All that is said until the player has saved, which it does after what was put before.
static told listen(hand *h) {
  told t = {0};
  hand_blank(h, TO_PLAYER_QUIT, 0);
  hand_say(h);
  while (link_receive(h->link, &h->in, HAND_WAIT_MS) == OK) {
    const link_message *m = &h->in;
    if (m->kind == FROM_PLAYER_FAREWELL) break;
    if (m->kind == FROM_PLAYER_CUE) {
      t.cues++;
      t.chime = m->a;
      t.seconds = m->value;
    }
    if (m->kind != FROM_PLAYER_SAY || t.said == 16) continue;
    snprintf(t.words[t.said], sizeof t.words[0], "%.60s", m->text);
    t.interrupt[t.said] = m->a == 1;
    t.time_us[t.said++] = m->big;
  }
  return t;
}

static void what_is_said_arrives(void **state) {
  (void)state;
  hand *h = begun("live", false);
  hand_press(h, 20, 20, 2000000);
  assert_true(hand_delivered(h, 1));
  const told t = listen(h);
  assert_int_equal(t.said, 3); // and then it was four things in one call
  assert_string_equal(t.words[0], "Well said.");
  assert_true(t.interrupt[0] && !t.interrupt[1]);
  assert_string_equal(t.words[1], "And this, a\xc3\xa9\xe2\x82\xac.");
  assert_int_equal(t.time_us[0], 2000000);
  assert_int_equal(t.cues, 1);
  assert_int_equal(t.chime, CHIME_BREATH_IN);
  assert_true(t.seconds == 4.5);
  end(h);
}

static void what_is_no_text_does_not(void **state) {
  (void)state;
  hand *h = begun("live", false);
  hand_press(h, 200, 20, 1000);
  assert_true(hand_delivered(h, 1));
  const told t = listen(h);
  assert_int_equal(t.said, 0);
  end(h);
}

static void catch_up_in_silence(hand *h) {
  do {
    assert_int_equal(link_receive(h->link, &h->in, HAND_WAIT_MS), OK);
    assert_int_not_equal(h->in.kind, FROM_PLAYER_SAY);
    assert_int_not_equal(h->in.kind, FROM_PLAYER_CUE);
  } while (h->in.kind != FROM_PLAYER_CAUGHT_UP);
}

// Neither the one of the therapist, nor the one that brings an exercise back.
static void what_is_played_again_is_silent(void **state) {
  (void)state;
  const char *const modes[] = {"replay", "live"};
  for (int i = 0; i < 2; i++) {
    hand *h = begun(modes[i], true);
    catch_up_in_silence(h);
    assert_int_equal(atomic_load(&h->page->done_seq), 1); // the press did come
    if (i == 1) {                                         // and now it goes on
      ring_start_after(&h->ring, 1);
      hand_press(h, 20, 20, 3000000);
      assert_true(hand_delivered(h, 2));
    }
    const told t = listen(h);
    assert_int_equal(t.said, i == 1 ? 3 : 0);
    if (i == 1) assert_int_equal(t.time_us[0], 3000000);
    end(h);
  }
}

static int begin(void **state) {
  (void)state;
  house_make();
  return 0;
}

static int finish(void **state) {
  (void)state;
  house_remove();
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_is_said_arrives),
    cmocka_unit_test(what_is_no_text_does_not),
    cmocka_unit_test(what_is_played_again_is_silent),
  };
  return cmocka_run_group_tests(tests, begin, finish);
}
