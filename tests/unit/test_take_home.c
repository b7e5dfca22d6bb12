// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// Words on a command line, and the names of what a client takes home.
#include "core/keeper/options.h"
#include "core/keeper/take_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void assert_name(
  const char *title, const char *file, uint32_t again, const char *wanted) {
  char name[TAKE_HOME_NAME];
  take_home_name(title, file, again, name);
  assert_string_equal(name, wanted);
}

static void names_come_from_the_client(void **state) {
  (void)state;
  assert_name("Sea", "artwork.png", 0, "Sea.png");
  assert_name("Sea", "artwork.png", 1, "Sea 2.png");
  assert_name("Gr\xc3\xbc\xc3\x9f"
              "e, \xe6\xb5\xb7",
    "mix.flac", 0,
    "Gr\xc3\xbc\xc3\x9f"
    "e, \xe6\xb5\xb7.flac");
  assert_name(NULL, "loop-1.flac", 0, "loop-1.flac");
  assert_name("", "facts.json", 2, "facts 3.json");
}

static void names_fit_every_disk(void **state) {
  (void)state;
  assert_name("../../etc/passwd", "a.png", 0, "etc passwd.png");
  assert_name("-rf", "a.png", 0, "rf.png");
  assert_name(".hidden", "a.png", 0, "hidden.png");
  assert_name("end. . ", "a.png", 0, "end.png");
  assert_name("a\nb\tc", "a.png", 0, "a b c.png");
  assert_name("a:b*c?d\"e<f>g|h\\i", "a.png", 0, "a b c d e f g h i.png");
  const char turned[] = {'t', 'o', ' ', (char)0xe2, (char)0x80, (char)0xae, ' ', 'g', 0};
  assert_name(turned, "a.png", 0, "to     g.png");
  assert_name("broken \xff\xc3", "a.png", 0, "broken.png");
  assert_name("///", "a.png", 0, "a.png");
}

static void long_names_end_between_letters(void **state) {
  (void)state;
  char title[600] = "x";
  char name[TAKE_HOME_NAME];
  for (size_t i = 0; i < 250; i++) memcpy(title + 1 + i * 2, "\xc3\xa4", 3);
  take_home_name(title, "artwork.png", 7, name);
  const size_t words = strlen(name) - strlen(" 8.png");
  assert_string_equal(name + words, " 8.png");
  assert_true(words > 100 && words < 120);
  assert_int_equal(words % 2, 1); // the x and whole letters
}

// ---- Options ---------------------------------------------------------------------------

typedef struct given {
  const char *to, *words[2];
  bool json;
  int count;
} given;

static given take(int least, int most, int argc, const char **argv) {
  given g = {0};
  const option_rule rules[] = {{"--to", &g.to, NULL}, {"--json", NULL, &g.json}, {0}};
  g.count = options_take(argc, (char **)argv, rules, g.words, least, most);
  return g;
}

#define TAKE(least, most, ...) \
  take(least, most, \
    (int)(sizeof((const char *[]){"test", __VA_ARGS__}) / sizeof(char *)), \
    (const char *[]){"test", __VA_ARGS__, NULL})

static void words_and_options_may_mix(void **state) {
  (void)state;
  given g = TAKE(1, 2, "one", "--to", "there", "--json", "two");
  assert_int_equal(g.count, 2);
  assert_string_equal(g.to, "there");
  assert_true(g.json);
  assert_string_equal(g.words[1], "two");
  g = TAKE(1, 2, "--to=a=b", "one");
  assert_string_equal(g.to, "a=b");
  assert_false(g.json);
  g = TAKE(1, 2, "--", "--json");
  assert_string_equal(g.words[0], "--json");
  assert_false(g.json);
  g = TAKE(1, 1, "-");
  assert_string_equal(g.words[0], "-");
}

static void what_does_not_fit_is_refused(void **state) {
  (void)state;
  assert_int_equal(TAKE(1, 2, "--json").count, -1);
  assert_int_equal(TAKE(0, 1, "a", "b").count, -1);
  assert_int_equal(TAKE(0, 1, "--to").count, -1);
  assert_int_equal(TAKE(0, 1, "--json=1").count, -1);
  assert_int_equal(TAKE(0, 1, "--jso").count, -1);
  assert_int_equal(TAKE(0, 1, "--jsonn").count, -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(names_come_from_the_client),
    cmocka_unit_test(names_fit_every_disk),
    cmocka_unit_test(long_names_end_between_letters),
    cmocka_unit_test(words_and_options_may_mix),
    cmocka_unit_test(what_does_not_fit_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
