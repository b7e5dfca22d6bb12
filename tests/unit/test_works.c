// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// The works of a creation over several rounds: what is handed over stays, what is not goes.
#include "core/base/io.h"
#include "core/keeper/work_intake.h"
#include "core/keeper/works.h"
#include "tests/unit/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct place {
  scratch scratch;
  archive *a;
  session *s;
  uint32_t creation;
  int dir;
  made_works works;
  work_intake intake;
} place;

static int set_up(void **state) {
  place *p = calloc(1, sizeof *p);
  char client[24], why[256], path[128];
  if (!p || scratch_make(&p->scratch)) return -1;
  snprintf(path, sizeof path, "%s/archive", p->scratch.path);
  if (archive_open(&p->a, path, true, why, sizeof why) ||
    archive_client(p->a, NULL, client) || session_begin(&p->s, p->a, client) ||
    session_add_creation(p->s, "org.gesto.loop", &p->creation))
    return -1;
  p->dir = session_creation_dir(p->s, p->creation);
  work_intake_init(&p->intake, &p->works, p->s, p->creation);
  *state = p;
  return 0;
}

static int tear_down(void **state) {
  place *p = *state;
  session_close_handle(p->s);
  archive_close(p->a);
  scratch_remove(&p->scratch);
  free(p);
  return 0;
}

static void hand_over(place *p, const char *kind, const char *title, const char *bytes) {
  char about[256];
  snprintf(about, sizeof about, "{\"kind\":\"%s\",\"title\":\"%s\",\"name\":\"%s\"}",
    kind, title, title);
  work_intake_give(&p->intake, about, bytes, strlen(bytes), -1);
}

static void begin_round(place *p) {
  works_begin_round(&p->works);
  p->intake.lost = 0;
}

static bool is_kept(const place *p, const char *file) {
  char *text = NULL;
  size_t size = 0;
  char quoted[80];
  const result r = io_load(p->dir, file, 1 << 20, &text, &size);
  free(text);
  assert_int_equal(io_load(p->dir, "creation.json", 1 << 20, &text, &size), OK);
  snprintf(quoted, sizeof quoted, "\"%s\"", file);
  const bool listed = strstr(text, quoted) != NULL;
  free(text);
  assert_int_equal(listed, r == OK); // never one without the other
  return listed;
}

static void three_loops(place *p) {
  begin_round(p);
  hand_over(p, "sound", "Mix", "fLaC mix");
  hand_over(p, "sound", "Loop 1", "fLaC one");
  hand_over(p, "sound", "Loop 2", "fLaC two");
  assert_int_equal(works_end_round(&p->works, p->s, p->creation), OK);
  assert_int_equal(p->intake.lost, 0);
}

static void what_is_taken_away_goes(void **state) {
  place *p = *state;
  three_loops(p);
  assert_true(is_kept(p, "mix.flac") && is_kept(p, "loop-1.flac"));
  assert_true(is_kept(p, "loop-2.flac"));
  begin_round(p);
  hand_over(p, "sound", "Loop 2", "fLaC two");
  hand_over(p, "sound", "Mix", "fLaC mix anew");
  assert_int_equal(works_end_round(&p->works, p->s, p->creation), OK);
  assert_true(is_kept(p, "mix.flac") && is_kept(p, "loop-2.flac"));
  assert_false(is_kept(p, "loop-1.flac"));
  assert_int_equal(p->works.count, 2);
  begin_round(p); // all of it
  assert_int_equal(works_end_round(&p->works, p->s, p->creation), OK);
  assert_false(is_kept(p, "mix.flac") || is_kept(p, "loop-2.flac"));
}

static void what_an_earlier_keeper_stored_goes_too(void **state) {
  place *p = *state;
  three_loops(p);
  works_find(&p->works, p->dir);
  assert_int_equal(p->works.count, 3);
  begin_round(p);
  hand_over(p, "sound", "Mix", "fLaC mix");
  assert_int_equal(works_end_round(&p->works, p->s, p->creation), OK);
  assert_true(is_kept(p, "mix.flac"));
  assert_false(is_kept(p, "loop-1.flac") || is_kept(p, "loop-2.flac"));
}

static void what_could_not_be_kept_is_counted(void **state) {
  place *p = *state;
  three_loops(p);
  begin_round(p);
  hand_over(p, "sound", "Mix", "no sound");
  hand_over(p, "picture", "", "fLaC");
  hand_over(p, "../../x", "../../x", "fLaC");
  work_intake_lose(&p->intake);
  assert_int_equal(p->intake.lost, 4);
  begin_round(p);
  io_fail_at(1, ENOSPC);
  hand_over(p, "sound", "Mix", "fLaC mix anew");
  io_fail_at(0, 0);
  assert_int_equal(p->intake.lost, 1);
  assert_true(is_kept(p, "mix.flac"));
}

static void more_than_there_is_room_for_is_counted(void **state) {
  place *p = *state;
  begin_round(p);
  for (int i = 0; i < WORKS_MAX + 5; i++) hand_over(p, "sound", "Loop", "fLaC one");
  assert_int_equal(p->intake.lost, 5);
  assert_int_equal(p->works.count, WORKS_MAX);
  assert_int_equal(works_end_round(&p->works, p->s, p->creation), OK);
  assert_true(is_kept(p, "loop-48.flac"));
}

static void facts_have_a_modest_size(void **state) {
  place *p = *state;
  const size_t size = 5 << 20;
  char *many = malloc(size + 1);
  assert_non_null(many);
  for (size_t i = 0; i < size; i++) many[i] = i % 2 ? ',' : '1';
  many[0] = '[';
  many[1] = '1';
  snprintf(many + size - 2, 3, "1]");
  named_work named = {0};
  begin_round(p);
  hand_over(p, "facts", "few", "[1,1]");
  assert_true(is_kept(p, "few.json"));
  assert_int_equal(
    works_name(&p->works, "{\"kind\":\"facts\",\"name\":\"many\"}", many, size, &named),
    BAD_DATA);
  free(many);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(what_is_taken_away_goes, set_up, tear_down),
    cmocka_unit_test_setup_teardown(
      what_an_earlier_keeper_stored_goes_too, set_up, tear_down),
    cmocka_unit_test_setup_teardown(what_could_not_be_kept_is_counted, set_up, tear_down),
    cmocka_unit_test_setup_teardown(
      more_than_there_is_room_for_is_counted, set_up, tear_down),
    cmocka_unit_test_setup_teardown(facts_have_a_modest_size, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
