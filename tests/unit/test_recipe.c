// SPDX-License-Identifier: GPL-3.0-or-later
// A client's room: what may stand in it, its way into facts and back, two rooms that write
// apart from each other; and clients by name.
#include "core/record/catalogue.h"
#include "core/record/client.h"
#include "core/record/facts.h"
#include "core/record/recipe.h"
#include "core/record/recipe_access.h"
#include "tests/unit/session_hand.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

typedef struct room {
  scratch s;
  char path[128];
  archive *a;
} room;

static int set_up(void **state) {
  static room r;
  char why[256];
  r = (room){0};
  *state = &r;
  if (scratch_make(&r.s)) return -1;
  snprintf(r.path, sizeof r.path, "%s/archive", r.s.path);
  return archive_open(&r.a, r.path, true, why, sizeof why) == OK ? 0 : -1;
}

static int tear_down(void **state) {
  room *r = *state;
  archive_close(r->a);
  scratch_remove(&r->s);
  return 0;
}

static json_t *parse(const char *text) {
  json_t *value = json_loads(text, 0, NULL);
  if (!value) fail_msg("no JSON: %s", text);
  return value;
}

static const char full[] =
  "{\"exercises\":[\"org.gesto.move\",\"org.gesto.draw\"],\"leave_out\":[\"inner-focus\"]"
  ","
  "\"panels\":{\"org.gesto.draw\":{\"only\":{\"brush\":[\"chalk\",\"pencil\"],\"colour\":"
  "[\"#22302F\"]},\"hide\":[\"mirror\"],\"set\":{\"size\":\"200\"}}},\"loudness\":60,"
  "\"minutes\":45,\"language\":\"de\",\"goals\":[\"To sleep "
  "again\",\"\xd9\x86\xd9\x88\xd9"
  "\x85\"],\"access\":{\"text_percent\":150,\"spoken_labels\":true,\"switches\":"
  "[\"key:44\"]}}";

static void it_comes_back_from_facts(void **state) {
  char why[256] = "";
  json_t *recipe = NULL;
  (void)state;
  assert_int_equal(recipe_read(full, sizeof full - 1, &recipe, why, sizeof why), OK);
  json_t *facts = recipe_facts(NULL, recipe);
  assert_non_null(json_object_get(facts, "panels.org.gesto.draw"));
  assert_int_equal(
    json_integer_value(json_object_get(facts, "access.text_percent")), 150);
  assert_null(json_object_get(facts, "access"));
  json_object_set_new(facts, "alias", json_string("Juno")); // is none of it
  json_t *again = recipe_of_facts(facts);
  assert_true(json_equal(recipe, again));
  json_t *nothing = recipe_facts(again, recipe);
  assert_int_equal(json_object_size(nothing), 0);
  json_decref(nothing);
  json_decref(again);
  json_decref(facts);
  json_decref(recipe);
}

typedef struct bad {
  const char *text, *names; // what the sentence must name
} bad;

static void what_does_not_fit_is_named(void **state) {
  static const bad all[] = {{"[]", "object"}, {"{", "JSON"},
    {"{\"minutes\":4}", "minutes"}, {"{\"minutes\":\"45\"}", "minutes"},
    {"{\"loudness\":101}", "loudness"}, {"{\"loudness\":0}", "loudness"},
    {"{\"language\":\"German language\"}", "language"},
    {"{\"goals\":[\"1\",\"2\",\"3\",\"4\"]}", "goals"}, {"{\"goals\":[\" \"]}", "goals"},
    {"{\"goals\":[\"a\\nb\"]}", "goals"}, {"{\"goals\":[\"a\",\"a\"]}", "goals"},
    {"{\"exercises\":[]}", "exercises"}, {"{\"exercises\":[\"a b\"]}", "exercises"},
    {"{\"leave_out\":[\"Inner\"]}", "leave_out"}, {"{\"tools\":[]}", "tools"},
    {"{\"panels\":{\"x\":{\"only\":{\"brush\":[]}}}}", "only"},
    {"{\"panels\":{\"x\":{\"hide\":[\"undo\"]}}}", "hide"},
    {"{\"panels\":{\"x\":{\"set\":{\"a\":1}}}}", "set"},
    {"{\"panels\":{\"x\":{\"tools\":[]}}}", "tools"},
    {"{\"panels\":{\"x y\":{}}}", "x y"}, {"{\"panels\":{\"x y\":null}}", "x y"},
    {"{\"access\":{\"Text\":1}}", "Text"}, {"{\"access\":{\"text\":{}}}", "text"},
    {"{\"minutes\":45,\"minutes\":45}", "JSON"}};
  (void)state;
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    char why[512] = "";
    json_t *recipe = NULL;
    const result r =
      recipe_read(all[i].text, strlen(all[i].text), &recipe, why, sizeof why);
    if (r == OK || !strstr(why, all[i].names)) fail_msg("%s: \"%s\"", all[i].text, why);
    assert_null(recipe);
  }
}

