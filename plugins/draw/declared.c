// SPDX-License-Identifier: GPL-3.0-or-later
#include "declared.h"

const gesto_choice draw_brushes[] = {
  {"pencil", "Pencil"},
  {"brush", "Brush"},
  {"ink", "Ink"},
  {"chalk", "Chalk"},
  {"wash", "Wash"},
  {"rub-out", "Rub out"},
  {NULL, NULL},
};

const gesto_choice draw_more[] = {
  {"none", "None"},
  {"soft-pencil", "Soft pencil"},
  {"charcoal", "Charcoal"},
  {"pastel", "Pastel"},
  {"dip-pen", "Dip pen"},
  {"broad-nib", "Broad nib"},
  {"felt-pen", "Felt pen"},
  {"oil", "Oil paint"},
  {"watercolour", "Watercolour"},
  {"palette-knife", "Palette knife"},
  {"airbrush", "Soft spray"},
  {"splashes", "Splashes"},
  {"finger", "Finger, to smudge"},
  {NULL, NULL},
};

const gesto_choice draw_mirrors[] = {
  {"off", "Off"},
  {"two", "Two"},
  {"four", "Four"},
  {"eight", "Eight"},
  {NULL, NULL},
};

// The starters stand in the order of starters.c.
const gesto_choice draw_unders[] = {
  {"nothing", "Nothing"},
  {GESTO_OWN_PICTURE, "My picture"},
  {"circle", "Circle"},
  {"hills", "Hills"},
  {"tree", "Tree"},
  {"person", "Person"},
  {"house", "House"},
  {"boat", "Boat"},
  {"path", "Path"},
  {"squares", "Squares"},
  {"jar", "Jar"},
  {"bridge", "Bridge"},
  {NULL, NULL},
};

const gesto_choice draw_colours[] = {
  {"#22302f", "Black"},
  {"#ffffff", "White"},
  {"#a2432a", "Brick"},
  {"#d98a3d", "Orange"},
  {"#e6c15a", "Yellow"},
  {"#6f8f55", "Green"},
  {"#2f6b70", "Teal"},
  {"#3b5fa0", "Blue"},
  {"#6e4474", "Purple"},
  {"#c98a8f", "Pink"},
  {"#8a6b4a", "Brown"},
  {"#8d9694", "Grey"},
  {NULL, NULL},
};

const gesto_control draw_controls[] = {
  {.size = sizeof(gesto_control),
    .id = BRUSH,
    .kind = GESTO_CHOICE,
    .key = "brush",
    .name = "Brush",
    .choices = draw_brushes,
    .keys = "b",
    .initial = 1},
  {.size = sizeof(gesto_control),
    .id = SIZE,
    .kind = GESTO_RANGE,
    .key = "size",
    .name = "Size",
    .hint = "How broad the brush is.",
    .unit = "percent",
    .keys = "[ ]",
    .low = 25,
    .high = 400,
    .step = 25,
    .initial = 100},
  {.size = sizeof(gesto_control),
    .id = COLOUR,
    .kind = GESTO_COLOUR,
    .key = "colour",
    .name = "Colour",
    .choices = draw_colours,
    .keys = "c",
    .low = 0,
    .high = 0xFFFFFF,
    .step = 1,
    .initial = 0x2F6B70},
  {.size = sizeof(gesto_control),
    .id = MIRROR,
    .kind = GESTO_CHOICE,
    .key = "mirror",
    .name = "Mirror",
    .hint = "What you draw appears in two, four or eight places at once.",
    .choices = draw_mirrors,
    .keys = "m"},
  {.size = sizeof(gesto_control),
    .id = MORE,
    .kind = GESTO_CHOICE,
    .key = "more",
    .name = "More",
    .hint = "Other brushes. Choosing a tool puts them away again.",
    .choices = draw_more,
    .keys = "shift+b"},
  {.size = sizeof(gesto_control),
    .id = UNDO,
    .kind = GESTO_BUTTON,
    .flags = GESTO_AT_HAND | GESTO_UNDOABLE,
    .key = "undo",
    .name = "Undo",
    .hint = "Takes the last stroke back.",
    .keys = "u ctrl+z"},
  {.size = sizeof(gesto_control),
    .id = REDO,
    .kind = GESTO_BUTTON,
    .flags = GESTO_AT_HAND | GESTO_UNDOABLE,
    .key = "redo",
    .name = "Redo",
    .hint = "Brings back what undo took away.",
    .keys = "ctrl+shift+z ctrl+y"},
  {.size = sizeof(gesto_control),
    .id = NEW_PAPER,
    .kind = GESTO_BUTTON,
    .flags = GESTO_UNDOABLE,
    .key = "new-paper",
    .name = "New paper",
    .hint = "An empty sheet. Undo brings the old one back.",
    .keys = "ctrl+n"},
  {.size = sizeof(gesto_control),
    .id = UNDER,
    .kind = GESTO_CHOICE,
    .flags = GESTO_UNDOABLE,
    .key = "under",
    .name = "Underneath",
    .hint =
      "A picture to draw on. It lies below all that you draw and is not rubbed out.",
    .choices = draw_unders,
    .keys = "shift+u",
    .group = "Sheets"},
  {.size = 0},
};

static const char *const goals[] = {"express", "calm", "focus", NULL};

const gesto_purpose draw_purpose = {
  .size = sizeof draw_purpose,
  .invitation =
    "You could draw or paint whatever comes: shapes, a place, a feeling, or only "
    "colours. Nothing has to look like anything, and watching is fine too.",
  .why =
    "Putting something on paper can give a feeling a place outside of you, where it can "
    "be looked at, changed or left alone. Many people also find the slow movement of a "
    "brush restful.",
  .steps = "Choose a brush and a colour\n"
           "Begin anywhere on the paper\n"
           "Pause, look, and go on or stop as you like",
  .care =
    "If a picture stirs up more than feels right, put the pen down, look around the "
    "room, or turn to the person who is with you. Larger brushes and slow, even "
    "strokes are often easier for a tired or shaking hand.",
  .sources =
    "Practice of art therapy: the picture as a third party between two people, and "
    "the material's own part in settling or stirring. No claim about any condition "
    "is made.",
  .goals = goals,
};
