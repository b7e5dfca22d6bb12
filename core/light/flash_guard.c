// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/light/flash_guard.h"

#include "core/light/flash_field.h"

#include <stdlib.h>
#include <string.h>

enum {
  WHOLE = 256,             // share of what is wanted
  STEP_US = 8000,          // easing in finer steps would cost and not show
  LONGEST_STEP_US = 50000, // what slept for long does not jump
  FRAME_US = 15000,
  LOOK_US = 8192, // few screens show more than one picture in it, and no eye sees two
};

// What a place does in this pass. Up and down of a kind: UP << 2 * kind, DOWN << 2 * kind.
// To whom looks (see below) it would be an opposing change of a kind: OPPOSED << kind.
enum {
  UP = 1,
  DOWN = 2,
  CHANGED = 1 << (2 * FLASH_KINDS),
  OPPOSED = CHANGED << 1,
};

typedef struct cell {
  uint32_t left_us;          // until it shows what is wanted; 0: it does
  uint32_t share;            // of what is wanted in this pass
  uint16_t aim[FLASH_KINDS]; // what was wanted when easing began
  uint8_t moves;             // of its places in this pass
  uint8_t over;              // kinds of which one of its places has no change left
  bool touched;
  bool shows; // something that was not counted yet
} cell;

// Changes of more of a field than is allowed in one frame, wherever in it: parts that take
// turns.
typedef struct field_past {
  int8_t way[FLASH_KINDS];
  flash_times times[FLASH_KINDS];
} field_past;

struct flash_guard {
  flash_scale scale;
  flash_grid grid;
  bool seen; // there was a picture
  flash_place places[GRID_PLACES];
  flash_times times[GRID_PLACES][FLASH_KINDS];
  field_past fields[GRID_CELLS]; // by the cell in their corner
  field_past whole;
  uint32_t field_w, field_h; // in pixels, as it was asked for
  flash_field field;
  cell cells[GRID_CELLS];
  uint32_t eased, begun;
  uint64_t eased_us; // when easing last went on
  // What has shown since the last look. `looked` and `times` are as they were then.
  flash_place looked[GRID_PLACES];
  flash_light shown[GRID_PLACES];
  uint16_t showing[GRID_CELLS]; // cells
  uint32_t showing_count, look_ms;
  uint64_t look; // which one it is
  // Of one pass.
  uint16_t touched[GRID_CELLS];
  uint32_t touched_count, step_us;
  flash_light next[GRID_PLACES];
  uint8_t moves[GRID_PLACES];
  int16_t sum[FLASH_KINDS][GRID_CELLS]; // places that go up less those that go down
  // Which cells keep their picture: those with a place of such a kind that has no change
  // left, and those that move so.
  uint8_t no_over[GRID_CELLS], no_moves[GRID_CELLS];
};

flash_guard *flash_guard_create(void) {
  flash_guard *g = calloc(1, sizeof *g);
  if (g) flash_scale_init(&g->scale);
  return g;
}

void flash_guard_destroy(flash_guard *g) { free(g); }

void flash_guard_set_field(flash_guard *g, uint32_t width, uint32_t height) {
  g->field_w = width;
  g->field_h = height;
}

// ---- Which cells this pass is about ------------------------------------------------------

static void touch(flash_guard *g, uint32_t c) {
  cell *one = &g->cells[c];
  if (one->touched || (one->left_us && g->step_us == 0)) return;
  one->touched = true;
  one->moves = one->over = 0;
  g->touched[g->touched_count++] = (uint16_t)c;
}

static void touch_rect(flash_guard *g, page_rect r) {
  if (r.w == 0 || r.h == 0) return;
  const uint32_t right = flash_grid_find(r.x + r.w - 1, g->grid.width);
  const uint32_t bottom = flash_grid_find(r.y + r.h - 1, g->grid.height);
  for (uint32_t y = flash_grid_find(r.y, g->grid.height); y <= bottom; y++)
    for (uint32_t x = flash_grid_find(r.x, g->grid.width); x <= right; x++)
      touch(g, y * GRID_SIDE + x);
}

