// SPDX-License-Identifier: GPL-3.0-or-later
// verify names each file that does not hold, whichever byte of it was changed; a reader made
// from docs/session-format.md alone sees the same; and the report shows what may be shown.
#include "core/base/event.h"
#include "core/record/report.h"
#include "tests/unit/archive_hand.h"

#include <sys/stat.h>
#include <unistd.h>

static const char reader[] = "tests/end-to-end/read_session.py";

typedef struct told {
  uint32_t count;
  const char *wanted;
  bool named; // the wanted file was told of
} told;

static void tell(void *data, const char *path, const char *what) {
  told *t = data;
  t->count++;
  assert_true(strlen(what) > 5);
  const size_t size = strlen(path), tail = t->wanted ? strlen(t->wanted) : 0;
  if (t->wanted && size >= tail && strcmp(path + size - tail, t->wanted) == 0)
    t->named = true;
}

// Verifies `path`, which must not hold, and must name `file`.
static void names_it(const char *path, const char *file) {
  told t = {.wanted = file};
  const result r = verify_path(path, tell, &t);
  if (r != BAD_DATA || !t.named) print_error("%s was not named\n", file);
  assert_int_equal(r, BAD_DATA);
  assert_true(t.named);
}

static int reader_says(const char *path) {
  char command[8192];
  snprintf(command, sizeof command, "python3 %s '%s' >/dev/null", reader, path);
  return WEXITSTATUS(system(command));
}

typedef struct walk_of_all {
  room *r;
  char folder[6000]; // from the archive
  uint32_t files;
} walk_of_all;

static void flip_at(room *r, const char *file, char *bytes, size_t size, size_t at) {
  char path[8192];
  int fd = -1;
  snprintf(path, sizeof path, "%s/%s", r->path, file);
  bytes[at] ^= 0x20;
  assert_int_equal(io_open(AT_FDCWD, path, O_WRONLY | O_TRUNC, 0, &fd), OK);
  assert_int_equal(io_write_all(fd, bytes, size), OK);
  bytes[at] ^= 0x20;
  io_close(fd);
}

static bool is_ours_to_check(const char *file) {
  return strcmp(file, ".lock") != 0 && strcmp(file, ".reserve") != 0 &&
    strcmp(file, ".stignore") != 0;
}

static result flip_each(void *data, int dir, const char *name, bool is_dir) {
  walk_of_all *w = data;
  char file[5000];
  if (snprintf(file, sizeof file, "%s%s", w->folder, name) >= (int)sizeof file)
    return TOO_LARGE;
  if (is_dir) {
    walk_of_all below = {.r = w->r, .files = 0};
    snprintf(below.folder, sizeof below.folder, "%s/", file);
    const result r = io_each(dir, name, flip_each, &below);
    w->files += below.files;
    return r;
  }
  if (!is_ours_to_check(file)) return OK;
  size_t size = 0;
  char *bytes = scratch_load(dir, name, &size);
  assert_non_null(bytes);
  for (size_t at = 0; at < size; at += 1 + size / 40) {
    flip_at(w->r, file, bytes, size, at);
    names_it(w->r->path, file);
  }
  flip_at(w->r, file, bytes, size, size - 1);
  names_it(w->r->path, file);
  bytes[0] ^= 0x20; // as it was
  flip_at(w->r, file, bytes, size, 0);
  free(bytes);
  w->files++;
  return OK;
}

static void any_byte_of_any_file(void **state) {
  room *r = *state;
  assert_int_equal(hand_session(&r->h, r->path), OK);
  holds(r->path);
  walk_of_all w = {.r = r};
  assert_int_equal(io_each(AT_FDCWD, r->path, flip_each, &w), OK);
  assert_true(w.files >= 15);
  holds(r->path);
}

static void more_and_less(void **state) {
  room *r = *state;
  char path[8192];
  assert_int_equal(hand_session(&r->h, r->path), OK);
  const char *session_folder = r->h.path;
  char away[256];
  snprintf(away, sizeof away, "%s/away", r->s.path);
  int dir = -1;
  assert_int_equal(io_open_dir(AT_FDCWD, session_folder, &dir), OK);
  assert_int_equal(io_save(dir, "letter.txt", "x", 1), OK);
  names_it(session_folder, "letter.txt");
  assert_int_equal(reader_says(session_folder), 1);
  assert_int_equal(io_unlink(dir, "letter.txt"), OK);
  assert_int_equal(symlinkat("/etc/passwd", dir, "link"), 0);
  names_it(session_folder, "link");
  assert_int_equal(io_unlink(dir, "link"), OK);
  holds(session_folder);
  snprintf(path, sizeof path, "%s/creations/01-draw/artwork.png", session_folder);
  assert_int_equal(rename(path, away), 0);
  names_it(session_folder, "creations/01-draw/artwork.png");
  assert_int_equal(reader_says(session_folder), 1);
  assert_int_equal(rename(away, path), 0);
  snprintf(path, sizeof path, "%s/MANIFEST", session_folder);
  assert_int_equal(unlink(path), 0);
  names_it(session_folder, "MANIFEST");
  io_close(dir);
}

