// SPDX-License-Identifier: GPL-3.0-or-later
// Move: paces its steps by exercise time alone, lets each be skipped, and tells plain facts.
#include "exercise_host.h"

#include "plugins/move/json.h"
#include "plugins/move/routine.h"

#include "plugins/move/json.c"
#include "plugins/move/routine.c"

#include <jansson.h>

static const char *setting_value;
static const char *setting(const char *key) {
  return strcmp(key, "routine") == 0 ? setting_value : NULL;
}

static json_t *facts(test_host *h) {
  json_error_t error;
  h->work_count = 0;
  assert_int_equal(h->entry->works(h->self, &h->host), GESTO_OK);
  assert_int_equal(h->works[0].kind, 'f');
  json_t *all = json_loads(h->works[0].text, 0, &error);
  if (!all) fail_msg("%s", error.text);
  return all;
}

static double step_number(json_t *all, size_t i, const char *key) {
  return json_number_value(
    json_object_get(json_array_get(json_object_get(all, "steps"), i), key));
}

static void waits_for_begin(void **state) {
  (void)state;
  test_host *h = host_start("move", NULL);
  host_run_to(h, 30);
  assert_false(h->moving);
  json_t *all = facts(h);
  assert_int_equal(json_array_size(json_object_get(all, "steps")), 0);
  assert_string_equal(json_string_value(json_object_get(all, "routine")), "settle");
  json_decref(all);
  host_end(h);
}

static void keeps_its_time(void **state) {
  (void)state;
  test_host *h = host_start("move", NULL);
  host_run_to(h, 2);
  host_act(h, "begin");
  host_run_to(h, 90);
  json_t *all = facts(h);
  const double begins[] = {2, 10, 25, 41, 55, 67, 77};
  assert_int_equal(json_array_size(json_object_get(all, "steps")), 6);
  for (size_t i = 0; i < 6; i++) {
    assert_true(
      fabs(step_number(all, i, "start") - begins[i]) < 0.02 + 0.017 * (double)i);
    assert_true(
      fabs(step_number(all, i, "end") - begins[i + 1]) < 0.04 + 0.017 * (double)i);
  }
  assert_true(json_is_true(json_object_get(all, "to_the_end")));
  assert_false(h->moving);
  json_decref(all);
  host_end(h);
}

static void pace_changes_without_a_jump(void **state) {
  (void)state;
  test_host *h = host_start("move", NULL);
  host_act(h, "begin");
  host_run_to(h, 4); // half of the first step's 8 s
  host_set(h, "pace", 0.5);
  host_run_to(h, 11.9);
  json_t *all = facts(h);
  assert_int_equal(json_array_size(json_object_get(all, "steps")), 1);
  json_decref(all);
  host_run_to(h, 12.1);
  all = facts(h);
  assert_int_equal(json_array_size(json_object_get(all, "steps")), 2);
  assert_true(fabs(step_number(all, 0, "pace") - 0.5) < 1e-9);
  json_decref(all);
  host_end(h);
}

static void a_skip_is_noted_and_nothing_more(void **state) {
  (void)state;
  test_host *h = host_start("move", NULL);
  host_act(h, "skip"); // nothing to skip yet
  host_act(h, "begin");
  host_run_to(h, 3);
  host_act(h, "skip");
  host_set(h, "way", STANDING);
  host_run_to(h, 30);
  json_t *all = facts(h);
  json_t *steps = json_object_get(all, "steps");
  assert_true(json_is_true(json_object_get(json_array_get(steps, 0), "skipped")));
  assert_false(json_is_true(json_object_get(json_array_get(steps, 1), "skipped")));
  assert_true(fabs(step_number(all, 0, "end") - 3) < 0.02);
  assert_string_equal(
    json_string_value(json_object_get(json_array_get(steps, 0), "variant")), "seated");
  assert_string_equal(
    json_string_value(json_object_get(json_array_get(steps, 1), "variant")), "standing");
  assert_null(strstr(h->works[0].text, "score"));
  json_decref(all);
  host_end(h);
}

