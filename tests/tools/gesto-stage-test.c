// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// gesto-stage with a door for tests: `--input FD` (or a FIFO's path in GESTO_TEST_INPUT).
// Each line is JSON. Those of a pen and of touch keep their pace; any other waits until all that
// the display has for the window, and all that the lines before it led to, has been taken in:
// what a script did before it asked has happened.
// Places are in layout pixels:
//   {"do":"touch","phase":"down|move|up","finger":1,"x":1,"y":1,"pressure":0.5}
//   {"do":"pen", … the same}          {"do":"key","key":"Escape","with":"shift"}
//   {"do":"stroke","points":[[ms,x,y], …]}: of a pen that says when it was where, whatever
//     time the window takes; it stays down until a "pen" goes up
//   {"do":"text","text":"Sea"}         {"do":"press","id":"finish"}: a tap on that widget
//   {"do":"tree","to":"PATH"}          {"do":"picture","to":"PATH.png"}
#include "core/api/gesto.h"
#include "core/base/clock.h"
#include "core/base/io.h"
#include "core/stage/door.h"
#include "core/stage/pages.h"
#include "core/stage/program.h"
#include "core/ui/events.h"
#include "core/ui/tree.h"

#include <fcntl.h>
#include <jansson.h>
#include <pthread.h>
#include <SDL_syswm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <X11/Xlib.h>

enum { LINES = 4096, TURNS = 400, PEN_SOURCE = 2 };

typedef struct door {
  uint32_t event; // one for each line that waits
  const doze *doze;
  int fd;
  pthread_t thread;
  FILE *in;
  char *line; // of the reader
  size_t room;
  SDL_SpinLock lock;
  char *lines[LINES]; // that wait, the oldest first
  size_t first, count;
  int turns;           // that the oldest has let others go before it
  uint64_t stroked_us; // when the last stroke's last point was
} door;

static door the_door = {.fd = -1};

static bool keep_line(char *line) {
  SDL_AtomicLock(&the_door.lock);
  const bool room = the_door.count < LINES;
  if (room) the_door.lines[(the_door.first + the_door.count++) % LINES] = line;
  SDL_AtomicUnlock(&the_door.lock);
  return room;
}

static const char *oldest_line(void) {
  SDL_AtomicLock(&the_door.lock);
  const char *line = the_door.count ? the_door.lines[the_door.first] : NULL;
  SDL_AtomicUnlock(&the_door.lock);
  return line;
}

static void drop_oldest(void) {
  SDL_AtomicLock(&the_door.lock);
  free(the_door.lines[the_door.first]);
  the_door.first = (the_door.first + 1) % LINES;
  the_door.count--;
  SDL_AtomicUnlock(&the_door.lock);
}

static void push_turn(void) {
  SDL_Event e = {.type = the_door.event};
  while (SDL_PushEvent(&e) < 0) SDL_Delay(1);
  doze_wake(the_door.doze);
}

static void *read_lines(void *data) {
  (void)data;
  the_door.in = fdopen(the_door.fd, "r");
  while (the_door.in && getline(&the_door.line, &the_door.room, the_door.in) > 0) {
    char *line = strdup(the_door.line);
    while (!keep_line(line)) SDL_Delay(1);
    push_turn();
  }
  return NULL;
}

bool door_open(stage *s, int argc, char **argv) {
  the_door.doze = s->bell.doze;
  const char *path = getenv("GESTO_TEST_INPUT");
  if (argc == 3 && strcmp(argv[1], "--input") == 0) the_door.fd = atoi(argv[2]);
  // Read and write, so that the end of one writer is not the end.
  else if (path && io_open(AT_FDCWD, path, O_RDWR, 0, &the_door.fd) != OK)
    return false;
  if (the_door.fd < 0) return argc == 1;
  the_door.event = SDL_RegisterEvents(1);
  return pthread_create(&the_door.thread, NULL, read_lines, NULL) == 0;
}

void door_close(void) {}

static const char *word(const json_t *o, const char *name) {
  const char *w = json_string_value(json_object_get(o, name));
  return w ? w : "";
}

static float number(const json_t *o, const char *name) {
  return (float)json_number_value(json_object_get(o, name));
}

static void touch(const stage *s, const json_t *o, bool pen) {
  const char *step = word(o, "phase");
  SDL_Event e = {.type = SDL_FINGERMOTION};
  if (strcmp(step, "down") == 0) e.type = SDL_FINGERDOWN;
  if (strcmp(step, "up") == 0) e.type = SDL_FINGERUP;
  e.tfinger.timestamp = SDL_GetTicks();
  e.tfinger.touchId = pen ? EVENTS_PEN_DEVICE : 1;
  e.tfinger.fingerId = (SDL_FingerID)json_integer_value(json_object_get(o, "finger"));
  e.tfinger.x = (float)((double)number(o, "x") / s->view.width);
  e.tfinger.y = (float)((double)number(o, "y") / s->view.height);
  e.tfinger.pressure = number(o, "pressure");
  SDL_PushEvent(&e);
}

// In one turn, and not before the stroke before it is over: nothing comes between.
static void stroke(stage *s, const json_t *points) {
  const uint64_t now = clock_now_us();
  const uint64_t begun = now > the_door.stroked_us ? now : the_door.stroked_us;
  for (size_t i = 0; i < json_array_size(points); i++) {
    const json_t *at = json_array_get(points, i);
    const uint64_t ms = (uint64_t)json_integer_value(json_array_get(at, 0));
    the_door.stroked_us = begun + ms * 1000;
    view_point(&s->view,
      &(pointer){.phase = i == 0 ? PHASE_DOWN : PHASE_MOVE,
        .source = PEN_SOURCE,
        .tool = GESTO_PEN,
        .x = json_number_value(json_array_get(at, 1)),
        .y = json_number_value(json_array_get(at, 2)),
        .pressure = 0.5,
        .time_us = the_door.stroked_us});
  }
}

