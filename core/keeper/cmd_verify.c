// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/commands.h"
#include "core/keeper/options.h"
#include "core/record/verify.h"

#include <stdint.h>
#include <stdio.h>

static void tell(void *data, const char *path, const char *what) {
  uint32_t *count = data;
  ++*count;
  printf("%s: %s\n", path, what);
}

int verify_command(int argc, char **argv, const char *archive) {
  const char *path = archive;
  uint32_t count = 0;
  if (options_take(argc, argv, NULL, &path, 0, 1) < 0) return EXIT_USAGE;
  const result r = verify_path(path, tell, &count);
  if (!r && !count) {
    printf("%s: all holds.\n", path);
    return EXIT_HELD;
  }
  if (count)
    fprintf(stderr,
      "gesto verify: %u thing%s not hold; keep this folder as it is and bring "
      "back what is named from a backup.\n",
      count, count == 1 ? " does" : "s do");
  else
    fprintf(stderr,
      "gesto verify: %s cannot be examined (%s); name an archive, a client's or "
      "a session's folder.\n",
      path, result_text(r));
  return EXIT_NOT_SO;
}
