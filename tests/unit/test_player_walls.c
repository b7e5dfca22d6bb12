// SPDX-License-Identifier: GPL-3.0-or-later
// The shelf of broken exercises in the real player: how it ends, where it was, what a hostile
// one reaches, and the sentences for what does not load.
#include "player_hand.h"

#include "core/base/sandbox.h"

#include <sys/resource.h>

static int set_up(void **state) {
  (void)state;
  house_make();
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  house_remove();
  return 0;
}

static hand *begun(const char *name, bool frame) {
  hand *h = malloc(sizeof *h);
  assert_non_null(h);
  char path[600];
  snprintf(path, sizeof path, "%s", house_exercise(name));
  const hand_order o = {
    .path = path, .mode = "live", .seed = 1, .first_seq = 1, .frame = frame};
  hand_begin(h, &o);
  assert_int_equal(hand_wait(h, FROM_PLAYER_CAUGHT_UP), OK);
  return h;
}

static void drop(hand *h) {
  hand_finish(h);
  free(h);
}

// A sanitizer needs rights that the product does not give.
static void skip_if_sanitized(void) {
#ifdef GESTO_SANITIZED
  skip();
#endif
}

// Two presses that are well, then the one that breaks; its number is where the player was.
static int break_it(hand *h) {
  hand_press(h, 20, 20, 1000);
  assert_true(hand_delivered(h, hand_put(h, NULL, 2000)));
  hand_press(h, 150, 20, 3000);
  int status = hand_end(h);
  assert_int_equal(atomic_load(&h->page->busy_kind), BUSY_EVENT);
  assert_int_not_equal(atomic_load(&h->page->busy_since_us), 0);
  assert_int_equal(atomic_load(&h->page->busy_seq), 3);
  assert_int_equal(atomic_load(&h->page->done_seq), 2);
  return status;
}

static void a_crash_ends_the_player_and_names_its_place(void **state) {
  (void)state;
  hand *h = begun("broken/crash-on-event", false);
  int status = break_it(h);
  assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) != 0);
  drop(h);
}

static void an_orderly_exit_says_no_farewell(void **state) {
  (void)state;
  hand *h = begun("broken/exit-zero", false);
  int status = break_it(h);
  assert_true(WIFEXITED(status));
  assert_int_not_equal(h->in.kind, FROM_PLAYER_FAREWELL);
  drop(h);
}

static void a_stack_that_overflows_ends_the_player(void **state) {
  (void)state;
  hand *h = begun("broken/stack-overflow", false);
  break_it(h);
  drop(h);
}

static void memory_has_a_limit(void **state) {
  (void)state;
  skip_if_sanitized(); // its own memory needs more than any limit
  hand *h = begun("broken/memory-eater", false);
  break_it(h);
  struct rusage used;
  getrusage(RUSAGE_CHILDREN, &used);
  assert_true(used.ru_maxrss < 1700 * 1024);
  drop(h);
}

// Waits until the page has said for 300 ms that the player is in one call.
static void assert_hangs(hand *h, uint32_t kind) {
  uint64_t until = clock_now_us() + 10000000;
  uint64_t since = 0;
  while (clock_now_us() < until) {
    since = atomic_load(&h->page->busy_since_us);
    if (since && clock_now_us() - since > 300000) break;
    clock_sleep_us(1000);
  }
  assert_true(since && clock_now_us() - since > 300000);
  assert_int_equal(atomic_load(&h->page->busy_kind), kind);
  kill(h->pid, SIGKILL);
  hand_end(h);
}

static void a_call_that_never_returns_can_be_seen(void **state) {
  (void)state;
  hand *h = begun("broken/loop-in-event", false);
  hand_press(h, 150, 20, 1000);
  assert_hangs(h, BUSY_EVENT);
  assert_int_equal(atomic_load(&h->page->busy_seq), 1);
  drop(h);
  h = begun("broken/loop-in-tick", false);
  hand_press(h, 150, 20, 1000);
  hand_put(h, NULL, 50000);
  assert_hangs(h, BUSY_TICK);
  drop(h);
  h = begun("broken/loop-in-draw", true);
  uint64_t until = clock_now_us() + 5000000;
  while (atomic_load(&h->page->commit) == 0 && clock_now_us() < until)
    clock_sleep_us(1000);
  atomic_store(&h->page->shown, 1);
  hand_press(h, 150, 20, 1000);
  assert_hangs(h, BUSY_DRAW);
  drop(h);
}