static void parts_and_strangers(void **state) {
  room *r = *state;
  char path[8192];
  assert_int_equal(hand_session(&r->h, r->path), OK);
  snprintf(path, sizeof path, "%s/creations/01-draw", r->h.path);
  holds(path); // a creation stands for its session
  holds(r->h.path);
  snprintf(path, sizeof path, "%s/../..", r->h.path);
  holds(path); // a client
  names_it(r->s.path, r->s.path + 9);
  snprintf(path, sizeof path, "%s/nowhere", r->s.path);
  names_it(path, "nowhere");
  // Another name, and the copy that a sync engine leaves after a conflict.
  snprintf(
    path, sizeof path, "%s/../20200101T000000Z-0000000000000000-00000000", r->h.path);
  assert_int_equal(rename(r->h.path, path), 0);
  names_it(r->path, "20200101T000000Z-0000000000000000-00000000");
}

static void lost_keys_are_named(void **state) {
  room *r = *state;
  char file[256], path[512];
  assert_int_equal(hand_session(&r->h, r->path), OK);
  snprintf(file, sizeof file, "keys/%s", session_name(r->h.s));
  snprintf(path, sizeof path, "%s/%s", r->path, file);
  assert_int_equal(unlink(path), 0);
  names_it(r->path, file);
  names_it(r->h.path, file);
}

// ---- The reader that was made from the page alone

static gesto_event any_event(uint64_t *state) {
  gesto_event e;
  for (size_t i = 0; i < sizeof e; i++) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    ((uint8_t *)&e)[i] = (uint8_t)(*state >> 40);
  }
  e.type = (uint16_t)(*state >> 33) % 17;
  if (*state >> 60) e.flags = 0;
  if (*state >> 62) e.source %= 11;
  if (e.type >= 1 && e.type <= 4) {
    e.as.pointer.x = (float)(e.source % 1000);
    e.as.pointer.y = (float)(e.time % 1000) / 3;
  }
  if (*state >> 61) gesto_event_round(&e);
  return e;
}

static void make_journal(room *r, ring_slot *slots, uint32_t count) {
  static const uint8_t id[16] = {7}, writer[8] = {8};
  static uint8_t bytes[1 << 16];
  journal *j = NULL;
  uint32_t done = 0, taken = 0;
  assert_int_equal(journal_create(&j, r->s.dir, "a.journal", id, writer), OK);
  while (done < count) {
    const uint32_t most = count - done < 100 ? count - done : 100;
    const size_t size = slots_encode(slots + done, most, &taken, bytes, sizeof bytes);
    assert_int_equal(journal_append(j, FRAME_SLOTS, 0, bytes, (uint32_t)size), OK);
    done += taken;
  }
  const page_report reports[2] = {
    {5, 7, REPORT_TOOK, 2}, {3, UINT64_MAX, REPORT_LATE, UINT32_MAX}};
  const size_t size = reports_encode(reports, 2, &taken, bytes, sizeof bytes);
  assert_int_equal(journal_append(j, FRAME_REPORTS, 0, bytes, (uint32_t)size), OK);
  journal_close(j);
}

static FILE *ask_reader(room *r, const char *what) {
  char command[8192];
  snprintf(
    command, sizeof command, "python3 %s %s '%s/a.journal'", reader, what, r->s.path);
  return popen(command, "r");
}

static void the_reader_sees_the_same_slots(void **state) {
  room *r = *state;
  enum { MANY = 3000 };
  static ring_slot slots[MANY];
  uint64_t seed = 42;
  char line[512], wanted[512];
  for (uint32_t i = 0; i < MANY; i++) {
    slots[i] = (ring_slot){
      .seq = 90 + i, .creation = 3, .kind = i % 4 ? SLOT_EVENT : SLOT_ADVANCE};
    slots[i].as.event = any_event(&seed);
    if (i % 8 == 0) slots[i].as.event = (gesto_event){.time = 16667ull * i};
  }
  make_journal(r, slots, MANY);
  FILE *said = ask_reader(r, "--slots");
  for (uint32_t i = 0; i < MANY; i++) {
    int size = snprintf(wanted, sizeof wanted, "%u %u 3 ", 90 + i, slots[i].kind);
    for (size_t b = 0; b < 64; b++)
      size += snprintf(
        wanted + size, sizeof wanted - (size_t)size, "%02x", slots[i].as.bytes[b]);
    snprintf(wanted + size, sizeof wanted - (size_t)size, "\n");
    assert_non_null(fgets(line, sizeof line, said));
    assert_string_equal(line, wanted);
  }
  assert_null(fgets(line, sizeof line, said));
  assert_int_equal(pclose(said), 0);
  said = ask_reader(r, "--reports");
  assert_non_null(fgets(line, sizeof line, said));
  assert_string_equal(line, "5 7 1 2\n");
  assert_non_null(fgets(line, sizeof line, said));
  assert_string_equal(line, "3 18446744073709551615 4 4294967295\n");
  assert_int_equal(pclose(said), 0);
}