static void press_key(const json_t *o) {
  SDL_Event e = {.type = SDL_KEYDOWN};
  e.key.timestamp = SDL_GetTicks();
  e.key.keysym.sym = SDL_GetKeyFromName(word(o, "key"));
  if (strstr(word(o, "with"), "shift")) e.key.keysym.mod |= KMOD_LSHIFT;
  if (strstr(word(o, "with"), "ctrl")) e.key.keysym.mod |= KMOD_LCTRL;
  SDL_PushEvent(&e);
  e.type = SDL_KEYUP;
  SDL_PushEvent(&e);
}

static void press_widget(stage *s, const char *id) {
  view_place(&s->view);
  const widget *w = s->view.sheet ? widget_find(s->view.sheet, id) : NULL;
  if (!w && s->view.root) w = widget_find(s->view.root, id);
  if (!w) {
    fprintf(stderr, "door: no widget is called %s\n", id);
    return;
  }
  json_t *o = json_pack("{ss si sf sf sf}", "phase", "down", "finger", 9, "x",
    w->rect.x + w->rect.w / 2, "y", w->rect.y + w->rect.h / 2, "pressure", 0.5);
  touch(s, o, false);
  json_object_set_new(o, "phase", json_string("up"));
  touch(s, o, false);
  json_decref(o);
}

static void type_text(const char *words) {
  SDL_Event e = {.type = SDL_TEXTINPUT};
  snprintf(e.text.text, sizeof e.text.text, "%s", words);
  SDL_PushEvent(&e);
}

// Written beside and renamed: whoever waits for the file finds all of it.
static void keep_tree(stage *s, const char *path) {
  char beside[512];
  char *tree = tree_json(&s->view);
  snprintf(beside, sizeof beside, "%s.new", path);
  FILE *out = fopen(beside, "w");
  if (out && tree) fputs(tree, out);
  if (out && fclose(out) == 0 && io_rename(AT_FDCWD, beside, AT_FDCWD, path) != OK)
    fprintf(stderr, "door: %s could not be written\n", path);
  free(tree);
}

static void keep_picture(stage *s, const char *path) {
  char beside[512];
  snprintf(beside, sizeof beside, "%s.new", path);
  cairo_surface_t *frame = cairo_image_surface_create(
    CAIRO_FORMAT_RGB24, s->view.dirty.width, s->view.dirty.height);
  dirty_add_all(&s->view.dirty);
  view_paint(&s->view, frame);
  if (cairo_surface_write_to_png(frame, beside) != CAIRO_STATUS_SUCCESS ||
    io_rename(AT_FDCWD, beside, AT_FDCWD, path) != OK)
    fprintf(stderr, "door: %s could not be written\n", path);
  cairo_surface_destroy(frame);
}

// What the display has for the window comes into SDL's queue, also what another program had it
// make a moment ago.
static void take_from_display(void) {
  SDL_SysWMinfo about;
  SDL_VERSION(&about.version);
  SDL_Window *w = SDL_GetWindowFromID(1);
  if (w && SDL_GetWindowWMInfo(w, &about) && about.subsystem == SDL_SYSWM_X11)
    XSync(about.info.x11.display, False);
  SDL_PumpEvents();
}

static bool others_wait(void) {
  return SDL_HasEvents(SDL_FIRSTEVENT, the_door.event - 1) ||
    SDL_HasEvents(the_door.event + 1, SDL_LASTEVENT);
}

static void obey(stage *s, const char *line) {
  json_t *o = json_loads(line, 0, NULL);
  const char *what = word(o, "do");
  if (strcmp(what, "touch") == 0)
    touch(s, o, false);
  else if (strcmp(what, "pen") == 0)
    touch(s, o, true);
  else if (strcmp(what, "stroke") == 0)
    stroke(s, json_object_get(o, "points"));
  else if (strcmp(what, "key") == 0)
    press_key(o);
  else if (strcmp(what, "text") == 0)
    type_text(word(o, "text"));
  else if (strcmp(what, "press") == 0)
    press_widget(s, word(o, "id"));
  else if (strcmp(what, "tree") == 0)
    keep_tree(s, word(o, "to"));
  else if (strcmp(what, "picture") == 0)
    keep_picture(s, word(o, "to"));
  else
    fprintf(stderr, "door: not understood: %s", line);
  json_decref(o);
}

// A hand has a pace of its own, and what it does stands in its own order.
static bool is_of_a_hand(const char *line) {
  return strstr(line, "\"pen\"") || strstr(line, "\"touch\"");
}

// Others go before a line, though not without end: an exercise that moves always has some.
static bool has_to_wait(const char *line) {
  if (is_of_a_hand(line)) return false;
  take_from_display();
  return others_wait() && ++the_door.turns < TURNS;
}

void door_event(stage *s, const SDL_Event *e) {
  if (the_door.fd < 0 || e->type != the_door.event) return;
  const char *line = oldest_line();
  if (!line) return;
  if (has_to_wait(line)) {
    push_turn();
    return;
  }
  the_door.turns = 0;
  obey(s, line);
  drop_oldest();
}

int main(int argc, char **argv) { return program_run(argc, argv); }