static void giving_up_is_told_and_the_player_stays(void **state) {
  (void)state;
  hand *h = begun("broken/gives-up", false);
  hand_press(h, 150, 20, 1000);
  assert_int_equal(hand_wait(h, FROM_PLAYER_GAVE_UP), OK);
  assert_string_equal(h->last_text, "Your work is safe. Choose another exercise.");
  hand_works(h);
  hand_quit(h);
  drop(h);
}

static void what_is_no_number_is_silent(void **state) {
  (void)state;
  hand *h = malloc(sizeof *h);
  char path[600];
  snprintf(path, sizeof path, "%s", house_exercise("broken/loud-noise"));
  const hand_order o = {
    .path = path, .mode = "live", .seed = 1, .first_seq = 1, .wave = true};
  hand_begin(h, &o);
  assert_int_equal(hand_wait(h, FROM_PLAYER_CAUGHT_UP), OK);
  uint32_t loud = 0, odd = 0;
  for (uint32_t n = 0; n < 800; n++) {
    atomic_fetch_add(&h->wave->asked, 1);
    futex_wake(&h->wave->asked);
    for (int i = 0; i < 5000 && atomic_load(&h->wave->done) <= n; i++)
      clock_sleep_us(200);
    assert_true(atomic_load(&h->wave->done) > n);
    const float *out = h->wave->out[n % WAVE_SLOTS][0];
    for (int i = 0; i < WAVE_FRAMES; i++) {
      loud += out[i] == 8.0f;
      odd += out[i] - out[i] != 0;
    }
  }
  assert_true(loud > 1000);
  assert_int_equal(odd, 0);
  hand_quit(h);
  drop(h);
}

// ---- What does not load ----------------------------------------------------------------

static void assert_refused(const char *name, const char *words) {
  hand *h = malloc(sizeof *h);
  char path[600];
  snprintf(path, sizeof path, "%s", house_exercise(name));
  const hand_order o = {.path = path, .mode = "live", .seed = 1, .first_seq = 1};
  hand_start(h);
  assert_int_equal(hand_wait(h, FROM_PLAYER_READY), OK);
  hand_order_exercise(h, &o);
  assert_int_equal(hand_wait(h, FROM_PLAYER_REFUSED), OK);
  assert_non_null(strstr(h->last_text, path));
  if (!strstr(h->last_text, words)) fail_msg("no \"%s\" in: %s", words, h->last_text);
  assert_null(strchr(h->last_text, '\n'));
  hand_end(h);
  drop(h);
}

static void what_does_not_load_is_refused_in_a_sentence(void **state) {
  (void)state;
  assert_refused("broken/needs-above", "needs Gesto 1.9; this is 1.0.");
  assert_refused("broken/no-entry", "has no gesto_entry");
  assert_refused("broken/wrong-size", "is 4 bytes long");
  assert_refused("broken/missing-symbol", "undefined symbol: nobody_has_this_function");
}

// ---- The hostile one -------------------------------------------------------------------

typedef struct places {
  char journal[600], settings[2600];
} places;

static void make_file(char path[600], const char *name) {
  int fd = -1;
  snprintf(path, 600, "%s/%s", house, name);
  assert_int_equal(io_open(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, 0600, &fd), OK);
  assert_int_equal(io_write_all(fd, "private", 7), OK);
  io_close(fd);
}

static void make_places(places *p) {
  char session[600], home[600];
  make_file(session, "other-session.json");
  make_file(home, "home-file");
  make_file(p->journal, "process.journal");
  snprintf(p->settings, sizeof p->settings,
    ",\"other-session\":\"%s\",\"home-file\":\"%s\","
    "\"journal\":\"%s\",\"folder\":\"%s\"",
    session, home, p->journal, house);
}

