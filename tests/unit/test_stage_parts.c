// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// Exercise time, what counts as saved, the driver's end of the ring, a player's picture.
#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/light/live.h"
#include "core/stage/exercise_time.h"
#include "core/stage/input.h"
#include "core/stage/offer.h"
#include "core/stage/saved.h"
#include "core/ui/events.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

// ---- Time --------------------------------------------------------------------------------

static void time_stands_still_in_pause(void **state) {
  exercise_time t;
  (void)state;
  exercise_time_begin(&t, 0);
  assert_int_equal(exercise_time_stamp(&t, 5000), 0);
  exercise_time_start(&t, 10000);
  assert_int_equal(exercise_time_stamp(&t, 12000), 2000);
  exercise_time_stop(&t, 15000);
  assert_int_equal(exercise_time_stamp(&t, 90000), 5000);
  exercise_time_start(&t, 100000);
  assert_int_equal(exercise_time_stamp(&t, 101000), 6000);
}

static void time_never_goes_back(void **state) {
  exercise_time t;
  (void)state;
  exercise_time_begin(&t, 700);
  exercise_time_start(&t, 1000);
  assert_int_equal(exercise_time_stamp(&t, 3000), 2700);
  assert_int_equal(exercise_time_stamp(&t, 2000), 2700); // an older sample comes late
  assert_int_equal(exercise_time_stamp(&t, 10), 2700);   // from before the start
  assert_int_equal(exercise_time_stamp(&t, 3001), 2701);
}

// ---- Saved -------------------------------------------------------------------------------

static void saved_is_a_fact(void **state) {
  enum { SECOND = 1000000 };
  saved_watch w = {0};
  (void)state;
  saved_facts f = {.written = 10, .durable = 10, .beat_us = SECOND};
  assert_int_equal(saved_look(&w, f, SECOND), SAVED);
  assert_false(saved_waits(&w));
  f.written = 20; // input came
  assert_int_equal(saved_look(&w, f, SECOND), SAVED);
  assert_true(saved_waits(&w));
  assert_int_equal(saved_look(&w, f, SECOND + 299000), SAVED);
  assert_int_equal(saved_look(&w, f, SECOND + 300000), SAVING);
  f.durable = 20;
  f.written = 25; // what waited is there, but more came meanwhile
  assert_int_equal(saved_look(&w, f, SECOND + 310000), SAVED);
  assert_int_equal(saved_look(&w, f, SECOND + 700000), SAVING);
  assert_int_equal(saved_look(&w, f, 9 * SECOND), SAVED_NOT); // the keeper rests
  f.beat_us = 9 * SECOND;
  assert_int_equal(saved_look(&w, f, 9 * SECOND), SAVING); // it is slow, but there
  f.saving = RING_SAVE_FAILED;
  assert_int_equal(saved_look(&w, f, 9 * SECOND), SAVED_FAILED);
  f.saving = RING_DISK_FULL;
  assert_int_equal(saved_look(&w, f, 9 * SECOND), SAVED_FULL);
  assert_true(strlen(saved_advice(SAVED_FULL)) > 0);
  f = (saved_facts){.written = 25, .durable = 25};
  assert_int_equal(
    saved_look(&w, f, 9 * SECOND), SAVED); // an idle keeper takes nothing away
}

// ---- Input -------------------------------------------------------------------------------

typedef struct fixture {
  int fd;
  ring ring;
  input in;
} fixture;

static void set_up(fixture *f, size_t bytes) {
  const uint8_t session[16] = {7};
  memset(f, 0, sizeof *f);
  assert_int_equal(memory_create("test-ring", bytes, &f->fd), OK);
  assert_int_equal(ring_init(&f->ring, f->fd, bytes, session), OK);
  input_begin(&f->in, &f->ring, 3, 0);
  input_start(&f->in, 1000);
}

static void tear_down(fixture *f) {
  ring_finish(&f->ring);
  io_close(f->fd);
}

static gesto_event point(uint16_t type, uint32_t source, float x) {
  gesto_event e = {.type = type, .source = source};
  e.as.pointer.x = x;
  e.as.pointer.pressure = 0.5f;
  return e;
}

