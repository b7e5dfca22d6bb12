// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ui/icons.h"

#include "core/ui/path.h"

#include <string.h>

struct icon {
  const char *name, *path;
};

// Sorted by name.
static const icon icons[] = {
  {"back", "m15 5-7 7 7 7"},
  {"brush",
    "M20 3.5c-4 2-8 6-9.7 9.2l1.9 1.9C15.5 12.8 19 8 20 3.5zM9.3 13.6c-2.3 "
    "0-3.3 1.4-3.5 3-.1 1.3-.8 2.3-2.3 2.7 3 1.5 8 .9 7.9-3.2z"},
  {"bury", "M3 14c3-4.5 6-6 9-6s6 1.5 9 6M3 14h18M8.5 17h7v3.5h-7z"},
  {"chalk", "M7 4.5 17.5 15l-3 4.5L4 9zM4 9 3.5 13l6 6h5"},
  {"check", "m5 12.5 4.5 4.5L19 7.5"},
  {"clock", "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0zM12 7.5V12l3 2"},
  {"cross", "M12 4v4M12 16v4M4 12h4M16 12h4"},
  {"diamond", "M12 2.5 21.5 12 12 21.5 2.5 12z"},
  {"disc", "M4 12a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z"},
  {"eye",
    "M2.8 12C5.5 7.5 8.6 5.5 12 5.5s6.5 2 9.2 6.5c-2.7 4.5-5.8 6.5-9.2 "
    "6.5S5.5 16.5 2.8 12zM9.2 12a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0 -5.6 0z"},
  {"find", "M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0zM15.5 15.5l5 5"},
  {"flag", "M6 21V4.5c4-2 8 2 12 0v9c-4 2-8-2-12 0"},
  {"forward", "m9 5 7 7-7 7"},
  {"gallery",
    "M6 5h12a2.5 2.5 0 0 1 2.5 2.5v9a2.5 2.5 0 0 1 -2.5 2.5h-12a2.5 2.5 0 "
    "0 1 -2.5 -2.5v-9a2.5 2.5 0 0 1 2.5 -2.5zM4 16.5l4.7-4.5 3.8 3.5 "
    "2.8-2.5 5 4.3M14.2 9.3a1.3 1.3 0 1 0 2.6 0a1.3 1.3 0 1 0 -2.6 0z"},
  {"hands",
    "M8 13V6.5a1.5 1.5 0 0 1 3 0V11m0-5.5V4.8a1.5 1.5 0 0 1 3 0V11m0-4a1.5 "
    "1.5 0 0 1 3 0v7.5c0 4-2.5 6.5-6 6.5-3 0-4.5-1.5-6-4.5l-1.6-3.2a1.5 "
    "1.5 0 0 1 2.6-1.5L8 14"},
  {"hexagon", "M8 3h8l5 9-5 9H8l-5-9z"},
  {"ink",
    "M12 3.5c3.4 4 5.3 6.9 5.3 9.9a5.3 5.3 0 1 1-10.6 0c0-3 1.9-5.9 "
    "5.3-9.9z"},
  {"keep", "M6.5 4h11a1 1 0 0 1 1 1v15.5L12 16l-6.5 4.5V5a1 1 0 0 1 1-1z"},
  {"leaf",
    "M5 19C4.5 10 9.5 5 19.5 4.5 20 14 15 19.5 7 18M4.5 20.5C7 15.5 10.5 "
    "12 15 9.5"},
  {"line", "M3.5 17.5C7 6 11.5 5.5 12 12s4.5 7 8.5-5.5"},
  {"metronome", "M8.5 4h7l3.5 16.5H5zM12 16 18 6.5M7 14.5h10"},
  {"microphone",
    "M12 3.5h0a3 3 0 0 1 3 3v5a3 3 0 0 1 -3 3h0a3 3 0 0 1 -3 -3v-5a3 3 0 0 "
    "1 3 -3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"},
  {"minus", "M5 12h14"},
  {"mirror",
    "M12 3v2.5M12 8v2.5M12 13.5v2.5M12 18.5V21M9 7 3.5 17.5H9zM15 7l5.5 "
    "10.5H15z"},
  {"mix",
    "M4 12a8 8 0 1 0 16 0a8 8 0 1 0 -16 0zM12 4v16M14 5v14M16 6.2v11.6M18 "
    "8v8"},
  {"more",
    "M4.6 12a0.9 0.9 0 1 0 1.8 0a0.9 0.9 0 1 0 -1.8 0zM11.1 12a0.9 0.9 0 1 "
    "0 1.8 0a0.9 0.9 0 1 0 -1.8 0zM17.6 12a0.9 0.9 0 1 0 1.8 0a0.9 0.9 0 1 "
    "0 -1.8 0z"},
  {"music",
    "M9 18V5.5l10-2V16M4 18a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0zM14 "
    "16a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0z"},
  {"mute", "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5"},
  {"note", "M5 4.5h14v11L14.5 20H5zM14.5 20v-4.5H19M8.5 9h7M8.5 12.5h4.5"},
  {"page", "M6 3.5h8.5l4 4.5v12.5H6zM14.5 3.5V8h4"},
  {"pause", "M8.5 5v14M15.5 5v14"},
  {"pencil",
    "M4.5 19.5 5.6 15 16.5 4.1a1.8 1.8 0 0 1 2.6 0l.8.8a1.8 1.8 0 0 1 0 "
    "2.6L9 18.4zM14.5 6.1l3.4 3.4"},
  {"people",
    "M5.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0zM2.8 20c.4-4 3-6 "
    "6.2-6s5.8 2 6.2 6M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.3c2.2.7 3.5 "
    "2.6 3.8 5.7"},
  {"person",
    "M10.2 4.8a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0 -3.6 0zM5 9c4.7 1.3 9.3 "
    "1.3 14 0M12 10.2v4.3M12 14.5 9 21M12 14.5 15 21"},
  {"play", "M7.5 4.8v14.4L19 12z"},
  {"plug", "M9 3.5v5M15 3.5v5M6.5 8.5h11v3a5.5 5.5 0 0 1-11 0zM12 17v4"},
  {"plus", "M12 5v14M5 12h14"},
  {"private",
    "M7.5 10.5h9a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1 -2.5 2.5h-9a2.5 2.5 "
    "0 0 1 -2.5 -2.5v-5a2.5 2.5 0 0 1 2.5 -2.5zM8 10.5V8a4 4 0 0 1 8 0v2.5"},
  {"progress", "M4 4v16h16M7.5 15l3.8-4.5 3.2 2.5 5-6.5"},
  {"record",
    "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0zM8.5 12a3.5 3.5 0 1 0 "
    "7 0a3.5 3.5 0 1 0 -7 0z"},
  {"redo", "M20 9.5H10a5.5 5.5 0 0 0 0 11h5M16 5l4 4.5-4 4.5"},
  {"report", "M6 3.5h8.5L18.5 8v12.5H6zM9 12h6M9 15.5h6"},
  {"rubber",
    "m8.5 19.5-4.3-4.3a2 2 0 0 1 0-2.8l8.2-8.2a2 2 0 0 1 2.8 0l4.6 4.6a2 2 "
    "0 0 1 0 2.8l-7.9 7.9zM8.5 8.5l7 7M6 19.5h14"},
  {"saved", "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0zM8.3 12.3l2.6 2.6 4.9-5"},
  {"say", "M4 5.5h16v11H11l-4.5 4v-4H4z"},
  {"seated", "M7 4v8.5h8.5a2 2 0 0 1 2 2V20M7 12.5V20M5 12.5h2M7 16.5h10.5"},
  {"settings",
    "M9 12a3 3 0 1 0 6 0a3 3 0 1 0 -6 0zM12 3v2.5M12 18.5V21M3 12h2.5M18.5 "
    "12H21M5.6 5.6l1.8 1.8M16.6 16.6l1.8 1.8M5.6 18.4l1.8-1.8M16.6 "
    "7.4l1.8-1.8"},
  {"sheet", "m12 3.5 8.5 4.7L12 13 3.5 8.2zM4 12.5l8 4.5 8-4.5M4 16.5l8 4.5 8-4.5"},
  {"shield", "M12 3.5 19 6v6c0 4.5-3 7.3-7 8.8-4-1.5-7-4.3-7-8.8V6z"},
  {"sound",
    "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.3 4.3 0 0 1 0 6M18 6.5a8 8 "
    "0 0 1 0 11"},
  {"square",
    "M6.5 4.5h11a2 2 0 0 1 2 2v11a2 2 0 0 1 -2 2h-11a2 2 0 0 1 -2 -2v-11a2 "
    "2 0 0 1 2 -2z"},
  {"standing",
    "M10 5a2 2 0 1 0 4 0a2 2 0 1 0 -4 0zM12 7.5v7M12 14.5 9.5 21M12 "
    "14.5l2.5 6.5M7.5 10.5 12 9l4.5 1.5"},
  {"star",
    "M12 2.5l2.8 6.3 6.7.7-5 4.6 1.4 6.7L12 17.4l-5.9 3.4 1.4-6.7-5-4.6 "
    "6.7-.7z"},
  {"stop",
    "M8.5 6h7a2.5 2.5 0 0 1 2.5 2.5v7a2.5 2.5 0 0 1 -2.5 2.5h-7a2.5 2.5 0 "
    "0 1 -2.5 -2.5v-7a2.5 2.5 0 0 1 2.5 -2.5z"},
  {"tear", "M6 4h12v16H6zM12 4l-1.5 3 3 2.5-3 3 3 2.5-3 2.5L12 20"},
  {"triangle", "M12 3.5 21 19.5H3z"},
  {"undo", "M4 9.5h10a5.5 5.5 0 0 1 0 11H9M8 5 4 9.5 8 14"},
  {"wash",
    "M3.5 8c3-3 5.6-3 8.5 0s5.5 3 8.5 0M3.5 13c3-3 5.6-3 8.5 0s5.5 3 8.5 "
    "0M3.5 18c3-3 5.6-3 8.5 0s5.5 3 8.5 0"},
  {"wash-away",
    "M12 2.5c2 2.6 3.2 4.3 3.2 6a3.2 3.2 0 0 1-6.4 0c0-1.7 1.2-3.4 3.2-6zM4 "
    "16c2.7-2 5.3-2 8 0s5.3 2 8 0M4 20c2.7-2 5.3-2 8 0s5.3 2 8 0"},
  {"whole", "M4 9V5.5h4M16 5.5h4V9M20 15v3.5h-4M8 18.5H4V15M8.5 9.5h7v5h-7z"},
  {"world",
    "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0 -17 0zM3.5 12h17M12 3.5c5.5 "
    "5.5 5.5 11.5 0 17M12 3.5c-5.5 5.5-5.5 11.5 0 17"},
};

