// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// What a keeper believes of a player: its page, its works' memory.
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/keeper/player_memory.h"
#include "core/keeper/player_watch.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROOM = 64, SECOND = 1000000 };
static const watch_bounds TIMED = {.newest_seq = 10};

static player_page *new_page(void) {
  player_page *page = calloc(1, sizeof *page);
  assert_non_null(page);
  return page;
}

static void report(player_page *page, uint64_t before, uint32_t kind, uint64_t block) {
  const uint64_t n = atomic_load(&page->reports_written);
  page->reports[n % PAGE_REPORTS] = (page_report){before, block, kind, 1};
  atomic_store(&page->reports_written, n + 1);
}

static void reports_come_in_order_and_once(void **state) {
  (void)state;
  player_page *page = new_page();
  player_watch w;
  page_report got[ROOM];
  uint32_t count = 9;
  player_watch_init(&w);
  assert_int_equal(player_watch_take(&w, page, &TIMED, got, ROOM, &count), OK);
  assert_int_equal(count, 0);
  for (uint64_t i = 1; i <= 5; i++) report(page, i, REPORT_TOOK, i * 10);
  assert_int_equal(player_watch_take(&w, page, &TIMED, got, 3, &count), OK);
  assert_int_equal(count, 3);
  assert_int_equal(got[2].block, 30);
  assert_int_equal(atomic_load(&page->reports_taken), 3);
  assert_int_equal(player_watch_take(&w, page, &TIMED, got, ROOM, &count), OK);
  assert_int_equal(count, 2);
  assert_int_equal(got[1].before_seq, 5);
  free(page);
}

static void a_page_that_lies_is_not_believed(void **state) {
  (void)state;
  static const page_report lies[] = {
    {4, 1, REPORT_TOOK, 1}, // earlier than the one before
    {5, 1, 0, 1},           // of no kind
    {5, 1, REPORT_REDONE + 1, 1},
    {5, (uint64_t)1 << 50, REPORT_TOOK, 1},
    {5, 1, REPORT_TOOK, 0xffffffff},
  };
  for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
    player_page *page = new_page();
    player_watch w;
    page_report got[ROOM];
    uint32_t count = 0;
    player_watch_init(&w);
    report(page, 5, REPORT_TOOK, 1);
    page->reports[1] = lies[i];
    atomic_store(&page->reports_written, 2);
    assert_int_equal(player_watch_take(&w, page, &TIMED, got, ROOM, &count), BAD_DATA);
    assert_int_equal(count, 1);
    free(page);
  }
}

static void counters_that_lie_are_not_followed(void **state) {
  (void)state;
  player_page *page = new_page();
  player_watch w;
  page_report got[ROOM];
  uint32_t count = 0;
  player_watch_init(&w);
  atomic_store(&page->reports_written, PAGE_REPORTS + 1);
  assert_int_equal(player_watch_take(&w, page, &TIMED, got, ROOM, &count), BAD_DATA);
  atomic_store(&page->reports_written, 0);
  report(page, 1, REPORT_TOOK, 1);
  report(page, 1, REPORT_TOOK, 2);
  assert_int_equal(player_watch_take(&w, page, &TIMED, got, ROOM, &count), OK);
  atomic_store(&page->reports_taken, 0); // the player's own map of it
  assert_int_equal(player_watch_take(&w, page, &TIMED, got, ROOM, &count), OK);
  assert_int_equal(count, 0);
  atomic_store(&page->reports_written, 1); // backwards
  assert_int_equal(player_watch_take(&w, page, &TIMED, got, ROOM, &count), BAD_DATA);
  free(page);
}

// How many reports are taken before there are too many.
static uint32_t flood(const watch_bounds *bounds, uint32_t most) {
  player_page *page = new_page();
  player_watch w;
  page_report got[ROOM];
  uint32_t count = 0, taken = 0;
  player_watch_init(&w);
  for (; taken < most; taken++) {
    report(page, 1, REPORT_BLOCKS, 1);
    if (player_watch_take(&w, page, bounds, got, ROOM, &count) != OK) break;
  }
  free(page);
  return taken;
}