static ring_slot slot_at(fixture *f, uint64_t seq) {
  ring_slot s;
  assert_int_equal(ring_get(&f->ring, seq, &s), OK);
  return s;
}

static void input_rounds_and_stamps(void **state) {
  fixture f;
  (void)state;
  set_up(&f, 1 << 16);
  assert_true(input_pointer(&f.in, point(GESTO_POINTER_DOWN, 4, 10.03f), 1500));
  const ring_slot s = slot_at(&f, 1);
  assert_int_equal(s.creation, 3);
  assert_int_equal(s.kind, SLOT_EVENT);
  assert_int_equal(s.as.event.time, 500);
  assert_true(s.as.event.as.pointer.x == 10.0f);
  assert_false(
    input_pointer(&f.in, point(GESTO_POINTER_DOWN, 4, 1), 1600)); // is down already
  assert_false(
    input_pointer(&f.in, point(GESTO_POINTER_MOVE, 5, 1), 1600)); // was never down
  input_advance(&f.in, 4000);
  assert_int_equal(slot_at(&f, 2).kind, SLOT_ADVANCE);
  assert_int_equal(slot_at(&f, 2).as.event.time, 3000);
  tear_down(&f);
}

static void input_ends_contacts_with_up(void **state) {
  fixture f;
  (void)state;
  set_up(&f, 1 << 16);
  input_pointer(&f.in, point(GESTO_POINTER_DOWN, 1, 10), 1500);
  input_pointer(&f.in, point(GESTO_POINTER_MOVE, 1, 20), 1600);
  input_pointer(&f.in, point(GESTO_POINTER_DOWN, 2, 90), 1700);
  input_pause(&f.in, 2000);
  assert_int_equal(slot_at(&f, 4).as.event.type, GESTO_POINTER_UP);
  assert_true(slot_at(&f, 4).as.event.as.pointer.x == 20.0f); // where it was last
  assert_int_equal(slot_at(&f, 5).as.event.type, GESTO_POINTER_UP);
  assert_int_equal(slot_at(&f, 6).as.event.type, GESTO_PAUSE);
  assert_false(input_pointer(&f.in, point(GESTO_POINTER_DOWN, 1, 1), 2100));
  assert_false(input_control(&f.in, GESTO_CONTROL_SET, 1, 2, 2100));
  input_advance(&f.in, 9000);
  assert_int_equal(ring_written(&f.ring), 6); // nothing goes on in Pause
  input_resume(&f.in, 10000);
  assert_int_equal(slot_at(&f, 7).as.event.type, GESTO_RESUME);
  assert_int_equal(slot_at(&f, 7).as.event.time, slot_at(&f, 6).as.event.time);
  tear_down(&f);
}

static void a_full_ring_takes_nothing_and_says_so(void **state) {
  fixture f;
  (void)state;
  set_up(&f, 32768);
  uint32_t taken = 0;
  assert_true(input_pointer(&f.in, point(GESTO_POINTER_DOWN, 1, 1), 1100));
  while (input_pointer(&f.in, point(GESTO_POINTER_MOVE, 1, (float)taken), 1200)) taken++;
  assert_true(f.in.full);
  assert_true(taken > 50 && taken < f.ring.slot_count);
  input_pause(&f.in, 3000); // UP and PAUSE still have room
  const uint64_t last = ring_written(&f.ring);
  assert_int_equal(slot_at(&f, last).as.event.type, GESTO_PAUSE);
  assert_int_equal(slot_at(&f, last - 1).as.event.type, GESTO_POINTER_UP);
  atomic_store(&f.ring.head->released, last); // the keeper has taken it
  input_resume(&f.in, 4000);
  assert_true(input_pointer(&f.in, point(GESTO_POINTER_DOWN, 1, 1), 4100));
  assert_false(f.in.full);
  tear_down(&f);
}

