// SPDX-License-Identifier: GPL-3.0-or-later
// `gesto`: the keeper behind the therapist's desk. Lists, pictures, sessions begun, taken up
// and finished, sounds, replays, reports. Keeper's main thread.
#ifndef GESTO_KEEPER_DESK_SERVICE_H
#define GESTO_KEEPER_DESK_SERVICE_H

// argv[0] is "desk". Becomes the warden, or is the keeper that a warden started.
int desk_command(int argc, char **argv, const char *archive_path);

#endif
