// SPDX-License-Identifier: GPL-3.0-or-later
// Which fonts a window uses, and reading about them while something else is waited for.
#ifndef GESTO_UI_FONTS_H
#define GESTO_UI_FONTS_H

// Chooses assets/fonts.conf beside the program (unless $FONTCONFIG_FILE says otherwise or it
// is not there) and lets a thread of Pango's read it: the window can be opened meanwhile. Main
// thread, early, but after say_begin(): that thread reads the environment, which may not grow
// any more. Fonts are found without it, too, but later and in the system's order.
void fonts_prepare(void);

#endif
