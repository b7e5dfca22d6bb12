// SPDX-License-Identifier: GPL-3.0-or-later
// The archive from begin to close: what stays is what the client said, and no more.
#include "core/base/clock.h"
#include "core/record/catalogue.h"
#include "core/record/facts.h"
#include "core/record/keys.h"
#include "core/record/names.h"
#include "tests/unit/archive_hand.h"

#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>

static json_t *load(const char *folder, const char *name) {
  char path[8192];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return json_load_file(path, 0, NULL);
}

static const char *word(const json_t *object, const char *key) {
  const char *text = json_string_value(json_object_get(object, key));
  return text ? text : "";
}

static const json_t *said_on_arriving(const json_t *facts) {
  return json_object_get(json_object_get(facts, "check_in"), "feeling");
}

static keys keys_of(room *r) {
  keys k = {0};
  char name[256];
  snprintf(name, sizeof name, "archive/keys/%s", session_name(r->h.s));
  assert_int_equal(keys_load(&k, r->s.dir, name), OK);
  return k;
}

// Whether the bytes stand in any file below the folder.
static bool holds_bytes(const char *folder, const char *bytes) {
  char command[8192];
  snprintf(command, sizeof command, "grep -rqF '%s' '%s'", bytes, folder);
  return system(command) == 0;
}

static void what_stays(void **state) {
  room *r = *state;
  assert_int_equal(hand_session(&r->h, r->path), OK);
  const char *path = r->h.path;
  assert_true(there(path, "MANIFEST"));
  assert_true(there(path, "session.json"));
  static const char *const all[] = {"creation.json", "artwork.png", "state",
    "process.journal", "process.journal.torn-1", "snapshots/snap-3"};
  for (size_t i = 0; i < 6; i++) {
    char name[64];
    snprintf(name, sizeof name, "creations/01-draw/%s", all[i]);
    assert_true(there(path, name));
  }
  char kept[5000];
  snprintf(kept, sizeof kept, "%s/creations/02-loop", path);
  assert_true(there(kept, "creation.json"));
  assert_true(there(kept, "loop-1.flac"));
  assert_true(there(kept, "state"));
  assert_true(!there(kept, "process.journal"));
  assert_true(!there(kept, "process.journal.torn-1"));
  assert_true(!there(kept, "snapshots"));
  assert_false(holds_bytes(kept, HAND_SECRET));
  assert_true(!there(path, "creations/03-move"));
  snprintf(kept, sizeof kept, "%s/creations/04-draw", path);
  assert_true(there(kept, "artwork.png"));
  assert_true(!there(kept, "state"));
  assert_true(!there(kept, "process.journal"));
  keys k = keys_of(r);
  assert_int_equal(k.count, 3);
  assert_true(keys_has(&k, 1) && keys_has(&k, 2) && !keys_has(&k, 3) && keys_has(&k, 4));
  assert_true(memcmp(k.secrets[0], k.secrets[1], 32) != 0);
  keys_finish(&k);
  holds(r->path);
}

static void what_is_written_of_it(void **state) {
  room *r = *state;
  assert_int_equal(hand_session(&r->h, r->path), OK);
  json_t *about = load(r->h.path, "session.json");
  assert_string_equal(word(about, "state"), "closed");
  assert_string_equal(word(about, "name"), session_name(r->h.s));
  assert_true(json_is_false(json_object_get(about, "interrupted")));
  const json_t *list = json_object_get(about, "creations"),
               *gone = json_array_get(list, 2);
  assert_int_equal(json_array_size(list), 4);
  assert_int_equal(json_object_size(gone), 4);
  assert_string_equal(word(gone, "exercise"), "org.gesto.move");
  assert_string_equal(word(gone, "consent"), "let go");
  assert_true(json_is_integer(json_object_get(gone, "minutes")));
  assert_string_equal(word(json_array_get(list, 1), "consent"), "private");
  assert_true(json_is_false(json_object_get(json_array_get(list, 3), "chosen")));
  char *text = json_dumps(about, 0);
  assert_null(strstr(text, "Sea")); // titles stand with their creation alone
  free(text);
  json_decref(about);
  about = load(r->h.path, "creations/01-draw/creation.json");
  assert_string_equal(word(about, "title"), "Sea at night");
  assert_string_equal(word(about, "consent"), "keep");
  assert_true(json_is_true(json_object_get(about, "process")));
  const json_t *work = json_array_get(json_object_get(about, "works"), 0);
  assert_string_equal(word(work, "file"), "artwork.png");
  assert_int_equal(json_integer_value(json_object_get(work, "width")), 3);
  json_decref(about);
}

