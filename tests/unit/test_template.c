// SPDX-License-Identifier: GPL-3.0-or-later
// The exercise that every new one starts from: it breathes at the pace that was set, and what
// it saved it takes up again.
#include "exercise_host.h"

static double width_at(test_host *h, double seconds) { // of the circle, in pixels
  host_run_to(h, seconds);
  cairo_surface_t *s = host_draw(h, 400, 300, 0);
  const uint32_t *row = (const uint32_t *)(void *)(cairo_image_surface_get_data(s) +
    150 * cairo_image_surface_get_stride(s));
  uint32_t count = 0;
  for (uint32_t x = 0; x < 400; x++) count += (row[x] & 0xFFFFFF) == 0x44633A;
  cairo_surface_destroy(s);
  return count;
}

static void breathes_at_its_pace(void **state) {
  (void)state;
  test_host *h = host_start("template", NULL);
  host_set(h, "pace", 6);
  double small = width_at(h, 0.1), large = width_at(h, 5), again = width_at(h, 10.05);
  assert_true(large > 2 * small); // grown after 5 s, back after 10
  assert_true(fabs(again - small) < 8);
  host_set(h, "pace", 12);
  double soon = width_at(h, 12.5);
  assert_true(fabs(soon - large) < 8);
  host_end(h);
}

static void takes_up_what_it_saved(void **state) {
  (void)state;
  test_host *h = host_start("template", NULL);
  host_set(h, "pace", 9.5);
  host_run_to(h, 3);
  host_save(h, true);
  test_host *again = host_start("template", h);
  host_save(again, true);
  assert_int_equal(again->state_size, h->state_size);
  assert_memory_equal(again->state, h->state, h->state_size);
  host_end(again);
  host_end(h);
}

static void damaged_states_change_nothing(void **state) {
  (void)state;
  test_host *h = host_start("template", NULL), *other = host_start("template", NULL);
  host_run_to(h, 3);
  host_save(h, true);
  size_t whole = h->state_size;
  host_save(other, true);
  char fresh[64];
  memcpy(fresh, other->state, whole);
  other->state = realloc(other->state, whole + 1);
  memcpy(other->state, h->state, whole);
  for (size_t cut = 0; cut <= whole + 1; cut++) {
    if (cut == whole) continue;
    other->state_size = cut;
    assert_int_equal(host_load(other, other->self), GESTO_BAD_DATA);
  }
  const double bad[] = {NAN, INFINITY, -1, 1e300};
  for (size_t i = 0; i < 8; i++) {
    memcpy(other->state, h->state, whole);
    memcpy(other->state + i / 4 * sizeof(double), &bad[i % 4], sizeof(double));
    other->state_size = whole;
    assert_int_equal(host_load(other, other->self), GESTO_BAD_DATA);
  }
  host_save(other, true);
  assert_memory_equal(other->state, fresh, whole);
  host_end(other);
  host_end(h);
}

static void stays_an_example(void **state) {
  (void)state;
  char path[600], self[400] = {0}, line[400];
  assert_true(readlink("/proc/self/exe", self, sizeof self - 1) > 0);
  uint32_t lines = 0;
  FILE *f = NULL;
  for (uint32_t up = 0; up < 5 && !f; up++) { // from wherever it was built
    *strrchr(self, '/') = 0;
    snprintf(path, sizeof path, "%s/plugins/template/template.c", self);
    f = fopen(path, "r");
  }
  if (!f) skip();
  while (fgets(line, sizeof line, f)) lines++;
  fclose(f);
  assert_in_range(lines, 1, 100);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(breathes_at_its_pace),
    cmocka_unit_test(takes_up_what_it_saved),
    cmocka_unit_test(damaged_states_change_nothing),
    cmocka_unit_test(stays_an_example),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
