// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/studio/brush_curves.h"

#include <math.h>
#include <stdlib.h>

enum { POINTS_LEAST = 2, POINTS_MOST = 64 };

static void pass_space(const char **at) {
  while (**at == ' ' || **at == '\t' || **at == '\n' || **at == '\r') (*at)++;
}

static bool pass(const char **at, char sign) {
  pass_space(at);
  if (**at != sign) return false;
  (*at)++;
  return true;
}

// From its first quote to behind its last.
static bool pass_string(const char **at) {
  for ((*at)++; **at && **at != '"'; (*at)++)
    if (**at == '\\' && (*at)[1]) (*at)++;
  return pass(at, '"');
}

static bool take_number(const char **at, double *n) {
  char *end = NULL;
  pass_space(at);
  *n = strtod(*at, &end);
  if (end == *at || !isfinite(*n)) return false;
  *at = end;
  return true;
}

static bool take_point(const char **at, double *x) {
  double y = 0;
  return pass(at, '[') && take_number(at, x) && pass(at, ',') && take_number(at, &y) &&
    pass(at, ']');
}

static bool take_curve(const char **at) {
  double before = -INFINITY, x = 0;
  int count = 0;
  if (!pass(at, '[')) return false;
  if (pass(at, ']')) return true;
  do {
    if (!take_point(at, &x) || x < before || ++count > POINTS_MOST) return false;
    before = x;
  } while (pass(at, ','));
  return count >= POINTS_LEAST && pass(at, ']');
}

bool brush_curves_hold(const char *text) {
  bool holds = true;
  while (holds && *text) {
    if (*text == '"')
      holds = pass_string(&text);
    else if (*text == '[')
      holds = take_curve(&text);
    else
      holds = *text != '\'' && *text != '/' && *text++;
  }
  return holds;
}