static void titles_do_not_reach_the_flow(void **state) {
  room *r = *state;
  assert_int_equal(hand_session(&r->h, r->path), OK);
  char file[5000];
  snprintf(file, sizeof file, "%s/session.journal", r->h.path);
  assert_false(holds_bytes(file, "Sea"));
  assert_false(holds_bytes(file, "Mine"));
  assert_true(holds_bytes(file, "began"));
}

static void one_keeper(void **state) {
  room *r = *state;
  archive *second = NULL;
  char why[512] = "";
  assert_int_equal(hand_begin(&r->h, r->path), OK);
  assert_int_equal(archive_open(&second, r->path, false, why, sizeof why), OK);
  assert_int_equal(archive_lock(second), NOT_NOW);
  assert_memory_equal(archive_room(second), archive_room(r->h.a), 8);
  hand_finish(&r->h);
  assert_int_equal(archive_lock(second), OK);
  archive_close(second);
}

static void the_reserve(void **state) {
  room *r = *state;
  struct stat info;
  assert_int_equal(hand_begin(&r->h, r->path), OK);
  assert_int_equal(fstatat(archive_dir(r->h.a), ".reserve", &info, 0), 0);
  assert_int_equal(info.st_size, 8 << 20);
  assert_true(info.st_blocks * 512 >= 8 << 20); // really there
  archive_spend_reserve(r->h.a);
  assert_int_equal(fstatat(archive_dir(r->h.a), ".reserve", &info, 0), -1);
}

static void no_archive_says_so(void **state) {
  room *r = *state;
  archive *a = NULL;
  char why[512] = "";
  assert_int_equal(archive_open(&a, r->path, false, why, sizeof why), NOT_FOUND);
  assert_non_null(strstr(why, r->path));
  assert_int_equal(mkdir(r->path, 0700), 0);
  assert_int_equal(archive_open(&a, r->path, false, why, sizeof why), NOT_FOUND);
  assert_int_equal(io_save(r->s.dir, "letter.txt", "x", 1), OK);
  assert_int_equal(archive_open(&a, r->s.path, true, why, sizeof why), NOT_ALLOWED);
  assert_non_null(strstr(why, "other files"));
  assert_null(a);
}

static void an_archive_from_later(void **state) {
  room *r = *state;
  archive *a = NULL;
  char why[512] = "";
  int dir = -1;
  assert_int_equal(hand_begin(&r->h, r->path), OK);
  hand_finish(&r->h);
  assert_int_equal(io_open_dir(AT_FDCWD, r->path, &dir), OK);
  json_t *head = json_pack("{s:s,s:s}", "gesto", "archive/2", "kind", "plain");
  assert_int_equal(facts_save(dir, "archive.json", head), OK);
  json_decref(head);
  assert_int_equal(archive_open(&a, r->path, true, why, sizeof why), TOO_NEW);
  assert_non_null(strstr(why, "later Gesto"));
  assert_int_equal(io_save(dir, "archive.json", "{}", 2), OK);
  assert_int_equal(archive_open(&a, r->path, true, why, sizeof why), BAD_DATA);
  io_close(dir);
}

static result count_session(
  void *data, const char *client, const char *name, const char *path, bool live) {
  assert_true(names_is_client(client));
  assert_true(names_is_stamp(name));
  assert_true(there(path, "session.json"));
  assert_int_equal(there(path, "MANIFEST"), !live);
  ++*(int *)data;
  return OK;
}

