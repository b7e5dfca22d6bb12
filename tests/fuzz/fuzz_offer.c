// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base ui light stage
// Any JSON as what a player says of an exercise: refused, or it stands as a panel in the client's
// window, and each of its controls takes any value.
#include "core/stage/pages.h"
#include "core/stage/panel_link.h"

#include <math.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void show_values(stage *s) {
  static const double values[] = {0, 1, 0.5, 23, -1, 1e300, -INFINITY, NAN};
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
    const offer *o = s->chosen;
    for (uint32_t n = 0; n < o->control_count; n++)
      panel_link_set(s, o->controls[n].id, values[i]);
    stage_turn(s);
    view_place(&s->view);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  static stage s;
  json_t *json = json_loadb((const char *)bytes, size, 0, NULL);
  memset(&s, 0, sizeof s);
  stage_init(&s, 1280, 800, 1);
  if (offer_read(&s.offers[0], json) == OK) {
    s.offer_count = 1;
    stage_choose(&s, &s.offers[0], false);
    stage_turn(&s);
    view_place(&s.view);
    show_values(&s);
  }
  json_decref(json);
  stage_finish(&s);
  return 0;
}