static void a_pause_takes_no_time(void **state) {
  (void)state;
  test_host *h = host_start("move", NULL);
  host_act(h, "begin");
  host_run_to(h, 4);
  host_event(h, (gesto_event){.type = GESTO_PAUSE});
  host_event(h, (gesto_event){.type = GESTO_RESUME});
  host_run_to(h, 8.1);
  json_t *all = facts(h);
  assert_true(fabs(step_number(all, 0, "end") - 8) < 0.02);
  assert_int_equal(json_integer_value(json_object_get(all, "pauses")), 1);
  json_decref(all);
  host_end(h);
}

static void other_routines_by_setting(void **state) {
  (void)state;
  static const struct {
    const char *wanted, *used;
  } all[] = {{"wide", "wide"}, {"hands", "hands"}, {"nowhere", "built-in"},
    {"../../secret", "built-in"}, {"", "built-in"}};
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    setting_value = all[i].wanted;
    test_host h = {.setting = setting};
    host_asset_folder(&h);
    h.host = (gesto_host){.abi = GESTO_ABI,
      .size = sizeof h.host,
      .data = &h,
      .now = host_now,
      .changed = host_changed,
      .asset = host_asset,
      .setting = host_setting,
      .log = host_log,
      .colour = host_colour,
      .extension = host_extension};
    h.entry = host_find("move");
    h.self = h.entry->create(&h.host);
    json_t *found = facts(&h);
    assert_string_equal(
      json_string_value(json_object_get(found, "routine")), all[i].used);
    json_decref(found);
    h.entry->destroy(h.self);
  }
}

static void saved_and_loaded_it_goes_on(void **state) {
  (void)state;
  test_host *h = host_start("move", NULL);
  host_act(h, "begin");
  host_run_to(h, 12.5);
  host_set(h, "way", HANDS);
  host_save(h, true);
  test_host *again = host_start("move", h);
  host_save(again, false);
  assert_int_equal(again->state_size, h->state_size);
  assert_memory_equal(again->state, h->state, h->state_size);
  host_end(again);
  host_end(h);
}

static void damaged_states_change_nothing(void **state) {
  (void)state;
  test_host *h = host_start("move", NULL), *other = host_start("move", NULL);
  host_act(h, "begin");
  host_run_to(h, 12.5);
  host_save(h, true);
  other->state = malloc(h->state_size + 1);
  memcpy(other->state, h->state, h->state_size);
  for (size_t cut = 0; cut <= h->state_size + 1; cut++) {
    other->state_size = cut;
    assert_int_equal(
      host_load(other, other->self), cut == h->state_size ? GESTO_OK : GESTO_BAD_DATA);
  }
  uint32_t seed = 9, refused = 0;
  for (uint32_t i = 0; i < 2000; i++) {
    memcpy(other->state, h->state, h->state_size);
    other->state_size = h->state_size;
    seed = seed * 1664525 + 1013904223;
    other->state[(seed >> 8) % 140] ^= (char)(1 << (seed >> 29));
    refused += host_load(other, other->self) != GESTO_OK;
    json_decref(facts(other));
  }
  assert_true(refused > 200);
  host_end(other);
  host_end(h);
}

static void routine_files_are_read_strictly(void **state) {
  (void)state;
  static const struct {
    const char *text, *why;
  } all[] = {
    {"", "line 1"},
    {"{", "line 1"},
    {"[1,2", "comma"},
    {"{\"a\":1}x", "follows"},
    {"{\"format\":\"gesto-routine/1\"}", "id"},
    {"{\"format\":\"other\"}", "format"},
    {"{\"a\":\n\n\"\\ud800x\"}", "line 3"},
    {"{\"a\":tru}", "neither"},
    {"{\"a\":1e999}", "neither"},
    {"[[[[[[[[[[[[[[1]]]]]]]]]]]]]]", "levels"},
    {"{\"a\" 1}", "colon"},
    {"\"\x01\"", "end of its line"},
    {"{\"format\":\"gesto-routine/"
     "1\",\"id\":\"a\",\"title\":\"b\",\"before\":\"c\",\"after\":\"d\","
     "\"steps\":[]}",
      "none"},
    {"{\"format\":\"gesto-routine/"
     "1\",\"id\":\"a\",\"title\":\"b\",\"before\":\"c\",\"after\":\"d\","
     "\"steps\":[{\"id\":\"x\",\"say\":\"y\"}]}",
      "seconds"},
    {"{\"format\":\"gesto-routine/"
     "1\",\"id\":\"a\",\"title\":\"b\",\"before\":\"c\",\"after\":\"d\","
     "\"steps\":[{\"id\":\"x\",\"say\":\"y\",\"seconds\":5,\"figure\":\"fly\"}]}",
      "figure"},
    {"{\"format\":\"gesto-routine/"
     "1\",\"id\":\"a\",\"title\":\"b\",\"after\":\"d\",\"steps\":[]}",
      "before"},
  };
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    routine r;
    char why[160] = "";
    assert_false(routine_read(&r, all[i].text, strlen(all[i].text), why, sizeof why));
    if (!strstr(why, all[i].why))
      fail_msg("%zu: \"%s\" lacks \"%s\"", i, why, all[i].why);
  }
}

