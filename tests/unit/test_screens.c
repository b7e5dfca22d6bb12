// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// Every screen of the client's window in three themes, three sizes of words, four windows and
// three languages (one of them written from the right): targets are large enough and keep
// apart, words are whole and have contrast, all lies in the window, focus reaches everything
// in reading order, Pause and Stop keep their corner, and no word of ours goes untranslated.
#include "core/ui/focus.h"
#include "tests/tools/screens.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

// ---- What was found ----------------------------------------------------------------------

typedef enum subject {
  SIZES,
  DISTANCES,
  WORDS,
  BOUNDS,
  LABELS,
  CONTRAST,
  FOCUS,
  CORNER,
  TRANSLATION,
  SUBJECTS
} subject;

enum { FINDINGS = 300 };

typedef struct finding {
  subject about;
  char what[200], where[160], detail[160];
  int times;
} finding;

typedef struct looking { // all that is known while one screen is looked at
  stage s;
  const sight *how;
  const screen *one;
  finding found[FINDINGS];
  int found_count, screens_seen;
  rect pause, stop; // of this sight; no width: not seen yet
} looking;

static looking all;

static void find(
  looking *l, subject about, const char *id, const char *what, const char *format, ...) {
  char name[200];
  snprintf(name, sizeof name, "%s %s", id, what);
  for (int i = 0; i < l->found_count; i++)
    if (l->found[i].about == about && strcmp(l->found[i].what, name) == 0) {
      l->found[i].times++;
      return;
    }
  if (l->found_count == FINDINGS) return;
  finding *f = &l->found[l->found_count++];
  *f = (finding){.about = about, .times = 1};
  snprintf(f->what, sizeof f->what, "%s", name);
  snprintf(f->where, sizeof f->where, "%s, %dx%d, %s, words %d, %s%s%s, targets %u",
    l->one->name, l->how->width, l->how->height, theme_of(l->how->look)->name,
    l->how->words, l->how->language, l->how->left ? ", left" : "",
    l->how->easy ? ", easy" : "", l->how->target);
  va_list more;
  va_start(more, format);
  vsnprintf(f->detail, sizeof f->detail, format, more);
  va_end(more);
}

static void none_found(subject about) {
  int count = 0;
  for (int i = 0; i < all.found_count; i++) {
    const finding *f = &all.found[i];
    if (f->about != about) continue;
    count++;
    print_message(
      "# %s %s (first: %s; %d times)\n", f->what, f->detail, f->where, f->times);
  }
  if (count > 0) fail_msg("%d kinds of things are not as they should be", count);
  assert_true(all.screens_seen > SCREENS);
}

// ---- Where things are --------------------------------------------------------------------

// What a scroll hides is reached by scrolling; it is looked at where it is laid out.
static const widget *scroll_of(const widget *w) {
  const widget *up = w->parent;
  while (up && up->sort->role != ROLE_SCROLL) up = up->parent;
  return up;
}

static bool related(const widget *a, const widget *b) {
  for (const widget *w = a; w; w = w->parent)
    if (w == b) return true;
  for (const widget *w = b; w; w = w->parent)
    if (w == a) return true;
  return false;
}

static const double SLACK = 0.5;

// Those that a client comes back to all the time, or that lead on.
static bool is_main(const widget *w) {
  static const char *const ids[] = {"pause", "stop", "finish", "carry-on", "back",
    "choose", "leave", "talk", "other", "continue", "skip", "done", "begin"};
  for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
    if (w->sort->role == ROLE_BUTTON && strcmp(w->id, ids[i]) == 0) return true;
  return w->sort->role == ROLE_CARD || strncmp(w->id, "control-brush-", 14) == 0;
}

static void look_size(looking *l, const widget *w) {
  const double least = fmax(is_main(w) ? 64 : 48, l->how->target);
  if (w->rect.w < least - 0.1 || w->rect.h < least - 0.1)
    find(l, SIZES, w->id, "is too small", "%.0f x %.0f instead of %.0f", w->rect.w,
      w->rect.h, least);
}

static void look_bounds(looking *l, const widget *w) {
  const rect r = w->rect;
  const view *v = &l->s.view;
  const widget *scroll = scroll_of(w);
  const rect in = scroll ? scroll->rect : (rect){0, 0, v->width, v->height};
  const bool sideways = r.x < in.x - SLACK || r.x + r.w > in.x + in.w + SLACK;
  const bool below = !scroll && (r.y < -SLACK || r.y + r.h > v->height + SLACK);
  if (sideways || below)
    find(l, BOUNDS, w->id, "lies outside", "%.0f %.0f, %.0f x %.0f in %.0f x %.0f", r.x,
      r.y, r.w, r.h, in.w, in.h);
  if (w->sort->role == ROLE_SCROLL && w->high > 0.5 && r.h < 120)
    find(l, BOUNDS, w->id, "scrolls in a slit", "%.0f high", r.h);
}