static void touch_eased(flash_guard *g) {
  for (uint32_t c = 0; g->eased && g->step_us && c < GRID_CELLS; c++)
    if (g->cells[c].left_us) touch(g, c);
}

static void begin_step(flash_guard *g, uint64_t now_us) {
  const uint64_t since = now_us - g->eased_us;
  g->step_us = 0;
  if (since < STEP_US) return;
  g->step_us = (uint32_t)(since < LONGEST_STEP_US ? since : LONGEST_STEP_US);
  g->eased_us = now_us;
}

static void let_all_go(flash_guard *g) {
  for (uint32_t c = 0; c < GRID_CELLS; c++) g->cells[c].left_us = 0;
  g->eased = 0;
}

// ---- Looking ------------------------------------------------------------------------------
// Where much of a field goes one way in one picture, each picture counts. Of each place for
// itself there may be many more than a screen shows: a line's tip is painted anew with each
// movement of a hand, a thousand times a second. So the changes of a place are counted as a
// screen would show them, by a look now and then at what lies there.

// There is one look in each LOOK_US, at a moment of its own (multiples of the golden ratio),
// so that nothing keeps time with them.
static uint64_t look_of(uint64_t now_us) {
  const uint64_t span = now_us / LOOK_US;
  const uint32_t moment = (uint32_t)span * 2654435769U / (UINT32_MAX / LOOK_US + 1);
  return span + (now_us % LOOK_US >= moment);
}

static void count_place(flash_guard *g, uint32_t n) {
  for (int kind = 0; kind < FLASH_KINDS; kind++)
    if (flash_place_change(&g->looked[n], kind, g->shown[n]))
      flash_times_add(&g->times[n][kind], g->look_ms);
  flash_place_show(&g->looked[n], g->shown[n]);
}

static void count_shown(flash_guard *g) {
  for (uint32_t i = 0; i < g->showing_count; i++) {
    const uint32_t c = g->showing[i];
    for (uint32_t n = c * GRID_EACH; n < (c + 1) * GRID_EACH; n++) count_place(g, n);
    g->cells[c].shows = false;
  }
  g->showing_count = 0;
}

static void begin_look(flash_guard *g, uint64_t now_us) {
  const uint64_t look = look_of(now_us);
  if (look != g->look) count_shown(g);
  g->look = look;
  g->look_ms = (uint32_t)(now_us / 1000);
}

// ---- What would show ---------------------------------------------------------------------

// Red and blue together, then green: the fields never run into each other.
static uint32_t mix(uint32_t from, uint32_t to, uint32_t share) {
  const uint32_t rb = from & 0xFF00FF;
  const uint32_t g = from & 0x00FF00;
  return ((rb + (((to & 0xFF00FF) - rb) * share >> 8)) & 0xFF00FF) |
    ((g + (((to & 0x00FF00) - g) * share >> 8)) & 0x00FF00);
}

static void mean_wanted(
  const flash_guard *g, const uint32_t *wanted, uint32_t c, uint16_t mean[FLASH_KINDS]) {
  uint32_t sum[FLASH_KINDS] = {0};
  for (uint32_t n = c * GRID_EACH; n < (c + 1) * GRID_EACH; n++) {
    uint32_t pixels[FLASH_SAMPLES];
    flash_grid_read(&g->grid, wanted, n, pixels);
    const flash_light light = flash_light_of(&g->scale, pixels);
    for (int kind = 0; kind < FLASH_KINDS; kind++) sum[kind] += light.value[kind];
  }
  for (int kind = 0; kind < FLASH_KINDS; kind++)
    mean[kind] = (uint16_t)(sum[kind] / GRID_EACH);
}

