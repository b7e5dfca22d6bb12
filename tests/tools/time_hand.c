// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// A hand that draws with XTest in whatever window lies there, and looks at the frame buffer of
// an Xvfb (-fbdir, -nocursor) for what it drew: looking costs the X server nothing.
//   time_hand SCREEN start X Y          reads the time of exec (us) from its input, then waits:
//                                       when a window came, when one could draw at X, Y
//   time_hand SCREEN moves X Y W H N    N moves at 125 Hz along rows, each one looked for
//   time_hand SCREEN save X Y W H N     the same, with Ctrl+S after a third of them
//   time_hand SCREEN burst X Y W H S    S seconds at 1000 Hz, each eighth move looked for
// Prints lines `what milliseconds`; one of `lost N` counts the moves that left no mark.
#include "core/base/clock.h"
#include "tests/tools/screen.h"

#include <sched.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <X11/Xlib.h>

// A mark comes close by; where a line is smoothed it may stay somewhat further from a corner.
enum { ROW = 24, BOX = 2, STAYS_BOX = 6, SIDE = 2 * STAYS_BOX + 1 };
// As much of red, green and blue together is a mark.
enum { PAINTED = 60 };
enum { LOOK_US = 100, WARM = 25, GIVE_UP_US = 2500000, STAYS_US = 1000000 };
enum { MOVE_STEP = 20, MOVE_HZ = 125 };
enum { BURST_STEP = 3, BURST_HZ = 1000, BURST_EACH = 8, BURST_CLEAR = 60 };
enum { QUIET_US = 500000, START_PATIENCE_US = 60000000 };
enum { START_APART = 4, START_LOOK_US = 4000 };

typedef struct probe {
  int x, y;
  uint64_t sent, seen; // us; 0: not yet
  uint32_t before[SIDE][SIDE];
} probe;

typedef struct hand {
  Display *display;
  screen screen;
  int box; // half the side of what is looked at
} hand;

static void need(bool good, const char *what) {
  if (good) return;
  fprintf(stderr, "time_hand: %s\n", what);
  exit(1);
}

static double ms_of(uint64_t from, uint64_t to) {
  return ((double)to - (double)from) / 1e3;
}

// ---- The hand --------------------------------------------------------------------------

static void go_to(const hand *h, int x, int y) {
  XTestFakeMotionEvent(h->display, -1, x, y, 0);
  XFlush(h->display);
}

static void press(const hand *h, bool down) {
  XTestFakeButtonEvent(h->display, 1, down, 0);
  XFlush(h->display);
}

static void press_key(const hand *h, KeySym with, KeySym key) {
  const KeySym keys[2] = {with, key};
  for (int i = 0; i < 2; i++)
    XTestFakeKeyEvent(h->display, XKeysymToKeycode(h->display, keys[i]), True, 0);
  for (int i = 2; i-- > 0;)
    XTestFakeKeyEvent(h->display, XKeysymToKeycode(h->display, keys[i]), False, 0);
  XFlush(h->display);
}

// ---- The eye ---------------------------------------------------------------------------

static uint32_t pixel(const hand *h, int x, int y) {
  const screen *s = &h->screen;
  const volatile uint32_t *at = s->pixels + (size_t)y * s->stride + x;
  return *at & 0xFFFFFF;
}

static int difference(uint32_t a, uint32_t b) {
  int sum = 0;
  for (int shift = 0; shift < 24; shift += 8)
    sum += abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
  return sum;
}

static void remember(const hand *h, probe *p) {
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      p->before[y][x] = pixel(h, p->x + x - STAYS_BOX, p->y + y - STAYS_BOX);
}

static bool is_painted_within(const hand *h, const probe *p, int box) {
  for (int y = -box; y <= box; y++)
    for (int x = -box; x <= box; x++) {
      const uint32_t before = p->before[y + STAYS_BOX][x + STAYS_BOX];
      if (difference(pixel(h, p->x + x, p->y + y), before) > PAINTED) return true;
    }
  return false;
}

static bool is_painted(const hand *h, const probe *p) {
  return is_painted_within(h, p, h->box);
}

// Looks for those that were sent; returns the first that was neither seen nor given up.
static int look_for(const hand *h, probe *p, int first, int sent) {
  const uint64_t now = clock_now_us();
  for (int i = first; i < sent; i++)
    if (p[i].seen == 0 && is_painted(h, &p[i])) p[i].seen = clock_now_us();
  while (first < sent && (p[first].seen != 0 || now - p[first].sent > GIVE_UP_US))
    first++;
  return first;
}

// Of each `apart`-th row.
static uint32_t area_sum(const hand *h, uint32_t apart) {
  const screen *s = &h->screen;
  uint32_t sum = 0;
  for (uint32_t y = s->y; y < s->y + s->h; y += apart)
    for (uint32_t x = s->x; x < s->x + s->w; x++)
      sum = sum * 31 + pixel(h, (int)x, (int)y);
  return sum;
}