static void text_goes_in_whole_letters(void **state) {
  fixture f;
  (void)state;
  set_up(&f, 1 << 16);
  const char words[] =
    "Das ist ein langer Satz mit einem \u00e4\u4f60\U0001f33f am Ende davon.";
  assert_true(input_text(&f.in, 6, words, 2000));
  char all[256] = "";
  const uint64_t last = ring_written(&f.ring);
  assert_true(last >= 2);
  for (uint64_t i = 1; i <= last; i++) {
    const ring_slot s = slot_at(&f, i);
    assert_int_equal(s.as.event.type, GESTO_TEXT);
    assert_int_equal(s.as.event.as.text.last, i == last);
    assert_int_not_equal((unsigned char)s.as.event.as.text.utf8[0] & 0xC0, 0x80);
    strncat(all, s.as.event.as.text.utf8, 40);
  }
  assert_string_equal(all, words);
  tear_down(&f);
}

// ---- A player's picture ------------------------------------------------------------------

typedef struct picture {
  int page_fd, frame_fd;
  memory_map page, frame;
} picture;

static void make_picture(picture *p, uint32_t w, uint32_t h) {
  assert_int_equal(memory_create("test-page", sizeof(player_page), &p->page_fd), OK);
  assert_int_equal(memory_map_open(&p->page, p->page_fd, true, 1), OK);
  assert_int_equal(memory_create("test-frame", FRAME_BYTES(w, h), &p->frame_fd), OK);
  assert_int_equal(memory_map_open(&p->frame, p->frame_fd, true, 1), OK);
  *(frame_head *)p->frame.bytes = (frame_head){w, h};
}

static void drop_picture(picture *p) {
  memory_map_close(&p->page);
  memory_map_close(&p->frame);
  io_close(p->page_fd);
  io_close(p->frame_fd);
}

static uint32_t *pixels(picture *p) {
  return (uint32_t *)((uint8_t *)p->frame.bytes + FRAME_HEAD);
}

static uint32_t kept_at(const live *l, uint32_t x, uint32_t y) {
  const uint8_t *d = cairo_image_surface_get_data(l->kept);
  return ((const uint32_t *)(d + y * (size_t)cairo_image_surface_get_stride(l->kept)))[x];
}

static void live_copies_what_was_named(void **state) {
  picture p;
  live l = {0};
  page_rect rects[PAGE_RECTS];
  (void)state;
  make_picture(&p, 40, 30);
  player_page *page = p.page.bytes;
  assert_int_equal(live_begin(&l, 1, p.page_fd, p.frame_fd, 0), OK);
  assert_int_equal(live_take(&l, 1000, rects), 0);
  for (int i = 0; i < 1200; i++) pixels(&p)[i] = 0x112233;
  page->rect_count = 0;
  page->commit = 1;
  assert_int_equal(live_take(&l, 1000, rects), 1); // the first is taken whole
  assert_int_equal(rects[0].w, 40);
  assert_int_equal(kept_at(&l, 39, 29), 0x112233);
  assert_int_equal(page->shown, 1);
  for (int i = 0; i < 1200; i++) pixels(&p)[i] = 0x445566;
  page->rect_count = 1;
  page->rects[0] = (page_rect){10, 10, 5, 5};
  page->commit = 2;
  assert_int_equal(live_take(&l, 1000, rects), 1);
  assert_int_equal(kept_at(&l, 12, 12), 0x445566);
  assert_int_equal(kept_at(&l, 16, 12), 0x112233);
  live_lose(&l);
  assert_int_equal(kept_at(&l, 12, 12), 0x445566); // the picture stays
  live_finish(&l);
  assert_int_equal(live_begin(&l, 1, p.page_fd, p.frame_fd, 0), OK);
  assert_int_equal(live_take(&l, 1000, rects), 1); // another window sees it too
  assert_int_equal(kept_at(&l, 12, 12), 0x445566);
  assert_int_equal(live_take(&l, 1000, rects), 0);
  live_finish(&l);
  drop_picture(&p);
}

