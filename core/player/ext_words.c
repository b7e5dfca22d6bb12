// SPDX-License-Identifier: GPL-3.0-or-later
// gesto.words/1: what an exercise shows and says, in the language of the screen, from the
// catalogues beside the programs. They are read when the first word is asked for, in the lock.
#include "core/player/ext_words.h"

#include "core/base/beside.h"
#include "core/player/extensions.h"

#include <libintl.h>
#include <locale.h>
#include <stdlib.h>

// gettext goes by LANGUAGE in any locale but "C".
void ext_words_prepare(void) {
  char folder[4096];
  if (beside_program("words", folder, sizeof folder) != OK) return;
  setlocale(LC_MESSAGES, "C.UTF-8");
  bindtextdomain("gesto", folder);
  bind_textdomain_codeset("gesto", "UTF-8");
  textdomain("gesto");
}

void ext_words_speak(const char *language) {
  setenv("LANGUAGE", language[0] ? language : "en", 1);
}

// gettext keeps what a catalogue says of itself under "".
static const char *word(const gesto_host *host, const char *words) {
  (void)host;
  return words && words[0] ? gettext(words) : "";
}

const gesto_words *words_face(void) {
  static const gesto_words face = {.size = sizeof face, .word = word};
  return &face;
}
