// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light
// The dirty list, colours, icons, text measures, layout, focus and the single widgets.
#include "core/ui/dirty.h"
#include "core/ui/focus.h"
#include "core/ui/layout.h"
#include "core/ui/path.h"
#include "core/ui/tree.h"
#include "core/ui/widgets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void near_to(double a, double b) {
  if (a - b > 0.01 || b - a > 0.01) fail_msg("%g is not %g", a, b);
}

// ---- The dirty list ----------------------------------------------------------------------

static void dirty_holds_what_was_added(void **state) {
  (void)state;
  dirty d;
  dirty_resize(&d, 400, 300);
  assert_int_equal(d.count, 1);
  assert_true(dirty_covers(&d, 399, 299));
  dirty_clear(&d);
  uint32_t seed = 5;
  for (int n = 0; n < 200; n++) {
    seed = seed * 1664525u + 1013904223u;
    const dirty_rect r = {(int32_t)(seed >> 8) % 400, (int32_t)(seed >> 16) % 300, 9, 7};
    dirty_add(&d, r);
    assert_true(d.count <= DIRTY_MAX);
    if (r.x >= 0 && r.x < 400 && r.y >= 0 && r.y < 300)
      assert_true(dirty_covers(&d, r.x, r.y));
  }
}

static void dirty_cuts_and_joins(void **state) {
  (void)state;
  dirty d;
  dirty_resize(&d, 100, 100);
  dirty_clear(&d);
  dirty_add(&d, (dirty_rect){-50, -50, 20, 20});
  dirty_add(&d, (dirty_rect){0, 0, 0, 5});
  dirty_add(&d, (dirty_rect){2000000000, 0, 2000000000, 5});
  assert_int_equal(d.count, 0);
  dirty_add(&d, (dirty_rect){-10, -10, 20, 20});
  dirty_add(&d, (dirty_rect){10, 0, 10, 10});
  assert_int_equal(d.count, 1);
  assert_int_equal(d.rects[0].w, 20);
  assert_int_equal(d.rects[0].x, 0);
}

// ---- Colours and icons -------------------------------------------------------------------

static void themes_have_contrast(void **state) {
  (void)state;
  static const token words[] = {
    TOKEN_INK, TOKEN_INK_2, TOKEN_CLAY, TOKEN_SAGE, TOKEN_PRIMARY};
  static const token grounds[] = {TOKEN_PAPER, TOKEN_SURFACE, TOKEN_SUNKEN};
  for (theme_name n = 0; n < THEME_COUNT; n++) {
    const theme *t = theme_of(n);
    for (size_t g = 0; g < 3; g++) {
      const uint32_t ground = theme_colour(t, grounds[g]);
      for (size_t w = 0; w < 5; w++)
        assert_true(theme_contrast(theme_colour(t, words[w]), ground) >= 4.5);
      assert_true(theme_contrast(theme_colour(t, TOKEN_CONTROL), ground) >= 3);
      assert_true(theme_contrast(theme_colour(t, TOKEN_FOCUS), ground) >= 3);
    }
    assert_true(theme_contrast(theme_colour(t, TOKEN_ON_PRIMARY),
                  theme_colour(t, TOKEN_PRIMARY)) >= 4.5);
    for (token k = TOKEN_PRIMARY_SOFT; k < TOKEN_COUNT; k++)
      assert_true(theme_contrast(theme_colour(t, TOKEN_INK), theme_colour(t, k)) >= 4.5);
  }
  near_to(theme_contrast(0, 0xFFFFFF), 21);
  near_to(theme_contrast(0x22302F, 0xF5F1E8), 12.16);
}

static bool leaves_ink(const icon *i) {
  cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_A8, 24, 24);
  cairo_t *cr = cairo_create(s);
  const bool whole = icon_draw(i, cr, 0, 0, 24, 1.75, 0);
  cairo_destroy(cr);
  cairo_surface_flush(s);
  const unsigned char *p = cairo_image_surface_get_data(s);
  long sum = 0;
  for (int k = 0; k < 24 * cairo_image_surface_get_stride(s); k++) sum += p[k];
  cairo_surface_destroy(s);
  return whole && sum > 1000;
}

