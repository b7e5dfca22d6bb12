// SPDX-License-Identifier: GPL-3.0-or-later
// A small session as a keeper makes one, for tests of the record.
#ifndef GESTO_TESTS_SESSION_HAND_H
#define GESTO_TESTS_SESSION_HAND_H

#include "core/record/archive.h"
#include "core/record/journal.h"
#include "core/record/slots.h"
#include "tests/unit/scratch.h"

enum { HAND_CREATIONS = 4, HAND_FRAMES = 5 };
#define HAND_PICTURE "\x89PNG\r\n\x1a\nnot really"
#define HAND_SOUND "fLaC not really"
#define HAND_FACTS "{\"steps\":[{\"t\":0,\"name\":\"Reach up <slowly>\",\"seconds\":30}]}"
#define HAND_SECRET "a stroke that was taken back"

// How far it came: what answered OK.
typedef struct hand_run {
  archive *a;
  session *s;
  char path[4096];
  uint32_t created, frames[HAND_CREATIONS], works, applied;
  bool closed;
} hand_run;

static inline result hand_journal(hand_run *h, uint32_t n) {
  journal *j = NULL;
  const int dir = session_creation_dir(h->s, n);
  static const char begin[] = "{\"exercise\":\"org.gesto.draw\"}";
  result r =
    journal_create(&j, dir, "process.journal", session_id(h->s), archive_room(h->a));
  if (r == OK)
    r = journal_append(j, FRAME_BEGIN, FRAME_CRITICAL, begin, sizeof begin - 1);
  for (uint32_t i = 0; i < HAND_FRAMES && r == OK; i++) {
    ring_slot slot = {.seq = i + 1, .kind = SLOT_EVENT, .creation = n};
    slot.as.event =
      (gesto_event){.time = 1000 * i, .type = GESTO_POINTER_MOVE, .source = 1};
    uint8_t bytes[256];
    uint32_t taken = 0;
    const size_t size = slots_encode(&slot, 1, &taken, bytes, sizeof bytes);
    r = journal_append(j, FRAME_SLOTS, 0, bytes, (uint32_t)size);
    if (r == OK) h->frames[n - 1]++;
  }
  if (r == OK) r = io_sync_data(journal_fd(j));
  journal_close(j);
  return r;
}

// What only "keep, and how I made it" lets stay.
// A snapshot by its head (docs/session-format.md), with words that must not be found again.
static inline result hand_snapshot(int folder) {
  enum { HEAD = 144, SEQ_AT = 8, SIZE_AT = 28 };
  uint8_t file[HEAD + sizeof HAND_SECRET] = "GESTOS3\n";
  file[SEQ_AT] = 3;
  file[SIZE_AT] = sizeof HAND_SECRET;
  memcpy(file + HEAD, HAND_SECRET, sizeof HAND_SECRET);
  return io_save(folder, "snap-3", file, sizeof file);
}

static inline result hand_traces(hand_run *h, uint32_t n) {
  const int dir = session_creation_dir(h->s, n);
  int folder = -1;
  result r = io_save(dir, "state", HAND_SECRET, sizeof HAND_SECRET);
  if (r == OK)
    r = io_save(dir, "process.journal.torn-1", HAND_SECRET, sizeof HAND_SECRET);
  if (r == OK) r = io_make_dir(dir, "snapshots", 0700);
  if (r == OK) r = io_open_dir(dir, "snapshots", &folder);
  if (r == OK) r = hand_snapshot(folder);
  io_close(folder);
  return r;
}

static inline result hand_work(hand_run *h, uint32_t n) {
  static const work_info infos[] = {{.kind = "picture",
                                      .title = "Sea",
                                      .about = "Waves \"and\" sand",
                                      .width = 3,
                                      .height = 2},
    {.kind = "sound", .title = "Loop 1", .frames = 48000},
    {.kind = "facts", .title = "Movement"}};
  static const char *const files[] = {"artwork.png", "loop-1.flac", "facts.json"};
  static const char *const bytes[] = {HAND_PICTURE, HAND_SOUND, HAND_FACTS};
  const uint32_t i = (n - 1) % 3;
  return session_put_work(h->s, n, files[i], &infos[i], bytes[i], strlen(bytes[i]));
}

static inline result hand_create(hand_run *h, uint32_t n) {
  static const char *const ids[] = {"org.gesto.draw", "org.gesto.loop", "org.gesto.move"};
  uint32_t number = 0;
  result r = session_add_creation(h->s, ids[(n - 1) % 3], &number);
  if (r != OK) return r;
  h->created++;
  r = hand_journal(h, number);
  if (r == OK) r = hand_traces(h, number);
  if (r == OK) r = hand_work(h, number);
  if (r == OK) h->works++;
  return r;
}

static inline result hand_begin(hand_run *h, const char *path) {
  char why[512] = "", client[24];
  *h = (hand_run){0};
  result r = archive_open(&h->a, path, true, why, sizeof why);
  if (r == OK) r = archive_lock(h->a);
  if (r == OK) r = archive_client(h->a, "Robin", client);
  if (r == OK) r = session_begin(&h->s, h->a, client);
  if (r == OK)
    r = session_set_fact(h->s, "check_in",
      "{\"feeling\":{\"pleasant\":0.6,\"energy\":-0.6,\"word\":\"calm\"},\"skipped\":["
      "\"wish\"]}");
  if (r == OK) r = session_save(h->s);
  if (r == OK) r = session_flow(h->s, "{\"fact\":\"began\"}");
  return r;
}

// 1: keep with how, 2: private, 3: let go, 4: left without choosing.
static inline result hand_answer(hand_run *h) {
  const answer answers[] = {
    {.keep = CONSENT_KEEP, .process = true, .title = "Sea at night"},
    {.keep = CONSENT_PRIVATE, .title = "Mine"}, {.keep = CONSENT_LET_GO}};
  for (uint32_t n = 1; n <= 3; n++) {
    const bool anew = n == 2;
    const result r =
      session_apply(h->s, n, &answers[n - 1], anew ? "anew" : NULL, anew ? 4 : 0);
    if (r != OK) return r;
    h->applied++;
  }
  return OK;
}

static inline result hand_session(hand_run *h, const char *path) {
  result r = hand_begin(h, path);
  for (uint32_t n = 1; n <= HAND_CREATIONS && r == OK; n++) r = hand_create(h, n);
  if (r == OK) r = hand_answer(h);
  if (r == OK) r = session_finish(h->s, false, h->path, sizeof h->path);
  h->closed = r == OK;
  return r;
}

static inline void hand_finish(hand_run *h) {
  session_close_handle(h->s);
  archive_close(h->a);
  h->s = NULL;
  h->a = NULL;
}

#endif
