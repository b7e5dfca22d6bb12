// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/lock.h"

#include "core/base/beside.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { PATH_ROOM = 4096, OPEN_FILES = 64, WARM_SIDE = 64 };
#define DATA_BYTES ((uint64_t)1536 << 20)

result lock_assets_folder(char *path, size_t room) {
  return beside_program("assets/", path, room);
}

bool lock_to_parent(void) {
  pid_t parent = getppid();
  return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && parent > 1 &&
    getppid() == parent;
}

result lock_player(const char *exercise, int link, sandbox_report *report) {
  char plugins[PATH_ROOM], assets[PATH_ROOM], words[PATH_ROOM];
  result r = beside_program("plugins", plugins, sizeof plugins);
  if (r == OK) r = beside_program("assets", assets, sizeof assets);
  if (r == OK) r = beside_program("words", words, sizeof words);
  if (r != OK) return r;
  const char *fonts = getenv("FONTCONFIG_FILE");
  const char *const readable[] = {plugins, assets, words, "/usr/share/fonts",
    "/var/cache/fontconfig", "/etc/fonts", "/usr/share/fontconfig",
    "/usr/share/sounds/sf2", "/usr/lib", "/lib",
#ifdef GESTO_SANITIZED
    "/proc/self",
#endif
    fonts ? fonts : assets, exercise ? exercise : assets, NULL};
  const sandbox_rules rules = {.readable = readable,
    .data_bytes = DATA_BYTES,
    .open_files = OPEN_FILES,
    .landlock_at_most = sandbox_landlock_mask(),
    .kill = getenv("GESTO_SANDBOX_KILL") != NULL,
    .link_fd = link};
  sandbox_close_from(link < 0 ? 3 : link + 1);
  return sandbox_lock_player(&rules, report);
}

// FcInit() would also read all settings that one could choose, and keep them: five times as
// long, 200 KiB more.
static void read_fonts(void) {
  FcConfig *own = FcConfigCreate();
  if (own && FcConfigParseAndLoad(own, NULL, FcTrue) && FcConfigBuildFonts(own))
    FcConfigSetCurrent(own);
  if (own) FcConfigDestroy(own); // the library keeps it
}

void lock_warm_up(void) {
  read_fonts();
  cairo_surface_t *s =
    cairo_image_surface_create(CAIRO_FORMAT_RGB24, WARM_SIDE, WARM_SIDE);
  cairo_t *cr = cairo_create(s);
  PangoLayout *layout = pango_cairo_create_layout(cr);
  PangoFontDescription *font = pango_font_description_from_string("Sans 12");
  pango_layout_set_font_description(layout, font);
  pango_layout_set_text(layout, "Gesto 123", -1);
  pango_cairo_show_layout(cr, layout);
  pango_font_description_free(font);
  g_object_unref(layout);
  cairo_destroy(cr);
  cairo_surface_destroy(s);
}