static void icons_can_all_be_drawn(void **state) {
  (void)state;
  assert_true(icon_count() > 40);
  for (size_t k = 0; k < icon_count(); k++) {
    if (!leaves_ink(icon_find(icon_name(k)))) fail_msg("icon %s", icon_name(k));
    if (k) assert_true(strcmp(icon_name(k - 1), icon_name(k)) < 0);
  }
  assert_ptr_equal(icon_find("eraser"), icon_find("rubber"));
  assert_null(icon_find("no-such-icon"));
}

static rect path_box(const char *data, bool well) {
  cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_A8, 10, 10);
  cairo_t *cr = cairo_create(s);
  assert_int_equal(path_add(cr, data), well);
  double x1 = 0;
  double y1 = 0;
  double x2 = 0;
  double y2 = 0;
  cairo_path_extents(cr, &x1, &y1, &x2, &y2);
  cairo_destroy(cr);
  cairo_surface_destroy(s);
  return (rect){x1, y1, x2 - x1, y2 - y1};
}

static void paths_are_read(void **state) {
  (void)state;
  const rect square = path_box("M2 3h4v5H2z", true);
  near_to(square.x, 2);
  near_to(square.h, 5);
  const rect disc = path_box("M-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z", true);
  near_to(disc.w, 6);
  near_to(disc.h, 6);
  const rect packed = path_box("m1 1c0-1 1-1 1 0s1 1 1 0l.5.5-.5-.5", true);
  near_to(packed.x, 1);
  path_box("M1 1 Q2 2 3 3", false);
  path_box("M1", false);
  path_box("M0 0 A1 1 0 2 0 3 3", false);
  path_box("M0 0z5", false);
}

// ---- Layout ------------------------------------------------------------------------------

static widget *block(widget *parent, const char *id, double w, double h) {
  return gap_create(parent, id, w, h);
}

static void layout_rows_share_what_is_left(void **state) {
  view v;
  (void)state;
  view_init(&v, 600, 400, 1);
  widget *row = row_create(NULL, "row", 10);
  widget_pad(row, 20, 5);
  widget *a = block(row, "a", 100, 40);
  widget *b = spacer_create(row, "b");
  widget *c = block(row, "c", 60, 20);
  layout_place(row, &v, (rect){0, 0, 600, 50});
  near_to(a->rect.x, 20);
  near_to(b->rect.w, 600 - 40 - 160 - 20);
  near_to(c->rect.x + c->rect.w, 580);
  near_to(c->rect.y, 15); // in the middle
  widget_destroy(row);
  view_finish(&v);
}

static void layout_grids_and_lines(void **state) {
  view v;
  (void)state;
  view_init(&v, 600, 400, 1);
  widget *grid = grid_create(NULL, "grid", 2, 10);
  for (int i = 0; i < 3; i++) block(grid, "cell", 0, 30);
  layout_place(grid, &v, (rect){0, 0, 210, 200});
  near_to(grid->first->rect.w, 100);
  near_to(grid->last->rect.y, 40);
  widget *lines = wrap_create(NULL, "lines", 10);
  for (int i = 0; i < 5; i++) block(lines, "item", 60, 30);
  near_to(layout_measure(lines, &v, 210).h, 70);
  near_to(layout_measure(lines, &v, 0).w, 340);
  widget_set_state(lines->first, STATE_HIDDEN, true);
  near_to(layout_measure(lines, &v, 0).w, 270);
  widget_destroy(lines);
  widget_destroy(grid);
  view_finish(&v);
}

static void text_wraps_and_grows(void **state) {
  view v;
  (void)state;
  view_init(&v, 600, 400, 1);
  widget *w = label_create(NULL, "l", TEXT_BODY, "Choose any. You can change your mind.");
  const extent one = layout_measure(w, &v, 0);
  const extent two = layout_measure(w, &v, one.w / 2);
  assert_true(two.h > one.h * 1.8);
  assert_true(two.w <= one.w / 2 + 1);
  view_set_look(&v, THEME_PAPER, 1, 2);
  assert_true(layout_measure(w, &v, 0).w > one.w * 1.9);
  widget_set_label(w,
    "\u0645\u0631\u062d\u0628\u0627 \u4f60\u597d \u041f\u0440\u0438\u0432\u0435\u0442");
  assert_true(layout_measure(w, &v, 0).w > 50);
  widget_destroy(w);
  view_finish(&v);
}

