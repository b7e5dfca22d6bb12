// SPDX-License-Identifier: GPL-3.0-or-later
// needs: keeper
// `gesto play` on a disk that fails once: FAULT="N ERRNO" says which of the keeper's calls is
// refused, and why. How many there were is written to the file $FAULT_CALLS.
#include "core/base/io.h"
#include "core/keeper/play.h"

#include <inttypes.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  const char *fault = getenv("FAULT"), *calls = getenv("FAULT_CALLS");
  const char *archive = getenv("GESTO_ARCHIVE");
  uint64_t nth = 0;
  int error = 0;
  if (argc < 2 || !archive || sodium_init() < 0) return 9;
  if (fault && sscanf(fault, "%" SCNu64 " %d", &nth, &error) != 2) return 9;
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  io_fail_at(nth, error);
  const int code = play_command(argc - 1, argv + 1, archive);
  FILE *to = calls ? fopen(calls, "w") : NULL;
  if (to) fprintf(to, "%" PRIu64 "\n", io_calls());
  if (to) fclose(to);
  fflush(stdout);
  return code;
}
