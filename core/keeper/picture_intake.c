// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keeper/picture_intake.h"

#include "core/base/io.h"
#include "core/base/memory_map.h"
#include "core/base/protocol.h"
#include "core/keeper/decoder.h"
#include "core/keeper/plain_text.h"
#include "core/record/client.h"
#include "core/record/client_picture.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- Sentences -------------------------------------------------------------------------

static const char *after_name(uint32_t outcome) {
  switch (outcome) {
  case INTAKE_UNKNOWN:
    return "is neither PNG nor JPEG nor OpenRaster; save it as one of these first.";
  case INTAKE_DAMAGED:
    return "is damaged or not whole; save it again with the program that it comes from.";
  case INTAKE_TOO_LARGE:
    return "has more pixels or sheets than are taken in (8192 a side, 32 million in all, "
           "a photo 128 million); make it smaller first.";
  case INTAKE_EMPTY: return "shows nothing; choose another picture.";
  case INTAKE_NO_MEMORY:
    return "needs more memory than there is; close something, or make it smaller.";
  default:
    return "was too much for the program that opens pictures, or too slow; save it "
           "again, smaller, with another program.";
  }
}

static void say(const picture_intake *p, const char *after, char *why, size_t room) {
  snprintf(why, room, "%s %s", p->path, after);
  plain_text(why);
}

static void say_unread(const picture_intake *p, result r, char *why, size_t room) {
  char after[128];
  if (r == TOO_LARGE)
    snprintf(after, sizeof after, "is larger than 64 MB; make it smaller first.");
  else if (r == BAD_DATA)
    snprintf(after, sizeof after, "is empty or no file; name a picture.");
  else
    snprintf(after, sizeof after, "cannot be read (%s); name a picture that is there.",
      result_text(r));
  say(p, after, why, room);
}

// ---- Beginning -------------------------------------------------------------------------

// Of a guest nothing is kept.
static result may_have(archive *a, const char *client, char *why, size_t room) {
  json_t *facts = NULL;
  const result r = client_facts(a, client, &facts);
  const bool guest = json_is_true(json_object_get(facts, "guest"));
  json_decref(facts);
  if (r == OK && !guest) return OK;
  snprintf(why, room, "%s",
    guest ? "Of a guest nothing is kept; name the guest at the desk first."
          : "What is known of this client cannot be read.");
  return guest ? NOT_ALLOWED : r;
}

static result ask(picture_intake *p, char *why, size_t room) {
  const decoder_wish wish = {.request = 1,
    .dir = AT_FDCWD,
    .name = p->path,
    .longest = PICTURE_SIDE,
    .take_in = true};
  const result r = decoder_ask(p->decoder, &wish);
  if (r != OK) say_unread(p, r, why, room);
  return r;
}

result picture_intake_begin(picture_intake *p, archive *a, const char *client,
  const char *path, char *why, size_t room) {
  *p = (picture_intake){.archive = a, .path = strdup(path)};
  snprintf(p->client, sizeof p->client, "%s", client);
  result r = p->path ? decoder_create(&p->decoder) : NO_MEMORY;
  if (r != OK) snprintf(why, room, "There is no memory left to open a picture with.");
  if (r == OK) r = may_have(a, client, why, room);
  if (r == OK) r = ask(p, why, room);
  if (r != OK) picture_intake_finish(p);
  return r;
}

void picture_intake_finish(picture_intake *p) {
  decoder_destroy(p->decoder);
  free(p->path);
  *p = (picture_intake){0};
}

// ---- On its way ------------------------------------------------------------------------

bool picture_intake_is_on(const picture_intake *p) { return p->decoder != NULL; }

void picture_intake_wake(const picture_intake *p, wake_set *w) {
  if (p->decoder) decoder_wake(p->decoder, w);
}

static result keep(const picture_intake *p, const decoded *got, char *why, size_t room) {
  memory_map map = {0};
  result r = memory_map_open(&map, got->fd, false, got->bytes);
  if (r == OK) r = client_picture_put(p->archive, p->client, map.bytes, got->bytes);
  memory_map_close(&map);
  if (r == OK) return OK;
  snprintf(why, room, "The picture could not be kept in %s: %s.",
    archive_path(p->archive), result_text(r));
  return r;
}

static void say_blended(
  const picture_intake *p, const char *names, char *why, size_t room) {
  char after[512];
  snprintf(after, sizeof after,
    "has sheets that are not just laid on those below them; they may look "
    "different here: %s.",
    names);
  say(p, after, why, room);
}

bool picture_intake_turn(picture_intake *p, result *done, char *why, size_t room) {
  decoded got;
  if (!p->decoder || !decoder_turn(p->decoder, &got)) return false;
  why[0] = 0;
  *done = got.fd >= 0 ? keep(p, &got, why, room) : BAD_DATA;
  if (got.fd < 0)
    say(p, after_name(got.answer), why, room);
  else if (*done == OK && got.blended[0])
    say_blended(p, got.blended, why, room);
  io_close(got.fd);
  return true;
}

result picture_intake_run(
  archive *a, const char *client, const char *path, char *why, size_t room) {
  picture_intake p;
  result done = picture_intake_begin(&p, a, client, path, why, room);
  if (done != OK) return done;
  while (!picture_intake_turn(&p, &done, why, room)) {
    wake_set w;
    wake_init(&w);
    picture_intake_wake(&p, &w);
    wake_wait(&w);
  }
  picture_intake_finish(&p);
  return done;
}