// ---- Focus, pointers, keys ---------------------------------------------------------------

typedef struct count {
  int chosen, changed;
} count;

static void on_chosen(void *data, widget *w) {
  (void)w;
  ((count *)data)->chosen++;
}

static void on_changed(void *data, widget *w) {
  (void)w;
  ((count *)data)->changed++;
}

static widget *page_of_buttons(view *v, count *c) {
  widget *page = grid_create(NULL, "page", 2, 10);
  const char *const names[] = {"One", "Two", "Three", "Four"};
  for (int i = 0; i < 4; i++) {
    widget *b = button_create(page, names[i], NULL, names[i], BUTTON_PLAIN);
    b->chosen = on_chosen;
    b->data = c;
  }
  view_show(v, page, NULL);
  view_place(v);
  return page;
}

static void focus_goes_in_reading_order(void **state) {
  view v;
  count c = {0};
  (void)state;
  view_init(&v, 600, 400, 1);
  widget *page = page_of_buttons(&v, &c);
  widget_set_state(widget_find(page, "Two"), STATE_DISABLED, true);
  view_press(&v, KEY_TAB, 0);
  assert_string_equal(v.focus->id, "One");
  assert_true(v.focus_shown);
  view_press(&v, KEY_TAB, 0);
  assert_string_equal(v.focus->id, "Three");
  view_press(&v, KEY_TAB, WITH_SHIFT);
  view_press(&v, KEY_TAB, WITH_SHIFT);
  assert_string_equal(v.focus->id, "Four");
  view_press(&v, KEY_LEFT, 0);
  assert_string_equal(v.focus->id, "Three");
  view_press(&v, KEY_UP, 0);
  assert_string_equal(v.focus->id, "One");
  view_press(&v, KEY_SPACE, 0);
  view_press(&v, KEY_ENTER, 0);
  assert_int_equal(c.chosen, 2);
  view_finish(&v);
}

static void sheets_hold_the_focus(void **state) {
  view v;
  count c = {0};
  (void)state;
  view_init(&v, 600, 400, 1);
  widget *page = page_of_buttons(&v, &c);
  widget_set_state(widget_find(page, "Four"), STATE_ABOVE, true);
  widget *sheet = sheet_create("sheet", "A sheet");
  button_create(sheet, "on", NULL, "Carry on", BUTTON_PRIMARY);
  view_show_sheet(&v, sheet, "on");
  assert_string_equal(v.focus->id, "on");
  view_press(&v, KEY_TAB, 0);
  assert_string_equal(v.focus->id, "Four"); // what stays in reach
  view_press(&v, KEY_TAB, 0);
  assert_string_equal(v.focus->id, "on");
  assert_null(view_at(&v, 10, 10)); // One is behind the sheet
  view_show_sheet(&v, NULL, NULL);
  assert_non_null(view_at(&v, 10, 10));
  view_finish(&v);
}

static void tap(view *v, double x, double y) {
  pointer p = {.phase = PHASE_DOWN, .source = 1, .x = x, .y = y};
  view_point(v, &p);
  p.phase = PHASE_UP;
  view_point(v, &p);
}

static void presses_need_both_ends_inside(void **state) {
  view v;
  count c = {0};
  (void)state;
  view_init(&v, 600, 400, 1);
  page_of_buttons(&v, &c);
  tap(&v, 10, 10);
  assert_int_equal(c.chosen, 1);
  pointer p = {.phase = PHASE_DOWN, .source = 1, .x = 10, .y = 10};
  view_point(&v, &p);
  p = (pointer){.phase = PHASE_UP, .source = 1, .x = 500, .y = 390};
  view_point(&v, &p);
  assert_int_equal(c.chosen, 1);
  p = (pointer){.phase = PHASE_DOWN, .source = 2, .x = 10, .y = 10};
  view_point(&v, &p);
  view_let_go(&v);
  p.phase = PHASE_UP;
  assert_false(view_point(&v, &p));
  assert_int_equal(c.chosen, 1);
  view_finish(&v);
}