// Whoever writes it by hand is told; what is kept may be of a later version.
static void what_access_may_be(void **state) {
  static const bad all[] = {{"{\"theme\":\"pink\"}", "\"paper\", \"evening\""},
    {"{\"theme\":\"paper\\\", \\\"evening\"}", "theme"}, {"{\"theme\":1}", "theme"},
    {"{\"text_scale\":1.5}", "no \"text_scale\""},
    {"{\"text_scale\":1}", "volume, and switches."},
    {"{\"text_percent\":\"150\"}", "from 100 to 200"},
    {"{\"text_percent\":300}", "text_percent"}, {"{\"volume\":-1}", "from 0 to 1000"},
    {"{\"muted\":1}", "true or false"}, {"{\"switches\":\"key:4\"}", "switches"},
    {"{\"switches\":[\"foot:1\"]}", "switches"},
    {"{\"switches\":[\"key:\"]}", "switches"},
    {"{\"switches\":[\"\",\"\",\"\"]}", "switches"}};
  (void)state;
  char why[512] = "";
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    json_t *access = parse(all[i].text);
    const result r = recipe_access_check(access, why, sizeof why);
    if (r != BAD_DATA || !strstr(why, all[i].names))
      fail_msg("%s: \"%s\"", all[i].text, why);
    json_decref(access);
  }
  json_t *whole = parse("{\"theme\":\"evening\",\"pace\":null,\"text_percent\":150,"
                        "\"muted\":false,\"switches\":[\"key:44\",\"\"]}");
  assert_int_equal(recipe_access_check(whole, why, sizeof why), OK);
  assert_int_equal(recipe_access_check(NULL, why, sizeof why), OK);
  json_decref(whole);
}

static void null_means_as_usual(void **state) {
  (void)state;
  json_t *now = parse(full);
  json_t *changes = parse("{\"minutes\":null,\"panels\":{\"org.gesto.draw\":null},"
                          "\"access\":{\"text_percent\":null,\"target\":96}}");
  char why[256];
  assert_int_equal(recipe_check(changes, why, sizeof why), OK);
  json_t *after = recipe_apply(now, changes);
  assert_null(json_object_get(after, "minutes"));
  assert_null(json_object_get(after, "panels"));
  const json_t *access = json_object_get(after, "access");
  assert_null(json_object_get(access, "text_percent"));
  assert_int_equal(json_integer_value(json_object_get(access, "target")), 96);
  assert_true(json_is_true(json_object_get(access, "spoken_labels"))); // was not named
  json_decref(after);
  json_decref(changes);
  changes = parse("{\"access\":null}");
  after = recipe_apply(now, changes);
  assert_null(json_object_get(after, "access"));
  json_decref(after);
  json_decref(changes);
  json_decref(now);
}

static void strange_facts_harm_no_other(void **state) {
  (void)state;
  json_t *facts =
    parse("{\"minutes\":3,\"access.Text\":1,\"access.target\":96,\"access\":"
          "{\"pace\":1},\"panels.x\":{\"only\":3},\"goals\":[\"One\"]}");
  char name[32];
  for (int i = 0; i < 60; i++) {
    snprintf(name, sizeof name, "access.later_%d", i);
    json_object_set_new(facts, name, json_integer(i));
  }
  json_t *recipe = recipe_of_facts(facts);
  assert_int_equal(recipe_check(recipe, NULL, 0), OK);
  assert_null(json_object_get(recipe, "minutes"));
  assert_null(json_object_get(recipe, "panels"));
  assert_int_equal(json_array_size(json_object_get(recipe, "goals")), 1);
  const json_t *access = json_object_get(recipe, "access");
  assert_int_equal(json_integer_value(json_object_get(access, "target")), 96);
  assert_null(json_object_get(access, "pace"));
  json_decref(recipe);
  json_decref(facts);
}

static void order_and_cautions(void **state) {
  (void)state;
  json_t *recipe = parse(full);
  json_t *cautions = parse("[\"movement\",\"inner-focus\"]");
  json_t *others = parse("[\"sound\"]");
  assert_true(recipe_leaves_out(recipe, cautions));
  assert_false(recipe_leaves_out(recipe, others));
  assert_false(recipe_leaves_out(NULL, cautions));
  assert_int_equal(recipe_place(recipe, "org.gesto.draw", 0), 1);
  assert_int_equal(recipe_place(recipe, "org.gesto.loop", 1), -1);
  assert_int_equal(recipe_place(NULL, "org.gesto.loop", 1), 1);
  json_decref(others);
  json_decref(cautions);
  json_decref(recipe);
}

// A file as a room of that number writes it, at that time.
static void write_about(room *r, const char *client, const char *room_hex,
  const char *time, const char *facts) {
  char folder[256], file[128];
  int dir = -1;
  snprintf(folder, sizeof folder, "%s/clients/%s/about", r->path, client);
  snprintf(file, sizeof file, "20261123T101502Z-%s-%.8s.json", room_hex, time + 11);
  json_t *whole = json_pack("{s:s,s:s,s:s,s:s,s:o}", "gesto", "about/1", "client", client,
    "written", time, "room", room_hex, "facts", parse(facts));
  assert_int_equal(io_open_dir(AT_FDCWD, folder, &dir), OK);
  assert_int_equal(facts_save(dir, file, whole), OK);
  json_decref(whole);
  io_close(dir);
}