static hand *after_hostility(char *variable, const places *p) {
  hand *h = malloc(sizeof *h);
  char path[600];
  snprintf(path, sizeof path, "%s", house_exercise("broken/hostile"));
  const hand_order o = {.path = path,
    .mode = "live",
    .seed = 1,
    .first_seq = 1,
    .settings = p->settings,
    .frame = true,
    .wave = true};
  hand_start_with(h, variable);
  assert_int_equal(hand_wait(h, FROM_PLAYER_READY), OK);
  hand_order_exercise(h, &o);
  assert_int_equal(hand_wait(h, FROM_PLAYER_LOADED), OK);
  hand_works(h);
  assert_int_equal(h->work_count, 1);
  return h;
}

static uint32_t count_of(const char *text, const char *word) {
  uint32_t n = 0;
  for (const char *at = text; (at = strstr(at, word)) != NULL; at += strlen(word)) n++;
  return n;
}

static void assert_nothing_touched(const places *p) {
  char *bytes = NULL;
  size_t size = 0;
  assert_int_equal(io_load(AT_FDCWD, p->journal, 100, &bytes, &size), OK);
  assert_int_equal(size, 7);
  free(bytes);
}

static void assert_walls_hold(char *variable) {
  skip_if_sanitized();
  places p;
  make_places(&p);
  hand *h = after_hostility(variable, &p);
  const char *said = (const char *)h->works[0].bytes;
  if (strstr(said, "ALLOWED")) fail_msg("%s", said);
  assert_true(count_of(said, "refused") >= 50);
  assert_non_null(strstr(said, "\"the ring was found\":true"));
  assert_nothing_touched(&p);
  hand_quit(h);
  drop(h);
}

static void every_wall_holds(void **state) {
  (void)state;
  if (sandbox_landlock_abi() == 0) skip();
  assert_walls_hold(NULL);
}

static void every_wall_holds_with_the_landlock_of_debian_12(void **state) {
  (void)state;
  if (sandbox_landlock_abi() < 2) skip();
  assert_walls_hold((char[]){"GESTO_LANDLOCK_MAX=2"});
}

// Without Landlock files can be read, and nothing else: what is said here is what holds.
static void without_landlock_only_reading_is_open(void **state) {
  (void)state;
  skip_if_sanitized();
  places p;
  make_places(&p);
  hand *h = after_hostility((char[]){"GESTO_LANDLOCK_MAX=0"}, &p);
  char *said = (char *)h->works[0].bytes;
  const char *const reading[] = {"file of another session", "file in the home folder",
    "journal, reading", "list of a folder", "password file", "environment of the parent",
    "own maps"};
  for (size_t i = 0; i < sizeof reading / sizeof *reading; i++) {
    char open[128];
    snprintf(open, sizeof open, "\"%s\":\"ALLOWED\"", reading[i]);
    char *at = strstr(said, open);
    if (at) *strstr(at, "ALLOWED") = 'a';
  }
  if (strstr(said, "ALLOWED")) fail_msg("%s", said);
  assert_non_null(strstr(said, "\"journal, reading\":\"aLLOWED\""));
  assert_nothing_touched(&p);
  hand_quit(h);
  drop(h);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_crash_ends_the_player_and_names_its_place),
    cmocka_unit_test(an_orderly_exit_says_no_farewell),
    cmocka_unit_test(a_stack_that_overflows_ends_the_player),
    cmocka_unit_test(memory_has_a_limit),
    cmocka_unit_test(a_call_that_never_returns_can_be_seen),
    cmocka_unit_test(giving_up_is_told_and_the_player_stays),
    cmocka_unit_test(what_is_no_number_is_silent),
    cmocka_unit_test(what_does_not_load_is_refused_in_a_sentence),
    cmocka_unit_test(every_wall_holds),
    cmocka_unit_test(every_wall_holds_with_the_landlock_of_debian_12),
    cmocka_unit_test(without_landlock_only_reading_is_open),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