// What is wanted has changed again, so that its time begins anew.
static void aim(const flash_guard *g, const uint32_t *wanted, uint32_t c, cell *one) {
  uint16_t mean[FLASH_KINDS];
  mean_wanted(g, wanted, c, mean);
  if (one->left_us && !flash_differs(mean, one->aim)) return;
  memcpy(one->aim, mean, sizeof mean);
  one->left_us = FLASH_EASE_US;
}

static void set_share(flash_guard *g, const uint32_t *wanted, uint32_t c) {
  cell *one = &g->cells[c];
  one->share = WHOLE;
  if (one->left_us == 0) return;
  aim(g, wanted, c, one);
  if (g->step_us >= one->left_us) return;
  // It starts slowly: what goes on flashing never comes far.
  const uint64_t from = FLASH_EASE_US - one->left_us;
  const uint64_t to = from + g->step_us;
  const uint64_t end = FLASH_EASE_US;
  one->share = (uint32_t)((to * to - from * from) * WHOLE / (end * end - from * from));
}

// The first picture is a change from what the window showed before.
static void begin_times(flash_times times[FLASH_KINDS], uint32_t now_ms) {
  for (int kind = 0; kind < FLASH_KINDS; kind++) flash_times_add(&times[kind], now_ms);
}

static void begin_place(flash_guard *g, uint32_t n, uint32_t now_ms) {
  g->places[n] = g->looked[n] = flash_place_at(g->next[n]);
  g->shown[n] = g->next[n];
  begin_times(g->times[n], now_ms);
}

static void begin_fields(flash_guard *g, uint32_t now_ms) {
  begin_times(g->whole.times, now_ms);
  for (uint32_t c = 0; c < GRID_CELLS; c++) begin_times(g->fields[c].times, now_ms);
}

static uint8_t weigh_place(
  flash_guard *g, const flash_picture *p, uint32_t n, uint32_t now_ms) {
  const uint32_t share = g->cells[n / GRID_EACH].share;
  if (share == 0) return 0;
  uint32_t wanted[FLASH_SAMPLES];
  uint32_t shown[FLASH_SAMPLES];
  flash_grid_read(&g->grid, p->wanted, n, wanted);
  flash_grid_read(&g->grid, p->shown, n, shown);
  if (!p->anew && memcmp(wanted, shown, sizeof shown) == 0) return 0;
  if (share < WHOLE)
    for (int i = 0; i < FLASH_SAMPLES; i++) wanted[i] = mix(shown[i], wanted[i], share);
  g->next[n] = flash_light_of(&g->scale, wanted);
  if (!g->seen) begin_place(g, n, now_ms);
  uint8_t moves = CHANGED;
  for (int kind = 0; kind < FLASH_KINDS; kind++) {
    const int change = flash_place_change(&g->places[n], kind, g->next[n]);
    if (change) moves |= (uint8_t)((change > 0 ? UP : DOWN) << 2 * kind);
    if (flash_place_change(&g->looked[n], kind, g->next[n]))
      moves |= (uint8_t)(OPPOSED << kind);
  }
  return moves;
}

static int way_of(uint8_t moves, int kind) {
  return (moves >> 2 * kind & UP ? 1 : 0) - (moves >> 2 * kind & DOWN ? 1 : 0);
}

static void weigh_cell(
  flash_guard *g, const flash_picture *p, uint32_t c, uint32_t now_ms) {
  cell *one = &g->cells[c];
  set_share(g, p->wanted, c);
  for (uint32_t n = c * GRID_EACH; n < (c + 1) * GRID_EACH; n++) {
    const uint8_t moves = weigh_place(g, p, n, now_ms);
    g->moves[n] = moves;
    one->moves |= moves;
    for (int kind = 0; (moves & ~CHANGED) && kind < FLASH_KINDS; kind++) {
      g->sum[kind][c] = (int16_t)(g->sum[kind][c] + way_of(moves, kind));
      if (moves & OPPOSED << kind && flash_times_full(&g->times[n][kind], now_ms))
        one->over |= (uint8_t)(1 << kind);
    }
  }
}

