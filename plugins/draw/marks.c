// SPDX-License-Identifier: GPL-3.0-or-later
#include "marks.h"

#include "declared.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLOURS_NAMED = 4, PALETTE_MAX = 32 };

void marks_finish(marks *m) {
  free(m->list);
  *m = (marks){0};
}

bool marks_add(marks *m, uint8_t mark) {
  if (m->done == m->room) {
    uint32_t room = m->room == 0 ? 64 : m->room * 2;
    uint8_t *list = realloc(m->list, room);
    if (list == NULL) return false;
    m->list = list;
    m->room = room;
  }
  m->list[m->done++] = mark;
  m->undone = 0;
  return true;
}

void marks_undo(marks *m) {
  if (m->done == 0) return;
  m->done--;
  m->undone++;
}

void marks_redo(marks *m) {
  if (m->undone == 0) return;
  m->done++;
  m->undone--;
}

bool marks_hold(const marks *m) {
  uint32_t colours = 0;
  while (draw_colours[colours].key != NULL) colours++;
  for (uint32_t i = 0; i < m->done + m->undone; i++) {
    if (m->list[i] >= colours && m->list[i] < MARK_PAPER) return false;
  }
  return true;
}

bool marks_cleared(const marks *m) {
  return m->done > 0 && memchr(m->list, MARK_NEW_PAPER, m->done) != NULL;
}

uint8_t marks_last(const marks *m) {
  return m->done > 0 ? m->list[m->done - 1] : MARK_SHEET;
}

static bool is_under(uint8_t mark) {
  return mark >= MARK_UNDER && mark < MARK_UNDER + UNDERS;
}

static bool is_paper(uint8_t mark) {
  return mark >= MARK_PAPER && mark < MARK_PAPER + GESTO_PAPERS;
}

static bool is_stroke(uint8_t mark) {
  return mark < PALETTE_MAX || mark == MARK_OTHER_COLOUR;
}

uint32_t marks_lasting(const marks *m, uint32_t used, uint8_t *to) {
  uint32_t since[GESTO_PAPERS] = {0};
  for (uint32_t i = 0, here = 0; i < m->done; i++) {
    if (is_paper(m->list[i])) here = m->list[i] - MARK_PAPER;
    if (m->list[i] == MARK_NEW_PAPER) since[here] = i + 1;
  }
  uint32_t count = 0;
  for (uint32_t i = 0, here = 0; i < m->done; i++) {
    const bool turns = is_paper(m->list[i]);
    if (turns) here = m->list[i] - MARK_PAPER;
    if (turns || (i >= since[here] && used >> here & 1)) to[count++] = m->list[i];
  }
  return count;
}

// What is on a paper.
typedef struct tally {
  uint32_t strokes, by_colour[PALETTE_MAX];
  uint8_t under;
} tally;

static void count_mark(tally *t, uint8_t mark) {
  if (mark == MARK_NEW_PAPER) *t = (tally){0};
  if (is_under(mark)) t->under = (uint8_t)(mark - MARK_UNDER);
  if (is_stroke(mark)) t->strokes++;
  if (mark < PALETTE_MAX) t->by_colour[mark]++;
}

static tally count_marks(const marks *m, uint32_t n) {
  tally t = {0};
  uint32_t here = 1;
  for (uint32_t i = 0; i < m->done; i++) {
    if (is_paper(m->list[i])) here = m->list[i] - MARK_PAPER + 1u;
    if (here == n) count_mark(&t, m->list[i]);
  }
  return t;
}

static uint32_t paper_here(const marks *m) {
  for (uint32_t i = m->done; i-- > 0;) {
    if (is_paper(m->list[i])) return m->list[i] - MARK_PAPER + 1u;
  }
  return 1;
}

uint8_t marks_under(const marks *m) { return count_marks(m, paper_here(m)).under; }

// The colours used most, the first one most; returns how many there are.
static int leading_colours(tally t, int colours[COLOURS_NAMED]) {
  int count = 0;
  while (count < COLOURS_NAMED) {
    int best = 0;
    for (int i = 1; i < PALETTE_MAX; i++) {
      if (t.by_colour[i] > t.by_colour[best]) best = i;
    }
    if (t.by_colour[best] == 0) break;
    colours[count++] = best;
    t.by_colour[best] = 0;
  }
  return count;
}

// Cuts at the end of the room and goes on counting.
static size_t add_text(char *text, size_t room, size_t at, const char *more) {
  size_t n = strlen(more);
  for (size_t i = 0; i < n; i++) {
    if (at + i + 1 < room) text[at + i] = more[i];
  }
  if (room > 0) text[at + n < room ? at + n : room - 1] = '\0';
  return at + n;
}

static size_t add_colour(char *text, size_t room, size_t at, int colour) {
  char name[32];
  snprintf(name, sizeof name, "%s", draw_colours[colour].name);
  name[0] = (char)tolower((unsigned char)name[0]);
  return add_text(text, room, at, name);
}

static size_t add_under(
  char *text, size_t room, size_t at, const char *before, uint8_t under) {
  at = add_text(text, room, at, before);
  const bool own = under == OWN_PICTURE;
  at = add_text(text, room, at, own ? "one's own" : draw_unders[under].name);
  return add_text(text, room, at, ".");
}

size_t marks_describe(const marks *m, uint32_t n, char *text, size_t room) {
  const tally t = count_marks(m, n);
  const uint8_t under = t.under;
  if (t.strokes == 0 && under == 0)
    return add_text(text, room, 0, "An empty sheet of paper.");
  if (t.strokes == 0) return add_under(text, room, 0, "A picture to draw on: ", under);
  int colours[COLOURS_NAMED];
  int count = leading_colours(t, colours);
  size_t at = add_text(text, room, 0, "A drawing");
  for (int i = 0; i < count; i++) {
    const char *joint = i == 0 ? " in " : i + 1 == count ? " and " : ", ";
    at = add_text(text, room, at, joint);
    at = add_colour(text, room, at, colours[i]);
  }
  char strokes[48];
  snprintf(
    strokes, sizeof strokes, ", %u stroke%s.", t.strokes, t.strokes == 1 ? "" : "s");
  at = add_text(text, room, at, strokes);
  return under ? add_under(text, room, at, " Underneath lies a picture: ", under) : at;
}
