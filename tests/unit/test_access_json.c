// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base record ui stage
// How a client reaches the screen, as JSON and back; what makes no sense is as usual.
#include "core/record/recipe_access.h"
#include "core/stage/access_json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static access_settings read_text(const char *text) {
  json_t *json = json_loads(text, 0, NULL);
  const access_settings a = access_read(json);
  json_decref(json);
  return a;
}

static void what_changed_comes_back(void **state) {
  (void)state;
  const access_settings usual = access_defaults();
  access_settings a = usual;
  a.scanning = SCANNING_TWO_SWITCHES;
  a.pace = PACE_STEP;
  a.item_ms = 2400;
  a.switches[0] = (access_switch){SWITCH_MOUSE, 3};
  a.switches[1] = (access_switch){SWITCH_NOTE, 60};
  a.theme = THEME_CONTRAST;
  a.target = 128;
  a.easy_reading = a.left_handed = a.spoken_labels = true;
  a.volume = 250;
  json_t *json = access_changes(&usual, &a);
  const access_settings again = access_read(json);
  assert_true(access_same(&a, &again));
  assert_null(json_object_get(json, "dwell_ms")); // is as it was
  json_decref(json);
  // Back as usual: nothing of it is to stay.
  json = access_changes(&a, &usual);
  assert_true(json_is_null(json_object_get(json, "theme")));
  assert_true(json_is_null(json_object_get(json, "switches")));
  assert_true(json_is_null(json_object_get(json, "volume")));
  json_decref(json);
  json = access_changes(&a, &a);
  assert_int_equal(json_object_size(json), 0);
  json_decref(json);
}

static void every_setting_is_kept(void **state) {
  (void)state;
  // All others than usual, so that a member that is forgotten shows.
  const access_settings usual = access_defaults();
  access_settings a = {.scanning = SCANNING_ONE_SWITCH,
    .pace = PACE_STEP,
    .item_ms = 4000,
    .groups_first = !usual.groups_first,
    .rest_on_last = !usual.rest_on_last,
    .cancel_by_long = !usual.cancel_by_long,
    .switches = {{SWITCH_PAD, 0}, {SWITCH_NONE, 0}},
    .dwell_ms = 1200,
    .target = 96,
    .steady = STEADY_STRONG,
    .shortest_ms = 400,
    .click_move_click = true,
    .easy_reading = true,
    .left_handed = true,
    .reduced_motion = true,
    .theme = THEME_EVENING,
    .text_percent = 175,
    .spoken_labels = !usual.spoken_labels,
    .captions = !usual.captions,
    .voice_percent = 130,
    .muted = true,
    .volume = 100};
  json_t *json = access_changes(&usual, &a);
  const access_settings again = access_read(json);
  assert_true(access_same(&a, &again));
  char why[512]; // and is what somebody may write by hand
  assert_int_equal(recipe_access_check(json, why, sizeof why), OK);
  json_decref(json);
}

static void nonsense_is_as_usual(void **state) {
  (void)state;
  const access_settings usual = access_defaults();
  static const char *const texts[] = {"[]", "{}", "null",
    "{\"theme\":\"pink\",\"later\":1}",
    "{\"theme\":3,\"target\":\"96\",\"left_handed\":1,\"volume\":-5,\"item_ms\":1e99}"};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    const access_settings a = read_text(texts[i]);
    assert_true(access_same(&a, &usual));
  }
  const access_settings far =
    read_text("{\"target\":5000,\"text_percent\":90,\"volume\":5000,\"dwell_ms\":700}");
  assert_int_equal(far.target, 128);
  assert_int_equal(far.text_percent, 100);
  assert_int_equal(far.volume, 1000);
  const access_settings odd =
    read_text("{\"switches\":[\"key:\",\"lever:4\",\"key:1\"]}");
  assert_int_equal(odd.switches[0].kind, SWITCH_NONE);
  assert_int_equal(odd.switches[1].kind, SWITCH_NONE);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(what_changed_comes_back),
    cmocka_unit_test(every_setting_is_kept), cmocka_unit_test(nonsense_is_as_usual)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
