// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/desk/happened.h"

#include "core/base/memory_map.h"
#include "core/ui/say.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BYTES_MAX = 64 << 20, LEAST_US = 250 * 1000 };

static const char *text_of(const json_t *o, const char *key) {
  const char *text = json_string_value(json_object_get(o, key));
  return text ? text : "";
}

static uint64_t time_of(const json_t *value) {
  const json_int_t us = json_integer_value(value);
  return us > 0 ? (uint64_t)us : 0;
}

static int32_t colour_of(const char *text) {
  return text && text[0] == '#' ? (int32_t)(strtoul(text + 1, NULL, 16) & 0xFFFFFF) : -1;
}

// ---- Reading -------------------------------------------------------------------------------

static void read_stroke(happened *h, const json_t *row) {
  const char *tool = json_string_value(json_array_get(row, 2));
  h->strokes[h->stroke_count++] =
    (happened_stroke){.from_us = time_of(json_array_get(row, 0)),
      .to_us = time_of(json_array_get(row, 1)),
      .tool = tool ? tool : "",
      .colour = colour_of(json_string_value(json_array_get(row, 3))),
      .taken_back = json_is_true(json_array_get(row, 4))};
}

static void read_mark(happened *h, const json_t *o) {
  const json_int_t times = json_integer_value(json_object_get(o, "times"));
  h->marks[h->mark_count++] = (happened_mark){.at_us = time_of(json_object_get(o, "t")),
    .kind = text_of(o, "kind"),
    .icon = text_of(o, "icon"),
    .name = text_of(o, "name"),
    .value = text_of(o, "value"),
    .times = times > 1 ? (uint32_t)times : 1};
}

static void read_rest(happened *h, const json_t *row) {
  h->rests[h->rest_count++] =
    (happened_rest){time_of(json_array_get(row, 0)), time_of(json_array_get(row, 1))};
}

static result read_all(happened *h) {
  const json_t *strokes = json_object_get(h->all, "strokes");
  const json_t *marks = json_object_get(h->all, "marks");
  const json_t *rests = json_object_get(h->all, "silences");
  h->end_us = time_of(json_object_get(h->all, "end"));
  h->on_canvas = json_is_true(json_object_get(h->all, "canvas"));
  h->may_leave_out = json_is_true(json_object_get(h->all, "may_leave_out"));
  h->strokes = calloc(json_array_size(strokes) + 1, sizeof *h->strokes);
  h->marks = calloc(json_array_size(marks) + 1, sizeof *h->marks);
  h->rests = calloc(json_array_size(rests) + 1, sizeof *h->rests);
  if (!h->strokes || !h->marks || !h->rests) return NO_MEMORY;
  size_t i = 0;
  const json_t *one = NULL;
  json_array_foreach(strokes, i, one) read_stroke(h, one);
  json_array_foreach(marks, i, one) read_mark(h, one);
  json_array_foreach(rests, i, one) read_rest(h, one);
  return OK;
}

result happened_read(happened *h, int fd, size_t size) {
  memory_map map = {0};
  *h = (happened){0};
  if (size > BYTES_MAX) return TOO_LARGE;
  result done = memory_map_open(&map, fd, false, size);
  if (done) return done;
  h->all = json_loadb(map.bytes, size, JSON_REJECT_DUPLICATES, NULL);
  memory_map_close(&map);
  done = json_is_object(h->all) ? read_all(h) : BAD_DATA;
  if (done) happened_finish(h);
  return done;
}

void happened_finish(happened *h) {
  free(h->strokes);
  free(h->marks);
  free(h->rests);
  json_decref(h->all);
  *h = (happened){0};
}

// ---- Finding -------------------------------------------------------------------------------

