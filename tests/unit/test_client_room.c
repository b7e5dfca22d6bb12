// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// What a client's room makes of the exercises that there are, and what a client may change.
#include "core/keeper/client_room.h"
#include "core/record/client.h"
#include "core/record/recipe.h"
#include "tests/unit/scratch.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static char draw_declared[] =
  "{\"id\":\"org.gesto.draw\",\"name\":\"Draw\",\"controls\":["
  "{\"key\":\"brush\",\"kind\":\"choice\",\"initial\":1,\"choices\":[{\"key\":\"pencil\"}"
  ","
  "{\"key\":\"brush\"},{\"key\":\"ink\"},{\"key\":\"chalk\"}]},"
  "{\"key\":\"size\",\"kind\":\"range\",\"low\":25,\"high\":400,\"initial\":100},"
  "{\"key\":\"colour\",\"kind\":\"colour\",\"initial\":3107696},"
  "{\"key\":\"mirror\",\"kind\":\"choice\",\"initial\":0,\"choices\":[{\"key\":\"off\"},"
  "{\"key\":\"two\"}]},{\"key\":\"grid\",\"kind\":\"toggle\",\"initial\":0},"
  "{\"key\":\"undo\",\"kind\":\"button\"}]}";
static char loop_declared[] =
  "{\"id\":\"org.gesto.loop\",\"name\":\"Loop\",\"controls\":[]}";
static char move_declared[] =
  "{\"id\":\"org.gesto.move\",\"name\":\"Move\",\"controls\":[]}";
static char draw_id[] = "org.gesto.draw", loop_id[] = "org.gesto.loop",
            move_id[] = "org.gesto.move";
static char conf_key[] = "brush", conf_value[] = "ink";
static char loop_cautions[] = "sound free-expression", move_cautions[] = "movement";

typedef struct house {
  scratch s;
  archive *a;
  char juno[24];
  exercise_setting conf;
  exercise_entry entries[4];
  exercise_list list;
} house;

static int set_up(void **state) {
  static house h;
  char path[128], why[256];
  h = (house){.conf = {conf_key, conf_value}};
  *state = &h;
  h.entries[0] = (exercise_entry){
    .declared = draw_declared, .id = draw_id, .settings = &h.conf, .setting_count = 1};
  h.entries[1] =
    (exercise_entry){.declared = loop_declared, .id = loop_id, .cautions = loop_cautions};
  h.entries[2] =
    (exercise_entry){.declared = move_declared, .id = move_id, .cautions = move_cautions};
  h.entries[3] = (exercise_entry){.refused = conf_key};
  h.list = (exercise_list){h.entries, 4};
  if (scratch_make(&h.s)) return -1;
  snprintf(path, sizeof path, "%s/archive", h.s.path);
  if (archive_open(&h.a, path, true, why, sizeof why)) return -1;
  return client_make(h.a, "Juno", NULL, h.juno) == OK ? 0 : -1;
}

static int tear_down(void **state) {
  house *h = *state;
  archive_close(h->a);
  scratch_remove(&h->s);
  return 0;
}

static void open_room(house *h, client_room *r, const char *recipe) {
  json_t *changes = json_loads(recipe, 0, NULL);
  assert_int_equal(recipe_check(changes, NULL, 0), OK);
  assert_int_equal(client_note(h->a, h->juno, recipe_facts(NULL, changes)), OK);
  json_decref(changes);
  assert_int_equal(client_room_open(r, h->a, h->juno, NULL, ""), OK);
}

// The ids in their order, with a space after each.
static void offered(
  const client_room *r, const exercise_list *list, room_aside_fn *aside, char ids[256]) {
  size_t i;
  json_t *one, *all = client_room_exercises(r, list, aside, NULL);
  ids[0] = 0;
  json_array_foreach(all, i, one) {
    strncat(
      ids, json_string_value(json_object_get(one, "id")) + strlen("org.gesto."), 60);
    strncat(ids, " ", 2);
  }
  json_decref(all);
}

static bool loop_is_aside(const void *data, const exercise_entry *entry) {
  (void)data;
  return entry->id && strcmp(entry->id, loop_id) == 0;
}