static void resumed(void **state) {
  room *r = *state;
  char name[128];
  int live = 0, closed = 0;
  assert_int_equal(hand_begin(&r->h, r->path), OK);
  for (uint32_t n = 1; n <= 3; n++) assert_int_equal(hand_create(&r->h, n), OK);
  snprintf(name, sizeof name, "%s", session_name(r->h.s));
  session_close_handle(r->h.s);
  assert_int_equal(archive_each_session(r->h.a, true, count_session, &live), OK);
  assert_int_equal(live, 1);
  assert_int_equal(session_resume(&r->h.s, r->h.a, "../x"), NOT_FOUND);
  assert_int_equal(session_resume(&r->h.s, r->h.a, name), OK);
  assert_int_equal(session_creation_count(r->h.s), 3);
  assert_string_equal(session_creation_name(r->h.s, 2), "02-loop");
  assert_true(session_creation_dir(r->h.s, 3) >= 0);
  assert_int_equal(hand_create(&r->h, 4), OK); // it goes on
  assert_string_equal(session_creation_name(r->h.s, 4), "04-draw");
  assert_int_equal(hand_answer(&r->h), OK);
  assert_int_equal(session_creation_dir(r->h.s, 3), -1);
  session_close_handle(r->h.s); // ended between answers and closing
  assert_int_equal(session_resume(&r->h.s, r->h.a, name), OK);
  assert_int_equal(session_finish(r->h.s, true, r->h.path, sizeof r->h.path), OK);
  assert_int_equal(archive_each_session(r->h.a, false, count_session, &closed), OK);
  assert_int_equal(closed, 1);
  json_t *about = load(r->h.path, "session.json");
  assert_true(json_is_true(json_object_get(about, "interrupted")));
  assert_string_equal(
    word(said_on_arriving(json_object_get(about, "facts")), "word"), "calm");
  json_decref(about);
  assert_true(!there(r->h.path, "creations/03-move"));
  assert_true(there(r->h.path, "creations/01-draw/process.journal"));
  holds(r->path);
}

// Answers may change until the session is closed.
static void a_second_answer(void **state) {
  room *r = *state;
  assert_int_equal(hand_begin(&r->h, r->path), OK);
  assert_int_equal(hand_create(&r->h, 1), OK);
  const answer keep = {.keep = CONSENT_KEEP, .process = true, .title = "Sea"},
               own = {.keep = CONSENT_PRIVATE};
  assert_int_equal(session_apply(r->h.s, 1, &keep, NULL, 0), OK);
  assert_int_equal(session_apply(r->h.s, 1, &own, NULL, 0), OK);
  assert_int_equal(session_apply(r->h.s, 7, &own, NULL, 0), NOT_FOUND);
  assert_int_equal(session_finish(r->h.s, false, r->h.path, sizeof r->h.path), OK);
  assert_true(!there(r->h.path, "creations/01-draw/process.journal"));
  assert_true(!there(r->h.path, "creations/01-draw/state"));
  holds(r->path);
}

static void works_replaced_and_taken_out(void **state) {
  room *r = *state;
  const work_info info = {.kind = "picture", .title = "Two"};
  assert_int_equal(hand_begin(&r->h, r->path), OK);
  assert_int_equal(hand_create(&r->h, 1), OK);
  assert_int_equal(session_put_work(r->h.s, 1, "artwork.png", &info, "new", 3), OK);
  assert_int_equal(session_put_work(r->h.s, 1, "artwork-2.png", &info, "2", 1), OK);
  assert_int_equal(session_drop_work(r->h.s, 1, "artwork-2.png"), OK);
  assert_int_equal(session_drop_work(r->h.s, 1, "artwork-2.png"), NOT_FOUND);
  static const char *const bad[] = {"../x.png", "creation.json", "state", ".x", "a b.png",
    "", "process.journal", "snap-3"};
  for (size_t i = 0; i < 8; i++)
    assert_int_equal(session_put_work(r->h.s, 1, bad[i], &info, "x", 1), BAD_DATA);
  assert_int_equal(session_finish(r->h.s, false, r->h.path, sizeof r->h.path), OK);
  json_t *about = load(r->h.path, "creations/01-draw/creation.json");
  const json_t *works = json_object_get(about, "works");
  assert_int_equal(json_array_size(works), 1);
  assert_string_equal(word(json_array_get(works, 0), "title"), "Two");
  json_decref(about);
  assert_true(!there(r->h.path, "creations/01-draw/artwork-2.png"));
  assert_true(holds_bytes(r->h.path, "new"));
}

