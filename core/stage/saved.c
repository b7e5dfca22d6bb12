// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/saved.h"

#include "core/ui/say.h"

enum { LATE_US = 300 * 1000, AWAY_US = 3 * 1000 * 1000 };

saved_facts saved_read(const ring *r) {
  return (saved_facts){.written = ring_written(r),
    .durable = atomic_load(&r->head->durable),
    .beat_us = atomic_load(&r->head->keeper_beat_us),
    .saving = atomic_load(&r->head->saving)};
}

// The mark stands at the oldest input that may not be on disk; once it is, it moves to the
// newest.
static void move_mark(saved_watch *w, saved_facts f, uint64_t now_us) {
  if (f.durable >= f.written) {
    *w = (saved_watch){0};
  } else if (w->mark_seq == 0 || f.durable >= w->mark_seq) {
    w->mark_seq = f.written;
    w->mark_us = now_us;
  }
}

saved_state saved_look(saved_watch *w, saved_facts f, uint64_t now_us) {
  move_mark(w, f, now_us);
  if (f.saving == RING_DISK_FULL) return SAVED_FULL;
  if (f.saving == RING_SAVE_FAILED) return SAVED_FAILED;
  if (w->mark_seq == 0) return SAVED;
  const uint64_t waits_us = now_us - w->mark_us;
  if (waits_us < LATE_US) return SAVED;
  const bool away = now_us > f.beat_us && now_us - f.beat_us > AWAY_US;
  return away && waits_us > AWAY_US ? SAVED_NOT : SAVING;
}

bool saved_waits(const saved_watch *w) { return w->mark_seq != 0; }

const char *saved_words(saved_state s) {
  switch (s) {
  case SAVED: return _("Saved");
  case SAVING: return _("Saving");
  default: return _("Not being saved");
  }
}

const char *saved_sign(saved_state s) { return s == SAVED ? "saved" : "clock"; }

const char *saved_advice(saved_state s) {
  switch (s) {
  case SAVED_NOT:
    return _("What you do is held and will be saved as soon as it can be. You may wait a "
             "moment.");
  case SAVED_FAILED:
    return _("The disk does not take anything now. Please tell your therapist.");
  case SAVED_FULL:
    return _("The disk is full. What is saved stays; please tell your therapist.");
  default: return "";
  }
}