// ---- Moves one by one ------------------------------------------------------------------

// Rows of points so many pixels apart, there and back.
static void place(const hand *h, int i, int step, int *x, int *y) {
  const screen *s = &h->screen;
  const int each = ((int)s->w - 1) / step + 1, row = i / each, column = i % each;
  *x = (int)s->x + (row % 2 ? each - 1 - column : column) * step;
  *y = (int)s->y + row * ROW;
}

static bool has_room(const hand *h, int count, int step) {
  const int each = ((int)h->screen.w - 1) / step + 1;
  return count <= each * (((int)h->screen.h - 1) / ROW + 1);
}

static void set_down(const hand *h, int step) {
  int x, y;
  place(h, 0, step, &x, &y);
  go_to(h, x - 6, y);
  XSync(h->display, False);
  clock_sleep_us(300000);
  press(h, true);
  clock_sleep_us(50000);
}

static void report_moves(const hand *h, const probe *p, int count) {
  int lost = 0;
  for (int i = WARM; i < count; i++) {
    lost += !is_painted_within(h, &p[i], STAYS_BOX);
    if (p[i].seen != 0) printf("move %.3f\n", ms_of(p[i].sent, p[i].seen));
  }
  printf("lost %d\n", lost);
}

static void time_moves(hand *h, int moves, bool saving) {
  const int count = WARM + moves, save_at = WARM + moves / 3;
  probe *p = calloc((size_t)count, sizeof *p);
  need(p != NULL && has_room(h, count, MOVE_STEP), "so many moves have no room there");
  for (int i = 0; i < count; i++) place(h, i, MOVE_STEP, &p[i].x, &p[i].y);
  for (int i = 0; i < count; i++) remember(h, &p[i]);
  set_down(h, MOVE_STEP);
  const uint64_t begin = clock_now_us();
  for (int sent = 0, first = 0; first < count; clock_sleep_us(LOOK_US)) {
    const uint64_t due = begin + (uint64_t)sent * 1000000 / MOVE_HZ;
    if (sent < count && clock_now_us() >= due) {
      remember(h, &p[sent]);
      p[sent].sent = clock_now_us();
      go_to(h, p[sent].x, p[sent].y);
      if (saving && sent == save_at) {
        printf("saving %.3f\n", (double)clock_now_us() / 1e3);
        press_key(h, XK_Control_L, XK_s);
      }
      sent++;
    }
    first = look_for(h, p, first, sent);
  }
  press(h, false);
  clock_sleep_us(STAYS_US);
  report_moves(h, p, count);
  free(p);
}

// ---- Many moves ------------------------------------------------------------------------

// Each eighth move, away from the corners, at the leading edge of the mark that it leaves.
static int choose_probes(const hand *h, int moves, probe *p, int *of) {
  const int each = ((int)h->screen.w - 1) / BURST_STEP + 1;
  int count = 0;
  for (int i = BURST_EACH; i < moves; i += BURST_EACH) {
    const int column = i % each;
    if (column * BURST_STEP < BURST_CLEAR) continue;
    if ((each - 1 - column) * BURST_STEP < BURST_CLEAR) continue;
    place(h, i, BURST_STEP, &p[count].x, &p[count].y);
    p[count].x += i / each % 2 ? -2 : 2;
    remember(h, &p[count]);
    of[count++] = i;
  }
  of[count] = moves;
  return count;
}

// How long after now the area still changes. Meanwhile the last moves are looked for.
static double settle_ms(const hand *h, probe *p, int first, int count) {
  const uint64_t last = clock_now_us();
  uint64_t changed = last;
  uint32_t sum = area_sum(h, 1);
  while (clock_now_us() - changed < STAYS_US || first < count) {
    const uint32_t now = area_sum(h, 1);
    if (now != sum) changed = clock_now_us();
    sum = now;
    first = look_for(h, p, first, count);
    clock_sleep_us(LOOK_US);
  }
  return ms_of(last, changed);
}

static void time_burst(hand *h, int seconds) {
  const int moves = seconds * BURST_HZ;
  probe *p = calloc((size_t)moves / BURST_EACH + 1, sizeof *p);
  int *of = calloc((size_t)moves / BURST_EACH + 2, sizeof *of);
  need(p && of && has_room(h, moves, BURST_STEP), "such a burst has no room there");
  const int count = choose_probes(h, moves, p, of);
  int sent = 0, first = 0, lost = 0;
  set_down(h, BURST_STEP);
  const uint64_t begin = clock_now_us();
  for (int i = 0; i < moves;) {
    for (; i < moves && clock_now_us() >= begin + (uint64_t)i * 1000000 / BURST_HZ; i++) {
      int x, y;
      place(h, i, BURST_STEP, &x, &y);
      if (i == of[sent]) p[sent++].sent = clock_now_us();
      go_to(h, x, y);
    }
    first = look_for(h, p, first, sent);
    clock_sleep_us(LOOK_US);
  }
  press(h, false);
  printf("settle %.3f\n", settle_ms(h, p, first, count));
  for (int i = 0; i < count; i++) {
    lost += p[i].seen == 0;
    if (p[i].seen != 0) printf("lag %.3f\n", ms_of(p[i].sent, p[i].seen));
  }
  printf("lost %d\n", lost);
  free(p);
  free(of);
}

