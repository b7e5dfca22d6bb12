// SPDX-License-Identifier: GPL-3.0-or-later
// One line of a gesture script, from JSON to an event. Private to the script's reader.
#ifndef GESTO_RECORD_SCRIPT_PARSE_H
#define GESTO_RECORD_SCRIPT_PARSE_H

#include "core/record/script_names.h"

enum { SCRIPT_POINTERS = 32 };

// What later lines may leave out because earlier ones said it.
typedef struct script_pointer {
  bool used;
  uint32_t source, tool;
  float pressure;
} script_pointer;

typedef struct script_parser {
  uint64_t time; // of the last line
  script_pointer pointers[SCRIPT_POINTERS];
  uint32_t next_pointer;
  // A long text is handed out in pieces.
  char *text;
  size_t text_at;
  bool text_ends;
  gesto_event text_event;
} script_parser; // zeroed: at the start

// On failure `why` says what is the matter, without a full stop.
MUST_USE result script_parse_head(
  const json_t *object, script_head *head, char *why, size_t room);
MUST_USE result script_parse_line(script_parser *p, const script_names *names,
  const json_t *object, script_line *line, char *why, size_t room);
// True, and the next piece, if the last line's text was too long for one event.
bool script_parse_rest(script_parser *p, script_line *line);
void script_parse_finish(script_parser *p);

#endif
