// SPDX-License-Identifier: GPL-3.0-or-later
// Prints what an exercise said, as its journal holds it: said_lines FOLDER-OF-A-CREATION.
#include "core/record/journal.h"

#include <fcntl.h>
#include <stdio.h>

int main(int count, char **args) {
  char path[4096];
  journal_reader *reader = NULL;
  journal_frame frame;
  if (count < 2) return 2;
  snprintf(path, sizeof path, "%s/process.journal", args[1]);
  if (journal_reader_open(&reader, AT_FDCWD, path) != OK) return 1;
  while (journal_next(reader, &frame) == OK)
    if (frame.type == FRAME_SAID)
      printf("%.*s\n", (int)frame.size, (const char *)frame.payload);
  journal_reader_close(reader);
  return 0;
}