// ---- What must not show ------------------------------------------------------------------

// How many places of each cell would go, or went within the second, beyond what is allowed,
// or are eased because they would have.
static void count_over(
  const flash_guard *g, int kind, uint32_t now_ms, int16_t over[GRID_CELLS]) {
  for (uint32_t c = 0; c < GRID_CELLS; c++) {
    const cell *one = &g->cells[c];
    over[c] = one->left_us ? GRID_EACH : 0;
    for (uint32_t n = c * GRID_EACH; !one->left_us && n < (c + 1) * GRID_EACH; n++) {
      const bool moves = one->touched && g->moves[n] & OPPOSED << kind;
      const flash_times *t = &g->times[n][kind];
      if (moves ? flash_times_full(t, now_ms) : flash_times_over(t, now_ms)) over[c]++;
    }
  }
}

typedef struct placed_field {
  flash_field size;
  uint32_t x, y;
  field_past *past;
} placed_field;

// The whole area first, then each field in it. Begin with a zeroed one.
static bool next_field(flash_guard *g, placed_field *p) {
  if (!p->past) {
    *p = (placed_field){{GRID_SIDE, GRID_SIDE}, 0, 0, &g->whole};
    return true;
  }
  if (p->past == &g->whole)
    p->size = g->field;
  else
    p->x++;
  if (p->x + p->size.across > GRID_SIDE) {
    p->x = 0;
    p->y++;
  }
  p->past = &g->fields[p->y % GRID_SIDE * GRID_SIDE + p->x];
  return p->y + p->size.down <= GRID_SIDE;
}

static bool judge_places(flash_guard *g, int kind, uint32_t now_ms) {
  int16_t over[GRID_CELLS];
  flash_sums sums;
  flash_marks marks = {0};
  bool any = false;
  count_over(g, kind, now_ms, over);
  flash_sums_fill(&sums, over);
  for (placed_field p = {0}; next_field(g, &p);) {
    if (flash_sums_of(&sums, p.size, p.x, p.y) <= flash_field_most(p.size)) continue;
    flash_marks_add(&marks, p.size, p.x, p.y);
    any = true;
  }
  if (any) flash_marks_spread(&marks, (uint8_t)(1 << kind), g->no_over);
  return any;
}

// The way that more of a field than is allowed goes in this frame, if it is another than
// before.
static int turn_of(const placed_field *p, int kind, const flash_sums *sums) {
  const int32_t sum = flash_sums_of(sums, p->size, p->x, p->y);
  if (abs(sum) <= flash_field_most(p->size)) return 0;
  const int way = sum > 0 ? 1 : -1;
  return way == p->past->way[kind] ? 0 : way;
}

// False: all that go any way together are no more than is allowed, as where one line grows.
static bool fill_sums(const flash_guard *g, int kind, flash_sums *sums) {
  int32_t going = 0;
  for (uint32_t i = 0; i < g->touched_count; i++)
    going += abs(g->sum[kind][g->touched[i]]);
  if (going <= flash_field_most(g->field)) return false;
  flash_sums_fill(sums, g->sum[kind]);
  return true;
}

static bool judge_turns(flash_guard *g, int kind, uint32_t now_ms) {
  flash_sums sums;
  flash_marks up = {0};
  flash_marks down = {0};
  bool any = false;
  if (!fill_sums(g, kind, &sums)) return false;
  for (placed_field p = {0}; next_field(g, &p);) {
    const int way = turn_of(&p, kind, &sums);
    if (way == 0 || !flash_times_full(&p.past->times[kind], now_ms)) continue;
    flash_marks_add(way > 0 ? &up : &down, p.size, p.x, p.y);
    any = true;
  }
  if (!any) return false;
  flash_marks_spread(&up, (uint8_t)(UP << 2 * kind), g->no_moves);
  flash_marks_spread(&down, (uint8_t)(DOWN << 2 * kind), g->no_moves);
  return true;
}

