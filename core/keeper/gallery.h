// SPDX-License-Identifier: GPL-3.0-or-later
// What was made in a sitting and is finished: told to the stage, with a small picture where
// there is one, again to each stage that is started. Keeper's main thread.
#ifndef GESTO_KEEPER_GALLERY_H
#define GESTO_KEEPER_GALLERY_H

#include "core/base/link.h"
#include "core/base/result.h"
#include "core/keeper/decoder.h"
#include "core/keeper/exercise_list.h"
#include "core/keeper/wake.h"
#include "core/keeper/works.h"
#include "core/record/archive.h"

#include <stdbool.h>
#include <stdint.h>

enum { GALLERY_PICTURES = 24 };

typedef struct gallery_item {
  uint32_t creation;
  char exercise[128]; // as the menu calls it
  double seconds;
  bool has_work;
  made_work work;                      // the one that stands for the creation
  char pictures[GALLERY_PICTURES][64]; // files, where there are any
  uint32_t papers[GALLERY_PICTURES];   // of which paper each is, from 1; 0: of none
  uint32_t picture_count, shown;       // shown: how many were told of
  bool left; // by the client, so that its works and state were made
  bool told, left_owed;
} gallery_item;

typedef struct gallery {
  session *session; // borrowed like link and decoder
  int link;
  decoder *decoder;
  gallery_item *items;
  uint32_t count, asked; // asked: creation whose picture is being decoded; 0: none
  link_message *out;
} gallery;

MUST_USE result gallery_init(gallery *g, session *s, int link, decoder *d);
void gallery_finish(gallery *g); // takes a zeroed one
typedef struct gallery_entry {
  uint32_t creation;
  const char *exercise;
  double seconds;
  const made_works *works;
} gallery_entry;
// A creation that was left: its work is announced, then LEFT is said. A finished gallery takes
// nothing in: a work that is made again at closing is nobody's news.
void gallery_add(gallery *g, const gallery_entry *entry);
// Creations that an earlier keeper finished, from their creation.json; nothing is announced.
void gallery_find(gallery *g, const exercise_list *list);
// The newest creation that nobody left: what was cut off. 0: there is none.
uint32_t gallery_unfinished(const gallery *g);
// It is worked on again.
void gallery_drop(gallery *g, uint32_t creation);
// A new stage knows of nothing.
void gallery_tell_again(gallery *g);
void gallery_wake(const gallery *g, wake_set *w);
void gallery_turn(gallery *g);

#endif