static void segments_choose_one(void **state) {
  view v;
  count c = {0};
  (void)state;
  view_init(&v, 600, 400, 1);
  widget *page = column_create(NULL, "page", 0);
  widget *seg = segment_create(page, "s", "What happens to it");
  segment_add(seg, "keep", NULL, "Keep");
  segment_add(seg, "private", NULL, "Private");
  seg->changed = on_changed;
  seg->data = &c;
  view_show(&v, page, NULL);
  near_to(seg->value, -1); // nothing is preset
  view_press(&v, KEY_TAB, 0);
  view_press(&v, KEY_RIGHT, 0);
  view_press(&v, KEY_SPACE, 0);
  near_to(seg->value, 1);
  assert_true(widget_is(seg->last, STATE_SELECTED));
  assert_false(widget_is(seg->first, STATE_SELECTED));
  assert_int_equal(c.changed, 1);
  view_finish(&v);
}

static void sliders_start_empty(void **state) {
  view v;
  count c = {0};
  (void)state;
  view_init(&v, 600, 400, 1);
  widget *page = column_create(NULL, "page", 0);
  widget *w = slider_create(page, "s", "Tempo", 50, 120, 1);
  w->changed = on_changed;
  w->data = &c;
  view_show(&v, page, "s");
  assert_true(widget_is(w, STATE_EMPTY));
  view_press(&v, KEY_RIGHT, 0);
  assert_false(widget_is(w, STATE_EMPTY));
  assert_true(w->value > 85 && w->value < 95);
  view_press(&v, KEY_END, 0);
  view_press(&v, KEY_RIGHT, 0);
  near_to(w->value, 120);
  assert_int_equal(c.changed, 2);
  tap(&v, 0, 24);
  near_to(w->value, 50);
  tap(&v, 300, 24);
  near_to(w->value, 85);
  view_finish(&v);
}

static void fields_take_any_script(void **state) {
  view v;
  count c = {0};
  (void)state;
  view_init(&v, 600, 400, 1);
  widget *page = column_create(NULL, "page", 0);
  widget *w = field_create(page, "f", "Title", "A name");
  w->changed = on_changed;
  w->data = &c;
  view_show(&v, page, "f");
  view_type(&v, "S\u00e9\u4f60");
  view_press(&v, KEY_BACKSPACE, 0);
  view_press(&v, KEY_LEFT, 0);
  view_type(&v, "\u0434");
  assert_string_equal(field_text(w), "S\u0434\u00e9");
  view_press(&v, KEY_DELETE, 0);
  assert_string_equal(field_text(w), "S\u0434");
  field_set_preedit(&v, w, "ni");
  view_press(&v, KEY_BACKSPACE, 0); // the input method's own
  assert_string_equal(field_text(w), "S\u0434");
  view_type(&v, "\u4f60");
  assert_string_equal(field_text(w), "S\u0434\u4f60");
  const size_t before = strlen(field_text(w));
  char much[600];
  memset(much, 'x', sizeof much - 1);
  much[sizeof much - 1] = 0;
  view_type(&v, much);
  assert_int_equal(strlen(field_text(w)), before);
  assert_true(c.changed >= 4);
  view_finish(&v);
}

