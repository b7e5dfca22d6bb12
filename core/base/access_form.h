// SPDX-License-Identifier: GPL-3.0-or-later
// What the members of "access" may be, in a client's room and wherever it goes from there
// (docs/session-format.md, "The room"): whoever writes or reads one asks here. Constant; any
// thread.
#ifndef GESTO_BASE_ACCESS_FORM_H
#define GESTO_BASE_ACCESS_FORM_H

enum { ACCESS_WORDS = 3, ACCESS_NUMBER_MOST = 100000, ACCESS_SWITCH_KINDS = 4 };

typedef enum access_member {
  ACCESS_SCANNING,
  ACCESS_PACE,
  ACCESS_ITEM_MS,
  ACCESS_GROUPS_FIRST,
  ACCESS_REST_ON_LAST,
  ACCESS_CANCEL_BY_LONG,
  ACCESS_DWELL_MS,
  ACCESS_TARGET,
  ACCESS_STEADY,
  ACCESS_SHORTEST_MS,
  ACCESS_CLICK_MOVE_CLICK,
  ACCESS_EASY_READING,
  ACCESS_LEFT_HANDED,
  ACCESS_REDUCED_MOTION,
  ACCESS_THEME,
  ACCESS_TEXT_PERCENT,
  ACCESS_SPOKEN_LABELS,
  ACCESS_VOICE_PERCENT,
  ACCESS_CAPTIONS,
  ACCESS_MUTED,
  ACCESS_VOLUME,
  ACCESS_MEMBERS,
} access_member;

// Neither words nor numbers: true or false.
typedef struct access_form {
  const char *name;
  const char *words[ACCESS_WORDS + 1]; // in the order of their values; NULL ends them
  int least, most;                     // of a number
} access_form;

extern const access_form access_forms[ACCESS_MEMBERS];
// "switches" is beside them: a list, each such as "key:44", kind and number, or "" for none.
extern const char *const access_switch_kinds[ACCESS_SWITCH_KINDS];

#endif