// The room that is between two, 0 where they overlap.
static double distance(rect a, rect b) {
  const double across = fmax(a.x - (b.x + b.w), b.x - (a.x + a.w));
  const double down = fmax(a.y - (b.y + b.h), b.y - (a.y + a.h));
  return fmax(0, fmax(across, down));
}

// What lies over the work, such as what the clock says, is meant to.
static bool lies_over(const widget *a, const widget *b) {
  return a->sort->role == ROLE_AREA && strncmp(b->id, "time-", 5) == 0;
}

// The parts of one segment touch each other: it has one edge round all.
static bool same_segment(const widget *a, const widget *b) {
  return a->parent == b->parent && a->parent->surface == SURFACE_GROUP;
}

static void look_distances(looking *l, widget *top) {
  for (widget *a = top; a; a = widget_after(top, a)) {
    if (!widget_can_focus(a)) continue;
    for (widget *b = widget_after(top, a); b; b = widget_after(top, b)) {
      if (!widget_can_focus(b) || related(a, b) || same_segment(a, b) || lies_over(a, b))
        continue;
      if (scroll_of(a) != scroll_of(b)) continue; // a scroll cuts what it holds
      const bool stop = strcmp(a->id, "stop") == 0 || strcmp(b->id, "stop") == 0;
      const double least = stop ? 12 : 8;
      const double is = distance(a->rect, b->rect);
      if (is < least - 0.1)
        find(l, DISTANCES, a->id, b->id, "%.1f apart instead of %.0f", is, least);
    }
  }
}

// ---- Words -------------------------------------------------------------------------------

static double inner_width(const widget *w) {
  return w->rect.w - w->box.pad_left - w->box.pad_right;
}

static void look_room(looking *l, widget *w) {
  const role r = w->sort->role;
  if (!w->sort->measure || w->first || r == ROLE_SCROLL) return;
  const double across = inner_width(w);
  const double down = w->rect.h - w->box.pad_top - w->box.pad_bottom;
  const extent need = w->sort->measure(w, &l->s.view, across);
  if (need.h > down + SLACK || need.w > across + 1.5)
    find(l, WORDS, w->id, "is cut", "needs %.0f x %.0f and has %.0f x %.0f", need.w,
      need.h, across, down);
}

static bool shows_words(const widget *w) {
  const role r = w->sort->role;
  return r == ROLE_TEXT || r == ROLE_BUTTON || r == ROLE_OPTION || r == ROLE_TOGGLE;
}

// The room that is left to a word beside what else is drawn.
static double word_room(const widget *w) {
  double room = inner_width(w) + 1.5;
  if (w->sort->role == ROLE_TOGGLE) room -= 64;
  if (w->icon && w->sort->role == ROLE_BUTTON) room -= w->icon_size;
  return room;
}

static text_style style_of(const widget *w) {
  if (w->sort->role == ROLE_OPTION || w->sort->role == ROLE_TOGGLE) return TEXT_LABEL;
  return w->style;
}

static void look_whole(looking *l, widget *w) {
  char words[1024];
  char *rest = NULL;
  if (!shows_words(w) || !w->sort->measure) return;
  const double shown = w->sort->measure(w, &l->s.view, 0).w;
  snprintf(words, sizeof words, "%s", w->label);
  for (char *word = strtok_r(words, " \n", &rest); word;
       word = strtok_r(NULL, " \n", &rest)) {
    const extent e =
      text_measure(l->s.view.text, (text_look){.style = style_of(w)}, word);
    if (e.w > shown) return; // it is spoken, not shown
    if (e.w > word_room(w))
      find(l, WORDS, w->id, "breaks a word", "%s: %.0f in %.0f", word, e.w, word_room(w));
  }
}

static void look_labels(looking *l, const widget *w) {
  if (w->sort->role != ROLE_BOX && !w->label[0])
    find(l, LABELS, w->id, "has no label", "%s", role_name(w->sort->role));
  if (!w->id[0]) find(l, LABELS, w->label, "has no id", " ");
}

static void look_contrast(looking *l, const widget *w) {
  if (!w->sort->colours) return;
  const widget_colours c = w->sort->colours(w, &l->s.view);
  const double words = theme_contrast(c.words, c.ground);
  if (words < 4.5)
    find(l, CONTRAST, w->id, "has words of little contrast", "%.1f", words);
  const bool edged = w->sort->focusable && w->sort->role != ROLE_CARD &&
    !widget_is(w, STATE_DISABLED) && c.edge != c.ground;
  const double edge = theme_contrast(c.edge, c.ground);
  if (edged && edge < 3)
    find(l, CONTRAST, w->id, "has an edge of little contrast", "%.1f", edge);
}

