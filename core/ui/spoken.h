// SPDX-License-Identifier: GPL-3.0-or-later
// What is said of a widget when focus or scanning ring comes to it. Thread of the window.
#ifndef GESTO_UI_SPOKEN_H
#define GESTO_UI_SPOKEN_H

#include "core/ui/view.h"

#include <stddef.h>

// Its state in words ("chosen", "40", "no answer yet"); "": nothing to say of it.
void spoken_state(const widget *w, char *out, size_t room);
// Hands label and state to view.say; nothing if nobody listens.
void spoken_tell(view *v, const widget *w);
void spoken_tell_words(view *v, const char *words);

#endif
