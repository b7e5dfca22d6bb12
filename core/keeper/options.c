// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/options.h"

#include <stdio.h>
#include <string.h>

static int refuse(const char *command, const char *what, const char *word) {
  fprintf(stderr, "gesto %s: %s%s%s%s; \"gesto %s --help\" shows how it is used.\n",
    command, what, word ? " \"" : "", word ? word : "", word ? "\"" : "", command);
  return -1;
}

static const option_rule *find(
  const option_rule *rules, const char *word, size_t length) {
  for (const option_rule *rule = rules; rule && rule->name; rule++)
    if (strlen(rule->name) == length && !strncmp(rule->name, word, length)) return rule;
  return NULL;
}

// Takes one option; returns how many words of argv it used, -1 if it does not fit.
static int take_option(
  int left, char **argv, const option_rule *rules, const char *command) {
  const char *word = argv[0];
  const size_t length = strcspn(word, "=");
  const option_rule *rule = find(rules, word, length);
  if (!rule) return refuse(command, "there is no option", word);
  if (!rule->value) {
    if (word[length]) return refuse(command, "no value belongs to", rule->name);
    *rule->flag = true;
    return 1;
  }
  if (word[length]) {
    *rule->value = word + length + 1;
    return 1;
  }
  if (left < 2) return refuse(command, "a value is missing after", word);
  *rule->value = argv[1];
  return 2;
}

int options_take(int argc, char **argv, const option_rule *rules, const char **words,
  int least, int most) {
  int count = 0;
  bool options = true;
  for (int i = 1; i < argc;) {
    if (options && !strcmp(argv[i], "--")) {
      options = false;
      i++;
    } else if (options && argv[i][0] == '-' && argv[i][1]) {
      const int used = take_option(argc - i, argv + i, rules, argv[0]);
      if (used < 0) return -1;
      i += used;
    } else {
      if (count == most) return refuse(argv[0], "there is one word too many:", argv[i]);
      words[count++] = argv[i++];
    }
  }
  return count < least ? refuse(argv[0], "something is missing", NULL) : count;
}
