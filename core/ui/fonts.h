// SPDX-License-Identifier: GPL-3.0-or-later
// Which fonts a window uses.
#ifndef GESTO_UI_FONTS_H
#define GESTO_UI_FONTS_H

// Reads assets/fonts.conf beside the program, unless $FONTCONFIG_FILE says otherwise. Main
// thread, early. Without it fonts are found later and in the system's order.
void fonts_prepare(void);

#endif
