// SPDX-License-Identifier: GPL-3.0-or-later
// Journals: frames there and back; torn tails, flipped bits, refused writes and kills leave
// every whole frame, and no byte is thrown away.
#include "core/record/journal.h"
#include "tests/unit/scratch.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { HEAD = 64, FRAME = 16, FRAMES = 6 };
static const uint8_t session[16] = {
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
static const uint8_t room[8] = {21, 22, 23, 24, 25, 26, 27, 28};

static uint32_t payload_of(uint32_t n, uint8_t *payload) {
  const uint32_t size = n * 7 % 23;
  for (uint32_t i = 0; i < size; i++) payload[i] = (uint8_t)(n * 31 + i);
  return size;
}

static result append(journal *j, uint32_t n) {
  uint8_t payload[32];
  const uint32_t size = payload_of(n, payload);
  return journal_append(j, n % 2 ? FRAME_SLOTS : FRAME_TIME, 0, payload, size);
}

static void check_frame(const journal_frame *frame, uint32_t n) {
  uint8_t payload[32];
  const uint32_t size = payload_of(n, payload);
  assert_int_equal(frame->seq, n);
  assert_int_equal(frame->type, n % 2 ? FRAME_SLOTS : FRAME_TIME);
  assert_int_equal(frame->flags, n % 2 ? FRAME_CRITICAL : 0);
  assert_int_equal(frame->size, size);
  assert_memory_equal(frame->payload, payload, size);
}

static void make(scratch *s, const char *name, uint32_t frames) {
  journal *j = NULL;
  assert_int_equal(journal_create(&j, s->dir, name, session, room), OK);
  for (uint32_t n = 1; n <= frames; n++) assert_int_equal(append(j, n), OK);
  journal_close(j);
}

static void write_file(scratch *s, const char *name, const void *bytes, size_t size) {
  assert_int_equal(io_save(s->dir, name, bytes, size), OK);
}

static void checksum(void **unused) {
  (void)unused;
  uint8_t bytes[600];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(i * 37);
  assert_int_equal(crc32c(0, "123456789", 9), 0xe3069283);
  static const uint8_t zeros[32];
  assert_int_equal(crc32c(0, zeros, 32), 0x8a9136aa); // RFC 3720, B.4
  for (size_t size = 0; size < sizeof bytes; size++) {
    assert_int_equal(crc32c(0, bytes, size), crc32c_portable(0, bytes, size));
    const uint32_t half = crc32c(0, bytes, size / 2);
    assert_int_equal(
      crc32c(half, bytes + size / 2, size - size / 2), crc32c(0, bytes, size));
  }
}

static void there_and_back(void **state) {
  scratch *s = *state;
  make(s, "a.journal", FRAMES);
  journal *j = NULL;
  assert_int_equal(journal_create(&j, s->dir, "a.journal", session, room), EXISTS);
  journal_reader *r = NULL;
  assert_int_equal(journal_reader_open(&r, s->dir, "a.journal"), OK);
  assert_memory_equal(journal_reader_head(r)->session, session, 16);
  assert_memory_equal(journal_reader_head(r)->writer, room, 8);
  assert_true(journal_reader_head(r)->started_us > 1600000000000000);
  journal_frame frame;
  for (uint32_t n = 1; n <= FRAMES; n++) {
    assert_int_equal(journal_next(r, &frame), OK);
    check_frame(&frame, n);
  }
  assert_int_equal(journal_next(r, &frame), ENDED);
  journal_reader_close(r);
  // Taken up again: nothing is cut off, the numbers go on.
  assert_int_equal(journal_open(&j, s->dir, "a.journal"), OK);
  assert_int_equal(append(j, FRAMES + 1), OK);
  size_t size = 0;
  char *bytes = scratch_load(s->dir, "a.journal", &size);
  assert_int_equal(size, journal_bytes(j));
  journal_close(j);
  assert_int_equal(journal_reader_over(&r, bytes, size), OK);
  for (uint32_t n = 1; n <= FRAMES + 1; n++)
    assert_int_equal(journal_next(r, &frame), OK);
  check_frame(&frame, FRAMES + 1);
  assert_int_equal(journal_next(r, &frame), ENDED);
  journal_reader_close(r);
  free(bytes);
}

static void limits(void **state) {
  scratch *s = *state;
  journal *j = NULL;
  uint8_t *much = calloc(1, JOURNAL_PAYLOAD_MAX + 1);
  assert_int_equal(journal_create(&j, s->dir, "a.journal", session, room), OK);
  assert_int_equal(
    journal_append(j, FRAME_TIME, 0, much, JOURNAL_PAYLOAD_MAX + 1), TOO_LARGE);
  assert_int_equal(journal_append(j, FRAME_TIME, 0, much, JOURNAL_PAYLOAD_MAX), OK);
  journal_close(j);
  free(much);
  journal_reader *r = NULL;
  journal_frame frame;
  assert_int_equal(journal_reader_open(&r, s->dir, "a.journal"), OK);
  assert_int_equal(journal_next(r, &frame), OK);
  assert_int_equal(frame.size, JOURNAL_PAYLOAD_MAX);
  journal_reader_close(r);
  assert_int_equal(journal_open(&j, s->dir, "b.journal"), NOT_FOUND);
  write_file(s, "b.journal", "GESTOJ1\n", 8);
  assert_int_equal(journal_open(&j, s->dir, "b.journal"), BAD_DATA);
  assert_int_equal(journal_reader_open(&r, s->dir, "b.journal"), BAD_DATA);
  write_file(s, "c.journal", "", 0);
  assert_int_equal(journal_reader_open(&r, s->dir, "c.journal"), BAD_DATA);
}

// How many frames of FRAMES end at or before `size`.
static uint32_t whole_frames(size_t size, size_t *end) {
  uint8_t payload[32];
  size_t at = HEAD;
  uint32_t n = 0;
  while (n < FRAMES && at + FRAME + payload_of(n + 1, payload) <= size) {
    at += FRAME + payload_of(n + 1, payload);
    n++;
  }
  *end = at;
  return n;
}

static void check_recovered(scratch *s, const char *name, uint32_t whole, bool torn) {
  journal_reader *r = NULL;
  journal_frame frame;
  assert_int_equal(journal_reader_open(&r, s->dir, name), OK);
  for (uint32_t n = 1; n <= whole; n++) {
    assert_int_equal(journal_next(r, &frame), OK);
    check_frame(&frame, n);
  }
  if (torn) {
    assert_int_equal(journal_next(r, &frame), OK);
    assert_int_equal(frame.type, FRAME_RECOVERED);
    assert_int_equal(frame.seq, whole + 1);
  }
  assert_int_equal(journal_next(r, &frame), ENDED);
  journal_reader_close(r);
}

static void torn_at_every_length(void **state) {
  scratch *s = *state;
  make(s, "a.journal", FRAMES);
  size_t size = 0;
  char *bytes = scratch_load(s->dir, "a.journal", &size);
  for (size_t cut = HEAD; cut <= size; cut++) {
    size_t end = 0, kept = 0;
    const uint32_t whole = whole_frames(cut, &end);
    journal *j = NULL;
    write_file(s, "t.journal", bytes, cut);
    assert_int_equal(journal_open(&j, s->dir, "t.journal"), OK);
    journal_close(j);
    check_recovered(s, "t.journal", whole, cut > end);
    char *torn = scratch_load(s->dir, "t.journal.torn-1", &kept);
    assert_int_equal(kept, cut - end);
    if (cut > end) assert_memory_equal(torn, bytes + end, kept);
    free(torn);
    if (cut > end) assert_int_equal(io_unlink(s->dir, "t.journal.torn-1"), OK);
  }
  free(bytes);
}

static void torn_into_zeros_and_noise(void **state) {
  scratch *s = *state;
  make(s, "a.journal", FRAMES);
  size_t size = 0;
  char *bytes = scratch_load(s->dir, "a.journal", &size);
  uint64_t chance = 99;
  for (size_t cut = HEAD; cut < size; cut += 3) {
    char *mixed = malloc(size + 100);
    memcpy(mixed, bytes, size);
    for (size_t i = cut; i < size + 100; i++) {
      chance = chance * 6364136223846793005u + 1442695040888963407u;
      mixed[i] = cut % 2 ? 0 : (char)(chance >> 50);
    }
    size_t end = 0;
    const uint32_t whole = whole_frames(cut, &end);
    journal *j = NULL;
    write_file(s, "t.journal", mixed, size + 100);
    assert_int_equal(journal_open(&j, s->dir, "t.journal"), OK);
    journal_close(j);
    check_recovered(s, "t.journal", whole, true);
    free(mixed);
  }
  free(bytes);
}

// Torn twice: each tail has a file of its own.
static void every_tail_is_kept(void **state) {
  scratch *s = *state;
  make(s, "a.journal", 1);
  for (int n = 1; n <= 3; n++) {
    int fd = -1;
    journal *j = NULL;
    size_t size = 0;
    char name[64];
    assert_int_equal(io_open(s->dir, "a.journal", O_WRONLY | O_APPEND, 0, &fd), OK);
    assert_int_equal(io_write_all(fd, "torn", 4), OK);
    io_close(fd);
    assert_int_equal(journal_open(&j, s->dir, "a.journal"), OK);
    journal_close(j);
    snprintf(name, sizeof name, "a.journal.torn-%d", n);
    char *tail = scratch_load(s->dir, name, &size);
    assert_int_equal(size, 4);
    assert_memory_equal(tail, "torn", 4);
    free(tail);
  }
}

static void flipped(const uint8_t *bytes, size_t size, size_t at) {
  journal_reader *r = NULL;
  if (at < HEAD) {
    assert_int_equal(journal_reader_over(&r, bytes, size), BAD_DATA);
    return;
  }
  size_t end = 0;
  const uint32_t before = whole_frames(at, &end);
  journal_frame frame;
  uint64_t skipped = 0;
  assert_int_equal(journal_reader_over(&r, bytes, size), OK);
  for (uint32_t n = 1; n <= before; n++) {
    assert_int_equal(journal_next(r, &frame), OK);
    check_frame(&frame, n);
  }
  assert_int_equal(journal_next(r, &frame), BAD_DATA);
  assert_int_equal(frame.at, end);
  assert_int_equal(journal_next(r, &frame), BAD_DATA); // it does not move by itself
  const bool last = before + 1 == FRAMES;
  assert_int_equal(journal_skip_damage(r, &skipped), last ? ENDED : OK);
  for (uint32_t n = before + 2; n <= FRAMES; n++) {
    assert_int_equal(journal_next(r, &frame), OK);
    check_frame(&frame, n);
  }
  assert_int_equal(journal_next(r, &frame), ENDED);
  journal_reader_close(r);
}

static void every_flipped_bit_is_seen(void **state) {
  scratch *s = *state;
  make(s, "a.journal", FRAMES);
  size_t size = 0;
  char *bytes = scratch_load(s->dir, "a.journal", &size);
  for (size_t at = 0; at < size; at++) {
    for (int bit = 0; bit < 8; bit++) {
      bytes[at] = (char)(bytes[at] ^ 1 << bit);
      flipped((const uint8_t *)bytes, size, at);
      bytes[at] = (char)(bytes[at] ^ 1 << bit);
    }
  }
  free(bytes);
}

// Whole frames behind damage are no torn tail: all stays as it is, for a new file to go on.
static void damage_in_the_middle_stays(void **state) {
  scratch *s = *state;
  make(s, "a.journal", FRAMES);
  size_t size = 0, after = 0, end = 0;
  char *bytes = scratch_load(s->dir, "a.journal", &size);
  whole_frames(HEAD + FRAME + 20, &end);
  bytes[end + 5] ^= 1;
  write_file(s, "a.journal", bytes, size);
  journal *j = NULL;
  assert_int_equal(journal_open(&j, s->dir, "a.journal"), BAD_DATA);
  assert_null(j);
  char *again = scratch_load(s->dir, "a.journal", &after);
  assert_int_equal(after, size);
  assert_memory_equal(again, bytes, size);
  assert_null(scratch_load(s->dir, "a.journal.torn-1", &after));
  free(again);
  free(bytes);
}

// What an older file left on the same blocks never passes for ours.
static void frames_of_another_journal_do_not_pass(void **state) {
  scratch *s = *state;
  make(s, "a.journal", 2);
  make(s, "b.journal", FRAMES);
  size_t size = 0, other = 0;
  char *a = scratch_load(s->dir, "a.journal", &size),
       *b = scratch_load(s->dir, "b.journal", &other);
  char *both = malloc(other);
  memcpy(both, b, other);
  memcpy(both, a, size);
  journal_reader *r = NULL;
  journal_frame frame;
  uint64_t skipped = 0;
  assert_int_equal(journal_reader_over(&r, both, other), OK);
  assert_int_equal(journal_next(r, &frame), OK);
  assert_int_equal(journal_next(r, &frame), OK);
  assert_int_equal(journal_next(r, &frame), BAD_DATA);
  assert_int_equal(journal_skip_damage(r, &skipped), ENDED);
  assert_int_equal(skipped, other - size);
  journal_reader_close(r);
  free(a);
  free(b);
  free(both);
}

static void a_later_format_is_too_new(void **state) {
  scratch *s = *state;
  make(s, "a.journal", 1);
  size_t size = 0;
  char *bytes = scratch_load(s->dir, "a.journal", &size);
  bytes[10] = 2;
  const uint32_t crc = crc32c(0, bytes, 60);
  memcpy(bytes + 60, &crc, 4);
  journal_reader *r = NULL;
  assert_int_equal(journal_reader_over(&r, bytes, size), TOO_NEW);
  free(bytes);
}

// Makes and appends with the Nth call refused; returns how many appends were promised.
static uint32_t with_failure(scratch *s, uint64_t nth, int error, uint64_t *calls) {
  journal *j = NULL;
  uint32_t promised = 0;
  io_fail_at(nth, error);
  result r = journal_create(&j, s->dir, "f.journal", session, room);
  while (r == OK && promised < FRAMES) {
    r = append(j, promised + 1);
    if (r == OK) promised++;
  }
  if (r != OK && j)
    assert_int_equal(append(j, promised + 1), FAILED); // spoilt from then on
  *calls = io_calls();
  io_fail_at(0, 0);
  journal_close(j);
  return promised;
}

static void every_refused_call(void **state) {
  scratch *s = *state;
  static const int errors[] = {ENOSPC, EIO};
  for (size_t e = 0; e < 2; e++) {
    uint64_t calls = UINT64_MAX;
    for (uint64_t nth = 1; nth <= calls;
         nth++) { // the first that nothing happens to is the last
      const uint32_t promised = with_failure(s, nth, errors[e], &calls);
      journal *j = NULL;
      const result r = journal_open(&j, s->dir, "f.journal");
      assert_true(r == OK || (r == NOT_FOUND && promised == 0));
      journal_close(j);
      if (r == OK) {
        check_recovered(
          s, "f.journal", promised, false); // cut back at once, no torn bytes
        assert_int_equal(io_unlink(s->dir, "f.journal"), OK);
      }
      if (calls >= nth) calls = UINT64_MAX;
    }
    assert_true(calls > FRAMES && calls < UINT64_MAX);
  }
}

// The cutting back is refused as well: opening it again does it.
static void refused_twice(void **state) {
  scratch *s = *state;
  journal *j = NULL;
  size_t size = 0;
  make(s, "a.journal", 2);
  char *bytes = scratch_load(s->dir, "a.journal", &size);
  int fd = -1;
  assert_int_equal(io_open(s->dir, "a.journal", O_WRONLY | O_APPEND, 0, &fd), OK);
  assert_int_equal(io_write_all(fd, bytes + HEAD, 9), OK);
  io_close(fd);
  free(bytes);
  uint64_t calls = 1;
  for (uint64_t nth = 1; nth <= calls; nth++) {
    io_fail_at(nth, ENOSPC);
    const result r = journal_open(&j, s->dir, "a.journal");
    calls = io_calls() > calls ? io_calls() : calls;
    io_fail_at(0, 0);
    if (r == OK) break;
    // Whatever was refused: two whole frames and the torn bytes are somewhere.
    journal_reader *reader = NULL;
    journal_frame frame;
    assert_int_equal(journal_reader_open(&reader, s->dir, "a.journal"), OK);
    assert_int_equal(journal_next(reader, &frame), OK);
    assert_int_equal(journal_next(reader, &frame), OK);
    const bool in_place = journal_next(reader, &frame) == BAD_DATA;
    journal_reader_close(reader);
    char *tail = scratch_load(s->dir, "a.journal.torn-1", &size);
    assert_true(in_place || (tail && size == 9));
    free(tail);
    if (!in_place) break;
  }
  journal_close(j);
  assert_int_equal(journal_open(&j, s->dir, "a.journal"), OK);
  assert_int_equal(append(j, 4), OK);
  journal_close(j);
}

static void appender(scratch *s, int promises) {
  journal *j = NULL;
  if (journal_open(&j, s->dir, "k.journal") != OK) _exit(1);
  for (uint32_t n = 1;; n++) {
    uint8_t payload[512];
    memset(payload, (int)n, sizeof payload);
    if (journal_append(j, FRAME_SLOTS, 0, payload, n % sizeof payload) != OK) _exit(2);
    if (write(promises, "+", 1) != 1) _exit(3);
  }
}

static uint32_t count_frames(scratch *s, uint8_t type) {
  journal_reader *r = NULL;
  journal_frame frame;
  uint32_t count = 0;
  assert_int_equal(journal_reader_open(&r, s->dir, "k.journal"), OK);
  while (journal_next(r, &frame) == OK) count += frame.type == type;
  assert_int_equal(journal_next(r, &frame), ENDED);
  journal_reader_close(r);
  return count;
}

// A killed writer has lost nothing that it said it wrote.
static void killed_in_between(void **state) {
  scratch *s = *state;
  make(s, "k.journal", 0);
  uint32_t promised = 0;
  for (int round = 0; round < 25; round++) {
    int ends[2];
    char many[4096];
    ssize_t got = 0;
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) appender(s, ends[1]);
    close(ends[1]);
    assert_int_equal(read(ends[0], many, 1), 1);
    promised++;
    usleep((unsigned)(500 + round * 137));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    while ((got = read(ends[0], many, sizeof many)) > 0) promised += (uint32_t)got;
    close(ends[0]);
    journal *j = NULL;
    assert_int_equal(journal_open(&j, s->dir, "k.journal"), OK);
    journal_close(j);
    // At most one frame for each kill was written and not promised any more.
    assert_in_range(
      count_frames(s, FRAME_SLOTS), promised, promised + (uint32_t)round + 1);
  }
  assert_true(promised >= 25);
}

static int setup(void **state) {
  static scratch s;
  *state = &s;
  return scratch_make(&s);
}

static int teardown(void **state) {
  scratch_remove(*state);
  return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(checksum),
    TEST(there_and_back),
    TEST(limits),
    TEST(torn_at_every_length),
    TEST(torn_into_zeros_and_noise),
    TEST(every_tail_is_kept),
    TEST(every_flipped_bit_is_seen),
    TEST(damage_in_the_middle_stays),
    TEST(frames_of_another_journal_do_not_pass),
    TEST(a_later_format_is_too_new),
    TEST(every_refused_call),
    TEST(refused_twice),
    TEST(killed_in_between),
  };
  return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