static void a_routine_in_any_script(void **state) {
  (void)state;
  static const char text[] =
    "{\"format\":\"gesto-routine/1\",\"id\":\"a\",\"title\":\"\\u00c4 "
    "\\ud83c\\udf31\",\"before\":\"c\",\"after\":\"d\",\"new\":[{},null,-1.5e2],"
    "\"steps\":[{\"id\":"
    "\"x\",\"say\":{\"seated\":\"s\",\"hands\":\"h\"},\"seconds\":5.5,\"times\":3}]}";
  routine r;
  char why[160];
  assert_true(routine_read(&r, text, sizeof text - 1, why, sizeof why));
  assert_string_equal(r.title, "Ä 🌱");
  assert_string_equal(r.steps[0].say[STANDING], "s");
  assert_string_equal(r.steps[0].say[HANDS], "h");
  assert_true(r.steps[0].seconds == 5.5 && r.steps[0].times == 3);
  for (size_t cut = 0; cut < sizeof text - 1; cut++)
    assert_false(routine_read(&r, text, cut, why, sizeof why));
}

static void draws_every_way_and_step(void **state) {
  (void)state;
  test_host *h = host_start("move", NULL);
  const char *show = getenv("GESTO_SHOW");
  char path[300];
  cairo_surface_destroy(host_draw(h, 1280, 700, 0));
  host_act(h, "begin");
  for (uint32_t i = 0; i < 12; i++) {
    host_run_to(h, 5 + 7 * i);
    host_set(h, "way", i % WAYS);
    cairo_surface_t *s = host_draw(h, 1280, 700, i == 5 ? GESTO_STILL : 0);
    snprintf(path, sizeof path, "%s-%u.png", show ? show : "", i);
    if (show) cairo_surface_write_to_png(s, path);
    cairo_surface_destroy(s);
  }
  cairo_surface_destroy(host_draw(h, 90, 40, GESTO_CONTRAST));
  host_end(h);
}

static void spots_and_words_follow(void **state) {
  (void)state;
  test_host *h = host_start("move", NULL);
  gesto_spot spots[4];
  char text[200];
  const gesto_spots *with = h->entry->extension(GESTO_SPOTS);
  assert_int_equal(host_spots(h, spots, 4), 1);
  assert_string_equal(spots[0].name, "Begin");
  host_point(
    h, GESTO_POINTER_DOWN, 1, spots[0].x + spots[0].w / 2, spots[0].y + spots[0].h / 2);
  assert_int_equal(host_spots(h, spots, 4), 0);
  assert_true(with->describe(h->self, text, sizeof text) > 0);
  assert_non_null(strstr(text, "Step 1 of 6"));
  host_end(h);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(waits_for_begin),
    cmocka_unit_test(keeps_its_time),
    cmocka_unit_test(pace_changes_without_a_jump),
    cmocka_unit_test(a_skip_is_noted_and_nothing_more),
    cmocka_unit_test(a_pause_takes_no_time),
    cmocka_unit_test(other_routines_by_setting),
    cmocka_unit_test(saved_and_loaded_it_goes_on),
    cmocka_unit_test(damaged_states_change_nothing),
    cmocka_unit_test(routine_files_are_read_strictly),
    cmocka_unit_test(a_routine_in_any_script),
    cmocka_unit_test(draws_every_way_and_step),
    cmocka_unit_test(spots_and_words_follow),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