static void which_exercises(void **state) {
  house *h = *state;
  client_room r = {0};
  char ids[256];
  open_room(h, &r, "{}");
  offered(&r, &h->list, NULL, ids);
  assert_string_equal(ids, "draw loop move ");
  offered(&r, &h->list, loop_is_aside, ids);
  assert_string_equal(ids, "draw move ");
  client_room_close(&r);
  open_room(h, &r,
    "{\"exercises\":[\"org.gesto.move\",\"org.gesto.elsewhere\",\"org.gesto.draw\"]}");
  offered(&r, &h->list, NULL, ids);
  assert_string_equal(ids, "move draw ");
  assert_false(client_room_offers(&r, &h->list, &h->entries[1]));
  client_room_close(&r);
  open_room(h, &r, "{\"leave_out\":[\"sound\",\"movement\"]}");
  offered(&r, &h->list, NULL, ids);
  assert_string_equal(ids, "draw "); // the order of before holds, too
  client_room_close(&r);
}

static json_t *control(const json_t *exercise, const char *name) {
  size_t i;
  json_t *one;
  json_array_foreach(json_object_get(exercise, "controls"), i, one) {
    if (strcmp(json_string_value(json_object_get(one, "key")), name) == 0) return one;
  }
  return NULL;
}

static double number(const json_t *object, const char *name) {
  return json_number_value(json_object_get(object, name));
}

static const char *setting(const exercise_entry *entry, const char *name) {
  for (uint32_t i = 0; i < entry->setting_count; i++)
    if (strcmp(entry->settings[i].key, name) == 0) return entry->settings[i].value;
  return "";
}

static void what_a_panel_offers(void **state) {
  house *h = *state;
  client_room r = {0};
  exercise_entry with;
  open_room(h, &r,
    "{\"panels\":{\"org.gesto.draw\":{\"only\":{\"brush\":[\"crayon\",\"chalk\","
    "\"pencil\"],"
    "\"colour\":[\"#3B5FA0\"],\"mirror\":[\"two\"]},\"hide\":[\"size\"],\"set\":{"
    "\"size\":"
    "\"900\",\"grid\":\"on\",\"paper\":\"grey\"}}}}");
  json_t *all = client_room_exercises(&r, &h->list, NULL, NULL);
  const json_t *draw = json_array_get(all, 0), *brush = control(draw, "brush");
  const json_t *choices = json_object_get(brush, "choices");
  assert_int_equal(json_array_size(choices), 2);
  assert_true(number(json_array_get(choices, 0), "value") == 0); // as the exercise has it
  assert_true(number(json_array_get(choices, 1), "value") == 3);
  assert_true(number(brush, "initial") == 3); // ink, from plugins.conf, is not offered
  assert_null(control(draw, "size"));
  assert_null(control(draw, "mirror")); // one choice is none
  assert_non_null(control(draw, "undo"));
  assert_true(number(control(draw, "grid"), "initial") == 1);
  const json_t *colours = json_object_get(control(draw, "colour"), "colours");
  assert_int_equal(json_integer_value(json_array_get(colours, 0)), 0x3B5FA0);
  assert_true(number(control(draw, "colour"), "initial") == 0x3B5FA0);
  json_decref(all);
  assert_int_equal(client_room_entry(&r, &h->entries[0], &with), OK);
  assert_string_equal(setting(&with, "brush"), "chalk");
  assert_string_equal(setting(&with, "paper"), "grey");
  assert_string_equal(setting(&with, "mirror"), "two");
  client_room_done(&with);
  assert_string_equal(h->conf.value, "ink"); // that of all others
  client_room_close(&r);
}

// Written where the exercise had other choices: rather all than none.
// What is put for one client is offered to that one.
static void a_picture_of_their_own(void **state) {
  house *h = *state;
  char declared[] =
    "{\"id\":\"org.gesto.draw\",\"name\":\"Draw\",\"controls\":["
    "{\"key\":\"under\",\"kind\":\"choice\",\"initial\":0,\"choices\":["
    "{\"key\":\"nothing\"},{\"key\":\"own-picture\"},{\"key\":\"tree\"}]}]}";
  h->entries[0].declared = declared;
  for (int there = 0; there < 2; there++) {
    client_room r;
    if (there) assert_int_equal(client_picture_put(h->a, h->juno, "png", 3), OK);
    assert_int_equal(client_room_open(&r, h->a, h->juno, NULL, ""), OK);
    json_t *all = client_room_exercises(&r, &h->list, NULL, NULL);
    json_t *controls = json_object_get(json_array_get(all, 0), "controls");
    json_t *choices = json_object_get(json_array_get(controls, 0), "choices");
    assert_int_equal(json_array_size(choices), 2 + there);
    json_t *last = json_array_get(choices, 1 + (size_t)there);
    assert_string_equal(json_string_value(json_object_get(last, "key")), "tree");
    assert_int_equal(json_integer_value(json_object_get(last, "value")), 2);
    json_decref(all);
    client_room_close(&r);
  }
  h->entries[0].declared = draw_declared;
}