static void live_trusts_no_number(void **state) {
  picture p;
  live l = {0};
  page_rect rects[PAGE_RECTS];
  (void)state;
  make_picture(&p, 40, 30);
  player_page *page = p.page.bytes;
  assert_int_equal(live_begin(&l, 1, p.page_fd, p.frame_fd, 0), OK);
  page->commit = 1;
  live_take(&l, 1000, rects);
  page->rect_count = 4000000000u;
  for (int i = 0; i < PAGE_RECTS; i++)
    page->rects[i] = (page_rect){i % 2 ? 4294967295u : 20, 5, 4294967290u, 4294967290u};
  page->commit = 2;
  assert_int_equal(live_take(&l, 1000, rects), PAGE_RECTS);
  for (int i = 0; i < PAGE_RECTS; i++) {
    assert_true(rects[i].x + rects[i].w <= 40);
    assert_true(rects[i].y + rects[i].h <= 30);
  }
  *(frame_head *)p.frame.bytes = (frame_head){8000, 8000}; // larger than the memory is
  assert_int_equal(live_set_frame(&l, p.frame_fd), BAD_DATA);
  assert_int_equal(l.width, 40);
  live_finish(&l);
  drop_picture(&p);
}

static void live_hears_what_is_no_picture(void **state) {
  picture p;
  live l = {0};
  page_rect rects[PAGE_RECTS];
  (void)state;
  make_picture(&p, 40, 30);
  player_page *page = p.page.bytes;
  assert_int_equal(live_begin(&l, 1, p.page_fd, p.frame_fd, 0), OK);
  page->commit = 1;
  page->commit_bell = 1;
  live_take(&l, 1000, rects);
  assert_false(live_wants_advance(&l));
  page->commit_bell = 2; // its sound half has something to say
  assert_true(live_wants_advance(&l));
  assert_false(live_wants_advance(&l));
  page->commit = 2;
  page->commit_bell = 4;
  assert_true(live_wants_advance(&l));
  live_finish(&l);
  drop_picture(&p);
}

// ---- Offers and keys ---------------------------------------------------------------------

static void offers_pass_over_what_cannot_be_shown(void **state) {
  offer o;
  (void)state;
  json_t *json = json_loads(
    "{\"id\":\"a\",\"name\":\"A\",\"controls\":["
    "{\"id\":1,\"kind\":\"range\",\"key\":\"r\",\"name\":\"R\",\"low\":5,\"high\":5},"
    "{\"id\":2,\"kind\":\"hologram\",\"key\":\"h\",\"name\":\"H\"},"
    "{\"id\":3,\"kind\":\"toggle\",\"key\":\"t\",\"name\":\"\"},"
    "{\"id\":4,\"kind\":\"toggle\",\"key\":\"t\",\"name\":\"T\"}, 7, null]}",
    0, NULL);
  assert_int_equal(offer_read(&o, json), OK);
  assert_int_equal(o.control_count, 1);
  assert_non_null(offer_find(&o, 4));
  assert_null(offer_find(&o, 1));
  json_decref(json);
  offer_finish(&o);
  json = json_loads("[1]", 0, NULL);
  assert_int_equal(offer_read(&o, json), BAD_DATA);
  json_decref(json);
}

static void keys_are_understood(void **state) {
  (void)state;
  assert_true(events_chord_in((chord){SDLK_z, WITH_CONTROL}, "u ctrl+z"));
  assert_true(events_chord_in((chord){SDLK_u, 0}, "u ctrl+z"));
  assert_false(events_chord_in((chord){SDLK_z, 0}, "u ctrl+z"));
  assert_false(events_chord_in((chord){SDLK_u, WITH_SHIFT}, "u ctrl+z"));
  assert_true(
    events_chord_in((chord){SDLK_SPACE, WITH_SHIFT | WITH_CONTROL}, "ctrl+shift+space"));
  assert_false(events_chord_in((chord){0, 0}, ""));
  assert_false(events_chord_in((chord){SDLK_u, 0}, "   ctrl+ no-such-key"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(time_stands_still_in_pause),
    cmocka_unit_test(time_never_goes_back),
    cmocka_unit_test(saved_is_a_fact),
    cmocka_unit_test(input_rounds_and_stamps),
    cmocka_unit_test(input_ends_contacts_with_up),
    cmocka_unit_test(a_full_ring_takes_nothing_and_says_so),
    cmocka_unit_test(text_goes_in_whole_letters),
    cmocka_unit_test(live_copies_what_was_named),
    cmocka_unit_test(live_trusts_no_number),
    cmocka_unit_test(live_hears_what_is_no_picture),
    cmocka_unit_test(offers_pass_over_what_cannot_be_shown),
    cmocka_unit_test(keys_are_understood),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
