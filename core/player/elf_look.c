// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/elf_look.h"

#include "core/base/io.h"

#include <elf.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 256 << 20, SECTIONS_MAX = 512 };

static const char *const ALLOWED[] = {"libc.so.", "libm.so.", "libcairo.so.",
  "libpango-1.0.so.", "libpangocairo-1.0.so.", "libglib-2.0.so.", "libgobject-2.0.so.",
  "ld-linux", "libasan.so.", "libubsan.so.", "libtsan.so."};

typedef struct image {
  const char *bytes;
  size_t size;
  Elf64_Shdr sections[SECTIONS_MAX];
  uint32_t count;
} image;

static bool inside(const image *m, uint64_t at, uint64_t size) {
  return at <= m->size && size <= m->size - at;
}

static bool read_sections(image *m) {
  Elf64_Ehdr head;
  if (!inside(m, 0, sizeof head)) return false;
  memcpy(&head, m->bytes, sizeof head);
  bool good = memcmp(head.e_ident, ELFMAG, SELFMAG) == 0 &&
    head.e_ident[EI_CLASS] == ELFCLASS64 && head.e_type == ET_DYN &&
    head.e_shentsize == sizeof(Elf64_Shdr) && head.e_shnum <= SECTIONS_MAX;
  if (!good || !inside(m, head.e_shoff, (uint64_t)head.e_shnum * sizeof(Elf64_Shdr))) {
    return false;
  }
  m->count = head.e_shnum;
  memcpy(m->sections, m->bytes + head.e_shoff, m->count * sizeof(Elf64_Shdr));
  return true;
}

// The text at `at` of the strings that section `s` refers to; "" if there is none.
static const char *text_at(const image *m, const Elf64_Shdr *s, uint64_t at) {
  if (s->sh_link >= m->count) return "";
  const Elf64_Shdr *strings = &m->sections[s->sh_link];
  if (!inside(m, strings->sh_offset, strings->sh_size) || at >= strings->sh_size)
    return "";
  const char *text = m->bytes + strings->sh_offset + at;
  return memchr(text, 0, strings->sh_size - at) ? text : "";
}

static void look_at_symbols(elf_look *l, const image *m, const Elf64_Shdr *s) {
  for (uint64_t at = 0; at + sizeof(Elf64_Sym) <= s->sh_size; at += sizeof(Elf64_Sym)) {
    Elf64_Sym symbol;
    memcpy(&symbol, m->bytes + s->sh_offset + at, sizeof symbol);
    unsigned bind = ELF64_ST_BIND(symbol.st_info);
    if (symbol.st_shndx == SHN_UNDEF || (bind != STB_GLOBAL && bind != STB_WEAK))
      continue;
    l->exported++;
    const char *name = text_at(m, s, symbol.st_name);
    if (strcmp(name, "gesto_entry") != 0 && !l->other[0]) {
      snprintf(l->other, sizeof l->other, "%.120s", name);
    }
  }
}

static bool is_allowed(const char *library) {
  for (size_t i = 0; i < sizeof ALLOWED / sizeof *ALLOWED; i++) {
    if (strncmp(library, ALLOWED[i], strlen(ALLOWED[i])) == 0) return true;
  }
  return false;
}

static void look_at_needs(elf_look *l, const image *m, const Elf64_Shdr *s) {
  for (uint64_t at = 0; at + sizeof(Elf64_Dyn) <= s->sh_size; at += sizeof(Elf64_Dyn)) {
    Elf64_Dyn entry;
    memcpy(&entry, m->bytes + s->sh_offset + at, sizeof entry);
    if (entry.d_tag == DT_NULL) break;
    const char *library = entry.d_tag == DT_NEEDED ? text_at(m, s, entry.d_un.d_val) : "";
    if (!library[0] || is_allowed(library)) continue;
    if (l->foreign++ == 0) snprintf(l->library, sizeof l->library, "%.120s", library);
  }
}

result elf_look_at(elf_look *l, const char *path) {
  *l = (elf_look){.exported = 0};
  char *all = NULL;
  image *m = calloc(1, sizeof *m);
  size_t size = 0;
  result r = m ? io_load(AT_FDCWD, path, FILE_MAX, &all, &size) : NO_MEMORY;
  if (r == OK) {
    m->bytes = all;
    m->size = size;
    if (!read_sections(m)) r = BAD_DATA;
  }
  for (uint32_t i = 0; r == OK && i < m->count; i++) {
    const Elf64_Shdr *s = &m->sections[i];
    if (!inside(m, s->sh_offset, s->sh_size)) continue;
    if (s->sh_type == SHT_DYNSYM) look_at_symbols(l, m, s);
    if (s->sh_type == SHT_DYNAMIC) look_at_needs(l, m, s);
  }
  free(all);
  free(m);
  return r;
}
