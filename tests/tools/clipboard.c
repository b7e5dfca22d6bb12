// SPDX-License-Identifier: GPL-3.0-or-later
// needs: base
// Another program and its clipboard: `clipboard own TEXT` has TEXT copied and selected until it
// is ended (prints "owns" once it does); `clipboard read` prints what lies in both, a line each.
#include <SDL.h>
#include <stdio.h>
#include <string.h>

static void own(const char *text) {
  SDL_Event e;
  SDL_SetClipboardText(text);
  SDL_SetPrimarySelectionText(text);
  SDL_PumpEvents();
  puts("owns");
  fflush(stdout);
  while (SDL_WaitEvent(&e) && e.type != SDL_QUIT) {}
}

static void print(const char *name, char *text) {
  printf("%s %s\n", name, text ? text : "");
  SDL_free(text);
}

int main(int argc, char **argv) {
  if (argc < 2 || SDL_Init(SDL_INIT_VIDEO) != 0) return 2;
  SDL_Window *w = SDL_CreateWindow("clipboard", 0, 0, 64, 64, SDL_WINDOW_HIDDEN);
  if (!w) return 2;
  if (strcmp(argv[1], "own") == 0 && argc == 3) own(argv[2]);
  if (strcmp(argv[1], "read") == 0) {
    print("copied", SDL_GetClipboardText());
    print("selected", SDL_GetPrimarySelectionText());
  }
  SDL_DestroyWindow(w);
  SDL_Quit();
  return 0;
}
