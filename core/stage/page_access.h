// SPDX-License-Identifier: GPL-3.0-or-later
// "Make it easier": how a client reaches the screen, each change at once, with
// a sample to try it on. From the welcome and from Pause; no password. Main thread.
#ifndef GESTO_STAGE_PAGE_ACCESS_H
#define GESTO_STAGE_PAGE_ACCESS_H

#include "core/ui/access.h"

#include <SDL.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct stage stage;

typedef enum access_section {
  SECTION_EASIER,
  SECTION_LOOK,
  SECTION_SOUND,
  SECTION_SWITCHES,
  SECTION_LANGUAGE,
  SECTION_PRIVACY,
  SECTION_EXERCISES,
  SECTION_COUNT
} access_section;

typedef struct access_page {
  access_section section;
  int back;       // page_name it was opened from
  bool paused;    // Pause's sheet showed there
  uint32_t bind;  // the switch that is to be pressed now, from 1; 0: none
  int tried;      // what was chosen in the sample; 0: nothing
  char focus[64]; // id of who had the focus on that page; "": nobody, or given back
} access_page;

void access_open(stage *s);
void access_close(stage *s); // back to where it was opened
void access_turn(stage *s);  // once that page stands: the focus where it was
// Whether it stays, and with whom, as a mark.
struct widget;
void access_kept(const stage *s, struct widget *parent);
// What was pressed becomes the switch, if one is waited for. True: nobody else gets it.
bool access_catch(stage *s, const SDL_Event *e);
// "Space", "Mouse, right button": what a switch is, in words.
void access_switch_words(access_switch a, char *words, size_t room);

#endif
