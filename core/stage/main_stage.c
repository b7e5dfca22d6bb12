// SPDX-License-Identifier: GPL-3.0-or-later
// gesto-stage: the client's window.
#include "core/stage/program.h"

int main(int argc, char **argv) { return program_run(argc, argv); }