static void a_work_written_in_pieces(void **state) {
  room *r = *state;
  io_saving s;
  const work_info info = {.kind = "sound", .title = "Long", .frames = 9};
  assert_int_equal(hand_begin(&r->h, r->path), OK);
  assert_int_equal(hand_create(&r->h, 1), OK);
  const int dir = session_creation_dir(r->h.s, 1);
  assert_int_equal(io_save_begin(&s, dir, "long.flac"), OK);
  assert_int_equal(io_save_piece(&s, "some", 4), OK);
  assert_int_equal(io_save_piece(&s, "thing", 5), OK);
  assert_int_equal(session_keep_work(r->h.s, 1, &info, &s, 9), OK);
  assert_int_equal(io_save_begin(&s, dir, "state"), OK);
  assert_int_equal(session_keep_work(r->h.s, 1, &info, &s, 0), BAD_DATA);
  assert_int_equal(io_save_begin(&s, dir, "other.flac"), OK);
  assert_int_equal(session_keep_work(r->h.s, 7, &info, &s, 0), NOT_FOUND);
  assert_int_equal(session_finish(r->h.s, false, r->h.path, sizeof r->h.path), OK);
  json_t *about = load(r->h.path, "creations/01-draw/creation.json");
  const json_t *works = json_object_get(about, "works");
  const json_t *last = json_array_get(works, json_array_size(works) - 1);
  assert_string_equal(word(last, "file"), "long.flac");
  assert_int_equal(json_integer_value(json_object_get(last, "bytes")), 9);
  json_decref(about);
  assert_true(holds_bytes(r->h.path, "something"));
  assert_true(!there(r->h.path, "creations/01-draw/.state.new"));
  assert_true(!there(r->h.path, "creations/01-draw/.other.flac.new"));
  assert_true(!there(r->h.path, "creations/01-draw/state"));
  holds(r->path);
}

// What could not be read again is not taken in the first place, and nothing else suffers.
static void too_much_is_refused(void **state) {
  room *r = *state;
  assert_int_equal(hand_begin(&r->h, r->path), OK);
  assert_int_equal(hand_create(&r->h, 1), OK);
  char *much = malloc(600 * 1024 + 3), deep[80] = "";
  memset(much, 'a', 600 * 1024 + 2);
  much[0] = much[600 * 1024 + 1] = '"';
  much[600 * 1024 + 2] = 0;
  memset(deep, '[', 31);
  memset(deep + 31, ']', 31);
  assert_int_equal(session_set_fact(r->h.s, "check_in", much), TOO_LARGE);
  assert_int_equal(session_set_fact(r->h.s, "new", much), TOO_LARGE);
  assert_int_equal(session_set_fact(r->h.s, "new", deep), TOO_LARGE);
  assert_int_equal(session_set_fact(r->h.s, "new", "{"), BAD_DATA);
  assert_int_equal(session_creation_fact(r->h.s, 1, "new", much), TOO_LARGE);
  assert_int_equal(session_creation_fact(r->h.s, 1, "brush", "\"ink\""), OK);
  const work_info info = {.kind = "picture", .title = "x", .about = much};
  char *more = malloc(900 * 1024);
  memset(more, 'b', 900 * 1024 - 1);
  more[900 * 1024 - 1] = 0;
  const work_info large = {.kind = "picture", .title = more};
  assert_int_equal(session_put_work(r->h.s, 1, "artwork.png", &large, "x", 1), TOO_LARGE);
  assert_int_equal(session_put_work(r->h.s, 1, "artwork-2.png", &info, "x", 1), OK);
  assert_int_equal(session_finish(r->h.s, false, r->h.path, sizeof r->h.path), OK);
  json_t *about = load(r->h.path, "session.json");
  const json_t *facts = json_object_get(about, "facts");
  assert_int_equal(json_object_size(facts), 1);
  assert_string_equal(word(said_on_arriving(facts), "word"), "calm");
  json_decref(about);
  about = load(r->h.path, "creations/01-draw/creation.json");
  const json_t *works = json_object_get(about, "works");
  assert_int_equal(json_array_size(works), 2);
  assert_string_equal(word(json_array_get(works, 0), "title"), "Sea");
  json_decref(about);
  free(much);
  free(more);
  holds(r->path);
}