// True if some cells must keep their picture.
static bool judge(flash_guard *g, uint32_t now_ms) {
  uint8_t over = 0;
  bool any = false;
  memset(g->no_over, 0, sizeof g->no_over);
  memset(g->no_moves, 0, sizeof g->no_moves);
  for (uint32_t i = 0; i < g->touched_count; i++) over |= g->cells[g->touched[i]].over;
  for (int kind = 0; kind < FLASH_KINDS; kind++) {
    if (over & 1 << kind) any |= judge_places(g, kind, now_ms);
    any |= judge_turns(g, kind, now_ms);
  }
  return any;
}

static bool must_keep(const flash_guard *g, uint32_t c) {
  return g->cells[c].over & g->no_over[c] || g->cells[c].moves & g->no_moves[c];
}

// ---- Showing -----------------------------------------------------------------------------

static void copy(const flash_picture *p, page_rect r) {
  for (uint32_t y = r.y; y < r.y + r.h; y++) {
    const size_t at = (size_t)y * p->stride + r.x;
    memcpy(p->shown + at, p->wanted + at, (size_t)r.w * 4);
  }
}

static void blend(const flash_picture *p, page_rect r, uint32_t share) {
  for (uint32_t y = r.y; y < r.y + r.h; y++) {
    const size_t at = (size_t)y * p->stride + r.x;
    for (uint32_t x = 0; x < r.w; x++)
      p->shown[at + x] = mix(p->shown[at + x], p->wanted[at + x], share);
  }
}

static void keep(flash_guard *g, const flash_picture *p, uint32_t c) {
  cell *one = &g->cells[c];
  if (one->left_us == 0 && g->eased++ == 0) g->begun++;
  one->left_us = 0;
  aim(g, p->wanted, c, one);
  for (int kind = 0; kind < FLASH_KINDS; kind++) g->sum[kind][c] = 0;
  memset(g->moves + c * GRID_EACH, 0, GRID_EACH);
}

static void note_places(flash_guard *g, uint32_t c) {
  cell *one = &g->cells[c];
  for (uint32_t n = c * GRID_EACH; n < (c + 1) * GRID_EACH; n++) {
    if (g->moves[n] == 0) continue;
    flash_place_show(&g->places[n], g->next[n]);
    g->shown[n] = g->next[n];
  }
  if (one->moves && !one->shows) g->showing[g->showing_count++] = (uint16_t)c;
  if (one->moves) one->shows = true;
}

static void show_cell(flash_guard *g, const flash_picture *p, uint32_t c) {
  cell *one = &g->cells[c];
  if (one->share == WHOLE)
    copy(p, flash_grid_cell(&g->grid, c));
  else if (one->share > 0)
    blend(p, flash_grid_cell(&g->grid, c), one->share);
  if (one->left_us == 0) return;
  one->left_us = one->share == WHOLE ? 0 : one->left_us - g->step_us;
  if (one->left_us == 0) g->eased--;
}

static void count_turns(flash_guard *g, uint32_t now_ms) {
  flash_sums sums;
  for (int kind = 0; kind < FLASH_KINDS; kind++) {
    if (!fill_sums(g, kind, &sums)) continue;
    for (placed_field p = {0}; next_field(g, &p);) {
      const int way = turn_of(&p, kind, &sums);
      if (way == 0) continue;
      p.past->way[kind] = (int8_t)way;
      flash_times_add(&p.past->times[kind], now_ms);
    }
  }
}

static page_rect show(flash_guard *g, const flash_picture *p, bool held, bool plain) {
  page_rect beyond = {0};
  for (uint32_t i = 0; i < g->touched_count; i++) {
    const uint32_t c = g->touched[i];
    cell *one = &g->cells[c];
    const bool kept = held && must_keep(g, c);
    if (one->left_us) beyond = flash_grid_both(beyond, flash_grid_cell(&g->grid, c));
    if (kept)
      keep(g, p, c);
    else if (!plain)
      show_cell(g, p, c);
    if (!kept) note_places(g, c);
  }
  return beyond;
}

