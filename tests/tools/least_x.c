// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// The least drawing program that X allows, without SDL: a line for each move.
#include <stdbool.h>
#include <X11/Xlib.h>

int main(void) {
  Display *d = XOpenDisplay(NULL);
  if (d == NULL) return 1;
  const int s = DefaultScreen(d);
  const Window w =
    XCreateSimpleWindow(d, RootWindow(d, s), 0, 0, 1920, 1080, 0, 0, WhitePixel(d, s));
  XSelectInput(d, w, ButtonPressMask | ButtonReleaseMask | PointerMotionMask);
  XMapWindow(d, w);
  GC pen = XCreateGC(d, w, 0, NULL);
  XSetForeground(d, pen, BlackPixel(d, s));
  XSetLineAttributes(d, pen, 7, LineSolid, CapRound, JoinRound);
  int x = 0, y = 0;
  for (bool down = false;;) {
    XEvent e;
    XNextEvent(d, &e);
    if (e.type == MotionNotify && down) {
      XDrawLine(d, w, pen, x, y, e.xmotion.x, e.xmotion.y);
      XFlush(d);
    }
    if (e.type == ButtonPress || e.type == ButtonRelease) down = e.type == ButtonPress;
    if (e.type == MotionNotify) {
      x = e.xmotion.x;
      y = e.xmotion.y;
    } else if (e.type == ButtonPress) {
      x = e.xbutton.x;
      y = e.xbutton.y;
    }
  }
}
