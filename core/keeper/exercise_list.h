// SPDX-License-Identifier: GPL-3.0-or-later
// plugins.conf: the ordered allowlist of exercises (inih). What is wrong with
// one entry refuses that entry with one sentence and no other. Keeper only.
#ifndef GESTO_KEEPER_EXERCISE_LIST_H
#define GESTO_KEEPER_EXERCISE_LIST_H

#include "core/base/result.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct exercise_setting {
  char *key, *value;
} exercise_setting;

typedef struct exercise_entry {
  char *section;       // "draw"
  char *path;          // absolute path of the .so
  char *title;         // for the menu; NULL: the exercise's own name
  char *sha256;        // that it should have: 64 hex digits, or NULL
  char hash[65];       // that it has
  uint32_t memory_mib; // 128..1536
  exercise_setting *settings;
  uint32_t setting_count;
  char *cautions; // words with one space between them; NULL: none
  char *refused;  // one sentence, or NULL: it loads
  char *declared; // JSON from the probe (player/declared.h), or NULL
  char *id;       // from `declared`, or NULL
  bool wants_voices, wants_sound, wants_canvas;
} exercise_entry;

typedef struct exercise_list {
  exercise_entry *entries;
  uint32_t count;
} exercise_list;

// Reads `conf_path` (NULL: plugins.conf beside the program, or one folder up) and checks that
// each file is there and has the hash it should. Does not load any. A conf that cannot be
// read at all gives BAD_DATA and a sentence.
MUST_USE result exercise_list_read(
  exercise_list *list, const char *conf_path, char *why, size_t room);
// Loads each entry once in a player of its own (`gesto-player --probe`, 2 s limit) to learn
// what it declares; fills declared, id, wants_*, or refused. Cached by file hash.
void exercise_list_probe(exercise_list *list);
exercise_entry *exercise_list_find(exercise_list *list, const char *id); // NULL: none
void exercise_list_finish(exercise_list *list);

#endif