// ---- From exec -------------------------------------------------------------------------

// A window that is gone again is no reason to end.
static int go_on(Display *d, XErrorEvent *e) {
  (void)d;
  (void)e;
  return 0;
}

static bool window_came(const hand *h) {
  while (XPending(h->display)) {
    XEvent e;
    XWindowAttributes w;
    XNextEvent(h->display, &e);
    if (e.type != MapNotify) continue;
    if (!XGetWindowAttributes(h->display, e.xmap.window, &w)) continue;
    if (w.class != InputOnly && w.width >= 640 && w.height >= 400) return true;
  }
  return false;
}

// A stroke of 60 px leaves a mark in its middle, and what lies beside it stays as it was.
static bool can_draw(const hand *h, int x, int y) {
  probe stroke = {.x = x + 30, .y = y}, beside = {.x = x + 30, .y = y - 40};
  go_to(h, x, y);
  clock_sleep_us(60000);
  remember(h, &stroke);
  remember(h, &beside);
  press(h, true);
  for (int i = 1; i <= 20; i++) {
    clock_sleep_us(4000);
    go_to(h, x + 3 * i, y);
  }
  press(h, false);
  const uint64_t until = clock_now_us() + 1500000;
  while (!is_painted(h, &stroke) && clock_now_us() < until) clock_sleep_us(500);
  clock_sleep_us(400000);
  return is_painted(h, &stroke) && !is_painted(h, &beside);
}

// Usable is the last change of the screen before half a second without one after which one
// can draw.
static void time_start(hand *h, int x, int y) {
  char line[32];
  XSetErrorHandler(go_on);
  XSelectInput(h->display, XDefaultRootWindow(h->display), SubstructureNotifyMask);
  XSync(h->display, False);
  uint32_t sum = area_sum(h, START_APART);
  printf("ready 0\n");
  fflush(stdout);
  need(fgets(line, sizeof line, stdin) != NULL, "no time of exec");
  const uint64_t exec = strtoull(line, NULL, 10), until = exec + START_PATIENCE_US;
  uint64_t window = 0, changed = 0;
  while (clock_now_us() < until) {
    if (window == 0 && window_came(h)) window = clock_now_us();
    const uint32_t now = area_sum(h, START_APART);
    if (now != sum) changed = clock_now_us();
    sum = now;
    clock_sleep_us(START_LOOK_US);
    if (window == 0 || changed == 0 || clock_now_us() - changed < QUIET_US) continue;
    const uint64_t last = changed;
    if (can_draw(h, x, y)) {
      printf("window %.1f\nusable %.1f\n", ms_of(exec, window), ms_of(exec, last));
      return;
    }
    changed = clock_now_us();
    sum = area_sum(h, START_APART);
  }
  need(false, "nothing could be drawn within a minute");
}

// Best effort: another priority needs rights.
static void hurry(void) {
  const struct sched_param first = {.sched_priority = 1};
  prctl(PR_SET_TIMERSLACK, 1UL);
  (void)sched_setscheduler(0, SCHED_FIFO, &first);
}

int main(int argc, char **argv) {
  static hand h = {.box = BOX};
  static char *whole[4] = {"0", "0", "1", "1"};
  need(argc >= 5, "time_hand SCREEN start|moves|save|burst X Y [W H COUNT]");
  const char *what = argv[2];
  const bool start = strcmp(what, "start") == 0;
  need(start || argc == 8, "it takes X Y W H and how many");
  h.display = XOpenDisplay(NULL);
  if (h.display == NULL) need(false, "no display");
  need(screen_open(&h.screen, argv[1], start ? whole : argv + 3),
    "no such part of a screen");
  hurry();
  if (start) {
    h.screen.w = h.screen.width;
    h.screen.h = h.screen.height;
    time_start(&h, atoi(argv[3]), atoi(argv[4]));
  } else if (strcmp(what, "burst") == 0) {
    h.box = 1;
    time_burst(&h, atoi(argv[7]));
  } else {
    time_moves(&h, atoi(argv[7]), strcmp(what, "save") == 0);
  }
  screen_close(&h.screen);
  XCloseDisplay(h.display);
  return 0;
}
