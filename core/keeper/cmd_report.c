// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/commands.h"
#include "core/keeper/options.h"
#include "core/keeper/places.h"
#include "core/record/report.h"

#include <limits.h>
#include <stdio.h>

int report_command(int argc, char **argv, const char *archive) {
  bool with_client = false;
  const char *named = NULL, *to = NULL;
  char path[PATH_MAX], why[1024];
  const option_rule rules[] = {
    {"--to", &to, NULL}, {"--with-client", NULL, &with_client}, {0}};
  if (options_take(argc, argv, rules, &named, 1, 1) < 0) return EXIT_USAGE;
  if (!to) {
    fprintf(stderr, "gesto report: say where the page goes with --to FILE.html.\n");
    return EXIT_USAGE;
  }
  if (place_find(archive, named, PLACE_SESSION, path, sizeof(path)) &&
    place_find(archive, named, PLACE_CLIENT, path, sizeof(path))) {
    fprintf(stderr,
      "gesto report: %s is no session and no client; \"gesto list\" shows what "
      "there is.\n",
      named);
    return EXIT_NOT_SO;
  }
  if (report_write(path, to, with_client, why, sizeof(why))) {
    fprintf(stderr, "gesto report: %s\n", why);
    return EXIT_NOT_SO;
  }
  printf("%s\n", to);
  return EXIT_HELD;
}
