// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/commands.h"
#include "core/keeper/options.h"
#include "core/record/catalogue.h"

#include <stdio.h>

int catalogue_command(int argc, char **argv, const char *archive_at) {
  bool rebuild = false;
  char why[1024];
  archive *a = NULL;
  const option_rule rules[] = {{"--rebuild", NULL, &rebuild}, {0}};
  if (options_take(argc, argv, rules, NULL, 0, 0) < 0) return EXIT_USAGE;
  if (!rebuild) {
    fprintf(stderr,
      "gesto catalogue: add --rebuild to make the index again from the "
      "folders.\n");
    return EXIT_USAGE;
  }
  if (archive_open(&a, archive_at, false, why, sizeof(why))) {
    fprintf(stderr, "gesto catalogue: %s\n", why);
    return EXIT_NOT_SO;
  }
  const result r = catalogue_rebuild(a);
  if (r)
    fprintf(stderr,
      "gesto catalogue: the index of %s could not be made (%s); the folders are "
      "as they were.\n",
      archive_path(a), result_text(r));
  else
    printf("The index of %s is made again from its folders.\n", archive_path(a));
  archive_close(a);
  return r ? EXIT_NOT_SO : EXIT_HELD;
}
