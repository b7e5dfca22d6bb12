// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base record
// The room of a client: a text is refused with a sentence, or what it says survives the way
// into facts and back; facts of any kind give a room that holds.
#include "core/record/recipe.h"
#include "core/record/recipe_access.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check_facts(const json_t *facts) {
  json_t *recipe = recipe_of_facts(facts);
  assert(recipe && recipe_check(recipe, NULL, 0) == OK);
  json_t *again = recipe_facts(recipe, recipe);
  assert(again && json_object_size(again) == 0); // nothing differs
  json_decref(again);
  (void)recipe_place(recipe, "org.gesto.draw", 0);
  json_decref(recipe);
}

static void check_recipe(const json_t *recipe) {
  json_t *now = recipe_apply(NULL, recipe);
  json_t *twice = now ? recipe_apply(now, recipe) : NULL;
  assert(now && twice && json_equal(now, twice));
  assert(recipe_check(now, NULL, 0) == OK);
  char why[512] = "";
  const result r =
    recipe_access_check(json_object_get(recipe, "access"), why, sizeof why);
  assert((r == OK) == !why[0]);
  json_decref(twice);
  json_decref(now);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  char why[512] = "";
  json_t *recipe = NULL;
  const result r = recipe_read((const char *)bytes, size, &recipe, why, sizeof why);
  assert((r == OK) == (recipe != NULL) && (r == OK || why[0]));
  if (recipe) check_recipe(recipe);
  json_decref(recipe);
  json_t *facts = json_loadb((const char *)bytes, size, JSON_REJECT_DUPLICATES, NULL);
  if (json_is_object(facts)) check_facts(facts);
  json_decref(facts);
  return 0;
}
