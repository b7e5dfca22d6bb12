// SPDX-License-Identifier: GPL-3.0-or-later
// `gesto`: finds the command that is asked for and hands over to it.
#include "core/api/gesto.h"
#include "core/base/io.h"
#include "core/keeper/commands.h"
#include "core/keeper/desk_service.h"
#include "core/keeper/live.h"
#include "core/keeper/options.h"
#include "core/keeper/plain_stream.h"
#include "core/keeper/play.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct command {
  const char *name, *usage, *does;
  int (*run)(int argc, char **argv, const char *archive);
  bool prints; // ends without a word when nobody reads on: `gesto journal … | head`
} command;

static const char VERSION[] = "0.3.0";

static const command COMMANDS[] = {
  {"desk", "", "opens the desk, as gesto alone does", desk_command, false},
  {"session", "[--client ALIAS] [--exercise ID] [--minutes N] [--language L]",
    "begins a session at once, for a guest if no client is named. --minutes and "
    "--language hold for this session; else the client's room says",
    session_command, false},
  {"room", "CLIENT [--set FILE.json] [--picture FILE | --no-picture] [--json]",
    "shows the room of a client: what is offered, how loud, how long, in which "
    "language, goals and access settings. --set changes what FILE.json names and "
    "leaves the rest; null in it means as usual. docs/session-format.md has the form. "
    "--picture puts a PNG, JPEG or OpenRaster to draw on, --no-picture takes it off",
    room_command, true},
  {"play", "FILE... [--client ALIAS] [--speed max|N]",
    "plays gesture scripts through keeper and player, without a screen or a sound "
    "card; the session's folder is printed last",
    play_command, false},
  {"journal", "FILE [--with-client]",
    "prints a journal as a gesture script that plays to the same creation. FILE is a "
    "process.journal or the folder of a creation",
    journal_command, true},
  {"replay",
    "CREATION [--at SECONDS|--at-stroke N] [--speed max|N] [--skip-pauses] [--to "
    "FILE.png|FILE.ora|FILE.flac|FILE.json] [--work NAME] [--strokes [--json]] "
    "[--frames DIR [--fps N] [--without-undone]] [--with-client]",
    "makes a creation again from its journal and says of each work whether it equals "
    "the record. --to writes one of them (the picture that lay in front, the mix, the "
    "facts, or the work called NAME); --speed 1 takes as long as the client took, "
    "--skip-pauses passes over the time in which the hand rested. --strokes prints a "
    "line for each stroke; --frames makes a time-lapse of pictures for a film, pauses "
    "left out, 8 times as fast, 25 for a second; --without-undone leaves out what "
    "was taken back, too",
    replay_command, true},
  {"list", "[--client ALIAS] [--with-client] [--json]",
    "lists clients, sessions and creations; private ones only --with-client",
    list_command, true},
  {"verify", "[PATH]",
    "checks manifests, journals and files of an archive, a client or a session, and "
    "names each thing that does not hold",
    verify_command, false},
  {"export", "CREATION|SESSION --to DIR [--with-client]",
    "copies finished works as plain files for the client to take home", export_command,
    false},
  {"report", "SESSION|CLIENT --to FILE.html [--with-client]",
    "writes one page that holds pictures, sounds and logs and needs nothing else",
    report_command, false},
  {"forget", "CREATION", "lets go of a creation after the session, with its key",
    forget_command, false},
  {"catalogue", "--rebuild", "makes the index of the archive again from its folders",
    catalogue_command, false},
  {"check", "FILE.so", "examines an exercise for its author", check_command, false},
  {"exercises", "[--json]",
    "tells what plugins.conf (or the file that GESTO_CONF names) lists, and whether "
    "each loads",
    exercises_command, true},
};
enum { COMMAND_COUNT = sizeof(COMMANDS) / sizeof(COMMANDS[0]) };

static void print_help(void) {
  puts("Gesto is a studio for creative therapy.\n\n"
       "  gesto                      opens the desk\n"
       "  gesto COMMAND --help       says more about a command\n"
       "  gesto --version            says which Gesto this is\n"
       "  --archive DIR              where sessions are kept (or GESTO_ARCHIVE;\n"
       "                             else $XDG_DATA_HOME/gesto)\n\ncommands:");
  for (int i = 0; i < COMMAND_COUNT; i++)
    printf("  %-10s %s\n", COMMANDS[i].name, COMMANDS[i].usage);
}

static int help_on(const command *c) {
  printf("gesto %s %s\n%s.\n", c->name, c->usage, c->does);
  return EXIT_HELD;
}

// Takes "--archive DIR" out of argv wherever it stands. False: its value is missing.
static bool take_archive(int *argc, char **argv, const char **archive_path) {
  int n = 0;
  for (int i = 0; i < *argc; i++) {
    if (!strncmp(argv[i], "--archive=", 10)) {
      *archive_path = argv[i] + 10;
    } else if (!strcmp(argv[i], "--archive")) {
      if (++i == *argc) return false;
      *archive_path = argv[i];
    } else {
      argv[n++] = argv[i];
    }
  }
  argv[n] = NULL;
  *argc = n;
  return (*archive_path)[0] != 0;
}

