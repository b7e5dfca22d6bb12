// SPDX-License-Identifier: GPL-3.0-or-later
// The words after a command: options by name, the rest in order. Any thread.
#ifndef GESTO_KEEPER_OPTIONS_H
#define GESTO_KEEPER_OPTIONS_H

#include <stdbool.h>

enum { EXIT_HELD = 0, EXIT_NOT_SO = 1, EXIT_USAGE = 2 };

typedef struct option_rule { // a NULL name ends a list
  const char *name;          // "--to"
  const char **value;        // takes a value; or NULL:
  bool *flag;                // is there or not
} option_rule;

// Reads argv[1...] and fills `words` with what is no option. "--" ends the options. Returns
// how many words there are; -1, with a sentence on stderr, if something does not fit or
// there are fewer than `least` or more than `most` words.
int options_take(int argc, char **argv, const option_rule *rules, const char **words,
  int least, int most);

#endif
