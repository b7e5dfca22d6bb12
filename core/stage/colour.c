// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/colour.h"

#include "core/ui/geometry.h"

#include <math.h>
#include <stdbool.h>

#define TURN 6.28318530717958648

typedef struct linear { // light, not as a screen codes it
  double r, g, b;
} linear;

typedef struct lab {
  double l, a, b;
} lab;

static double decoded(double v) {
  return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double coded(double v) {
  return v <= 0.0031308 ? v * 12.92 : 1.055 * pow(v, 1 / 2.4) - 0.055;
}

// The matrices of the page named in the header.
static lab lab_of(linear c) {
  const double l = cbrt(0.4122214708 * c.r + 0.5363325363 * c.g + 0.0514459929 * c.b);
  const double m = cbrt(0.2119034982 * c.r + 0.6806995451 * c.g + 0.1073969566 * c.b);
  const double s = cbrt(0.0883024619 * c.r + 0.2817188376 * c.g + 0.6299787005 * c.b);
  return (lab){0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

static linear linear_of(lab c) {
  const double l = c.l + 0.3963377774 * c.a + 0.2158037573 * c.b;
  const double m = c.l - 0.1055613458 * c.a - 0.0638541728 * c.b;
  const double s = c.l - 0.0894841775 * c.a - 1.2914855480 * c.b;
  const double l3 = l * l * l;
  const double m3 = m * m * m;
  const double s3 = s * s * s;
  return (linear){4.0767416621 * l3 - 3.3077115913 * m3 + 0.2309699292 * s3,
    -1.2684380046 * l3 + 2.6097574011 * m3 - 0.3413193965 * s3,
    -0.0041960863 * l3 - 0.7034186147 * m3 + 1.7076147010 * s3};
}

static linear at(double light, double hue, double chroma) {
  return linear_of((lab){light, chroma * cos(hue * TURN), chroma * sin(hue * TURN)});
}

static bool on_screen(linear c) {
  const double least = -1e-4;
  const double most = 1 + 1e-4;
  return c.r >= least && c.g >= least && c.b >= least && c.r <= most && c.g <= most &&
    c.b <= most;
}

// The strongest that a screen can show of this hue and lightness.
static double strongest(double light, double hue) {
  double low = 0;
  double high = 0.4;
  for (int i = 0; i < 14; i++) {
    const double middle = (low + high) / 2;
    if (on_screen(at(light, hue, middle)))
      low = middle;
    else
      high = middle;
  }
  return low;
}

static uint32_t byte_of(double v) {
  return (uint32_t)lround(coded(number_between(v, 0, 1)) * 255);
}

double colour_chroma(colour c) { return c.strength * strongest(c.light, c.hue); }

uint32_t colour_rgb(colour c) {
  const linear l = at(c.light, c.hue, colour_chroma(c));
  return byte_of(l.r) << 16 | byte_of(l.g) << 8 | byte_of(l.b);
}

colour colour_of(uint32_t rgb) {
  const linear c = {decoded((rgb >> 16 & 255) / 255.0), decoded((rgb >> 8 & 255) / 255.0),
    decoded((rgb & 255) / 255.0)};
  const lab l = lab_of(c);
  const double chroma = hypot(l.a, l.b);
  colour found = {.light = number_between(l.l, 0, 1)};
  if (chroma < 1e-3) return found; // a grey has no hue
  const double turn = atan2(l.b, l.a) / TURN;
  found.hue = turn < 0 ? turn + 1 : turn;
  const double most = strongest(found.light, found.hue);
  found.strength = most > 1e-4 ? number_between(chroma / most, 0, 1) : 0;
  return found;
}
