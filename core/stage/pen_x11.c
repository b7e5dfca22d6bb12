// SPDX-License-Identifier: GPL-3.0-or-later
// Tablets through XInput 2, on a connection of our own beside SDL's: SDL passes such events on
// to nobody. It is opened before anything of a stranger is read.
#include "core/base/clock.h"
#include "core/stage/pen.h"

#include <SDL.h>
#include <SDL_syswm.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <X11/extensions/XInput2.h>

typedef struct pen_x11 {
  pen_reader reader; // first: the one is found from the other
  Display *display;
  Window window;
  int opcode;
  pen_takes *takes;
  Atom pressure, tilt_x, tilt_y;
} pen_x11;

// ---- Devices -----------------------------------------------------------------------

static pen_axis axis_of(const XIDeviceInfo *info, Atom label) {
  for (int i = 0; i < info->num_classes; i++) {
    if (info->classes[i]->type != XIValuatorClass) continue;
    const XIValuatorClassInfo *v = (const XIValuatorClassInfo *)(void *)info->classes[i];
    if (v->label == label && v->number < PEN_AXES)
      return (pen_axis){.number = v->number, .low = v->min, .high = v->max};
  }
  return (pen_axis){.number = -1};
}

static bool has_touch(const XIDeviceInfo *info) {
  for (int i = 0; i < info->num_classes; i++)
    if (info->classes[i]->type == XITouchClass) return true;
  return false;
}

static pen_device device_of(const pen_x11 *x, const XIDeviceInfo *info) {
  return (pen_device){.id = info->deviceid,
    .eraser = strcasestr(info->name, "eraser") != NULL,
    .pressure = axis_of(info, x->pressure),
    .tilt_x = axis_of(info, x->tilt_x),
    .tilt_y = axis_of(info, x->tilt_y)};
}

static bool is_taken(const pen_x11 *x, const XIDeviceInfo *info, const pen_device *d) {
  if (info->use != XISlavePointer || !info->enabled) return false;
  if (x->takes) return x->takes(info->name);
  return d->pressure.number >= 0 && !has_touch(info);
}

static void listen_to(pen_x11 *x, int device) {
  unsigned char bits[XIMaskLen(XI_LASTEVENT)] = {0};
  XISetMask(bits, XI_Motion);
  XISetMask(bits, XI_ButtonPress);
  XISetMask(bits, XI_ButtonRelease);
  XIEventMask mask = {.deviceid = device, .mask_len = sizeof bits, .mask = bits};
  XISelectEvents(x->display, x->window, &mask, 1);
}

static uint32_t devices(pen_reader *r, pen_device to[PEN_DEVICES]) {
  pen_x11 *x = (pen_x11 *)(void *)r;
  int found = 0;
  uint32_t count = 0;
  XIDeviceInfo *all = XIQueryDevice(x->display, XIAllDevices, &found);
  for (int i = 0; all && i < found && count < PEN_DEVICES; i++) {
    const pen_device d = device_of(x, &all[i]);
    if (!is_taken(x, &all[i], &d)) continue;
    to[count++] = d;
    listen_to(x, d.id);
  }
  if (all) XIFreeDeviceInfo(all);
  XFlush(x->display);
  return count;
}

// ---- Reports -----------------------------------------------------------------------

// The server's clock is CLOCK_MONOTONIC in milliseconds, cut to 32 bits.
static uint64_t time_of(Time server_ms) {
  const uint64_t now = clock_now_us();
  const uint32_t age_ms = (uint32_t)(now / 1000) - (uint32_t)server_ms;
  return age_ms < 1000 ? now - (uint64_t)age_ms * 1000 : 0;
}

static void read_values(const XIDeviceEvent *e, pen_report *to) {
  const double *value = e->valuators.values;
  for (int i = 0; i < e->valuators.mask_len * 8; i++) {
    if (!XIMaskIsSet(e->valuators.mask, i)) continue;
    if (i < PEN_AXES) {
      to->named |= 1u << i;
      to->values[i] = *value;
    }
    value++;
  }
}