size_t happened_begun(const happened *h, uint64_t time_us) {
  size_t low = 0, high = h->stroke_count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (h->strokes[middle].from_us <= time_us)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

size_t happened_marked(const happened *h, uint64_t time_us) {
  size_t low = 0, high = h->mark_count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (h->marks[middle].at_us <= time_us)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

// ---- Bars ----------------------------------------------------------------------------------

static double shared(double from, double to, double other_from, double other_to) {
  const double begin = from > other_from ? from : other_from;
  const double end = to < other_to ? to : other_to;
  return end > begin ? end - begin : 0;
}

// A tap, too, is seen.
static void add_stroke(
  happened_bar *bars, size_t count, double each, const happened_stroke *s) {
  const double from = (double)s->from_us;
  const uint64_t length = s->to_us > s->from_us ? s->to_us - s->from_us : 0;
  const double to = from + (double)(length > LEAST_US ? length : LEAST_US);
  for (size_t i = (size_t)(from / each); i < count && (double)i * each < to; i++) {
    const double part = shared(from, to, (double)i * each, (double)(i + 1) * each);
    bars[i].active += part;
    if (s->taken_back) bars[i].taken_back += part;
  }
}

// The pieces of a rest that does not begin or end at a bar's edge are no rest to be seen.
static void add_rest(
  happened_bar *bars, size_t count, double each, const happened_rest *r) {
  for (size_t i = (size_t)((double)r->from_us / each); i < count; i++) {
    if ((double)(i + 1) * each > (double)r->to_us) return;
    bars[i].rests = (double)i * each >= (double)r->from_us;
  }
}

void happened_bars(const happened *h, happened_bar *bars, size_t count) {
  const double each = (double)(h->end_us ? h->end_us : 1) / (double)(count ? count : 1);
  double most = 0;
  for (size_t i = 0; i < count; i++) bars[i] = (happened_bar){0};
  for (size_t i = 0; i < h->stroke_count; i++)
    add_stroke(bars, count, each, &h->strokes[i]);
  for (size_t i = 0; i < h->rest_count; i++) add_rest(bars, count, each, &h->rests[i]);
  for (size_t i = 0; i < count; i++) most = bars[i].active > most ? bars[i].active : most;
  for (size_t i = 0; i < count; i++) {
    if (bars[i].active > 0) bars[i].taken_back /= bars[i].active;
    if (most > 0) bars[i].active /= most;
  }
}

// ---- Words ---------------------------------------------------------------------------------

void happened_count_words(const happened *h, char *words, size_t room) {
  const size_t count = h->stroke_count;
  if (h->on_canvas)
    snprintf(words, room, ngettext("%zu stroke", "%zu strokes", count), count);
  else
    snprintf(words, room, ngettext("%zu touch", "%zu touches", count), count);
}

void happened_place_words(const happened *h, uint64_t time_us, char *words, size_t room) {
  // Translators: number of a stroke, of all.
  const char *format = h->on_canvas ? _("Stroke %zu of %zu") : _("Touch %zu of %zu");
  snprintf(words, room, format, happened_begun(h, time_us), h->stroke_count);
}

static bool is_kind(const happened_mark *m, const char *kind) {
  return strcmp(m->kind, kind) == 0;
}

static void rest_words(const happened_mark *m, char *words, size_t room) {
  const unsigned seconds = (unsigned)strtod(m->value, NULL);
  if (seconds < 60)
    snprintf(words, room,
      ngettext(
        "The hand rested for %u second", "The hand rested for %u seconds", seconds),
      seconds);
  else
    snprintf(words, room,
      ngettext(
        "The hand rested for %u minute", "The hand rested for %u minutes", seconds / 60),
      seconds / 60);
}

void happened_words(const happened_mark *m, char *words, size_t room) {
  const char *name = *m->name ? _(m->name) : "";
  if (is_kind(m, "silence"))
    rest_words(m, words, room);
  else if (is_kind(m, "pause"))
    snprintf(words, room, "%s", _("Pause"));
  else if (is_kind(m, "colour"))
    snprintf(words, room, "%s", _("Another colour"));
  else if (*m->value)
    snprintf(words, room, "%s: %s", name, _(m->value));
  else if (m->times > 1)
    // Translators: what was pressed, and how often in a row.
    snprintf(
      words, room, ngettext("%s, %u time", "%s, %u times", m->times), name, m->times);
  else
    snprintf(words, room, "%s", name);
}

const icon *happened_icon(const happened_mark *m) {
  if (is_kind(m, "silence")) return icon_find("pause");
  if (is_kind(m, "colour")) return icon_find("mix");
  const icon *own = icon_find(is_kind(m, "tool") ? m->icon : m->kind);
  if (!own) own = icon_find(m->icon);
  if (!own) own = icon_find(is_kind(m, "tool") ? "brush" : "settings");
  return own;
}
