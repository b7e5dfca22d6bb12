// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// A creation's journals as a feed: order, what is left out, ways back, pieces of it.
#include "core/base/io.h"
#include "core/keeper/feed.h"
#include "core/record/journal.h"
#include "core/record/slots.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const uint8_t SESSION[16] = {1}, WRITER[8] = {2};
static const char BEGIN[] = "{\"exercise\":\"org.gesto.draw\",\"seed\":7}";
enum { STEP_US = 10000 };

typedef struct place {
  char path[256];
  int dir;
  journal *file;
} place;

static int set_up(void **state) {
  place *p = calloc(1, sizeof *p);
  snprintf(p->path, sizeof p->path, "%s/feed-XXXXXX",
    getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
  if (!mkdtemp(p->path) || io_open_dir(AT_FDCWD, p->path, &p->dir)) return -1;
  *state = p;
  return 0;
}

static int tear_down(void **state) {
  place *p = *state;
  journal_close(p->file);
  io_close(p->dir);
  const result r = io_remove_tree(AT_FDCWD, p->path);
  free(p);
  return r ? -1 : 0;
}

static void begin_file(place *p, const char *name) {
  journal_close(p->file);
  assert_int_equal(journal_create(&p->file, p->dir, name, SESSION, WRITER), OK);
  assert_int_equal(
    journal_append(p->file, FRAME_BEGIN, FRAME_CRITICAL, BEGIN, sizeof BEGIN - 1), OK);
}

static ring_slot event(uint64_t seq, uint16_t type, uint32_t source) {
  ring_slot slot = {.seq = seq, .kind = type ? SLOT_EVENT : SLOT_ADVANCE, .creation = 3};
  slot.as.event.time = seq * STEP_US;
  slot.as.event.type = type;
  slot.as.event.source = source;
  if (type) slot.as.event.as.pointer.x = (float)seq;
  if (type) slot.as.event.as.pointer.pressure = 0.5f;
  return slot;
}

static void put(place *p, ring_slot slot) {
  uint8_t bytes[512];
  uint32_t taken = 0;
  const size_t size = slots_encode(&slot, 1, &taken, bytes, sizeof bytes);
  assert_int_equal(taken, 1);
  assert_int_equal(
    journal_append(p->file, FRAME_SLOTS, FRAME_CRITICAL, bytes, (uint32_t)size), OK);
}

static void put_moves(place *p, uint64_t first, uint64_t last) {
  for (uint64_t seq = first; seq <= last; seq++)
    put(p, event(seq, GESTO_POINTER_MOVE, 1));
}

static void put_report(
  place *p, uint64_t before, uint32_t kind, uint64_t block, uint32_t count) {
  const page_report report = {before, block, kind, count};
  uint8_t bytes[128];
  uint32_t taken = 0;
  const size_t size = reports_encode(&report, 1, &taken, bytes, sizeof bytes);
  assert_int_equal(taken, 1);
  assert_int_equal(
    journal_append(p->file, FRAME_REPORTS, FRAME_CRITICAL, bytes, (uint32_t)size), OK);
}

static void put_left_out(place *p, uint64_t first, uint64_t last) {
  const uint64_t range[2] = {first, last};
  assert_int_equal(
    journal_append(p->file, FRAME_LEFT_OUT, FRAME_CRITICAL, range, 16), OK);
}

static void put_snapshot(place *p, uint64_t seq) {
  char text[96];
  const int n =
    snprintf(text, sizeof text, "{\"seq\":%llu,\"file\":\"snap-%llu\",\"block\":0}",
      (unsigned long long)seq, (unsigned long long)seq);
  assert_int_equal(journal_append(p->file, FRAME_SNAPSHOT, 0, text, (uint32_t)n), OK);
}

static void put_revived(place *p, uint64_t seq, uint64_t snapshot) {
  char text[96];
  int n = snprintf(
    text, sizeof text, "{\"seq\":%llu,\"snapshot\":null}", (unsigned long long)seq);
  if (snapshot)
    n = snprintf(text, sizeof text, "{\"seq\":%llu,\"snapshot\":\"snap-%llu\"}",
      (unsigned long long)seq, (unsigned long long)snapshot);
  assert_int_equal(
    journal_append(p->file, FRAME_REVIVED, FRAME_CRITICAL, text, (uint32_t)n), OK);
}

// "1 2 T5/2 R 3": inputs by their seq, sound by kind, block and count, R for a round trip, A
// for a moment that nobody made.
static void describe(const feed *f, char *text, size_t room) {
  size_t at = 0;
  text[0] = 0;
  for (uint64_t i = 0; i < f->count; i++) {
    const ring_slot *s = &f->ring.slots[i];
    const char *gap = i ? " " : "";
    int n = 0;
    if (s->kind == SLOT_ROUND_TRIP)
      n = snprintf(text + at, room - at, "%sR", gap);
    else if (s->kind >= SLOT_TOOK)
      n = snprintf(text + at, room - at, "%s%c%llu/%u", gap, "THB"[s->kind - SLOT_TOOK],
        (unsigned long long)s -> as.sound.block, s->as.sound.count);
    else if (!s->seq)
      n = snprintf(text + at, room - at, "%sA", gap);
    else
      n = snprintf(text + at, room - at, "%s%llu", gap, (unsigned long long)s->seq);
    at += (size_t)n;
  }
}

static void expect(place *p, feed_options options, const char *wanted) {
  story s;
  feed f;
  char text[1024];
  assert_int_equal(story_open(&s, p->dir), OK);
  assert_int_equal(feed_make(&f, &s, &options), OK);
  describe(&f, text, sizeof text);
  assert_string_equal(text, wanted);
  feed_finish(&f);
  story_finish(&s);
}

static const feed_options ALL = {.until_us = UINT64_MAX};

static void merges_reports_where_they_happened(void **state) {
  place *p = *state;
  begin_file(p, "process.journal");
  put_moves(p, 1, 3);
  put_report(p, 2, REPORT_TOOK, 5, 2);
  put_report(p, 2, REPORT_HEARD, 6, 1);
  put_moves(p, 4, 5);
  put_report(p, 5, REPORT_LATE, 0, 9);
  put_report(p, 6, REPORT_BLOCKS, 75, 0);
  expect(p, ALL, "1 T5/2 H6/1 2 3 4 5 B75/0");
}

static void leaves_out_what_crashed(void **state) {
  place *p = *state;
  begin_file(p, "process.journal");
  put_moves(p, 1, 4);
  put_left_out(p, 2, 3);
  expect(p, ALL, "1 4");
}

static void a_contact_left_out_goes_as_a_whole(void **state) {
  place *p = *state;
  begin_file(p, "process.journal");
  put(p, event(1, GESTO_POINTER_DOWN, 1));
  put(p, event(2, GESTO_POINTER_DOWN, 2));
  put(p, event(3, GESTO_POINTER_MOVE, 1));
  put(p, event(4, GESTO_POINTER_MOVE, 2));
  put(p, event(5, GESTO_POINTER_UP, 1));
  put(p, event(6, GESTO_POINTER_DOWN, 1));
  put(p, event(7, GESTO_POINTER_UP, 1));
  put(p, event(8, 0, 0));
  put_left_out(p, 1, 1);
  expect(p, ALL, "2 4 6 7 8");
}

static void later_files_repeat_without_doubling(void **state) {
  place *p = *state;
  begin_file(p, "process.journal");
  put_moves(p, 1, 3);
  put_report(p, 2, REPORT_TOOK, 5, 2);
  begin_file(p, "process-2.journal");
  put_moves(p, 2, 5);
  put_report(p, 2, REPORT_TOOK, 5, 2);
  put_report(p, 5, REPORT_TOOK, 9, 1);
  expect(p, ALL, "1 T5/2 2 3 4 T9/1 5");
}

static void a_torn_end_is_not_played(void **state) {
  place *p = *state;
  begin_file(p, "process.journal");
  put_moves(p, 1, 3);
  const uint64_t whole = journal_bytes(p->file);
  put_moves(p, 4, 4);
  int fd = -1;
  assert_int_equal(io_open(p->dir, "process.journal", O_RDWR, 0, &fd), OK);
  assert_int_equal(io_truncate(fd, whole + 5), OK);
  io_close(fd);
  story s;
  assert_int_equal(story_open(&s, p->dir), OK);
  assert_true(s.damaged);
  assert_int_equal(s.last_seq, 3);
  story_finish(&s);
  expect(p, ALL, "1 2 3");
}

static void spoil(place *p, const char *name, uint64_t at) {
  int fd = -1;
  uint8_t byte = 0;
  size_t got = 0;
  assert_int_equal(io_open(p->dir, name, O_RDWR, 0, &fd), OK);
  assert_int_equal(io_read_full_at(fd, &byte, 1, at, &got), OK);
  byte ^= 0x40;
  assert_int_equal(io_write_all_at(fd, &byte, 1, at), OK);
  io_close(fd);
}

static void damage_in_the_middle_hides_only_itself(void **state) {
  place *p = *state;
  begin_file(p, "process.journal");
  put_moves(p, 1, 2);
  const uint64_t damaged_at = journal_bytes(p->file) + 20;
  put_moves(p, 3, 3);
  put_report(p, 4, REPORT_TOOK, 5, 2);
  put_moves(p, 4, 6);
  begin_file(p, "process-2.journal"); // as the keeper that met the damage did
  put_moves(p, 7, 8);
  expect(p, ALL, "1 2 3 T5/2 4 5 6 7 8");
  spoil(p, "process.journal", damaged_at);
  expect(p, ALL, "1 2 T5/2 4 5 6 7 8");
  story s;
  assert_int_equal(story_open(&s, p->dir), OK);
  assert_true(s.damaged);
  assert_int_equal(s.last_seq, 8);
  assert_int_equal(s.slot_count, 7);
  story_finish(&s);
  const feed_options later = {.until_us = UINT64_MAX, .after_seq = 2};
  expect(p, later, "T5/2 4 5 6 7 8");
}

static void a_damaged_head_does_not_hide_the_next_file(void **state) {
  place *p = *state;
  begin_file(p, "process.journal");
  put_moves(p, 1, 3);
  begin_file(p, "process-2.journal");
  put_moves(p, 4, 5);
  spoil(p, "process.journal", 20);
  expect(p, ALL, "4 5");
  spoil(p, "process-2.journal", 20);
  story s;
  assert_int_equal(story_open(&s, p->dir), BAD_DATA);
}

static void comes_back_through_the_snapshot(void **state) {
  place *p = *state;
  begin_file(p, "process.journal");
  put_moves(p, 1, 2);
  put_snapshot(p, 2);
  put_moves(p, 3, 4);
  put_left_out(p, 4, 4);
  put_revived(p, 4, 2);
  put_moves(p, 5, 5);
  expect(p, ALL, "1 2 R 3 5");
}

static void a_way_back_that_was_given_up_does_not_count(void **state) {
  place *p = *state;
  begin_file(p, "process.journal");
  put_moves(p, 1, 2);
  put_snapshot(p, 2);
  put_moves(p, 3, 4);
  put_snapshot(p, 4);
  put_moves(p, 5, 5);
  put_revived(p, 5, 4);
  put_revived(p, 5, 2);
  put_moves(p, 6, 6);
  expect(p, ALL, "1 2 R 3 4 5 6");
  put_revived(p, 6, 0);
  expect(p, ALL, "1 2 3 4 5 6");
}

static void a_snapshot_keeps_the_ways_that_led_to_it(void **state) {
  place *p = *state;
  begin_file(p, "process.journal");
  put_moves(p, 1, 2);
  put_snapshot(p, 2);
  put_moves(p, 3, 3);
  put_revived(p, 3, 2);
  put_moves(p, 4, 4);
  put_snapshot(p, 4);
  put_moves(p, 5, 5);
  put_revived(p, 5, 4);
  expect(p, ALL, "1 2 R 3 4 R 5");
  expect(p, (feed_options){.until_us = UINT64_MAX, .after_seq = 2}, "3 4 R 5");
}

static void begins_after_a_snapshot(void **state) {
  place *p = *state;
  begin_file(p, "process.journal");
  put_moves(p, 1, 4);
  put_report(p, 2, REPORT_TOOK, 5, 2);
  put_report(p, 4, REPORT_TOOK, 8, 1);
  expect(p, (feed_options){.until_us = UINT64_MAX, .after_seq = 2}, "3 T8/1 4");
}

// "expect", of a story that was opened after that slot.
static void expect_after(place *p, uint64_t after_seq, const char *text) {
  story s;
  feed f;
  char got[512];
  const feed_options options = {.until_us = UINT64_MAX, .after_seq = after_seq};
  assert_int_equal(story_open_after(&s, p->dir, after_seq), OK);
  assert_int_equal(feed_make(&f, &s, &options), OK);
  describe(&f, got, sizeof got);
  assert_string_equal(got, text);
  feed_finish(&f);
  story_finish(&s);
}

// What was opened after a snapshot tells the same as the whole story from there on: the
// batches are three slots long, so some hold slots of both sides.
static void a_story_after_a_snapshot_is_the_end_of_the_whole(void **state) {
  place *p = *state;
  begin_file(p, "process.journal");
  for (uint64_t seq = 1; seq <= 12; seq += 3) {
    ring_slot slots[3];
    uint8_t bytes[512];
    uint32_t taken = 0;
    for (uint64_t i = 0; i < 3; i++) slots[i] = event(seq + i, GESTO_POINTER_MOVE, 1);
    const size_t size = slots_encode(slots, 3, &taken, bytes, sizeof bytes);
    assert_int_equal(taken, 3);
    assert_int_equal(
      journal_append(p->file, FRAME_SLOTS, FRAME_CRITICAL, bytes, (uint32_t)size), OK);
    put_report(p, seq + 2, REPORT_TOOK, seq, 1);
  }
  put_snapshot(p, 4);
  put_left_out(p, 11, 11);
  put_revived(p, 12, 4);
  begin_file(p, "process-2.journal");
  put_moves(p, 12, 14);
  put_report(p, 14, REPORT_TOOK, 20, 2);
  static const char *const told[] = {
    "1 2 T1/1 3 4 R 5 T4/1 6 7 8 T7/1 9 10 T10/1 12 13 T20/2 14",
    "2 T1/1 3 4 R 5 T4/1 6 7 8 T7/1 9 10 T10/1 12 13 T20/2 14",
    "T1/1 3 4 R 5 T4/1 6 7 8 T7/1 9 10 T10/1 12 13 T20/2 14",
    "4 R 5 T4/1 6 7 8 T7/1 9 10 T10/1 12 13 T20/2 14",
    "5 T4/1 6 7 8 T7/1 9 10 T10/1 12 13 T20/2 14",
    "T4/1 6 7 8 T7/1 9 10 T10/1 12 13 T20/2 14"};
  for (uint64_t after = 0; after < 6; after++) {
    expect(p, (feed_options){.until_us = UINT64_MAX, .after_seq = after}, told[after]);
    expect_after(p, after, told[after]);
  }
  expect_after(p, 12, "13 T20/2 14");
  expect_after(p, 14, "");
  story s;
  assert_int_equal(story_open_after(&s, p->dir, 13), OK);
  assert_int_equal(s.slot_count, 1);
  assert_int_equal(s.last_seq, 14);
  assert_int_equal(s.report_count, 1);
  story_finish(&s);
}

// The file was there, but its keeper was killed before the journal knew.
static void a_way_back_of_which_the_journal_was_not_told(void **state) {
  place *p = *state;
  begin_file(p, "process.journal");
  put_moves(p, 1, 4);
  put_snapshot(p, 2);
  put_revived(p, 4, 2);
  put_moves(p, 5, 6);
  put_revived(p, 6, 5);
  put_moves(p, 7, 7);
  expect(p, ALL, "1 2 R 3 4 5 R 6 7");
}

static void stops_at_a_moment(void **state) {
  place *p = *state;
  begin_file(p, "process.journal");
  put_moves(p, 1, 4);
  put_report(p, 4, REPORT_TOOK, 8, 1);
  expect(p, (feed_options){.until_us = 2 * STEP_US + 5}, "1 2 A");
  expect(p, (feed_options){.until_us = 0}, "A");
  expect(p, (feed_options){.until_us = 4 * STEP_US}, "1 2 3 T8/1 4");
}

static void hands_out_in_time(void **state) {
  place *p = *state;
  story s;
  feed f;
  begin_file(p, "process.journal");
  put_moves(p, 1, 3);
  put_report(p, 3, REPORT_TOOK, 8, 1);
  assert_int_equal(story_open(&s, p->dir), OK);
  assert_int_equal(
    feed_make(&f, &s, &(feed_options){.until_us = UINT64_MAX, .held = true}), OK);
  assert_int_equal(f.count, 4);
  assert_int_equal(ring_written(&f.ring), 0);
  assert_int_equal(feed_handed(&f), 0);
  assert_false(feed_release(&f, STEP_US));
  assert_int_equal(ring_written(&f.ring), 1);
  assert_int_equal(feed_handed(&f), 1);
  assert_false(feed_release(&f, 3 * STEP_US - 1));
  assert_int_equal(ring_written(&f.ring), 2);
  assert_true(feed_release(&f, 3 * STEP_US));
  assert_int_equal(ring_written(&f.ring), 4);
  assert_int_equal(feed_handed(&f), 3); // what is no input has no number
  feed_finish(&f);
  story_finish(&s);
}

static void without_a_journal_there_is_no_story(void **state) {
  place *p = *state;
  story s;
  assert_int_equal(story_open(&s, p->dir), NOT_FOUND);
  assert_int_equal(io_save(p->dir, "process.journal", "nothing of ours", 15), OK);
  assert_int_equal(story_open(&s, p->dir), BAD_DATA);
}

int main(void) {
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    CASE(merges_reports_where_they_happened),
    CASE(leaves_out_what_crashed),
    CASE(a_contact_left_out_goes_as_a_whole),
    CASE(later_files_repeat_without_doubling),
    CASE(a_torn_end_is_not_played),
    CASE(damage_in_the_middle_hides_only_itself),
    CASE(a_damaged_head_does_not_hide_the_next_file),
    CASE(comes_back_through_the_snapshot),
    CASE(a_way_back_that_was_given_up_does_not_count),
    CASE(a_snapshot_keeps_the_ways_that_led_to_it),
    CASE(begins_after_a_snapshot),
    CASE(a_story_after_a_snapshot_is_the_end_of_the_whole),
    CASE(a_way_back_of_which_the_journal_was_not_told),
    CASE(stops_at_a_moment),
    CASE(hands_out_in_time),
    CASE(without_a_journal_there_is_no_story),
  };
#undef CASE
  return cmocka_run_group_tests(tests, NULL, NULL);
}
