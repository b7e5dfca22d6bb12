// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/check.h"

#include "core/base/sandbox.h"
#include "core/player/check_declared.h"
#include "core/player/check_life.h"
#include "core/player/elf_look.h"
#include "core/player/lock.h"

#include <stdlib.h>

static void check_file(tap *t, const char *path) {
  elf_look look;
  result r = elf_look_at(&look, path);
  tap_line(t, r == OK && look.exported == 1 && !look.other[0],
    "it shows gesto_entry and nothing else",
    "%u symbols can be seen, such as \"%s\". Link with core/api/exercise.map.",
    look.exported, look.other);
  tap_line(t, r == OK && look.foreign == 0, "it links nothing but the allowed libraries",
    "It links %s. An exercise may use libc, libm, Cairo, Pango and GLib.", look.library);
}

static bool check_loads(tap *t, exercise *e, const char *path) {
  char why[1024] = "";
  tap_next("load");
  result r = exercise_load(e, path, why, sizeof why);
  if (r == OK) r = sandbox_lock_code();
  tap_line(t, r == OK, "it loads", "%s", why);
  return r == OK;
}

// The same file gives the same examination, unless another seed is asked for.
static uint64_t seed_wanted(void) {
  const char *text = getenv("GESTO_CHECK_SEED");
  return text ? strtoull(text, NULL, 10) : 1;
}

static void examine(tap *t, exercise *e, rehearsal *r, const char *path) {
  lock_warm_up();
  check_file(t, path);
  if (!check_loads(t, e, path)) return;
  if (lock_assets_folder(r->assets, sizeof r->assets) != OK) r->assets[0] = 0;
  check_declared(t, e);
  check_life(t, r, seed_wanted());
}

int check_run(const char *path, voices *instruments) {
  tap t = {0};
  exercise *e = calloc(1, sizeof *e);
  rehearsal *r = calloc(1, sizeof *r);
  tape_room *room = NULL;
  if (e && r && tape_room_create(&room) == OK) {
    *r = (rehearsal){.of = e, .instruments = instruments, .room = room};
    examine(&t, e, r, path);
  }
  tape_room_destroy(room);
  free(r);
  free(e);
  return t.number ? tap_end(&t) : EXIT_FAILURE;
}
