// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/house.h"

#include "core/base/clock.h"
#include "core/base/sandbox.h"
#include "core/keeper/sitting.h"

#include <sodium.h>
#include <stdio.h>

enum { LOCK_TRIES = 40, LOCK_PAUSE_US = 50 * 1000 };

// A keeper that has just been killed may still be on its way out.
static result lock(archive *a, const lock_box *box) {
  const int held = box ? lock_box_look(box) : -1;
  result done = archive_lock_again(a, held);
  for (int i = 0; done == NOT_NOW && i < LOCK_TRIES; i++) {
    clock_sleep_us(LOCK_PAUSE_US);
    done = archive_lock(a);
  }
  if (done != OK || !box || held >= 0) return done;
  const result put = lock_box_put(box, archive_lock_fd(a));
  if (put != OK)
    fprintf(stderr, "gesto: the archive's lock is held by this program alone (%s).\n",
      result_text(put));
  return done;
}

static result open_archive(house *h, const char *path, const lock_box *box) {
  char why[1024];
  result done = archive_open(&h->archive, path, true, why, sizeof why);
  if (done != OK) {
    fprintf(stderr, "gesto: %s\n", why);
    return done;
  }
  done = lock(h->archive, box);
  if (done == NOT_NOW) {
    fprintf(stderr,
      "gesto: Gesto is open already with the archive %s; please use that "
      "window, or close it first.\n",
      path);
  } else if (done != OK) {
    fprintf(stderr,
      "gesto: the archive %s cannot be written (%s); please look at its disk "
      "and its permissions.\n",
      path, result_text(done));
  }
  return done;
}

static void read_exercises(house *h) {
  char why[1024];
  if (exercise_list_read(&h->exercises, NULL, why, sizeof why) != OK) {
    fprintf(stderr, "gesto: %s\n", why);
    h->exercises = (exercise_list){0};
    return;
  }
  exercise_list_probe(&h->exercises);
  for (uint32_t i = 0; i < h->exercises.count; i++) {
    const char *refused = h->exercises.entries[i].refused;
    if (refused) fprintf(stderr, "gesto: %s\n", refused);
  }
}

result house_open(
  house *h, const char *archive_path, const char *held, const lock_box *box) {
  *h = (house){0};
  result done = open_archive(h, archive_path, box);
  if (done != OK) {
    house_close(h);
    return done;
  }
  if (house_missing_wall()) fprintf(stderr, "gesto: %s\n", house_missing_wall());
  sitting_rescue_all(h->archive, held);
  read_exercises(h);
  return OK;
}

void house_close(house *h) {
  exercise_list_finish(&h->exercises);
  if (h->archive) archive_close(h->archive);
  *h = (house){0};
}

const exercise_entry *house_exercise(house *h, const char *id, char *why, size_t room) {
  const exercise_entry *entry = exercise_list_find(&h->exercises, id);
  if (entry && !entry->refused) return entry;
  if (entry) {
    snprintf(why, room, "%s", entry->refused);
  } else {
    snprintf(why, room,
      "There is no exercise \"%s\" here; plugins.conf lists those that "
      "there are (`gesto exercises` shows them).",
      id);
  }
  return NULL;
}

const char *house_missing_wall(void) {
  const int mask = sandbox_landlock_mask();
  if (mask != 0 && sandbox_landlock_abi() > 0) return NULL;
  return "This computer's kernel has no Landlock: an exercise could read this account's "
         "files. It can still write none, reach no network and start no program. Linux "
         "5.13 or newer, with Landlock switched on, closes that too.";
}

uint64_t house_seed(void) {
  uint64_t seed = 0;
  randombytes_buf(&seed, sizeof seed);
  return seed >> 1; // fits a JSON integer
}