static void the_reader_checks_an_archive(void **state) {
  room *r = *state;
  char why[512], path[8192];
  assert_int_equal(hand_session(&r->h, r->path), OK);
  assert_int_equal(reader_says(r->path), 0);
  assert_int_equal(reader_says(r->h.path), 0);
  snprintf(path, sizeof path, "%s/creations/01-draw", r->h.path);
  assert_int_equal(archive_forget(r->h.a, path, why, sizeof why), OK);
  assert_int_equal(reader_says(r->path), 0);
  snprintf(path, sizeof path, "%s/creations/02-loop/creation.json", r->h.path);
  int fd = -1;
  assert_int_equal(io_open(AT_FDCWD, path, O_WRONLY, 0, &fd), OK);
  assert_int_equal(io_write_all_at(fd, "!", 1, 9), OK);
  io_close(fd);
  assert_int_equal(reader_says(r->path), 1);
}

// ---- The report

static char *report(room *r, const char *path, bool with_private) {
  char why[512] = "", to[256];
  size_t size = 0;
  snprintf(to, sizeof to, "%s/page.html", r->s.path);
  assert_int_equal(report_write(path, to, with_private, why, sizeof why), OK);
  return scratch_load(r->s.dir, "page.html", &size);
}

static void the_report(void **state) {
  room *r = *state;
  assert_int_equal(hand_begin(&r->h, r->path), OK);
  for (uint32_t n = 1; n <= 3; n++) assert_int_equal(hand_create(&r->h, n), OK);
  const answer keep = {.keep = CONSENT_KEEP, .title = "Sea <&> \"Sand\""},
               own = {.keep = CONSENT_PRIVATE, .title = "Mine"};
  assert_int_equal(session_apply(r->h.s, 1, &keep, NULL, 0), OK);
  assert_int_equal(session_apply(r->h.s, 2, &own, NULL, 0), OK);
  assert_int_equal(session_apply(r->h.s, 3, &keep, NULL, 0), OK);
  assert_int_equal(session_finish(r->h.s, false, r->h.path, sizeof r->h.path), OK);
  char *page = report(r, r->h.path, false);
  static const char *const wanted[] = {"Robin", "Sea &lt;&amp;&gt; &quot;Sand&quot;",
    "pleasant, little energy: \u201ccalm\u201d", "<dt>Wish of today</dt><dd>Skipped</dd>",
    "data:image/png;base64,iVBORw0KGgpub3QgcmVhbGx5",
    "alt=\"Waves &quot;and&quot; sand\"", "Reach up &lt;slowly&gt;",
    "default-src 'none'"};
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    if (!strstr(page, wanted[i])) print_error("no %s\n", wanted[i]);
    assert_non_null(strstr(page, wanted[i]));
  }
  static const char *const unwanted[] = {
    "Mine", "audio/flac", "http://", "https://", "<script"};
  for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++)
    assert_null(strstr(page, unwanted[i]));
  free(page);
  page = report(r, r->h.path, true);
  assert_non_null(strstr(page, "Mine"));
  assert_non_null(strstr(page, "data:audio/flac;base64,ZkxhQyBub3QgcmVhbGx5"));
  free(page);
  char client[8192];
  snprintf(client, sizeof client, "%s/../..", r->h.path);
  page = report(r, client, false);
  assert_non_null(strstr(page, "data:image/png"));
  free(page);
}

static void no_report_of_what_is_none(void **state) {
  room *r = *state;
  char why[512] = "", to[256];
  snprintf(to, sizeof to, "%s/page.html", r->s.path);
  assert_int_equal(hand_begin(&r->h, r->path), OK);
  assert_int_equal(
    report_write(session_path(r->h.s), to, false, why, sizeof why), NOT_NOW);
  assert_non_null(strstr(why, "not closed"));
  assert_int_not_equal(report_write("/nonexistent", to, false, why, sizeof why), OK);
  assert_int_not_equal(report_write(r->s.path, to, false, why, sizeof why), OK);
  assert_int_equal(access(to, F_OK), -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(any_byte_of_any_file),
    TEST(more_and_less),
    TEST(parts_and_strangers),
    TEST(lost_keys_are_named),
    TEST(the_reader_sees_the_same_slots),
    TEST(the_reader_checks_an_archive),
    TEST(the_report),
    TEST(no_report_of_what_is_none),
  };
  return cmocka_run_group_tests_name("verify", tests, NULL, NULL);
}
