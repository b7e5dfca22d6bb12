// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of `gesto` that begin no session. argv[0] is the command's name; `archive` the
// archive's folder. Each returns 0 when what was asked for holds, 1 when it does not, 2 when
// it was asked in a way that cannot be understood, with one sentence on stderr.
#ifndef GESTO_KEEPER_COMMANDS_H
#define GESTO_KEEPER_COMMANDS_H

int journal_command(int argc, char **argv, const char *archive);
int replay_command(int argc, char **argv, const char *archive);
int list_command(int argc, char **argv, const char *archive);
int verify_command(int argc, char **argv, const char *archive);
int export_command(int argc, char **argv, const char *archive);
int report_command(int argc, char **argv, const char *archive);
int forget_command(int argc, char **argv, const char *archive);
int catalogue_command(int argc, char **argv, const char *archive);
int check_command(int argc, char **argv, const char *archive);
int room_command(int argc, char **argv, const char *archive);
int exercises_command(int argc, char **argv, const char *archive);

#endif
