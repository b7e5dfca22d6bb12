// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/access_form.h"

const access_form access_forms[ACCESS_MEMBERS] = {
  [ACCESS_SCANNING] = {"scanning", .words = {"off", "one", "two"}},
  [ACCESS_PACE] = {"pace", .words = {"auto", "step"}},
  [ACCESS_ITEM_MS] = {"item_ms", .least = 600, .most = 6000},
  [ACCESS_GROUPS_FIRST] = {"groups_first"},
  [ACCESS_REST_ON_LAST] = {"rest_on_last"},
  [ACCESS_CANCEL_BY_LONG] = {"cancel_by_long"},
  [ACCESS_DWELL_MS] = {"dwell_ms", .least = 0, .most = 3000},
  [ACCESS_TARGET] = {"target", .least = 64, .most = 128},
  [ACCESS_STEADY] = {"steady", .words = {"off", "light", "strong"}},
  [ACCESS_SHORTEST_MS] = {"shortest_ms", .least = 0, .most = 400},
  [ACCESS_CLICK_MOVE_CLICK] = {"click_move_click"},
  [ACCESS_EASY_READING] = {"easy_reading"},
  [ACCESS_LEFT_HANDED] = {"left_handed"},
  [ACCESS_REDUCED_MOTION] = {"reduced_motion"},
  [ACCESS_THEME] = {"theme", .words = {"paper", "evening", "contrast"}},
  [ACCESS_TEXT_PERCENT] = {"text_percent", .least = 100, .most = 200},
  [ACCESS_SPOKEN_LABELS] = {"spoken_labels"},
  [ACCESS_VOICE_PERCENT] = {"voice_percent", .least = 70, .most = 150},
  [ACCESS_CAPTIONS] = {"captions"},
  [ACCESS_MUTED] = {"muted"},
  [ACCESS_VOLUME] = {"volume", .least = 0, .most = 1000},
};

const char *const access_switch_kinds[ACCESS_SWITCH_KINDS] = {
  "key", "mouse", "pad", "note"};
