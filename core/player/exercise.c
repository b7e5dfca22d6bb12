// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/exercise.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// What one load needs to say why it stopped.
typedef struct loading {
  const char *file;
  char *why;
  size_t room;
} loading;

PRINTF_LIKE(3, 4)
static result refuse(const loading *l, result r, const char *format, ...) {
  va_list list;
  va_start(list, format);
  int n = snprintf(l->why, l->room, "%s ", l->file);
  size_t used = n > 0 && (size_t)n < l->room ? (size_t)n : 0;
  vsnprintf(l->why + used, l->room - used, format, list);
  va_end(list);
  return r;
}

static void event_noop(void *self, const gesto_event *event) { (void)self, (void)event; }

static bool tick_noop(void *self) {
  (void)self;
  return false;
}

static const void *extension_noop(const char *id) {
  (void)id;
  return NULL;
}

static void *open_noop(const void *self, double rate, uint32_t frames, uint64_t seed) {
  (void)self, (void)rate, (void)frames, (void)seed;
  return NULL;
}

static void close_noop(void *sound) { (void)sound; }

// The linker's own words, without the path that our sentence begins with.
static const char *linker_says(const char *path) {
  const char *said = dlerror();
  if (!said) return "it cannot be read";
  size_t n = strlen(path);
  if (strncmp(said, path, n) == 0 && said[n] == ':') said += n + 1;
  while (*said == ' ') said++;
  return said;
}

static bool text_fits(const char *text) {
  return !text || strnlen(text, EXERCISE_TEXT_MAX) < EXERCISE_TEXT_MAX;
}

static bool is_id(const char *id) {
  const char *allowed = "abcdefghijklmnopqrstuvwxyz0123456789.-_";
  size_t n = id ? strnlen(id, 128) : 0;
  return n > 0 && n < 128 && strspn(id, allowed) == n && id[0] != '.' &&
    !strstr(id, "..");
}

static result find_entry(
  const loading *l, const char *path, const gesto_exercise **entry, size_t *room) {
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    return refuse(l, NOT_FOUND,
      "cannot be loaded (%s). Build it again, or take it out of plugins.conf.",
      linker_says(path));
  }
  *entry = dlsym(library, "gesto_entry");
  Dl_info info;
  const ElfW(Sym) *symbol = NULL;
  if (!*entry || !dladdr1(*entry, &info, (void **)&symbol, RTLD_DL_SYMENT) || !symbol) {
    return refuse(l, BAD_DATA,
      "has no gesto_entry, so it is no exercise. Declare it as "
      "core/api/gesto.h shows, or take the file out of plugins.conf.");
  }
  *room = symbol->st_size;
  return OK;
}

static result check_abi(const loading *l, const gesto_exercise *entry, size_t room) {
  const size_t least = offsetof(gesto_exercise, draw) + sizeof entry->draw;
  if (room < least || entry->size < least || entry->size > room) {
    return refuse(l, BAD_DATA,
      "says that its gesto_entry is %u bytes long, which cannot be. "
      "Set .size = sizeof gesto_entry and build it again with core/api/gesto.h.",
      room >= 8 ? entry->size : (unsigned)room);
  }
  if (entry->abi >> 16 != GESTO_ABI >> 16) {
    return refuse(l, entry->abi > GESTO_ABI ? TOO_NEW : BAD_DATA,
      "was built for Gesto %u.%u; this is %u.%u. Build it again with this "
      "core/api/gesto.h.",
      entry->abi >> 16, entry->abi & 0xffff, GESTO_ABI >> 16, GESTO_ABI & 0xffff);
  }
  if (entry->needs > GESTO_ABI) {
    return refuse(l, TOO_NEW,
      "needs Gesto %u.%u; this is %u.%u. Install a newer Gesto, or an "
      "older version of the exercise.",
      entry->needs >> 16, entry->needs & 0xffff, GESTO_ABI >> 16, GESTO_ABI & 0xffff);
  }
  return OK;
}

static result check_words(const loading *l, const gesto_exercise *e) {
  if (!is_id(e->id)) {
    return refuse(l, BAD_DATA,
      "has no usable id. Give it one such as org.example.slow-lines "
      "(small letters, digits, dots and dashes).");
  }
  if (!e->name || !e->name[0] || !e->version || !e->version[0]) {
    return refuse(l, BAD_DATA, "has no name or no version. Fill in both.");
  }
  if (!text_fits(e->name) || !text_fits(e->version) || !text_fits(e->author) ||
    !text_fits(e->licence)) {
    return refuse(
      l, BAD_DATA, "has a text longer than %d bytes. Shorten it.", EXERCISE_TEXT_MAX - 1);
  }
  if (!e->create || !e->destroy || !e->draw) {
    return refuse(
      l, BAD_DATA, "lacks create, destroy or draw. Those three are required.");
  }
  return OK;
}

