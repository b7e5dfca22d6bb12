// SPDX-License-Identifier: GPL-3.0-or-later
// `gesto play FILE...`: gesture scripts as one session, each script a creation, through the
// same recorder, player and archive as a live session.
#ifndef GESTO_KEEPER_PLAY_H
#define GESTO_KEEPER_PLAY_H

// argv[0] is "play". 0: all was played; 1: not all, what was played is kept; 2: usage. The
// session's folder is the last line on stdout.
int play_command(int argc, char **argv, const char *archive_path);

#endif