static void a_flood_is_noticed(void **state) {
  (void)state;
  const watch_bounds paced = {.newest_seq = 1000, .paced = true};
  const watch_bounds few = {.newest_seq = 10}, many = {.newest_seq = 1000};
  const uint32_t at_once = flood(&paced, 60000);
  assert_in_range(at_once, 20000, 30000); // what its time gave, too
  assert_int_equal(flood(&few, 60000), 20000 + 10 * 64);
  assert_int_equal(flood(&many, 60000), 60000);
}

static void reports_of_slots_that_never_were_are_lies(void **state) {
  (void)state;
  player_page *page = new_page();
  player_watch w;
  page_report got[ROOM];
  uint32_t count = 0;
  player_watch_init(&w);
  report(page, 11, REPORT_TOOK, 1); // before the slot that comes next
  assert_int_equal(player_watch_take(&w, page, &TIMED, got, ROOM, &count), OK);
  report(page, 12, REPORT_TOOK, 1);
  assert_int_equal(player_watch_take(&w, page, &TIMED, got, ROOM, &count), BAD_DATA);
  assert_int_equal(count, 0);
  free(page);
}

// ---- Hanging ---------------------------------------------------------------------------

static pid_t begin_child(bool spins) {
  const pid_t pid = fork();
  if (pid == 0)
    for (;;)
      if (!spins) pause();
  assert_true(pid > 0);
  return pid;
}

