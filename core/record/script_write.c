// SPDX-License-Identifier: GPL-3.0-or-later
// Gesture scripts, written. Each line holds its event exactly: what has no form of its own
// is written as its bytes.
#include "core/record/bytes.h"
#include "core/record/script_names.h"
#include "core/record/slots.h"

#include <stdlib.h>
#include <string.h>

static result written(FILE *to) { return ferror(to) ? FAILED : OK; }

static result put_json(FILE *to, json_t *value) {
  char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
  json_decref(value);
  if (!text) return NO_MEMORY;
  fputs(text, to);
  free(text);
  return OK;
}

static void put_look(FILE *to, uint32_t flags) {
  static const char *const words[] = {
    "evening", "contrast", "still", "right-to-left", "steady"};
  if (flags >> 5) {
    fprintf(to, "%u", flags);
    return;
  }
  const char *gap = "";
  fputc('[', to);
  for (int i = 0; i < 5; i++) {
    if (!(flags >> i & 1)) continue;
    fprintf(to, "%s\"%s\"", gap, words[i]);
    gap = ",";
  }
  fputc(']', to);
}

result script_write_head(FILE *to, const script_head *head) {
  fputs("{\"gesto\":\"gestures/1\",\"exercise\":", to);
  result r = put_json(to, json_string(head->exercise));
  if (r != OK) return r;
  fprintf(to, ",\"stage\":[%.9g,%.9g]", (double)head->width, (double)head->height);
  // JSON readers differ above 2^53, so a large seed is text.
  const bool large = head->seed >> 53;
  fprintf(
    to, large ? ",\"seed\":\"%llu\"" : ",\"seed\":%llu", (unsigned long long)head->seed);
  if (head->scale > 0 && (head->scale < 1 || head->scale > 1))
    fprintf(to, ",\"scale\":%.9g", (double)head->scale);
  if (head->look_flags) {
    fputs(",\"look\":", to);
    put_look(to, head->look_flags);
  }
  if (head->text_scale > 0 && (head->text_scale < 1 || head->text_scale > 1))
    fprintf(to, ",\"text_scale\":%.9g", (double)head->text_scale);
  fputs("}\n", to);
  return r == OK ? written(to) : r;
}

static result put_pointer(FILE *to, const char *word, const gesto_event *e) {
  static const char *const tools[] = {"mouse", "finger", "pen", "eraser", "switch"};
  fprintf(to, "\"%s\":[%.10g,%.10g],\"pressure\":%.6f", word, (double)e->as.pointer.x,
    (double)e->as.pointer.y, (double)e->as.pointer.pressure);
  const double tilt_x = (double)e->as.pointer.tilt_x,
               tilt_y = (double)e->as.pointer.tilt_y;
  if (tilt_x < 0 || tilt_x > 0 || tilt_y < 0 || tilt_y > 0)
    fprintf(to, ",\"tilt\":[%.10g,%.10g]", tilt_x, tilt_y);
  if (e->as.pointer.tool <= GESTO_SWITCH)
    fprintf(to, ",\"tool\":\"%s\"", tools[e->as.pointer.tool]);
  else
    fprintf(to, ",\"tool\":%u", e->as.pointer.tool);
  if (e->as.pointer.age_us) fprintf(to, ",\"age\":%u", e->as.pointer.age_us);
  return OK;
}

static result put_key(FILE *to, const script_names *names, uint32_t id) {
  const char *key = script_names_key(names, id);
  return put_json(to, key ? json_string(key) : json_integer(id));
}

static result put_control(
  FILE *to, const script_names *names, const char *word, const gesto_event *e) {
  fprintf(to, "\"%s\":", word);
  result r = put_key(to, names, e->as.control.id);
  const double v = e->as.control.value;
  if (r != OK || (e->type == GESTO_ACTION && !(v < 0 || v > 0))) return r;
  fputs(",\"value\":", to);
  return put_json(to, script_names_show(names, e->as.control.id, v));
}

static result put_text(FILE *to, const script_names *names, const gesto_event *e) {
  char piece[sizeof e->as.text.utf8 + 1] = "";
  memcpy(piece, e->as.text.utf8, sizeof e->as.text.utf8);
  fputs("\"text\":", to);
  result r = put_key(to, names, e->as.text.id);
  if (r != OK) return r;
  fputs(",\"value\":", to);
  r = put_json(to, json_string(piece));
  if (!e->as.text.last) fputs(",\"last\":false", to);
  return r;
}

// The event as bytes: for what has no words.
static result put_bytes(FILE *to, const gesto_event *e) {
  char hex[2 * sizeof e->as.own + 1];
  bytes_to_hex(e->as.own, sizeof e->as.own, hex);
  fprintf(to, "\"event\":%u,\"flags\":%u,\"bytes\":\"%s\"", e->type, e->flags, hex);
  return OK;
}