static json_t *recipe_now(room *r, const char *client) {
  json_t *facts = NULL;
  assert_int_equal(client_facts(r->a, client, &facts), OK);
  json_t *recipe = recipe_of_facts(facts);
  json_decref(facts);
  return recipe;
}

// The sync engine brings files in any order; what was written last counts, member by member.
static void two_rooms_keep_both(void **state) {
  room *r = *state;
  char juno[24];
  assert_int_equal(client_make(r->a, "Juno", NULL, juno), OK);
  write_about(r, juno, "ffffffffffffffff", "2030-01-01T10:00:00.000000Z",
    "{\"minutes\":45,\"access.target\":96}");
  write_about(r, juno, "1111111111111111", "2030-01-01T10:00:01.000000Z",
    "{\"minutes\":30,\"access.theme\":\"evening\",\"panels.org.gesto.draw\":{\"hide\":"
    "[\"mirror\"]}}");
  write_about(r, juno, "1111111111111111", "2030-01-01T10:00:02.000000Z",
    "{\"panels.org.gesto.loop\":{\"set\":{\"tempo\":\"60\"}}}");
  write_about(r, juno, "ffffffffffffffff", "2029-12-31T10:00:03.000000Z",
    "{\"minutes\":90,\"language\":\"de\"}"); // older
  json_t *recipe = recipe_now(r, juno);
  json_t *wanted =
    parse("{\"minutes\":30,\"language\":\"de\",\"access\":{\"target\":96,"
          "\"theme\":\"evening\"},\"panels\":{\"org.gesto.draw\":{\"hide\":"
          "[\"mirror\"]},\"org.gesto.loop\":{\"set\":{\"tempo\":\"60\"}}}}");
  assert_true(json_equal(recipe, wanted));
  json_decref(wanted);
  json_decref(recipe);
}

static void clients_by_name(void **state) {
  room *r = *state;
  char juno[24], other[24], guest[24], group[24];
  char *list = NULL;
  assert_int_equal(client_make(r->a, "Juno", NULL, juno), OK);
  assert_int_equal(client_make(r->a, "Juno", NULL, other), EXISTS);
  assert_int_equal(client_make(r->a, " ", NULL, other), BAD_DATA);
  assert_int_equal(client_make(r->a, juno, NULL, other), BAD_DATA); // looks like an id
  assert_int_equal(client_find(r->a, "Juno", other), OK);
  assert_string_equal(other, juno);
  assert_int_equal(client_find(r->a, juno, other), OK);
  assert_int_equal(client_find(r->a, "", other), NOT_FOUND);
  assert_int_equal(client_find(r->a, "Nobody", other), NOT_FOUND);
  assert_int_equal(archive_client(r->a, NULL, guest), OK);
  assert_int_equal(client_name(r->a, guest, "Juno"), EXISTS);
  assert_int_equal(client_name(r->a, guest, "Ines"), OK);
  assert_int_equal(client_name(r->a, guest, "Ines"), OK); // nobody else is called so
  json_t *facts = NULL;
  assert_int_equal(client_facts(r->a, guest, &facts), OK);
  assert_string_equal(json_string_value(json_object_get(facts, "alias")), "Ines");
  assert_false(json_is_true(json_object_get(facts, "guest")));
  json_decref(facts);
  json_t *members = json_pack("[s,s]", juno, guest);
  assert_int_equal(client_make(r->a, "Tuesday group", members, group), OK);
  json_decref(members);
  assert_int_equal(client_facts(r->a, group, &facts), OK);
  assert_string_equal(json_string_value(json_object_get(facts, "kind")), "group");
  assert_int_equal(json_array_size(json_object_get(facts, "members")), 2);
  json_decref(facts);
  // Those who have no session yet are listed, too, and under their newest name.
  assert_int_equal(client_name(r->a, juno, "Juno M."), OK);
  assert_int_equal(catalogue_list_json(r->a, NULL, false, &list), OK);
  assert_non_null(strstr(list, "\"Juno M.\""));
  assert_non_null(strstr(list, "\"Ines\""));
  assert_null(strstr(list, "\"Juno\""));
  free(list);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(it_comes_back_from_facts),
    cmocka_unit_test(what_does_not_fit_is_named), cmocka_unit_test(null_means_as_usual),
    cmocka_unit_test(what_access_may_be), cmocka_unit_test(strange_facts_harm_no_other),
    cmocka_unit_test(order_and_cautions),
    cmocka_unit_test_setup_teardown(two_rooms_keep_both, set_up, tear_down),
    cmocka_unit_test_setup_teardown(clients_by_name, set_up, tear_down)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