static void end_child(pid_t pid) {
  kill(pid, SIGKILL);
  assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static bool hangs_after(pid_t pid, uint32_t kind, uint64_t wait_us) {
  player_page *page = new_page();
  player_watch w;
  player_watch_init(&w);
  const uint64_t now = clock_now_us();
  atomic_store(&page->busy_kind, kind);
  atomic_store(&page->busy_since_us, now);
  assert_false(player_watch_hangs(&w, page, pid, now + 1000));
  const bool hangs = player_watch_hangs(&w, page, pid, now + wait_us * w.patience);
  free(page);
  return hangs;
}

static void one_that_sleeps_in_a_call_hangs(void **state) {
  (void)state;
  const pid_t pid = begin_child(false);
  while (!hangs_after(pid, BUSY_EVENT, SECOND / 4))
    clock_sleep_us(1000); // until it sleeps
  assert_true(hangs_after(pid, BUSY_EVENT, SECOND / 4));
  assert_false(hangs_after(pid, BUSY_EVENT, SECOND / 5));
  assert_false(hangs_after(pid, BUSY_WORKS, SECOND));
  assert_true(hangs_after(pid, BUSY_WORKS, 5 * SECOND));
  end_child(pid);
}

// The child has used no processor since the call began, as far as the clock says that the
// test makes up: it is waited for, but not for ever.
static void one_that_only_lacks_a_processor_is_waited_for(void **state) {
  (void)state;
  const pid_t pid = begin_child(true);
  assert_false(hangs_after(pid, BUSY_EVENT, SECOND / 2));
  assert_true(hangs_after(pid, BUSY_EVENT, SECOND));
  end_child(pid);
}

static void a_new_call_is_a_new_start(void **state) {
  (void)state;
  const pid_t pid = begin_child(false);
  player_page *page = new_page();
  player_watch w;
  player_watch_init(&w);
  const uint64_t now = clock_now_us();
  atomic_store(&page->busy_kind, BUSY_TICK);
  for (uint64_t i = 0; i < 40; i++) {
    atomic_store(&page->busy_since_us, now + i * 100000);
    assert_false(player_watch_hangs(&w, page, pid, now + i * 100000 + 1000));
  }
  atomic_store(&page->busy_since_us, 0);
  assert_false(player_watch_hangs(&w, page, pid, now + 100 * SECOND));
  free(page);
  end_child(pid);
}

static void a_start_that_cannot_be_is_timed_by_us(void **state) {
  (void)state;
  const pid_t pid = begin_child(false);
  static const int64_t lies[] = {-3600LL * SECOND, 3600LL * SECOND};
  for (int i = 0; i < 2; i++) {
    player_page *page = new_page();
    player_watch w;
    player_watch_init(&w);
    const uint64_t now = clock_now_us();
    atomic_store(&page->busy_kind, BUSY_EVENT);
    atomic_store(&page->busy_since_us, now + (uint64_t)lies[i]);
    assert_false(player_watch_hangs(&w, page, pid, now));
    assert_true(player_watch_hangs(&w, page, pid, now + w.patience * SECOND));
    free(page);
  }
  end_child(pid);
}

static void a_sound_thread_can_hang_alone(void **state) {
  (void)state;
  const pid_t pid = begin_child(false);
  player_page *page = new_page();
  player_watch w;
  player_watch_init(&w);
  const uint64_t now = clock_now_us();
  atomic_store(&page->sound_busy_since_us, now);
  assert_false(player_watch_hangs(&w, page, pid, now + 1000));
  assert_true(player_watch_hangs(&w, page, pid, now + w.patience * SECOND));
  free(page);
  end_child(pid);
}

// ---- Memory that is lent ---------------------------------------------------------------

static void one_that_takes_nothing_in_stands(void **state) {
  (void)state;
  const uint64_t limit = WATCH_STILL_US, now = clock_now_us();
  player_watch w;
  player_watch_init(&w);
  const uint64_t late = now + limit * w.patience + 1;
  assert_false(player_watch_stands(&w, 5, 9, limit, now));
  assert_true(player_watch_stands(&w, 5, 9, limit, late));
  assert_false(player_watch_stands(&w, 6, 9, limit, late)); // it goes on
  assert_false(player_watch_stands(&w, 3, 9, limit, late + 1));
  assert_true(player_watch_stands(&w, 3, 9, limit, late + late - now)); // falling back
  player_watch_stands_anew(&w);
  assert_false(player_watch_stands(&w, 3, 9, limit, late));
}

static void one_with_nothing_to_do_does_not_stand(void **state) {
  (void)state;
  const uint64_t limit = WATCH_STILL_US, now = clock_now_us();
  player_watch w;
  player_watch_init(&w);
  for (uint64_t i = 0; i < 5; i++)
    assert_false(player_watch_stands(&w, 9, 9, limit, now + i * limit * w.patience * 2));
  const uint64_t later = now + 10 * limit * w.patience;
  // A lie about what is to come is worth nothing once it has come.
  assert_false(player_watch_stands(&w, UINT64_MAX, 9, limit, later));
  assert_false(player_watch_stands(&w, 9, 10, limit, later + 1));
  assert_true(player_watch_stands(&w, 9, 10, limit, later + 2 * limit * w.patience));
}

static void a_piece_comes_back_sealed(void **state) {
  (void)state;
  lent_memory m = {0};
  memory_map map, hand;
  int fd = -1, back = -1;
  assert_int_equal(lent_memory_give(&m, LENT_WORK, 3, 4096, &fd), OK);
  assert_int_equal(lent_memory_give(&m, LENT_WORK, 3, 4096, &fd), EXISTS);
  assert_int_equal(memory_map_open(&hand, m.pieces[0].fd, true, 4096), OK);
  memcpy(hand.bytes, "made", 5);
  memory_map_close(&hand);
  assert_int_equal(lent_memory_take(&m, LENT_WORK, 3, 5, &map, &back), OK);
  assert_string_equal(map.bytes, "made");
  assert_int_not_equal(io_write_all_at(back, "x", 1, 0), OK);
  assert_int_equal(memory_map_open(&hand, back, true, 1), NOT_ALLOWED);
  memory_map_close(&map);
  io_close(back);
  assert_int_equal(lent_memory_take(&m, LENT_WORK, 3, 5, &map, &back), NOT_FOUND);
  lent_memory_finish(&m);
}

static void a_piece_that_is_still_held_is_not_taken(void **state) {
  (void)state;
  lent_memory m = {0};
  memory_map map, hand;
  int fd = -1, back = -1;
  assert_int_equal(lent_memory_give(&m, LENT_WORK, 1, 4096, &fd), OK);
  assert_int_equal(memory_map_open(&hand, fd, true, 4096), OK);
  assert_int_equal(lent_memory_take(&m, LENT_WORK, 1, 10, &map, &back), NOT_ALLOWED);
  assert_null(map.bytes);
  memory_map_close(&hand);
  assert_int_equal(lent_memory_give(&m, LENT_STATE, 1, 4096, &fd), OK);
  assert_int_equal(lent_memory_take(&m, LENT_STATE, 1, 4097, &map, &back), TOO_LARGE);
  lent_memory_finish(&m);
}

static void lending_has_its_limits(void **state) {
  (void)state;
  lent_memory m = {0};
  int fd = -1;
  assert_int_equal(lent_memory_give(&m, LENT_WORK, 1, 0, &fd), TOO_LARGE);
  assert_int_equal(
    lent_memory_give(&m, LENT_WORK, 1, LENT_PIECE_BYTES + 1, &fd), TOO_LARGE);
  uint32_t n = 0;
  while (lent_memory_give(&m, LENT_WORK, n, LENT_OUT_BYTES / 4, &fd) == OK) n++;
  assert_int_equal(n, 4); // at one time
  assert_int_equal(lent_memory_give(&m, LENT_STATE, 1, LENT_PIECE_BYTES, &fd), OK);
  lent_memory_finish(&m);
  lent_memory_end_round(&m);
  for (n = 0; lent_memory_give(&m, LENT_WORK, 1, LENT_PIECE_BYTES, &fd) == OK; n++) {
    memory_map map;
    int back = -1;
    const result r = lent_memory_take(&m, LENT_WORK, 1, LENT_PIECE_BYTES, &map, &back);
    assert_int_equal(r, OK);
    memory_map_close(&map);
    io_close(back);
  }
  assert_int_equal(n, LENT_ROUND_BYTES / LENT_PIECE_BYTES); // in one round
  lent_memory_end_round(&m);
  assert_int_equal(lent_memory_give(&m, LENT_WORK, 0, LENT_PIECE_BYTES, &fd), OK);
  lent_memory_end_round(&m);
  for (n = 0; lent_memory_give(&m, LENT_WORK, n, 1, &fd) == OK;) n++;
  assert_int_equal(n, LENT_MAX);
  lent_memory_finish(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(reports_come_in_order_and_once),
    cmocka_unit_test(a_page_that_lies_is_not_believed),
    cmocka_unit_test(counters_that_lie_are_not_followed),
    cmocka_unit_test(a_flood_is_noticed),
    cmocka_unit_test(reports_of_slots_that_never_were_are_lies),
    cmocka_unit_test(one_that_takes_nothing_in_stands),
    cmocka_unit_test(one_with_nothing_to_do_does_not_stand),
    cmocka_unit_test(one_that_sleeps_in_a_call_hangs),
    cmocka_unit_test(one_that_only_lacks_a_processor_is_waited_for),
    cmocka_unit_test(a_new_call_is_a_new_start),
    cmocka_unit_test(a_start_that_cannot_be_is_timed_by_us),
    cmocka_unit_test(a_sound_thread_can_hang_alone),
    cmocka_unit_test(a_piece_comes_back_sealed),
    cmocka_unit_test(a_piece_that_is_still_held_is_not_taken),
    cmocka_unit_test(lending_has_its_limits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
