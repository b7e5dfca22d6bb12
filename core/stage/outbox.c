// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/stage/outbox.h"

#include "core/stage/stage.h"

#include <stdlib.h>
#include <string.h>

static void wipe(char *text) {
  if (text) explicit_bzero(text, strlen(text));
  free(text);
}

static void drop_first(outbox *o) {
  wipe(o->items[0].text);
  memmove(o->items, o->items + 1, --o->count * sizeof o->items[0]);
}

bool outbox_waits(const stage *s) { return s->outbox.count > 0 && !s->keeper_gone; }

void outbox_turn(stage *s) {
  outbox *o = &s->outbox;
  while (outbox_waits(s) && s->link >= 0) {
    const result sent =
      link_say(s->link, o->items[0].kind, o->items[0].a, o->items[0].text);
    if (sent == NOT_NOW) return;
    if (sent == ENDED) s->keeper_gone = true;
    drop_first(o);
  }
}

void outbox_put(stage *s, uint32_t kind, uint32_t a, char *text) {
  outbox *o = &s->outbox;
  if (o->count == OUTBOX_MOST) drop_first(o); // what comes later says more
  o->items[o->count].kind = kind;
  o->items[o->count].a = a;
  o->items[o->count++].text = text;
  outbox_turn(s);
}

void outbox_finish(stage *s) {
  while (s->outbox.count > 0) drop_first(&s->outbox);
}