static const char *usual_archive(char *path, size_t room) {
  const char *named = getenv("GESTO_ARCHIVE");
  const char *data = getenv("XDG_DATA_HOME");
  const char *home = getenv("HOME");
  if (named && named[0]) return named;
  if (data && data[0])
    snprintf(path, room, "%s/gesto", data);
  else
    snprintf(path, room, "%s/.local/share/gesto", home ? home : "");
  return path;
}

static bool asks_for_help(int argc, char **argv) {
  for (int i = 1; i < argc && strcmp(argv[i], "--"); i++)
    if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) return true;
  return false;
}

static int run_one(const command *c, int argc, char **argv, const char *archive_path) {
  if (asks_for_help(argc, argv)) return help_on(c);
  if (c->prints) signal(SIGPIPE, SIG_DFL);
  return c->run(argc, argv, archive_path);
}

static int run(int argc, char **argv, const char *archive_path) {
  static char desk[] = "desk";
  char *only[] = {desk, NULL};
  if (argc == 0) return desk_command(1, only, archive_path);
  for (int i = 0; i < COMMAND_COUNT; i++)
    if (!strcmp(argv[0], COMMANDS[i].name))
      return run_one(&COMMANDS[i], argc, argv, archive_path);
  if (!strcmp(argv[0], "--help") || !strcmp(argv[0], "-h") || !strcmp(argv[0], "help")) {
    print_help();
    return EXIT_HELD;
  }
  if (!strcmp(argv[0], "--version")) {
    printf("gesto %s (exercises %u.%u)\n", VERSION, GESTO_ABI >> 16, GESTO_ABI & 0xffff);
    return EXIT_HELD;
  }
  fprintf(
    stderr, "gesto: there is no command \"%s\"; \"gesto --help\" lists them.\n", argv[0]);
  return EXIT_USAGE;
}

// Where one of the three is closed, the next file that is opened would be written to by
// whoever prints: a journal, say.
static bool open_usual_streams(void) {
  for (int usual = STDIN_FILENO; usual <= STDERR_FILENO; usual++) {
    int fd = -1;
    if (fcntl(usual, F_GETFD) >= 0) continue;
    if (io_open(AT_FDCWD, "/dev/null", O_RDWR, 0, &fd) != OK || fd != usual) return false;
    fcntl(fd, F_SETFD, 0); // our programs inherit it
  }
  return true;
}

typedef struct usual_streams {
  FILE *out, *error;
} usual_streams;

// Names and sentences come from exercises, files and clients. Returns what was there before.
static usual_streams keep_terminal_plain(void) {
  const usual_streams before = {.out = stdout, .error = stderr};
  FILE *error = plain_stream(STDERR_FILENO);
  FILE *out = isatty(STDOUT_FILENO) ? plain_stream(STDOUT_FILENO) : NULL;
  if (error) stderr = error;
  if (out) stdout = out;
  return before;
}

static void give_back(usual_streams before) {
  FILE *out = stdout, *error = stderr;
  stdout = before.out;
  stderr = before.error;
  if (out != before.out) fclose(out);
  if (error != before.error) fclose(error);
}

static int take_command(int argc, char **argv) {
  char path[4096];
  const char *archive_path = usual_archive(path, sizeof(path));
  if (sodium_init() < 0) {
    fputs("gesto: this system gives no random numbers; restart the computer.\n", stderr);
    return EXIT_NOT_SO;
  }
  int count = argc - 1;
  if (!take_archive(&count, argv + 1, &archive_path)) {
    fputs("gesto: a folder is missing after \"--archive\".\n", stderr);
    return EXIT_USAGE;
  }
  const int code = run(count, argv + 1, archive_path);
  if (fflush(stdout) || ferror(stdout)) {
    fputs("gesto: not all of the answer could be written out.\n", stderr);
    return EXIT_NOT_SO;
  }
  return code;
}

// What is read as a whole and let go of (a journal, a list of sessions) goes back to the system
// at once: the keeper lives as long as the session.
static void keep_memory_small(void) {
  enum { OF_ITS_OWN_BYTES = 64 * 1024 };
  mallopt(M_MMAP_THRESHOLD, OF_ITS_OWN_BYTES);
  mallopt(M_TRIM_THRESHOLD, OF_ITS_OWN_BYTES);
}

int main(int argc, char **argv) {
  keep_memory_small();
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN); // a file at its limit gives a result, not an end
  if (!open_usual_streams()) return EXIT_NOT_SO;
  const usual_streams before = keep_terminal_plain();
  const int code = take_command(argc, argv);
  give_back(before);
  return code;
}
