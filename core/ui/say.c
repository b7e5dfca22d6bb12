// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/say.h"

#include "core/base/beside.h"

#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

// The machine need not have the language's own locale: C.UTF-8 is always there, and gettext
// goes by LANGUAGE in any locale but "C". Numbers stay as JSON and scripts write them.
void say_init(const char *folder) {
  setlocale(LC_CTYPE, "C.UTF-8");
  setlocale(LC_MESSAGES, "C.UTF-8");
  bindtextdomain("gesto", folder);
  bind_textdomain_codeset("gesto", "UTF-8");
  textdomain("gesto");
}

void say_begin(void) {
  char folder[PATH_MAX];
  if (beside_program("words", folder, sizeof folder) != OK) return;
  say_init(folder);
  say_language("");
}

void say_language(const char *language) {
  static const char *const rooms[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
  const char *wanted = language;
  for (size_t i = 0; i < sizeof rooms / sizeof *rooms && !wanted[0]; i++) {
    const char *found = getenv(rooms[i]);
    if (found) wanted = found;
  }
  if (wanted != getenv("LANGUAGE")) setenv("LANGUAGE", wanted, 1);
  textdomain("gesto"); // has gettext look at LANGUAGE anew
}

// gettext keeps what the catalogue says of itself under "".
const char *say_declared(const char *words) { return words[0] ? gettext(words) : words; }

bool say_is_right_to_left(void) {
  static const char *const languages[] = {"ar", "fa", "he", "ur", "ps", "yi"};
  const char *language = getenv("LANGUAGE");
  if (!language) return false;
  for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
    if (strncmp(language, languages[i], 2) == 0 &&
      !(language[2] >= 'a' && language[2] <= 'z'))
      return true;
  return false;
}

// gettext keeps what a catalogue says of itself under "".
void say_words_language(char *to, size_t room) {
  static const char mark[] = "Language: ";
  const char *about = gettext("");
  const char *found = strstr(about, mark);
  const char *from = found ? found + strlen(mark) : "en";
  size_t n = strcspn(from, "\n ");
  if (n == 0) {
    from = "en";
    n = strlen(from);
  }
  if (n >= room) n = room - 1;
  memcpy(to, from, n);
  to[n] = 0;
}