enum { COUNT = sizeof icons / sizeof icons[0] };

// Other words that exercises use for the same thing.
static const char *const also[][2] = {{"eraser", "rubber"}, {"rub", "rubber"},
  {"rub-out", "rubber"}, {"rub_out", "rubber"}, {"water", "wash"}, {"keys", "music"},
  {"voice", "microphone"}, {"click", "metronome"}, {"next", "forward"},
  {"skip", "forward"}, {"folds", "mirror"}, {"new-sheet", "sheet"}, {"add", "plus"},
  {"stop-playing", "stop"}, {"smoothing", "line"}, {"paper", "page"}};

const icon *icon_find(const char *name) {
  for (size_t i = 0; i < COUNT; i++)
    if (strcmp(icons[i].name, name) == 0) return &icons[i];
  for (size_t i = 0; i < sizeof also / sizeof also[0]; i++)
    if (strcmp(also[i][0], name) == 0) return icon_find(also[i][1]);
  return NULL;
}

const icon *icon_facing(const icon *i, bool right_to_left) {
  static const char *const turned[][2] = {
    {"back", "forward"}, {"forward", "back"}, {"undo", "redo"}, {"redo", "undo"}};
  for (size_t k = 0; right_to_left && i && k < sizeof turned / sizeof turned[0]; k++)
    if (strcmp(i->name, turned[k][0]) == 0) return icon_find(turned[k][1]);
  return i;
}

size_t icon_count(void) { return COUNT; }

const char *icon_name(size_t index) { return index < COUNT ? icons[index].name : NULL; }

bool icon_draw(const icon *i, cairo_t *cr, double x, double y, double size, double stroke,
  uint32_t rgb) {
  cairo_save(cr);
  cairo_translate(cr, x, y);
  cairo_scale(cr, size / 24, size / 24);
  cairo_new_path(cr);
  const bool whole = path_add(cr, i->path);
  cairo_set_line_width(cr, stroke);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_source_rgb(
    cr, (rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0);
  cairo_stroke(cr);
  cairo_restore(cr);
  return whole;
}