page_rect flash_guard_pass(flash_guard *g, const flash_picture *p, const page_rect *rects,
  uint32_t count, uint64_t now_us) {
  const page_rect all = {0, 0, p->width, p->height};
  const uint32_t now_ms = (uint32_t)(now_us / 1000);
  if (p->width == 0 || p->height == 0) return (page_rect){0};
  flash_grid_fit(&g->grid, p->width, p->height, p->stride);
  g->field = flash_field_of(&g->grid, g->field_w, g->field_h);
  begin_step(g, now_us);
  begin_look(g, now_us);
  if (!g->seen) begin_fields(g, now_ms);
  if (p->anew) let_all_go(g);
  if (p->anew || !g->seen) {
    rects = &all;
    count = 1;
  }
  memset(g->sum, 0, sizeof g->sum);
  for (uint32_t i = 0; i < count; i++) touch_rect(g, rects[i]);
  touch_eased(g);
  for (uint32_t i = 0; i < g->touched_count; i++) weigh_cell(g, p, g->touched[i], now_ms);
  const bool held = !p->anew && judge(g, now_ms);
  const bool plain = g->eased == 0 && !held;
  for (uint32_t i = 0; plain && i < count; i++) copy(p, rects[i]);
  const page_rect beyond = show(g, p, held, plain);
  count_turns(g, now_ms);
  for (uint32_t i = 0; i < g->touched_count; i++) g->cells[g->touched[i]].touched = false;
  g->touched_count = 0;
  g->seen = true;
  return beyond;
}

bool flash_guard_eases(const flash_guard *g) { return g->eased > 0; }

bool flash_guard_due(const flash_guard *g, uint64_t now_us) {
  return g->eased > 0 && now_us - g->eased_us >= FRAME_US;
}

typedef int16_t cell_counts[FLASH_CHANGES + 1][GRID_CELLS];

// How many places of each cell have changed once, twice, … or oftener. An eased one counts as
// changing all the time.
static void count_made(
  const flash_guard *g, int kind, uint32_t now_ms, cell_counts made) {
  memset(made, 0, sizeof(cell_counts));
  for (uint32_t n = 0; n < GRID_PLACES; n++) {
    const flash_times *t = &g->times[n][kind];
    const bool eased = g->cells[n / GRID_EACH].left_us > 0;
    for (uint32_t times = 1; times <= FLASH_CHANGES; times++) {
      if (!eased && !flash_times_made(t, now_ms, times)) break;
      made[times][n / GRID_EACH]++;
    }
  }
}

static bool is_made(flash_guard *g, int kind, uint32_t times, uint32_t now_ms,
  const int16_t made[GRID_CELLS]) {
  flash_sums sums;
  flash_sums_fill(&sums, made);
  for (placed_field p = {0}; next_field(g, &p);)
    if (flash_sums_of(&sums, p.size, p.x, p.y) > flash_field_most(p.size) ||
      flash_times_made(&p.past->times[kind], now_ms, times))
      return true;
  return false;
}

uint32_t flash_guard_changes(flash_guard *g, uint64_t now_us) {
  const uint32_t now_ms = (uint32_t)(now_us / 1000);
  cell_counts made;
  uint32_t most = 0;
  count_shown(g);
  for (int kind = 0; g->seen && kind < FLASH_KINDS; kind++) {
    count_made(g, kind, now_ms, made);
    for (uint32_t times = FLASH_CHANGES; times > most; times--)
      if (is_made(g, kind, times, now_ms, made[times])) most = times;
  }
  return most;
}

uint32_t flash_guard_times(const flash_guard *g) { return g->begun; }