static void another_version(void **state) {
  house *h = *state;
  client_room r = {0};
  open_room(h, &r,
    "{\"panels\":{\"org.gesto.draw\":{\"only\":{\"brush\":[\"crayon\"],\"colour\":["
    "\"red\"],"
    "\"gone\":[\"x\"]},\"hide\":[\"gone\"]}}}");
  json_t *all = client_room_exercises(&r, &h->list, NULL, NULL);
  const json_t *brush = control(json_array_get(all, 0), "brush");
  assert_int_equal(json_array_size(json_object_get(brush, "choices")), 4);
  assert_true(number(brush, "initial") == 2); // plugins.conf
  json_decref(all);
  client_room_close(&r);
}

static json_t *kept(house *h) {
  json_t *facts = NULL;
  assert_int_equal(client_facts(h->a, h->juno, &facts), OK);
  json_t *recipe = recipe_of_facts(facts);
  json_decref(facts);
  return recipe;
}

static void what_the_client_changes(void **state) {
  house *h = *state;
  client_room r = {0};
  char text[ROOM_TEXT_MOST];
  open_room(h, &r, "{\"minutes\":45}");
  assert_int_equal(
    client_room_change(&r, "{\"access\":{\"target\":96},\"language\":\"ar\"}"), OK);
  assert_int_equal(
    client_room_change(&r, "{\"minutes\":90}"), BAD_DATA); // not the client's
  assert_int_equal(client_room_change(&r, "{\"access\":{\"target\":[[1]]}}"), BAD_DATA);
  assert_int_equal(client_room_change(&r, "{"), BAD_DATA);
  json_t *recipe = kept(h);
  assert_true(json_equal(recipe, r.recipe));
  assert_true(number(recipe, "minutes") == 45);
  assert_true(number(json_object_get(recipe, "access"), "target") == 96);
  json_decref(recipe);
  // The next keeper of this session goes by what this one leaves, wishes and all.
  assert_true(client_room_write(&r, text));
  client_room_close(&r);
  const room_wish wish = {.minutes = 20, .language = "de"};
  assert_int_equal(client_room_open(&r, h->a, h->juno, &wish, text), OK);
  assert_true(number(r.recipe, "minutes") == 45);
  client_room_close(&r);
  assert_int_equal(client_room_open(&r, h->a, h->juno, &wish, "no json"), OK);
  assert_true(number(r.recipe, "minutes") == 20);
  json_t *words = client_room_words(&r);
  assert_string_equal(json_string_value(json_object_get(words, "called")), "Juno");
  assert_string_equal(json_string_value(json_object_get(words, "language")), "de");
  assert_true(number(words, "loudness") == 100);
  json_decref(words);
  client_room_close(&r);
  recipe = kept(h); // the wish was for that session
  assert_true(number(recipe, "minutes") == 45);
  json_decref(recipe);
}

static void of_a_guest_nothing_is_kept(void **state) {
  house *h = *state;
  client_room r = {0};
  char guest[24];
  json_t *facts = NULL;
  assert_int_equal(archive_client(h->a, NULL, guest), OK);
  assert_int_equal(client_room_open(&r, h->a, guest, NULL, ""), OK);
  assert_true(r.guest);
  assert_int_equal(client_room_change(&r, "{\"access\":{\"target\":96}}"), OK);
  assert_true(number(json_object_get(r.recipe, "access"), "target") == 96);
  client_room_close(&r);
  assert_int_equal(client_facts(h->a, guest, &facts), OK);
  assert_int_equal(json_object_size(facts), 1);
  json_decref(facts);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(which_exercises, set_up, tear_down),
    cmocka_unit_test_setup_teardown(what_a_panel_offers, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_picture_of_their_own, set_up, tear_down),
    cmocka_unit_test_setup_teardown(another_version, set_up, tear_down),
    cmocka_unit_test_setup_teardown(what_the_client_changes, set_up, tear_down),
    cmocka_unit_test_setup_teardown(of_a_guest_nothing_is_kept, set_up, tear_down)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
