// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// render_screens FOLDER [key=value…]: a picture (and with json=1 the tree) of every screen of
// the client's window in FOLDER, without a window. Keys that narrow it down: only=draw,
// theme=paper, words=150, language=ar, size=1280x800. Each may be given more than once;
// what is not given is 1280x800, paper, 100, en. all=1: every combination.
#include "core/ui/tree.h"
#include "tests/tools/screens.h"

enum { MANY = 8 };

typedef struct wishes {
  const char *folder, *only[MANY], *themes[MANY], *words[MANY], *languages[MANY],
    *sizes[MANY], *json[MANY], *all[MANY];
} wishes;

static bool put(const char *list[MANY], const char *value) {
  for (int i = 0; i < MANY; i++)
    if (!list[i]) {
      list[i] = value;
      return true;
    }
  return false;
}

static bool understand(wishes *w, char *word) {
  const struct {
    const char *key;
    const char **list;
  } keys[] = {{"only", w->only}, {"theme", w->themes}, {"words", w->words},
    {"language", w->languages}, {"size", w->sizes}, {"json", w->json}, {"all", w->all}};
  char *is = strchr(word, '=');
  if (!is) return false;
  for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
    if (strncmp(word, keys[i].key, (size_t)(is - word)) == 0 &&
      strlen(keys[i].key) == (size_t)(is - word))
      return put(keys[i].list, is + 1);
  return false;
}

static void fill(const char *list[MANY], const char *const *with) {
  for (int i = 0; !list[0] || (i > 0 && with[i]); i++) {
    if (!with[i]) return;
    list[i] = with[i];
  }
}

static void fill_up(wishes *w) {
  static const char *const themes[] = {"paper", "evening", "contrast", NULL};
  static const char *const words[] = {"100", "150", "200", NULL};
  static const char *const languages[] = {"en", "de", "ar", NULL};
  static const char *const sizes[] = {
    "1280x800", "1024x600", "1920x1080", "800x1280", NULL};
  const char *const *all[] = {themes, words, languages, sizes};
  const char **lists[] = {w->themes, w->words, w->languages, w->sizes};
  for (int i = 0; i < 4; i++) {
    const char *const first[] = {all[i][0], NULL};
    fill(lists[i], w->all[0] ? all[i] : first);
  }
}

static bool save_picture(stage *s, const char *path) {
  cairo_surface_t *frame = cairo_image_surface_create(
    CAIRO_FORMAT_RGB24, s->view.dirty.width, s->view.dirty.height);
  dirty_add_all(&s->view.dirty);
  view_paint(&s->view, frame);
  const bool done = cairo_surface_write_to_png(frame, path) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy(frame);
  return done;
}

static bool save_tree(stage *s, const char *path) {
  char *tree = tree_json(&s->view);
  FILE *out = tree ? fopen(path, "w") : NULL;
  bool done = out && fputs(tree, out) >= 0;
  if (out && fclose(out) != 0) done = false;
  free(tree);
  return done;
}

static bool save(stage *s, const wishes *w, const sight *how, const screen *one) {
  char path[4096];
  const int n = snprintf(path, sizeof path, "%s/%s-%dx%d-%s-%d-%s", w->folder, one->name,
    how->width, how->height, theme_of(how->look)->name, how->words, how->language);
  if (n < 0 || (size_t)n + 6 > sizeof path) return false;
  snprintf(path + n, sizeof path - (size_t)n, ".png");
  bool done = save_picture(s, path);
  snprintf(path + n, sizeof path - (size_t)n, ".json");
  if (done && w->json[0]) done = save_tree(s, path);
  if (!done) fprintf(stderr, "render_screens: %s could not be written.\n", path);
  return done;
}

static bool wanted(const wishes *w, const screen *one) {
  if (!w->only[0]) return true;
  for (int i = 0; i < MANY && w->only[i]; i++)
    if (strcmp(w->only[i], one->name) == 0) return true;
  return false;
}

static bool render(const wishes *w, const sight *how) {
  static stage s;
  bool done = screens_open(&s, how);
  if (!done) fputs("render_screens: please build Gesto first: make\n", stderr);
  for (int i = 0; done && i < SCREENS; i++) {
    if (!wanted(w, &screens[i])) continue;
    screens_go(&s, &screens[i]);
    done = save(&s, w, how, &screens[i]);
  }
  stage_finish(&s);
  return done;
}

static theme_name theme_called(const char *name) {
  for (theme_name t = THEME_PAPER; t < THEME_COUNT; t++)
    if (strcmp(theme_of(t)->name, name) == 0) return t;
  return THEME_PAPER;
}

static bool render_all(const wishes *w) {
  for (int z = 0; z < MANY && w->sizes[z]; z++)
    for (int t = 0; t < MANY && w->themes[t]; t++)
      for (int p = 0; p < MANY && w->words[p]; p++)
        for (int l = 0; l < MANY && w->languages[l]; l++) {
          sight how = {.look = theme_called(w->themes[t]),
            .words = atoi(w->words[p]),
            .language = w->languages[l]};
          if (sscanf(w->sizes[z], "%dx%d", &how.width, &how.height) != 2) return false;
          if (!render(w, &how)) return false;
        }
  return true;
}

int main(int argc, char **argv) {
  wishes w = {.folder = argc > 1 ? argv[1] : NULL};
  bool good = w.folder && screens_begin();
  for (int i = 2; i < argc && good; i++) good = understand(&w, argv[i]);
  if (!good) {
    fputs(
      "Usage: render_screens FOLDER [only=|theme=|words=|language=|size=|json=|all=]\n",
      stderr);
    return 2;
  }
  fill_up(&w);
  return render_all(&w) ? 0 : 1;
}
