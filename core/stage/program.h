// SPDX-License-Identifier: GPL-3.0-or-later
// gesto-stage as a whole: the client's window from its opening to its end.
#ifndef GESTO_STAGE_PROGRAM_H
#define GESTO_STAGE_PROGRAM_H

// Started by the warden with its link to the keeper as descriptor 3 (or the one that
// GESTO_STAGE_LINK names). Returns the program's exit code: 0 the end, 2 started wrongly,
// 3 no window can be opened. Main thread.
int program_run(int argc, char **argv);

#endif