static void scrolls_follow_focus_and_finger(void **state) {
  view v;
  count c = {0};
  (void)state;
  view_init(&v, 300, 200, 1);
  widget *page = column_create(NULL, "page", 0);
  widget *scroll = scroll_create(page, "scroll", "List");
  widget *list = column_create(scroll, "list", 8);
  for (int i = 0; i < 10; i++) {
    char id[8];
    snprintf(id, sizeof id, "b%d", i);
    widget *b = button_create(list, id, NULL, id, BUTTON_PLAIN);
    b->chosen = on_chosen;
    b->data = &c;
  }
  view_show(&v, page, NULL);
  for (int i = 0; i < 10; i++) view_press(&v, KEY_TAB, 0);
  const rect last = v.focus->rect;
  assert_string_equal(v.focus->id, "b9");
  assert_true(last.y + last.h <= 200);
  view_press(&v, KEY_TAB, 0);
  assert_true(v.focus->rect.y >= 0);
  pointer p = {.phase = PHASE_DOWN, .source = 4, .x = 50, .y = 150};
  view_point(&v, &p);
  p.phase = PHASE_MOVE;
  for (int i = 0; i < 9; i++) {
    p.y = 150 - 10 * i;
    view_point(&v, &p);
  }
  p.phase = PHASE_UP;
  view_point(&v, &p);
  assert_true(scroll->value > 40);
  assert_int_equal(c.chosen, 0); // a slide chooses nothing
  view_finish(&v);
}

static void trees_are_json_without_typed_words(void **state) {
  view v;
  (void)state;
  view_init(&v, 300, 200, 1);
  widget *page = column_create(NULL, "page", 0);
  widget *w = field_create(page, "f", "A \"title\"", "hint");
  field_set_text(&v, w, "secret words");
  button_create(page, "b", NULL, "Finish", BUTTON_PRIMARY);
  view_show(&v, page, "b");
  char *json = tree_json(&v);
  assert_non_null(json);
  assert_non_null(strstr(json, "\"label\":\"A \\\"title\\\"\""));
  assert_non_null(strstr(json,
    "\"id\":\"b\",\"role\":\"button\",\"label\":\"Finish\",\"state\":[\"focused\""));
  assert_null(strstr(json, "secret"));
  assert_null(strstr(json, "\"page\"")); // boxes are passed over
  free(json);
  view_finish(&v);
}

static void painting_again_what_is_dirty_gives_the_whole(void **state) {
  view v;
  count c = {0};
  (void)state;
  view_init(&v, 400, 300, 1.25);
  page_of_buttons(&v, &c);
  cairo_surface_t *parts = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 400, 300);
  cairo_surface_t *whole = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 400, 300);
  view_paint(&v, parts);
  dirty_clear(&v.dirty);
  view_press(&v, KEY_TAB, 0);
  view_press(&v, KEY_DOWN, 0);
  assert_true(v.dirty.count > 0);
  assert_true(v.dirty.rects[0].w < 400 || v.dirty.rects[0].h < 300);
  view_paint(&v, parts);
  dirty_add_all(&v.dirty);
  view_paint(&v, whole);
  const int stride = cairo_image_surface_get_stride(whole);
  const unsigned char *a = cairo_image_surface_get_data(parts);
  const unsigned char *b = cairo_image_surface_get_data(whole);
  for (int y = 0; y < 300; y++)
    for (int x = 0; x < 1600; x++)
      if (x % 4 != 3) assert_int_equal(a[y * stride + x], b[y * stride + x]);
  cairo_surface_destroy(parts);
  cairo_surface_destroy(whole);
  view_finish(&v);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(dirty_holds_what_was_added),
    cmocka_unit_test(dirty_cuts_and_joins),
    cmocka_unit_test(themes_have_contrast),
    cmocka_unit_test(icons_can_all_be_drawn),
    cmocka_unit_test(paths_are_read),
    cmocka_unit_test(layout_rows_share_what_is_left),
    cmocka_unit_test(layout_grids_and_lines),
    cmocka_unit_test(text_wraps_and_grows),
    cmocka_unit_test(focus_goes_in_reading_order),
    cmocka_unit_test(sheets_hold_the_focus),
    cmocka_unit_test(presses_need_both_ends_inside),
    cmocka_unit_test(segments_choose_one),
    cmocka_unit_test(sliders_start_empty),
    cmocka_unit_test(fields_take_any_script),
    cmocka_unit_test(scrolls_follow_focus_and_finger),
    cmocka_unit_test(trees_are_json_without_typed_words),
    cmocka_unit_test(painting_again_what_is_dirty_gives_the_whole),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