// ---- Every word in brackets --------------------------------------------------------------

static const char OPENED[] = "\u27e6";
static const char CLOSED[] = "\u27e7";

// Keys and languages have their names, and so has Gesto; a letter alone is a key.
static bool has_letters(const char *words) {
  static const char *const same[] = {"Gesto", "Esc", "English", "Deutsch"};
  for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
    if (strcmp(words, same[i]) == 0) return false;
  int letters = 0;
  for (; *words; words++)
    letters += (*words >= 'a' && *words <= 'z') || (*words >= 'A' && *words <= 'Z');
  return letters > 1;
}

// What stands outside of all brackets.
static void take_bare(const char *words, char *bare, size_t room) {
  size_t n = 0;
  int depth = 0;
  while (*words && n + 1 < room) {
    const bool open = strncmp(words, OPENED, 3) == 0;
    const bool close = strncmp(words, CLOSED, 3) == 0;
    depth += open - close;
    if (!open && !close && depth == 0) bare[n++] = *words;
    words += open || close ? 3 : 1;
  }
  bare[n] = 0;
}

static void look_translation(looking *l, const widget *w) {
  const char *const words[] = {w->label, w->detail ? w->detail : ""};
  char bare[1024];
  if (w->sort->role == ROLE_BOX) return;
  for (int i = 0; i < 2; i++) {
    take_bare(words[i], bare, sizeof bare);
    if (has_letters(bare)) find(l, TRANSLATION, w->id, "is not translated", "%s", bare);
  }
}

// ---- Focus and corner --------------------------------------------------------------------

// The one that comes after another stands below it or farther on, in the order of reading.
static bool goes_back(const view *v, rect from, rect to) {
  const double shared =
    fmin(from.y + from.h, to.y + to.h) - fmax(from.y, to.y); // of their heights
  if (shared > fmin(from.h, to.h) / 2) {
    const bool left = to.x + to.w <= from.x + 1;
    const bool right = from.x + from.w <= to.x + 1;
    return v->right_to_left ? right : left;
  }
  const bool above = to.y + to.h <= from.y + 1;
  const bool column = to.x < from.x + from.w && from.x < to.x + to.w;
  return above && column;
}

static bool stands_above(const widget *w) { return widget_is(w, STATE_ABOVE); }

static void look_order(looking *l, const widget *from, const widget *to) {
  if (scroll_of(from) != scroll_of(to) || stands_above(from) || stands_above(to)) return;
  if (strncmp(to->id, "time-", 5) == 0) return; // it came over what was there
  if (l->how->left) return; // a mirrored window keeps the order of its parts
  if (goes_back(&l->s.view, from->rect, to->rect))
    find(l, FOCUS, from->id, to->id, "goes back in reading");
}

static int count_targets(view *v) {
  widget *top = view_top(v);
  int count = 0;
  for (widget *w = top; w; w = widget_after(top, w)) count += widget_can_focus(w);
  for (widget *w = v->root; v->sheet && w; w = widget_after(v->root, w))
    count += stands_above(w) && widget_can_focus(w);
  return count;
}

static void look_focus(looking *l) {
  view *v = &l->s.view;
  const int count = count_targets(v);
  if (count == 0) return;
  focus_set(v, NULL);
  focus_step(v, false);
  const widget *first = v->focus;
  int reached = 0;
  do {
    const widget *from = v->focus;
    const rect r = from->rect;
    if (r.y + r.h > v->height + SLACK && r.h < v->height / 2)
      find(l, FOCUS, from->id, "has the focus out of sight", "at %.0f", r.y);
    reached++;
    focus_step(v, false);
    if (v->focus != first) look_order(l, from, v->focus);
  } while (v->focus != first && reached <= count);
  if (reached != count)
    find(l, FOCUS, "the focus", "does not reach all", "%d of %d", reached, count);
}

static void look_one_corner(looking *l, const char *id, rect *known) {
  const widget *w = widget_find(l->s.view.root, id);
  if (!w) return;
  if (known->w <= 0) *known = w->rect;
  if (memcmp(known, &w->rect, sizeof *known) != 0)
    find(l, CORNER, id, "moves", "from %.0f %.0f to %.0f %.0f", known->x, known->y,
      w->rect.x, w->rect.y);
}

// ---- Looking at all of it ----------------------------------------------------------------

