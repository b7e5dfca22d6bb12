// SPDX-License-Identifier: GPL-3.0-or-later
// Pens with pressure and tilt, which SDL 2 does not know: what a tablet reports becomes
// pointers of a view, every report of them. While a pen is in use the mouse that the system
// makes of it is passed over, and a hand that rests on the paper draws nothing. Where reports
// come from is behind pen_reader: XInput2 (pen_x11.c), or a recording. Main thread.
#ifndef GESTO_STAGE_PEN_H
#define GESTO_STAGE_PEN_H

#include "core/ui/widget.h"

#include <stdbool.h>
#include <stdint.h>

enum {
  PEN_DEVICES = 8,
  PEN_AXES = 32,
  PEN_NEAR_US = 500 * 1000, // a pen that said nothing for so long is away
  PEN_PALM_US = 80 * 1000   // a touch that came so shortly before the pen was the palm
};

typedef struct pen_axis {
  int32_t number; // of the valuator; -1: the device has none
  double low, high;
} pen_axis;

typedef struct pen_device {
  int32_t id;
  bool eraser; // the other end of a pen
  pen_axis pressure, tilt_x, tilt_y;
  double last[PEN_AXES]; // a report names only what changed
  bool down;
} pen_device;

typedef enum pen_deed {
  PEN_MOVED = 1,
  PEN_PRESSED,
  PEN_LIFTED,
  PEN_DEVICES_CHANGED
} pen_deed;

typedef struct pen_report {
  pen_deed deed;
  int32_t device;
  double x, y;    // pixels of the window
  uint32_t named; // bit n: values[n] is new
  double values[PEN_AXES];
  uint64_t time_us; // CLOCK_MONOTONIC, as the device says; 0: it cannot
} pen_report;

typedef struct pen_reader pen_reader;
struct pen_reader {
  int fd; // readable when a report may have come
  // False: none waits.
  bool (*next)(pen_reader *r, pen_report *to);
  // Which pens there are now.
  uint32_t (*devices)(pen_reader *r, pen_device to[PEN_DEVICES]);
  void (*close)(pen_reader *r);
};

typedef struct pen {
  pen_reader *reader; // owned; NULL: no pens can be read here
  pen_device devices[PEN_DEVICES];
  uint32_t count;
  uint64_t seen_us; // when a pen reported last; 0: never
} pen;

void pen_begin(pen *p, pen_reader *reader);
void pen_finish(pen *p); // takes a zeroed one
// The next pointer that the reports make, in layout pixels at `scale` pixels each. False: no
// more have come.
bool pen_next(pen *p, double scale, uint64_t now_us, pointer *to);
// A pen that came another way was seen.
void pen_seen(pen *p, uint64_t now_us);
bool pen_is_near(const pen *p, uint64_t now_us);

// The tablets of the X server that SDL's window is on; NULL where there is no X server or it
// knows no XInput 2. `takes` picks the devices by name; NULL: those that feel pressure.
typedef bool pen_takes(const char *name);
pen_reader *pen_x11_open(void *sdl_window, pen_takes *takes);

#endif