static bool is_utf8(const gesto_event *e) {
  json_t *try =
    json_stringn(e->as.text.utf8, strnlen(e->as.text.utf8, sizeof e->as.text.utf8));
  json_decref(try);
  return try != NULL;
}

// True if the words for this type hold all of it.
static bool has_words(const gesto_event *e) {
  gesto_event same = *e;
  gesto_event_round(&same);
  if (e->flags || memcmp(&same, e, sizeof same) != 0) return false;
  if (e->type == GESTO_STAGE) return e->as.stage.width > 0 && e->as.stage.height > 0;
  return e->type != GESTO_TEXT || (e->as.text.last <= 1 && is_utf8(e));
}

static result put_simple(FILE *to, const gesto_event *e) {
  if (e->type == GESTO_STAGE) {
    fprintf(to, "\"stage\":[%.9g,%.9g,%.9g]", (double)e->as.stage.width,
      (double)e->as.stage.height, (double)e->as.stage.scale);
  } else if (e->type == GESTO_VIEW) {
    fprintf(to, "\"view\":[%.9g,%.9g,%.9g]", (double)e->as.view.zoom,
      (double)e->as.view.x, (double)e->as.view.y);
  } else if (e->type == GESTO_BEAT) {
    fprintf(
      to, "\"beat\":[%.17g,%u,%u]", e->as.beat.tempo, e->as.beat.bar, e->as.beat.beat);
  } else if (e->type == GESTO_PAUSE || e->type == GESTO_RESUME) {
    fprintf(to, "\"%s\":true", e->type == GESTO_PAUSE ? "pause" : "resume");
  } else {
    fprintf(to, "\"note\":[%.9g,%.9g]%s", (double)e->as.note.pitch,
      (double)e->as.note.velocity, e->type == GESTO_NOTE_OFF ? ",\"off\":true" : "");
  }
  return OK;
}

static result put_words(FILE *to, const script_names *names, const gesto_event *e) {
  switch (e->type) {
  case GESTO_POINTER_DOWN: return put_pointer(to, "down", e);
  case GESTO_POINTER_MOVE: return put_pointer(to, "move", e);
  case GESTO_POINTER_UP: return put_pointer(to, "up", e);
  case GESTO_POINTER_CANCEL: return put_pointer(to, "cancel", e);
  case GESTO_POINTER_HOVER: return put_pointer(to, "hover", e);
  case GESTO_CONTROL_SET: return put_control(to, names, "control", e);
  case GESTO_ACTION: return put_control(to, names, "action", e);
  case GESTO_TEXT: return put_text(to, names, e);
  case GESTO_LOOK:
    fputs("\"look\":", to);
    put_look(to, e->as.look.flags);
    fprintf(to, ",\"text_scale\":%.9g", (double)e->as.look.text_scale);
    return OK;
  case GESTO_NOTE_ON:
  case GESTO_NOTE_OFF:
  case GESTO_BEAT:
  case GESTO_STAGE:
  case GESTO_VIEW:
  case GESTO_PAUSE:
  case GESTO_RESUME: return put_simple(to, e);
  default: return put_bytes(to, e);
  }
}

static void put_papers(FILE *to, uint32_t papers) {
  fputs(",\"let_go\":", to);
  for (uint32_t n = 1, first = 1; n <= 32; n++) {
    if (!(papers >> (n - 1) & 1)) continue;
    fprintf(to, "%c%u", first ? '[' : ',', n);
    first = 0;
  }
  fputc(']', to);
}

static result put_close(FILE *to, const script_close *close) {
  fputs("\"close\":{\"keep\":", to);
  result r = put_json(to, json_string(close->keep));
  if (r != OK) return r;
  fprintf(to, ",\"process\":%s", close->process ? "true" : "false");
  if (close->title[0]) {
    fputs(",\"title\":", to);
    r = put_json(to, json_string(close->title));
  }
  if (close->papers_gone) put_papers(to, close->papers_gone);
  fputc('}', to);
  return r;
}

static result put_event(FILE *to, const script_names *names, const gesto_event *e) {
  const bool words = has_words(e);
  const result r = words ? put_words(to, names, e) : put_bytes(to, e);
  // A pointer's source is 1 if it is left out, any other's 0.
  const bool pointer = words &&
    ((e->type >= GESTO_POINTER_DOWN && e->type <= GESTO_POINTER_CANCEL) ||
      e->type == GESTO_POINTER_HOVER);
  if (e->source || pointer) fprintf(to, ",\"source\":%u", e->source);
  return r;
}

result script_write_line(FILE *to, const script_names *names, const script_line *line) {
  const unsigned long long us = line->event.time;
  fprintf(to, "{\"t\":%llu.%06llu,", us / 1000000, us % 1000000);
  result r = OK;
  if (line->kind == SCRIPT_ADVANCE)
    fputs("\"advance\":true", to);
  else if (line->kind == SCRIPT_CLOSE)
    r = put_close(to, &line->close);
  else
    r = put_event(to, names, &line->event);
  fputs("}\n", to);
  return r == OK ? written(to) : r;
}