uint32_t exercise_choice_count(const gesto_control *control) {
  uint32_t n = 0;
  while (control->choices && n < EXERCISE_CHOICES_MAX && control->choices[n].key) n++;
  return n;
}

static const char *control_flaw(const gesto_control *c) {
  if (c->kind < GESTO_BUTTON || c->kind > GESTO_TEXT_FIELD) return "an unknown kind";
  if (!c->key || !c->key[0] || !c->name || !c->name[0]) return "no key or no name";
  if (!text_fits(c->key) || !text_fits(c->name) || !text_fits(c->hint) ||
    !text_fits(c->unit) || !text_fits(c->keys)) {
    return "a text that is too long";
  }
  if (c->kind == GESTO_CHOICE && exercise_choice_count(c) == 0)
    return "nothing to choose";
  if (c->kind == GESTO_RANGE && !(c->low < c->high)) return "a range without room";
  for (uint32_t i = 0; i < exercise_choice_count(c); i++) {
    if (!c->choices[i].name || !text_fits(c->choices[i].name) ||
      !text_fits(c->choices[i].key)) {
      return "a choice without a name";
    }
  }
  return NULL;
}

static result take_controls(const loading *l, exercise *e) {
  const char *at = (const char *)e->entry.controls;
  const size_t least = offsetof(gesto_control, name) + sizeof(const char *);
  for (uint32_t size = 0; at; at += size) {
    memcpy(&size, at, sizeof size);
    if (size == 0) break;
    if (size < least || size > 4096 || size % _Alignof(gesto_control) != 0) {
      return refuse(l, BAD_DATA,
        "has a control (number %u) of a size that cannot be. Set "
        ".size = sizeof(gesto_control) in each, and end the list with .size = 0.",
        e->control_count + 1);
    }
    if (e->control_count == EXERCISE_CONTROLS_MAX) {
      return refuse(l, BAD_DATA,
        "has more than %d controls. End the list with .size = 0.", EXERCISE_CONTROLS_MAX);
    }
    gesto_control *c = &e->controls[e->control_count++];
    memcpy(c, at, size < sizeof *c ? size : sizeof *c);
    const char *flaw = control_flaw(c);
    if (flaw) {
      return refuse(l, BAD_DATA, "has a control (number %u) with %s. Complete it.",
        e->control_count, flaw);
    }
  }
  return OK;
}

static result take_purpose(const loading *l, exercise *e) {
  const gesto_purpose *p = e->entry.purpose;
  if (!p) return OK;
  memcpy(&e->purpose, p, p->size < sizeof *p ? p->size : sizeof *p);
  const gesto_purpose *own = &e->purpose;
  if (text_fits(own->invitation) && text_fits(own->why) && text_fits(own->steps) &&
    text_fits(own->care) && text_fits(own->sources)) {
    return OK;
  }
  return refuse(l, BAD_DATA, "has a purpose text longer than %d bytes. Shorten it.",
    EXERCISE_TEXT_MAX - 1);
}

static void take_sound(exercise *e) {
  const gesto_sound *s =
    e->entry.wants & GESTO_WANTS_SOUND ? e->entry.extension(GESTO_SOUND) : NULL;
  if (!s) return;
  memcpy(&e->sound, s, s->size < sizeof *s ? s->size : sizeof *s);
  if (!e->sound.open) e->sound.open = open_noop;
  if (!e->sound.close) e->sound.close = close_noop;
}

static void take_spots(exercise *e) {
  const gesto_spots *s = e->entry.extension(GESTO_SPOTS);
  if (s) memcpy(&e->spots, s, s->size < sizeof *s ? s->size : sizeof *s);
}

static void fill_in(gesto_exercise *e) {
  if (!e->event) e->event = event_noop;
  if (!e->tick) e->tick = tick_noop;
  if (!e->extension) e->extension = extension_noop;
  if (!e->author) e->author = "";
  if (!e->licence) e->licence = "";
}

result exercise_load(exercise *e, const char *path, char *why, size_t room) {
  *e = (exercise){0};
  if (room) why[0] = 0;
  const loading l = {.file = path, .why = why, .room = room};
  const gesto_exercise *entry = NULL;
  size_t entry_room = 0;
  result r = find_entry(&l, path, &entry, &entry_room);
  if (r == OK) r = check_abi(&l, entry, entry_room);
  if (r != OK || !entry) return r;
  memcpy(&e->entry, entry, entry->size < sizeof *entry ? entry->size : sizeof *entry);
  e->ticks = e->entry.tick != NULL;
  fill_in(&e->entry);
  r = check_words(&l, &e->entry);
  if (r == OK) r = take_controls(&l, e);
  if (r == OK) r = take_purpose(&l, e);
  if (r == OK) take_sound(e);
  if (r == OK) take_spots(e);
  return r;
}
