// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/player/say.h"

#include "core/base/clock.h"
#include "core/base/link.h"

#include <stdlib.h>
#include <string.h>

enum { WAIT_US = 500 };

bool say(int link, const saying *what) {
  size_t size = what->text ? strlen(what->text) : 0;
  if (size > LINK_TEXT_MAX) return false;
  link_message *m = malloc(sizeof *m);
  if (!m) return false;
  m->kind = what->kind;
  m->a = what->a;
  m->b = what->b;
  m->big = what->big;
  m->value = what->value;
  m->text_size = (uint32_t)size;
  m->fd_count = 0;
  if (size) memcpy(m->text, what->text, size);
  m->text[size] = 0;
  result r = link_send(link, m);
  while (r == NOT_NOW) {
    clock_sleep_us(WAIT_US);
    r = link_send(link, m);
  }
  free(m);
  return r == OK;
}