static bool read_device_event(const XIDeviceEvent *e, pen_report *to) {
  const bool tip = e->detail == 1; // the other buttons are on the pen's side
  if (e->evtype != XI_Motion && !tip) return false;
  to->deed = e->evtype == XI_ButtonPress ? PEN_PRESSED
    : e->evtype == XI_ButtonRelease      ? PEN_LIFTED
                                         : PEN_MOVED;
  to->device = e->deviceid;
  to->x = e->event_x;
  to->y = e->event_y;
  to->time_us = time_of(e->time);
  read_values(e, to);
  return true;
}

static bool read_event(const XGenericEventCookie *c, pen_report *to) {
  *to = (pen_report){0};
  switch (c->evtype) {
  case XI_Motion:
  case XI_ButtonPress:
  case XI_ButtonRelease: return read_device_event(c->data, to);
  case XI_HierarchyChanged: to->deed = PEN_DEVICES_CHANGED; return true;
  default: return false;
  }
}

static bool next(pen_reader *r, pen_report *to) {
  pen_x11 *x = (pen_x11 *)(void *)r;
  while (XPending(x->display) > 0) {
    XEvent e;
    XNextEvent(x->display, &e);
    if (e.type != GenericEvent || e.xcookie.extension != x->opcode) continue;
    if (!XGetEventData(x->display, &e.xcookie)) continue;
    const bool told = read_event(&e.xcookie, to);
    XFreeEventData(x->display, &e.xcookie);
    if (told) return true;
  }
  return false;
}

// ---- The connection ----------------------------------------------------------------

static void close_x11(pen_reader *r) {
  pen_x11 *x = (pen_x11 *)(void *)r;
  XCloseDisplay(x->display);
  free(x);
}

// A device can go while it is asked for; that must not end a client's window.
static int go_on(Display *display, XErrorEvent *e) {
  (void)display;
  (void)e;
  return 0;
}

static bool find_window(SDL_Window *of, Window *window) {
  SDL_SysWMinfo info;
  SDL_VERSION(&info.version);
  if (!SDL_GetWindowWMInfo(of, &info) || info.subsystem != SDL_SYSWM_X11) return false;
  *window = info.info.x11.window;
  return true;
}

static bool knows_xinput2(pen_x11 *x) {
  int event = 0, error = 0, major = 2, minor = 2;
  return XQueryExtension(x->display, "XInputExtension", &x->opcode, &event, &error) &&
    XIQueryVersion(x->display, &major, &minor) == Success;
}

static void watch_for_devices(pen_x11 *x) {
  unsigned char bits[XIMaskLen(XI_LASTEVENT)] = {0};
  XISetMask(bits, XI_HierarchyChanged);
  XIEventMask mask = {.deviceid = XIAllDevices, .mask_len = sizeof bits, .mask = bits};
  XISelectEvents(x->display, DefaultRootWindow(x->display), &mask, 1);
}

pen_reader *pen_x11_open(void *sdl_window, pen_takes *takes) {
  Window window = 0;
  if (!find_window(sdl_window, &window)) return NULL;
  pen_x11 *x = calloc(1, sizeof *x);
  Display *display = x ? XOpenDisplay(NULL) : NULL;
  if (!display) {
    free(x);
    return NULL;
  }
  *x = (pen_x11){.reader = {.fd = ConnectionNumber(display),
                   .next = next,
                   .devices = devices,
                   .close = close_x11},
    .display = display,
    .window = window,
    .takes = takes};
  if (!knows_xinput2(x)) {
    close_x11(&x->reader);
    return NULL;
  }
  XSetErrorHandler(go_on);
  x->pressure = XInternAtom(display, "Abs Pressure", False);
  x->tilt_x = XInternAtom(display, "Abs Tilt X", False);
  x->tilt_y = XInternAtom(display, "Abs Tilt Y", False);
  watch_for_devices(x);
  return &x->reader;
}