static void look_at_widget(looking *l, widget *w) {
  if (w->sort->focusable) look_size(l, w);
  look_bounds(l, w);
  look_room(l, w);
  look_whole(l, w);
  look_labels(l, w);
  look_contrast(l, w);
}

static void look_at_screen(looking *l) {
  view *v = &l->s.view;
  screens_go(&l->s, l->one);
  l->screens_seen++;
  widget *const tops[] = {v->root, v->sheet, v->over};
  for (int i = 0; i < 3; i++) {
    widget *top = tops[i];
    if (!top) continue;
    for (widget *w = top; w; w = widget_after(top, w)) {
      if (!widget_shown(w)) continue;
      if (screens_bracketed)
        look_translation(l, w);
      else
        look_at_widget(l, w);
    }
    look_distances(l, top);
  }
  if (screens_bracketed) return;
  look_one_corner(l, "pause", &l->pause);
  look_one_corner(l, "stop", &l->stop);
  look_focus(l);
}

static bool look_from(looking *l, const sight *how) {
  l->how = how;
  l->pause = l->stop = (rect){0, 0, 0, 0};
  const bool opened = screens_open(&l->s, how);
  for (int i = 0; opened && i < SCREENS; i++) {
    l->one = &screens[i];
    look_at_screen(l);
  }
  stage_finish(&l->s);
  return opened;
}

#ifdef GESTO_SANITIZED
enum { SIGHTS_STEP = 7 }; // memory shows from a part of them
#else
enum { SIGHTS_STEP = 1 };
#endif

static int look_at_everything(void **state) {
  static const int32_t windows[][2] = {
    {1280, 800}, {1024, 600}, {1920, 1080}, {800, 1280}};
  static const int words[] = {100, 150, 200};
  static const char *const languages[] = {"en", "de", "ar"};
  (void)state;
  bool good = screens_begin();
  for (int i = 0; good && i < 4 * 3 * 3 * THEME_COUNT; i += SIGHTS_STEP) {
    const sight how = {.width = windows[i % 4][0],
      .height = windows[i % 4][1],
      .look = (theme_name)(i / 4 % 3),
      .words = words[i / 12 % 3],
      .language = languages[i / 36]};
    good = look_from(&all, &how);
  }
  static const sight others[] = {
    {.width = 1280, .height = 800, .words = 100, .language = "en", .left = true},
    {.width = 1024, .height = 600, .words = 150, .language = "ar", .left = true},
    {.width = 1280, .height = 800, .words = 100, .language = "en", .easy = true},
    {.width = 1024, .height = 600, .words = 150, .language = "de", .easy = true},
    {.width = 1280, .height = 800, .words = 100, .language = "de", .target = 80},
    {.width = 1280, .height = 800, .words = 130, .language = "en", .target = 96},
    {.width = 1920, .height = 1080, .words = 100, .language = "en", .target = 128},
    {.width = 3840, .height = 2160, .words = 100, .language = "en"}};
  for (size_t i = 0; good && i < sizeof others / sizeof others[0]; i++)
    good = look_from(&all, &others[i]);
  const sight bracketed = {.width = 1280, .height = 800, .words = 100, .language = "xx"};
  return good && look_from(&all, &bracketed) ? 0 : -1;
}

static void targets_are_large_enough(void **state) {
  (void)state;
  none_found(SIZES);
}

static void targets_keep_apart(void **state) {
  (void)state;
  none_found(DISTANCES);
}

static void words_are_whole(void **state) {
  (void)state;
  none_found(WORDS);
}

static void all_lies_in_the_window(void **state) {
  (void)state;
  none_found(BOUNDS);
}

static void everything_has_id_and_label(void **state) {
  (void)state;
  none_found(LABELS);
}

static void contrast_is_enough(void **state) {
  (void)state;
  none_found(CONTRAST);
}

static void focus_reaches_all_in_reading_order(void **state) {
  (void)state;
  none_found(FOCUS);
}

static void pause_and_stop_keep_their_corner(void **state) {
  (void)state;
  none_found(CORNER);
}

static void no_word_goes_untranslated(void **state) {
  (void)state;
  none_found(TRANSLATION);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(targets_are_large_enough),
    cmocka_unit_test(targets_keep_apart),
    cmocka_unit_test(words_are_whole),
    cmocka_unit_test(all_lies_in_the_window),
    cmocka_unit_test(everything_has_id_and_label),
    cmocka_unit_test(contrast_is_enough),
    cmocka_unit_test(focus_reaches_all_in_reading_order),
    cmocka_unit_test(pause_and_stop_keep_their_corner),
    cmocka_unit_test(no_word_goes_untranslated),
  };
  return cmocka_run_group_tests(tests, look_at_everything, NULL);
}