static void work_names(void **unused) {
  (void)unused;
  char name[64];
  static const struct {
    const char *kind, *name;
    uint32_t index;
    const char *file;
  } cases[] = {{"picture", "Sea & Sand", 0, "artwork.png"},
    {"picture", NULL, 1, "artwork-2.png"}, {"sound", "Loop 1", 0, "loop-1.flac"},
    {"sound", "Mix", 0, "mix.flac"}, {"sound", "../../etc/passwd", 0, "etc-passwd.flac"},
    {"sound", "\xc3\xa9\xc3\xa9", 0, "sound.flac"}, {"facts", "facts", 0, "facts.json"},
    {"facts", "", 2, "facts-3.json"}, {"facts", "creation", 0, "facts-creation.json"},
    {"sound", "snap-7", 0, "snap.7.flac"}, {"facts", "-a--b-", 0, "a-b.json"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    archive_work_name(cases[i].kind, cases[i].name, cases[i].index, name);
    assert_string_equal(name, cases[i].file);
    assert_true(names_is_work(name));
  }
}

static void moments(void **unused) {
  (void)unused;
  char text[NAMES_TIME], stamp[NAMES_STAMP];
  const int64_t moment = 1795429502123456; // 2026-11-23 10:25:02
  names_time(moment, text);
  assert_string_equal(text, "2026-11-23T10:25:02.123456Z");
  assert_true(names_time_read(text) == moment);
  assert_true(names_time_read("2026-11-23") == -1);
  names_stamp(moment, "0123456789abcdef", stamp);
  assert_true(names_is_stamp(stamp));
  assert_memory_equal(stamp, "20261123T102502Z-0123456789abcdef-1e240", 39);
  char later[NAMES_STAMP];
  names_stamp(moment + 1, "0123456789abcdef", later);
  assert_true(strcmp(stamp, later) < 0);
  assert_true(names_is_stamp("20261123T102502Z-0123456789abcdef-ffffffff")); // of before
  assert_false(names_is_stamp("20261123T102502Z"));
  assert_false(names_is_stamp("x0261123T102502Z-0123456789abcdef-01234567"));
}

// ---- Letting go afterwards, and the index

static char *list(room *r, const char *alias, bool with_private) {
  char *json = NULL;
  assert_int_equal(catalogue_list_json(r->h.a, alias, with_private, &json), OK);
  return json;
}

static uint32_t count_of(const char *whole, const char *part) {
  uint32_t count = 0;
  for (size_t i = 0; whole[i]; i++) count += strncmp(whole + i, part, strlen(part)) == 0;
  return count;
}

static void lists(void **state) {
  room *r = *state;
  assert_int_equal(hand_session(&r->h, r->path), OK);
  char *folders = list(r, NULL, true);
  assert_true(!there(r->path, "catalogue.sqlite")); // asking makes no index
  assert_int_equal(catalogue_rebuild(r->h.a), OK);
  char *indexed = list(r, NULL, true);
  assert_string_equal(folders, indexed);
  assert_non_null(strstr(indexed, "\"Mine\""));
  assert_non_null(strstr(indexed, "loop-1.flac"));
  assert_non_null(strstr(indexed, "\"alias\": \"Robin\""));
  assert_null(strstr(indexed, "03-move"));
  free(folders);
  free(indexed);
  char *others = list(r, NULL, false); // private works are passed over
  assert_null(strstr(others, "Mine"));
  assert_null(strstr(others, "loop-1.flac"));
  assert_non_null(strstr(others, "Sea"));
  free(others);
  char *nobody = list(r, "Kim", true);
  assert_null(strstr(nobody, "Sea"));
  free(nobody);
  assert_int_equal(catalogue_add_session(r->h.a, r->h.path), OK); // twice is as once
  indexed = list(r, "Robin", true);
  assert_non_null(strstr(indexed, "Sea"));
  assert_int_equal(count_of(indexed, "01-draw"), 1);
  free(indexed);
}

static void a_broken_index_is_made_again(void **state) {
  room *r = *state;
  assert_int_equal(hand_session(&r->h, r->path), OK);
  assert_int_equal(
    io_save(archive_dir(r->h.a), "catalogue.sqlite", "this is no database at all", 26),
    OK);
  char *json = list(r, NULL, true);
  assert_non_null(strstr(json, "Sea"));
  free(json);
  assert_int_equal(catalogue_add_session(r->h.a, r->h.path), OK);
  json = list(r, NULL, true);
  assert_non_null(strstr(json, "Sea"));
  free(json);
}

static void let_go_afterwards(void **state) {
  room *r = *state;
  char why[512] = "", creation[4200], index[256];
  assert_int_equal(hand_session(&r->h, r->path), OK);
  assert_int_equal(catalogue_rebuild(r->h.a), OK);
  snprintf(index, sizeof index, "%s/catalogue.sqlite", r->path);
  assert_true(holds_bytes(index, "Sea at night"));
  snprintf(creation, sizeof creation, "%s/creations/01-draw", r->h.path);
  assert_int_equal(archive_forget(r->h.a, creation, why, sizeof why), OK);
  assert_true(!there(r->h.path, "creations/01-draw"));
  assert_true(!holds_bytes(
    index, "Sea at night")); // nothing of it in the index's free pages either
  keys k = keys_of(r);
  assert_false(keys_has(&k, 1));
  assert_true(keys_has(&k, 2));
  keys_finish(&k);
  holds(r->path); // known to be forgotten, not missing
  assert_int_equal(
    archive_forget(r->h.a, creation, why, sizeof why), OK); // again is the same
  assert_int_equal(archive_forget(r->h.a, r->h.path, why, sizeof why), NOT_FOUND);
  assert_int_equal(
    archive_forget(r->h.a, "/etc/creations/01-x", why, sizeof why), NOT_FOUND);
  assert_true(strlen(why) > 20);
  // If it came back from somewhere, verify says so.
  assert_int_equal(mkdir(creation, 0700), 0);
  int dir = -1;
  findings f = {0};
  assert_int_equal(io_open_dir(AT_FDCWD, creation, &dir), OK);
  assert_int_equal(io_save(dir, "artwork.png", HAND_PICTURE, strlen(HAND_PICTURE)), OK);
  io_close(dir);
  assert_int_equal(verify_path(r->path, find, &f), BAD_DATA);
  assert_non_null(strstr(f.all, "let go"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(what_stays),
    TEST(what_is_written_of_it),
    TEST(titles_do_not_reach_the_flow),
    TEST(one_keeper),
    TEST(the_reserve),
    TEST(no_archive_says_so),
    TEST(an_archive_from_later),
    TEST(resumed),
    TEST(a_second_answer),
    TEST(works_replaced_and_taken_out),
    TEST(a_work_written_in_pieces),
    TEST(too_much_is_refused),
    cmocka_unit_test(work_names),
    cmocka_unit_test(moments),
    TEST(lists),
    TEST(a_broken_index_is_made_again),
    TEST(let_go_afterwards),
  };
  return cmocka_run_group_tests_name("archive", tests, NULL, NULL);
}
